"""What somebody has to see to, read from how the appointments stand, so that it is there after every restart.

A booked time that is offered again may have been cancelled elsewhere, by the patient too (`leyr-api.md` 9.2, assumes
PATIENT_MAY_CANCEL); a list of free times may also
lag, so a fresh booking is left alone, and only the very same time counts.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.intent import Intent

_WAITS_FOR_CODE = (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
_OPEN = frozenset({*_WAITS_FOR_CODE, Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN})
_NOT_BOOKED_YET = (Standing.SENDING, Standing.BOOKING_UNKNOWN, Standing.AWAITING_CODE)


class TaskKind(StrEnum):
    UNKNOWN = "unknown"  # no answer came
    CODE = "code"  # waits for the patient's code
    TWO = "two"  # a move left two appointments, and the old one is to be removed
    OFFERED = "offered"  # Leyr offers its time as free: it may be cancelled in the EHR


@dataclass(frozen=True, slots=True)
class OpenTask:
    """`appointment` is the one to see to, `new` the one that a move put in its place or may have."""

    kind: TaskKind
    appointment: OwnAppointment
    new: OwnAppointment | None = None
    intent: Intent | None = None


def open_tasks(appointments: Iterable[OwnAppointment], offered_again: Collection[UUID] = ()) -> tuple[OpenTask, ...]:
    """Every task among these appointments, by start. `offered_again` are the keys of those whose time Leyr offers."""
    by_key = {own.key: own for own in appointments}
    suspects = [own for own in by_key.values() if own.replaced_by is not None or own.standing in _OPEN]
    found = [_task(own, by_key.get(own.replaced_by) if own.replaced_by else None) for own in suspects]
    tasks = [task for task in found if task is not None]
    others = {task.appointment.key for task in tasks}
    tasks += [OpenTask(TaskKind.OFFERED, by_key[key]) for key in offered_again if key in by_key and key not in others]
    halves = {task.new.key for task in tasks if task.kind is TaskKind.UNKNOWN and task.new}
    whole = (task for task in tasks if task.appointment.key not in halves)
    return tuple(sorted(whole, key=lambda task: (task.appointment.start, task.appointment.key)))


def is_not_booked_yet(new: OwnAppointment) -> bool:
    """Whether the old one must stay, since the one that is to take its place may not come about."""
    return new.standing in _NOT_BOOKED_YET


def _task(own: OwnAppointment, new: OwnAppointment | None) -> OpenTask | None:
    if not own.standing.takes_time or own.standing.under_way:
        return None
    if new is not None and new.standing.takes_time and not is_not_booked_yet(new):
        return OpenTask(TaskKind.TWO, own, new)
    if own.standing.unknown:
        moving = own.standing is Standing.CANCELLING_UNKNOWN and new is not None and new.standing.unknown
        return OpenTask(TaskKind.UNKNOWN, own, new if moving else None)
    return OpenTask(TaskKind.CODE, own) if own.standing in _WAITS_FOR_CODE else None


SETTLED_FOR = timedelta(minutes=10)
"""From the last change of the appointment to the end of the read: a read with all its tries takes up to three minutes,
so it was begun at least seven after the booking."""


def is_offered_again(own: OwnAppointment, offered: Sequence[Timeslot], read_at: datetime) -> bool:
    """`offered` are the free times of its resource on its day, in order of start, as read at `read_at`."""
    if own.standing is not Standing.BOOKED or own.changed_at is None:
        return False
    if read_at - own.changed_at < SETTLED_FOR:
        return False
    first = bisect_left(offered, own.start, key=lambda slot: slot.start)
    for slot in offered[first:]:
        if slot.start != own.start:
            return False
        if slot == own.timeslot:
            return True
    return False

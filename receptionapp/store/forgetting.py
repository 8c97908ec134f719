"""What a desk forgets: timeslots, and appointments that are settled, of weeks that were looked at long ago.

Whoever steps through the book all day would otherwise keep every week of it. What is forgotten is drawn as not loaded,
and read again when somebody goes there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.store.snapshot import Snapshot, Week, monday_of

KEPT_WEEKS = 12
"""Beside the week on screen: as many as a search for free time looks through, so that the same search asks for nothing
twice. A full week of 20 resources and 6 services is 30,000 timeslots: 2 MB, and 3 ms of each full collection."""

_SETTLED = frozenset(
    {Standing.BOOKED, Standing.CANCELLED, Standing.COMPLETED, Standing.REFUSED, Standing.OTHER}
)  # the others are being written, or are tasks


def move_to_end(weeks: tuple[Week, ...], these: Iterable[Week]) -> tuple[Week, ...]:
    """The weeks, the one that was looked at or read last at the end."""
    latest = tuple(dict.fromkeys(these))
    if weeks[-len(latest) :] == latest:
        return weeks
    return (*(week for week in weeks if week not in latest), *latest)


def evict_old_weeks(snapshot: Snapshot) -> Snapshot:
    """The snapshot less the weeks that are too many; itself where none are.

    Never the week on screen, nor appointments that something is still to be done about: a task, a write, an undo, what
    the panel shows.
    """
    on_screen = snapshot.week
    others = [week for week in snapshot.weeks if week != on_screen]
    if len(others) <= KEPT_WEEKS:
        return snapshot
    gone = set(others[:-KEPT_WEEKS])
    weeks = tuple(week for week in snapshot.weeks if week not in gone)
    kept = set(weeks)
    snapshot.memory.forget({monday for _, monday in kept})
    return replace(
        snapshot,
        weeks=weeks,
        slots=MappingProxyType(
            {key: slots for key, slots in snapshot.slots.items() if (key.care_unit_id, monday_of(key.day)) in kept}
        ),
        appointments=_appointments(snapshot, kept),
    )


def _appointments(snapshot: Snapshot, kept: set[Week]) -> MappingProxyType[UUID, OwnAppointment]:
    days = {(unit, day) for unit, monday in kept for day in _about(monday)}
    known = snapshot.appointments
    stays = {key: own for key, own in known.items() if (own.care_unit_id, own.timeslot.start.toordinal()) in days}
    needed = set(_needed(snapshot)) - stays.keys()
    return MappingProxyType({**stays, **{key: known[key] for key in needed}})


def _about(monday: date) -> Iterator[int]:
    """The ordinals of a week's days, and of a day on either side: whatever zone a time is written in, it is kept."""
    first = (monday - timedelta(days=1)).toordinal()
    return iter(range(first, first + 9))


def _needed(snapshot: Snapshot) -> Iterator[UUID]:
    """The appointments that stay whatever their week, and the other halves of their moves."""
    known = snapshot.appointments
    wanted = {*snapshot.looks, *snapshot.on_its_way, *snapshot.offered_again}
    if snapshot.held is not None:
        wanted.add(snapshot.held)
    for undoable in snapshot.undoables.values():
        wanted |= {own.key for own in (undoable.appointment, undoable.old) if own is not None}
    for key, own in known.items():
        unfinished = own.standing not in _SETTLED or (own.replaced_by is not None and own.standing.takes_time)
        if unfinished or key in wanted or own.replaced_by in wanted:
            yield key
            if own.replaced_by is not None and own.replaced_by in known:
                yield own.replaced_by

"""Whether an answer, a list or a free time proves what became of a write (`leyr-api.md` 6.4). Pure functions.

A list can prove that it was done, and, when the request can't be on its way any more, that it was not. Free time proves
nothing. A success about something else leaves the outcome unknown.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from receptionapp.domain.appointment import (
    AWAITING_CONFIRMATION,
    CANCELLED,
    Appointment,
    OwnAppointment,
    Standing,
    Timeslot,
    standing_from_status,
)
from receptionapp.domain.intent import OutcomeHint, Verb
from receptionapp.domain.open_task import OpenTask
from receptionapp.leyr.errors import AnsweredOtherwise


@dataclass(frozen=True, slots=True)
class Evidence:
    """`answer` is what Leyr would have answered: with it the wish is done. `not_done` is for a list that shows the
    opposite; it counts only when the request can't be on its way any more."""

    hint: OutcomeHint
    answer: Appointment | None = None
    not_done: bool = False


CANT_TELL = Evidence(OutcomeHint.CANT_TELL)
_NOT_DONE = Evidence(OutcomeHint.PROBABLY_NOT_DONE, not_done=True)


def evidence_from_list(task: OpenTask, listed: Sequence[Appointment]) -> Evidence:
    """`listed` is every appointment of that patient, cancelled ones too if the EHR lists them, over that time."""
    own = task.appointment
    if task.intent is not None and task.intent.verb is Verb.MOVE and task.new is not None:
        return _of_move(own, task.new, listed)
    mine = next((a for a in listed if a.id == own.appointment_id), None)
    if own.standing is Standing.CANCELLING_UNKNOWN:
        return _of_cancelling(mine)
    if own.appointment_id is not None:  # its code was sent
        return CANT_TELL if mine is None or not _is_ours(mine, own) else _of_code(_in_our_words(mine, own))
    return _of_booking(own, listed)


def evidence_from_free_time(task: OpenTask, offered: Callable[[Timeslot], bool]) -> Evidence:
    """`offered` tells whether Leyr offers exactly that time now: assumes FREED_TIME."""
    old_time_free = offered(task.appointment.timeslot)
    if task.intent is not None and task.intent.verb is Verb.MOVE and task.new is not None:
        new_time_free = offered(task.new.timeslot)
        if old_time_free is new_time_free:
            return CANT_TELL
        return Evidence(OutcomeHint.PROBABLY_DONE if old_time_free else OutcomeHint.PROBABLY_NOT_DONE)
    if not old_time_free:
        return CANT_TELL
    cancelling = task.appointment.standing is Standing.CANCELLING_UNKNOWN
    return Evidence(OutcomeHint.PROBABLY_DONE if cancelling else OutcomeHint.PROBABLY_NOT_DONE)


def _of_booking(own: OwnAppointment, listed: Sequence[Appointment]) -> Evidence:
    fitting = [a for a in listed if _fits(a, own)]
    if not fitting:
        return CANT_TELL if any(_resembles(a, own) for a in listed) else _NOT_DONE
    if len(fitting) > 1:
        return Evidence(OutcomeHint.SEVERAL)
    if fitting[0].patient_id is None:  # the list may have ignored whom it was asked about
        return Evidence(OutcomeHint.PROBABLY_DONE)
    return Evidence(OutcomeHint.PROBABLY_DONE, _in_our_words(fitting[0], own))


def _of_cancelling(mine: Appointment | None) -> Evidence:
    """One that is not listed may be cancelled, or may have been moved in the EHR."""
    if mine is None:
        return Evidence(OutcomeHint.PROBABLY_DONE)
    return Evidence(OutcomeHint.PROBABLY_DONE, mine) if mine.status == CANCELLED else _NOT_DONE


def _of_code(mine: Appointment) -> Evidence:
    if mine.status == CANCELLED:
        return CANT_TELL
    if mine.status == AWAITING_CONFIRMATION:
        return _NOT_DONE
    return Evidence(OutcomeHint.PROBABLY_DONE, mine if mine.patient_id is not None else None)


def _of_move(old: OwnAppointment, new: OwnAppointment, listed: Sequence[Appointment]) -> Evidence:
    if any(a.id == old.appointment_id and _fits(a, old) for a in listed):
        return _NOT_DONE
    there = _of_booking(new, listed)
    return CANT_TELL if there.not_done else there


def _fits(listed: Appointment, own: OwnAppointment) -> bool:
    return listed.status != CANCELLED and _is_ours(listed, own)


def _is_ours(listed: Appointment, own: OwnAppointment) -> bool:
    slot = own.timeslot
    return (
        (listed.start, listed.end) == (slot.start, slot.end)
        and _may_be_id(listed.care_unit_id, own.care_unit_id)
        and _may_be_id(listed.resource_id, slot.resource_id)
        and _may_be_id(listed.healthcare_service_id, slot.healthcare_service_id)
        and _may_be_id(listed.patient_id, own.person.reference)
    )


def _resembles(listed: Appointment, own: OwnAppointment) -> bool:
    """Whether it may be ours all the same: the list was asked for that patient, whose id may be written otherwise, and
    times may be rounded."""
    return (
        listed.status != CANCELLED
        and own.timeslot.overlaps(listed.start, listed.end)
        and _may_be_id(listed.resource_id, own.timeslot.resource_id)
    )


def _may_be_id(listed: str | None, ours: str) -> bool:
    return listed is None or _ehr_id(listed) == _ehr_id(ours)


def _in_our_words(listed: Appointment, own: OwnAppointment) -> Appointment:
    """The same resource by the id that its column has, or the booking would leave the screen."""
    if listed.resource_id is None or not _may_be_id(listed.resource_id, own.timeslot.resource_id):
        return listed
    return replace(listed, resource_id=own.timeslot.resource_id)


def _ehr_id(reference: str) -> str:
    """A bare id is the EHR's (`leyr-api.md` 2.1)."""
    return reference.removeprefix("emr_id:")


_SAME_TIME = timedelta(minutes=1)  # seconds may be rounded on the way


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The ids of the care unit that was asked. An id in an answer that is none of them is the same by another name."""

    care_units: Collection[str] = ()
    resources: Collection[str] = ()
    services: Collection[str] = ()
    patients: Collection[str] = ()
    """References that this clinic's ledger has, of those that the answer's patient id may mean."""


def check_answer(
    verb: Verb, own: OwnAppointment, answer: Appointment, known: KnownIds
) -> Appointment | AnsweredOtherwise:
    """The answer, if every field that it has is about what was asked. `own` is as it stood then, of a move the new
    one."""
    if not _is_about(own, answer, known):
        return AnsweredOtherwise()
    standing = standing_from_status(answer.status)
    if verb is Verb.CANCEL or own.standing is Standing.CANCEL_AWAITING_CODE:
        if standing not in (Standing.CANCELLED, Standing.AWAITING_CODE):
            return AnsweredOtherwise()
        # Where a code is awaited, it goes to a new id (`leyr-api.md` 4.4, assumes CODE_TO_NEW_ID); what is cancelled
        # keeps its own.
        renamed = verb is Verb.CANCEL and standing is Standing.CANCELLED and answer.id != own.appointment_id
        return AnsweredOtherwise() if renamed else answer
    if answer.status == CANCELLED:
        return AnsweredOtherwise()
    return replace(answer, resource_id=None)


def _is_about(own: OwnAppointment, answer: Appointment, known: KnownIds) -> bool:
    slot = own.timeslot
    return (
        abs(answer.start - own.start) < _SAME_TIME
        and abs(answer.end - own.end) < _SAME_TIME
        and _may_be(answer.care_unit_id, own.care_unit_id, known.care_units)
        and _may_be(answer.resource_id, slot.resource_id, known.resources)
        and _may_be(answer.healthcare_service_id, slot.healthcare_service_id, known.services)
        and not _is_another(answer.patient_id, own.person.reference, known.patients)
    )


def _may_be(answered: str | None, asked: str, known: Collection[str]) -> bool:
    """Whether the id in an answer may be the one that was asked about."""
    bare = None if answered is None else answered.removeprefix("emr_id:")
    return bare == asked or bare not in known


def _is_another(answered: str | None, asked: str, known: Collection[str]) -> bool:
    """Only ids of one kind can be compared. A bare one in an answer may be Leyr's own or the EHR's, so it is another's
    only if the ledger knows them by it."""
    if answered is None or ":" not in asked:
        return False
    if ":" not in answered:
        return f"emr_id:{answered}" != asked and f"emr_id:{answered}" in known
    return answered.partition(":")[0] == asked.partition(":")[0] and answered != asked

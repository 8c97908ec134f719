"""Whether Leyr's answer to a write is about what was asked. One that says something else proves nothing: neither that
it took place nor that it did not, so its outcome is not known. Pure functions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from receptionapp.domain.appointment import CANCELLED, Appointment, OwnAppointment, Standing, standing_from_status
from receptionapp.domain.intent import Verb
from receptionapp.ledger.appointments import LONGEST
from receptionapp.leyr.errors import AnsweredOtherwise

_SAME_TIME = timedelta(minutes=1)  # seconds may be rounded on the way


def as_asked(
    verb: Verb, own: OwnAppointment, answer: Appointment, resource_ids: Collection[str]
) -> Appointment | AnsweredOtherwise:
    """The answer, fit to be written down. `own` is what the wish is about, of a move the new one, as it stood when it
    was asked; `resource_ids` are the clinic's: any other is the same resource by another name."""
    if verb is Verb.CANCEL or own.standing is Standing.CANCEL_AWAITING_CODE:
        fits = standing_from_status(answer.status) in (Standing.CANCELLED, Standing.AWAITING_CODE)
        return answer if fits else AnsweredOtherwise()
    resource_id = None if answer.resource_id is None else answer.resource_id.removeprefix("emr_id:")
    if answer.status == CANCELLED or abs(answer.start - own.start) >= _SAME_TIME:
        return AnsweredOtherwise()
    if not timedelta() < answer.end - answer.start <= LONGEST:
        return AnsweredOtherwise()
    if resource_id in resource_ids and resource_id != own.timeslot.resource_id:
        return AnsweredOtherwise()
    if _is_another(answer.patient_id, own.person.reference):
        return AnsweredOtherwise()
    return replace(answer, resource_id=None)


def _is_another(answered: str | None, asked: str) -> bool:
    """Only ids of one kind can be compared: a bare one in an answer may be Leyr's own or the EHR's."""
    if answered is None or ":" not in answered or ":" not in asked:
        return False
    return answered.partition(":")[0] == asked.partition(":")[0] and answered != asked

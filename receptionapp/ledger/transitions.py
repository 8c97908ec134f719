"""Every step that a write can take, as the record sees it: intent and appointment change together or not at all.

Each function is one transaction's worth of work. What it raises (`errors.py`, LedgerRefusal) rolls all of it back.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, Appointment, OwnAppointment, Standing
from receptionapp.domain.appointment import standing_from_status as standing_of
from receptionapp.domain.intent import Intent, Stage, Verb, after_crash
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.domain.timeslot import Timeslot
from receptionapp.ledger import appointments, intents, people
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import NotInLedger, OverlapsOwn, WrongStanding

_MAY_BE_CANCELLED = (Standing.BOOKED, Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE, Standing.OTHER)
_WAITS_FOR_CODE = (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
_UNKNOWN = (Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An appointment that somebody has to see to, with the wish whose outcome is unknown (None: a code is awaited)."""

    appointment: OwnAppointment
    intent: Intent | None


def prepare_booking(
    entry: Entry, care_unit_id: str, timeslot: Timeslot, person: Person, comment: str | None
) -> tuple[Intent, OwnAppointment]:
    taken = appointments.taking(entry, care_unit_id, timeslot)
    if taken is not None:
        raise OverlapsOwn(taken)
    own = appointments.add(entry, care_unit_id, timeslot, person, comment)
    return intents.prepare(entry, Verb.BOOK, own.key), own


def prepare_cancel(entry: Entry, key: UUID, reason: str | None) -> tuple[Intent, OwnAppointment]:
    own = _standing_in(entry, key, _MAY_BE_CANCELLED)
    intent = intents.prepare(entry, Verb.CANCEL, key, own.standing)
    return intent, appointments.change(entry, key, Standing.CANCELLING, cancel_reason=reason)


def prepare_confirm(entry: Entry, key: UUID) -> tuple[Intent, str]:
    own = _standing_in(entry, key, _WAITS_FOR_CODE)
    appointment_id = appointments.confirmation_id(entry.connection, key)
    if appointment_id is None:
        raise NotInLedger
    return intents.prepare(entry, Verb.CONFIRM, key, own.standing), appointment_id


def prepare_patient(entry: Entry) -> Intent:
    return intents.prepare(entry, Verb.CREATE_PATIENT)


def mark_sent(entry: Entry, intent_id: UUID) -> Intent:
    return intents.advance(entry, intent_id, Stage.SENT).intent


def settle_booked(entry: Entry, intent_id: UUID, answer: Appointment) -> OwnAppointment:
    done = _done(entry, intent_id, Verb.BOOK)
    return appointments.accept(entry, _subject(done), standing_of(answer.status), answer)


def settle_cancelled(entry: Entry, intent_id: UUID, answer: Appointment) -> OwnAppointment:
    return _answered_cancellation(entry, _subject(_done(entry, intent_id, Verb.CANCEL)), answer)


def settle_confirmed(entry: Entry, intent_id: UUID, answer: Appointment) -> OwnAppointment:
    done = _done(entry, intent_id, Verb.CONFIRM)
    if done.standing_before is Standing.CANCEL_AWAITING_CODE:
        return _answered_cancellation(entry, _subject(done), answer)
    return appointments.accept(entry, _subject(done), standing_of(answer.status), answer)


def settle_patient(entry: Entry, intent_id: UUID, person: Person) -> Intent:
    _require_verb(entry, intent_id, Verb.CREATE_PATIENT)
    return intents.advance(entry, intent_id, Stage.DONE, person_key=people.remember(entry, person)).intent


def settle_refused(entry: Entry, intent_id: UUID, problem: Problem) -> OwnAppointment | None:
    return _settle_without(entry, intent_id, Stage.REFUSED, problem)


def settle_unknown(entry: Entry, intent_id: UUID, problem: Problem) -> OwnAppointment | None:
    return _settle_without(entry, intent_id, Stage.UNKNOWN, problem)


def settle_by_hand(entry: Entry, key: UUID, exists: bool) -> OwnAppointment:
    intent = intents.open_about(entry.connection, key)
    if intent is None or intent.stage is not Stage.UNKNOWN:
        raise WrongStanding(appointments.get(entry.connection, key).standing)
    said = Problem(Reason.SAID_BY_PERSON)
    about_cancelling = _unknown_standing(intents.get(entry.connection, intent.id)) is Standing.CANCELLING_UNKNOWN
    if exists is about_cancelling:  # what was wished did not come true
        _settle_without(entry, intent.id, Stage.REFUSED, said)
        return appointments.get(entry.connection, key)
    intents.advance(entry, intent.id, Stage.DONE, problem=said)
    return appointments.change(entry, key, Standing.CANCELLED if about_cancelling else Standing.BOOKED)


def recover(entry: Entry) -> tuple[Intent, ...]:
    left = intents.at_stages(entry.connection, (Stage.PREPARED, Stage.SENT))
    return tuple(_recover_one(entry, recorded.intent) for recorded in left)


def open_tasks(connection: Connection, emr: str) -> tuple[OpenTask, ...]:
    waiting = appointments.standing_as(connection, emr, _UNKNOWN + _WAITS_FOR_CODE)
    return tuple(OpenTask(own, intents.open_about(connection, own.key)) for own in waiting)


def _standing_in(entry: Entry, key: UUID, allowed: tuple[Standing, ...]) -> OwnAppointment:
    """Asked in this order so that a second press hears "already under way" and not "it is being cancelled"."""
    own = appointments.get(entry.connection, key)
    intents.require_none_open(entry.connection, key)
    if own.standing not in allowed:
        raise WrongStanding(own.standing)
    return own


def _done(entry: Entry, intent_id: UUID, verb: Verb) -> intents.Recorded:
    _require_verb(entry, intent_id, verb)
    return intents.advance(entry, intent_id, Stage.DONE)


def _require_verb(entry: Entry, intent_id: UUID, verb: Verb) -> None:
    found = intents.get(entry.connection, intent_id).intent.verb
    if found is not verb:
        raise ValueError(f"an intent to {found} can't be settled as {verb}")


def _subject(recorded: intents.Recorded) -> UUID:
    if recorded.intent.subject is None:
        raise ValueError(f"{recorded.intent.verb} is not about an appointment")
    return recorded.intent.subject


def _answered_cancellation(entry: Entry, key: UUID, answer: Appointment) -> OwnAppointment:
    """While a code is awaited, the answer's id is the cancellation's; the appointment keeps its own
    (`leyr-api.md` 4.4)."""
    awaited = answer.status == AWAITING_CONFIRMATION
    return appointments.change(
        entry,
        key,
        Standing.CANCEL_AWAITING_CODE if awaited else standing_of(answer.status),
        leyr_status=answer.status,
        confirmation_id=answer.id if awaited else None,
    )


def _settle_without(entry: Entry, intent_id: UUID, stage: Stage, problem: Problem) -> OwnAppointment | None:
    """Without an answer: let the appointment stand as its refused or unknown intent leaves it."""
    recorded = intents.advance(entry, intent_id, stage, problem=problem)
    if recorded.intent.subject is None:
        return None
    own = appointments.get(entry.connection, recorded.intent.subject)
    if recorded.intent.stage is Stage.UNKNOWN:
        return appointments.change(entry, own.key, _unknown_standing(recorded))
    # `cancel_reason` tells of a cancellation that took place or may have: a refused one leaves none.
    reason = None if recorded.intent.verb is Verb.CANCEL else own.cancel_reason
    return appointments.change(entry, own.key, recorded.standing_before or Standing.REFUSED, cancel_reason=reason)


def _unknown_standing(recorded: intents.Recorded) -> Standing:
    about_cancelling = recorded.intent.verb is Verb.CANCEL or recorded.standing_before is Standing.CANCEL_AWAITING_CODE
    return Standing.CANCELLING_UNKNOWN if about_cancelling else Standing.BOOKING_UNKNOWN


def _recover_one(entry: Entry, intent: Intent) -> Intent:
    stage = after_crash(intent.stage)
    reason = Reason.CLOSING if stage is Stage.REFUSED else Reason.NO_ANSWER
    _settle_without(entry, intent.id, stage, Problem(reason))
    return intents.get(entry.connection, intent.id).intent

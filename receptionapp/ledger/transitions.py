"""Every step that a write can take, as the record sees it: intent and appointment change together or not at all.

Each function is one transaction's worth of work. What it raises (`errors.py`, LedgerRefusal) rolls all of it back.
"""

from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, Appointment, OwnAppointment, Standing, Timeslot
from receptionapp.domain.appointment import standing_from_status as standing_of
from receptionapp.domain.audit import AuditAction
from receptionapp.domain.intent import Intent, Stage, Verb, after_crash
from receptionapp.domain.open_task import OpenTask, is_not_booked_yet
from receptionapp.domain.open_task import open_tasks as tasks_among
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import appointments, audit, intents, people
from receptionapp.ledger import entry as sharing
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import BeingMoved, NotInLedger, OverlapsOwn, WrongStanding

_MAY_BE_CANCELLED = (Standing.BOOKED, Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE, Standing.OTHER)
_WAITS_FOR_CODE = (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
_UNKNOWN = (Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN)
_MAY_BE_MOVED = (Standing.BOOKED,)


def prepare_booking(
    entry: Entry,
    care_unit_id: str,
    timeslot: Timeslot,
    person: Person,
    comment: str | None,
    instead_of: UUID | None = None,
) -> tuple[Intent, OwnAppointment]:
    old = None if instead_of is None else _movable(entry, instead_of)
    _require_free(entry, care_unit_id, timeslot, but=instead_of)
    key = uuid4()
    if old is not None:
        appointments.change(entry, old.key, old.standing, replaced_by=key)
    own = appointments.add(entry, key, care_unit_id, timeslot, person, comment)
    return intents.prepare(entry, Verb.BOOK, own.key), own


def prepare_move(entry: Entry, key: UUID, timeslot: Timeslot) -> tuple[Intent, OwnAppointment, OwnAppointment]:
    old = _movable(entry, key)
    _require_free(entry, old.care_unit_id, timeslot, but=key)
    intent = intents.prepare(entry, Verb.MOVE, key, old.standing)
    new_key = uuid4()
    leaving = appointments.change(entry, key, Standing.CANCELLING, replaced_by=new_key)
    new = appointments.add(entry, new_key, old.care_unit_id, timeslot, old.person, old.comment)
    return intent, leaving, new


def prepare_cancel(entry: Entry, key: UUID, reason: str | None) -> tuple[Intent, OwnAppointment]:
    own = _standing_in(entry, key, _MAY_BE_CANCELLED)
    new = _in_its_place(entry, own)
    if new is not None and is_not_booked_yet(new):
        raise BeingMoved(new)
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
    return apply_answer(entry, _done(entry, intent_id, Verb.BOOK), answer)[0]


def settle_cancelled(entry: Entry, intent_id: UUID, answer: Appointment) -> OwnAppointment:
    return apply_answer(entry, _done(entry, intent_id, Verb.CANCEL), answer)[0]


def settle_confirmed(entry: Entry, intent_id: UUID, answer: Appointment) -> OwnAppointment:
    return apply_answer(entry, _done(entry, intent_id, Verb.CONFIRM), answer)[0]


def settle_moved(entry: Entry, intent_id: UUID, answer: Appointment) -> tuple[OwnAppointment, OwnAppointment]:
    old, new = apply_answer(entry, _done(entry, intent_id, Verb.MOVE), answer)
    return old, new


def apply_answer(entry: Entry, wish: intents.StoredIntent, answer: Appointment) -> tuple[OwnAppointment, ...]:
    """Let what the wish is about stand as Leyr's answer says; of a move the old one and the new one."""
    verb = wish.intent.verb
    if verb is Verb.MOVE:
        return _answered_move(entry, wish, answer)
    key = _subject(wish)
    if verb is Verb.CANCEL or wish.standing_before is Standing.CANCEL_AWAITING_CODE:
        return (_answered_cancellation(entry, key, answer),)
    old = appointments.replaced_by(entry, key) if verb is Verb.CONFIRM else None
    if old is not None and old.appointment_id == answer.id:  # the same one at another time: it was updated, not booked
        appointments.change(entry, old.key, Standing.CANCELLED)
    return (appointments.apply_answer(entry, key, standing_of(answer.status), answer),)


def settle_gone(entry: Entry, intent_id: UUID, problem: Problem) -> OwnAppointment:
    _require_verb(entry, intent_id, Verb.CANCEL)
    done = intents.advance(entry, intent_id, Stage.DONE, problem=problem)
    return appointments.change(entry, _subject(done), Standing.CANCELLED)


def settle_removed(entry: Entry, key: UUID) -> OwnAppointment:
    own = _standing_in(entry, key, _MAY_BE_CANCELLED)
    new = _in_its_place(entry, own)
    if new is None or is_not_booked_yet(new):
        raise WrongStanding(own.standing)
    audit.add_line_about(entry, AuditAction.SETTLE, key, outcome=Stage.DONE, detail=Reason.SAID_BY_PERSON)
    return appointments.change(entry, key, Standing.CANCELLED)


def settle_patient(entry: Entry, intent_id: UUID, person: Person) -> Intent:
    _require_verb(entry, intent_id, Verb.CREATE_PATIENT)
    return intents.advance(entry, intent_id, Stage.DONE, person_key=people.remember(entry, person)).intent


def settle_refused(entry: Entry, intent_id: UUID, problem: Problem) -> OwnAppointment | None:
    return _settle_without(entry, intent_id, Stage.REFUSED, problem)


def settle_unknown(entry: Entry, intent_id: UUID, problem: Problem) -> OwnAppointment | None:
    return _settle_without(entry, intent_id, Stage.UNKNOWN, problem)


def settle_by_hand(entry: Entry, key: UUID, exists: bool) -> OwnAppointment:
    intent = intents.find_open(entry.connection, key)
    old = appointments.replaced_by(entry, key) if intent is None else None
    if old is not None and _moves(intents.find_open(entry.connection, old.key)):
        settle_by_hand(entry, old.key, not exists)  # either the new one is there, or the old one still is
        return appointments.get(entry.connection, key)
    if intent is None or intent.stage is not Stage.UNKNOWN:
        raise WrongStanding(appointments.get(entry.connection, key).standing)
    said = Problem(Reason.SAID_BY_PERSON)
    about_cancelling = _unknown_standing(intents.get(entry.connection, intent.id)) is Standing.CANCELLING_UNKNOWN
    if exists is about_cancelling:  # what was wished did not come true
        _settle_without(entry, intent.id, Stage.REFUSED, said)
        return appointments.get(entry.connection, key)
    intents.advance(entry, intent.id, Stage.DONE, problem=said)
    if _moves(intent):
        appointments.change(entry, _halves(entry, intents.get(entry.connection, intent.id))[1], Standing.BOOKED)
    return appointments.change(entry, key, Standing.CANCELLED if about_cancelling else Standing.BOOKED)


def recover(entry: Entry) -> tuple[Intent, ...]:
    left = intents.under_way(entry.connection, entry.writer.desk_id)
    return tuple(_recover_one(entry, recorded.intent) for recorded in left)


def take_over(entry: Entry) -> tuple[Intent, ...]:
    """As `recover`, of what other desks left that are not there any more."""
    if entry.writer.desk_id is None:
        return ()
    before = entry.at - sharing.ABANDONED_AFTER
    left = intents.under_way_elsewhere(entry.connection, entry.writer.desk_id, before)
    at_work = sharing.connected_desks(entry.connection) if left else frozenset()
    gone = [recorded for desk, recorded in left if desk is None or sharing.lock_key(desk) not in at_work]
    return tuple(_recover_one(entry, recorded.intent) for recorded in gone)


def open_tasks(connection: Connection, emr: str) -> tuple[OpenTask, ...]:
    replaced = appointments.being_replaced(connection, emr)
    new = [appointments.get(connection, own.replaced_by) for own in replaced if own.replaced_by]
    waiting = appointments.with_standing(connection, emr, _UNKNOWN + _WAITS_FOR_CODE)
    found = tasks_among((*waiting, *replaced, *new))
    return tuple(replace(task, intent=intents.find_open(connection, task.appointment.key)) for task in found)


def _standing_in(entry: Entry, key: UUID, allowed: tuple[Standing, ...]) -> OwnAppointment:
    """Asked in this order so that a second press hears "already under way" and not "it is being cancelled"."""
    own = appointments.get(entry.connection, key)
    intents.require_none_open(entry.connection, key)
    if own.standing not in allowed:
        raise WrongStanding(own.standing)
    return own


def _movable(entry: Entry, key: UUID) -> OwnAppointment:
    own = _standing_in(entry, key, _MAY_BE_MOVED)
    new = _in_its_place(entry, own)
    if new is not None:
        raise BeingMoved(new)
    return own


def _in_its_place(entry: Entry, own: OwnAppointment) -> OwnAppointment | None:
    """What a move put in its place, unless that came to nothing."""
    new = appointments.get(entry.connection, own.replaced_by) if own.replaced_by else None
    return new if new is not None and new.standing.takes_time else None


def _require_free(entry: Entry, care_unit_id: str, timeslot: Timeslot, *, but: UUID | None) -> None:
    """The one that is moved is not in its own way: whether its own time counts is for the EHR to say."""
    taken = appointments.find_taking(entry.connection, entry.writer.emr, care_unit_id, timeslot, but=but)
    if taken is not None:
        raise OverlapsOwn(taken)


def _moves(intent: Intent | None) -> bool:
    return intent is not None and intent.verb is Verb.MOVE


def _answered_move(
    entry: Entry, move: intents.StoredIntent, answer: Appointment
) -> tuple[OwnAppointment, OwnAppointment]:
    old, new_key = _halves(entry, move)
    if answer.status == AWAITING_CONFIRMATION:  # no page says that an update can; careful as with a booking
        stays = move.standing_before or Standing.BOOKED
        values = {"leyr_status": answer.status, "confirmation_id": answer.id}
        new = appointments.change(entry, new_key, Standing.AWAITING_CODE, **values)
        return appointments.change(entry, old.key, stays), new
    gone = appointments.change(entry, old.key, Standing.CANCELLED)  # first: the id of both may be the same
    return gone, appointments.apply_answer(entry, new_key, standing_of(answer.status), answer)


def _halves(entry: Entry, move: intents.StoredIntent) -> tuple[OwnAppointment, UUID]:
    """Of a move that is one request: the old appointment and the key of the new one."""
    old = appointments.get(entry.connection, _subject(move))
    if old.replaced_by is None:
        raise NotInLedger
    return old, old.replaced_by


def _done(entry: Entry, intent_id: UUID, verb: Verb) -> intents.StoredIntent:
    _require_verb(entry, intent_id, verb)
    return intents.advance(entry, intent_id, Stage.DONE)


def _require_verb(entry: Entry, intent_id: UUID, verb: Verb) -> None:
    found = intents.get(entry.connection, intent_id).intent.verb
    if found is not verb:
        raise ValueError(f"an intent to {found} can't be settled as {verb}")


def _subject(recorded: intents.StoredIntent) -> UUID:
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
    if _moves(recorded.intent):
        new = Standing.BOOKING_UNKNOWN if stage is Stage.UNKNOWN else Standing.REFUSED
        appointments.change(entry, _halves(entry, recorded)[1], new)
    if recorded.intent.stage is Stage.UNKNOWN:
        return appointments.change(entry, own.key, _unknown_standing(recorded))
    # `cancel_reason` tells of a cancellation that took place or may have: a refused one leaves none.
    reason = None if recorded.intent.verb is Verb.CANCEL else own.cancel_reason
    return appointments.change(entry, own.key, recorded.standing_before or Standing.REFUSED, cancel_reason=reason)


def _unknown_standing(recorded: intents.StoredIntent) -> Standing:
    gives_up = recorded.intent.verb in (Verb.CANCEL, Verb.MOVE)
    about_cancelling = gives_up or recorded.standing_before is Standing.CANCEL_AWAITING_CODE
    return Standing.CANCELLING_UNKNOWN if about_cancelling else Standing.BOOKING_UNKNOWN


def _recover_one(entry: Entry, intent: Intent) -> Intent:
    stage = after_crash(intent.stage)
    reason = Reason.CLOSING if stage is Stage.REFUSED else Reason.NO_ANSWER
    _settle_without(entry, intent.id, stage, Problem(reason))
    return intents.get(entry.connection, intent.id).intent

"""What is learnt about an appointment after the wish about it was settled: a late answer, or a person who looked in the
EHR. The wish keeps its stage, which is final; how the appointment stands is put right."""

from collections.abc import Sequence
from uuid import UUID

from receptionapp.domain.appointment import (
    AWAITING_CONFIRMATION,
    BOOKED,
    Appointment,
    OwnAppointment,
    Standing,
    standing_from_status,
)
from receptionapp.domain.audit import AuditAction
from receptionapp.domain.intent import Intent, Stage, Verb
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import appointments, audit, intents, transitions
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import IdInUse, NotInLedger, OverlapsOwn, WrongStanding

_OFFERED_ALTHOUGH = (Standing.BOOKED, Standing.OTHER)


def apply_late_answer(entry: Entry, intent_id: UUID, answer: Appointment) -> tuple[OwnAppointment, ...]:
    """Take over Leyr's answer to an intent that a person, or the EHR's list, had already settled. Raises
    AlreadyUnderWay, WrongStanding, OverlapsOwn and IdInUse where more has happened since than it can know of."""
    wish = intents.get(entry.connection, intent_id)
    if wish.intent.subject is None:
        raise NotInLedger
    own = appointments.get(entry.connection, wish.intent.subject)
    intents.require_none_open(entry.connection, own.key)
    if own.standing is not _as_left(wish):
        raise WrongStanding(own.standing)
    if wish.intent.verb is Verb.BOOK and own.appointment_id not in (None, answer.id):
        raise IdInUse(own)
    audit.add_line_about(entry, AuditAction(wish.intent.verb), own.key, outcome="late")
    if wish.intent.verb is Verb.MOVE:
        _require_new_as_left(entry, wish, own, answer)
    return transitions.apply_answer(entry, wish, answer)


def restore_wish(entry: Entry, intent: Intent, rows: Sequence[OwnAppointment]) -> None:
    """Write again what is missing of a wish that was sent: a server that failed over has lost its last second."""
    for own in rows:
        try:
            appointments.get(entry.connection, own.key)
        except NotInLedger:
            appointments.add(entry, own.key, own.care_unit_id, own.timeslot, own.person, own.comment)
            values = {"appointment_id": own.appointment_id, "leyr_status": own.leyr_status}
            appointments.change(entry, own.key, own.standing, **values)
        if own.standing.under_way:
            appointments.change(entry, own.key, own.standing, replaced_by=own.replaced_by)
    try:
        intents.get(entry.connection, intent.id)
    except NotInLedger:
        before = rows[-1] if intent.verb is not Verb.BOOK else None
        intents.restore(entry, intent, None if before is None else _standing_before(before))


def _standing_before(own: OwnAppointment) -> Standing:
    return own.standing if not own.standing.under_way else standing_from_status(own.leyr_status or BOOKED)


def settle_offered(entry: Entry, key: UUID, exists: bool) -> OwnAppointment:
    """A person says whether an appointment is still there whose time is offered as free. It is written as a
    cancellation that was settled at once, so that the ledger shows who said it, when, and at which desk."""
    own = appointments.get(entry.connection, key)
    intents.require_none_open(entry.connection, key)
    if own.standing not in _OFFERED_ALTHOUGH:
        raise WrongStanding(own.standing)
    said = Problem(Reason.SAID_BY_PERSON)
    intents.write_settled(entry, Verb.CANCEL, key, own.standing, Stage.REFUSED if exists else Stage.DONE, said)
    return appointments.change(entry, key, own.standing if exists else Standing.CANCELLED)


def _require_new_as_left(entry: Entry, move: intents.StoredIntent, old: OwnAppointment, answer: Appointment) -> None:
    """The one in its place may have been cancelled or moved on since, or be that of another, later move."""
    if old.replaced_by is None:
        raise NotInLedger
    new = appointments.get(entry.connection, old.replaced_by)
    intents.require_none_open(entry.connection, new.key)
    as_left = Standing.REFUSED if move.intent.stage is Stage.REFUSED else Standing.BOOKED
    if new.standing is not as_left or new.start != answer.start:
        raise WrongStanding(new.standing)
    if answer.status == AWAITING_CONFIRMATION:  # it is only our wish still, and somebody else may have its time by now
        emr, unit = entry.writer.emr, new.care_unit_id
        taken = appointments.find_taking(entry.connection, emr, unit, new.timeslot, but=old.key)
        if taken is not None and taken.key != new.key:
            raise OverlapsOwn(taken)


def _as_left(wish: intents.StoredIntent) -> Standing:
    """How its subject stood when the wish was settled without an answer."""
    if wish.intent.stage is Stage.REFUSED:
        return wish.standing_before or Standing.REFUSED
    gives_up = wish.intent.verb in (Verb.CANCEL, Verb.MOVE) or wish.standing_before is Standing.CANCEL_AWAITING_CODE
    return Standing.CANCELLED if gives_up else Standing.BOOKED

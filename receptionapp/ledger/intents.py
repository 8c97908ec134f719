"""Rows of intents, and the one place where they move through their life cycle."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, update

from receptionapp.domain.appointment import Standing
from receptionapp.domain.audit import AuditAction
from receptionapp.domain.intent import Intent, Stage, Verb, may_become
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import AlreadyUnderWay, NotInLedger, WrongStage
from receptionapp.ledger.schema import intents, people

OPEN = (Stage.PREPARED, Stage.SENT, Stage.UNKNOWN)


@dataclass(frozen=True, slots=True)
class StoredIntent:
    """An intent with how its subject stood before it, which is what a refusal puts back."""

    intent: Intent
    standing_before: Standing | None


def prepare(entry: Entry, verb: Verb, subject: UUID | None = None, before: Standing | None = None) -> Intent:
    """Write down a wish. Raises AlreadyUnderWay when another one about the same subject is open."""
    if subject is not None:
        require_none_open(entry.connection, subject)
    intent = Intent(uuid4(), verb, Stage.PREPARED, entry.at, subject)
    entry.connection.execute(
        insert(intents).values(
            id=intent.id,
            verb=verb,
            stage=intent.stage,
            subject=subject,
            standing_before=before,
            desk_id=entry.writer.desk_id,
            **entry.creation,
        )
    )
    _audit(entry, intent)
    return intent


def restore(entry: Entry, intent: Intent, before: Standing | None) -> None:
    """Write down again, as sent, one that the ledger has lost."""
    entry.connection.execute(
        insert(intents).values(
            id=intent.id,
            verb=intent.verb,
            stage=Stage.SENT,
            subject=intent.subject,
            standing_before=before,
            desk_id=entry.writer.desk_id,
            **entry.creation,
        )
    )
    _audit(entry, intent)


def write_settled(
    entry: Entry, verb: Verb, subject: UUID, before: Standing | None, stage: Stage, problem: Problem
) -> Intent:
    """Write down what a person says about an appointment, of which no request was made."""
    intent = Intent(uuid4(), verb, stage, entry.at, subject, entry.at, None, problem.reason)
    entry.connection.execute(
        insert(intents).values(
            id=intent.id,
            verb=verb,
            stage=stage,
            subject=subject,
            standing_before=before,
            settled_at=entry.at,
            reason=problem.reason,
            **entry.creation,
        )
    )
    _audit(entry, intent, problem)
    return intent


def advance(
    entry: Entry,
    intent_id: UUID,
    then: Stage,
    *,
    problem: Problem | None = None,
    person_key: UUID | None = None,
) -> StoredIntent:
    """The next step of its life. Without a `problem` the noted reason and reference stay. `details` can hold patient
    data and is not kept. Raises WrongStage, NotInLedger."""
    now = get(entry.connection, intent_id).intent.stage
    if not may_become(now, then):
        raise WrongStage(now, then)
    values: dict[str, Any] = {}
    if problem is not None:
        values |= {"reason": problem.reason, "leyr_reference": problem.reference}
    if person_key is not None:
        values["person_key"] = person_key
    if then in (Stage.DONE, Stage.REFUSED):
        values["settled_at"] = entry.at
    where = intents.c.id == intent_id
    entry.connection.execute(update(intents).where(where).values(stage=then, **values, **entry.change))
    recorded = get(entry.connection, intent_id)
    if then is not Stage.SENT:  # the wish and what became of it; that it was sent, the intent itself tells
        _audit(entry, recorded.intent, problem)
    return recorded


def get(connection: Connection, intent_id: UUID) -> StoredIntent:
    """Raises NotInLedger."""
    row = connection.execute(_SELECT.where(intents.c.id == intent_id)).one_or_none()
    if row is None:
        raise NotInLedger
    return _recorded(row)


def under_way(connection: Connection, desk_id: UUID | None) -> tuple[StoredIntent, ...]:
    """Every intent of this desk (None: of any) that is prepared or sent, in the order in which they were written."""
    query = _UNDER_WAY if desk_id is None else _UNDER_WAY.where(intents.c.desk_id == desk_id)
    return tuple(_recorded(row) for row in connection.execute(query))


def under_way_elsewhere(
    connection: Connection, desk_id: UUID, before: datetime
) -> tuple[tuple[UUID | None, StoredIntent], ...]:
    """Those of other desks, with the desk's id, that nobody has touched since `before`."""
    others = _UNDER_WAY.where(intents.c.desk_id.is_distinct_from(desk_id), intents.c.changed_at < before)
    return tuple((row.desk_id, _recorded(row)) for row in connection.execute(others))


def find_open(connection: Connection, subject: UUID) -> Intent | None:
    """The wish about this appointment that is not settled; there is never more than one."""
    query = _SELECT.where(intents.c.subject == subject, intents.c.stage.in_(OPEN))
    row = connection.execute(query).one_or_none()
    return None if row is None else _recorded(row).intent


def require_none_open(connection: Connection, subject: UUID) -> None:
    """Raises AlreadyUnderWay."""
    intent = find_open(connection, subject)
    if intent is not None:
        raise AlreadyUnderWay(intent)


def _audit(entry: Entry, intent: Intent, problem: Problem | None = None) -> None:
    """A line in the name of whoever wished it, though somebody else may be at the desk when the answer comes; what a
    person says of it is a deed of their own."""
    entry.changed_intents.add(intent.id)
    row = entry.connection.execute(_WISHED_BY.where(intents.c.id == intent.id)).one()
    said = problem is not None and problem.reason is Reason.SAID_BY_PERSON
    values: dict[str, Any] = {
        "outcome": intent.stage,
        "leyr_reference": problem.reference if problem else None,
        "detail": problem.reason if problem else None,
        "user": None if said else row.user_name,
    }
    deed = AuditAction.SETTLE if said else AuditAction(intent.verb)
    if intent.subject is not None:
        entry.changed_appointments.add(intent.subject)
        audit.add_line_about(entry, deed, intent.subject, **values)
    else:
        audit.add_line(entry, deed, patient=row.reference, **values)


_WISHED_BY = select(intents.c.user_name, people.c.reference).join_from(intents, people, isouter=True)

_SELECT = select(
    intents.c.id,
    intents.c.verb,
    intents.c.stage,
    intents.c.created_at,
    intents.c.subject,
    intents.c.settled_at,
    intents.c.leyr_reference,
    intents.c.reason,
    intents.c.standing_before,
    intents.c.desk_id,
)

_UNDER_WAY = _SELECT.where(intents.c.stage.in_((Stage.PREPARED, Stage.SENT))).order_by(
    intents.c.created_at, intents.c.revision
)


def _recorded(row: Any) -> StoredIntent:
    intent = Intent(
        row.id,
        Verb(row.verb),
        Stage(row.stage),
        row.created_at,
        row.subject,
        row.settled_at,
        row.leyr_reference,
        row.reason,
    )
    return StoredIntent(intent, None if row.standing_before is None else Standing(row.standing_before))

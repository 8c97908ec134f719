"""Everything the ledger has about one person, read in one transaction; and whom somebody had wiped."""

from typing import Any

from sqlalchemy import Connection, select

from receptionapp.domain.audit import AuditLine, AuditQuestion, Deed
from receptionapp.domain.disclosure import Disclosure, HeldAppointment, HeldIntent, Written
from receptionapp.domain.patient import Person
from receptionapp.ledger import appointments as own_appointments
from receptionapp.ledger import audit
from receptionapp.ledger.people import PERSON_COLUMNS, as_person
from receptionapp.ledger.schema import appointments, intents, people
from receptionapp.ledger.schema import audit as lines


def read(connection: Connection, emr: str, asked: Person) -> Disclosure:
    """Of whoever has the reference of `asked`, also where the ledger only noted that somebody looked at them."""
    same = (people.c.emr == emr) & (people.c.reference == asked.reference)
    columns = (people.c.key, people.c.wiped_at, *_written_columns(people), *PERSON_COLUMNS)
    row = connection.execute(select(*columns).where(same)).one_or_none()
    whose = () if row is None else _intents(connection, row.key)
    return Disclosure(
        emr,
        asked if row is None else as_person(row),
        None if row is None else _written(row),
        None if row is None else row.wiped_at,
        () if row is None else _appointments(connection, emr, row.key, asked.reference),
        whose,
        _lines(connection, emr, asked.reference),
    )


def wiped_after(connection: Connection, emr: str, number: int) -> tuple[int, tuple[str, ...]]:
    """The references of those whom somebody, at whatever desk, wiped since the line `number` of the record, and the
    number to ask with the next time."""
    wiped = select(lines.c.number, lines.c.emr, lines.c.patient).where(lines.c.deed == Deed.WIPED)
    found = connection.execute(wiped.where(lines.c.number > number).order_by(lines.c.number)).all()
    latest = found[-1].number if found else number
    return latest, tuple(row.patient for row in found if row.emr == emr)


def _appointments(connection: Connection, emr: str, person_key: Any, reference: str) -> tuple[HeldAppointment, ...]:
    rows = connection.execute(
        select(appointments.c.key, *_written_columns(appointments)).where(appointments.c.person_key == person_key)
    )
    written = {row.key: _written(row) for row in rows}
    found = own_appointments.history(connection, emr, reference)
    return tuple(HeldAppointment(own, written[own.key]) for own in reversed(found))


def _intents(connection: Connection, person_key: Any) -> tuple[HeldIntent, ...]:
    """About one of the person's appointments, or that made the person known."""
    theirs = select(appointments.c.key).where(appointments.c.person_key == person_key)
    query = select(intents).where(intents.c.subject.in_(theirs) | (intents.c.person_key == person_key))
    rows = connection.execute(query.order_by(intents.c.created_at, intents.c.revision))
    return tuple(
        HeldIntent(
            row.id,
            row.verb,
            row.stage,
            row.subject,
            _written(row),
            row.settled_at,
            row.leyr_reference,
            row.reason,
        )
        for row in rows
    )


def _lines(connection: Connection, emr: str, reference: str) -> tuple[AuditLine, ...]:
    found: list[AuditLine] = []
    question = AuditQuestion(patient=reference)
    while part := audit.slice_from(connection, emr, question, found[-1].number if found else 0):
        found += part
    return tuple(found)


def _written_columns(table: Any) -> tuple[Any, ...]:
    return (table.c.desk_name, table.c.user_name, table.c.created_at, table.c.changed_at)


def _written(row: Any) -> Written:
    return Written(row.desk_name, row.user_name, row.created_at, row.changed_at)

"""Everything the ledger has about one person: read in one transaction, and wiped. The rows themselves stay."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from receptionapp.domain.appointment import Standing
from receptionapp.domain.audit import AuditAction, AuditFilter, AuditLine
from receptionapp.domain.disclosure import DisclosedAppointment, DisclosedIntent, Disclosure, Provenance
from receptionapp.domain.patient import Person
from receptionapp.ledger import appointments as own_appointments
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import NotInLedger, StillNeeded
from receptionapp.ledger.people import PERSON_COLUMNS, copy_details_to_appointments, person_from_row
from receptionapp.ledger.schema import appointments, intents, name_words, people, people_words
from receptionapp.ledger.schema import audit as lines

_SETTLED = (Standing.BOOKED, Standing.CANCELLED, Standing.COMPLETED, Standing.REFUSED, Standing.OTHER)
_GONE = (Standing.CANCELLED, Standing.REFUSED)


def find_due(connection: Connection, since: datetime, limit: int) -> tuple[UUID, ...]:
    """Of whatever EHR, who was neither handled nor had an appointment after `since`, and about whom nothing is
    open."""
    query = (
        select(people.c.key)
        .where(people.c.wiped_at.is_(None), people.c.changed_at < since, ~_has_appointment(_needed(since)))
        .order_by(people.c.changed_at)
        .limit(limit)
    )
    return tuple(connection.execute(query).scalars())


def wipe_due(entry: Entry, since: datetime, limit: int) -> int:
    """How many they were. Who is due is looked for here, in the order of writers: they may have been booked for just
    now."""
    keys = find_due(entry.connection, since, limit)
    wipe(entry, keys)
    return len(keys)


def last_written(connection: Connection, before: datetime) -> datetime | None:
    """When the ledger was last written before then: a line of the record, or a person who was handled."""
    line = select(lines.c.at).where(lines.c.at < before).order_by(lines.c.at.desc()).limit(1)
    changed = people.c.changed_at
    person = select(changed).where(people.c.wiped_at.is_(None), changed < before).order_by(changed.desc()).limit(1)
    times = [connection.execute(query).scalar_one_or_none() for query in (line, person)]
    return max((at for at in times if at is not None), default=None)


def note_postponed(entry: Entry) -> None:
    """Note that nothing was wiped, since the clock is far ahead of all that was written: so tomorrow it is not."""
    audit.add_line(entry, AuditAction.PUT_OFF)


def wipe(entry: Entry, keys: tuple[UUID, ...]) -> None:
    """Names, birth dates, phone numbers, what was written about their appointments, and words that nobody else has."""
    of_them = people.c.key.in_(keys)
    texts = entry.connection.execute(select(people.c.folded).where(of_them)).scalars().all()
    entry.connection.execute(delete(people_words).where(people_words.c.person_key.in_(keys)))
    _forget_words({word for text in texts for word in text.split()}, entry.connection)
    blank = {"first_name": "", "last_name": "", "birth_date": None, "phone": None, "folded": ""}
    entry.connection.execute(update(people).where(of_them).values(**blank, wiped_at=entry.at, revision=entry.revision))
    theirs = appointments.c.person_key.in_(keys)
    copy_details_to_appointments(entry.connection, theirs, entry.revision)
    entry.connection.execute(update(appointments).where(theirs).values(comment=None, cancel_reason=None))


def wipe_person(entry: Entry, reference: str) -> None:
    """One person at their own wish, which the record of who did what tells. Raises NotInLedger; StillNeeded while
    something is open or still to come."""
    same = (people.c.emr == entry.writer.emr) & (people.c.reference == reference)
    key = entry.connection.execute(select(people.c.key).where(same)).scalar_one_or_none()
    if key is None:
        raise NotInLedger
    needed = and_(appointments.c.standing.not_in(_GONE), _needed(entry.at))
    needs = select(appointments.c.key).where(appointments.c.person_key == key, needed)
    if entry.connection.execute(needs.limit(1)).first() is not None:
        raise StillNeeded
    wipe(entry, (key,))
    audit.add_line(entry, AuditAction.WIPED, patient=reference)


def _needed(since: datetime) -> ColumnElement[bool]:
    """An appointment that is not over since then, whose outcome is not known, or one too many after a move."""
    return or_(
        appointments.c.ends_at >= since,
        appointments.c.standing.not_in(_SETTLED),
        and_(appointments.c.replaced_by.is_not(None), appointments.c.standing.not_in(_GONE)),
    )


def _has_appointment(such: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(appointments.c.key).where(appointments.c.person_key == people.c.key, such).exists()


def _forget_words(words: set[str], connection: Connection) -> None:
    somebodys = select(people_words.c.word).where(people_words.c.word == name_words.c.word).exists()
    connection.execute(delete(name_words).where(name_words.c.word.in_(words), ~somebodys))


def read_disclosure(connection: Connection, emr: str, asked: Person) -> Disclosure:
    """Of whoever has the reference of `asked`, also where the ledger only noted that somebody looked at them."""
    same = (people.c.emr == emr) & (people.c.reference == asked.reference)
    columns = (people.c.key, people.c.wiped_at, *_written_columns(people), *PERSON_COLUMNS)
    row = connection.execute(select(*columns).where(same)).one_or_none()
    whose = () if row is None else _intents(connection, row.key)
    return Disclosure(
        emr,
        asked if row is None else person_from_row(row),
        None if row is None else _written(row),
        None if row is None else row.wiped_at,
        () if row is None else _appointments(connection, emr, row.key, asked.reference),
        whose,
        _lines(connection, emr, asked.reference),
    )


def read_wiped_after(connection: Connection, emr: str, number: int) -> tuple[int, tuple[str, ...]]:
    """The references of those whom somebody, at whatever desk, wiped since the line `number` of the record, and the
    number to ask with the next time."""
    wiped = select(lines.c.number, lines.c.emr, lines.c.patient).where(lines.c.deed == AuditAction.WIPED)
    found = connection.execute(wiped.where(lines.c.number > number).order_by(lines.c.number)).all()
    latest = found[-1].number if found else number
    return latest, tuple(row.patient for row in found if row.emr == emr)


def _appointments(
    connection: Connection, emr: str, person_key: Any, reference: str
) -> tuple[DisclosedAppointment, ...]:
    rows = connection.execute(
        select(appointments.c.key, *_written_columns(appointments)).where(appointments.c.person_key == person_key)
    )
    written = {row.key: _written(row) for row in rows}
    found = own_appointments.history(connection, emr, reference)
    return tuple(DisclosedAppointment(own, written[own.key]) for own in reversed(found))


def _intents(connection: Connection, person_key: Any) -> tuple[DisclosedIntent, ...]:
    """About one of the person's appointments, or that made the person known."""
    theirs = select(appointments.c.key).where(appointments.c.person_key == person_key)
    query = select(intents).where(intents.c.subject.in_(theirs) | (intents.c.person_key == person_key))
    rows = connection.execute(query.order_by(intents.c.created_at, intents.c.revision))
    return tuple(
        DisclosedIntent(
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
    question = AuditFilter(patient=reference)
    while part := audit.read_slice(connection, emr, question, found[-1].number if found else 0):
        found += part
    return tuple(found)


def _written_columns(table: Any) -> tuple[Any, ...]:
    return (table.c.desk_name, table.c.user_name, table.c.created_at, table.c.changed_at)


def _written(row: Any) -> Provenance:
    return Provenance(row.desk_name, row.user_name, row.created_at, row.changed_at)

"""Persons a desk has handled: remembered and read back. How they are found again is in `people_search.py`.

What is known of a person stands beside each of the person's appointments too. Who writes in `people` calls
`name_appointments` in the same transaction, and so both are always alike.
"""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, insert, select, update

from receptionapp.domain.patient import Person
from receptionapp.ledger import person_words
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.schema import appointments, people

PERSON_COLUMNS = (
    people.c.reference,
    people.c.first_name,
    people.c.last_name,
    people.c.birth_date,
    people.c.phone,
)

COLUMNS_BESIDE = (
    appointments.c.patient,
    appointments.c.first_name,
    appointments.c.last_name,
    appointments.c.birth_date,
    appointments.c.phone,
)
"""The same of an appointment, in the same order."""


def remember(entry: Entry, person: Person) -> UUID:
    """Write down or bring up to date; the key of the row."""
    values = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "birth_date": person.birth_date,
        "phone": person.phone,
        "folded": person_words.folded(person),
        "wiped_at": None,
    }
    same = (people.c.emr == entry.writer.emr) & (people.c.reference == person.reference)
    known = entry.connection.execute(select(people.c.key, people.c.folded, *PERSON_COLUMNS).where(same)).one_or_none()
    if known is not None:
        key: UUID = known.key
        entry.connection.execute(update(people).where(people.c.key == key).values(**values, **entry.change))
        if as_person(known) != person:
            name_appointments(entry.connection, appointments.c.person_key == key, entry.revision)
        person_words.replace(entry.connection, key, known.folded, person)
        return key
    key = uuid4()
    entry.connection.execute(
        insert(people).values(key=key, emr=entry.writer.emr, reference=person.reference, **values, **entry.creation)
    )
    person_words.write(entry.connection, key, person)
    return key


def name_appointments(connection: Connection, whose: ColumnElement[bool], revision: int) -> None:
    """Let these appointments have their persons' details as `people` has them now."""
    values = {
        beside: select(column).where(people.c.key == appointments.c.person_key).scalar_subquery()
        for beside, column in zip(COLUMNS_BESIDE, PERSON_COLUMNS, strict=True)
    }
    connection.execute(update(appointments).where(whose).values({**values, appointments.c.revision: revision}))


def any_known(connection: Connection, emr: str) -> bool:
    return connection.execute(select(people.c.key).where(people.c.emr == emr).limit(1)).first() is not None


def as_person(row: Any) -> Person:
    return Person(row.reference, row.first_name, row.last_name, row.birth_date, row.phone)

"""Persons a desk has handled: remembered, and found again by the beginning of a name or a birth date."""

import re
import unicodedata
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, update

from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.schema import people

PERSON_COLUMNS = (
    people.c.reference,
    people.c.first_name,
    people.c.last_name,
    people.c.birth_date,
    people.c.phone,
)

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "ð": "d", "þ": "th"})


def remember(entry: Entry, person: Person) -> UUID:
    """Write down or bring up to date; the key of the row."""
    values = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "birth_date": person.birth_date,
        "phone": person.phone,
        "folded": _folded(person),
    }
    same = (people.c.emr == entry.writer.emr) & (people.c.reference == person.reference)
    key: UUID | None = entry.connection.execute(select(people.c.key).where(same)).scalar_one_or_none()
    if key is not None:
        entry.connection.execute(update(people).where(people.c.key == key).values(**values, **entry.change))
        return key
    key = uuid4()
    entry.connection.execute(
        insert(people).values(key=key, emr=entry.writer.emr, reference=person.reference, **values, **entry.creation)
    )
    return key


def find(connection: Connection, emr: str, text: str, limit: int) -> tuple[Person, ...]:
    """Everybody of whom each word of `text` begins a name, or a birth date written ddmmyy, ddmmyyyy or yyyymmdd.

    Case, accents and punctuation do not matter. No words find nobody.
    """
    words = [word for part in text.split() for word in _words(part)]
    if not words:
        return ()
    query = select(*PERSON_COLUMNS).where(people.c.emr == emr)
    for word in words:
        query = query.where(people.c.folded.contains(f" {word}", autoescape=True))
    query = query.order_by(people.c.last_name, people.c.first_name, people.c.reference).limit(limit)
    return tuple(person(row) for row in connection.execute(query))


def any_known(connection: Connection, emr: str) -> bool:
    return connection.execute(select(people.c.key).where(people.c.emr == emr).limit(1)).first() is not None


def person(row: Any) -> Person:
    return Person(row.reference, row.first_name, row.last_name, row.birth_date, row.phone)


def _folded(person: Person) -> str:
    """Every word that a search may begin with, each after a blank."""
    return "".join(f" {word}" for word in (*_names(person.full_name), *_dates(person.birth_date)))


def _words(part: str) -> list[str]:
    """A typed word as `_folded` would write it: one with digits is taken for a date and loses its punctuation."""
    if any(character.isdigit() for character in part):
        return ["".join(character for character in part if character.isdigit())]
    return _names(part)


def _names(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def _dates(birth_date: date | None) -> tuple[str, ...]:
    if birth_date is None:
        return ()
    return tuple(birth_date.strftime(form) for form in ("%d%m%y", "%d%m%Y", "%Y%m%d"))

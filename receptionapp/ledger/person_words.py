"""The words by which people are found, kept in step with the names, birth dates and phone numbers they come from."""

from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import name_words as words_of_name
from receptionapp.domain.person_search import search_words
from receptionapp.ledger.schema import name_words, people, people_words

_AT_ONCE = 10_000  # persons


def folded(person: Person) -> str:
    """Every word, each after a blank: what a search that knows the person already looks through."""
    return "".join(f" {word}" for word in search_words(person))


def write(connection: Connection, key: UUID, person: Person) -> None:
    """Add the words of somebody who has none."""
    _write_many(connection, [(key, person)])


def replace(connection: Connection, key: UUID, before: str, person: Person) -> None:
    """Put the words of the person as it is now in place of those of `before`, its `folded` until now."""
    if before == folded(person):
        return
    connection.execute(
        delete(people_words).where(people_words.c.person_key == key, people_words.c.word.in_(before.split()))
    )
    write(connection, key, person)


def make_anew(connection: Connection) -> None:
    """Forget all words and make them again from all people, as after an upgrade that may fold them otherwise.

    Takes some 20 s for 200,000 people.
    """
    connection.execute(delete(people_words))
    connection.execute(delete(name_words))
    columns = (people.c.key, people.c.reference, people.c.first_name, people.c.last_name)
    rows = iter(connection.execute(select(*columns, people.c.birth_date, people.c.phone)).all())
    while some := [(row.key, Person(*row[1:])) for row in islice(rows, _AT_ONCE)]:
        connection.execute(
            update(people).where(people.c.key == bindparam("its_key")).values(folded=bindparam("its_words")),
            [{"its_key": key, "its_words": folded(person)} for key, person in some],
        )
        _write_many(connection, some)


def _write_many(connection: Connection, persons: list[tuple[UUID, Person]]) -> None:
    words = [{"word": word, "person_key": key} for key, person in persons for word in search_words(person)]
    names = [{"word": word} for word in sorted({w for _, person in persons for w in words_of_name(person.full_name)})]
    if words:
        connection.execute(insert(people_words), words)
    if names:
        connection.execute(_unless_there(connection), names)


def _unless_there(connection: Connection) -> Any:
    """Both databases can leave a row that is there alone, each in its own dialect of SQLAlchemy."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_there

        return insert_there(name_words).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert as insert_here

    return insert_here(name_words).on_conflict_do_nothing()

"""Persons a desk has handled: remembered with the words by which they are found, and found while somebody types.

What is known of a person stands beside each appointment too: who writes in `people` calls
`copy_details_to_appointments`.

In three rounds, until there are enough: whose words begin so, who have it anywhere in a name, and with one slip in one
word; the latest handled first. Where many may fit, people are gone through from the latest on.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    SelectBase,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    intersect,
    or_,
    select,
    type_coerce,
    update,
)

from receptionapp.domain.names import is_beginning_one_typo_apart
from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import (
    SearchTerm,
    date_word,
    joined_names,
    may_be_same,
    person_name_words,
    search_words,
)
from receptionapp.domain.person_search import name_words as words_of_name
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.schema import appointments, name_words, people, people_words

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


def complete(entry: Entry, person: Person) -> Person:
    """The person with what is known here and not told this time."""
    same = (people.c.emr == entry.writer.emr) & (people.c.reference == person.reference)
    known = entry.connection.execute(select(*PERSON_COLUMNS).where(same)).one_or_none()
    return person if known is None else person.filled_from(person_from_row(known))


def remember(entry: Entry, person: Person) -> UUID:
    """Write down or bring up to date; the key of the row. What is not told this time stays as it is known."""
    person = complete(entry, person)
    values = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "birth_date": person.birth_date,
        "phone": person.phone,
        "folded": folded_words(person),
        "wiped_at": None,
    }
    same = (people.c.emr == entry.writer.emr) & (people.c.reference == person.reference)
    known = entry.connection.execute(select(people.c.key, people.c.folded, *PERSON_COLUMNS).where(same)).one_or_none()
    if known is not None:
        key: UUID = known.key
        entry.connection.execute(update(people).where(people.c.key == key).values(**values, **entry.change))
        if person_from_row(known) != person:
            copy_details_to_appointments(entry.connection, appointments.c.person_key == key, entry.revision)
        replace(entry.connection, key, known.folded, person)
        return key
    key = uuid4()
    entry.connection.execute(
        insert(people).values(key=key, emr=entry.writer.emr, reference=person.reference, **values, **entry.creation)
    )
    write(entry.connection, key, person)
    return key


def copy_details_to_appointments(connection: Connection, whose: ColumnElement[bool], revision: int) -> None:
    """Let these appointments have their persons' details as `people` has them now."""
    values = {
        beside: select(column).where(people.c.key == appointments.c.person_key).scalar_subquery()
        for beside, column in zip(COLUMNS_BESIDE, PERSON_COLUMNS, strict=True)
    }
    connection.execute(update(appointments).where(whose).values({**values, appointments.c.revision: revision}))


def knows_anybody(connection: Connection, emr: str) -> bool:
    return connection.execute(select(people.c.key).where(people.c.emr == emr).limit(1)).first() is not None


def find_known(connection: Connection, emr: str, references: Collection[str]) -> tuple[Person, ...]:
    """Of the persons with these typed ids those who were remembered and not wiped since, in the order of the ids."""
    theirs = (people.c.emr == emr) & people.c.reference.in_(references) & people.c.wiped_at.is_(None)
    query = select(*PERSON_COLUMNS).where(theirs).order_by(people.c.reference)
    return tuple(person_from_row(row) for row in connection.execute(query))


def person_from_row(row: Any) -> Person:
    return Person(row.reference, row.first_name, row.last_name, row.birth_date, row.phone)


_ENOUGH = 8  # hits; with so many, nobody is looked for by parts of names and misspellings
_FEW = 3_000  # people who are fetched and sorted; more are gone through
_LISTED = 10_000  # people with a word of one term; so many can be compared with those of another term
_MANY_WORDS = 300  # words that have a part in them; of more, people are gone through
_SHORTEST_PART = 3  # letters
_SHORTEST_MISSPELT = 4
_MOST_LIKE = 5  # people shown beside one who is about to be registered


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which words fit a term, said twice: for the index of words (None: too many), and for one person's row."""

    words: ColumnElement[bool] | None
    person: ColumnElement[bool]


def find_people(connection: Connection, emr: str, terms: Sequence[SearchTerm], limit: int) -> tuple[Person, ...]:
    """Whom all the terms fit, the likeliest first. No terms find nobody."""
    found: dict[str, Person] = {}
    for wanted in _rounds(connection, terms):
        if len(found) >= min(limit, _ENOUGH):
            break
        for somebody in _people(connection, emr, wanted, limit):
            found.setdefault(somebody.reference, somebody)
    return tuple(found.values())[:limit]


def find_similar_people(connection: Connection, emr: str, new: Person) -> tuple[Person, ...]:
    """People who may be the same person: those with the same birth date or the same words in the name."""
    words = set(words_of_name(new.full_name))
    key = people_words.c.person_key
    namesakes = select(key).where(people_words.c.word.in_(words)).group_by(key).having(func.count() >= len(words))
    born = [select(key).where(people_words.c.word == date_word(new.birth_date))] if new.birth_date else []
    suspects = (person_from_row(row) for row in connection.execute(_with_words(emr, namesakes, *born)))
    return tuple(islice((known for known in suspects if may_be_same(new, known)), _MOST_LIKE))


def _rounds(connection: Connection, terms: Sequence[SearchTerm]) -> Iterator[list[_Wanted]]:
    if not terms:
        return
    plain = [_beginning(term) for term in terms]
    yield plain
    yield from ([_beginning(term) for term in joined] for joined in joined_names(terms))
    if any(_may_be_part(term) for term in terms):
        yield [_part(connection, term) if _may_be_part(term) else _beginning(term) for term in terms]
    for at, term in enumerate(terms):
        if term.is_name and len(term.beginnings[0]) >= _SHORTEST_MISSPELT:
            yield [*plain[:at], _misspelt(connection, term), *plain[at + 1 :]]


def _people(connection: Connection, emr: str, wanted: list[_Wanted], limit: int) -> list[Person]:
    keys = _keys(connection, wanted)
    count = _FEW + 1 if keys is None else _count(connection, keys, _FEW)
    if count == 0:
        return []
    if keys is None or count > _FEW:
        query = select(*PERSON_COLUMNS).where(people.c.emr == emr).order_by(people.c.changed_at.desc())
    else:
        query = _with_words(emr, keys)
    query = query.where(*(each.person for each in wanted)).limit(limit)
    return [person_from_row(row) for row in connection.execute(query)]


def _keys(connection: Connection, wanted: list[_Wanted]) -> SelectBase | None:
    """Of the people whom those terms fit that fit not too many; None if all do."""
    fitting = [select(people_words.c.person_key).where(each.words) for each in wanted if each.words is not None]
    listed = [keys for keys in fitting if _count(connection, keys, _LISTED) <= _LISTED]
    return intersect(*listed) if len(listed) > 1 else next(iter(listed), None)


def _count(connection: Connection, keys: SelectBase, most: int) -> int:
    some = select(keys.subquery()).limit(most + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _with_words(emr: str, *keys: SelectBase) -> Select[Any]:
    """Those of any of the `keys`, the latest first; the two expressions keep SQLite from the index of either column."""
    one_of_them = or_(*(people.c.key.in_(some) for some in keys))
    query = select(*PERSON_COLUMNS).where(one_of_them, people.c.emr.concat("") == emr)
    return query.order_by((type_coerce(people.c.changed_at, BigInteger) + 0).desc())


def _beginning(term: SearchTerm) -> _Wanted:
    return _Wanted(
        or_(*(_begins(people_words.c.word, beginning) for beginning in term.beginnings)),
        or_(*(people.c.folded.contains(f" {beginning}") for beginning in term.beginnings)),
    )


def _may_be_part(term: SearchTerm) -> bool:
    return term.is_name and len(term.beginnings[0]) >= _SHORTEST_PART


def _part(connection: Connection, term: SearchTerm) -> _Wanted:
    [part] = term.beginnings
    words = _fetch(connection, name_words.c.word.contains(part), _MANY_WORDS + 1)
    return _Wanted(
        people_words.c.word.in_(words) if len(words) <= _MANY_WORDS else None, people.c.folded.contains(part)
    )


def _misspelt(connection: Connection, term: SearchTerm) -> _Wanted:
    """One slip leaves one half of what is typed as it should be, unless it exchanges the letters where they meet."""
    [typed] = term.beginnings
    half = len(typed) // 2
    exchanged = typed[: half - 1] + typed[half] + typed[half - 1]
    word = name_words.c.word
    suspects = _fetch(
        connection, or_(_begins(word, typed[:half]), word.contains(typed[half:]), _begins(word, exchanged)), None
    )
    words = [suspect for suspect in suspects if is_beginning_one_typo_apart(typed, suspect)]
    if len(words) > _MANY_WORDS:
        return _Wanted(false(), false())
    fitting = people_words.c.word.in_(words)
    return _Wanted(fitting, people.c.key.in_(select(people_words.c.person_key).where(fitting)))


def _fetch(connection: Connection, condition: ColumnElement[bool], most: int | None) -> list[str]:
    return list(connection.execute(select(name_words.c.word).where(condition).limit(most)).scalars())


def _begins(word: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    """A range of the index: up to the first word that no longer begins so."""
    return and_(word >= beginning, word < beginning[:-1] + chr(ord(beginning[-1]) + 1))


_AT_ONCE = 10_000  # persons


def folded_words(person: Person) -> str:
    """Every word, each after a blank: what a search that knows the person already looks through."""
    return "".join(f" {word}" for word in search_words(person))


def write(connection: Connection, key: UUID, person: Person) -> None:
    """Add the words of somebody who has none."""
    _write_many(connection, [(key, person)])


def replace(connection: Connection, key: UUID, before: str, person: Person) -> None:
    """Put the words of the person as it is now in place of those of `before`, its `folded` until now."""
    if before == folded_words(person):
        return
    connection.execute(
        delete(people_words).where(people_words.c.person_key == key, people_words.c.word.in_(before.split()))
    )
    write(connection, key, person)


def rebuild(connection: Connection) -> None:
    """Forget all words and make them again, as after an upgrade. Takes some 20 s for 200,000 people."""
    connection.execute(delete(people_words))
    connection.execute(delete(name_words))
    columns = (people.c.key, people.c.reference, people.c.first_name, people.c.last_name)
    rows = iter(connection.execute(select(*columns, people.c.birth_date, people.c.phone)).all())
    while some := [(row.key, Person(*row[1:])) for row in islice(rows, _AT_ONCE)]:
        connection.execute(
            update(people).where(people.c.key == bindparam("its_key")).values(folded=bindparam("its_words")),
            [{"its_key": key, "its_words": folded_words(person)} for key, person in some],
        )
        _write_many(connection, some)


def _write_many(connection: Connection, persons: list[tuple[UUID, Person]]) -> None:
    words = [{"word": word, "person_key": key} for key, person in persons for word in search_words(person)]
    names = [{"word": word} for word in sorted({w for _, person in persons for w in person_name_words(person)})]
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

"""Checks a ledger without changing it: the file, the tables, and whether the tables agree with each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, create_engine, func, inspect, or_, select, text
from sqlalchemy.pool import StaticPool

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Stage, Verb
from receptionapp.ledger import audit
from receptionapp.ledger.database import translate_errors
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.intents import OPEN
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.people import COLUMNS_BESIDE, PERSON_COLUMNS
from receptionapp.ledger.schema import HEAD, appointments, intents, people
from receptionapp.ledger.sqlite_file import SqliteFile, connect, driver


class Flaw(StrEnum):
    PAGES = "pages"  # the file: pages that were changed outside, or can't be read
    REFERENCES = "references"  # rows that name rows which are not there
    VERSION = "version"  # tables of another version of this program; nothing after this is looked at
    LIFE_CYCLE = "life_cycle"  # how an appointment stands does not fit the wish about it
    NAMES = "names"  # an appointment says other things of its patient than the patient does
    OVERLAP = "overlap"  # two of our live appointments share time on a resource
    AUDIT = "audit"  # the record of who did what was changed outside


@dataclass(frozen=True, slots=True)
class Finding:
    """How often it was found; `keys` are those of the first few appointments, which tell nothing of people."""

    flaw: Flaw
    count: int
    keys: tuple[UUID, ...] = ()


_SHOWN = 5
_UNDER_WAY = (Standing.SENDING, Standing.CANCELLING, Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN)

# How the subject of an open wish stands: while it may be under way, and when its outcome is unknown.
_STANDS = {
    Verb.BOOK: ({Standing.SENDING}, {Standing.BOOKING_UNKNOWN}),
    Verb.CANCEL: ({Standing.CANCELLING}, {Standing.CANCELLING_UNKNOWN}),
    Verb.MOVE: ({Standing.CANCELLING}, {Standing.CANCELLING_UNKNOWN}),
    Verb.CONFIRM: (
        {Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE},
        {Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN},
    ),
}


def verify_file(path: Path, key: LedgerKey | None) -> tuple[Finding, ...]:
    """Read all of the file as of one moment; those who write meanwhile are not held up. Raises LedgerError."""
    try:
        with translate_errors(SqliteFile(path, key).fault):
            if mark_of(path) != (None if key is None else key.mark):
                raise LedgerError(LedgerFault.WRONG_KEY)
            return _read_through(path, key)
    except LedgerError as error:
        if error.fault is LedgerFault.DAMAGED:
            return (Finding(Flaw.PAGES, 1),)
        raise


def verify(connection: Connection) -> Iterator[Finding]:
    """What the tables say of one another, on whatever database."""
    tables = set(inspect(connection).get_table_names())
    version = (
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        if "alembic_version" in tables
        else None
    )
    if version != HEAD:
        yield Finding(Flaw.VERSION, 1)
        return
    yield from _found(Flaw.LIFE_CYCLE, _odd_wishes(connection) | _odd_standings(connection))
    yield from _found(Flaw.NAMES, _misnamed(connection))
    yield from _found(Flaw.OVERLAP, _overlapping(connection))
    if not audit.verify(connection).is_intact:
        yield Finding(Flaw.AUDIT, 1)


def _read_through(path: Path, key: LedgerKey | None) -> tuple[Finding, ...]:
    engine = create_engine("sqlite://", module=driver(key), creator=lambda: connect(path, key), poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # and not at once for writing, as the ledger's own engine does
            return tuple(_pages(connection, encrypted=key is not None)) or tuple(verify(connection))
    finally:
        engine.dispose()


def _pages(connection: Connection, *, encrypted: bool) -> Iterator[Finding]:
    bad = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() if encrypted else []
    said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check").all() if row[0] != "ok"]
    if bad or said:
        yield Finding(Flaw.PAGES, len(bad) or len(said))
    missing = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if missing:
        yield Finding(Flaw.REFERENCES, len(missing))


def _found(flaw: Flaw, keys: set[UUID]) -> Iterator[Finding]:
    if keys:
        yield Finding(flaw, len(keys), tuple(sorted(keys)[:_SHOWN]))


def _odd_wishes(connection: Connection) -> set[UUID]:
    """Appointments that do not stand as the open wish about them has it."""
    query = (
        select(intents.c.verb, intents.c.stage, appointments.c.key, appointments.c.standing)
        .join(appointments, intents.c.subject == appointments.c.key)
        .where(intents.c.stage.in_(OPEN))
    )
    return {
        row.key
        for row in connection.execute(query)
        if row.standing not in _STANDS[Verb(row.verb)][row.stage == Stage.UNKNOWN]
    }


def _odd_standings(connection: Connection) -> set[UUID]:
    """Appointments that are under way or unknown without a wish about them, or about the one that they replace."""
    about = select(intents.c.subject).where(intents.c.stage.in_(OPEN), intents.c.subject.is_not(None))
    moved = select(appointments.c.replaced_by).where(
        appointments.c.key.in_(about), appointments.c.replaced_by.is_not(None)
    )
    query = select(appointments.c.key).where(
        appointments.c.standing.in_(_UNDER_WAY), appointments.c.key.not_in(about), appointments.c.key.not_in(moved)
    )
    return set(connection.execute(query).scalars())


def _misnamed(connection: Connection) -> set[UUID]:
    other = (beside.is_distinct_from(column) for beside, column in zip(COLUMNS_BESIDE, PERSON_COLUMNS, strict=True))
    return set(connection.execute(select(appointments.c.key).join(people).where(or_(*other))).scalars())


def _overlapping(connection: Connection) -> set[UUID]:
    """Gone through in order of time, resource by resource: the one that reaches furthest is compared with the next."""
    where = ("emr", "care_unit_id", "resource_id")
    columns = [appointments.c[name] for name in where]
    live = appointments.c.standing.not_in((Standing.CANCELLED, Standing.REFUSED))
    query = select(
        *columns,
        appointments.c.key,
        appointments.c.starts_at,
        appointments.c.ends_at,
        appointments.c.replaced_by,
    )
    rows = connection.execute(query.where(live).order_by(*columns, appointments.c.starts_at))
    found: set[UUID] = set()
    for _, of_one in groupby(rows, key=lambda row: tuple(row[:3])):
        found |= _sharing_time(of_one)
    return found


def _sharing_time(rows: Iterator[Any]) -> set[UUID]:
    found: set[UUID] = set()
    still: list[Any] = []
    for row in rows:
        start: datetime = row.starts_at
        still = [other for other in still if other.ends_at > start]
        found |= {row.key for other in still if row.key != other.replaced_by and other.key != row.replaced_by}
        still.append(row)
    return found


@dataclass(frozen=True, slots=True)
class LedgerStatistics:
    """`kind` is the database's name; `size` bytes, of everything in it. `stages` counts intents."""

    kind: str
    version: str
    size: int
    people: int
    appointments: int
    stages: Mapping[str, int] = field(default_factory=dict)


def read_statistics(connection: Connection) -> LedgerStatistics:
    kind = connection.dialect.name
    size = "SELECT pg_database_size(current_database())"
    if kind == "sqlite":
        size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    stages = connection.execute(select(intents.c.stage, func.count()).group_by(intents.c.stage))
    return LedgerStatistics(
        kind,
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        connection.execute(text(size)).scalar_one(),
        connection.execute(select(func.count()).select_from(people)).scalar_one(),
        connection.execute(select(func.count()).select_from(appointments)).scalar_one(),
        {row.stage: row[1] for row in sorted(stages, key=tuple)},
    )

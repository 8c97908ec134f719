"""Checks a ledger without changing it: the file, the tables, and whether the tables agree with each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, create_engine, func, inspect, or_, select, text
from sqlalchemy.pool import StaticPool

from receptionapp.domain.appointment import Standing
from receptionapp.domain.audit import AuditAction
from receptionapp.domain.intent import Stage, Verb
from receptionapp.ledger import audit
from receptionapp.ledger.database import translate_errors
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.intents import OPEN
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.people import COLUMNS_BESIDE, PERSON_COLUMNS
from receptionapp.ledger.schema import HEAD, appointments, intents, ledger_meta, metadata, people
from receptionapp.ledger.schema import audit as record
from receptionapp.ledger.schema_check import count_differences
from receptionapp.ledger.sqlite_file import SqliteFile, connect, driver

if TYPE_CHECKING:
    from receptionapp.ledger.postgres import PostgresServer


class Flaw(StrEnum):
    PAGES = "pages"  # the file: pages that were changed outside, or can't be read
    REFERENCES = "references"  # rows that name rows which are not there
    VERSION = "version"  # tables of another version of this program; nothing after this is looked at
    LIFE_CYCLE = "life_cycle"  # how an appointment stands does not fit the wish about it
    NAMES = "names"  # an appointment says other things of its patient than the patient does
    OVERLAP = "overlap"  # two of our live appointments share time on a resource
    AUDIT = "audit"  # the record of who did what was changed outside
    CHANGED = "changed"  # appointments or wishes that are not as the record left them
    GONE = "gone"  # the record tells of appointments or wishes that are not there
    UNTOLD = "untold"  # appointments or wishes of which the record has nothing
    RULES = "rules"  # triggers or indexes that are not as this program made them
    EARLIER = "earlier"  # no flaw: what an earlier version wrote, whose record says too little to check it against


@dataclass(frozen=True, slots=True)
class Finding:
    """How often it was found; `keys` are those of the first few appointments, which tell nothing of people."""

    flaw: Flaw
    count: int
    keys: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`not_checkable` counts the appointments and wishes of `Flaw.EARLIER`."""

    findings: tuple[Finding, ...] = ()
    not_checkable: int = 0


_SHOWN = 5
_KNOWN_BY = (*Verb, AuditAction.SETTLE, AuditAction.OVERRIDE, AuditAction.WIPED)
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


def verify_file(path: Path, key: LedgerKey | None) -> Verdict:
    """Read all of the file as of one moment; those who write meanwhile are not held up. Raises LedgerError."""
    try:
        with translate_errors(SqliteFile(path, key).fault):
            if mark_of(path) != (None if key is None else key.mark):
                raise LedgerError(LedgerFault.WRONG_KEY)
            return _read_through(path, key)
    except LedgerError as error:
        if error.fault is LedgerFault.DAMAGED:
            return Verdict((Finding(Flaw.PAGES, 1),))
        raise


def verify_server(server: "PostgresServer") -> Verdict:
    """The same of a ledger that desks share. Raises LedgerError."""
    engine = server.engine()
    try:
        with translate_errors(server.fault), engine.connect() as connection:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")  # one moment for all of it
            return verify(connection)
    finally:
        engine.dispose()


def verify(connection: Connection) -> Verdict:
    """What the tables say of one another and of the record, on whatever database."""
    found: list[Finding] = []
    try:
        for finding in _read_findings(connection):
            found.append(finding)
    except (ValueError, TypeError, OverflowError):  # a value of which nothing can be made ends it
        found.append(Finding(Flaw.CHANGED, 1))
    earlier = sum(finding.count for finding in found if finding.flaw is Flaw.EARLIER)
    return Verdict(tuple(finding for finding in found if finding.flaw is not Flaw.EARLIER), earlier)


def _read_findings(connection: Connection) -> Iterator[Finding]:
    tables = set(inspect(connection).get_table_names())
    version = (
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        if "alembic_version" in tables
        else None
    )
    if version != HEAD:
        yield Finding(Flaw.VERSION, 1)
        return
    yield from _counted(Flaw.RULES, count_differences(connection))
    yield from _counted(Flaw.REFERENCES, _count_orphans(connection))
    yield from _counted(Flaw.AUDIT, not audit.verify(connection).is_intact)
    yield from _against_record(connection)
    yield from _found(Flaw.LIFE_CYCLE, _odd_wishes(connection) | _odd_standings(connection))
    yield from _found(Flaw.NAMES, _misnamed(connection))
    yield from _found(Flaw.OVERLAP, _overlapping(connection))


def _read_through(path: Path, key: LedgerKey | None) -> Verdict:
    engine = create_engine("sqlite://", module=driver(key), creator=lambda: connect(path, key), poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # and not at once for writing, as the ledger's own engine does
            damage = tuple(_pages(connection, encrypted=key is not None))
            return Verdict(damage) if damage else verify(connection)
    finally:
        engine.dispose()


def _pages(connection: Connection, *, encrypted: bool) -> Iterator[Finding]:
    bad = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() if encrypted else []
    said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check").all() if row[0] != "ok"]
    if bad or said:
        yield Finding(Flaw.PAGES, len(bad) or len(said))


def _found(flaw: Flaw, keys: set[UUID]) -> Iterator[Finding]:
    if keys:
        yield Finding(flaw, len(keys), tuple(sorted(keys)[:_SHOWN]))


def _counted(flaw: Flaw, count: int) -> Iterator[Finding]:
    if count:
        yield Finding(flaw, count)


def _against_record(connection: Connection) -> Iterator[Finding]:
    """Each row against the digest that the record has of it (`audit.py`)."""
    recorded = audit.read_recorded_digests(connection)
    undigested = connection.execute(select(ledger_meta.c.undigested)).scalar_one_or_none()
    yield from _counted(Flaw.RULES, undigested is None)
    undigested = undigested or 0
    wished = set(connection.execute(select(intents.c.subject).where(intents.c.revision > undigested)).scalars())
    rows: dict[Flaw, list[audit.DigestedRow]] = {Flaw.CHANGED: [], Flaw.UNTOLD: [], Flaw.EARLIER: []}
    for row in audit.read_digested_rows(connection):
        digest = recorded.pop(row.mark, None)
        if digest is None:
            was_told = row.revision > undigested if row.is_intent else row.appointment in wished
            rows[Flaw.UNTOLD if was_told or not undigested else Flaw.EARLIER].append(row)
        elif digest != row.digest:
            rows[Flaw.CHANGED].append(row)
    for flaw, such in ((flaw, such) for flaw, such in rows.items() if such):
        keys = {row.appointment for row in such if row.appointment is not None}
        yield Finding(flaw, len(such), tuple(sorted(keys)[:_SHOWN]))
    yield from _counted(Flaw.GONE, len(recorded) + _count_strangers(connection))


def _count_strangers(connection: Connection) -> int:
    """Patients for whom something was done, by the record, and who are not there by this reference."""
    lines = record.c
    there = select(people.c.key).where(people.c.emr == lines.emr, people.c.reference == lines.patient).exists()
    told = select(lines.emr, lines.patient).where(lines.deed.in_(_KNOWN_BY), lines.patient.is_not(None), ~there)
    return int(connection.execute(select(func.count()).select_from(told.distinct().subquery())).scalar_one())


def _count_orphans(connection: Connection) -> int:
    """Rows that name rows which are not there. Both databases let foreign keys be switched off."""
    count = 0
    for key in (key for table in metadata.sorted_tables for key in table.foreign_keys):
        there = select(key.column).where(key.column == key.parent).exists()
        query = select(func.count()).select_from(key.parent.table).where(key.parent.is_not(None), ~there)
        count += connection.execute(query).scalar_one()
    return count


def _odd_wishes(connection: Connection) -> set[UUID]:
    """Appointments that do not stand as the open wish about them has it, or whose wish was sent and says it was not."""
    query = (
        select(
            intents.c.verb,
            intents.c.stage,
            (intents.c.changed_at != intents.c.created_at).label("went_on"),
            appointments.c.key,
            appointments.c.standing,
        )
        .join(appointments, intents.c.subject == appointments.c.key)
        .where(intents.c.stage.in_(OPEN))
    )
    return {
        row.key
        for row in connection.execute(query)
        if row.standing not in _STANDS[Verb(row.verb)][row.stage == Stage.UNKNOWN]
        or (row.stage == Stage.PREPARED and row.went_on)
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

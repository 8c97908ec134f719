"""Ledgers that f3abd2b wrote: all of it is there, and wiped when asked; on both engines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, TextClause, create_engine, text, update
from sqlalchemy.exc import IntegrityError

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Stage
from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import parse_person_search
from receptionapp.ledger import audit, users
from receptionapp.ledger.database import LedgerLocation
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.opening import create_tables
from receptionapp.ledger.overlap import is_overlap
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.schema import appointments, metadata
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.ledger.verification import Flaw, Verdict, verify
from tests.clocks import StoppedClock
from tests.ledger.earlier import leave_file, leave_on_server
from tests.postgres import TestServer

PERSON = "INSERT INTO people VALUES ('{0}', 'e', 'r', 'Kari', 'Nordmann', NULL, NULL, ' kari', 'd', '', 1, 1, 1, NULL)"
APPOINTMENT = (
    "INSERT INTO appointments (key, emr, care_unit_id, appointment_id, person_key, resource_id, healthcare_service_id, "
    "starts_at, start_offset, ends_at, end_offset, standing, desk_name, user_name, created_at, changed_at, revision) "
    "VALUES ('{key}', 'e', 'cu', {id}, '{person}', 'r/1', 's', {start}, 0, {end}, 0, '{standing}', 'd', '', 1, 1, 1)"
)
KARI = "0" * 31 + "1"


def appointment(number: int, start: int, end: int, standing: str = "booked", id: str = "NULL") -> TextClause:
    return text(APPOINTMENT.format(key=f"{number:032x}", person=KARI, start=start, end=end, standing=standing, id=id))


@pytest.fixture
def left(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> LedgerLocation:
    """Where a ledger of f3abd2b is."""
    if engine == "postgres":
        server: TestServer = request.getfixturevalue("postgres")
        address = server.new_database()
        leave_on_server(address)
        return PostgresServer(address)
    key = LedgerKey(bytes(32))
    leave_file(tmp_path / "ledger.sqlite3", key)
    return SqliteFile(tmp_path / "ledger.sqlite3", key)


@pytest.fixture
def connection(left: LedgerLocation) -> Iterator[Connection]:
    """In a transaction on that ledger."""
    made = left.open().engine
    with made.begin() as begun:
        yield begun
    made.dispose()


START, END = datetime(2026, 5, 31, tzinfo=UTC), datetime(2026, 6, 8, tzinfo=UTC)


async def open_ledger(left: LedgerLocation) -> Ledger:
    desk = UUID(int=1) if isinstance(left, PostgresServer) else None
    writer = Writer("konfidens", "desk 1", "Nina", desk_id=desk)
    return await Ledger.open(left, writer, StoppedClock(datetime(2026, 7, 1, tzinfo=UTC)))


async def test_everything_is_there_and_whole(left: LedgerLocation) -> None:
    ledger = await open_ledger(left)
    assert ledger.moved_aside is None
    kari = Person("emr_id:2", "Kari", "Nordmann", date(1990, 2, 1))
    åse = Person("emr_id:1", "Åse-Marie", "Bjørnsen", date(1985, 3, 14), "+4791234567")
    found = {own.timeslot.start.hour: own for own in await ledger.appointments("cu", START, END)}
    assert {hour: (own.person, own.appointment_id, own.standing) for hour, own in found.items()} == {
        9: (åse, "a/1", Standing.BOOKED),
        10: (kari, "a/2", Standing.CANCELLED),
        11: (kari, "a/3", Standing.BOOKED),
        12: (kari, "a/4", Standing.BOOKED),
        13: (kari, None, Standing.BOOKING_UNKNOWN),
        14: (åse, None, Standing.SENDING),
    }
    assert found[11].replaced_by == found[12].key
    assert (found[9].comment, found[10].cancel_reason) == ("sore throat", "ill")
    assert {task.appointment.key for task in await ledger.open_tasks()} == {found[11].key, found[13].key}
    assert [user.name for user in await ledger.read(users.all_users)] == ["Nina"]
    assert await ledger.read(verify) == Verdict((), not_checkable=13)
    chain = await ledger.read(audit.verify)
    assert (chain.is_intact, chain.lines) == (True, 15)
    assert {person.reference for person in await ledger.find_people(parse_person_search("nordmann", END.date()))} == {
        "emr_id:2"
    }
    [interrupted] = await ledger.recover()
    assert (interrupted.subject, interrupted.stage) == (found[14].key, Stage.REFUSED)
    await ledger.settle_by_hand(found[13].key, exists=False)
    await ledger.settle_removed(found[11].key)
    await ledger.wipe_person("emr_id:2")
    assert {own.person for own in await ledger.history(kari)} == {Person("emr_id:2", "", "")}
    assert (await ledger.read(verify)).findings == ()
    await ledger.close()


async def test_what_is_changed_after_an_upgrade_can_be_checked_and_what_is_not_is_counted(left: LedgerLocation) -> None:
    ledger = await open_ledger(left)
    keys = {own.timeslot.start.hour: own.key for own in await ledger.appointments("cu", START, END)}
    await ledger.settle_by_hand(keys[13], exists=False)
    assert await ledger.read(verify) == Verdict((), not_checkable=11)
    await ledger.remember_person(Person("emr_id:2", "Kari", "Dahl", date(1990, 2, 1)))
    assert await ledger.read(verify) == Verdict((), not_checkable=11)
    for hour, found in ((9, []), (13, [Flaw.CHANGED])):
        later = update(appointments).where(appointments.c.key == keys[hour]).values(healthcare_service_id="t")
        await ledger.read(partial(Connection.execute, statement=later))
        assert [finding.flaw for finding in (await ledger.read(verify)).findings] == found
    await ledger.close()


def rules(connection: Connection) -> list[str]:
    """Triggers and functions as the database keeps them, but for how their text is broken into lines."""
    if connection.dialect.name == "sqlite":
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
            "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
    return sorted(" ".join(found.split()) for found in connection.execute(text(query)).scalars())


@pytest.fixture
def fresh(engine: str, request: pytest.FixtureRequest) -> Iterator[Connection]:
    """In a transaction on an empty database."""
    if engine == "postgres":
        server: TestServer = request.getfixturevalue("postgres")
        made = PostgresServer(server.new_database()).engine()
    else:
        made = create_engine("sqlite://")
    with made.begin() as begun:
        yield begun
    made.dispose()


def test_tables_and_rules_are_those_of_a_new_ledger(connection: Connection, fresh: Connection) -> None:
    create_tables(fresh)
    assert rules(connection) == rules(fresh) != []
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_appointments_that_leyr_lays_over_each_other_stay_and_wishes_may_not(fresh: Connection) -> None:
    create_tables(fresh)
    fresh.execute(text(PERSON.format(KARI)))
    for number in (1, 2):
        fresh.execute(appointment(number, 100, 200, id=f"'a{number}'"))
    fresh.execute(text("UPDATE appointments SET standing = 'cancelled' WHERE key = :key"), {"key": f"{1:032x}"})
    fresh.execute(appointment(3, 200, 300))
    fresh.execute(appointment(4, 150, 250, "refused"))
    with pytest.raises(IntegrityError) as refused, fresh.begin_nested():
        fresh.execute(appointment(5, 150, 160))
    assert is_overlap(refused.value)

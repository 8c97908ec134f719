from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from receptionapp.domain.appointment import Appointment, Timeslot
from receptionapp.domain.clock import Clock
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import SuiteClock
from tests.postgres import postgres  # noqa: F401, a fixture

OSLO_SUMMER = timezone(timedelta(hours=2))


def _timeslot(hour: int = 9, minute: int = 0, resource: str = "r/1", length: int = 20) -> Timeslot:
    start = datetime(2026, 6, 1, hour, minute, tzinfo=OSLO_SUMMER)
    return Timeslot(start, start + timedelta(minutes=length), resource, "s:1")


def _answer(status: str = "booked", id: str = "a/1", slot: Timeslot | None = None) -> Appointment:
    slot = slot or _timeslot()
    return Appointment(id, status, slot.start.astimezone(UTC), slot.end.astimezone(UTC))


@contextmanager
def _raises_fault(fault: LedgerFault) -> Iterator[pytest.ExceptionInfo[LedgerError]]:
    with pytest.raises(LedgerError) as raised:
        yield raised
    assert raised.value.fault is fault


@pytest.fixture
def made() -> SimpleNamespace:
    """The values that these tests speak of."""
    return SimpleNamespace(
        writer=Writer("konfidens", "desk 1", "Nina"),
        person=Person("emr_id:1", "Åse-Marie", "Bjørnsen", date(1985, 3, 14), "+4791234567"),
        timeslot=_timeslot,
        answer=_answer,
        raises_fault=_raises_fault,
        start=datetime(2026, 5, 31, tzinfo=UTC),
        end=datetime(2026, 6, 8, tzinfo=UTC),
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of the ledger runs on both engines, but for those that are about the file."""
    if "engine" in metafunc.fixturenames:
        about_the_file = "path" in metafunc.fixturenames
        metafunc.parametrize("engine", ["sqlite"] if about_the_file else ["sqlite", "postgres"], scope="function")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
async def open_ledger(
    engine: str, tmp_path: Path, made: SimpleNamespace, request: pytest.FixtureRequest
) -> AsyncIterator[Callable[[], object]]:
    """Opens the ledger of this test as often as asked, and closes what was opened."""
    opened: list[Ledger] = []
    if engine == "postgres":
        address = request.getfixturevalue("postgres").emptied()
        made.writer = replace(made.writer, desk_id=UUID(int=1))

    async def opener(key: LedgerKey | None = None, now: Clock | None = None) -> Ledger:
        place = PostgresServer(address) if engine == "postgres" else SqliteFile(tmp_path / "ledger.sqlite3", key)
        opened.append(await Ledger.open(place, made.writer, now or SuiteClock()))
        return opened[-1]

    yield opener
    for ledger in opened:
        await ledger.close()


@pytest.fixture
async def ledger(open_ledger: Callable[[], object]) -> Ledger:
    return await open_ledger()

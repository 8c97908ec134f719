"""An encrypted ledger of 1,000,000 appointments: `python -m tests.benchmarks large_ledger`, minutes the first time.

From asking on the event loop to the answer, by way of the ledger's thread, milliseconds: a week of 20 resources (1,600
appointments) that was not read before, one that was, and all appointments of a person. The system has the file in
memory, as on a desk that is at work. `start_large_ledger_s` is by how much opening takes longer than with an empty
ledger. The file is made once, in the folder for temporary files.
"""

import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.people import COLUMNS_BESIDE, PERSON_COLUMNS
from receptionapp.ledger.schema import HEAD, appointments, people
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.benchmarks.measuring import p, quantiles, tell
from tests.benchmarks.people import fill
from tests.clocks import SuiteClock

APPOINTMENTS, PEOPLE, RESOURCES, A_DAY = 1_000_000, 200_000, 20, 16
NEWEST = datetime(2027, 6, 4, 6, tzinfo=UTC)  # a Friday
MADE = Path(tempfile.gettempdir()) / f"reception-large-ledger-{HEAD}.sqlite3"
KEY = LedgerKey(bytes(range(32)))
BENCH = Writer("konfidens", "bench")


def mornings() -> Iterator[datetime]:
    """Working days, the oldest first."""
    count = APPOINTMENTS // (RESOURCES * A_DAY)
    days = (NEWEST - timedelta(days=n) for n in range(2 * count))
    yield from reversed(list(islice((day for day in days if day.isoweekday() < 6), count)))


def booked(persons: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    chance = Random(9)
    for morning in mornings():
        for resource in range(RESOURCES):
            for n in range(A_DAY):
                start = morning + timedelta(minutes=30 * n)
                key = UUID(int=chance.getrandbits(128))
                yield {
                    "key": key,
                    "emr": BENCH.emr,
                    "care_unit_id": "unit",
                    "appointment_id": f"A_{key}",
                    **chance.choice(persons),
                    "resource_id": f"r{resource}",
                    "healthcare_service_id": f"s{n % 6}",
                    "starts_at": start,
                    "start_offset": 7200,
                    "ends_at": start + timedelta(minutes=15),
                    "end_offset": 7200,
                    "standing": "booked",
                    "leyr_status": "booked",
                    "desk_name": "bench",
                    "user_name": "",
                    "created_at": start,
                    "changed_at": start,
                    "revision": 1,
                }


def _fill(connection: Connection) -> None:
    fill(connection, PEOPLE)
    beside = [column.label(there.name) for there, column in zip(COLUMNS_BESIDE, PERSON_COLUMNS, strict=True)]
    persons = connection.execute(select(people.c.key.label("person_key"), *beside)).mappings()
    rows = booked([dict(person) for person in persons])
    while some := list(islice(rows, 10_000)):
        connection.execute(insert(appointments), some)


async def _make() -> None:
    unfinished = MADE.with_suffix(".making")
    for left in MADE.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    ledger = await Ledger.open(SqliteFile(unfinished, KEY), BENCH, SuiteClock())
    await ledger._database.run(_fill)
    await ledger.close()
    unfinished.rename(MADE)


async def _opening(file: Path) -> tuple[float, Ledger]:
    began = time.perf_counter()
    ledger = await Ledger.open(SqliteFile(file, KEY), BENCH, SuiteClock())
    await ledger.recover()
    return time.perf_counter() - began, ledger


async def _fastest_opening(file: Path) -> float:
    times: list[float] = []
    for _ in range(10):
        seconds, ledger = await _opening(file)
        await ledger.close()
        times.append(seconds)
    return min(times)


async def _timed(asked: Awaitable[object]) -> float:
    began = time.perf_counter()
    await asked
    return (time.perf_counter() - began) * 1000


async def measured() -> dict[str, object]:
    if not MADE.exists():
        await _make()
    with tempfile.TemporaryDirectory() as folder:
        empty = await _fastest_opening(Path(folder) / "ledger.sqlite3")
    later = await _fastest_opening(MADE) - empty
    _, ledger = await _opening(MADE)
    with MADE.open("rb") as file:
        while file.read(2**20):
            pass
    mondays = [day - timedelta(hours=6) for day in mornings() if day.isoweekday() == 1][-60:]
    weeks = [(monday, monday + timedelta(days=7)) for monday in mondays]
    gc.disable()  # as the program does (`ui/garbage_collection.py`)
    first = [await _timed(ledger.appointments("unit", *week)) for week in weeks]
    again = [await _timed(ledger.appointments("unit", *week)) for week in weeks[-1:] * 60]
    week = await ledger.appointments("unit", *weeks[-1])
    history = [await _timed(ledger.history(own.person)) for own in week[:200]]
    assert len(week) == RESOURCES * A_DAY * 5, len(week)
    await ledger.close()
    return {
        "ledger_week_ms": {"first": quantiles(first), "again": quantiles(again)},
        "person_history_ms": p(0.95, history),
        "start_large_ledger_s": round(later, 3),
    }


def main() -> None:
    tell(asyncio.run(measured()))


if __name__ == "__main__":
    main()

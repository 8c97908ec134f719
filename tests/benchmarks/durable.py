"""What encryption costs, in milliseconds: `python -m tests.benchmarks durable`.

`durable_write_ms`: writing one intent so that it is on the disk when it is told, from asking on the event loop to the
answer, by way of the ledger's thread, beside 2,000 appointments; and the same in a file that is not encrypted.
`ledger_open_ms`: opening such a file at start, with the look through all of it, the quickest of seven; SQLCipher's
import, once, is in `cipher_import_ms`.
"""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile, driver
from tests.benchmarks.measuring import quantiles, tell
from tests.clocks import SuiteClock

START = datetime(2026, 6, 1, 6, tzinfo=UTC)
BEFORE, MEASURED = 2_000, 300
BENCH = Writer("konfidens", "bench")


async def writes(ledger: Ledger, first: int, count: int) -> list[float]:
    taken = []
    for n in range(first, first + count):
        start = START + timedelta(minutes=20 * n)
        slot = Timeslot(start, start + timedelta(minutes=20), "r", "s")
        person = Person(f"emr_id:{n % 500}", f"Name{n % 500}", "Nordmann", date(1980, 3, 3))
        began = time.perf_counter()
        await ledger.prepare_booking("cu", slot, person)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


async def measure(path: Path, key: LedgerKey | None) -> tuple[dict[str, float], float]:
    place = SqliteFile(path, key)
    ledger = await Ledger.open(place, BENCH, SuiteClock())
    await writes(ledger, 0, BEFORE)
    written = quantiles(await writes(ledger, BEFORE, MEASURED))
    await ledger.close()
    opened = []
    for _ in range(7):
        began = time.perf_counter()
        ledger = await Ledger.open(place, BENCH, SuiteClock())
        opened.append((time.perf_counter() - began) * 1000)
        await ledger.close()
    return written, round(min(opened), 1)


def main() -> None:
    key = LedgerKey.new()
    began = time.perf_counter()
    driver(key)
    imported = round((time.perf_counter() - began) * 1000, 1)
    with TemporaryDirectory() as folder:
        encrypted, opened = asyncio.run(measure(Path(folder) / "encrypted.sqlite3", key))
        in_the_open, opened_plain = asyncio.run(measure(Path(folder) / "open.sqlite3", None))
    tell(
        {
            "durable_write_ms": {"encrypted": encrypted, "in_the_open": in_the_open},
            "ledger_open_ms": {"encrypted": opened, "in_the_open": opened_plain},
            "cipher_import_ms": imported,
        }
    )


if __name__ == "__main__":
    main()

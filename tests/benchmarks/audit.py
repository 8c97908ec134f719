"""How fast the record of who did what is followed and paged at a million lines, and what it costs a booking.

Run: `python -m tests.benchmarks.audit [lines]`.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta, timezone
from itertools import count as count_up
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.audit import VIEW_ACTIONS, AuditAction, AuditFilter
from receptionapp.domain.patient import Person
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Entry, Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.schema import audit as lines
from receptionapp.ledger.schema import audit_chain
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.benchmarks.measuring import tell
from tests.clocks import SuiteClock

_YEARS = count_up()
_BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
_DEEDS = (
    AuditAction.OPENED,
    AuditAction.BOOK,
    AuditAction.BOOK,
    AuditAction.PICKED,
    AuditAction.CANCEL,
    AuditAction.LOCKED,
    AuditAction.UNLOCKED,
)


def fill(entry: Entry, count: int) -> None:
    """Lines as `audit.add_line` makes them, many at a time."""
    head, rows = audit.FIRST_HASH, []
    for number in range(1, count + 1):
        at = _BEGAN + timedelta(seconds=60 * number)
        row = {
            "number": number,
            "at": at,
            "desk_name": "desk 1",
            "user_name": f"User {number % 12}",
            "emr": "konfidens",
            "deed": _DEEDS[number % len(_DEEDS)].value,
            "outcome": "done",
            "patient": f"emr_id:{number % 20_000}",
            "appointment": UUID(int=number),
            "leyr_reference": None,
            "detail": None,
        }
        microseconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        head = audit._hash(head, [number, microseconds, *list(row.values())[2:]])
        rows.append({**row, "hash": head})
        if len(rows) == 20_000:
            entry.connection.execute(insert(lines), rows)
            rows.clear()
    if rows:
        entry.connection.execute(insert(lines), rows)
    entry.connection.execute(insert(audit_chain).values(id=1, lines=count, head=head))


async def main(count: int) -> None:
    figures: dict[str, object] = {"lines": count}
    with tempfile.TemporaryDirectory() as folder:
        ledger = await Ledger.open(
            SqliteFile(Path(folder) / "ledger.sqlite3"), Writer("konfidens", "desk 1", "User 1"), SuiteClock()
        )
        await intents(ledger)
        figures["intent_empty_ms"] = await intents(ledger)
        await ledger.close()
        path = Path(folder) / "large.sqlite3"
        ledger = await Ledger.open(SqliteFile(path), Writer("konfidens", "desk 1", "User 1"), SuiteClock())
        await ledger.write(lambda entry: fill(entry, count))
        figures["megabytes"] = path.stat().st_size // 2**20
        began = time.perf_counter()
        chain = await ledger.read(audit.verify)
        figures["followed_s_per_100000"] = round((time.perf_counter() - began) / count * 100_000, 2)
        figures["whole"] = chain.is_intact
        end = _BEGAN + timedelta(seconds=60 * count)
        questions = {
            "everything": AuditFilter(),
            "a week": AuditFilter(end - timedelta(days=7), end),
            "a week long ago": AuditFilter(_BEGAN + timedelta(days=7), _BEGAN + timedelta(days=14)),
            "one patient": AuditFilter(patient="emr_id:77"),
            "one user": AuditFilter(user="User 3"),
            "looks": AuditFilter(actions=VIEW_ACTIONS),
            "one user, one deed, all time": AuditFilter(user="User 3", actions=(AuditAction.LOCKED,)),
            "nothing there": AuditFilter(user="User 3", actions=(AuditAction.WIPED,)),
        }
        for name, question in questions.items():
            times = []
            for _ in range(5):
                began = time.perf_counter()
                await ledger.read(lambda c, q=question: audit.read_page(c, "konfidens", q))  # type: ignore[misc]
                times.append((time.perf_counter() - began) * 1000)
            figures[f"page_ms, {name}"] = round(statistics.median(times), 1)
        figures["intent_ms"] = await intents(ledger)
        await ledger.close()
    tell(figures)


async def intents(ledger: Ledger) -> float:
    """One durable intent with its line: the median in ms."""
    oslo, times = timezone(timedelta(hours=2)), []
    year = 2027 + next(_YEARS)
    person = Person("emr_id:1", "Made", "Up")
    for n in range(100):
        start = datetime(year, 1, 1, 8, tzinfo=oslo) + timedelta(hours=n)
        slot = Timeslot(start, start + timedelta(minutes=20), "r/1", "s:1")
        began = time.perf_counter()
        await ledger.prepare_booking("cu:1", slot, person)
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 2)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))

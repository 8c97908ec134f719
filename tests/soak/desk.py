"""One of the two desks: a process with services, ledger file and client of its own. Each line on its input is a time to
book; each line on its output is what became of one. The last one tells what the ledger holds."""

import asyncio
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from receptionapp.domain.appointment import Standing, Timeslot
from receptionapp.domain.intent import BookRequest
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.schema import intents
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.pace import Limits
from receptionapp.services.desk import Desk
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import StoppedClock
from ui.words.sentences import notice_sentence

OSLO = ZoneInfo("Europe/Oslo")
UNHURRIED = Limits(under_way=16, per_second=100_000, burst=100_000)


async def main(order: dict[str, Any]) -> None:
    failed: list[str] = []
    now = datetime.fromisoformat(order["now"])
    clock = StoppedClock(now)
    store = BookStore(Snapshot(View(now.date()), OSLO), clock)
    tasks = TaskBag(lambda name, error: failed.append(f"{name}: {error!r}"))
    ledger = await Ledger.open(SqliteFile(Path(order["ledger"])), Writer(order["emr"], order["name"]), clock)
    client = LeyrClient(Connection(order["url"], order["emr"], order["client_id"], order["secret"]), limits=UNHURRIED)
    desk = Desk.create(client, ledger, store, tasks, clock)
    person = Person(order["patient"], "Made", "Up")
    say({"ready": order["name"]})
    while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
        wish = json.loads(line)
        tasks.start(f"write:round:{wish['round']}", book(desk, order["care_unit_id"], person, wish))
    await tasks.wait_for("write:", None)
    say({"end": order["name"], "failed": failed, **await tally(ledger, order["care_unit_id"], now)})
    await desk.aclose()


async def book(desk: Desk, care_unit_id: str, person: Person, wish: dict[str, Any]) -> None:
    start, end = datetime.fromisoformat(wish["start"]), datetime.fromisoformat(wish["end"])
    slot = Timeslot(start, end, wish["resource_id"], wish["service_id"])
    notice = await desk.booking.book_and_wait(BookRequest(care_unit_id, slot, person))
    if notice is None:
        raise AssertionError("nobody pressed twice")
    reason = notice.problem.reason if notice.problem else None
    said = notice_sentence(notice, OSLO, "Konfidens").text
    say({"round": wish["round"], "outcome": notice.outcome, "reason": reason, "said": said})


async def tally(ledger: Ledger, care_unit_id: str, now: datetime) -> dict[str, Any]:
    unsettled = select(intents.c.id).where(intents.c.stage.in_(("prepared", "sent", "unknown")))
    left = await ledger._database.run(lambda connection: connection.execute(unsettled).all())
    rows = await ledger.appointments(care_unit_id, now, now.replace(year=now.year + 10))
    ids = [own.appointment_id for own in rows if own.standing is Standing.BOOKED]
    return {"open": len(left), "standings": Counter(str(own.standing) for own in rows), "ids": ids}


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.readline())))

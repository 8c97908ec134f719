"""A process that is killed between any two steps: what it was told is written is there after the restart."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Stage
from receptionapp.ledger.key import LedgerKey
from tests.examples import some

DESK = """
import asyncio, os, pathlib, sys
from datetime import datetime, timedelta, timezone
from receptionapp.domain.appointment import Appointment
from receptionapp.domain.patient import Person
from receptionapp.domain.appointment import Timeslot
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger, Writer
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import StoppedClock

path, last_step = pathlib.Path(sys.argv[1]), sys.argv[3]
key = LedgerKey.read(sys.argv[2]) if sys.argv[2] else None
start = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=2)))
slot = Timeslot(start, start + timedelta(minutes=20), "r/1", "s:1")

def step(name):
    if name == last_step:
        os._exit(9)

async def main():
    ledger = await Ledger.open(SqliteFile(path, key), Writer("konfidens", "desk 1"), StoppedClock())
    step("opened")
    intent, own = await ledger.prepare_booking("cu", slot, Person("emr_id:1", "Kari", "Nordmann"))
    step("prepared")
    await ledger.mark_sent(intent.id)
    step("sent")
    await ledger.settle_booked(intent.id, Appointment("a/1", "booked", slot.start, slot.end))
    step("settled")
    cancel, _ = await ledger.prepare_cancel(own.key, "ill")
    step("cancel prepared")
    await ledger.mark_sent(cancel.id)
    step("cancel sent")
    await ledger.settle_cancelled(cancel.id, Appointment("a/1", "cancelled", slot.start, slot.end))
    step("cancelled")

asyncio.run(main())
"""


KINDS = ("in the open", "encrypted")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def key(kind: str) -> LedgerKey | None:
    return LedgerKey.new() if kind == "encrypted" else None


def run_until(path: Path, key: LedgerKey | None, last_step: str) -> int:
    words = [str(path), key.digits if key else "", last_step]
    return subprocess.run([sys.executable, "-c", DESK, *words], check=False).returncode


STEPS = {
    "opened": (None, []),
    "prepared": (Standing.REFUSED, [Stage.REFUSED]),
    "sent": (Standing.BOOKING_UNKNOWN, [Stage.UNKNOWN]),
    "settled": (Standing.BOOKED, []),
    "cancel prepared": (Standing.BOOKED, [Stage.REFUSED]),
    "cancel sent": (Standing.CANCELLING_UNKNOWN, [Stage.UNKNOWN]),
    "cancelled": (Standing.CANCELLED, []),
}
IN_TURNS = [(step, KINDS[n % 2]) for n, step in enumerate(STEPS)]


@pytest.mark.in_full
@pytest.mark.parametrize(("last_step", "kind"), some(product(STEPS, KINDS), in_tests=IN_TURNS))
async def test_after_a_kill_the_ledger_knows_what_it_was_told(path, key, open_ledger, made, last_step):
    standing, recovered = STEPS[last_step]
    assert run_until(path, key, last_step) == 9

    ledger = await open_ledger(key)

    assert ledger.moved_aside is None
    assert [intent.stage for intent in await ledger.recover()] == recovered
    found = await ledger.appointments("cu", made.start, made.end)
    assert [own.standing for own in found] == ([] if standing is None else [standing])
    assert [own.appointment_id for own in found if standing in (Standing.BOOKED, Standing.CANCELLED)] == (
        ["a/1"] if standing in (Standing.BOOKED, Standing.CANCELLED) else []
    )


MANY = """
import asyncio, pathlib, sys
from datetime import datetime, timedelta, timezone
from receptionapp.domain.patient import Person
from receptionapp.domain.appointment import Timeslot
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger, Writer
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import StoppedClock

async def main():
    key = LedgerKey.read(sys.argv[2]) if sys.argv[2] else None
    place = SqliteFile(pathlib.Path(sys.argv[1]), key)
    ledger = await Ledger.open(place, Writer("konfidens", "desk 1"), StoppedClock())
    start = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=2)))
    for minute in range(100_000):
        at = start + timedelta(minutes=minute)
        _, own = await ledger.prepare_booking(
            "cu", Timeslot(at, at + timedelta(minutes=1), "r", "s"), Person("1", "K", "N")
        )
        print(own.key, flush=True)

asyncio.run(main())
"""


def kill_while_writing(path: Path, key: LedgerKey | None) -> list[str]:
    """The keys of all bookings that the process knew to be written before it was killed in the middle of more."""
    told = []
    words = [str(path), key.digits if key else ""]
    with subprocess.Popen([sys.executable, "-c", MANY, *words], stdout=subprocess.PIPE, text=True) as desk:
        for line in desk.stdout:
            told.append(line)
            if len(told) == 25:
                desk.kill()
    return [line.strip() for line in told if line.endswith("\n")]


async def test_whatever_was_returned_before_a_sudden_kill_is_there(path, key, open_ledger):
    told = kill_while_writing(path, key)

    ledger = await open_ledger(key)

    refused = await ledger.recover()
    assert ledger.moved_aside is None
    assert {intent.stage for intent in refused} == {Stage.REFUSED}
    assert {str(intent.subject) for intent in refused} >= set(told)
    assert len(told) >= 25

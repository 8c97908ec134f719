"""The program is killed (SIGKILL, TerminateProcess) at every step of every write; another process comes after.

One process a step carries all writes at once; one more looks at all the ledgers that are left. The tests kill at the
first, the middle and the last step, `dev.py soak --properties` at all. `pytest -s` shows the table.
"""

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.store import Appointment
from tests.clocks import MONDAY_MORNING
from tests.examples import some
from tests.people import made_up
from tests.services.killed_desk import Order
from tests.watched_sandbox import Kept, WatchedSandbox, watched

WRITES = ("book", "cancel", "move by booking anew", "create a patient", "move by one request", "confirm")
CALLS = {  # how they reach Leyr, by the profile of the EHR
    "konfidens": [("POST", "*/appointments"), ("PATCH", "*"), ("POST", "*/appointments"), ("POST", "*/patients")],
    "full": [("PATCH", "*")],
    "two_step": [("PATCH", "*")],
}
POINTS = {
    "after it was written down": "after prepare",
    "marked as sent, not sent": "after mark",
    "the request has left": "request",
    "it took effect, no answer yet": "answer",
    "answered, not written down": "before settle",
    "written down, not on screen": "after settle",
}
KILLED_AT = some(
    POINTS, in_tests=("marked as sent, not sent", "it took effect, no answer yet", "written down, not on screen")
)
ROOT = Path(__file__).parents[2]
SURELY = ("booked", "awaiting_code", "cancel_awaiting_code", "other")


def start(orders: list[Order]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.killed_desk"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(json.dumps([asdict(order) for order in orders]) + "\n")
    process.stdin.flush()
    return process


def hear(process: "subprocess.Popen[str]", word: str, times: int) -> None:
    """Read what it says until it has said this so many times."""
    assert process.stdout
    while times:
        line = process.stdout.readline()
        assert line, f"the desk ended before it said {word}"
        times -= word in json.loads(line)


def die_at(point: str, orders: list[Order], clinics: dict[str, WatchedSandbox]) -> None:
    """Let a desk live until all its writes have come to `point`, and kill it there. What has left arrives."""
    held: list[Kept] = []
    with start(orders) as process:
        assert process.stdin
        hear(process, "ready", len(orders))
        if point in ("request", "answer"):
            held = [
                clinics[n].keep_back(*call, unread=point == "request") for n, calls in CALLS.items() for call in calls
            ]
        process.stdin.write("go\n")
        process.stdin.flush()
        if held:
            for kept in held:
                kept.has_come()
        else:
            hear(process, "at", len(WRITES))
        process.kill()
    for kept in held:
        kept.release()
        kept.done.result(20)


def what_is_left(orders: list[Order]) -> dict[str, list[dict[str, Any]]]:
    """What the process that comes after says about each ledger."""
    with start([replace(order, point=None) for order in orders]) as process:
        said = [json.loads(line) for line in process.stdout or ()]
    assert process.returncode == 0
    assert all(not one["failed"] for one in said)
    return {one["ledger"]: one["rows"] for one in said}


def lost(live: list[Appointment], rows: list[dict[str, Any]]) -> list[Appointment]:
    """In the EHR, and not in the ledger as what may stand."""
    return [a for a in live if not any(row["takes_time"] and is_it(row, a) for row in rows)]


def made_up_rows(live: list[Appointment], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Surely there, says the ledger, and the EHR has not got it."""
    return [row for row in rows if row["standing"] in SURELY and not any(is_it(row, a) for a in live)]


def is_it(row: dict[str, Any], a: Appointment) -> bool:
    if row["id"] is not None:
        return bool(row["id"] == a.id)
    return (row["resource"], datetime.fromisoformat(row["start"])) == (a.resource_id, a.span.start)


@pytest.mark.in_full
def test_after_a_kill_at_any_step_nothing_is_lost_and_nothing_is_made_up(tmp_path: Path) -> None:
    with ExitStack() as stack:
        served = {
            name: {
                profile: stack.enter_context(watched(Sandbox(profile, now=lambda: MONDAY_MORNING))) for profile in CALLS
            }
            for name in KILLED_AT
        }
        orders = {
            name: [
                Order(clinic.url, profile, str(tmp_path / f"{POINTS[name]}-{profile}.sqlite3"), POINTS[name], number)
                for (profile, clinic), number in zip(clinics.items(), [made_up().number] * 3, strict=True)
            ]
            for name, clinics in served.items()
        }
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: die_at(POINTS[name], orders[name], served[name]), KILLED_AT))
        left = what_is_left([order for of_point in orders.values() for order in of_point])
        table = []
        for name, clinics in served.items():
            gone, invented, standings = [], [], Counter[str]()
            for order, clinic in zip(orders[name], clinics.values(), strict=True):
                live = [a for a in clinic.through_leyr() if a.status != "cancelled" and a.cancels is None]
                rows = left[order.ledger]
                gone += lost(live, rows)
                invented += made_up_rows(live, rows)
                standings.update(row["standing"] for row in rows)
            how = ", ".join(f"{count} {standing}" for standing, count in sorted(standings.items()))
            table.append(f"{name:32} {len(WRITES)} writes  {len(gone)} lost  {len(invented)} made up   {how}")
            assert not gone, (name, gone)
            assert not invented, (name, invented)
            assert not {"sending", "cancelling"} & set(standings)
    sys.stdout.write("\n".join(["", *table, f"{len(KILLED_AT)} kill points x {len(WRITES)} writes"]) + "\n")

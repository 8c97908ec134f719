"""Two desks, each a process with a ledger of its own, want the same time in the same moment, again and again."""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.calendar import Span
from tests.running_sandbox import RunningSandbox, run_in_thread

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
AT_ONCE = 16  # rounds
CARE_UNIT = "L0_1"


def race(rounds: int) -> dict[str, Any]:
    """Every figure that is to be 0 is 0, or AssertionError."""
    began = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Sandbox("konfidens", now=lambda: NOW) as sandbox,
        run_in_thread(sandbox) as leyr,
    ):
        wishes = list(times(sandbox, rounds))
        desks = [RacingDesk(leyr, name, Path(folder) / f"{name}.sqlite3") for name in ("front", "back")]
        try:
            for first in range(0, rounds, AT_ONCE):
                for wish in wishes[first : first + AT_ONCE]:
                    for desk in desks:
                        desk.ask(wish)
                for desk in desks:
                    desk.answers(len(wishes[first : first + AT_ONCE]))
            ends = [desk.end() for desk in desks]
        finally:
            for desk in desks:
                desk.stop()
        seconds = time.perf_counter() - began
        return judge(rounds, desks, ends, sandbox) | {"seconds": round(seconds, 1)}


def judge(rounds: int, desks: "list[RacingDesk]", ends: list[dict[str, Any]], sandbox: Sandbox) -> dict[str, Any]:
    front, back = (desk.told for desk in desks)
    outcomes = Counter(tuple(sorted((front[n]["outcome"], back[n]["outcome"]))) for n in range(rounds))
    losers = [one for told in (front, back) for one in told.values() if one["outcome"] == "refused"]
    wins = [sum(one["outcome"] == "done" for one in told.values()) for told in (front, back)]
    there = [a.id for a in sandbox.appointments() if a.status == "booked"]
    known = [key for end in ends for key in end["ids"]]
    assert outcomes == {("done", "refused"): rounds}, outcomes
    assert all(one["reason"] == "slot_taken" for one in losers), Counter(one["reason"] for one in losers)
    assert all("This time is no longer free. Choose another." in one["said"] for one in losers)
    assert sorted(there) == sorted(known), "the ledgers and the EHR differ"
    assert not any(end["open"] or end["failed"] for end in ends), ends
    return {
        "rounds": rounds,
        "one_won": rounds,
        "double_bookings": len(there) - rounds,
        "open_intents": sum(end["open"] for end in ends),
        "won_by_front": wins[0],
        "won_by_back": wins[1],
    }


def times(sandbox: Sandbox, count: int) -> Iterator[dict[str, Any]]:
    """So many free times that share nothing."""
    unit = sandbox.care_unit(CARE_UNIT)
    assert unit
    number = 0
    for resource in unit.resources:
        end = NOW
        for timeslot in sandbox.diary.free_timeslots(
            [resource], resource.services[:1], Span(NOW, NOW + timedelta(days=700)), NOW
        ):
            if timeslot.span.start < end:
                continue
            end = timeslot.span.end
            yield {
                "round": number,
                "start": timeslot.span.start.isoformat(),
                "end": end.isoformat(),
                "resource_id": resource.id,
                "service_id": timeslot.healthcare_service_id,
            }
            number += 1
            if number == count:
                return
    raise AssertionError(f"only {number} times")


class RacingDesk:
    """`told` is what became of each round, by its number."""

    def __init__(self, leyr: RunningSandbox, name: str, ledger: Path) -> None:
        self.told: dict[int, dict[str, Any]] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.desk"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        patient = leyr.sandbox.patients()[0 if name == "front" else 1]
        self._send(
            {
                "url": leyr.url,
                "emr": leyr.emr,
                "client_id": leyr.client_id,
                "secret": leyr.client_secret,
                "name": name,
                "ledger": str(ledger),
                "care_unit_id": CARE_UNIT,
                "patient": f"emr_id:{patient.emr_id}",
                "now": NOW.isoformat(),
            }
        )
        assert "ready" in self._hear()

    def ask(self, wish: dict[str, Any]) -> None:
        self._send(wish)

    def answers(self, count: int) -> None:
        for _ in range(count):
            one = self._hear()
            self.told[one["round"]] = one

    def end(self) -> dict[str, Any]:
        """It has nothing more to do: what its ledger holds."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._hear()

    def stop(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _send(self, what: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "a desk ended"
        heard: dict[str, Any] = json.loads(line)
        return heard

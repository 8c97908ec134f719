"""The walk is killed (SIGKILL, TerminateProcess) at each of its calls; a second walk comes after and leaves nothing.

The tests kill around the booking and the cancellation, `dev.py soak --properties` at every call. `pytest -s` shows the
table.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from receptionapp.app import run
from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from tests.clocks import SuiteClock
from tests.examples import some
from tests.walking import PHONE, UNHURRIED, defaults_of_clients
from tests.watched_sandbox import Call, Kept, WatchedSandbox, watched

ROOT = Path(__file__).parents[2]
WRITING = ("--json", "--write", "--yes", "--code", CONFIRMATION_CODE, "--phone", PHONE)


def die_at(leyr: WatchedSandbox, calls: list[Call], *, unread: bool) -> None:
    """Let a walk come to the last of these calls, and kill it there; what has left arrives."""
    command = [sys.executable, "-m", "tests.walking", SuiteClock()().isoformat(), *WRITING]
    before: Kept | None = None
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=os.environ) as walk:
        for nth, call in enumerate(calls, 1):
            kept = leyr.keep_back(call.method, "*", unread=unread and nth == len(calls))
            if before is not None:
                before.release()
            kept.has_come()
            before = kept
        walk.kill()
    assert before is not None
    before.release()
    before.done.result(20)


def standing(leyr: WatchedSandbox) -> list[str]:
    """When each begins that stands in the EHR and came through Leyr."""
    live = [a for a in leyr.through_leyr() if a.status != "cancelled" and a.cancels is None]
    return [a.span.start.isoformat() for a in live]


def walk_again(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["walk", *WRITING], SuiteClock())
    return code, json.loads(capsys.readouterr().out)


def points(calls: list[Call]) -> dict[str, tuple[int, bool]]:
    """Every call of a whole walk, before and after it takes effect."""
    return {
        f"{nth} {call.method} {call.path.rpartition('/')[2][:12]}{' unread' if unread else ''}": (nth, unread)
        for nth, call in enumerate(calls, 1)
        for unread in (False, True)
    }


def around_the_writes(calls: list[Call]) -> list[str]:
    booking = next(
        nth for nth, call in enumerate(calls, 1) if call.path.endswith("/appointments") and call.method == "POST"
    )
    cancelling = max(nth for nth, call in enumerate(calls, 1) if call.method == "PATCH")
    wanted = {(booking, False), (booking + 1, False), (cancelling - 1, True), (cancelling - 2, False)}
    return [name for name, point in points(calls).items() if point in wanted]


@pytest.mark.in_full
@pytest.mark.parametrize("profile", ["konfidens", "full", "two_step"])
def test_after_a_kill_at_any_call_the_next_walk_leaves_nothing_whose_id_leyr_gave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    for name, value in UNHURRIED.items():
        monkeypatch.setitem(defaults_of_clients(), name, value)
    with watched(Sandbox(profile, now=SuiteClock())) as leyr:
        for name, value in {
            "RECEPTION_LEYR_URL": leyr.url,
            "RECEPTION_LEYR_EMR": leyr.emr,
            "RECEPTION_LEYR_CLIENT_ID": leyr.sandbox.client_id,
            "RECEPTION_LEYR_CLIENT_SECRET": leyr.sandbox.client_secret,
            "RECEPTION_LEYR_TEST": "yes",
            "RECEPTION_LEDGER_KEY": "ab" * 32,
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("RECEPTION_DATA_DIR", str(tmp_path / "whole"))
        assert walk_again(capsys)[0] == 0
        calls = list(leyr.door.calls)
        ended: Counter[str] = Counter()
        for name in some(points(calls), in_tests=around_the_writes(calls)):
            leyr.be_new()
            monkeypatch.setenv("RECEPTION_DATA_DIR", str(tmp_path / name))
            nth, unread = points(calls)[name]
            die_at(leyr, calls[:nth], unread=unread)
            code, said = walk_again(capsys)
            lost = calls[nth - 1].method == "POST" and calls[nth - 1].path.endswith("/appointments")
            named = [left["start"] for left in said["left"]]
            assert said["to_the_end"], name
            assert len(standing(leyr)) == len(named), (name, said["left"])
            assert code == (1 if named else 0), name
            assert not named or (lost and profile != "full"), (name, said["left"])
            ended["named" if named else "clean"] += 1
    capsys.readouterr()
    sys.stdout.write(f"{profile}: {ended.total()} kills, {dict(ended)}\n")

"""`reception walk` against the sandbox: every step to a verdict, nothing about people on a live line, nothing left."""

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from receptionapp.app import run
from receptionapp.domain.audit import AuditFilter, AuditLine
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.leyr.assumptions import Assumption
from receptionapp.sandbox import Sandbox, Settings
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from receptionapp.sandbox.faults import FAULTS
from receptionapp.services.own_ledger import open_own_ledger
from receptionapp.services.walk.bookings import WALK_COMMENT
from receptionapp.services.walk.report import WalkStep
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import SingleInstance, data_folder
from tests.clocks import SuiteClock
from tests.e2e.foreign_leyr import ForeignLeyr
from tests.walking import PHONE, UNHURRIED, defaults_of_clients
from tests.watched_sandbox import WatchedSandbox, watched

ROOT = Path(__file__).parents[1]
PROFILES = ("konfidens", "full", "two_step")
WRITING = ("--write", "--yes", "--code", CONFIRMATION_CODE, "--phone", PHONE)


@pytest.fixture(scope="module")
def clinics() -> Iterator[dict[str, WatchedSandbox]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(watched(Sandbox(name, now=SuiteClock()))) for name in PROFILES}


class Connected:
    """The program, configured for one clinic."""

    def __init__(self, clinics: dict[str, WatchedSandbox], monkeypatch: pytest.MonkeyPatch) -> None:
        self._clinics = clinics
        self._monkeypatch = monkeypatch

    def to(self, profile: str, *, test: bool = True) -> WatchedSandbox:
        leyr = self._clinics[profile]
        leyr.be_new()
        for name, value in {
            "RECEPTION_LEYR_URL": leyr.url,
            "RECEPTION_LEYR_EMR": leyr.emr,
            "RECEPTION_LEYR_CLIENT_ID": leyr.sandbox.client_id,
            "RECEPTION_LEYR_CLIENT_SECRET": leyr.sandbox.client_secret,
            "RECEPTION_LEYR_TEST": "yes" if test else "no",
            "RECEPTION_LEDGER_KEY": "ab" * 32,
        }.items():
            self._monkeypatch.setenv(name, value)
        return leyr


@pytest.fixture
def connected(clinics: dict[str, WatchedSandbox], monkeypatch: pytest.MonkeyPatch) -> Connected:
    for name, value in UNHURRIED.items():
        monkeypatch.setitem(defaults_of_clients(), name, value)
    return Connected(clinics, monkeypatch)


def walked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = run(["walk", "--json", *words], SuiteClock())
    return code, json.loads(capsys.readouterr().out)


def steps_of(said: dict[str, Any], verdict: str) -> set[str]:
    return {step["step"] for step in said["steps"] if step["verdict"] == verdict}


def standing(leyr: WatchedSandbox) -> list[str]:
    """What stands in the EHR and came through Leyr."""
    cancelled = {a.cancels for a in leyr.through_leyr()}
    return [
        a.id for a in leyr.through_leyr() if a.status != "cancelled" and a.cancels is None and a.id not in cancelled
    ]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_step_of_a_whole_walk_ends_in_a_verdict_and_nothing_is_left(
    connected: Connected, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    leyr = connected.to(profile)
    code, said = walked(capsys, *WRITING)
    assert (code, said["to_the_end"], said["left"]) == (0, True, [])
    assert [step["step"] for step in said["steps"]] == [step.name.lower() for step in WalkStep]
    assert steps_of(said, "did not hold") == set()
    assert {"create_patient", "book", "cancel", "time_taken", "time_freed"} <= steps_of(said, "held")
    assert set(said["assumptions"]) == {row.name for row in Assumption}
    assert standing(leyr) == []
    [booked] = [a for a in leyr.through_leyr() if a.cancels is None]
    assert booked.comment == WALK_COMMENT


@pytest.mark.parametrize("profile", PROFILES)
def test_without_being_asked_to_it_writes_nothing(
    connected: Connected, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    leyr = connected.to(profile)
    code, said = walked(capsys)
    assert (code, said["wrote"]) == (0, False)
    assert leyr.writes == []
    assert steps_of(said, "held") >= {"care_units", "resources", "services", "timeslots", "unknown_resource"}
    assert {step.name.lower() for step in WalkStep if step.writes} <= steps_of(said, "could not be seen")


@pytest.mark.parametrize("profile", PROFILES)
def test_on_a_live_connection_no_call_returns_or_names_a_person(
    connected: Connected, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    leyr = connected.to(profile, test=False)
    code, said = walked(capsys)
    assert code == 0
    assert leyr.calls("*", "*/patients*") == leyr.calls("*", "*/appointments*") == leyr.writes == []
    assert {"appointments", "create_patient", "get_patient", "book", "cancel"} <= steps_of(said, "could not be seen")
    assert not data_folder(practice=False).ledger.exists()


def test_the_ledger_of_a_live_connection_is_not_the_one_that_a_walk_writes(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("konfidens")
    folder = data_folder(practice=False)
    live = identity_of(leyr, test=False)
    asyncio.run(open_and_close(live))
    before = asyncio.run(record_of(folder.ledger))
    code, said = walked(capsys, *WRITING)
    assert (code, said["left"]) == (0, [])
    assert asyncio.run(record_of(folder.ledger)) == before
    assert set(folder.root.glob("ledger*.sqlite3")) > {folder.ledger}


def test_on_a_live_connection_writing_is_refused_with_the_reason(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("konfidens", test=False)
    assert run(["walk", *WRITING], SuiteClock()) == 2
    assert capsys.readouterr().err.startswith("This is a live connection: a made-up person")
    assert leyr.door.calls == []


def test_where_nobody_can_be_asked_it_does_not_write(connected: Connected, capsys: pytest.CaptureFixture[str]) -> None:
    leyr = connected.to("konfidens")
    assert run(["walk", "--write"], SuiteClock()) == 2
    assert "--yes" in capsys.readouterr().err
    assert leyr.door.calls == []


def test_without_a_connection_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["walk"], SuiteClock()) == 2
    assert capsys.readouterr().err.startswith("No connection is configured")


def test_while_the_program_is_open_the_page_in_it_does_it(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("konfidens")
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    with SingleInstance(folder.lock):
        assert run(["walk"], SuiteClock()) == 2
    assert "Walk from its connection dialog" in capsys.readouterr().err
    assert leyr.door.calls == []


@pytest.mark.parametrize(
    ("wrong", "reason"), [({"RECEPTION_LEYR_CLIENT_SECRET": "wrong"}, "client_not_accepted"),
                          ({"RECEPTION_LEYR_EMR": "konfident"}, "emr_unknown")]
)  # fmt: skip
def test_a_walk_that_is_let_in_nowhere_did_not_come_to_its_end(
    connected: Connected,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: dict[str, str],
    reason: str,
) -> None:
    connected.to("konfidens")
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    code, said = walked(capsys)
    assert (code, said["to_the_end"]) == (1, False)
    assert said["steps"][0]["why"] == reason
    assert [step["step"] for step in said["steps"]] == [step.name.lower() for step in WalkStep]


def test_what_differs_from_what_is_assumed_did_not_hold(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("konfidens")
    leyr.sandbox.settings = Settings(display_field="none", booking_status="unlisted")
    code, said = walked(capsys, *WRITING)
    assert code == 0
    assert said["assumptions"]["DISPLAY_NAMES"]["verdict"] == "did not hold"
    assert said["assumptions"]["ONE_STEP"]["verdict"] == "did not hold"
    assert said["assumptions"]["OFFSETS_RECEIVED"]["verdict"] == "held"
    assert standing(leyr) == []


def test_a_booking_whose_answer_is_lost_is_named_and_looked_for_the_next_time(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("konfidens")
    leyr.fail(FAULTS["drop_after"], "POST", "*/appointments")
    assert run(["walk", *WRITING], SuiteClock()) == 1
    said = capsys.readouterr()
    assert re.search(
        r"May be left: \d{4}-\d\d-\d\d \d\d:\d\d, Test Gjennomgang\. Look .* cancel it in Konfidens", said.err
    )
    code, again = walked(capsys)
    assert (code, len(again["left"])) == (1, 1)


def test_a_cancellation_whose_answer_is_lost_is_sent_once_more(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("konfidens")
    leyr.fail(FAULTS["drop_before"], "PATCH", "*")
    code, said = walked(capsys, *WRITING)
    assert (code, said["left"]) == (0, [])
    assert standing(leyr) == []


def test_without_a_code_the_booking_that_waits_is_named(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr = connected.to("two_step")
    assert run(["walk", "--write", "--yes", "--phone", PHONE], SuiteClock()) == 1
    assert "cancel it in Anita Systems" in capsys.readouterr().err
    code, said = walked(capsys, *WRITING)
    assert (code, said["left"]) == (0, [])
    assert standing(leyr) == []


def test_a_read_only_walk_costs_few_requests(connected: Connected, capsys: pytest.CaptureFixture[str]) -> None:
    leyr = connected.to("konfidens")
    _, said = walked(capsys)
    assert said["requests"] == len(leyr.door.calls) <= 15


class MoreOfLeyr(ForeignLeyr):
    """It has an empty list of appointments, and an answer without an id for a resource that it lacks."""

    def answer(self, method: str, target: str, body: Any) -> Any:
        path = target.partition("?")[0]
        if method == "GET" and path.endswith("/appointments"):
            return []
        if method == "GET" and "/patients/" in path:
            return {"id": "leyr:9", "emr_id": "pas/42"}
        if method == "GET" and "/resources/" in path:
            return {"sorry": True} if "walk-" in path else self.resources[0]
        return super().answer(method, target, body)


async def test_a_leyr_that_is_none_of_ours_is_walked_to_the_end_too(
    connected: Connected, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    connected.to("konfidens")
    async with MoreOfLeyr().serving() as leyr:
        monkeypatch.setenv("RECEPTION_LEYR_URL", leyr.url)
        code = await asyncio.to_thread(run, ["walk", "--json", *WRITING], SuiteClock())
    said = json.loads(capsys.readouterr().out)
    assert (code, said["to_the_end"]) == (0, True)
    assert [step["step"] for step in said["steps"]] == [step.name.lower() for step in WalkStep]
    assert said["assumptions"]["NO_LIST"]["verdict"] == "did not hold"
    assert said["assumptions"]["UNKNOWN_IDS"]["verdict"] == "did not hold"
    assert any(method == "PATCH" and body["status"] == "cancelled" for method, _, body in leyr.written)


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt cannot be sent to one program there")
def test_a_walk_that_is_stopped_cancels_what_it_booked(connected: Connected) -> None:
    leyr = connected.to("konfidens")
    kept = leyr.keep_back("POST", "*/appointments")
    command = [sys.executable, "-m", "tests.walking", SuiteClock()().isoformat(), "--json", *WRITING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as walk:
        kept.has_come()
        walk.send_signal(signal.SIGINT)
        kept.release()
        said = json.loads(walk.communicate(timeout=30)[0])
    assert (walk.returncode, said["to_the_end"], said["left"]) == (1, False, [])
    assert len(leyr.through_leyr()) == 1
    assert standing(leyr) == []


def test_the_deeds_of_a_walk_are_in_the_record_under_its_name(
    connected: Connected, capsys: pytest.CaptureFixture[str]
) -> None:
    leyr, file = connected.to("konfidens"), data_folder(practice=False).ledger
    asyncio.run(open_and_close(identity_of(leyr, test=True)))
    before = asyncio.run(record_of(file))
    assert walked(capsys, *WRITING)[0] == 0
    lines = asyncio.run(record_of(file))[len(before) :]
    assert {line.user for line in lines} == {"walk"}
    assert list(dict.fromkeys(line.action for line in lines)) == ["create_patient", "book", "cancel"]


def identity_of(leyr: WatchedSandbox, *, test: bool) -> ConnectionIdentity:
    return ConnectionIdentity(leyr.url, leyr.emr, leyr.sandbox.client_id, test)


async def open_and_close(identity: ConnectionIdentity) -> None:
    """As the program does, so that the connection has a ledger."""
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    files, key = LedgerFiles(folder), LedgerKey.read("ab" * 32)
    writer = Writer("konfidens", "desk")
    await (await open_own_ledger(files, files.choose(identity), key, identity, writer, SuiteClock())).close()


async def record_of(path: Path) -> Sequence[AuditLine]:
    ledger = await Ledger.open(SqliteFile(path, LedgerKey.read("ab" * 32)), Writer("konfidens", "desk"), SuiteClock())
    try:
        lines = await ledger.read(lambda connection: audit.read_slice(connection, "konfidens", AuditFilter(), 0))
    finally:
        await ledger.close()
    return lines

"""`reception` for administrators and scripts: exit codes, one clear line, and pictures where there is no screen."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from receptionapp.app import run
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from receptionapp.sandbox import Sandbox
from tests.clocks import SuiteClock
from tests.examples import some
from tests.reception_at import command_at_now
from tests.watched_sandbox import WatchedSandbox, watched

ROOT = Path(__file__).parents[1]
OTHERWISE = ("--week", "--theme", "dark", "--language", "nb")


def started(*words: str, without: tuple[str, ...] = (), **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in without} | more
    return subprocess.run(
        command_at_now(*words),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=50,
        cwd=ROOT,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.fixture(scope="module")
def leyr() -> Iterator[WatchedSandbox]:
    with watched(Sandbox(now=SuiteClock())) as served:
        yield served


@pytest.fixture
def configured(leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch) -> WatchedSandbox:
    leyr.be_well()
    monkeypatch.setenv("RECEPTION_LEYR_URL", leyr.url)
    monkeypatch.setenv("RECEPTION_LEYR_EMR", leyr.emr)
    monkeypatch.setenv("RECEPTION_LEYR_CLIENT_ID", leyr.sandbox.client_id)
    monkeypatch.setenv("RECEPTION_LEYR_CLIENT_SECRET", leyr.sandbox.client_secret)
    defaults = LeyrClient.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "limits", Limits(8, 1000, 1000))

    async def no_wait(_seconds: float) -> None: ...

    monkeypatch.setitem(defaults, "sleep", no_wait)
    return leyr


def test_check_tells_what_the_connection_offers(configured: WatchedSandbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"], SuiteClock()) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert f"konfidens answers at {configured.url}." in said.out
    for unit in configured.sandbox.care_units:
        assert re.search(rf"{unit.name}: \d+ free timeslots in the next 7 days", said.out)
        for resource in unit.resources:
            assert resource.name in said.out
        for service in unit.services:
            assert service.name in said.out
    assert re.search(r"list appointments +no", said.out)
    assert configured.writes == []
    assert not configured.calls("*", "*/patients*")


def test_check_as_json_tells_the_same(configured: WatchedSandbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json"], SuiteClock()) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["error"], said["emr"]) == (True, None, "konfidens")
    assert [unit["name"] for unit in said["care_units"]] == [unit.name for unit in configured.sandbox.care_units]
    assert all(unit["free_timeslots"] > 0 for unit in said["care_units"])
    assert said["capabilities"]["book"] == "yes"
    assert said["capabilities"]["list_appointments"] == "no"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"RECEPTION_LEYR_CLIENT_SECRET": "wrong"}, "client id or secret"),
        ({"RECEPTION_LEYR_CLIENT_ID": "somebody"}, "client id or secret"),
        ({"RECEPTION_LEYR_EMR": "konfident"}, "does not know this EHR code"),
        ({"RECEPTION_LEYR_URL": "http://127.0.0.1:9/api"}, "can't be reached"),
        ({"RECEPTION_LEYR_URL": "http://api.leyr.io/api"}, "can't be used"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_check_that_is_refused_or_reaches_nobody_says_so_in_one_sentence(
    configured: WatchedSandbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: dict[str, str],
    words: str,
    as_json: bool,
) -> None:
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    assert run(["check", *(["--json"] if as_json else [])], SuiteClock()) == 1
    said = capsys.readouterr()
    if as_json:
        answer = json.loads(said.out)
        assert (answer["ok"], said.err) == (False, "")
        assert words in answer["error"]
    else:
        assert said.out.splitlines()[-1].endswith(": STOPPED HERE")
        assert words in said.err
        assert len(said.err.strip().splitlines()) == 1
    assert "practice-secret" not in said.out + said.err


def test_check_of_an_address_without_api_says_that_it_is_the_address(
    configured: WatchedSandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECEPTION_LEYR_URL", configured.url.removesuffix("/api"))
    assert run(["check"], SuiteClock()) == 1
    said = capsys.readouterr()
    assert said.err == "Leyr's address can't be used. It is not Leyr that answers there. The address ends with /api.\n"
    assert "accepted: yes" not in said.out


def test_check_without_a_connection_says_what_to_do() -> None:
    said = started("check")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.strip().startswith("No connection is configured: open the program and connect it")
    assert len(said.stderr.strip().splitlines()) == 1


def test_check_without_a_connection_is_json_too() -> None:
    said = started("check", "--json")
    assert said.returncode == 2
    assert json.loads(said.stdout)["ok"] is False
    assert said.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_where_there_is_no_display_one_line_says_what_to_add() -> None:
    said = started("--practice", without=("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    assert (said.returncode, said.stdout) == (1, "")
    [line] = said.stderr.strip().splitlines()
    assert line.startswith("There is no display here")
    assert "--platform offscreen --screenshot" in line


@pytest.mark.in_full
@pytest.mark.parametrize("more", some([(), OTHERWISE], in_tests=[OTHERWISE]))
def test_without_a_display_there_is_a_picture_of_the_practice_book(tmp_path: Path, more: tuple[str, ...]) -> None:
    picture = tmp_path / "book.png"
    words = ("--practice", "--platform", "offscreen", "--screenshot", str(picture), "--size", "1366x768", *more)
    said = started(*words, without=("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    assert said.returncode == 0, said.stderr
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")) == (1366, 768)


@contextmanager
def sandbox_program(*words: str) -> Iterator["subprocess.Popen[str]"]:
    command = command_at_now("sandbox", *words)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as program:
        try:
            yield program
        finally:
            program.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt cannot be sent to one program there")
def test_the_sandbox_says_in_one_line_where_it_is_and_serves_its_page() -> None:
    with sandbox_program("--port", "0", "--profile", "full") as program:
        assert program.stdout
        line = program.stdout.readline()
        found = re.search(r"emr=cliniko .*docs=(http://127\.0\.0\.1:\d+/docs)", line)
        assert found, line
        with urlopen(found.group(1), timeout=10) as page:  # noqa: S310
            assert page.status == 200
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0


def test_a_taken_port_is_said_in_one_line(leyr: WatchedSandbox) -> None:
    port = re.search(r":(\d+)/", leyr.url)
    assert port
    said = started("sandbox", "--port", port.group(1))
    assert said.returncode == 1
    [line] = said.stderr.strip().splitlines()
    assert line.startswith(f"The sandbox can't listen on port {port.group(1)}:")


def test_its_version_is_told() -> None:
    said = started("--version")
    assert (said.returncode, said.stderr) == (0, "")
    assert re.fullmatch(r"reception \d+\.\d+\S*\n", said.stdout)


def test_a_word_it_does_not_know_is_refused_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--nonsense"], SuiteClock())
    assert ended.value.code == 2
    assert "usage: reception" in capsys.readouterr().err


def test_diagnostics_tell_of_versions_and_the_host_and_of_nothing_secret(
    configured: WatchedSandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECEPTION_LEYR_CLIENT_ID", "klient-4711")
    monkeypatch.setenv("RECEPTION_CARE_UNIT", "L0_4711")
    assert run(["diagnostics"], SuiteClock()) == 0
    said = capsys.readouterr().out
    for words in ("profile: live", "Leyr: 127.0.0.1", "EHR: konfidens", "Python: 3.", "size: no file"):
        assert words in said
    for hidden in ("4711", "practice-secret", "/api", str(Path.home())):
        assert hidden not in said
    assert configured.door.calls == []

"""What the commands say arrives on any terminal, in any pipe, and without a traceback of Python's."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from receptionapp.app import run
from tests.clocks import SuiteClock
from tests.reception_at import command_at_now

ROOT = Path(__file__).parents[1]
NAME = "Ring Bjørn på 22 00 00 00"


class OldTerminal:
    """A terminal, or a file on Windows, that knows few letters."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._bytes = io.BytesIO()

    def run(self, *words: str) -> int:
        output = io.TextIOWrapper(self._bytes, encoding="ascii", write_through=True)
        with self._monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", output)
            code = run(words, SuiteClock())
        output.detach()
        return code

    @property
    def said(self) -> str:
        return self._bytes.getvalue().decode("ascii")


@pytest.fixture
def old_terminal(monkeypatch: pytest.MonkeyPatch) -> OldTerminal:
    monkeypatch.setenv("RECEPTION_SUPPORT", NAME)
    return OldTerminal(monkeypatch)


def test_a_letter_that_the_terminal_lacks_does_not_stop_the_rest(old_terminal: OldTerminal) -> None:
    assert old_terminal.run("settings") == 0
    assert re.search(r"^support +Ring Bj\\xf8rn p\\xe5 22", old_terminal.said, re.MULTILINE)
    assert "ledger password" in old_terminal.said


def test_json_is_whole_there_too(old_terminal: OldTerminal) -> None:
    assert old_terminal.run("settings", "--json") == 0
    assert NAME in {line["value"] for line in json.loads(old_terminal.said)}


def test_json_of_a_check_is_whole_there_too(old_terminal: OldTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECEPTION_LEYR_URL", "https://bjørn/api?x")
    monkeypatch.setenv("RECEPTION_LEYR_EMR", "konfidens")
    monkeypatch.setenv("RECEPTION_LEYR_CLIENT_ID", "klient")
    monkeypatch.setenv("RECEPTION_LEYR_CLIENT_SECRET", "hemmelig")
    assert old_terminal.run("check", "--json") == 1
    assert json.loads(old_terminal.said)["url"] == "https://bjørn/api?x"


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that nobody reads is another error there")
@pytest.mark.parametrize("words", [["settings"], ["settings", "--json"], ["diagnostics"]])
def test_a_reader_who_has_read_enough_is_no_error(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert run(words, SuiteClock()) == 1
    assert capsys.readouterr().err == ""


def test_stopped_by_ctrl_c_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("receptionapp.commands.settings.run", stopped)
    assert run(["settings"], SuiteClock()) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize("words", [["settings"], ["check"], ["diagnostics"]])
def test_settings_that_can_not_be_read_are_named_in_one_line(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECEPTION_DATA_DIR", str(tmp_path))
    kept = tmp_path / "clinic" / "settings.json"
    kept.mkdir(parents=True)
    assert run(words, SuiteClock()) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{kept} can't be used: ")


@pytest.mark.parametrize(("words", "code"), [(["settings"], 0), (["check"], 2), (["diagnostics"], 0)])
def test_damaged_settings_are_not_put_aside_in_silence(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECEPTION_DATA_DIR", str(tmp_path))
    saved = tmp_path / "clinic" / "settings.json"
    saved.parent.mkdir()
    saved.write_text("{", encoding="utf-8")
    assert run(words, SuiteClock()) == code
    [kept] = saved.parent.glob("settings.damaged-*")
    told = f"The saved settings were damaged, so none are used. The file was kept: {kept}"
    assert capsys.readouterr().err.splitlines()[0] == told


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--size", "abc"], "--size"),
        (["--size", "0x900"], "--size"),
        (["--size", "1440"], "--size"),
        (["sandbox", "--port", "99999"], "--port"),
        (["sandbox", "--port", "-1"], "--port"),
    ],
)
def test_a_value_that_can_not_be_is_refused_with_the_usage(
    words: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(words, SuiteClock())
    assert ended.value.code == 2
    assert f"error: argument {what}: " in capsys.readouterr().err


def test_a_picture_that_can_not_be_saved_is_told(tmp_path: Path) -> None:
    picture = tmp_path / "nowhere" / "book.png"
    words = ("--practice", "--platform", "offscreen", "--screenshot", str(picture))
    said = subprocess.run(command_at_now(*words), cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert f"The picture could not be saved as {picture}." in said.stderr.splitlines()


def _no_folder(there: Path) -> Path:
    return there / "nowhere" / "state"


def _no_database(there: Path) -> Path:
    file = there / "letter.txt"
    file.write_text("Kjære Bjørn, " * 100, encoding="utf-8")
    return file


@pytest.mark.parametrize("file_in", [_no_folder, _no_database])
def test_a_sandbox_that_can_not_keep_its_state_says_so(
    file_in: Callable[[Path], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_in(tmp_path)
    assert run(["sandbox", "--port", "0", "--file", str(file)], SuiteClock()) == 1
    assert capsys.readouterr().err == f"The sandbox can't keep its state in {file}.\n"

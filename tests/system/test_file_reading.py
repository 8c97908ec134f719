"""Files that are as damaged as can be, or no files at all: the program opens, and says what it must."""

import os
import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest

from receptionapp.sentences.failures import policy_error_text
from receptionapp.services.clinics import ClinicCache
from receptionapp.system import crash
from receptionapp.system.crash import HardCrashFile, LastRun
from receptionapp.system.logs import Redaction, start_logging, stop_logging
from receptionapp.system.paths import read_desk_id
from receptionapp.system.policy import NO_POLICY, PolicyError, json_file, plist_file, read_policy
from receptionapp.system.settings import Settings, load, save
from receptionapp.system.updates import UpdateMemory, load_update_memory

DEEP = b'{"a":' * 100_000


def deep(file: Path) -> None:
    file.write_bytes(DEEP)


def pipe(file: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no such pipes")
    os.mkfifo(file)


def device(file: Path) -> None:
    if os.name != "posix":
        pytest.skip("there are no such devices")
    file.symlink_to("/dev/zero")


@pytest.fixture(params=[deep, pipe, device])
def damaged(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "settings.json"
    make: Callable[[Path], None] = request.param
    make(file)
    return file


def test_damaged_settings_are_put_aside(damaged: Path) -> None:
    loaded = load(damaged, {}, NO_POLICY)
    assert loaded.settings == Settings()
    assert loaded.moved_aside is not None
    assert not damaged.exists()
    save(damaged, Settings(theme="dark"))
    assert load(damaged, {}, NO_POLICY).settings.theme == "dark"


def test_what_was_noted_of_the_last_run_tells_only_that_there_was_one(damaged: Path) -> None:
    assert crash.read(damaged) == LastRun("", 0, "")
    crash.write(damaged, LastRun("2026-03-02T06:00", 7, "1"))
    assert crash.read(damaged) == LastRun("2026-03-02T06:00", 7, "1")


def test_other_damaged_files_of_the_program_are_as_good_as_none(damaged: Path) -> None:
    assert ClinicCache(damaged, "whose").read() is None
    assert load_update_memory(damaged) == UpdateMemory()


@pytest.mark.parametrize("make", [pipe, device])
def test_what_is_no_file_keeps_nobody_waiting(make: Callable[[Path], None], tmp_path: Path) -> None:
    for file in (tmp_path / "crash", tmp_path / "policy.json"):
        make(file)
    assert HardCrashFile(tmp_path / "crash").take_last() == ""
    assert not (tmp_path / "crash").exists()
    with pytest.raises(PolicyError):
        read_policy((json_file(tmp_path / "policy.json"),))
    make(tmp_path / "log")
    stop_logging(start_logging(tmp_path / "log", Redaction()))
    assert (tmp_path / "log").is_file()


def test_a_desk_whose_id_can_not_be_read_takes_a_new_one_and_keeps_it(damaged: Path) -> None:
    assert read_desk_id(damaged) == read_desk_id(damaged)


@pytest.mark.parametrize(
    "content", [b'{"emr": "a", "emr": "b"}', b'{"emr": "a", "comment": {"x": 1, "x": 2}}', plistlib.dumps({"emr": "a"})]
)
def test_a_policy_in_which_a_name_stands_twice_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "policy"
    file.write_bytes(content.replace(b"</dict>", b"<key>emr</key><string>b</string></dict>"))
    read = plist_file if content.startswith(b"<?xml") else json_file
    with pytest.raises(PolicyError) as raised:
        read_policy((read(file),))
    assert raised.value.name in ("emr", "x")
    assert f"“{raised.value.name}” stands there twice" in policy_error_text(raised.value)

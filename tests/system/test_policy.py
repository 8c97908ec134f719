"""What the administrator decides for a computer goes before everything else, or nothing opens."""

import json
import os
import plistlib
from pathlib import Path
from typing import get_type_hints

import pytest

from receptionapp.app import run
from receptionapp.commands.settings import settings_of
from receptionapp.sentences.failures import policy_error_text
from receptionapp.system import policy
from receptionapp.system.paths import DataFolder
from receptionapp.system.policy import (
    MANAGED_SETTINGS,
    NO_POLICY,
    PolicyError,
    json_file,
    machine_sources,
    plist_file,
    read_policy,
)
from receptionapp.system.settings import SettingOrigin, Settings, load, save
from tests.clocks import SuiteClock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.json"


def wrote(file: Path, **values: object) -> policy.Policy:
    file.write_text(json.dumps(values), "utf-8")
    return read_policy((json_file(file),))


def test_the_policy_goes_before_the_environment_and_that_before_the_user(tmp_path: Path, file: Path) -> None:
    settings = tmp_path / "settings.json"
    save(settings, Settings(emr="mine", lock_minutes="15", theme="dark", language="en"))
    environ = {"RECEPTION_LOCK_MINUTES": "10", "RECEPTION_LEYR_EMR": "konfidens"}
    loaded = load(settings, environ, wrote(file, lock_minutes=2, test_connection=False, comment="for the front desk"))
    found = loaded.settings
    assert (found.lock_minutes, found.emr, found.theme) == ("2", "konfidens", "dark")
    assert found.test_connection == "no"
    assert found.managed == {"lock_minutes", "emr", "test_connection"}
    assert loaded.origins["lock_minutes"] is SettingOrigin.POLICY
    assert loaded.origins["emr"] is SettingOrigin.ENVIRONMENT
    assert loaded.origins["theme"] is SettingOrigin.SAVED
    assert loaded.origins["backups"] is SettingOrigin.USUAL


def test_what_is_decided_is_not_saved_as_if_the_user_had_chosen_it(tmp_path: Path, file: Path) -> None:
    settings = tmp_path / "settings.json"
    save(settings, Settings(lock_minutes="15"))
    save(settings, load(settings, {}, wrote(file, lock_minutes=2)).settings)
    assert load(settings, {}, NO_POLICY).settings.lock_minutes == "15"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"{", ""),
        (b"[]", ""),
        (b"[" * 100_000, ""),
        (b"\xff\xfe", ""),
        (b'{"lock_minuts": 2}', "lock_minuts"),
        (b'{"lock_minutes": "soon"}', "lock_minutes"),
        (b'{"lock_minutes": true}', "lock_minutes"),
        (b'{"backups": -1}', "backups"),
        (b'{"theme": "pink"}', "theme"),
        (b'{"leyr_url": ["https://a"]}', "leyr_url"),
        (b'{"client_secret": "s3cret"}', "client_secret"),
        (b'{"ledger_url": "postgresql://u:s3cret@h/d"}', "ledger_url"),
    ],
)
def test_what_cannot_be_understood_is_said_and_never_passed_over(file: Path, content: bytes, name: str) -> None:
    file.write_bytes(content)
    with pytest.raises(PolicyError) as raised:
        read_policy((json_file(file),))
    assert raised.value.name == name
    sentence = policy_error_text(raised.value)
    assert str(file) in sentence
    assert name in sentence
    assert "s3cret" not in sentence + str(raised.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator can read everything")
def test_a_policy_that_may_not_be_read_is_no_missing_one(file: Path) -> None:
    file.write_text("{}")
    file.chmod(0)
    with pytest.raises(PolicyError):
        read_policy((json_file(file),))


def test_a_folder_in_the_place_of_the_file_is_no_missing_one(file: Path) -> None:
    file.mkdir()
    with pytest.raises(PolicyError):
        read_policy((json_file(file),))


def test_without_a_policy_nothing_is_decided(file: Path) -> None:
    assert read_policy((json_file(file), json_file(file / "below"))) == NO_POLICY


def test_what_a_management_tool_writes_goes_before_the_file(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + b'{"desk": "by hand", "language": "nb"}')  # as Notepad writes it
    managed = tmp_path / "managed.plist"
    managed.write_bytes(plistlib.dumps({"desk": "front", "retention_days": 30}, fmt=plistlib.FMT_BINARY))
    found = read_policy((json_file(file), plist_file(managed)))
    assert found.values == {"desk": "front", "language": "nb", "retention_days": "30"}
    assert found.sources == {"desk": str(managed), "language": str(file), "retention_days": str(managed)}
    managed.write_bytes(b"no list")
    with pytest.raises(PolicyError):
        read_policy((plist_file(managed),))


def test_each_system_has_its_own_places_where_users_cannot_write() -> None:
    assert [Path(name).as_posix() for name, _ in machine_sources("linux")] == ["/etc/reception/policy.json"]
    assert [Path(name).name for name, _ in machine_sources("darwin")] == ["policy.json", "no.leyr.reception.plist"]
    assert [name.rpartition("\\")[2].rpartition("/")[2] for name, _ in machine_sources("win32")] == [
        "policy.json",
        "Reception",
    ]


def test_the_table_is_of_real_settings_and_the_guide_for_administrators_has_each() -> None:
    names = [managed.name for managed in MANAGED_SETTINGS]
    assert all(get_type_hints(Settings)[name] is str for name in names)
    page = (Path(__file__).parents[2] / "docs" / "administration.md").read_text("utf-8")
    for managed in MANAGED_SETTINGS:
        assert f"| `{managed.name}` |" in page
        assert f"`{managed.variable}`" in page
        assert len({m.variable for m in MANAGED_SETTINGS}) == len(names)


def test_reception_settings_says_who_decided_and_no_secret(tmp_path: Path, file: Path) -> None:
    folder = DataFolder(tmp_path)
    save(folder.settings, Settings(theme="dark"))
    environ = {"RECEPTION_LEYR_CLIENT_SECRET": "s3cret", "RECEPTION_LEDGER_KEY": "5eed", "RECEPTION_DESK": "front"}
    lines = tuple(settings_of(folder, wrote(file, lock_minutes=3), environ))
    told = {line.name: (line.value, line.origin, line.where) for line in lines}
    assert told["lock_minutes"] == ("3", "policy", str(file))
    assert told["desk"] == ("front", "environment", "RECEPTION_DESK")
    assert told["theme"] == ("dark", "saved", str(folder.settings))
    assert told["backups"] == ("14", "usual", "")
    assert told["client secret"] == ("(not shown)", "environment", "RECEPTION_LEYR_CLIENT_SECRET")
    assert "s3cret" not in str(told)
    assert "5eed" not in str(told)


def test_no_command_runs_beside_a_policy_that_cannot_be_read(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("{")
    monkeypatch.setattr(policy, "machine_sources", lambda: (json_file(file),))
    monkeypatch.setenv("RECEPTION_DATA_DIR", str(tmp_path))
    for command in ("settings", "diagnostics", "check"):
        assert run([command], SuiteClock()) == 1
        assert str(file) in capsys.readouterr().err
    file.write_text('{"lock_minutes": 2}')
    assert run(["settings"], SuiteClock()) == 0
    assert "lock_minutes" in capsys.readouterr().out

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.system.settings import Settings, load, save

CHOSEN = Settings(
    leyr_url="https://leyr.example/api",
    emr="konfidens",
    client_id="reception-øst",
    care_unit_id="cu/1",
    language="nb",
    theme="dark",
    window="AdnQywADAAA=",
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


def test_without_a_file_nothing_is_chosen(path):
    loaded = load(path, environ={})
    assert loaded.settings == Settings()
    assert loaded.moved_aside is None
    assert not loaded.settings.connects
    assert not path.exists()


def test_what_was_saved_is_there_again(path):
    save(path, CHOSEN)
    assert load(path, environ={}).settings == CHOSEN
    assert CHOSEN.connects
    assert list(path.parent.iterdir()) == [path]


def test_the_environment_decides_and_says_what_it_decides(path):
    save(path, CHOSEN)
    environ = {"RECEPTION_LEYR_URL": " https://managed.example/api ", "RECEPTION_CARE_UNIT": "cu/9", "OTHER": "x"}
    settings = load(path, environ).settings
    assert settings == replace(
        CHOSEN,
        leyr_url="https://managed.example/api",
        care_unit_id="cu/9",
        managed=frozenset({"leyr_url", "care_unit_id"}),
    )


def test_an_empty_variable_decides_nothing(path):
    save(path, CHOSEN)
    assert load(path, {"RECEPTION_LEYR_EMR": ""}).settings == CHOSEN


def test_a_managed_desk_saves_its_own_choices_and_keeps_what_was_saved_before(path):
    save(path, CHOSEN)
    managed = load(path, {"RECEPTION_LEYR_EMR": "pridok"}).settings
    save(path, replace(managed, theme="light"))
    assert load(path, environ={}).settings == replace(CHOSEN, theme="light")


def test_a_managed_desk_without_a_file_saves_nothing_of_the_environment(path):
    save(path, load(path, {"RECEPTION_LEYR_EMR": "pridok"}).settings)
    assert load(path, environ={}).settings.emr == ""


def test_keys_of_a_newer_version_are_kept(path):
    path.write_text(json.dumps({"emr": "konfidens", "pagers": [1, {"two": 3}]}))
    save(path, replace(load(path, environ={}).settings, theme="dark"))
    saved = json.loads(path.read_text())
    assert (saved["pagers"], saved["emr"], saved["theme"]) == ([1, {"two": 3}], "konfidens", "dark")


def test_a_value_of_the_wrong_type_is_as_good_as_none(path):
    path.write_text(json.dumps({"emr": 7, "client_id": None, "theme": "dark"}))
    assert load(path, environ={}).settings == Settings(theme="dark")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1]", b'"konfidens"', b"\x00" * 100])
def test_a_damaged_file_is_kept_aside_and_told(path, content):
    path.write_bytes(content)
    loaded = load(path, {"RECEPTION_LEYR_EMR": "pridok"})
    assert loaded.settings == Settings(emr="pridok", managed=frozenset({"emr"}))
    assert loaded.moved_aside.read_bytes() == content
    assert not path.exists()
    save(path, loaded.settings)
    assert load(path, environ={}).moved_aside is None


def test_a_failed_save_leaves_the_old_file_and_no_other(path, monkeypatch):
    save(path, CHOSEN)

    def refuse(written: str, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        save(path, Settings())
    assert load(path, environ={}).settings == CHOSEN
    assert list(path.parent.iterdir()) == [path]


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT, st.dictionaries(st.text("abc", min_size=1), st.integers() | TEXT))
def test_any_text_survives(tmp_path_factory, emr, window, others):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    settings = Settings(emr=emr, window=window, others=others)
    save(path, settings)
    loaded = load(path, environ={}).settings
    assert (loaded, loaded.others) == (settings, others)

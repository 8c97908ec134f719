"""`reception ledger …`, as an administrator types it."""

import asyncio
import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from receptionapp.app import run
from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.system.paths import SingleInstance, data_folder
from tests.clocks import SuiteClock

START = datetime(2026, 6, 1, 9, tzinfo=UTC)


async def booked(path: Path, key: LedgerKey | None, hours: int) -> None:
    ledger = await Ledger.open(SqliteFile(path, key), Writer("konfidens", "desk"), SuiteClock())
    for hour in range(hours):
        start = START + timedelta(hours=hour)
        slot = Timeslot(start, start + timedelta(minutes=20), "r", "s")
        await ledger.prepare_booking("cu", slot, Person("emr_id:1", "Kari", "Nordmann", date(1980, 3, 3)))
    await ledger.close()


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> LedgerKey:
    made = LedgerKey.new()
    monkeypatch.setenv("RECEPTION_LEDGER_KEY", made.digits)
    return made


@pytest.fixture
def ledger(key: LedgerKey) -> Path:
    """One with three bookings."""
    path = data_folder(practice=False).ledger
    path.parent.mkdir(parents=True)
    asyncio.run(booked(path, key, 3))
    return path


def test_the_recovery_key_is_printed_with_a_warning_beside_it(ledger, key, capsys):
    assert run(["ledger", "key"], SuiteClock()) == 0
    said = capsys.readouterr()
    assert LedgerKey.read(said.out) == key
    assert len(said.out.splitlines()) == 4
    assert "Keep it on paper" in said.err
    assert key.digits[:16] not in said.err


def test_a_ledger_is_copied_and_put_back(ledger, tmp_path, capsys):
    copy = tmp_path / "copy.sqlite3"
    assert run(["ledger", "backup", str(copy)], SuiteClock()) == 0
    assert mark_of(copy) == mark_of(ledger)
    assert b"Nordmann" not in copy.read_bytes()
    assert run(["ledger", "backup", str(copy)], SuiteClock()) == 1
    assert "Nothing was overwritten" in capsys.readouterr().err
    before = ledger.read_bytes()
    assert run(["ledger", "restore", str(copy)], SuiteClock()) == 0
    [kept] = ledger.parent.glob("ledger.replaced-*")
    assert kept.read_bytes() == before
    assert str(kept) in capsys.readouterr().out
    assert run(["ledger", "verify"], SuiteClock()) == 0


def test_nothing_is_put_back_while_the_program_is_open(ledger, tmp_path, capsys):
    copy = tmp_path / "copy.sqlite3"
    run(["ledger", "backup", str(copy)], SuiteClock())
    before = ledger.read_bytes()
    with SingleInstance(data_folder(practice=False).lock):
        assert run(["ledger", "restore", str(copy)], SuiteClock()) == 1
    assert "Close it" in capsys.readouterr().err
    assert ledger.read_bytes() == before


def test_a_whole_ledger_is_said_to_be_whole(ledger, capsys):
    assert run(["ledger", "verify"], SuiteClock()) == 0
    assert capsys.readouterr().out == "The ledger is whole.\n"
    assert run(["ledger", "verify", "--json"], SuiteClock()) == 0
    assert json.loads(capsys.readouterr().out) == {"whole": True, "findings": [], "not_checkable": 0}


def test_what_is_wrong_is_said_in_sentences_and_counted_for_scripts(capsys, monkeypatch):
    monkeypatch.delenv("RECEPTION_LEDGER_KEY", raising=False)
    path = data_folder(practice=False).ledger
    path.parent.mkdir(parents=True)
    asyncio.run(booked(path, None, 2))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE appointments SET standing = 'booked'")
    connection.close()
    assert run(["ledger", "verify"], SuiteClock()) == 1
    said = capsys.readouterr().out
    assert "2 appointments do not stand as the wish about them has it." in said
    assert "2 appointments or wishes were changed by something else." in said
    assert run(["ledger", "verify", "--json"], SuiteClock()) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(each["flaw"], each["count"], len(each["appointments"])) for each in found] == [
        ("changed", 2, 2),
        ("life_cycle", 2, 2),
    ]
    assert mark_of(path) is None  # looking makes no key and changes nothing


def test_without_a_ledger_or_its_key_it_says_so(ledger, capsys, monkeypatch):
    monkeypatch.setenv("RECEPTION_LEDGER_KEY", "no key")
    assert run(["ledger", "verify"], SuiteClock()) == 2
    assert "64 hexadecimal digits" in capsys.readouterr().err
    monkeypatch.setenv("RECEPTION_LEDGER_KEY", LedgerKey.new().digits)
    assert run(["ledger", "key"], SuiteClock()) == 2
    assert "not the one it was written with" in capsys.readouterr().err
    ledger.unlink()
    assert run(["ledger", "verify"], SuiteClock()) == 2
    assert "There is no file" in capsys.readouterr().err

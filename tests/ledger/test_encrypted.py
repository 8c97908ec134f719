"""The ledger of real work, which only its own key opens, and which no other key takes for damaged."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from receptionapp.ledger import encrypting
from receptionapp.ledger.database import Database
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile, companion
from receptionapp.ledger.verification import verify_file
from tests.clocks import SuiteClock

PLANTED = ("Bjørnsen", "bjornsen", "+4791234567", "91234567", "sore throat", "Åse-Marie")


@pytest.fixture
def key() -> LedgerKey:
    return LedgerKey.new()


def found_in(folder: Path) -> set[tuple[str, str]]:
    """Which planted words are in which files, read as bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return {(word, file.name) for file in files for word in PLANTED if word.encode() in file.read_bytes()}


async def book(ledger: Ledger, made, hours: int = 1) -> None:
    for hour in range(hours):
        slot = made.timeslot(hour=hour)
        intent, _ = await ledger.prepare_booking("cu", slot, made.person, "sore throat")
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))


async def fill(path: Path, key: LedgerKey | None, made, hours: int = 1) -> None:
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    await book(ledger, made, hours)
    await ledger.close()


async def count(ledger: Ledger, made) -> int:
    return len(await ledger.appointments("cu", made.start, made.end))


async def test_nobody_can_be_read_in_any_file_while_it_is_open_or_after(key, made, path):
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    await book(ledger, made, 5)
    assert len(list(path.parent.iterdir())) == 3
    assert found_in(path.parent) == set()
    await ledger.close()
    assert found_in(path.parent) == set()


async def test_what_was_written_is_there_after_a_restart(open_ledger, key, made, path):
    await fill(path, key, made, 3)
    ledger = await open_ledger(LedgerKey.read(key.grouped))
    assert await count(ledger, made) == 3
    assert ledger.moved_aside is None


async def test_another_key_opens_nothing_and_touches_nothing(open_ledger, key, made, path):
    await fill(path, key, made)
    content = path.read_bytes()
    with made.raises_fault(LedgerFault.WRONG_KEY):
        await open_ledger(LedgerKey.new())
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
    assert mark_of(path) == key.mark != LedgerKey.new().mark


@pytest.mark.parametrize("damaged_page", [0, 3])
async def test_damage_under_the_right_key_is_put_aside_as_damage(open_ledger, key, made, path, damaged_page):
    await fill(path, key, made, 20)
    content = bytearray(path.read_bytes())
    at = 4096 * damaged_page + 100
    content[at : at + 100] = b"\xff" * 100
    path.write_bytes(content)

    ledger = await open_ledger(key)

    assert ledger.moved_aside is not None
    assert ledger.moved_aside.read_bytes() == content
    assert await count(ledger, made) == 0


async def test_a_ledger_of_an_earlier_version_becomes_encrypted_with_all_that_is_in_it(open_ledger, key, made, path):
    await fill(path, None, made, 5)
    assert found_in(path.parent)

    ledger = await open_ledger(key)

    assert ledger.moved_aside is None
    assert await count(ledger, made) == 5
    assert found_in(path.parent) == set()
    assert mark_of(path) == key.mark


async def test_bookings_that_are_still_in_the_log_are_taken_along(open_ledger, key, made, path, tmp_path):
    ledger = await open_ledger()
    await book(ledger, made, 4)
    killed = tmp_path / "killed" / path.name
    killed.parent.mkdir()
    for end in ("", "-wal"):  # as a computer leaves them that loses its power
        companion(killed, end).write_bytes(companion(path, end).read_bytes())

    again = await Ledger.open(SqliteFile(killed, key), made.writer, SuiteClock())

    assert await count(again, made) == 4
    await again.close()
    assert found_in(killed.parent) == set()


class Cut(Exception):
    """The power goes."""


STEPS = [(encrypting, "_copy"), (encrypting, "_require_whole"), (encrypting, "sync"), (Path, "replace")]


@pytest.mark.parametrize(("place", "step"), STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_cut_short_at_any_step_the_next_start_loses_nothing(
    open_ledger, key, made, path, monkeypatch, place, step, when
):
    await fill(path, None, made, 5)
    do = getattr(place, step)

    def cut(*words: object) -> None:
        if when == "after":
            do(*words)
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(place, step, cut)
        with pytest.raises(Cut):
            await open_ledger(key)

    keys = key if mark_of(path) else LedgerKey.new()  # a start that finds it open makes a new key
    ledger = await open_ledger(keys)
    assert ledger.moved_aside is None
    assert await count(ledger, made) == 5
    assert found_in(path.parent) == set()


async def test_an_open_ledger_that_is_damaged_is_put_aside_as_before(open_ledger, key, made, path):
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    ledger = await open_ledger(key)
    assert ledger.moved_aside is not None
    assert await count(ledger, made) == 0


HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1])
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_program(path: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline()
        yield
        other.communicate()


async def test_an_open_ledger_with_a_torn_page_is_put_aside_as_before(open_ledger, key, made, path):
    await fill(path, None, made, 20)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(content)
    assert (await open_ledger(key)).moved_aside.read_bytes()[4096:] == content[4096:]


async def test_an_open_ledger_that_another_program_holds_is_left_as_it_is(open_ledger, key, made, path, monkeypatch):
    monkeypatch.setattr(encrypting, "BUSY_SECONDS", 0)
    await fill(path, None, made)
    with held_by_another_program(path), made.raises_fault(LedgerFault.LOCKED):
        await open_ledger(key)
    assert mark_of(path) is None
    assert (await open_ledger(key)).moved_aside is None


NO_ROOM = """
import asyncio, pathlib, resource, signal, sys
from receptionapp.ledger.errors import LedgerError
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger, Writer
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import StoppedClock

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    place = SqliteFile(pathlib.Path(sys.argv[1]), LedgerKey.new())
    asyncio.run(Ledger.open(place, Writer("konfidens", "desk"), StoppedClock()))
except LedgerError as error:
    print(error.fault)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX's")
async def test_no_room_for_the_encrypted_copy_is_told_and_the_open_ledger_stays(open_ledger, key, made, path):
    await fill(path, None, made, 20)
    command = [sys.executable, "-c", NO_ROOM, str(path)]
    said = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
    assert said.stdout.strip() in (LedgerFault.DISK_FULL, LedgerFault.DISK_FAILED)
    assert mark_of(path) is None
    assert list(path.parent.iterdir()) == [path]
    ledger = await open_ledger(key)
    assert ledger.moved_aside is None
    assert await count(ledger, made) == 20


async def test_a_full_disk_is_told_and_nothing_is_half_written_in_an_encrypted_file(key, made, path):
    database = await Database.open(SqliteFile(path, key))
    pages = await database.run(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    await database.run(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
    ledger = Ledger(database, made.writer, SuiteClock())
    written = []
    with made.raises_fault(LedgerFault.DISK_FULL):
        for number in range(500):
            _, own = await ledger.prepare_booking("cu", made.timeslot(resource=f"r{number}"), made.person)
            written.append(own.key)
    found = await ledger.appointments("cu", made.start, made.end)
    assert {own.key for own in found} == set(written)
    await ledger.close()
    assert verify_file(path, key) == ()


def test_a_key_is_read_as_people_write_it_and_never_shown(key):
    assert LedgerKey.read(key.grouped.upper().replace(" ", "-")) == key
    assert key.digits not in repr(key)
    for wrong in ("", "12", key.digits[1:], key.digits + "0", "g" * 64):
        with pytest.raises(ValueError, match="64 hexadecimal digits") as raised:
            LedgerKey.read(wrong)
        assert not wrong or wrong not in str(raised.value)


async def test_no_fault_tells_the_key(key, made, path):
    path.mkdir()
    with pytest.raises(LedgerError) as raised:
        await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    causes = [raised.value, raised.value.__cause__, raised.value.__context__]
    assert not any(key.digits in f"{cause!r} {cause}" for cause in causes)

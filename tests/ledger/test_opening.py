import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from receptionapp.ledger import sqlite_file
from receptionapp.ledger.errors import LedgerFault
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile, connect, driver, move_aside
from tests.clocks import SuiteClock


async def fill(path: Path, made, appointments: int = 1) -> None:
    ledger = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    for hour in range(appointments):
        slot = made.timeslot(hour=hour)
        intent, _ = await ledger.prepare_booking("cu", slot, made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))
    await ledger.close()


async def count(ledger: Ledger, made) -> int:
    return len(await ledger.appointments("cu", made.start, made.end))


async def test_a_new_file_is_empty_and_nothing_was_moved(ledger, made):
    assert await count(ledger, made) == 0
    assert ledger.moved_aside is None


async def test_what_was_written_is_there_after_a_restart(open_ledger, made, path):
    await fill(path, made)
    ledger = await open_ledger()
    assert await count(ledger, made) == 1
    assert ledger.moved_aside is None


async def test_a_ledger_in_memory_works_and_leaves_no_file(made, tmp_path):
    ledger = await Ledger.open(SqliteFile(None), made.writer, SuiteClock())
    await ledger.prepare_booking("cu", made.timeslot(), made.person)
    assert await count(ledger, made) == 1
    await ledger.close()
    assert list(tmp_path.iterdir()) == []


def test_neither_a_new_nor_a_current_file_needs_alembic(path):
    program = (
        "import asyncio, sys, pathlib\n"
        "from receptionapp.ledger.ledger import Ledger, Writer\n"
        "from receptionapp.ledger.sqlite_file import SqliteFile\n"
        "from tests.clocks import StoppedClock as At\n"
        "async def main():\n"
        "    place = SqliteFile(pathlib.Path(sys.argv[1]))\n"
        "    for _ in range(2):\n"
        "        await (await Ledger.open(place, Writer('konfidens', 'd'), At())).close()\n"
        "asyncio.run(main())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 0


def garbage_header(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(b"Not a database at all" + content[21:])


def truncated(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 + 100])


def torn_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def somebody_elses(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


@pytest.mark.parametrize("damage", [garbage_header, truncated, torn_page, emptied, somebody_elses])
async def test_a_damaged_file_is_kept_aside_and_a_new_one_begun(damage, open_ledger, made, path):
    await fill(path, made, appointments=20)
    damage(path)
    content = path.read_bytes()

    ledger = await open_ledger()

    assert ledger.moved_aside is not None
    assert ledger.moved_aside.read_bytes() == content
    assert await count(ledger, made) == 0
    await ledger.prepare_booking("cu", made.timeslot(), made.person)


def held_open(path: Path) -> list[str]:
    """The file and its logs among what this process has open."""
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return [os.readlink(link) for link in links if os.path.islink(link) and os.readlink(link).startswith(str(path))]


@pytest.mark.skipif(sys.platform != "linux", reason="where a file that is open can't be moved, other tests see it")
@pytest.mark.parametrize("key", [None, LedgerKey(b"5eed" * 8)], ids=["plain", "encrypted"])
def test_a_damaged_file_is_closed_before_its_damage_is_told(path, key):
    """Or Windows would not let it be put aside, and the desk could not open."""
    path.write_bytes(b"Not a database at all" * 1000)
    with pytest.raises(driver(key).DatabaseError) as told:
        connect(path, key)
    assert told.tb  # whose frames keep a connection that nobody closed
    assert held_open(path) == []


async def test_a_second_damage_in_the_same_second_overwrites_nothing(made, path):
    kept = set()
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        ledger = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
        kept.add(ledger.moved_aside)
        assert ledger.moved_aside.read_bytes() == content
        await ledger.close()
    assert len(kept) == 3


def test_the_log_goes_aside_with_its_file(path):
    path.write_bytes(b"garbage")
    Path(f"{path}-wal").write_bytes(b"the last bookings")
    assert Path(f"{move_aside(path)}-wal").read_bytes() == b"the last bookings"
    assert len(list(path.parent.iterdir())) == 2


async def test_a_log_without_its_file_is_kept_and_told(open_ledger, path):
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"the last bookings")
    ledger = await open_ledger()
    aside = ledger.moved_aside
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"the last bookings"


async def test_damage_deep_in_a_large_file_is_told_when_it_is_read(open_ledger, made, path, monkeypatch):
    await fill(path, made, appointments=20)
    monkeypatch.setattr(sqlite_file, "CHECKED_AT_START", 0)
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'appointments'").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
    path.write_bytes(content)

    ledger = await open_ledger()

    assert ledger.moved_aside is None
    with made.raises_fault(LedgerFault.DAMAGED):
        await count(ledger, made)


async def test_a_newer_file_is_refused_and_not_touched(open_ledger, made, path):
    await fill(path, made)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    content = path.read_bytes()

    with made.raises_fault(LedgerFault.NEWER_SCHEMA):
        await open_ledger()

    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


async def test_a_folder_in_place_of_the_file_is_told(open_ledger, made, path):
    path.mkdir()
    with made.raises_fault(LedgerFault.NOT_WRITABLE):
        await open_ledger()
    assert path.is_dir()


async def test_a_file_in_place_of_the_folder_is_told(made, tmp_path):
    (tmp_path / "data").write_text("in the way")
    with made.raises_fault(LedgerFault.NOT_WRITABLE):
        await Ledger.open(SqliteFile(tmp_path / "data" / "ledger.sqlite3"), made.writer, SuiteClock())


async def test_a_damaged_file_that_cannot_be_moved_is_told_and_kept(open_ledger, made, path, monkeypatch):
    path.write_bytes(b"garbage")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    with made.raises_fault(LedgerFault.NOT_WRITABLE):
        await open_ledger()
    assert path.read_bytes() == b"garbage"


async def test_an_emptied_row_is_told_as_damage(ledger: Ledger, made: SimpleNamespace) -> None:
    await ledger.read(lambda connection: connection.execute(text("DELETE FROM ledger_meta")))
    with made.raises_fault(LedgerFault.DAMAGED):
        await ledger.prepare_booking("cu", made.timeslot(), made.person)


async def test_a_table_that_is_gone_is_a_fault_of_the_ledger(ledger: Ledger, made: SimpleNamespace) -> None:
    with made.raises_fault(LedgerFault.UNEXPECTED):
        await ledger.read(lambda connection: connection.execute(text("SELECT * FROM renamed")))

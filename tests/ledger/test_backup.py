"""Copies of the ledger: whole, as secret as itself, made beside its work, and put back without losing the present."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from receptionapp.domain.audit import AuditAction, AuditFilter
from receptionapp.ledger import audit, backup
from receptionapp.ledger.backup import back_up, back_up_daily, restore
from receptionapp.ledger.errors import LedgerFault
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile, companion
from tests.clocks import SuiteClock

TODAY = date(2026, 6, 1)


@pytest.fixture(params=["in the open", "encrypted"])
def key(request: pytest.FixtureRequest) -> LedgerKey | None:
    return LedgerKey.new() if request.param == "encrypted" else None


@pytest.fixture
async def ledger(path, key, made) -> AsyncIterator[Ledger]:
    opened = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    yield opened
    with suppress(RuntimeError):  # closed by the test itself
        await opened.close()


@pytest.fixture
def target(tmp_path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder / "copy.sqlite3"


async def book(ledger: Ledger, made, hour: int) -> None:
    slot = made.timeslot(hour=hour)
    intent, _ = await ledger.prepare_booking("cu", slot, made.person, "sore throat")
    await ledger.mark_sent(intent.id)
    await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))


async def count(path: Path, key: LedgerKey | None, made) -> int:
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    try:
        assert ledger.moved_aside is None
        return len(await ledger.appointments("cu", made.start, made.end))
    finally:
        await ledger.close()


async def last_line(path: Path, key: LedgerKey | None, made) -> tuple[str, str, str, str | None]:
    """Of the record of who did what, which is whole."""
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    try:
        assert (await ledger.read(audit.verify)).is_intact
        line = (await ledger.read(lambda c: audit.read_page(c, "konfidens", AuditFilter())))[0]
        return line.action, line.desk, line.user, line.detail
    finally:
        await ledger.close()


async def test_a_copy_has_all_that_was_told_as_written_and_is_as_secret(ledger, key, made, path, target):
    await book(ledger, made, 9)  # still in the log
    await asyncio.to_thread(back_up, path, key, target)
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    assert (b"sore throat" in target.read_bytes()) is (key is None)
    assert mark_of(target) == mark_of(path)
    assert await count(target, key, made) == 1


async def test_who_books_is_not_held_up_by_a_copy_that_is_being_made(ledger, key, made, path, target, monkeypatch):
    """The copy stops in its middle until the booking is there; it is of the moment at which it began."""
    await book(ledger, made, 9)
    copied, booked = threading.Event(), threading.Event()
    check = backup.require_whole

    def check_later(opened, its_key):
        copied.set()
        assert booked.wait(10)
        check(opened, its_key)

    monkeypatch.setattr(backup, "require_whole", check_later)
    copying = asyncio.create_task(asyncio.to_thread(back_up, path, key, target))
    await asyncio.to_thread(copied.wait, 10)
    await book(ledger, made, 10)
    booked.set()
    await copying
    assert await count(target, key, made) == 1


async def test_a_copy_that_does_not_pass_its_check_is_not_kept(ledger, key, made, path, target, monkeypatch):
    monkeypatch.setattr(backup, "sync", lambda copy: (_ for _ in ()).throw(OSError(28, "no space")))
    with made.raises_fault(LedgerFault.DISK_FULL):
        await asyncio.to_thread(back_up, path, key, target)
    assert list(target.parent.iterdir()) == []


async def test_nothing_is_overwritten(ledger, key, path, target):
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        back_up(path, key, target)
    assert target.read_bytes() == b"mine"


async def test_one_a_day_and_the_newest_are_kept(ledger, key, path, tmp_path):
    folder = tmp_path / "backups"
    for day in range(4):
        assert back_up_daily(path, key, folder, TODAY + timedelta(days=day), kept=3)
        assert not back_up_daily(path, key, folder, TODAY + timedelta(days=day), kept=3)
    assert sorted(file.name for file in folder.iterdir()) == [f"ledger-2026-06-0{day}.sqlite3" for day in (2, 3, 4)]


@pytest.mark.skipif(os.name != "posix", reason="rights are the folder's there")
async def test_ledger_and_copies_are_for_their_owner_alone(ledger, key, made, path, target, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    earlier = folder / "ledger-2026-02-01.sqlite3"
    earlier.write_bytes(b"of an earlier version")
    earlier.chmod(0o644)
    await book(ledger, made, 9)
    back_up(path, key, target)
    back_up_daily(path, key, folder, date(2026, 3, 2), 5)
    await ledger.close()
    restore(target, path, key, made.writer, SuiteClock()())
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) >= 5
    assert [(file.name, oct(file.stat().st_mode)) for file in files if file.stat().st_mode & 0o077] == []


async def test_a_copy_is_put_back_and_the_present_one_is_kept(ledger, key, made, path, target):
    await book(ledger, made, 9)
    back_up(path, key, target)
    await book(ledger, made, 10)
    await ledger.close()
    present = path.read_bytes()

    aside = restore(target, path, key, made.writer, SuiteClock()())

    assert aside is not None
    assert aside.read_bytes() == present
    assert await count(path, key, made) == 1
    assert await count(aside, key, made) == 2
    assert await last_line(path, key, made) == (AuditAction.RESTORED, "desk 1", "Nina", aside.name)


async def test_the_log_of_the_present_one_does_not_get_into_the_copy(ledger, key, made, path, target):
    await book(ledger, made, 9)
    back_up(path, key, target)
    await ledger.close()
    companion(path, "-wal").write_bytes(b"left by a power cut")

    aside = restore(target, path, key, made.writer, SuiteClock()())

    assert companion(aside, "-wal").read_bytes() == b"left by a power cut"
    assert await count(path, key, made) == 1


async def test_a_copy_takes_the_place_of_a_ledger_that_is_gone(ledger, key, made, path, target, tmp_path):
    await book(ledger, made, 9)
    back_up(path, key, target)
    other_computer = tmp_path / "other" / "ledger.sqlite3"
    other_computer.parent.mkdir()
    assert restore(target, other_computer, key, made.writer, SuiteClock()()) is None
    assert await count(other_computer, key, made) == 1
    assert await last_line(other_computer, key, made) == (AuditAction.RESTORED, "desk 1", "Nina", None)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"garbage" * 1000, LedgerFault.WRONG_KEY),
        (b"", LedgerFault.DAMAGED),
        (None, LedgerFault.DAMAGED),
    ],
)
async def test_what_is_no_good_copy_is_refused_and_changes_nothing(ledger, key, made, path, target, content, fault):
    await book(ledger, made, 9)
    back_up(path, key, target)
    await ledger.close()
    present = path.read_bytes()
    if content is None:
        content = bytearray(target.read_bytes())
        content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    target.write_bytes(content)
    if content == b"" and key is not None:
        fault = LedgerFault.WRONG_KEY

    with made.raises_fault(fault):
        restore(target, path, key, made.writer, SuiteClock()())

    assert path.read_bytes() == present
    assert list(path.parent.glob("ledger*")) == [path]

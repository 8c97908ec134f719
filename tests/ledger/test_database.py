import asyncio
import sqlite3
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from receptionapp.domain.person_search import SearchTerm
from receptionapp.ledger import sqlite_file
from receptionapp.ledger.database import Database
from receptionapp.ledger.errors import LedgerFault
from receptionapp.ledger.sqlite_file import SqliteFile


@pytest.fixture
async def database(path):
    opened = await Database.open(SqliteFile(path))
    yield opened
    await opened.close()


def pragma(name):
    return lambda connection: connection.execute(text(f"PRAGMA {name}")).scalar_one()


async def test_a_commit_is_on_the_disk_and_references_hold(database):
    assert await database.run(pragma("journal_mode")) == "wal"
    assert await database.run(pragma("synchronous")) == 2  # FULL
    assert await database.run(pragma("foreign_keys")) == 1


async def test_work_is_done_on_a_thread_of_its_own(database):
    assert await database.run(lambda _: threading.current_thread().name) == "ledger_0"


async def test_what_comes_while_it_closes_does_not_open_the_file_again(path: Path) -> None:
    """Windows would let nobody move a file that stays open."""
    opened = await Database.open(SqliteFile(path))
    closing = asyncio.create_task(opened.close())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="shutdown"):
        await opened.run(pragma("journal_mode"))
    await closing
    assert list(path.parent.iterdir()) == [path]  # an open one has its log beside it


async def test_no_thread_is_left_after_closing_or_after_a_failed_opening(path, made):
    await (await Database.open(SqliteFile(path))).close()
    path.unlink()
    path.mkdir()
    with made.raises_fault(LedgerFault.NOT_WRITABLE):
        await Database.open(SqliteFile(path))
    assert not [t for t in threading.enumerate() if t.name.startswith("ledger")]


async def test_work_that_fails_leaves_nothing_behind(database):
    def half(connection):
        connection.execute(text("UPDATE ledger_meta SET revision = 7"))
        raise KeyError("ours")

    with pytest.raises(KeyError):
        await database.run(half)
    assert await database.run(lambda c: c.execute(text("SELECT revision FROM ledger_meta")).scalar_one()) == 0


async def test_a_bug_is_not_taken_for_a_fault_of_the_disk(database):
    with pytest.raises(IntegrityError):
        await database.run(lambda c: c.execute(text("INSERT INTO ledger_meta (id, revision) VALUES (2, 0)")))


async def test_work_goes_on_when_the_caller_is_cancelled(database):
    begun, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def first(connection):
        loop.call_soon_threadsafe(begun.set)
        go.wait()
        connection.execute(text("UPDATE ledger_meta SET revision = revision + 1"))

    def second(connection):
        connection.execute(text("UPDATE ledger_meta SET revision = revision + 10"))

    tasks = [asyncio.create_task(database.run(work)) for work in (first, second)]
    await begun.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    go.set()
    assert await database.run(lambda c: c.execute(text("SELECT revision FROM ledger_meta")).scalar_one()) == 11


async def test_closing_waits_for_work_in_progress(path):
    database = await Database.open(SqliteFile(path))
    begun, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slow(connection):
        loop.call_soon_threadsafe(begun.set)
        go.wait()
        connection.execute(text("UPDATE ledger_meta SET revision = 42"))

    work = asyncio.create_task(database.run(slow))
    await begun.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    assert not closing.done()
    go.set()
    await asyncio.gather(work, closing)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT revision FROM ledger_meta").fetchone() == (42,)
    connection.close()


async def test_a_full_disk_is_told_and_nothing_is_half_written(open_ledger, path, made):
    ledger = await open_ledger()
    pages = await ledger._database.run(pragma("page_count"))
    await ledger._database.run(pragma(f"max_page_count = {pages}"))
    with made.raises_fault(LedgerFault.DISK_FULL) as raised:
        await ledger.prepare_booking("cu", made.timeslot(), made.person, "x" * 20_000)
    told = "".join(traceback.format_exception(raised.value))
    assert not [personal for personal in ("Bjørnsen", "bjornsen", "1985", "9123", "xxx") if personal in told]
    assert await ledger.appointments("cu", made.start, made.end) == ()
    assert await ledger.find_people((SearchTerm(("bjo",), is_name=True),)) == ()
    await ledger._database.run(pragma("max_page_count = 1000000"))
    await ledger.prepare_booking("cu", made.timeslot(), made.person, "x" * 20_000)


LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold(path):
    """Starts another program that locks the file of this test; calling what it returns ends that program."""
    programs = []

    def holder():
        other = subprocess.Popen([sys.executable, "-c", LOCK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        programs.append(other)
        assert other.stdout.readline().strip() == b"locked"
        return other.communicate

    yield holder
    for program in programs:
        program.communicate()


async def test_a_file_that_another_program_holds_is_told_and_works_again_afterwards(
    open_ledger, made, path, hold, monkeypatch
):
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
    ledger = await open_ledger()
    let_go = hold()
    for write in (ledger.prepare_patient, open_ledger):
        with made.raises_fault(LedgerFault.LOCKED):
            await write()
    assert list(path.parent.glob("*damaged*")) == []
    let_go()
    await ledger.prepare_patient()


async def test_a_file_that_may_only_be_read_is_told(open_ledger, path, made):
    ledger = await open_ledger()
    await ledger._database.run(pragma("journal_mode"))
    await ledger._database.run(lambda c: c.execute(text("PRAGMA query_only = ON")))
    with made.raises_fault(LedgerFault.NOT_WRITABLE):
        await ledger.prepare_patient()


async def test_who_no_longer_waits_for_the_opening_leaves_nothing_open(path):
    begun, closed, go_on = threading.Event(), threading.Event(), threading.Event()

    class Slow(SqliteFile):
        def open(self):
            begun.set()
            go_on.wait(15)
            opened = super().open()
            event.listen(opened.engine, "engine_disposed", lambda _: closed.set())
            return opened

    opening = asyncio.create_task(Database.open(Slow(path)))
    await asyncio.to_thread(begun.wait, 15)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    go_on.set()
    assert await asyncio.to_thread(closed.wait, 15)

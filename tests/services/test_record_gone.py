"""The record's file is taken away while the program runs: nothing is called booked that is written nowhere."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from receptionapp.domain.intent import Outcome
from receptionapp.domain.problem import Reason
from tests.services.counter import Counter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody touch a file that is open")


def delete(file: Path) -> None:
    file.unlink()


def replace_by_a_copy(file: Path) -> None:
    copy = file.with_suffix(".copy")
    shutil.copyfile(file, copy)
    os.replace(copy, file)


def delete_the_log(file: Path) -> None:
    Path(f"{file}-wal").unlink()


def empty(file: Path) -> None:
    os.truncate(file, 0)


@pytest.mark.parametrize("harm", [delete, replace_by_a_copy, delete_the_log, empty])
async def test_nothing_is_booked_without_a_record(counter: Counter, harm: Callable[[Path], None]) -> None:
    await counter.booked()
    harm(counter.file)
    slot = counter.free()[0]
    notice = await counter.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.LEDGER_NOT_WRITABLE)
    assert "moved, replaced or made read-only" in counter.screen(notice)
    assert counter.leyr.writes == []


async def test_a_record_that_is_put_back_goes_on(counter: Counter) -> None:
    own, elsewhere = await counter.booked(), counter.file.with_name("elsewhere")
    counter.file.rename(elsewhere)
    assert (await counter.book(counter.free()[0])).outcome is Outcome.REFUSED
    elsewhere.rename(counter.file)
    assert (await counter.cancel(own)).outcome is Outcome.DONE


async def test_a_record_that_another_program_holds_is_told_as_that(counter: Counter) -> None:
    await counter.ledger.read(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 1"))
    held = sqlite3.connect(counter.file, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        notice = await counter.book(counter.free()[0])
    finally:
        held.close()
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.LEDGER_LOCKED)
    assert counter.leyr.writes == []

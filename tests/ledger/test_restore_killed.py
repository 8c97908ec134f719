"""A restore that is killed at any step: the next start finds the ledger that was there, or the copy, and each whole.

A real process is killed, at every file that it opens, copies, renames or removes, one after the other; in the tests at
every third.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from itertools import count

import pytest

from receptionapp.ledger.backup import back_up
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile, companion
from receptionapp.ledger.verification import verify_file
from tests.clocks import SuiteClock
from tests.examples import examples

RESTORE = """
import os, sys
from pathlib import Path
from receptionapp.ledger.backup import restore
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from tests.clocks import MONDAY_MORNING

copy, path, key, last = Path(sys.argv[1]), Path(sys.argv[2]), LedgerKey.read(sys.argv[3]), int(sys.argv[4])
steps = 0

def step(event, args):
    global steps
    if event in ("open", "shutil.copyfile", "os.rename", "os.remove") and str(args[0]).startswith(str(path)):
        steps += 1
        if steps > last:
            os._exit(9)

sys.addaudithook(step)
restore(copy, path, key, Writer("konfidens", "desk 1"), MONDAY_MORNING)
"""


def killed_at(words):
    """The exit code: 9 killed, 0 done."""
    return subprocess.run([sys.executable, "-c", RESTORE, *words], check=False).returncode


async def book(ledger, made, hour):
    slot = made.timeslot(hour)
    intent, _ = await ledger.prepare_booking("cu", slot, made.person)
    await ledger.mark_sent(intent.id)
    await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))


@pytest.mark.in_full
async def test_restored_or_not_the_ledger_is_whole(made, tmp_path):
    """The present one has its latest bookings in its log, as after a power cut: without it they are lost."""
    key, copy, at_power_cut = LedgerKey.new(), tmp_path / "copy.sqlite3", tmp_path / "at power cut"
    path = tmp_path / "data" / "ledger.sqlite3"
    for folder in (path.parent, at_power_cut):
        folder.mkdir()
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    await book(ledger, made, 9)
    back_up(path, key, copy)
    await book(ledger, made, 10)
    for file in (path, companion(path, "-wal")):
        shutil.copy(file, at_power_cut)
    await ledger.close()

    found, stride = [], examples(3, 1)
    for steps in count(step=stride):
        shutil.rmtree(path.parent)
        shutil.copytree(at_power_cut, path.parent)
        words = [str(copy), str(path), key.digits, str(steps)]
        ended = await asyncio.to_thread(killed_at, words)
        assert verify_file(path, key).findings == ()
        ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
        assert ledger.moved_aside is None
        found.append(len(await ledger.appointments("cu", made.start, made.end)))
        await ledger.close()
        if ended == 0:
            break
        assert ended == 9
    assert found == sorted(found, reverse=True)  # two until some step, one from then on
    assert set(found) == {1, 2}
    least = 8 if os.name == "posix" else 6  # elsewhere folders can't be synced
    assert len(found) * stride > least

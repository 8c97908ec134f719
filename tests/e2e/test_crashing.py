"""The program dies, or has a fault and lives: what is said, what is kept, and what the report does not tell."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from receptionapp.desktop.context import CLINIC_ZONE
from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.layout import ViewSpan
from receptionapp.domain.patient import Person as Patient
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.system.credentials import LEDGER_KEY_VARIABLE
from receptionapp.system.paths import data_folder
from tests.clocks import SuiteClock
from tests.e2e.program import ENGLISH, Program
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

ROOT = Path(__file__).parents[2]
PLANTED = "Plantetsæther"


def a_day() -> str:
    return str(SuiteClock()().astimezone(CLINIC_ZONE).date() + timedelta(days=9))


async def in_a_process(how: str, *words: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "tests.e2e.crashing_program", SuiteClock()().isoformat(), how, a_day(), *words]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONFAULTHANDLER"}
    ran = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr


async def a_booking_is_under_way(emr: str) -> None:
    """As if the crash had come between the request and its answer."""
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    ledger = await Ledger.open(
        SqliteFile(folder.ledger, LedgerKey.read(os.environ[LEDGER_KEY_VARIABLE])), Writer(emr, "desk 1"), SuiteClock()
    )
    start = SuiteClock()().replace(microsecond=0) + timedelta(days=9)
    slot = Timeslot(start, start + timedelta(minutes=20), "10-2001", "1")
    intent, _ = await ledger.prepare_booking("L0_1", slot, Patient("emr_id:77", "Qvistiane", PLANTED))
    await ledger.mark_sent(intent.id)
    await ledger.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a segfault opens a window there")
async def test_after_a_hard_crash_it_says_so_opens_the_same_page_and_keeps_what_was_sent(
    connected: WatchedSandbox, program: Program, data_dir: Path
) -> None:
    await a_booking_is_under_way(connected.emr)
    code, _, _ = await in_a_process("segfault", *ENGLISH)
    assert code < 0

    person = await program.open()
    assert "Reception ended unexpectedly last time." in person.message
    assert "All that was sent is written down" in person.message
    assert "What was typed and not sent is gone." in person.message
    await person.sees_the_book()
    view = person.window._store.snapshot.view
    assert (str(view.day), view.span) == (a_day(), ViewSpan.WEEK)
    await until(lambda: len(person.window._store.snapshot.open_tasks()) == 1, "the open intent is a task")

    person.clicks("What happened", person.window.message_bar)
    dialog = await person.dialog()
    text = person.field("What happened", QPlainTextEdit, dialog).toPlainText()
    assert "Fatal Python error: Segmentation fault" in text
    assert 'File "tests/e2e/crashing_program.py"' in text
    assert "program: " in text
    [report] = (data_dir / "clinic" / "crashes").glob("crash-*.txt")
    assert report.read_text(encoding="utf-8") == text
    for planted in (PLANTED, str(ROOT), str(Path.home()) + os.sep, "practice-secret"):
        assert planted not in text
    dialog.close()
    await program.close()

    person = await program.open()
    await person.sees_the_book()
    assert "ended unexpectedly" not in person.message


async def test_restart_begins_anew_and_the_new_program_has_the_folder(data_dir: Path) -> None:
    code, out, err = await in_a_process("restart", "--practice", "--timing", *ENGLISH)
    assert code == 0, err
    assert "book" in json.loads(out.splitlines()[-1])  # the second one opened, was timed, and closed itself
    assert not (data_dir / "practice" / "running.json").exists()
    [report] = (data_dir / "practice" / "crashes").glob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert PLANTED not in text


@pytest.mark.noise("failed")
async def test_a_fault_that_is_survived_says_what_is_safe_and_shows_its_report(
    connected: WatchedSandbox, program: Program, data_dir: Path
) -> None:
    person = await program.open()
    await person.sees_the_book()

    def fail() -> None:
        raise ValueError(PLANTED)

    for _ in range(3):
        QTimer.singleShot(0, fail)
    text = await person.reads("Something in the program failed.")
    assert "What was sent is written down" in text
    assert "typed and not sent is lost at a restart" in text
    assert len(list((data_dir / "clinic" / "crashes").glob("crash-*.txt"))) == 1
    assert person.button("Restart", person.window.message_bar).isEnabled()
    person.clicks("What happened", person.window.message_bar)
    dialog = await person.dialog()
    report = person.field("What happened", QPlainTextEdit, dialog).toPlainText()
    assert "tests/e2e/test_crashing.py" in report
    assert "in fail" in report
    assert PLANTED not in report
    dialog.close()

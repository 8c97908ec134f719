"""The day on paper: from Ctrl+P to a file that holds the day and nobody's number, in practice and when Leyr is gone."""

import asyncio
import json
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QFileDialog, QListWidget

from receptionapp.domain.appointment import OwnAppointment
from tests.e2e.program import Person, Program
from tests.e2e.test_locked import NINA, desk, is_locked, opens_with_two_users, unlocks
from tests.pdf_text import opened, words
from tests.people import MadeUp, made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


@pytest.fixture
def her() -> MadeUp:
    return made_up("Qvistiane", "Plantetsæther")


async def opens_the_dialog(person: Person) -> QDialog:
    await until(person.window.actions_.print_day.isEnabled, "the day can be printed")
    person.commands("print_day")
    return await person.dialog()


async def saves(person: Person, dialog: QDialog, file: Path) -> bytes:
    person.clicks("Save as PDF", dialog)
    asking = await until(lambda: dialog.findChild(QFileDialog), "asked where")
    suggested = Path(asking.selectedFiles()[0]).name
    assert suggested.startswith("reception-20")
    assert suggested.endswith(".pdf")
    asking.fileSelected.emit(str(file))
    asking.reject()
    await person.waits_to_see("Saved.", dialog)
    dialog.activateWindow()
    await until(lambda: QApplication.activeWindow() is dialog, "the dialog has the keyboard again")
    return await asyncio.to_thread(file.read_bytes)


def chooses_initials(person: Person, dialog: QDialog) -> None:
    names = person.field("Patients", QComboBox, dialog)
    person.tabs_to(names)
    person.presses_keys("Down")


def remembered(data_dir: Path) -> dict[str, str]:
    [settings] = data_dir.rglob("settings.json")
    found: dict[str, str] = json.loads(settings.read_text("utf-8"))
    return found


def remembers_the_clinic(data_dir: Path) -> bool:
    return any(data_dir.rglob("clinic.json"))


def clock(own: OwnAppointment, person: Person) -> str:
    zone = person.window._store.snapshot.zone
    return own.start.astimezone(zone).strftime("%H:%M")


async def prints_recorded(person: Person) -> list[str | None]:
    """What the record has of printing, as an administrator would read it."""
    from receptionapp.domain.audit import AuditAction, AuditFilter
    from receptionapp.ledger import audit

    made = person.window._desk
    assert made is not None
    question = AuditFilter(actions=(AuditAction.PRINTED,))
    lines = await made._ledger.read(lambda connection: audit.read_page(connection, made._ledger.writer.emr, question))
    assert {line.patient for line in lines} <= {None}
    return [line.detail for line in reversed(lines)]


def nothing_of(patient: MadeUp, pdf: bytes) -> None:
    """No name and no number, neither in what is read nor in any byte of the file."""
    said, whole = words(pdf), opened(pdf)
    for text in (patient.first_name, patient.last_name, patient.number, f"{patient.number[:6]} {patient.number[6:]}"):
        assert text not in said
        for encoding in ("utf-8", "utf-16-be"):
            assert text.encode(encoding) not in whole


async def test_with_initials_only_the_file_has_the_day_and_nobody_in_it(
    program: Program, her: MadeUp, tmp_path: Path, data_dir: Path
) -> None:
    person = await program.open("--practice")
    own = await person.books(her, "Plantetkommentar")

    dialog = await opens_the_dialog(person)
    await person.waits_to_see("1 page", dialog)
    assert "Plantets" not in dialog.windowTitle()
    whole = await saves(person, dialog, tmp_path / "whole.pdf")
    chooses_initials(person, dialog)
    phones = person.button("Phone numbers", dialog)
    assert isinstance(phones, QCheckBox)
    assert not phones.isEnabled()
    short = await saves(person, dialog, tmp_path / "short.pdf")
    person.clicks("Close", dialog)
    await person.is_back_in_the_window()

    said = words(whole)
    assert her.full_name in said
    assert her.born.strftime("%d.%m.%Y") in said
    for text in ("PRACTICE MODE", clock(own, person), "Booked", "Free: ", "1 of 1", "itself is not on it"):
        assert text in said
        assert text in words(short)
    assert "\nQP\n" in words(short)
    assert her.number not in said
    assert "Plantetkommentar" not in said + words(short)
    nothing_of(her, short)
    day = person.window._store.snapshot.view.day
    recorded = await prints_recorded(person)
    assert [re.sub(r"people \d+", "people", detail or "") for detail in recorded] == [
        f"day {day}; people; names {names}; as pdf" for names in ("whole", "initials")
    ]
    assert await program.close() == 0
    assert remembered(data_dir)["printed_names"] == "initials"


async def test_only_the_resources_that_are_ticked_are_printed(
    connected: WatchedSandbox, program: Program, tmp_path: Path
) -> None:
    person = await program.open()
    await person.sees_the_book()
    dialog = await opens_the_dialog(person)
    resources = person.field("Resources", QListWidget, dialog)
    names = [resources.item(row).text() for row in range(resources.count())]
    person.tabs_to(resources)
    resources.setCurrentRow(0)
    person.presses_keys("Space")
    said = words(await saves(person, dialog, tmp_path / "day.pdf"))
    assert names[0] not in said.splitlines()
    assert set(names[1:]) <= set(said.splitlines())
    person.tabs_to(resources)
    for row in range(1, resources.count()):
        resources.setCurrentRow(row)
        person.presses_keys("Space")
    assert not person.button("Print …", dialog).isEnabled()  # an empty sheet is nobody's wish
    person.clicks("Close", dialog)


async def test_where_there_is_no_printer_it_is_said(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await program.open("--practice")
    await person.sees_the_book()
    dialog = await opens_the_dialog(person)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    person.clicks("Print …", dialog)
    await person.waits_to_see("No printer is set up on this computer. Save as PDF instead.", dialog)
    assert await prints_recorded(person) == []
    person.clicks("Close", dialog)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' dialog takes only printers that there really are")
async def test_a_printer_is_asked_for(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await program.open("--practice")
    await person.sees_the_book()
    dialog = await opens_the_dialog(person)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["In the back room"])
    person.clicks("Print …", dialog)
    asking = await until(lambda: dialog.findChild(QPrintDialog), "asked for a printer")
    paper = tmp_path / "paper.pdf"
    printer = asking.printer()
    printer.setOutputFileName(str(paper))
    asking.finished.emit(QDialog.DialogCode.Accepted.value)
    await person.waits_to_see("Sent to the printer.", dialog)
    assert "PRACTICE MODE" in words(paper.read_bytes())
    [detail] = await prints_recorded(person)
    assert detail is not None
    assert detail.endswith("as paper")
    person.clicks("Close", dialog)


async def test_a_locked_desk_prints_nothing(program: Program, connected: WatchedSandbox) -> None:
    person = await opens_with_two_users(program)
    dialog = await opens_the_dialog(person)
    person.presses_keys("Ctrl+Shift+K")
    await until(lambda: is_locked(person), "the desk is locked")
    assert not dialog.isVisible()
    await until(lambda: QApplication.focusWidget() is person.field("PIN"), "the lock page has the keyboard")
    person.presses_keys("Ctrl+P")
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()] == []
    await unlocks(person, NINA)
    await until(lambda: not is_locked(person), "it is unlocked")
    await until(dialog.isVisible, "the dialog is back")
    person.clicks("Close", dialog)
    assert desk(person).screen_cover.is_covering is False


async def test_without_leyr_the_day_is_printed_as_far_as_it_is_known(
    program: Program, connected: WatchedSandbox, her: MadeUp, tmp_path: Path
) -> None:
    person = await program.open()
    own = await person.books(her)
    connected.fail("drop_before", times=1000)
    person.presses_keys("F9")
    await person.reads("not be read")
    dialog = await opens_the_dialog(person)
    said = words(await saves(person, dialog, tmp_path / "day.pdf"))
    assert her.full_name in said
    assert clock(own, person) in said
    assert "Free times as read " in said
    person.clicks("Close", dialog)


async def test_started_without_a_line_the_day_is_shown_and_printed_from_what_this_computer_has(
    program: Program, connected: WatchedSandbox, her: MadeUp, tmp_path: Path, data_dir: Path
) -> None:
    person = await program.open()
    own = await person.books(her)
    await until(lambda: remembers_the_clinic(data_dir), "the clinic is written down")
    assert await program.close() == 0

    connected.fail("drop_before", times=1000)
    person = await program.open()
    await person.reads("could not be read")
    day = own.start.astimezone(person.window._store.snapshot.zone).date()
    await until(lambda: person.window.actions_.next.isEnabled(), "the book can be used")
    while person.window._store.snapshot.view.day < day:
        person.commands("next")
    assert [shown.key for shown in await person.sees_own()] == [own.key]
    assert person.free_cells() == []
    dialog = await opens_the_dialog(person)
    said = words(await saves(person, dialog, tmp_path / "day.pdf"))
    assert her.full_name in said
    assert "Free times: not loaded." in said
    assert "Free times as read" not in said
    person.clicks("Close", dialog)
    await person.is_back_in_the_window()

    connected.be_well()
    person.commands("refresh")
    await person.sees_the_book()
    assert person.free_cells()


async def test_an_administrator_can_switch_it_off(
    connected: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECEPTION_PRINTING", "no")
    person = await program.open()
    await person.sees_the_book()
    action = person.window.actions_.print_day
    assert not action.isEnabled()
    assert "switched printing off" in action.toolTip()

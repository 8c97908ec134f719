"""Somebody asks what this program has about her, gets it on paper, and wants to be forgotten."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog

from tests.e2e.program import Person, Program
from tests.people import MadeUp, made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox
from ui.controllers.desk_user import DeskUserController


@pytest.fixture
def her() -> MadeUp:
    return made_up("Qvistiane", "Plantetsæther")


async def saves(person: Person, dialog: object, button: str, file: Path) -> None:
    person.clicks(button, dialog)  # type: ignore[arg-type]
    asking = await until(lambda: person.window.findChild(QFileDialog), "asked where")
    assert "Qvistiane" not in asking.selectedFiles()[0]
    asking.fileSelected.emit(str(file))
    asking.reject()
    await until(file.exists, "the file is there")
    await person.waits_to_see("Saved.", dialog)  # type: ignore[arg-type]


async def test_she_is_given_everything_and_then_forgotten(
    program: Program, connected: WatchedSandbox, her: MadeUp, tmp_path: Path
) -> None:
    person = await program.open()
    own = await person.books(her, "Plantetkommentar")
    assert person.window.panel.person
    assert her.last_name in person.message
    QGuiApplication.clipboard().setText(her.full_name)
    desk = person.window.findChild(DeskUserController)

    desk.disclosure_action.trigger()
    dialog = await person.dialog()
    await person.waits_to_see("Nothing can be wiped yet", dialog)
    assert not person.button("Wipe details", dialog).isEnabled()
    await saves(person, dialog, "Save as JSON", tmp_path / "all.json")
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))["appointments"][0]["comment"] == "Plantetkommentar"
    await saves(person, dialog, "Save as PDF", tmp_path / "all.pdf")
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF-")
    person.clicks("Close", dialog)
    await person.is_back_in_the_window()

    person.clicks_own(own.key)
    person.clicks("Cancel the appointment", person.window.panel)
    await person.reads("Cancelled")
    person.clicks_own(own.key)
    desk.disclosure_action.trigger()
    dialog = await person.dialog()
    await until(lambda: person.button("Wipe details", dialog).isEnabled(), "it can be wiped")
    person.clicks("Wipe details", dialog)
    sure = await until(lambda: (d := person._active_dialog()) is not dialog and d, "asked once more")
    assert not person.button("Wipe for good", sure).isEnabled()
    person.clicks_on(person.button("The person asked for this", sure))
    assert isinstance(person.button("The person asked", sure), QCheckBox)
    person.clicks("Wipe for good", sure)
    await person.waits_to_see("The details are wiped", dialog)
    dialog.activateWindow()
    person.clicks("Close", dialog)
    await person.is_back_in_the_window()

    said = " ".join(person.texts())
    assert her.last_name not in said
    assert "Plantetkommentar" not in said
    assert person.sees("details wiped")
    assert person.message == ""
    assert QGuiApplication.clipboard().text() == ""
    person.commands("find_patient")
    assert (await person.finds(her.last_name)).count() == 1  # "New patient …" and nobody else


async def test_a_document_without_end_has_numbered_pages() -> None:
    import asyncio

    from tests.qt_loop import application
    from ui.disclosure.document import as_pdf

    application()
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(200))
    made = await asyncio.to_thread(as_pdf, f"<table>{rows}</table>", "", "page {page} of {pages}", "Title")
    assert made.count(b"/Type /Page\n") > 2
    assert QBuffer(QByteArray(made)).open(QIODevice.OpenModeFlag.ReadOnly)

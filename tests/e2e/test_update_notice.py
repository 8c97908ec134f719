"""The notice of a newer version, at the desk: quiet, in the user's language, opened by a press and by nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit

from receptionapp.system.paths import data_folder
from receptionapp.system.updates import load_update_memory
from tests.e2e.program import Program
from tests.system.test_updates import Publisher
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


class Browser(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    made = Publisher(tmp_path)
    monkeypatch.setenv("RECEPTION_UPDATE_FEED", made.address)
    monkeypatch.setenv("RECEPTION_UPDATE_KEY", made.key)
    yield made
    made.close()


async def test_a_newer_version_is_told_in_one_line_and_opened_by_a_press(
    connected: WatchedSandbox, program: Program, publisher: Publisher, browser: Browser
) -> None:
    publisher.publishes()
    person = await program.open()
    await person.waits_to_see("Version 1.4.0 is available. Printing of the day.")
    assert person.message == ""
    assert browser.opened == []
    person.clicks("Where to get it")
    assert browser.opened == ["https://reception.example/download"]
    person.clicks("×", person.window.update_strip)
    assert not person.sees("Version 1.4.0")


async def test_a_notice_by_somebody_else_is_in_the_diagnostics_only(
    connected: WatchedSandbox, program: Program, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publishes()
    monkeypatch.setenv("RECEPTION_UPDATE_KEY", "A" * 43 + "=")
    person = await program.open()
    await person.sees_the_book()
    memory = data_folder(practice=False).root / "updates.json"
    await until(lambda: load_update_memory(memory).trouble, "the notice was read")
    person.window.actions_.diagnostics.trigger()
    dialog = await person.dialog()
    text = person.field("Diagnostics", QPlainTextEdit, dialog).toPlainText()
    dialog.close()
    assert "not believed: not signed by the key in the settings" in text
    assert "feed: 127.0.0.1" in text
    assert not person.sees("is available")
    assert person.message == ""

"""What opens behind the lock page waits there, and is back on the screen afterwards, however short it all was."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from ui.lock.cover import ScreenCover


class Desk:
    def __init__(self) -> None:
        self.window = QMainWindow()
        self.window.setCentralWidget(QLabel("the book"))
        self.curtain = ScreenCover(self.window, QLabel("locked"))
        self.window.show()

    def dialog(self) -> QDialog:
        made = QDialog(self.window)
        made.show()
        return made


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.curtain.uncover()
    made.window.close()
    made.window.deleteLater()


def is_on_screen(dialog: QDialog) -> bool:
    handle = dialog.windowHandle()
    return dialog.isVisible() and handle is not None and handle.isVisible()


def test_one_that_was_closed_again_at_once_can_be_opened_after_unlocking(desk: Desk, qtbot: QtBot) -> None:
    desk.curtain.cover()
    dialog = desk.dialog()
    dialog.hide()
    qtbot.wait(0)
    desk.curtain.uncover()
    dialog.show()
    assert is_on_screen(dialog)


def test_one_that_opened_just_before_unlocking_is_seen(desk: Desk, qtbot: QtBot) -> None:
    desk.curtain.cover()
    dialog = desk.dialog()
    assert not is_on_screen(dialog)
    assert desk.curtain.holds_dialogs
    desk.curtain.uncover()
    qtbot.wait(0)
    assert is_on_screen(dialog)
    assert dialog.parent() is desk.window


def test_one_that_opened_just_before_it_was_put_away_is_gone(desk: Desk, qtbot: QtBot) -> None:
    desk.curtain.cover()
    dialog = desk.dialog()
    desk.curtain.discard_dialogs()
    desk.curtain.uncover()
    assert not dialog.isVisible()

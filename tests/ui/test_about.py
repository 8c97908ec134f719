"""Help → About says what the program is and under which licences its parts come; the legend says what colours tell."""

import platform

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from receptionapp import __version__
from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.ui.book import made_up_days as made_up
from ui.dialogs.shortcut_sheet import AboutDialog
from ui.main_window import MainWindow
from ui.panels.booking_panel import Legend
from ui.theme import LIGHT


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow(
        BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING)), LIGHT, "en"
    )
    qtbot.addWidget(made, before_close_func=MainWindow.allow_close)
    made.show()
    return made


def test_about_names_versions_and_licences_and_can_be_read_aloud(window: MainWindow) -> None:
    window.actions_.about.trigger()
    [about] = window.findChildren(AboutDialog)
    said = " ".join(part.text() for part in about.findChildren(QLabel))
    for word in (__version__, platform.python_version(), "Qt 6.", "LGPL, version 3", "licences beside the program"):
        assert word in said
    assert "LGPL" in about.accessibleDescription()
    texts = [part for part in about.findChildren(QLabel) if "LGPL" in part.text()]
    assert texts[0].textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    about.reject()


def test_the_legend_says_what_the_colours_tell_now(window: MainWindow) -> None:
    [legend] = window.findChildren(Legend)

    def said() -> str:
        return " ".join(part.text() for part in legend.findChildren(QLabel))

    assert "in its service's colour" in said()
    window.actions_.by_status.trigger()
    assert "in its status's colour" in said()
    assert "service" not in said()

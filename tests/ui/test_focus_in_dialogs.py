"""By keyboard in every dialog: it begins where one would, Tab goes as one reads, Esc leads back to where one was."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from receptionapp.domain.clinic import CareUnit
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.domain.layout import SavedView, ViewSpan
from receptionapp.domain.patient import Person
from receptionapp.store.presence import PresenceStore
from tests.ui.test_spoken_controls import controls
from tests.ui.test_stretched_texts import loaded_store, spoken
from ui.commands import commands_of
from ui.controllers.saved_views import SaveViewDialog
from ui.dialogs.connect import ConnectDialog, ConnectionDetails
from ui.dialogs.ledger_recovery import NewLedgerDialog, RecoveryKeyDialog
from ui.dialogs.new_patient import NewPatientDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.shortcut_sheet import AboutDialog, ShortcutSheet
from ui.dialogs.whose_ledger import WhoseLedgerDialog
from ui.disclosure.dialog import WipeDialog
from ui.users.form import UserForm

__all__ = ["spoken"]  # a fixture

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QListWidget, QCheckBox)
KARI = Person("emr_id:1", "Kari", "Nordmann", date(1980, 3, 3))
VIEW = SavedView("u", 2, "Everybody", frozenset(), None, ViewSpan.DAY)


class Window(QMainWindow):
    """Where the keyboard was."""

    def __init__(self) -> None:
        super().__init__()
        self.book = QLineEdit()
        self.setCentralWidget(self.book)
        self.menuBar().addMenu("&View").addAction("Today").setShortcut("Ctrl+T")
        self.resize(1200, 800)


def connected(window: Window) -> QDialog:
    dialog = ConnectDialog(ConnectionDetails("", "", "", ""), frozenset(), window)
    dialog.ask_for_care_unit((CareUnit("u", "Solsiden"), CareUnit("v", "Åsen")))
    return dialog


DIALOGS: dict[str, Callable[[Window], QDialog]] = {
    "about": lambda window: AboutDialog(window),
    "shortcuts": lambda window: ShortcutSheet(commands_of(window.menuBar()), window),
    "save a view": lambda window: SaveViewDialog(VIEW, "F2", "Mondays", window),
    "recovery key": lambda window: RecoveryKeyDialog(window),
    "begin anew": lambda window: NewLedgerDialog(window),
    "whose ledger": lambda window: WhoseLedgerDialog(
        ConnectionIdentity("https://api.leyr.io/api", "konfidens", "6001", False), window
    ),
    "report": lambda window: ReportDialog("1", "2", "3", "4", window),
    "wipe": lambda window: WipeDialog(KARI, 14, window),
    "new patient": lambda window: NewPatientDialog(loaded_store(), "", date(2026, 11, 24), window),
    "connect": lambda window: ConnectDialog(ConnectionDetails("", "", "", ""), frozenset(), window),
    "care unit": connected,
    "user": lambda window: UserForm(PresenceStore(), "Add", window, name=True, pin=True),
}


@pytest.fixture
def window(qtbot: QtBot, spoken: Callable[[str], None]) -> Window:
    spoken("en")
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.book.setFocus()
    qtbot.waitUntil(made.book.hasFocus)
    return made


@pytest.fixture(params=DIALOGS)
def dialog(request: pytest.FixtureRequest, window: Window, qtbot: QtBot) -> QDialog:
    made = DIALOGS[request.param](window)
    made.open()
    qtbot.waitUntil(lambda: focus_in(made) is not None)
    return made


def test_the_keyboard_begins_where_something_is_typed_read_or_safely_pressed(dialog: QDialog) -> None:
    first = focus_in(dialog)
    assert first is not None
    if any(isinstance(each, FIELDS) for each in controls(dialog)):
        assert isinstance(first, FIELDS)
    assert first.property("kind") != "danger"


def test_tab_goes_as_one_reads_and_comes_to_everything(dialog: QDialog) -> None:
    first = focus_in(dialog)
    assert first is not None
    walked = [first]
    for _ in range(30):
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        now = focus_in(dialog)
        if now is None or now is first:
            break
        walked.append(now)
    assert {named(each) for each in controls(dialog)} <= {named(each) for each in walked}
    top = min(range(len(walked)), key=lambda n: (place(walked[n], dialog).top(), place(walked[n], dialog).left()))
    in_order = walked[top:] + walked[:top]
    backwards = [
        f"{named(before)} → {named(after)}"
        for before, after in pairwise(in_order)
        if not reads_on(place(before, dialog), place(after, dialog))
    ]
    assert backwards == []


def test_esc_leaves_and_the_keyboard_is_where_it_was(dialog: QDialog, window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(focus_in(dialog) or dialog, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.book
    window.activateWindow()  # the screen of the tests has no window manager that would
    qtbot.waitUntil(window.book.hasFocus)


def focus_in(dialog: QDialog) -> QWidget | None:
    focused = QApplication.focusWidget()
    return focused if focused is not None and focused.window() is dialog else None


def named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QPushButton) else ""
    return f"{type(widget).__name__} {text or widget.accessibleName()}"


def place(widget: QWidget, dialog: QDialog) -> QRect:
    return QRect(widget.mapTo(dialog, QPoint()), widget.size())


def reads_on(before: QRect, after: QRect) -> bool:
    """Further down, or beside it to the right."""
    beside = after.top() < before.bottom() and before.top() < after.bottom()
    return after.left() > before.left() if beside else after.top() > before.top()

"""The sheet of shortcuts is read from the menus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from tests.ui.book import made_up_days as made_up
from ui.commands import commands_of, plain
from ui.dialogs.shortcut_sheet import ShortcutSheet
from ui.main_window import MainWindow
from ui.theme import LIGHT


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow(
        BookStore(Snapshot(View(made_up.TUESDAY), made_up.OSLO), StoppedClock(TUESDAY_MORNING)), LIGHT, "en"
    )
    qtbot.addWidget(made, before_close_func=MainWindow.allow_close)
    made.show()
    made.activateWindow()
    return made


def sheet_of(window: QMainWindow) -> ShortcutSheet:
    [sheet] = window.findChildren(ShortcutSheet)
    return sheet


def test_ctrl_slash_opens_it_over_the_window_and_esc_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    sheet = sheet_of(window)
    assert sheet.windowModality() is Qt.WindowModality.WindowModal
    with qtbot.waitSignal(sheet.finished):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_every_shortcut_of_the_menus_is_on_it(window: MainWindow) -> None:
    window.actions_.shortcuts.trigger()
    texts = {label.text() for label in sheet_of(window).findChildren(QLabel)}
    native = QKeySequence.SequenceFormat.NativeText
    for command in commands_of(window.menuBar()):
        for keys in command.action.shortcuts():
            if "F" not in keys.toString(native).split("+")[-1] or command.path[-1] != "Saved views":
                assert keys.toString(native) in texts
        if command.keys:
            assert command.text in texts


def test_a_run_of_the_same_is_one_line(window: MainWindow) -> None:
    window.actions_.shortcuts.trigger()
    texts = [label.text() for label in sheet_of(window).findChildren(QLabel)]
    assert texts.count("A view that you save") == 1
    assert {"F2", "F8", "Ctrl+Shift+F2", "Ctrl+Shift+F8"} <= set(texts)
    assert "F5" not in texts


def test_the_keys_of_the_book_are_on_it_too(window: MainWindow) -> None:
    window.actions_.shortcuts.trigger()
    texts = {label.text() for label in sheet_of(window).findChildren(QLabel)}
    assert {"First and last of the column", "Home", "End", "Ctrl+Home", "Space", "Esc"} <= texts


def test_no_two_commands_share_a_shortcut(window: MainWindow) -> None:
    keys = [keys.toString() for command in commands_of(window.menuBar()) for keys in command.action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_every_command_of_the_window_that_has_a_shortcut_is_in_a_menu(window: MainWindow) -> None:
    listed = {command.action for command in commands_of(window.menuBar())}
    with_keys = {action for action in window.actions_.findChildren(QAction) if action.shortcuts()}
    assert with_keys <= listed


def test_texts_without_mnemonics_and_dots() -> None:
    assert [plain(text) for text in ("&Today", "New &patient …", "Bit && Bob", "Fine")] == [
        "Today",
        "New patient",
        "Bit & Bob",
        "Fine",
    ]

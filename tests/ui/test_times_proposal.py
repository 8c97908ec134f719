"""A sparse day is proposed as times, with one key; the answer is asked for once, and nothing changes by itself."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, TimeslotsLoaded, ViewMoved
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View
from tests.clocks import StoppedClock
from tests.ui.book import made_up_days as made_up
from ui.main_window import MainWindow
from ui.theme import LIGHT

DAY, NEXT = date(2026, 11, 24), date(2026, 11, 25)
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """Two people: on the first day they have half an hour each, hours apart; on the next they are free all morning."""
    clinic = made_up.clinic(2)
    store = BookStore(Snapshot(View(DAY), made_up.OSLO), StoppedClock(NOW))
    made = MainWindow(store, LIGHT, "en")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    store.apply(ClinicLoaded((clinic.care_unit,), clinic))
    columns = {
        (DAY, "r0"): (made_up.slot(DAY, 480, 30),),
        (DAY, "r1"): (made_up.slot(DAY, 930, 30, "r1"),),
        (NEXT, "r0"): tuple(made_up.slot(NEXT, 480 + 30 * n, 30) for n in range(6)),
        (NEXT, "r1"): tuple(made_up.slot(NEXT, 480 + 30 * n, 30, "r1") for n in range(6)),
    }
    store.apply(TimeslotsLoaded("unit", None, columns, LoadedSlots((), NOW, 1)))
    return made


def proposed(window: MainWindow) -> bool:
    return not window.times_proposal.isHidden()


def go(window: MainWindow, day: date) -> None:
    window._store.apply(ViewMoved(View(day)))


def press(window: MainWindow, words: str) -> None:
    button = next(b for b in window.times_proposal.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_only_a_sparse_day_is_proposed_as_times_and_the_book_stays_as_it_is(window: MainWindow) -> None:
    assert not proposed(window)
    window.times_proposal.ask_when_sparse()
    assert proposed(window)
    assert window.book_area.currentWidget() is window.book
    go(window, NEXT)
    assert not proposed(window)
    go(window, DAY)
    assert proposed(window)


def test_the_key_shows_times_and_is_the_answer(window: MainWindow) -> None:
    window.times_proposal.ask_when_sparse()
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.book_area.currentWidget() is window.book_area.times
    assert not proposed(window)
    window.actions_.times.trigger()
    go(window, NEXT)
    go(window, DAY)
    assert not proposed(window)


def test_who_keeps_the_grid_is_not_asked_again(window: MainWindow) -> None:
    told: list[None] = []
    window.times_proposal.declined.connect(lambda: told.append(None))
    window.times_proposal.ask_when_sparse()
    press(window, "Keep the grid")
    assert len(told) == 1
    go(window, NEXT)
    go(window, DAY)
    assert not proposed(window)
    assert window.book_area.currentWidget() is window.book


def test_the_button_does_what_the_key_does(window: MainWindow) -> None:
    window.times_proposal.ask_when_sparse()
    press(window, "Show times")
    assert window.book_area.currentWidget() is window.book_area.times

"""Between the window's first picture and the first page: no day is named that the book might then not show."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import StoppedClock
from tests.ui.book.made_up_days import OSLO, TUESDAY, clinic
from ui.main_window import MainWindow
from ui.theme import LIGHT


@pytest.fixture
def store() -> BookStore:
    return BookStore(Snapshot(View(TUESDAY), OSLO), StoppedClock())


@pytest.fixture
def window(qtbot: QtBot, store: BookStore) -> Iterator[MainWindow]:
    made = MainWindow(store, LIGHT, "en")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.allow_close()


def day_is_filled(window: MainWindow) -> bool:
    month = window.side_panel.findChild(QTableView, "qt_calendar_calendarview")
    where = month.visualRect(month.currentIndex())
    image = month.viewport().grab(where).toImage()
    return image.pixelColor(where.width() // 2, where.height() - 4) == QColor(LIGHT.accent)


def test_no_day_is_named_before_there_is_a_page(window: MainWindow, store: BookStore) -> None:
    assert window.top_bar._title.text() == ""
    assert not day_is_filled(window)
    unit = clinic()
    store.apply(ClinicLoaded((unit.care_unit,), unit))
    assert "24 November" in window.top_bar._title.text()
    assert day_is_filled(window)

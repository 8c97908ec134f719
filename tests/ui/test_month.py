"""The month beside the book: what the eye finds in it, with and without the keyboard there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import Timeslot
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, DayBegan, TimeslotsLoaded, ViewMoved
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View
from tests.clocks import StoppedClock
from tests.ui.book import made_up_days as made_up
from tests.ui.book.made_up_days import OSLO
from tests.ui.book.made_up_days import clinic as made_up_clinic
from ui.main_window import MainWindow
from ui.month import Month
from ui.theme import DARK, LIGHT, Theme, apply_theme
from ui.top_bar import TopBar

TODAY, CHOSEN, ELSEWHERE = QDate(2026, 11, 24), QDate(2026, 11, 20), QDate(2026, 12, 6)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def month(qtbot: QtBot, theme: Theme, qapp: QApplication) -> Iterator[Month]:
    apply_theme(qapp, theme)
    made = Month(theme, lambda: date(2026, 11, 24))
    qtbot.addWidget(made)
    made.setSelectedDate(CHOSEN)
    made.show()
    yield made
    apply_theme(qapp, LIGHT)


def colours(month: Month, day: QDate) -> set[str]:
    """Those of one day, as it is painted."""
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(month.palette().window().color()))
    painter = QPainter(image)
    month.paintCell(painter, QRect(0, 0, 30, 20), day)
    painter.end()
    return {image.pixelColor(QPoint(x, y)).name().upper() for x in range(30) for y in range(20)}


@THEMES
def test_the_chosen_day_is_filled_and_its_corners_are_round(month: Month, theme: Theme) -> None:
    view = month.findChild(QTableView)
    assert view is not None
    where = view.visualRect(view.currentIndex())
    shown = view.viewport().grab().toImage()
    assert shown.pixelColor(where.center() + QPoint(where.width() // 3, 0)).name().upper() == theme.accent
    assert shown.pixelColor(where.topLeft()).name().upper() == theme.ground


@THEMES
def test_today_is_marked_while_another_day_is_chosen(month: Month, theme: Theme) -> None:
    assert theme.accent in colours(month, TODAY)
    assert theme.accent not in colours(month, TODAY.addDays(1))


@THEMES
def test_a_sunday_is_red_in_its_own_month_only(month: Month, theme: Theme) -> None:
    def is_red(day: QDate) -> bool:
        return any(QColor(c).red() > QColor(c).blue() + 60 for c in colours(month, day))

    assert is_red(QDate(2026, 11, 29))
    assert not is_red(ELSEWHERE)


@THEMES
def test_the_keyboard_in_the_month_can_be_seen(qtbot: QtBot, month: Month, theme: Theme) -> None:
    view = month.findChild(QTableView)
    assert view is not None
    month.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    within = colours(month, CHOSEN)
    view.clearFocus()
    assert within - colours(month, CHOSEN)


def test_when_midnight_passes_the_new_day_is_ringed(qtbot: QtBot, qapp: QApplication) -> None:
    clock = StoppedClock(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    store = BookStore(Snapshot(View(date(2026, 12, 30)), OSLO), clock)
    window = MainWindow(store, LIGHT, "en")
    qtbot.addWidget(window)
    month = window.findChild(Month)
    assert LIGHT.accent in colours(month, QDate(2026, 12, 31))
    clock.put(timedelta(minutes=1))
    window._show_now()
    assert LIGHT.accent in colours(month, QDate(2027, 1, 1))
    assert LIGHT.accent not in colours(month, QDate(2026, 12, 31))
    window.allow_close()


def test_when_midnight_passes_every_view_hears_it_and_ages_say_their_day(qtbot: QtBot) -> None:
    """Once, however long the computer slept."""
    read = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
    clock = StoppedClock(read)
    store = BookStore(Snapshot(View(date(2026, 11, 24)), OSLO), clock)
    window = MainWindow(store, LIGHT, "en")
    qtbot.addWidget(window)
    clinic = made_up_clinic(1)
    store.apply(ClinicLoaded((clinic.care_unit,), clinic))
    columns: dict[tuple[date, str], tuple[Timeslot, ...]] = {(date(2026, 11, 24), "r0"): ()}
    store.apply(TimeslotsLoaded(clinic.care_unit.id, None, columns, LoadedSlots((), read, 1)))
    days: list[date] = []
    store.watch(lambda change: days.append(change.day), DayBegan)
    age = window.findChild(TopBar)._age
    window._show_now()
    assert (days, age.text()) == ([], "Read 23:50")
    clock.put(timedelta(hours=33))
    window._show_now()
    window._show_now()
    assert (days, age.text()) == ([date(2026, 11, 26)], "Read Tue 24 Nov 23:50, old")
    window.allow_close()


CHRISTMAS_DAY = QDate(2026, 12, 25)


@THEMES
def test_a_public_holiday_is_red_like_a_sunday(month: Month, theme: Theme) -> None:
    month.setCurrentPage(2026, 12)
    assert any(QColor(c).red() > QColor(c).blue() + 60 for c in colours(month, CHRISTMAS_DAY))
    assert not any(QColor(c).red() > QColor(c).blue() + 60 for c in colours(month, QDate(2026, 12, 24)))


@THEMES
def test_days_with_free_time_have_a_bar_by_how_much_there_is(month: Month, theme: Theme) -> None:
    month.show_free({date(2026, 11, 25): 40, date(2026, 11, 26): 5, date(2026, 11, 27): 0, date(2026, 11, 28): None})

    def bar(day: int) -> int:
        image = QImage(36, 20, QImage.Format.Format_RGB32)
        image.fill(QColor(theme.ground))
        with QPainter(image) as painter:
            month.paintCell(painter, QRect(0, 0, 36, 20), QDate(2026, 11, day))
        return sum(image.pixelColor(x, 17).name().upper() == theme.free_edge for x in range(36))

    assert bar(25) > bar(26) > 0
    assert bar(27) == bar(28) == 0


@pytest.mark.parametrize("theme", [LIGHT])
def test_the_chosen_day_of_the_month_is_said_with_its_holiday_and_what_is_free(month: Month) -> None:
    month.show_free({date(2026, 12, 25): 0, date(2026, 12, 28): 7})
    view = month.findChild(QTableView)
    assert view is not None
    month.setSelectedDate(CHRISTMAS_DAY)
    assert view.accessibleDescription() == "Friday 25 December 2026, Christmas Day, none free"
    month.setSelectedDate(QDate(2026, 12, 28))
    assert view.accessibleDescription() == "Monday 28 December 2026, 7 free times"
    month.setSelectedDate(QDate(2026, 12, 29))
    assert view.accessibleDescription().endswith("not loaded")


def test_the_month_weighs_what_is_loaded_of_the_chosen_service(qtbot: QtBot) -> None:
    day = date(2026, 11, 24)
    clinic = made_up.clinic(2)
    store = BookStore(Snapshot(View(day), OSLO), StoppedClock(datetime(2026, 11, 24, 6, tzinfo=UTC)))
    window = MainWindow(store, LIGHT, "en")
    qtbot.addWidget(window)
    window.show()
    store.apply(ClinicLoaded((clinic.care_unit,), clinic))
    slots = (made_up.slot(day, 540, 20), made_up.slot(day, 540, 40, service="s1"), made_up.slot(day, 600, 20))
    answer = LoadedSlots((), datetime(2026, 11, 24, 6, tzinfo=UTC), 1)
    store.apply(TimeslotsLoaded("unit", None, {(day, "r0"): slots, (day, "r1"): ()}, answer))
    month = window.findChild(Month)
    assert month is not None
    qtbot.waitUntil(lambda: "2 free times" in month._days.accessibleDescription())
    store.apply(ViewMoved(View(day, service_id="s1")))
    qtbot.waitUntil(lambda: "1 free time" in month._days.accessibleDescription())
    store.apply(ViewMoved(View(day.replace(day=25))))
    qtbot.waitUntil(lambda: "not loaded" in month._days.accessibleDescription())
    window.allow_close()


def test_a_holiday_is_named_in_red_above_the_book(qtbot: QtBot) -> None:
    store = BookStore(Snapshot(View(date(2026, 12, 24)), OSLO), StoppedClock(datetime(2026, 12, 24, 6, tzinfo=UTC)))
    window = MainWindow(store, LIGHT, "en")
    qtbot.addWidget(window)
    window.show()
    clinic = made_up.clinic(1)
    store.apply(ClinicLoaded((clinic.care_unit,), clinic))
    title = window.top_bar._title
    assert (title.accessibleName(), title.property("holiday")) == ("Thursday 24 December 2026", None)
    store.apply(ViewMoved(View(date(2026, 12, 25))))
    assert (title.accessibleName(), title.property("holiday")) == ("Friday 25 December 2026 · Christmas Day", True)
    window.allow_close()

"""The week of many people: counts to look at, walk through and open, by pointer, keyboard and screen reader."""

from dataclasses import replace
from datetime import date

import made_up_days as made_up
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from receptionapp.domain.layout import Page, ResourceDay
from ui.book.times import TimesView
from ui.book.view import BookArea, BookView
from ui.theme import LIGHT

MONDAY = date(2026, 11, 23)


@pytest.fixture
def area(qtbot: QtBot) -> BookArea:
    made = BookArea(BookView(LIGHT), TimesView(LIGHT), LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def a_week(resources: int) -> Page:
    """Everybody has three free times a day; the second is not loaded on Wednesday."""
    page = made_up.busy_page(days=5, resources=resources, first=MONDAY)
    columns = [
        ResourceDay(c.day, c.resource_id, tuple(made_up.slot(c.day, 540 + 30 * n, 30, c.resource_id) for n in range(3)))
        for c in page.columns
    ]
    unknown = 2 * resources + 1
    columns[unknown] = replace(columns[unknown], timeslots=None)
    return replace(page, columns=tuple(columns))


def opened(area: BookArea) -> list[tuple[date, str]]:
    found: list[tuple[date, str]] = []
    area.day_wanted.connect(lambda day, resource: found.append((day, resource)))
    return found


@pytest.mark.parametrize(("resources", "counted"), [(3, False), (4, True), (30, True)])
def test_the_week_of_more_than_three_people_is_counted(area: BookArea, resources: int, counted: bool) -> None:
    area.show_page(a_week(resources))
    assert (area.currentWidget() is area.matrix) is counted


def test_up_to_five_can_have_it_as_a_grid(area: BookArea) -> None:
    area.show_page(a_week(5))
    area.show_week_in_full(True)
    assert isinstance(area.currentWidget(), BookView)
    area.show_page(a_week(6))
    assert area.currentWidget() is area.matrix


def test_arrows_move_and_enter_opens_that_person_on_that_day(area: BookArea) -> None:
    area.show_page(a_week(4))
    wanted = opened(area)
    area.take_focus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(area.matrix, key)
    assert wanted == [(MONDAY.replace(day=24), "r2")]


def test_a_click_opens_it_too(area: BookArea) -> None:
    area.show_page(a_week(4))
    wanted = opened(area)
    where = area.matrix.visualRect(area.matrix.model().index(1, 4)).center()
    QTest.mouseClick(area.matrix.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert wanted == [(MONDAY.replace(day=27), "r1")]


def test_the_opened_day_has_the_keyboard_on_that_person(area: BookArea) -> None:
    area.show_page(made_up.busy_page(resources=4))
    area.go_to("r2", made_up.TUESDAY)
    grid = area.currentWidget()
    assert isinstance(grid, BookView)
    assert grid.current is not None
    assert grid.current[0] == 2


def test_the_cursor_stays_where_it_is_when_the_same_week_arrives_again(area: BookArea) -> None:
    area.show_page(a_week(4))
    area.matrix.setCurrentIndex(area.matrix.model().index(2, 3))
    area.show_page(a_week(4))
    assert (area.matrix.currentIndex().row(), area.matrix.currentIndex().column()) == (2, 3)


def test_a_screen_reader_hears_who_when_and_how_much(area: BookArea) -> None:
    area.show_page(a_week(4))
    table = QAccessible.queryAccessibleInterface(area.matrix)
    said = {table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())}
    assert "Ane Ødegård, Tuesday 24 November, Free times: 3. Appointments: 0. 0 % booked" in said
    assert "Bo Lindqvist, Wednesday 25 November, Not loaded" in said


def test_the_bar_never_guesses_what_is_booked_elsewhere(area: BookArea) -> None:
    page = a_week(4)
    ours = (made_up.appointment(1, made_up.slot(MONDAY, 720, 30)),)
    area.show_page(replace(page, columns=(replace(page.columns[0], appointments=ours), *page.columns[1:])))
    tip = area.matrix.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "25 % booked" in tip
    assert "What others booked is not known." in tip


def test_the_list_can_be_seen_in_a_counted_week_and_left_again(area: BookArea) -> None:
    area.show_page(a_week(4))
    area.show_list(True)
    assert area.currentWidget() is area.list
    area.show_list(False)
    assert area.currentWidget() is area.matrix

"""The book as a list: the same as the grid, row by row."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.layout import FreeCell, Page, ResourceDay, ViewSpan
from tests.ui.book import made_up_days as made_up
from ui.book.list_view import Column, ListModel, ListView
from ui.book.times import TimesView
from ui.book.view import BookArea, BookView
from ui.theme import LIGHT

DAY = made_up.TUESDAY
NINE, TEN = 9 * 60, 10 * 60
KARI = made_up.appointment(0, made_up.slot(DAY, NINE + 20, 20))
OLA = made_up.appointment(1, made_up.slot(DAY, NINE, 20, "r2"), Standing.AWAITING_CODE)


def small_page(**changes: object) -> Page:
    columns = (
        ResourceDay(DAY, "r0", (made_up.slot(DAY, NINE, 20), made_up.slot(DAY, TEN, 20)), (KARI,)),
        ResourceDay(DAY, "r1", None),
        ResourceDay(DAY, "r2", (made_up.slot(DAY, TEN, 20, "r2"), made_up.slot(DAY, TEN, 40, "r2", "s1")), (OLA,)),
    )
    return Page(made_up.clinic(3), made_up.OSLO, ViewSpan.DAY, columns)


class Told:
    def __init__(self, view: ListView | BookArea) -> None:
        self.cells: list[FreeCell] = []
        self.keys: list[object] = []
        self.activated: list[object] = []
        self.cleared = 0
        view.cell_chosen.connect(self.cells.append)
        view.appointment_chosen.connect(self.keys.append)
        (view.activated_ if isinstance(view, ListView) else view.activated).connect(self.activated.append)
        view.selection_cleared.connect(self._clear)

    def _clear(self) -> None:
        self.cleared += 1


@pytest.fixture
def view(qtbot: QtBot) -> ListView:
    made = ListView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_page(small_page())
    return made


@pytest.fixture
def told(view: ListView) -> Told:
    return Told(view)


def texts(view: ListView, column: Column) -> list[str]:
    model = view.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def press(view: ListView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view, key)


def test_the_model_is_sound(qtmodeltester: Callable[[QAbstractItemModel], None]) -> None:
    model = ListModel(LIGHT)
    model.show_page(made_up.busy_page())
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_rows_are_in_the_order_of_the_clock_and_tell_what_the_grid_tells(view: ListView) -> None:
    assert texts(view, Column.TIME) == [
        "–",
        "09:00–09:20",
        "09:00–09:20",
        "09:20–09:40",
        "10:00–10:20",
        "10:00–10:40",
    ]
    assert texts(view, Column.STATUS) == ["Not loaded", "Free", "Awaiting code", "Booked", "Free", "Free"]
    assert texts(view, Column.PATIENT)[2:4] == [
        f"{own.person.full_name}, born {own.person.birth_date:%d.%m.%Y}" for own in (OLA, KARI)
    ]
    assert texts(view, Column.SERVICE)[1] == "Konsultasjon, 20 min"
    assert texts(view, Column.SERVICE)[5] == "Konsultasjon, Utvidet konsultasjon"


def test_time_that_is_not_loaded_is_named_and_cannot_be_chosen(view: ListView, told: Told) -> None:
    assert texts(view, Column.RESOURCE)[0] == "Bo Lindqvist"
    press(view, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert (told.cells, told.keys, told.activated) == ([], [], [])


def test_a_row_is_read_aloud_as_one_sentence(view: ListView) -> None:
    said = view.model().index(3, Column.TIME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Kari Nordmann" in said
    assert "Ane Ødegård" in said


def test_space_chooses_and_enter_goes_on(view: ListView, told: Told) -> None:
    press(view, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert [cell.start for cell in told.cells] == [made_up.at(DAY, NINE)]
    assert told.activated == []
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert told.keys == [OLA.key]
    assert told.activated == [OLA.key]
    assert view.selected == OLA


def test_a_click_chooses_and_a_double_click_goes_on(view: ListView, told: Told) -> None:
    point = view.visualRect(view.model().index(3, Column.PATIENT)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.keys == [KARI.key]
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.activated == [KARI.key]


def test_esc_chooses_nothing(view: ListView, told: Told) -> None:
    view.select_appointment(KARI.key)
    press(view, Qt.Key.Key_Escape)
    assert view.selected is None
    assert told.cleared == 1


def test_the_mark_stays_on_what_it_was_on(view: ListView) -> None:
    view.select_appointment(KARI.key)
    page = small_page()
    earlier = ResourceDay(DAY, "r1", (made_up.slot(DAY, 8 * 60, 20, "r1"),))
    view.show_page(Page(page.clinic, page.zone, page.span, (page.columns[0], earlier, page.columns[2])))
    assert view.model().index(view.currentIndex().row(), Column.PATIENT).data().startswith("Kari Nordmann")
    assert view.selected == KARI


def test_the_day_is_told_where_there_are_several(view: ListView) -> None:
    assert view.isColumnHidden(Column.DAY)
    page = small_page()
    view.show_page(Page(page.clinic, page.zone, ViewSpan.WEEK, page.columns[:1]))
    assert not view.isColumnHidden(Column.DAY)


def test_grid_and_list_hand_over_what_is_chosen_and_the_keyboard(qtbot: QtBot) -> None:
    grid = BookView(LIGHT)
    area = BookArea(grid, TimesView(LIGHT), LIGHT)
    qtbot.addWidget(area)
    area.resize(900, 500)
    area.show()
    area.activateWindow()
    assert QTest.qWaitForWindowActive(area)
    area.show_page(small_page())
    told = Told(area)
    grid.setFocus()
    assert area.select_cell("r2", DAY, made_up.at(DAY, TEN))
    area.show_list(True)
    assert isinstance(area.list.selected, FreeCell)
    assert area.list.selected.resource_id == "r2"
    assert QApplication.focusWidget() is area.list
    area.list.select_appointment(KARI.key)
    area.show_list(False)
    assert isinstance(grid.selected, OwnAppointment)
    assert QApplication.focusWidget() is grid
    assert told.cells == []


def test_a_hidden_list_makes_no_rows(qtbot: QtBot) -> None:
    area = BookArea(BookView(LIGHT), TimesView(LIGHT), LIGHT)
    qtbot.addWidget(area)
    area.show()
    area.show_page(made_up.busy_page(days=5, resources=20))
    assert area.list.model().rowCount() == 0
    area.show_list(True)
    assert area.list.model().rowCount() > 1000

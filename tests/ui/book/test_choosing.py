"""Choosing in the book by pointer and by keyboard: what is emitted, what stays, what is left to the window."""

from dataclasses import replace

import made_up_days as made_up
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.layout import FreeCell, Page, ResourceDay, ViewSpan
from ui.book.view import BookView

DAY = made_up.TUESDAY
NINE, TEN, LATER = 9 * 60, 10 * 60, 10 * 60 + 40
KARI = made_up.appointment(0, made_up.slot(DAY, NINE + 20, 20))
OLA = made_up.appointment(1, made_up.slot(DAY, NINE, 20, "r2"))


def small_page(*, taken: bool = False) -> Page:
    """Three resources: free 9:00, Kari 9:20, free 10:00; nothing; Ola 9:00, free 10:40."""
    free = [made_up.slot(DAY, NINE, 20), made_up.slot(DAY, TEN, 20)]
    own = [KARI]
    if taken:
        own.append(made_up.appointment(2, free.pop(0)))
    columns = (
        ResourceDay(DAY, "r0", tuple(free), tuple(own)),
        ResourceDay(DAY, "r1", ()),
        ResourceDay(DAY, "r2", (made_up.slot(DAY, LATER, 20, "r2"),), (OLA,)),
    )
    return Page(made_up.clinic(3), made_up.OSLO, ViewSpan.DAY, columns, "s0")


class Told:
    """What a book has told."""

    def __init__(self, book: BookView) -> None:
        self.cells: list[FreeCell] = []
        self.keys: list[object] = []
        self.activated: list[object] = []
        book.cell_chosen.connect(self.cells.append)
        book.appointment_chosen.connect(self.keys.append)
        book.activated.connect(self.activated.append)


@pytest.fixture
def told(book: BookView) -> Told:
    book.show_page(small_page())
    return Told(book)


def spot(book: BookView, column: int, minutes: int) -> QPoint:
    """The middle of what begins at `minutes` in a column."""
    assert book.contents is not None
    item = next(item for item in book.contents.items(column) if item.top == minutes)
    return book.item_rect(column, item).center()


def click(book: BookView, point: QPoint) -> None:
    QTest.mouseClick(book.viewport(), Qt.MouseButton.LeftButton, pos=point)


def press(book: BookView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(book, key)


def test_a_click_on_free_time_chooses_its_cell(book: BookView, told: Told) -> None:
    click(book, spot(book, 0, TEN))
    assert [cell.start for cell in told.cells] == [made_up.at(DAY, TEN)]
    assert book.selected == told.cells[0]


def test_a_click_on_an_appointment_chooses_it_by_its_key(book: BookView, told: Told) -> None:
    click(book, spot(book, 0, NINE + 20))
    assert told.keys == [KARI.key]
    assert book.selected == KARI


def test_a_click_on_time_that_is_not_offered_changes_nothing(book: BookView, told: Told) -> None:
    click(book, spot(book, 0, TEN))
    click(book, QPoint(book.viewport().width() // 2, 200))
    assert len(told.cells) == 1
    assert book.selected == told.cells[0]


def test_a_press_is_taken_back_by_moving_away(book: BookView, told: Told) -> None:
    QTest.mousePress(book.viewport(), Qt.MouseButton.LeftButton, pos=spot(book, 0, TEN))
    QTest.mouseRelease(book.viewport(), Qt.MouseButton.LeftButton, pos=spot(book, 0, NINE))
    assert told.cells == []


def test_a_double_click_activates(book: BookView, told: Told) -> None:
    point = spot(book, 0, TEN)
    click(book, point)
    QTest.mouseDClick(book.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.activated == [told.cells[0]]


def test_arrows_walk_a_column_by_time_and_enter_chooses(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert told.keys == [KARI.key]
    press(book, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert told.cells[-1].start == made_up.at(DAY, TEN)
    assert told.activated == [KARI.key, told.cells[-1]]


def test_space_chooses_without_activating(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert len(told.cells) == 1
    assert told.activated == []


def test_arrows_go_to_the_nearest_time_of_the_next_column_that_has_any(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert told.cells[-1].resource_id == "r2"
    press(book, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert told.cells[-1].start == made_up.at(DAY, NINE)


def test_the_cursor_stops_at_the_edges(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert told.cells[-1].start == made_up.at(DAY, NINE)


def test_home_and_end_go_to_the_ends_of_the_column_and_with_ctrl_of_the_book(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Space)
    assert told.cells[-1].start == made_up.at(DAY, TEN)
    QTest.keyClick(book, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(book, Qt.Key.Key_Space)
    assert told.cells[-1].start == made_up.at(DAY, LATER)
    QTest.keyClick(book, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    press(book, Qt.Key.Key_Space)
    assert told.cells[-1].start == made_up.at(DAY, NINE)


def test_the_cursor_enters_near_the_present(book: BookView, told: Told) -> None:
    book.set_now(made_up.at(DAY, NINE + 55))
    press(book, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert told.cells[-1].start == made_up.at(DAY, TEN)


def test_escape_clears_the_selection_once_and_no_more(book: BookView, told: Told, qtbot: QtBot) -> None:
    click(book, spot(book, 0, TEN))
    with qtbot.waitSignal(book.selection_cleared):
        press(book, Qt.Key.Key_Escape)
    assert book.selected is None
    with qtbot.assertNotEmitted(book.selection_cleared):
        press(book, Qt.Key.Key_Escape)


def test_tab_leaves_the_book(book: BookView) -> None:
    window = QWidget()
    field = QLineEdit()
    row = QHBoxLayout(window)
    row.addWidget(book)
    row.addWidget(field)
    window.show()
    window.activateWindow()
    book.setFocus()
    press(book, Qt.Key.Key_Tab)
    assert window.focusWidget() is field
    book.setParent(None)  # each belongs to whoever closes it
    window.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_stepping_through_days_is_left_to_the_window(book: BookView, told: Told, key: Qt.Key) -> None:
    class Window(QWidget):
        keys: list[int]

        def keyPressEvent(self, event: QKeyEvent) -> None:
            self.keys.append(event.key())

    window = Window()
    window.keys = []
    QHBoxLayout(window).addWidget(book)
    QTest.keyClick(book, key, Qt.KeyboardModifier.AltModifier)
    assert window.keys[-1] == key
    book.setParent(None)  # each belongs to whoever closes it
    window.close()


# What stays


def test_the_selection_stays_when_the_same_days_arrive_again(book: BookView, told: Told) -> None:
    click(book, spot(book, 0, TEN))
    book.show_page(small_page())
    assert isinstance(book.selected, FreeCell)
    assert book.selected.start == made_up.at(DAY, TEN)


def test_the_selection_follows_its_start_when_the_time_is_booked(book: BookView, told: Told) -> None:
    assert book.select_cell("r0", DAY, made_up.at(DAY, NINE))
    book.show_page(small_page(taken=True))
    assert isinstance(book.selected, OwnAppointment)
    assert book.selected.start == made_up.at(DAY, NINE)


def test_a_chosen_time_that_is_gone_is_not_replaced_by_another(book: BookView, told: Told) -> None:
    book.select_cell("r0", DAY, made_up.at(DAY, TEN))
    page = small_page()
    book.show_page(replace(page, columns=(replace(page.columns[0], timeslots=()), *page.columns[1:])))
    assert book.selected is None
    book.show_page(page)
    assert book.selected is not None


def test_the_cursor_goes_on_from_where_a_time_was(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down)
    page = small_page()
    book.show_page(replace(page, columns=(replace(page.columns[0], timeslots=()), *page.columns[1:])))
    press(book, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert told.keys == [KARI.key]


def test_the_cursor_keeps_its_resource_and_time_of_day_on_another_day(book: BookView, told: Told) -> None:
    press(book, Qt.Key.Key_Down, Qt.Key.Key_End)
    other = made_up.busy_page(resources=3, service=0, first=DAY.replace(day=25))
    book.show_page(other)
    press(book, Qt.Key.Key_Down)
    assert book.current is not None
    index, item = book.current
    assert other.columns[index].resource_id == "r0"
    assert abs(item.top - TEN) <= 60


def test_scrolling_stays_when_the_same_days_arrive_again(book: BookView, told: Told) -> None:
    book.unfold(True)
    for _ in range(4):
        book.zoom_in()
    book.verticalScrollBar().setValue(333)
    book.show_page(small_page(taken=True))
    assert book.verticalScrollBar().value() == 333


def test_earlier_hours_that_appear_do_not_move_the_time_in_sight(book: BookView, told: Told) -> None:
    book.unfold(True)
    for _ in range(4):
        book.zoom_in()
    book.verticalScrollBar().setValue(333)
    before = spot(book, 0, TEN).y()
    page = small_page()
    early = replace(page.columns[1], timeslots=(made_up.slot(DAY, 5 * 60, 20, "r1"),))
    book.show_page(replace(page, columns=(page.columns[0], early, page.columns[2])))
    assert abs(spot(book, 0, TEN).y() - before) <= 1


def test_a_wide_week_is_opened_at_today_and_stays_where_it_is_scrolled_to(book: BookView) -> None:
    week = made_up.busy_page(days=5, resources=10, first=DAY.replace(day=23))
    book.set_now(made_up.at(DAY, TEN))
    book.show_page(made_up.busy_page(resources=10))
    book.show_page(week)
    today = book.column_rect(10)
    assert today.left() == 0
    book.horizontalScrollBar().setValue(40)
    book.show_page(week)
    assert book.horizontalScrollBar().value() == 40


# Asked for by the window


def test_choosing_by_the_window_tells_nobody_and_scrolls_there(book: BookView, told: Told) -> None:
    book.unfold(True)
    for _ in range(5):
        book.zoom_in()
    book.verticalScrollBar().setValue(0)
    assert book.select_appointment(OLA.key)
    assert book.selected == OLA
    assert told.keys == []
    assert book.viewport().rect().contains(spot(book, 2, NINE))


def test_choosing_what_is_not_there_is_refused(book: BookView, told: Told) -> None:
    assert not book.select_cell("r1", DAY, made_up.at(DAY, NINE))
    assert not book.select_appointment(made_up.appointment(99, KARI.timeslot).key)
    assert book.selected is None


def test_a_refused_booking_is_not_in_the_book(book: BookView, told: Told) -> None:
    refused = replace(KARI, standing=Standing.REFUSED)
    page = small_page()
    book.show_page(replace(page, columns=(replace(page.columns[0], appointments=(refused,)), *page.columns[1:])))
    assert not book.select_appointment(KARI.key)


# Zoom


def test_the_whole_day_of_eight_resources_is_in_sight_at_1080p(book: BookView) -> None:
    book.resize(1920, 1000)
    book.show_page(made_up.busy_page())
    assert book.verticalScrollBar().maximum() == 0
    assert book.horizontalScrollBar().maximum() == 0


def test_eight_resources_fit_in_a_panel_of_900_pixels(book: BookView) -> None:
    book.resize(900, 800)
    book.show_page(made_up.busy_page())
    assert book.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("resources", [1, 12])
def test_an_appointment_ends_where_free_time_does(book: BookView, resources: int) -> None:
    book.show_page(made_up.busy_page(days=5, resources=resources))
    assert book.contents is not None
    alone = [item for item in book.contents.items(0) if item.lane.count == 1]
    own = next(i for i in alone if isinstance(i.what, OwnAppointment) and i.what.standing.takes_time)
    free = next(i for i in alone if not isinstance(i.what, OwnAppointment))
    assert book.item_rect(0, own).right() == book.item_rect(0, free).right()


def test_a_day_is_squeezed_before_it_is_scrolled_sideways(book: BookView) -> None:
    book.show_page(made_up.busy_page(resources=12))
    assert book.horizontalScrollBar().maximum() == 0
    book.show_page(made_up.busy_page(resources=30))
    assert book.column_rect(0).width() > 1000 // 12


def test_zooming_in_ends_at_five_minutes_a_row_and_back_at_the_whole_day(book: BookView, told: Told) -> None:
    book.resize(1920, 1000)
    for _ in range(12):
        book.zoom_in()
    assert book.contents is not None
    five_minutes = book.item_rect(0, book.contents.items(0)[0]).height() / 4
    assert five_minutes >= book.fontMetrics().height() * 0.9
    for _ in range(12):
        book.zoom_out()
    assert book.verticalScrollBar().maximum() == 0


def test_zooming_by_keys_and_back(book: BookView, told: Told, qtbot: QtBot) -> None:
    fitted = spot(book, 0, TEN)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Plus):
        QTest.keyClick(book, key, Qt.KeyboardModifier.ControlModifier)
    assert book.verticalScrollBar().maximum() > 0
    QTest.keyClick(book, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: spot(book, 0, TEN) == fitted)  # Qt hides the scroll bar a moment later


def test_the_hours_shown_widen_to_what_is_there(book: BookView, told: Told) -> None:
    late = ResourceDay(DAY, "r0", (made_up.slot(DAY, 20 * 60, 45),))
    book.show_page(replace(small_page(), columns=(late,)))
    rect = book.item_rect(0, book.contents.items(0)[0]) if book.contents else None
    assert rect is not None
    assert rect.bottom() < book.viewport().height() + book.verticalScrollBar().maximum()

"""A day as rows of times: all in sight, nothing grey, and worked as the grid is."""

from dataclasses import replace

import made_up_days as made_up
import pytest
from practice_pages import practice_pages
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.layout import FreeCell, Page, ResourceDay, ViewSpan
from ui.book.times import TimesView
from ui.book.view import BookArea, BookView
from ui.theme import DARK, LIGHT, Theme

DAY = made_up.TUESDAY
ROOM = 870, 750  # what a window of 1440×900 leaves the book beside its panels, in practice mode


@pytest.fixture
def times(qtbot: QtBot) -> TimesView:
    view = TimesView(LIGHT)
    qtbot.addWidget(view)
    view.resize(*ROOM)
    view.show()
    return view


def small_page() -> Page:
    """Ane is free at nine and ten, with Kari between; Bo has nothing; Kari Sæther is free at half past ten."""
    own = made_up.appointment(0, made_up.slot(DAY, 560, 20))
    columns = (
        ResourceDay(DAY, "r0", (made_up.slot(DAY, 540, 20), made_up.slot(DAY, 600, 20)), (own,)),
        ResourceDay(DAY, "r1", ()),
        ResourceDay(DAY, "r2", (made_up.slot(DAY, 630, 20, "r2"),)),
    )
    return Page(made_up.clinic(3), made_up.OSLO, ViewSpan.DAY, columns)


def spot(view: TimesView, column: int, minutes: int) -> QPoint:
    assert view.contents is not None
    item = next(item for item in view.contents.items(column) if item.top == minutes)
    return view.item_rect(column, item).center()


def test_on_forty_days_of_the_practice_clinic_everything_is_in_sight_without_scrolling(times: TimesView) -> None:
    for page in practice_pages(40, one_service=False):
        times.show_page(page)
        assert times.contents is not None
        for index, item in times.contents.sequence:
            assert times.viewport().rect().contains(times.item_rect(index, item)), page.columns[0].day
        assert times.verticalScrollBar().maximum() == 0


def test_nothing_lies_over_anything_else(times: TimesView) -> None:
    times.show_page(made_up.busy_page())
    assert times.contents is not None
    rects = [times.item_rect(index, item) for index, item in times.contents.sequence]
    assert not any(one.intersects(other) for n, one in enumerate(rects) for other in rects[:n])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_is_grey(qtbot: QtBot, theme: Theme) -> None:
    view = TimesView(theme)
    qtbot.addWidget(view)
    view.resize(*ROOM)
    view.show_page(small_page())
    image = view.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 2) for y in range(image.height())}
    assert theme.not_offered not in colours
    assert theme.free in colours


def test_left_and_right_go_through_a_persons_times_and_down_to_the_next_person(times: TimesView) -> None:
    cells: list[FreeCell] = []
    keys: list[object] = []
    times.cell_chosen.connect(cells.append)
    times.appointment_chosen.connect(keys.append)
    times.show_page(small_page())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(times, key)
    assert keys == [made_up.appointment(0, made_up.slot(DAY, 560, 20)).key]
    assert cells[-1].start == made_up.at(DAY, 600)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(times, key)
    assert (cells[-1].resource_id, cells[-1].start) == ("r2", made_up.at(DAY, 630))


def test_a_click_chooses_and_marks(times: TimesView) -> None:
    cells: list[FreeCell] = []
    times.cell_chosen.connect(cells.append)
    times.show_page(small_page())
    before = times.viewport().grab().toImage()
    QTest.mouseClick(times.viewport(), Qt.MouseButton.LeftButton, pos=spot(times, 0, 600))
    assert [cell.start for cell in cells] == [made_up.at(DAY, 600)]
    assert times.viewport().grab().toImage() != before


@pytest.mark.parametrize(("target", "dropped"), [((0, 600), True), ((0, 540), True), ((1, 630), True)])
def test_an_appointment_is_dragged_onto_a_free_time(times: TimesView, target: tuple[int, int], dropped: bool) -> None:
    moves: list[tuple[OwnAppointment, FreeCell]] = []
    times.move_proposed.connect(lambda own, cell: moves.append((own, cell)))
    times.dragging.may_move = bool
    page = small_page()
    service = page.columns[0].appointments[0].timeslot.healthcare_service_id
    assert service == "s0"
    times.show_page(page)
    at, to = spot(times, 0, 560), spot(times, *target)
    QTest.mousePress(times.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(times.viewport(), at + QPoint(0, 15))
    QTest.mouseMove(times.viewport(), to)
    QTest.mouseRelease(times.viewport(), Qt.MouseButton.LeftButton, pos=to)
    assert bool(moves) is dropped
    assert moves[0][1].start == made_up.at(DAY, target[1])


def test_a_screen_reader_finds_people_and_their_times(times: TimesView) -> None:
    QAccessible.setActive(True)
    times.show_page(small_page())
    tree = QAccessible.queryAccessibleInterface(times)
    people = [tree.child(n) for n in range(tree.childCount())]
    said = [person.text(QAccessible.Text.Name) for person in people]
    first = [people[0].child(n).text(QAccessible.Text.Name) for n in range(people[0].childCount())]
    QAccessible.setActive(False)
    assert said[:2] == ["Ane Ødegård, Tuesday 24 November", "Kari Sæther-Nygård, Tuesday 24 November"]
    assert said[2].startswith("1 without free times")
    assert first[0] == "Tuesday 24 November 09:00 to 09:20, Ane Ødegård, free, Konsultasjon 20 minutes"
    assert len(first) == 3


def test_what_is_chosen_stays_chosen_in_the_grid_the_times_and_the_list(qtbot: QtBot) -> None:
    area = BookArea(BookView(LIGHT), TimesView(LIGHT), LIGHT)
    qtbot.addWidget(area)
    area.resize(*ROOM)
    area.show()
    area.show_page(small_page())
    assert area.select_cell("r2", DAY, made_up.at(DAY, 630))
    for show in (area.show_times, area.show_list):
        show(True)
        chosen = area.current
        assert isinstance(chosen, FreeCell)
        assert (chosen.resource_id, chosen.start) == ("r2", made_up.at(DAY, 630))
    assert area.currentWidget() is area.list
    area.show_list(False)
    assert area.currentWidget() is area.times
    week = replace(made_up.busy_page(days=5, resources=2), span=ViewSpan.WEEK)
    area.show_page(week)
    assert isinstance(area.currentWidget(), BookView)
    assert area.currentWidget() is not area.times


def test_a_day_without_room_is_scrolled(times: TimesView) -> None:
    times.resize(400, 200)
    times.show_page(made_up.busy_page())
    bar = times.verticalScrollBar()
    assert isinstance(bar, QScrollBar)
    assert bar.maximum() > 0
    QTest.keyClick(times, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() > 0

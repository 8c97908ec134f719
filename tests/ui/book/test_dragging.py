"""Moving by drag: a threshold, a way back, a refusal where the time is not free, and never more than a proposal."""

from dataclasses import replace

import made_up_days as made_up
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from ui.book.view import BookView

DAY = made_up.TUESDAY
NINE, TEN, ELEVEN, NOON = 540, 600, 660, 720
OWN = made_up.appointment(0, made_up.slot(DAY, NINE, 40, "r0", "s0"))


@pytest.fixture
def day(book: BookView) -> BookView:
    """Ours at 9 with Ane; Bo is free for the same service at 10 and 12, for another one at 11."""
    free = tuple(
        made_up.slot(DAY, start, 40, "r1", service) for start, service in ((TEN, "s0"), (ELEVEN, "s1"), (NOON, "s0"))
    )
    columns = (ResourceDay(DAY, "r0", (), (OWN,)), ResourceDay(DAY, "r1", free), ResourceDay(DAY, "r2"))
    book.show_page(Page(made_up.clinic(3), made_up.OSLO, ViewSpan.DAY, columns))
    book.dragging.may_move = lambda _own: True
    return book


def middle(book: BookView, column: int, minutes: int) -> QPoint:
    assert book.contents is not None
    return book.item_rect(column, next(i for i in book.contents.items(column) if i.top == minutes)).center()


def drag(book: BookView, to: QPoint, *, let_go: bool = True) -> None:
    at = middle(book, 0, NINE)
    QTest.mousePress(book.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(book.viewport(), at + QPoint(30, 0))
    QTest.mouseMove(book.viewport(), to)
    if let_go:
        QTest.mouseRelease(book.viewport(), Qt.MouseButton.LeftButton, pos=to)


def test_a_drop_on_a_free_time_of_its_service_proposes_the_move(day: BookView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(day.move_proposed) as told, qtbot.assertNotEmitted(day.appointment_chosen):
        drag(day, middle(day, 1, NOON))
    own, cell = told.args
    assert own == OWN
    assert cell.start == made_up.at(DAY, NOON)
    assert not day.dragging.active


@pytest.mark.parametrize(
    ("column", "minutes", "words"),
    [(1, ELEVEN + 20, "Not free for this service"), (1, 900, "Not offered"), (2, TEN, "Not loaded")],
)
def test_a_time_that_is_not_free_for_it_is_marked_and_refuses(
    day: BookView, qtbot: QtBot, column: int, minutes: int, words: str
) -> None:
    geometry = day._scene.geometry
    assert geometry is not None
    spot = QPoint(geometry.column_rect(column).center().x(), geometry.y(minutes) - day._scene.top)
    drag(day, spot, let_go=False)
    carried = day._scene.drop_target
    assert carried is not None
    assert (carried.words, carried.cell) == (words, None)
    with qtbot.assertNotEmitted(day.move_proposed):
        QTest.mouseRelease(day.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_escape_stops(day: BookView, qtbot: QtBot) -> None:
    to = middle(day, 1, NOON)
    before = day.viewport().grab().toImage()
    drag(day, to, let_go=False)
    assert day.viewport().grab().toImage() != before
    QTest.keyClick(day, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(day.move_proposed):
        QTest.mouseRelease(day.viewport(), Qt.MouseButton.LeftButton, pos=to)


def test_a_trembling_hand_only_clicks(day: BookView, qtbot: QtBot) -> None:
    at = middle(day, 0, NINE)
    with qtbot.waitSignal(day.appointment_chosen), qtbot.assertNotEmitted(day.move_proposed):
        QTest.mousePress(day.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(day.viewport(), at + QPoint(3, 2))
        QTest.mouseRelease(day.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(3, 2))


def test_what_cannot_be_moved_cannot_be_dragged(day: BookView, qtbot: QtBot) -> None:
    day.dragging.may_move = lambda _own: False
    with qtbot.assertNotEmitted(day.move_proposed):
        drag(day, middle(day, 1, NOON))


def test_near_an_edge_the_book_scrolls_on(day: BookView, qtbot: QtBot) -> None:
    for _ in range(5):
        day.zoom_in()
    day.verticalScrollBar().setValue(300)
    drag(day, QPoint(40, day.viewport().height() - 4), let_go=False)
    qtbot.waitUntil(lambda: day.verticalScrollBar().value() > 320)
    day.dragging.stop()


def test_ours_of_another_service_is_refused_there(day: BookView, qtbot: QtBot) -> None:
    other = replace(OWN, timeslot=made_up.slot(DAY, NINE, 40, "r0", "s1"))
    page = day.contents.page if day.contents else None
    assert page is not None
    day.show_page(replace(page, columns=(replace(page.columns[0], appointments=(other,)), *page.columns[1:])))
    with qtbot.assertNotEmitted(day.move_proposed):
        drag(day, middle(day, 1, NOON))
    with qtbot.waitSignal(day.move_proposed):
        drag(day, middle(day, 1, ELEVEN))

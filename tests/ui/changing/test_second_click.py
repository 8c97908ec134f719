"""A second click within the double-click interval: it counts only where the first one hit."""

import asyncio
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from receptionapp.domain.appointment import Standing
from receptionapp.domain.layout import FreeCell
from tests.qt_loop import application
from tests.ui.changing.conftest import Screen
from ui.theme import LIGHT, apply_theme

LEFT = Qt.MouseButton.LeftButton
_stamp = [1_000_000]


def send(kind: QEvent.Type, point: QPoint, buttons: Qt.MouseButton) -> None:
    """To whatever is at that point of the window now, as the window system does."""
    window = QApplication.activeWindow()
    assert window is not None
    widget = window.childAt(window.mapFromGlobal(point))
    assert widget is not None
    local = QPointF(widget.mapFromGlobal(point))
    event = QMouseEvent(kind, local, QPointF(point), LEFT, buttons, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(_stamp[0])
    application().sendEvent(widget, event)


def click(point: QPoint, *, after: int, double: bool = False) -> None:
    """`after` so many ms."""
    _stamp[0] += after
    send(QEvent.Type.MouseButtonDblClick if double else QEvent.Type.MouseButtonPress, point, LEFT)
    send(QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton)


def middle(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().center())


def button(screen: Screen, name: str) -> QPushButton:
    found = screen.window.panel.findChild(QPushButton, name)
    assert found is not None
    return found


async def ready_to_book(screen: Screen) -> QPushButton:
    slot = screen.counter.free()[0]
    screen.counter.desk.navigation.go(slot.start.astimezone(screen.counter.store.snapshot.zone).date())
    screen.window.panel.show_cell(FreeCell(slot.start, slot.end, slot.resource_id, (slot,)))
    screen.window.panel.slot_form.picker.choose(screen.counter.somebody())
    await screen.counter.rest()
    await asyncio.sleep(0)  # what has grown gets its place
    screen.counter.leyr.forget_calls()
    return button(screen, "book")


@pytest.mark.parametrize("offset", [QPoint(0, 0), QPoint(15, 0), QPoint(60, 4)], ids=str)
@pytest.mark.parametrize("double", [False, True])
async def test_a_second_click_on_book_does_not_cancel(screen: Screen, offset: QPoint, double: bool) -> None:
    """Not even where the hand has moved a little, nor where the button that cancels stands there."""
    book = await ready_to_book(screen)
    click(middle(book), after=1000)
    await screen.counter.rest()
    cancel = button(screen, "cancel")
    assert cancel.isVisible()
    assert cancel.isEnabled()
    for point in (middle(book) + offset, middle(cancel)):
        click(point, after=180, double=double)
    await screen.counter.rest()
    assert screen.counter.leyr.calls("POST", "*/appointments")
    assert not screen.counter.leyr.calls("DELETE", "*")
    assert not screen.counter.leyr.calls("POST", "*cancel*")
    [own] = [a for a in screen.counter.store.snapshot.appointments.values() if a.standing is Standing.BOOKED]
    assert screen.window.panel.card.appointment == own


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("larger", [1, 2])
@pytest.mark.parametrize("height", [620, 900])
async def test_cancelling_never_stands_where_a_button_stood_before(screen: Screen, larger: int, height: int) -> None:
    """On the card that follows a booking, a move, or a move that was given up."""
    app, font = application(), application().font()
    apply_theme(app, LIGHT)
    large = app.font()
    large.setPointSizeF(large.pointSizeF() * larger)
    app.setFont(large)
    try:
        screen.window.resize(1440, height)
        panel = screen.window.panel
        before = on_screen(await ready_to_book(screen))
        own = await screen.booked()
        panel.start_move(own)
        slot = screen.counter.free()[0]
        panel.propose_move(own, FreeCell(slot.start, slot.end, slot.resource_id, (slot,)))
        await screen.counter.rest()
        await asyncio.sleep(0)
        stood = [before, *(on_screen(b) for b in panel.move_form.findChildren(QPushButton) if b.isVisible())]
        panel.stop_move()
        await asyncio.sleep(0)
        cancel = button(screen, "cancel")
        assert cancel.isVisible()
        assert not [place for place in stood if place.intersects(on_screen(cancel))]
    finally:
        app.setFont(font)
        app.setStyleSheet("")


async def test_after_the_interval_a_click_counts_again(screen: Screen) -> None:
    book = await ready_to_book(screen)
    click(middle(book), after=1000)
    await screen.counter.rest()
    click(middle(button(screen, "cancel")), after=QApplication.doubleClickInterval() + 1)
    await screen.counter.rest()
    own = screen.window.panel.card.appointment
    assert own is not None
    assert own.standing is Standing.CANCELLED


async def test_who_goes_on_hammering_presses_nothing(screen: Screen) -> None:
    book = await ready_to_book(screen)
    point = middle(book)
    click(point, after=1000)
    await screen.counter.rest()
    for _ in range(6):
        click(middle(button(screen, "cancel")), after=300)
    await screen.counter.rest()
    own = screen.window.panel.card.appointment
    assert own is not None
    assert own.standing is Standing.BOOKED


async def test_two_things_that_both_stand_there_can_be_clicked_quickly(screen: Screen) -> None:
    await screen.booked()
    before = screen.counter.store.snapshot.view.day
    bar = screen.window.top_bar
    buttons = [b for b in bar.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    forward = next(b for b in buttons if b.defaultAction() is screen.window.actions_.next)  # type: ignore[attr-defined]
    back = next(b for b in buttons if b.defaultAction() is screen.window.actions_.previous)  # type: ignore[attr-defined]
    for pressed in (forward, forward, forward, back):
        click(middle(pressed), after=120)
    await screen.counter.rest()
    assert screen.counter.store.snapshot.view.day == before + timedelta(days=2)


async def test_a_double_click_on_one_time_still_goes_on_to_the_panel(screen: Screen) -> None:
    own = await screen.booked()
    book = screen.window.book
    index, item = next(
        (n, item)
        for n in range(len(book.contents.columns))
        for item in book.contents.items(n)
        if getattr(item.what, "key", None) == own.key
    )
    book.move_cursor(index, item)
    point = book.viewport().mapToGlobal(book.item_rect(index, item).center())
    activated: list[object] = []
    screen.window.book_area.activated.connect(activated.append)
    click(point, after=1000)
    click(point, after=100, double=True)
    assert activated == [own.key]


async def test_enter_that_is_held_down_presses_once(screen: Screen) -> None:
    """In the list of people it chooses one, and the button that then has the keyboard is not pressed by it."""
    book = await ready_to_book(screen)
    book.setFocus()
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    application().sendEvent(book, held)
    await screen.counter.rest()
    assert not screen.counter.leyr.calls("POST", "*/appointments")

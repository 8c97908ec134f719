"""A booked time that Leyr offers as free: the strip and the card ask, two buttons answer. And what a move left over."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.open_task import SETTLED_FOR
from tests.services.counter import Counter
from tests.ui.changing.conftest import Screen
from tests.ui.changing.test_tasks_strip import card_button, two
from ui.main_window import MainWindow
from ui.theme import LIGHT


async def cancelled_there(screen: Screen) -> OwnAppointment:
    """Booked here, cancelled in the EHR, and its time read again while its card is on screen."""
    own = await screen.booked()
    screen.choose(own)
    screen.counter.leyr.sandbox.outside.cancel(own.appointment_id)
    screen.counter.clock.now += SETTLED_FOR
    await screen.counter.desk.availability.load_view(again=True)
    return own


async def press(screen: Screen, text: str) -> None:
    QTest.mouseClick(card_button(screen, text), Qt.MouseButton.LeftButton)
    await screen.counter.rest()


async def test_the_strip_and_the_card_ask(screen: Screen) -> None:
    await cancelled_there(screen)
    (line,) = screen.window.tasks_strip.lines
    assert line.startswith("Perhaps cancelled in Konfidens, which offers the time as free again: ")
    assert "offers this time as free again" in screen.window.panel.card._explanation.text()


async def test_gone_frees_it(screen: Screen) -> None:
    own = await cancelled_there(screen)
    await press(screen, "It is gone from Konfidens")
    assert screen.now(own).standing is Standing.CANCELLED
    assert not screen.window.tasks_strip.isVisible()
    assert (await screen.counter.book(own.timeslot)).appointment.standing is Standing.BOOKED


async def test_still_there_leaves_it_with_all_that_can_be_done(screen: Screen) -> None:
    own = await cancelled_there(screen)
    await press(screen, "It is still in Konfidens")
    assert screen.now(own).standing is Standing.BOOKED
    assert not screen.window.tasks_strip.isVisible()
    assert card_button(screen, "Cancel the appointment").isEnabled()


async def test_what_is_left_of_a_move_is_removed_with_the_words_of_the_move(screen: Screen) -> None:
    own = await two(screen)
    screen.choose(own)
    card = screen.window.panel.card
    assert not card.findChild(QComboBox).isVisible()
    await press(screen, "Remove the old appointment")
    assert screen.now(own).cancel_reason == "Moved to another time"


async def test_before_the_desk_is_there_nothing_can_be_pressed_in_vain(counter: Counter) -> None:
    window = MainWindow(counter.store, LIGHT, "en", practice=True)
    window.show()
    form = window.panel.slot_form
    book = next(b for b in form.findChildren(QPushButton) if b.text() == "Book")
    try:
        assert not window.side_panel.isEnabled()
        assert "is being opened" in window.side_panel.toolTip()
        window.panel.show_cell(_any_cell(counter))
        form.picker.choose(counter.somebody())
        assert not book.isEnabled()
        assert "is being opened" in form._warning.text()
        window.attach(counter.desk)
        assert window.side_panel.isEnabled()
        assert book.isEnabled()
    finally:
        window.allow_close()
        window.deleteLater()


def _any_cell(counter: Counter) -> FreeCell:
    slot = counter.free()[0]
    return FreeCell(slot.start, slot.end, slot.resource_id, (slot,))

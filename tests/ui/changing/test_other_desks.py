"""What a receptionist sees of the other desks: a time that somebody works on, and that the shared book is lost."""

from datetime import UTC

from PySide6.QtCore import Qt

from receptionapp.domain.appointment import SlotHold
from receptionapp.store.change import HoldsKnown, LedgerReachable
from tests.ui.changing.conftest import Screen
from ui.book.contents import Place


def held(screen: Screen, user: str = "Nina") -> SlotHold:
    """Another desk has a form open for a free time of the day on screen."""
    slot = screen.counter.free()[0]
    screen.counter.desk.navigation.go(slot.start.astimezone(screen.counter.store.snapshot.zone).date())
    hold = SlotHold(screen.counter.care_unit_id, slot.resource_id, slot.start, slot.end, "Front desk", user)
    screen.counter.store.apply(HoldsKnown((hold,)))
    return hold


def choose(screen: Screen, hold: SlotHold) -> None:
    day = hold.start.astimezone(screen.counter.store.snapshot.zone).date()
    screen.window.book.setFocus(Qt.FocusReason.OtherFocusReason)
    assert screen.window.book.select_cell(hold.resource_id, day, hold.start)
    screen.window.panel.show_cell(screen.window.book.selected)


def spoken(screen: Screen, hold: SlotHold) -> str:
    contents = screen.window.book._scene.contents
    day = hold.start.astimezone(screen.counter.store.snapshot.zone).date()
    return contents.sentence(*contents.find(Place(day, hold.resource_id, hold.start.astimezone(UTC), hold.end)))


async def test_a_time_that_is_in_use_is_drawn_and_spoken_so(screen: Screen) -> None:
    before = screen.window.book.grab().toImage()
    hold = held(screen)
    await screen.counter.rest()
    assert screen.window.book.grab().toImage() != before
    assert spoken(screen, hold).endswith("in use at Front desk, by Nina")
    screen.counter.store.apply(HoldsKnown(()))
    assert "in use" not in spoken(screen, hold)


async def test_the_form_says_so_and_can_be_booked_all_the_same(screen: Screen) -> None:
    hold = held(screen, user="")
    choose(screen, hold)
    form = screen.window.panel.slot_form
    assert form._hold.text() == "This time is in use at Front desk. Ask there before you book it."
    assert form._hold.isVisible()
    form.picker.choose(screen.counter.somebody())
    assert form._book.isEnabled()
    screen.counter.store.apply(HoldsKnown(()))
    assert not form._hold.isVisible()


async def test_the_time_that_the_form_is_open_for_is_told_and_let_go(screen: Screen) -> None:
    told = []
    screen.window.panel.slot_form.open_slot_changed.connect(told.append)
    hold = held(screen)
    choose(screen, hold)
    assert told[-1].start == hold.start
    screen.window.panel.show_nothing()
    assert told[-1] is None


async def test_while_the_shared_book_is_lost_the_window_says_so(screen: Screen) -> None:
    strip = screen.window.ledger_unreachable_strip
    assert not strip.isVisible()
    choose(screen, held(screen))
    assert screen.window.panel.slot_form._hold.isVisible()
    screen.counter.store.apply(LedgerReachable(False))
    assert strip.isVisible()
    assert not screen.window.panel.slot_form._hold.isVisible()  # nobody knows any longer who works on it
    screen.counter.store.apply(LedgerReachable(True))
    assert not strip.isVisible()
    assert "is back" in screen.window.message_bar.text

"""A day on which nothing can be booked says where to go, and the program begins where something can."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from receptionapp.domain.layout import FreeCell
from tests.clocks import StoppedClock
from tests.ui.changing.conftest import Screen

SATURDAY, MONDAY = date(2026, 3, 7), date(2026, 3, 9)
EASTER_MONDAY = date(2026, 4, 6)


@pytest.fixture(params=["saturday", "evening"])
def clock(request: pytest.FixtureRequest) -> StoppedClock:
    """Saturday at noon; and, in the evening, the Friday before at half past seven."""
    if request.param == "saturday":
        return StoppedClock(datetime(2026, 3, 7, 11, tzinfo=UTC))
    return StoppedClock(datetime(2026, 3, 6, 18, 30, tzinfo=UTC))


def words(screen: Screen) -> str:
    strip = screen.window.way_on
    button = strip.findChild(QPushButton, "wayOnButton")
    assert isinstance(button, QPushButton)
    return "" if strip.isHidden() else f"{strip._words.text()} {'' if button.isHidden() else button.text()}".strip()


async def opened(screen: Screen) -> Screen:
    await screen.counter.rest()
    return screen


async def test_on_a_saturday_and_in_the_evening_the_book_opens_on_the_next_day_and_says_so(screen: Screen) -> None:
    await opened(screen)
    assert screen.counter.store.snapshot.view.day == MONDAY
    assert screen.window.message_bar.text.startswith("The book opens on Monday 9 March 2026. Today, ")
    assert screen.window.message_bar.text.endswith("has no more free times.")
    assert words(screen) == ""


async def test_an_empty_day_that_somebody_goes_to_says_which_is_next_and_enter_takes_it(screen: Screen) -> None:
    await opened(screen)
    screen.counter.desk.navigation.go(EASTER_MONDAY)
    await screen.counter.rest()
    said = words(screen)
    assert said.startswith("Easter Monday. None free on Mon 6 Apr. Next: Tue 7 Apr 08:")
    screen.window.book_area.take_focus()
    screen.press(Qt.Key.Key_Return)
    await screen.counter.rest()
    assert screen.counter.store.snapshot.view.day == date(2026, 4, 7)
    chosen = screen.window.book_area.current
    assert isinstance(chosen, FreeCell)
    assert f"{chosen.start.astimezone(screen.counter.store.snapshot.zone):%H:%M}" in said
    assert words(screen) == ""


async def test_in_the_list_enter_takes_it_too(screen: Screen) -> None:
    await opened(screen)
    screen.window.actions_.list.trigger()
    screen.counter.desk.navigation.go(EASTER_MONDAY)
    await screen.counter.rest()
    screen.window.book_area.take_focus()
    screen.press(Qt.Key.Key_Return)
    await screen.counter.rest()
    assert screen.counter.store.snapshot.view.day == date(2026, 4, 7)


async def test_of_a_past_day_nothing_is_said(screen: Screen) -> None:
    await opened(screen)
    screen.counter.desk.navigation.go(date(2026, 3, 3))
    await screen.counter.rest()
    assert words(screen) == ""


async def test_with_nobody_ticked_the_way_on_is_to_show_all(screen: Screen) -> None:
    await opened(screen)
    clinic = screen.counter.store.snapshot.clinic
    assert clinic is not None
    screen.counter.desk.navigation.show_only(frozenset())
    assert words(screen) == "Nobody is ticked. Show all"
    screen.window.book_area.take_focus()
    screen.press(Qt.Key.Key_Return)
    assert len(screen.counter.store.snapshot.shown_resources()) == len(clinic.resources)
    await screen.counter.rest()


async def test_what_is_found_is_read_a_week_at_a_time_and_only_when_a_day_is_empty(screen: Screen) -> None:
    await opened(screen)
    screen.counter.leyr.forget_calls()
    screen.counter.desk.navigation.go(MONDAY)
    await screen.counter.rest()
    assert screen.counter.leyr.calls() == []


async def test_enter_takes_no_time_that_is_not_named_any_more(screen: Screen) -> None:
    """The next day is empty too, and what comes next is still being looked for."""
    await opened(screen)
    screen.counter.desk.navigation.go(EASTER_MONDAY)
    await screen.counter.rest()
    assert "Next: Tue 7 Apr" in words(screen)
    strip, taken = screen.window.way_on, list[object]()
    strip.taken.connect(taken.append)
    strip.say_looking([MONDAY], SATURDAY, "")
    assert words(screen) == "None free on Mon 9 Mar."
    screen.window.book_area.take_focus()
    screen.press(Qt.Key.Key_Return)
    assert taken == []
    strip.say_none_until(MONDAY)
    screen.press(Qt.Key.Key_Return)
    assert taken == []

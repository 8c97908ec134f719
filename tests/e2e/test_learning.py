"""Learning it: the first booking without reading anything, and the guided tour, taken as a receptionist takes it."""

import json

import pytest
from PySide6.QtTest import QTest

from receptionapp.system.paths import data_folder
from tests.e2e.learner import books, chooses_one, hinted, makes_the_first_booking, opens_practice, takes_the_tour
from tests.e2e.program import Program

MOST_CLICKS = 5


@pytest.fixture
def clicks(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the person's mouse has pressed."""
    click, pressed = QTest.mouseClick, []

    def counted(widget: object, *more: object) -> None:
        pressed.append(widget)
        click(widget, *more)

    monkeypatch.setattr(QTest, "mouseClick", counted)
    return pressed


async def test_from_the_first_start_to_the_first_booking_in_five_clicks_at_most(
    program: Program, clicks: list[object]
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Open practice mode")
    person = await program.next_window(person.window)
    await person.sees_the_book()
    await makes_the_first_booking(person)
    assert len(clicks) == 4 < MOST_CLICKS
    await program.close()


async def test_the_tour_is_taken_from_the_offer_to_the_end(program: Program) -> None:
    await takes_the_tour(await opens_practice(program))
    await program.close()


async def test_what_is_done_out_of_order_counts_and_the_tour_can_be_left_and_taken_again(program: Program) -> None:
    person = await opens_practice(program)
    window = person.window
    person.clicks("Start the tour")
    await person.sees_own()
    await chooses_one(person)
    person.clicks("Cancel the appointment", window.panel)
    await hinted(person, "✓ Cancelled. 1. Book the next free time")
    person.clicks("Skip this task")
    await hinted(person, "2. Find an appointment")
    person.clicks("Skip this task")
    await hinted(person, "4. Register")
    person.clicks("Skip this task")
    await hinted(person, "5. When the answer never comes")
    person.clicks("End the tour")
    person.clicks_in_book(*person.free_cells()[0])
    person.puts_the_message_away()
    await books(person)
    await person.reads("Booked")  # nothing is lost any more
    window.actions_.tour.trigger()
    await hinted(person, "1. Book the next free time")
    await program.close()


async def test_the_offer_is_made_once(program: Program) -> None:
    person = await opens_practice(program)
    person.clicks("Not now")
    await program.close()
    assert json.loads(data_folder(practice=True).settings.read_text("utf-8"))["tour"] == "met"
    person = await program.open("--practice")
    await person.sees_the_book()
    assert person.window.tour_card.isHidden()
    assert person.window.actions_.tour.isEnabled()
    await program.close()

"""Learning it: the first booking without reading anything, and the guided tour, taken as a receptionist takes it."""

import json

import pytest
from PySide6.QtTest import QTest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.system.paths import data_folder
from tests.e2e.program import Person, Program
from tests.people import made_up
from tests.waiting import until
from ui.tour.card import ControlOutline

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
    a_name = (await person.sees_own())[0].person.last_name
    person.clicks_in_book(*person.free_cells()[0])
    person.types(a_name)  # the keyboard is where it is wanted
    hits = await until(person._hits, "people are found")
    person.clicks_at(hits.viewport(), hits.visualItemRect(hits.item(0)).center())
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")
    assert len(clicks) == 4 < MOST_CLICKS
    await program.close()


async def hinted(person: Person, words: str) -> None:
    card = person.window.tour_card
    await until(lambda: words in card.text, f"the tour says “{words}”; it says “{card.text}”")


def outlined(person: Person) -> object:
    return person.window.findChild(ControlOutline).control


async def opens_practice(program: Program) -> Person:
    person = await program.open("--practice")
    await person.sees_the_book()
    await until(lambda: not person.window.tour_card.isHidden(), "the tour is offered")
    return person


async def books(person: Person) -> OwnAppointment:
    """In the form that is open, by keyboard."""
    known = {own.key for own in person.own()}
    if person.window.panel.slot_form.picker.person is None:
        person.types("an", person.field("Find patient"))
        await until(person._hits, "people are found")
        person.presses_keys("Return")
    await until(lambda: person.button("Book", person.window.panel).isEnabled(), "it can be booked")
    person.presses_keys("Ctrl+Return")
    return await until(lambda: next((o for o in person.own() if o.key not in known), None), "it is in the book")


async def chooses_one(person: Person) -> OwnAppointment:
    [first, *_] = [own for own in person.own() if own.standing is Standing.BOOKED]
    person.clicks_own(first.key)
    return first


async def test_the_tour_is_taken_from_the_offer_to_the_end(program: Program) -> None:
    person = await opens_practice(program)
    window = person.window
    person.clicks("Start the tour")

    await hinted(person, "Press Ctrl+G")
    person.commands("next_free")
    await hinted(person, "Choose a time")
    assert outlined(person) is window.panel.next_free.times
    await until(lambda: window.panel.next_free.times.count(), "times are found")
    person.presses_keys("Return")
    await hinted(person, "Type a few letters")
    await books(person)

    await hinted(person, "✓ Booked. 2.")
    person.clicks("Move to another time")
    await hinted(person, "Choose the new time")
    assert outlined(person) is window.book_area
    person.clicks_in_book(*next(cell for cell in person.free_cells()))
    await hinted(person, "Compare from and to")
    person.presses_keys("Return")

    await hinted(person, "✓ Moved. 3.")
    await hinted(person, "Choose the reason")
    person.clicks("Cancel the appointment", window.panel)

    await hinted(person, "✓ Cancelled. 4.")
    patient = made_up()
    person.commands("new_patient")
    dialog = await person.dialog()
    await hinted(person, "The made-up number is")
    person.fills_in(dialog, patient)
    person.clicks("Register", dialog)
    await person.is_back_in_the_window()
    await hinted(person, "Now the time")
    person.clicks_in_book(*person.free_cells()[0])
    await hinted(person, "Read the time and the name back")
    await books(person)

    await hinted(person, "✓ Registered and booked. 5.")
    person.clicks_in_book(*person.free_cells()[0])
    lost = await books(person)
    await hinted(person, "The answer was lost on the way")
    assert window.tasks_strip.isVisible()
    assert "Not known if booked" in window.tasks_strip.lines[0]
    person.clicks("Look in Konfidens")
    await hinted(person, "Konfidens has the appointment")
    assert outlined(person) is person.button("It is in Konfidens")
    person.clicks("It is in Konfidens")
    await hinted(person, "That was the tour")
    assert next(own for own in person.own() if own.key == lost.key).standing is Standing.BOOKED
    person.clicks("Close", window.tour_card)
    assert window.tour_card.isHidden()
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

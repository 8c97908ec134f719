"""Somebody who learns the program in practice mode: the first booking without reading anything, and the guided tour."""

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.layout import FreeCell
from tests.e2e.program import Person, Program
from tests.people import made_up
from tests.waiting import until
from ui.tour.card import ControlOutline


async def makes_the_first_booking(person: Person) -> None:
    a_name = (await person.sees_own())[0].person.last_name
    person.clicks_in_book(*person.free_cells()[0])
    person.types(a_name)  # the keyboard is where it is wanted
    hits = await until(person._hits, "people are found")
    person.clicks_at(hits.viewport(), hits.visualItemRect(hits.item(0)).center())
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")


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


def offers(what: object, service_id: str) -> bool:
    return isinstance(what, FreeCell) and any(slot.healthcare_service_id == service_id for slot in what.options)


async def takes_the_tour(person: Person) -> None:
    """All five tasks, from the offer on."""
    window = person.window
    person.clicks("Start the tour")

    await hinted(person, "Press Ctrl+G")
    person.commands("next_free")
    await hinted(person, "Choose a time")
    assert outlined(person) is window.panel.next_free.times
    await until(lambda: window.panel.next_free.times.count(), "times are found")
    person.presses_keys("Return")
    await hinted(person, "Type a few letters")
    own = await books(person)

    await hinted(person, "✓ Booked. 2.")
    person.clicks("Move to another time")
    await hinted(person, "Choose the new time")
    assert outlined(person) is window.book_area
    service_id = own.timeslot.healthcare_service_id
    suits = (cell for cell in person.free_cells() if offers(cell[1].what, service_id))
    person.clicks_in_book(*next(suits))
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

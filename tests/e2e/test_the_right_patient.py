"""Finding the one who is there, and not registering anybody twice."""

from dataclasses import replace

import pytest

from receptionapp.domain.clinic import Action, Support
from receptionapp.leyr.capabilities import for_emr
from tests.e2e.program import Person, Program
from tests.people import MadeUp, made_up, twin_of
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


async def at_a_free_time(program: Program) -> Person:
    person = await program.open()
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[0])
    return person


def lines(person: Person) -> list[str]:
    hits = person._hits()
    return [hits.item(row).text() for row in range(hits.count())] if hits else []


async def sees_line(person: Person, words: str) -> None:
    await until(
        lambda: any(words in line for line in lines(person)), f"“{words}” is in the list; it has {lines(person)}"
    )


async def clicks_line(person: Person, words: str) -> None:
    await sees_line(person, words)
    hits = person._hits()
    assert hits is not None
    item = next(hits.item(row) for row in range(hits.count()) if words in hits.item(row).text())
    person.clicks_at(hits.viewport(), hits.visualItemRect(item).center())


def registrations(leyr: WatchedSandbox) -> int:
    return len(leyr.calls("POST", "*/patients"))


async def test_who_is_registered_but_not_booked_is_shown_so_and_found_after_a_restart(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await at_a_free_time(program), made_up("Sunniva", "Kvamstad")
    await person.registers(patient)
    assert person.sees("Registered, but nothing is booked yet.")
    await program.close()

    person = await at_a_free_time(program)
    await person.finds("kvamsatd sunn")
    await clicks_line(person, "Sunniva Kvamstad")
    assert not person.sees("Registered, but nothing is booked yet.")
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")
    assert registrations(connected) == 1


async def test_somebody_written_otherwise_is_shown_beside_the_new_one_and_taken(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await at_a_free_time(program), made_up("Sunniva", "Kvamstad")
    await person.registers(patient)
    person.clicks("Change", person.window.panel)
    written = MadeUp("Kvamsta", "Sunnivva", patient.number, patient.born)
    dialog = await person.opens_new_patient(written.full_name)
    person.fills_in(dialog, written)
    person.clicks("Register", dialog)
    await person.waits_to_see("This may be somebody you already have.", dialog)
    assert person.sees("Kvamsta Sunnivva", dialog)
    assert person.sees("Sunniva Kvamstad", dialog)
    person.clicks("Use this one", dialog)
    await person.waits_to_see("Sunniva Kvamstad", person.window.panel)
    assert registrations(connected) == 1


async def test_a_twin_of_a_like_name_is_registered_after_a_look(connected: WatchedSandbox, program: Program) -> None:
    person, patient = await at_a_free_time(program), made_up("Siv", "Kvamstad")
    await person.registers(patient)
    person.clicks("Change", person.window.panel)
    other = twin_of(patient, "Liv")
    dialog = await person.opens_new_patient(other.full_name)
    person.fills_in(dialog, other)
    person.clicks("Register", dialog)
    await person.waits_to_see("None of these: register", dialog)
    person.clicks("None of these: register", dialog)
    await until(lambda: registrations(connected) == 2, "the twin is registered")
    await person.waits_to_see("Liv Kvamstad", person.window.panel)


async def test_an_ehr_that_can_not_search_is_not_offered_for_it(connected: WatchedSandbox, program: Program) -> None:
    person = await at_a_free_time(program)
    await person.finds("kvamstad")
    assert lines(person) == ["New patient …"]


@pytest.fixture
def searchable(connected: WatchedSandbox, client_defaults: dict[str, object]) -> WatchedSandbox:
    """No row of the matrix says yes to searching so far; here somebody has."""
    row = for_emr(connected.emr)
    client_defaults["known"] = replace(row, support={**row.support, Action.SEARCH_PATIENTS: Support.YES})
    return connected


@pytest.mark.parametrize("profile", ["full"])
async def test_an_ehr_of_which_nobody_has_said_that_it_can_search_is_not_tried(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await at_a_free_time(program)
    await person.finds("kvamstad")
    assert lines(person) == ["New patient …"]


@pytest.mark.parametrize("profile", ["full"])
async def test_the_ehr_is_searched_only_when_asked_and_its_hits_are_marked(
    searchable: WatchedSandbox, program: Program
) -> None:
    someone = next(iter(searchable.sandbox.patients()))
    person = await at_a_free_time(program)
    await person.finds(f"{someone.first_name} {someone.last_name}")
    assert not searchable.calls("GET", "*/patients")
    await clicks_line(person, "Search in Cliniko too")
    await sees_line(person, "found in Cliniko")
    assert len(searchable.calls("GET", "*/patients")) == 1
    await clicks_line(person, "found in Cliniko")
    assert person.sees(f"{someone.first_name} {someone.last_name}", person.window.panel)
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")


@pytest.mark.parametrize("profile", ["full"])
async def test_nobody_in_the_ehr_is_said(searchable: WatchedSandbox, program: Program) -> None:
    person = await at_a_free_time(program)
    await person.finds("Kvamstad")
    await clicks_line(person, "Search in Cliniko too")
    await sees_line(person, "Nobody else by that name in Cliniko")

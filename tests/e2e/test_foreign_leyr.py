"""The same window against a Leyr that was not written by us."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from receptionapp.domain.appointment import Standing
from tests.e2e.conftest import connect
from tests.e2e.foreign_leyr import NAMELESS, RESOURCE, SERVICE, UNIT, ForeignLeyr
from tests.e2e.program import Program
from tests.people import made_up


@pytest.fixture
async def foreign(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ForeignLeyr]:
    async with ForeignLeyr().serving() as leyr:
        connect(monkeypatch, leyr.url)
        yield leyr


async def test_a_patient_is_registered_booked_and_cancelled_there_too(foreign: ForeignLeyr, program: Program) -> None:
    person, patient = await program.open(), made_up()
    own = await person.books(patient)
    person.clicks_own(own.key)
    person.clicks("Cancel the appointment")
    await person.reads("Cancelled")

    registered, booked, cancelled = foreign.written
    assert registered[:2] == ("POST", f"care-units/{UNIT}/patients")
    assert (booked[2]["patient_id"], booked[2]["resource_id"], booked[2]["healthcare_service_id"]) == (
        "emr_id:pas/42",
        RESOURCE,
        SERVICE,
    )
    assert datetime.fromisoformat(booked[2]["start"]) == own.start
    assert cancelled[1] == f"care-units/{UNIT}/appointments/ap/1:2"
    await program.close()


async def test_people_and_rooms_are_named_as_well_as_can_be(foreign: ForeignLeyr, program: Program) -> None:
    person = await program.open()
    await person.sees_the_book()
    clinic = person.window.book.contents.page.clinic
    assert [resource.name for resource in clinic.resources] == ["Tuva Øien", NAMELESS]
    assert person.window.windowTitle().startswith("Legesenteret")
    await program.close()


async def test_a_service_without_any_times_shows_a_book_without_free_times(
    foreign: ForeignLeyr, program: Program
) -> None:
    foreign.services = [{"id": "svc:none", "name": "Aldri ledig"}]
    person = await program.open()
    await person.sees_the_book()
    assert person.free_cells() == []
    assert person.message == ""
    await program.close()


@pytest.mark.parametrize(
    ("nothing", "words"),
    [
        ({"resources": []}, "Legesenteret has nothing that can be booked in Konfidens."),
        ({"services": []}, "Legesenteret offers no services in Konfidens, so no time can be free."),
    ],
)
async def test_a_care_unit_with_nothing_to_book_says_so(
    foreign: ForeignLeyr, program: Program, nothing: dict[str, list[object]], words: str
) -> None:
    for name, value in nothing.items():
        setattr(foreign, name, value)
    person = await program.open()
    await person.waits_to_see(words)
    await program.close()


async def test_an_ehr_without_care_units_says_so(foreign: ForeignLeyr, program: Program) -> None:
    foreign.units = []
    person = await program.open()
    await person.reads("Konfidens offers no care units through Leyr. Contact your administrator.")
    await program.close()


async def test_an_unheard_of_status_is_shown_as_it_is_and_takes_its_time(
    foreign: ForeignLeyr, program: Program
) -> None:
    foreign.status = "rescheduled"
    person = await program.open()
    own = await person.books(made_up(), told="Sent, but not surely booked")
    assert (own.standing, own.leyr_status) == (Standing.OTHER, "rescheduled")
    person.clicks_own(own.key)
    await person.waits_to_see("a status that this program does not know. The time counts as taken.")
    assert person.sees("rescheduled", person.window.panel)
    await program.close()

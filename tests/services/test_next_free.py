"""The next free times: what is asked for, in which order answers come, and how a found time is made certain."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.free_times import FreeTimeCriteria, FreeTimeSearch, SearchState
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.errors import Offline
from receptionapp.services.availability import Availability
from receptionapp.services.next_free import ENOUGH, WEEKS, FreeTimeFinder
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, Change, ClinicLoaded, FreeTimeChecked, FreeTimesFound
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
CLINIC = Clinic(
    CareUnit("unit", "Solsiden"),
    (Resource("ane", "Ane"), Resource("bo", "Bo"), Resource("lab", "Laboratoriet")),
    (HealthcareService("short", "Kort"), HealthcareService("long", "Lang")),
)


def slot(weeks: int, hour: int, resource: str = "ane", service: str = "short", minutes: int = 20) -> Timeslot:
    start = datetime.combine(MONDAY + timedelta(weeks=weeks), time(hour), OSLO).astimezone(UTC)
    return Timeslot(start, start + timedelta(minutes=minutes), resource, service)


class Leyr:
    """Answers as Leyr would, out of a list, and notes what it was asked."""

    def __init__(self) -> None:
        self.offered: list[Timeslot] = []
        self.asked: list[tuple[date, str | None, str | None]] = []
        self.fails = False
        self.answers = asyncio.Event()
        self.answers.set()

    async def timeslots(
        self,
        care_unit_id: str,
        start: datetime,
        end: datetime,
        *,
        resource_id: str | None = None,
        service_id: str | None = None,
    ) -> list[Timeslot]:
        self.asked.append((start.astimezone(OSLO).date(), resource_id, service_id))
        await self.answers.wait()
        if self.fails:
            raise Offline(Problem(Reason.OFFLINE))
        return [
            s
            for s in self.offered
            if start <= s.start < end
            and resource_id in (None, s.resource_id)
            and service_id in (None, s.healthcare_service_id)
        ]


class Desk:
    def __init__(self) -> None:
        self.leyr = Leyr()
        self.store = BookStore(Snapshot(View(MONDAY), OSLO), StoppedClock(TUESDAY_MORNING))
        self.store.apply(ClinicLoaded((CLINIC.care_unit,), CLINIC))
        self.failed: list[Exception] = []
        self.tasks = TaskBag(lambda _name, error: self.failed.append(error))
        self.now = NOW
        availability = Availability(self.leyr, self.store, lambda: self.now)  # type: ignore[arg-type]
        self.availability = availability
        self.next_free = FreeTimeFinder(self.store, availability, self.tasks, lambda: self.now)
        self.told: list[Change] = []
        self.store.changed.connect(self.told.append)

    async def search(
        self, criteria: FreeTimeCriteria | None = None, after: datetime | None = None
    ) -> list[FreeTimesFound]:
        search = FreeTimeSearch(criteria or FreeTimeCriteria(), after)
        self.next_free.search(search)
        await self.tasks.wait_for("read:", 10)
        return [c for c in self.told if isinstance(c, FreeTimesFound) and c.search_id == search.id]

    async def found(self, wish: FreeTimeCriteria = FreeTimeCriteria()) -> list[Timeslot]:  # noqa: B008
        return [option for told in await self.search(wish) for cell in told.cells for option in cell.options]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.tasks.aclose()
    assert made.failed == []


async def test_weeks_are_asked_for_in_order_and_one_call_serves_a_chosen_service(desk: Desk) -> None:
    desk.leyr.offered = [slot(2, 9), slot(2, 9, service="long"), slot(2, 8, "bo")]
    found = await desk.found(FreeTimeCriteria(service_ids={"short"}, resource_ids={"ane"}))
    assert found == [slot(2, 9)]
    assert desk.leyr.asked == [(MONDAY + timedelta(weeks=n), None, "short") for n in range(WEEKS)]


async def test_without_a_service_no_more_calls_than_resources_or_services(desk: Desk) -> None:
    await desk.search()
    assert len(desk.leyr.asked) == WEEKS * 2
    desk.leyr.asked.clear()
    desk.now += timedelta(hours=1)
    await desk.search(FreeTimeCriteria(resource_ids={"bo"}))
    assert desk.leyr.asked[0] == (MONDAY, "bo", None)
    assert len(desk.leyr.asked) == WEEKS


async def test_what_is_loaded_is_not_asked_for_again(desk: Desk) -> None:
    desk.leyr.offered = [slot(0, 9), slot(1, 9)]
    await desk.search(FreeTimeCriteria(service_ids={"short"}))
    desk.leyr.asked.clear()
    assert await desk.found(FreeTimeCriteria(service_ids={"short"}, resource_ids={"ane"})) == [slot(0, 9), slot(1, 9)]
    assert desk.leyr.asked == []
    desk.now += timedelta(minutes=6)
    await desk.search(FreeTimeCriteria(service_ids={"short"}))
    assert len(desk.leyr.asked) == WEEKS


async def test_a_week_that_is_read_for_a_search_is_in_the_book(desk: Desk) -> None:
    desk.leyr.offered = [slot(3, 9)]
    await desk.search(FreeTimeCriteria(service_ids={"short"}))
    loaded = desk.store.snapshot.slots_of(MONDAY + timedelta(weeks=3), "ane", "short")
    assert loaded is not None
    assert loaded.timeslots == (slot(3, 9),)


async def test_answers_stop_at_enough_and_those_that_begin_together_stay_together(desk: Desk) -> None:
    starts = [slot(0, 9).start + timedelta(minutes=5 * n) for n in range(ENOUGH + 5)]
    desk.leyr.offered = [
        Timeslot(start, start + timedelta(minutes=5), who, "short") for start in starts for who in ("ane", "bo", "lab")
    ]
    told = await desk.search(FreeTimeCriteria(service_ids={"short"}))
    cells = [cell for part in told for cell in part.cells]
    assert len(cells) == 21
    assert told[-1].state is SearchState.ENOUGH
    assert told[-1].read_at == NOW
    assert len(desk.leyr.asked) == 1
    more = await desk.search(FreeTimeCriteria(service_ids={"short"}), cells[-1].start + timedelta(seconds=1))
    assert more[0].cells[0].start == starts[7]


async def test_services_that_begin_together_are_one_cell(desk: Desk) -> None:
    desk.leyr.offered = [slot(0, 9), slot(0, 9, service="long", minutes=40), slot(0, 9, "bo")]
    cells = [cell for told in await desk.search() for cell in told.cells]
    assert [(cell.resource_id, len(cell.options)) for cell in cells] == [("ane", 2), ("bo", 1)]
    assert cells[0].end == slot(0, 9, minutes=40).end


async def test_the_wish_is_kept_to(desk: Desk) -> None:
    tuesday = Timeslot(*(t + timedelta(days=1) for t in (slot(0, 16).start, slot(0, 16).end)), "ane", "short")
    desk.leyr.offered = [slot(0, 9), slot(0, 16), tuesday, slot(1, 16, minutes=40), slot(1, 16, "bo")]
    wish = FreeTimeCriteria(None, {"ane"}, {1}, earliest=time(15), minimum_length=timedelta(minutes=30))
    assert await desk.found(wish) == [slot(1, 16, minutes=40)]


async def test_our_own_appointments_are_not_offered(desk: Desk) -> None:
    desk.leyr.offered = [slot(0, 9), slot(0, 10)]
    person = Person("emr_id:1", "Kari", "Nordmann")
    own = OwnAppointment(UUID(int=1), "unit", slot(0, 9), person, Standing.BOOKED)
    desk.store.apply(AppointmentsChanged((own,)))
    assert await desk.found() == [slot(0, 10)]


async def test_a_week_that_cannot_be_read_ends_the_search(desk: Desk) -> None:
    desk.leyr.fails = True
    told = await desk.search(FreeTimeCriteria(service_ids={"short"}))
    assert told[-1].state is SearchState.FAILED
    assert told[-1].searched_to == MONDAY - timedelta(days=1)
    assert len(desk.leyr.asked) == 1


async def test_nothing_anywhere_ends_after_twelve_weeks(desk: Desk) -> None:
    told = await desk.search(FreeTimeCriteria(service_ids={"short"}))
    assert (told[-1].state, told[-1].weeks) == (SearchState.ENDED, WEEKS)
    assert told[-1].searched_to == MONDAY + timedelta(weeks=WEEKS, days=-1)


async def test_a_search_that_is_stopped_asks_no_further(desk: Desk) -> None:
    desk.leyr.answers.clear()
    desk.next_free.search(FreeTimeSearch(FreeTimeCriteria(service_ids={"short"})))
    await asyncio.sleep(0)
    desk.next_free.stop()
    desk.leyr.answers.set()
    await desk.tasks.wait_for("read:", 10)
    assert len(desk.leyr.asked) == 1
    assert [c.state for c in desk.told if isinstance(c, FreeTimesFound)] == [SearchState.GOING]


async def test_a_new_search_takes_the_place_of_the_old_one(desk: Desk) -> None:
    old = FreeTimeSearch(FreeTimeCriteria(service_ids={"long"}))
    desk.next_free.search(old)
    await desk.search(FreeTimeCriteria(service_ids={"short"}))
    assert len([asked for asked in desk.leyr.asked if asked[2] == "long"]) <= 1
    assert all(
        c.state is SearchState.GOING for c in desk.told if isinstance(c, FreeTimesFound) and c.search_id == old.id
    )


@pytest.mark.parametrize("still_there", [True, False])
async def test_a_found_time_is_read_again(desk: Desk, still_there: bool) -> None:
    desk.leyr.offered = [slot(1, 9), slot(1, 9, service="long")]
    [cell] = [cell for told in await desk.search() for cell in told.cells]
    desk.leyr.asked.clear()
    desk.leyr.offered = [slot(1, 9)] if still_there else []
    desk.now += timedelta(seconds=30)
    desk.next_free.check(cell)
    await desk.tasks.wait_for("read:", 10)
    [checked] = [c for c in desk.told if isinstance(c, FreeTimeChecked)]
    assert checked == FreeTimeChecked(cell, (slot(1, 9),) if still_there else (), desk.now)
    assert desk.leyr.asked == [(MONDAY + timedelta(weeks=1), "ane", None)]


async def test_a_time_that_cannot_be_read_again_is_neither_free_nor_gone(desk: Desk) -> None:
    desk.leyr.offered = [slot(1, 9)]
    [cell] = [cell for told in await desk.search() for cell in told.cells]
    desk.leyr.fails = True
    desk.now += timedelta(seconds=30)
    desk.next_free.check(cell)
    await desk.tasks.wait_for("read:", 10)
    assert [c.offered for c in desk.told if isinstance(c, FreeTimeChecked)] == [None]


async def test_known_answers_end_at_the_first_week_that_is_not_loaded(desk: Desk) -> None:
    desk.leyr.offered = [slot(0, 9), slot(2, 9)]
    assert desk.next_free.known_free_times(FreeTimeCriteria(), 3) == ()
    await desk.availability.load_view()
    await desk.availability.load_days([MONDAY + timedelta(weeks=2)], ["ane", "bo", "lab"], None)
    assert [cell.start for cell in desk.next_free.known_free_times(FreeTimeCriteria(), 3)] == [slot(0, 9).start]


async def first_from(desk: Desk, weeks: int) -> tuple[FreeCell | None, date]:
    told: list[tuple[FreeCell | None, date]] = []
    wish = FreeTimeCriteria(service_ids={"short"}, resource_ids={"ane"})
    desk.next_free.find_first(wish, NOW, weeks, lambda cell, until: told.append((cell, until)))
    await desk.tasks.wait_for("read:", 10)
    return told[0]


async def test_the_way_on_from_an_empty_day_reads_no_further_than_the_first_free_time(desk: Desk) -> None:
    desk.leyr.offered = [slot(1, 9), slot(1, 8, "bo"), slot(2, 8)]
    cell, _ = await first_from(desk, 3)
    assert cell is not None
    assert cell.options == (slot(1, 9),)
    assert [asked for asked, _, _ in desk.leyr.asked] == [MONDAY, MONDAY + timedelta(weeks=1)]


async def test_the_way_on_ends_after_so_many_weeks(desk: Desk) -> None:
    assert await first_from(desk, 2) == (None, MONDAY + timedelta(days=13))
    assert len(desk.leyr.asked) == 2


async def test_the_way_on_ends_where_a_week_can_not_be_read(desk: Desk) -> None:
    desk.leyr.fails = True
    assert await first_from(desk, 3) == (None, MONDAY - timedelta(days=1))

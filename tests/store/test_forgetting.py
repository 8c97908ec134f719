"""Whoever steps through the book all day keeps the weeks that were looked at last, and all that is still needed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.clinic_time import week_days
from receptionapp.domain.intent import Outcome, Verb, WriteNotice
from receptionapp.domain.open_task import TaskKind
from receptionapp.domain.patient import Person
from receptionapp.services import next_free
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    Change,
    ClinicLoaded,
    TimeslotsLoaded,
    UserNotified,
    ViewMoved,
)
from receptionapp.store.snapshot import KEPT_WEEKS, LoadedSlots, Snapshot, View, split_by_column
from tests.clocks import TUESDAY_MORNING, StoppedClock

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = date(2026, 11, 23)
READ = datetime(2026, 11, 20, 12, tzinfo=UTC)
UNIT = CareUnit("unit", "Solsiden")
CLINIC = Clinic(UNIT, (Resource("r0", "Ane"), Resource("r1", "Bo")), (HealthcareService("s0", "Konsultasjon"),))


def monday(week: int) -> date:
    return MONDAY + timedelta(weeks=week)


def slot(week: int, hour: int = 9, resource: str = "r0") -> Timeslot:
    start = datetime.combine(monday(week), datetime.min.time(), OSLO) + timedelta(hours=hour)
    return Timeslot(start, start + timedelta(minutes=20), resource, "s0")


def own(number: int, timeslot: Timeslot, standing: Standing = Standing.BOOKED) -> OwnAppointment:
    return OwnAppointment(UUID(int=number), "unit", timeslot, Person("p", "Kari", "Nordmann"), standing)


class Desk:
    """A desk whose user opens weeks: each is read when it is gone to."""

    def __init__(self) -> None:
        self.store = BookStore(Snapshot(View(monday(0)), OSLO, clinic=CLINIC), StoppedClock(TUESDAY_MORNING))
        self._asked = 0

    @property
    def now(self) -> Snapshot:
        return self.store.snapshot

    def does(self, *changes: Change) -> None:
        for change in changes:
            self.store.apply(change)

    def reads(self, week: int) -> None:
        self._asked += 1
        columns = split_by_column([slot(week, 8)], week_days(monday(week)), ("r0", "r1"), OSLO)
        self.does(TimeslotsLoaded("unit", None, columns, LoadedSlots((), READ, self._asked)))

    def goes(self, week: int) -> None:
        self.does(ViewMoved(View(monday(week))))
        self.reads(week)

    def goes_far(self) -> None:
        for week in range(100, 101 + KEPT_WEEKS):
            self.goes(week)

    def knows(self, week: int) -> bool:
        return self.now.slots_of(monday(week), "r0", None) is not None


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.reads(0)
    return desk


def test_the_weeks_that_were_looked_at_last_are_kept_and_no_more(desk: Desk) -> None:
    for week in range(1, 200):
        desk.goes(week)
    assert [week for week in range(200) if desk.knows(week)] == list(range(199 - KEPT_WEEKS, 200))


def test_a_forgotten_week_is_not_loaded_and_never_free(desk: Desk) -> None:
    desk.goes_far()
    desk.does(ViewMoved(View(monday(0))))
    page = desk.now.page()
    assert page is not None
    assert [column.timeslots for column in page.columns] == [None, None]
    assert desk.now.oldest_answer() is None


def test_a_week_that_one_comes_back_to_is_kept_for_longer(desk: Desk) -> None:
    for week in range(1, 1 + KEPT_WEEKS):
        desk.goes(week)
    desk.does(ViewMoved(View(monday(0))))
    desk.goes(50)
    assert desk.knows(0)
    assert not desk.knows(1)


def test_a_search_never_takes_the_week_on_screen(desk: Desk) -> None:
    for week in range(1, 40):
        desk.reads(week)
    assert desk.knows(0)


def test_a_search_of_all_its_weeks_asks_for_none_of_them_twice(desk: Desk) -> None:
    assert KEPT_WEEKS >= next_free.WEEKS
    desk.goes_far()
    searched = range(1, 1 + next_free.WEEKS)
    for week in searched:
        desk.reads(week)
    assert all(desk.knows(week) for week in searched)


def test_the_same_weeks_of_another_care_unit_are_weeks_of_their_own(desk: Desk) -> None:
    other = replace(CLINIC, care_unit=CareUnit("other", "Skyggesiden"))
    desk.does(ClinicLoaded((UNIT, other.care_unit), other))
    for week in range(1, KEPT_WEEKS):
        desk.reads(week)
    desk.does(ClinicLoaded((UNIT, other.care_unit), CLINIC))
    assert desk.knows(0)


def test_settled_appointments_of_a_forgotten_week_are_forgotten_with_it(desk: Desk) -> None:
    standings = (Standing.BOOKED, Standing.CANCELLED, Standing.COMPLETED, Standing.REFUSED, Standing.OTHER)
    desk.does(AppointmentsChanged(tuple(own(n, slot(0, 9 + n), each) for n, each in enumerate(standings))))
    desk.goes_far()
    assert not desk.now.appointments


@pytest.mark.parametrize(
    "standing",
    [
        Standing.SENDING,
        Standing.AWAITING_CODE,
        Standing.CANCELLING,
        Standing.CANCEL_AWAITING_CODE,
        Standing.BOOKING_UNKNOWN,
        Standing.CANCELLING_UNKNOWN,
    ],
)
def test_what_somebody_has_to_see_to_is_never_forgotten(desk: Desk, standing: Standing) -> None:
    desk.does(AppointmentsChanged((own(1, slot(0), standing),)))
    tasks = desk.now.open_tasks()
    desk.goes_far()
    assert desk.now.appointments.keys() == {UUID(int=1)}
    assert desk.now.open_tasks() == tasks


def test_two_appointments_of_which_one_is_to_be_removed_stay_both(desk: Desk) -> None:
    old, new = replace(own(1, slot(0)), replaced_by=UUID(int=2)), own(2, slot(1))
    desk.does(AppointmentsChanged((old, new)))
    desk.goes_far()
    (task,) = desk.now.open_tasks()
    assert (task.kind, task.appointment, task.new) == (TaskKind.TWO, old, new)


def test_a_booked_time_that_leyr_offers_again_stays_a_question(desk: Desk) -> None:
    long_ago = READ - timedelta(days=1)
    desk.does(AppointmentsChanged((replace(own(1, slot(0, 8)), changed_at=long_ago),)))
    desk.reads(0)
    assert desk.now.offered_again
    desk.goes_far()
    assert [task.kind for task in desk.now.open_tasks()] == [TaskKind.OFFERED]


def test_the_last_deed_can_be_undone_however_far_one_has_gone(desk: Desk) -> None:
    booked = own(1, slot(0))
    desk.does(AppointmentsChanged((booked,)), UserNotified(WriteNotice(UUID(int=9), Verb.BOOK, Outcome.DONE, booked)))
    desk.goes_far()
    assert desk.now.undoable is not None
    assert desk.now.appointments.keys() == {booked.key}


def test_what_is_cut_or_shown_beside_the_book_stays_until_something_else_is(desk: Desk) -> None:
    desk.does(AppointmentsChanged((own(1, slot(0)), own(2, slot(100)))))
    desk.store.pin(UUID(int=1))
    desk.goes_far()
    assert UUID(int=1) in desk.now.appointments
    desk.store.pin(UUID(int=2))
    desk.goes(50)
    assert desk.now.appointments.keys() == {UUID(int=2)}


def test_what_is_read_of_a_far_day_is_there_for_who_asked(desk: Desk) -> None:
    desk.goes_far()
    desk.does(ViewMoved(View(monday(200))))
    desk.does(AppointmentsChanged((own(1, slot(0)),)))
    assert desk.now.known_day(monday(0), "r0").column.appointments


def test_a_week_is_kept_whole_whatever_zone_its_times_are_written_in(desk: Desk) -> None:
    early = slot(0, 0)
    utc = replace(early, start=early.start.astimezone(UTC), end=early.end.astimezone(UTC))
    assert utc.start.date() < monday(0)
    desk.does(AppointmentsChanged((own(1, utc),)))
    for week in range(1, 2 + KEPT_WEEKS):
        desk.goes(week)
        desk.does(ViewMoved(View(monday(0))))
    assert desk.now.appointments


def test_nothing_is_left_behind_of_what_was_made_for_the_screen(desk: Desk) -> None:
    for week in range(1, 100):
        desk.goes(week)
        desk.does(AppointmentsChanged((own(week, slot(week)),)))
        assert desk.now.page() is not None
    memory = desk.now.cache
    assert memory.own is not None
    assert len(memory.own._columns) <= KEPT_WEEKS + 2
    assert len(memory.columns._made) <= 2 * (KEPT_WEEKS + 2)

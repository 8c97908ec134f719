"""A page is made of remembered columns, and never says anything else than one made anew would."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.layout import Page
from receptionapp.domain.patient import Person
from receptionapp.store.change import AppointmentsChanged, TimeslotsLoaded, ViewMoved
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View, without_taken

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2026, 11, 24)
EIGHT = datetime(2026, 11, 24, 7, tzinfo=UTC)
CLINIC = Clinic(
    CareUnit("unit", "Solsiden"),
    (Resource("r0", "Ane"), Resource("r1", "Bo")),
    (HealthcareService("s0", "Konsultasjon"), HealthcareService("s1", "Vaksine")),
)


def slot(minutes: int, length: int = 20, resource: str = "r0", service: str = "s0") -> Timeslot:
    start = EIGHT + timedelta(minutes=minutes)
    return Timeslot(start, start + timedelta(minutes=length), resource, service)


def own(number: int, timeslot: Timeslot, standing: Standing = Standing.BOOKED, unit: str = "unit") -> OwnAppointment:
    return OwnAppointment(UUID(int=number), unit, timeslot, Person("p", "Kari", "Nordmann"), standing)


def loaded(*slots: Timeslot, day: date = DAY, revision: int = 1) -> TimeslotsLoaded:
    columns = {(day, r): tuple(s for s in slots if s.resource_id == r) for r in ("r0", "r1")}
    return TimeslotsLoaded("unit", None, columns, LoadedSlots((), EIGHT, revision))


def snapshot() -> Snapshot:
    empty = Snapshot(View(DAY), OSLO, clinic=CLINIC)
    return loaded(slot(0), slot(20, service="s1"), slot(40), slot(0, resource="r1")).apply_to(empty)


def page(of: Snapshot) -> Page:
    made = of.page()
    assert made is not None
    return made


def anew(of: Snapshot) -> Page:
    """The page of a snapshot that remembers nothing."""
    return page(Snapshot(of.view, of.zone, clinic=of.clinic, slots=of.slots, appointments=of.appointments))


def test_a_column_that_did_not_change_is_the_very_same_object() -> None:
    before = snapshot()
    after = AppointmentsChanged((own(1, slot(40)),)).apply_to(before)
    assert page(after).columns[0] is not page(before).columns[0]
    assert page(after).columns[1] is page(before).columns[1]


def test_going_to_another_day_and_back_makes_nothing_anew() -> None:
    here = snapshot()
    columns = page(here).columns
    there = ViewMoved(replace(here.view, day=DAY + timedelta(days=1))).apply_to(here)
    assert page(there).columns != columns
    assert all(a is b for a, b in zip(page(ViewMoved(here.view).apply_to(there)).columns, columns, strict=True))


def test_a_booked_time_is_not_offered_and_is_again_when_cancelled() -> None:
    booked = AppointmentsChanged((own(1, slot(40)),)).apply_to(snapshot())
    assert page(booked).columns[0].timeslots == (slot(0), slot(20, service="s1"))
    cancelled = AppointmentsChanged((own(1, slot(40), Standing.CANCELLED),)).apply_to(booked)
    assert slot(40) in (page(cancelled).columns[0].timeslots or ())
    assert len(page(cancelled).columns[0].appointments) == 1


def test_an_appointment_that_moves_leaves_its_old_column() -> None:
    before = AppointmentsChanged((own(1, slot(0)),)).apply_to(snapshot())
    page(before)
    after = AppointmentsChanged((own(1, slot(0, resource="r1")),)).apply_to(before)
    assert [len(column.appointments) for column in page(after).columns] == [0, 1]


def test_appointments_of_another_care_unit_are_not_shown() -> None:
    other = AppointmentsChanged((own(1, slot(0), unit="elsewhere"),)).apply_to(snapshot())
    assert page(other).columns[0].appointments == ()


def test_with_a_service_chosen_only_its_times_are_shown_and_newer_answers_count() -> None:
    chosen = ViewMoved(View(DAY, service_id="s1")).apply_to(snapshot())
    assert page(chosen).columns[0].timeslots == (slot(20, service="s1"),)
    newer = loaded(slot(60, service="s1"), revision=2).apply_to(chosen)
    assert page(newer).columns[0].timeslots == (slot(60, service="s1"),)


times = st.builds(slot, st.integers(0, 300), st.integers(5, 90))
standings = st.sampled_from([Standing.BOOKED, Standing.CANCELLED, Standing.SENDING])


@given(st.lists(times), st.lists(st.tuples(times, standings)))
def test_no_time_that_is_left_shares_an_instant_with_one_that_is_taken(
    slots: list[Timeslot], booked: list[tuple[Timeslot, Standing]]
) -> None:
    ours = [own(n, timeslot, standing) for n, (timeslot, standing) in enumerate(booked)]
    taking = [o for o in ours if o.standing.takes_time]
    expected = [s for s in slots if not any(s.overlaps(o.start, o.end) for o in taking)]
    assert list(without_taken(tuple(slots), tuple(sorted(ours, key=lambda o: o.start)))) == expected


@given(st.lists(st.lists(st.tuples(st.integers(1, 5), times, standings), max_size=4), max_size=5))
def test_remembering_never_shows(changes: list[list[tuple[int, Timeslot, Standing]]]) -> None:
    now = snapshot()
    for change in changes:
        now = AppointmentsChanged(tuple(own(*one) for one in change)).apply_to(now)
        assert page(now) == anew(now)
    assert isinstance(now.slots, MappingProxyType)


def test_an_appointment_over_midnight_is_on_both_days() -> None:
    night = own(1, slot(14 * 60, 8 * 60))  # 22:00 to 06:00
    until_midnight = own(2, slot(14 * 60, 2 * 60, resource="r1"))
    first = AppointmentsChanged((night, until_midnight)).apply_to(snapshot())
    second = ViewMoved(View(DAY + timedelta(days=1))).apply_to(first)
    assert [column.appointments for column in page(first).columns] == [(night,), (until_midnight,)]
    assert [column.appointments for column in page(second).columns] == [(night,), ()]
    moved = own(1, slot(0, 20))
    for view in (View(DAY), View(DAY + timedelta(days=1))):
        assert page(ViewMoved(view).apply_to(AppointmentsChanged((moved,)).apply_to(second))).columns[
            0
        ].appointments == ((moved,) if view.day == DAY else ())

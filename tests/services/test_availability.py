"""Free times on screen: asked for rarely, never older than what is newer, never called free without being known."""

import asyncio
from datetime import timedelta

import pytest

from receptionapp.domain.intent import BookRequest, Outcome, ReadFailure, ReadSubject
from receptionapp.domain.layout import ViewSpan
from receptionapp.domain.problem import Reason
from receptionapp.sandbox.clinic import CARE_UNITS, CareUnit
from receptionapp.services.availability import FRESH_FOR, plan_queries
from tests.clocks import StoppedClock
from tests.services.counter import Counter
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


@pytest.fixture(scope="module")
def care_units() -> tuple[CareUnit, ...]:
    return CARE_UNITS


def clinic_of(counter: Counter):
    assert counter.store.snapshot.clinic
    return counter.store.snapshot.clinic


async def test_a_week_of_ten_resources_costs_as_many_calls_as_the_fewer_of_resources_and_services(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    clinic = clinic_of(counter)
    assert len(clinic.resources) >= 8
    counter.desk.navigation.go(counter.desk.navigation.today() + timedelta(days=7))
    await counter.rest()
    assert len(leyr.timeslot_calls) == min(len(clinic.resources), len(clinic.services))
    assert all(counter.store.snapshot.page().columns[n].timeslots is not None for n in range(len(clinic.resources)))


async def test_with_a_service_chosen_a_week_of_all_resources_is_one_call(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    service = clinic_of(counter).services[0].id
    counter.desk.navigation.go(counter.desk.navigation.today() + timedelta(days=14))
    await counter.rest()
    counter.clock.now += FRESH_FOR * 2
    leyr.forget_calls()
    counter.desk.navigation.choose_service(service)
    await counter.rest()
    [call] = leyr.timeslot_calls
    assert call.query["healthcare_service_id"] == [service]
    assert "resource_id" not in call.query


async def test_a_service_chosen_in_a_week_just_read_costs_nothing(counter: Counter, leyr: WatchedSandbox) -> None:
    service = clinic_of(counter).services[0].id
    counter.desk.navigation.choose_service(service)
    await counter.rest()
    assert leyr.timeslot_calls == []
    assert {slot.healthcare_service_id for slot in counter.free()} == {service}


async def test_stepping_through_a_loaded_week_asks_nothing(counter: Counter, leyr: WatchedSandbox) -> None:
    for _ in range(6):
        counter.desk.navigation.step(1)
    counter.desk.navigation.show_span(ViewSpan.WEEK)
    await counter.rest()
    assert leyr.timeslot_calls == []
    assert all(column.timeslots is not None for column in counter.store.snapshot.page().columns)


async def test_hiding_resources_asks_nothing_and_two_of_them_cost_two_calls(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    two = frozenset(r.id for r in clinic_of(counter).resources[:2])
    counter.desk.navigation.show_only(two)
    await counter.rest()
    assert leyr.timeslot_calls == []
    counter.desk.navigation.refresh()
    await counter.rest()
    assert {call.query["resource_id"][0] for call in leyr.timeslot_calls} == two


async def test_no_call_is_longer_than_thirty_days_or_begins_in_the_past(counter: Counter, leyr: WatchedSandbox) -> None:
    counter.desk.navigation.refresh()
    await counter.rest()
    now = counter.clock()
    for call in leyr.timeslot_calls:
        start, end = (datetime_of(call.query[name][0]) for name in ("start", "end"))
        assert now <= start < end <= start + timedelta(days=30)


def datetime_of(text: str):
    from datetime import datetime

    return datetime.fromisoformat(text)


async def test_a_week_gone_by_is_shown_without_a_call(counter: Counter, leyr: WatchedSandbox) -> None:
    counter.desk.navigation.step(-7)
    await counter.rest()
    assert leyr.timeslot_calls == []
    assert all(column.timeslots == () for column in counter.store.snapshot.page().columns)


async def test_times_a_minute_old_are_read_again_and_younger_ones_are_not(
    counter: Counter, leyr: WatchedSandbox, clock: StoppedClock
) -> None:
    clock.now += FRESH_FOR / 2
    counter.desk.navigation.step(1)
    await counter.rest()
    assert leyr.timeslot_calls == []
    clock.now += FRESH_FOR
    counter.desk.navigation.step(1)
    await counter.rest()
    assert leyr.timeslot_calls


async def test_of_two_answers_the_one_asked_for_later_stays_though_it_comes_first(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    day, resource = slot.start.date(), slot.resource_id
    late = leyr.keep_back("GET", "*/timeslots")
    earlier = asyncio.create_task(counter.desk.availability.load_column(day, resource))
    await late.reached()  # it says that the slot is free, and nobody has heard it yet
    leyr.sandbox.outside.book(resource, slot.start, slot.end)
    await counter.desk.availability.load_column(day, resource)
    late.release()
    await earlier
    known = counter.store.snapshot.slots_of(day, resource, None)
    assert slot not in known.timeslots


async def test_where_one_answer_fails_that_column_keeps_what_was_known_and_the_others_are_shown(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    leyr.fail("emr_error_400", path="*/timeslots")
    counter.desk.navigation.go(counter.desk.navigation.today() + timedelta(days=21))
    await counter.rest()
    columns = counter.store.snapshot.page().columns
    assert [column.timeslots is None for column in columns].count(True) == 1
    [failure] = counter.told
    assert isinstance(failure, ReadFailure)
    assert (failure.what, failure.problem.reason) == (ReadSubject.TIMESLOTS, Reason.EMR_REFUSED)
    assert counter.store.snapshot.reads_under_way == 0
    assert counter.store.snapshot.oldest_answer() is None


async def test_where_answers_by_service_fail_in_part_nothing_is_shown_rather_than_too_little(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    """A column with one service missing would draw its free time as not offered."""
    clinic = clinic_of(counter)
    service = clinic.services[0].id
    counter.desk.navigation.choose_service(service)
    await counter.rest()
    leyr.fail("emr_error_400", path="*/timeslots")
    counter.desk.navigation.go(counter.desk.navigation.today() + timedelta(days=28))
    await counter.rest()
    assert all(column.timeslots is None for column in counter.store.snapshot.page().columns)


async def test_our_own_appointment_hides_the_free_times_it_overlaps(counter: Counter, leyr: WatchedSandbox) -> None:
    """Even where Leyr still offers them."""
    own = await counter.booked()
    leyr.sandbox.outside.cancel(own.appointment_id)  # so that Leyr offers the time again
    await counter.desk.availability.load_column(own.start.date(), own.timeslot.resource_id)
    counter.desk.navigation.go(own.start.date())
    await counter.rest()
    [column] = [c for c in counter.store.snapshot.page().columns if c.resource_id == own.timeslot.resource_id]
    assert own.key in {a.key for a in column.appointments}
    assert not any(slot.overlaps(own.start, own.end) for slot in column.timeslots)
    offered = counter.store.snapshot.slots_of(own.start.date(), own.timeslot.resource_id, None).timeslots
    assert any(slot.overlaps(own.start, own.end) for slot in offered)


async def test_what_was_on_screen_stays_when_a_refresh_fails(counter: Counter, leyr: WatchedSandbox) -> None:
    before = counter.free()
    leyr.fail("emr_error_400", path="*/timeslots", times=99)
    counter.desk.navigation.refresh()
    await counter.rest()
    assert counter.free() == before
    assert counter.told


async def test_a_booking_reads_only_its_own_column_again(counter: Counter, leyr: WatchedSandbox) -> None:
    slot = counter.free()[0]
    await counter.book(slot)
    again = leyr.timeslot_calls[1:]  # the first asks for the very slot before it is booked
    assert [call.query["resource_id"] for call in again] == [[slot.resource_id]]


async def test_an_answer_for_a_care_unit_that_is_not_on_screen_any_more_reads_nothing_there(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    kept = leyr.keep_back("POST", "*/appointments")
    request = BookRequest(counter.care_unit_id, counter.free()[0], counter.somebody())
    counter.desk.booking.book(request)
    await kept.reached()
    other = counter.store.snapshot.care_units[1].id
    counter.desk.navigation.open_care_unit(other)
    await until(lambda: counter.care_unit_id == other, "the other care unit is on screen")
    kept.release()
    await counter.rest()
    assert (counter.told[-1].request, counter.told[-1].outcome) == (request.id, Outcome.DONE)
    asked = {call.query.get("resource_id", [""])[0] for call in leyr.calls("GET", f"*/{other}/timeslots")}
    assert request.timeslot.resource_id not in asked


async def test_a_clinic_read_is_kept_for_a_quarter_of_an_hour(
    counter: Counter, leyr: WatchedSandbox, clock: StoppedClock
) -> None:
    first = clinic_of(counter).care_unit.id
    other = counter.store.snapshot.care_units[1].id
    counter.desk.navigation.open_care_unit(other)
    await counter.rest()
    leyr.forget_calls()
    clock.now += timedelta(minutes=14)
    counter.desk.navigation.open_care_unit(first)
    await counter.rest()
    assert leyr.calls("GET", "*/resources") == []
    clock.now += timedelta(minutes=2)
    counter.desk.navigation.open_care_unit(first)
    await counter.rest()
    assert len(leyr.calls("GET", "*/resources")) == 1


async def test_while_it_reads_it_says_so(counter: Counter, leyr: WatchedSandbox) -> None:
    kept = leyr.keep_back("GET", "*/timeslots")
    counter.desk.navigation.refresh()
    await until(lambda: counter.store.snapshot.reads_under_way > 0, "a read is under way")
    await kept.reached()
    kept.release()
    await counter.rest()
    assert counter.store.snapshot.reads_under_way == 0


def test_the_plan_takes_the_fewer_of_resources_and_services() -> None:
    assert len(plan_queries("abc", "12", None)) == 2
    assert len(plan_queries("ab", "123", None)) == 2
    assert len(plan_queries("abc", "12", "1")) == 1
    assert plan_queries("", "12", None) == plan_queries("abc", "", None) == ()

"""Which page practice mode begins with, and what is booked on it: the rules, on days made for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.practice_days import A_DAY, LEAST_FREE, LEAST_OURS, FirstPage, bookings, lacking, suits

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
PAGE = FirstPage("unit", DAY, NOW)


def times(many: int, day: date = DAY, resource_id: str = "r1", *, hour: int = 8) -> list[Timeslot]:
    """Free half hours, one after another."""
    first = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    half = timedelta(minutes=30)
    return [Timeslot(first + n * half, first + (n + 1) * half, resource_id, "s") for n in range(many)]


def ahead(many: int) -> list[datetime]:
    return [NOW + timedelta(hours=n + 1) for n in range(many)]


@pytest.mark.parametrize(("many", "enough"), [(LEAST_FREE + LEAST_OURS, True), (LEAST_FREE + LEAST_OURS - 1, False)])
def test_a_new_page_needs_its_free_times_and_room_for_ours(many: int, enough: bool) -> None:
    assert suits(times(many), (), NOW) is enough


def test_a_page_that_has_ours_needs_its_free_times_only() -> None:
    assert suits(times(LEAST_FREE), ahead(LEAST_OURS), NOW)
    assert not suits(times(LEAST_FREE - 1), ahead(LEAST_OURS), NOW)


def test_what_begins_within_a_quarter_of_an_hour_is_no_free_time_any_more() -> None:
    free = times(LEAST_FREE + LEAST_OURS)
    assert suits(free, (), free[0].start - timedelta(minutes=16))
    assert not suits(free, (), free[0].start - timedelta(minutes=15))


def test_services_that_begin_together_are_one_free_time() -> None:
    half = times(LEAST_FREE // 2 + LEAST_OURS)
    both = [*half, *(Timeslot(s.start, s.end, s.resource_id, "other") for s in half)]
    assert not suits(both, (), NOW)


def test_of_three_that_are_over_one_more_is_needed() -> None:
    over = [NOW - timedelta(hours=n) for n in range(LEAST_OURS)]
    assert lacking(over, NOW) == 1
    assert lacking([*over[1:], *ahead(1)], NOW) == 0
    assert lacking((), NOW) == LEAST_OURS


def test_five_are_booked_on_the_first_page_and_then_on_each_day_around_it() -> None:
    days = [DAY + timedelta(days=n) for n in (-1, 0, 1)]
    later = FirstPage("unit", DAY, NOW - timedelta(days=1))
    booked = list(bookings({day: times(20, day) for day in days}, {}, later))
    assert [day for day, _ in booked] == [DAY] * A_DAY + [days[0]] * A_DAY + [days[2]] * A_DAY
    assert len({(slot.start, slot.resource_id) for _, slot in booked}) == 3 * A_DAY


def test_no_more_are_booked_than_leave_enough_free() -> None:
    for many in range(LEAST_FREE + 10):
        booked = list(bookings({DAY: times(many)}, {}, PAGE))
        assert len(booked) == min(A_DAY, max(0, many - LEAST_FREE))


def test_where_there_is_little_room_short_ones_are_booked() -> None:
    short = times(LEAST_FREE + LEAST_OURS)
    long = [Timeslot(slot.start, slot.start + timedelta(hours=2), "r1", "long") for slot in short]
    booked = [slot for _, slot in bookings({DAY: [*short, *long]}, {}, PAGE)]
    assert [slot.healthcare_service_id for slot in booked] == ["s"] * LEAST_OURS


def test_what_is_there_already_counts() -> None:
    booked = list(bookings({DAY: times(20)}, {DAY: ahead(2)}, PAGE))
    assert len(booked) == A_DAY - 2


def test_the_same_is_booked_whatever_order_it_is_offered_in() -> None:
    free = times(20) + times(20, resource_id="r2")
    assert list(bookings({DAY: free}, {}, PAGE)) == list(bookings({DAY: free[::-1]}, {}, PAGE))

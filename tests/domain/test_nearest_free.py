"""Free times to offer."""

from datetime import UTC, datetime, time, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.free_times import FreeTimeCriteria, nearest_free_times, next_free_times

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = datetime(2026, 10, 5, 9, tzinfo=OSLO)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def slot(start: datetime, resource: str = "ada", service: str = "first", minutes: int = 30) -> Timeslot:
    return Timeslot(start, start + timedelta(minutes=minutes), resource, service)


def at(hour: int, minute: int = 0, day: int = 5, resource: str = "ada", service: str = "first") -> Timeslot:
    return slot(datetime(2026, 10, day, hour, minute, tzinfo=OSLO), resource, service)


def test_the_nearest_times_of_the_same_practitioner_come_first() -> None:
    loaded = [at(12), at(8), at(9, 30), at(9, resource="bo"), at(10)]
    assert nearest_free_times(loaded, MONDAY, "first", "ada", LONG_AGO) == (at(9, 30), at(8), at(10))


def test_others_fill_up_where_the_same_practitioner_has_too_few() -> None:
    loaded = [at(9, resource="bo"), at(8, resource="cy"), at(15), at(9, 15, resource="cy")]
    assert nearest_free_times(loaded, MONDAY, "first", "ada", LONG_AGO) == (
        at(15),
        at(9, resource="bo"),
        at(9, 15, resource="cy"),
    )


def test_the_taken_time_is_not_offered_again_but_the_same_hour_with_another_is() -> None:
    loaded = [at(9), at(9, resource="bo")]
    assert nearest_free_times(loaded, MONDAY, "first", "ada", LONG_AGO) == (at(9, resource="bo"),)
    in_utc = slot(MONDAY.astimezone(UTC))
    assert nearest_free_times([in_utc], MONDAY, "first", "ada", LONG_AGO) == ()


def test_without_a_practitioner_closeness_alone_decides() -> None:
    loaded = [at(8, resource="bo"), at(11), at(9, 30, resource="cy")]
    assert nearest_free_times(loaded, MONDAY, "first", None, LONG_AGO, count=2) == (
        at(9, 30, resource="cy"),
        at(8, resource="bo"),
    )


def test_another_service_is_never_offered() -> None:
    assert nearest_free_times([at(9, 30, service="other")], MONDAY, "first", "ada", LONG_AGO) == ()


def test_a_start_is_offered_once_however_many_timeslots_begin_there() -> None:
    assert len(nearest_free_times([slot(MONDAY, minutes=m) for m in (30, 60)], MONDAY, "first", None, LONG_AGO)) == 1


def test_the_present_minute_can_be_offered_and_the_past_cannot() -> None:
    loaded = [at(8, 59), at(9), at(9, 1)]
    assert nearest_free_times(loaded, MONDAY, "first", None, MONDAY) == (at(9), at(9, 1))


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (FreeTimeCriteria(), [at(8), at(12), at(16, day=6, resource="bo"), at(9, day=9, service="other")]),
        (FreeTimeCriteria(service_ids={"other"}), [at(9, day=9, service="other")]),
        (FreeTimeCriteria(resource_ids=("bo",)), [at(16, day=6, resource="bo")]),
        (FreeTimeCriteria(weekdays={5}), [at(9, day=9, service="other")]),
        (FreeTimeCriteria(earliest=time(12)), [at(12), at(16, day=6, resource="bo")]),
        (FreeTimeCriteria(latest=time(9)), [at(8), at(9, day=9, service="other")]),
        (FreeTimeCriteria(minimum_length=timedelta(minutes=31)), []),
        (FreeTimeCriteria(weekdays=[1], earliest=time(9), latest=time(12)), [at(12)]),
    ],
)
def test_the_next_free_times_suit_the_wish_and_come_in_order(wish: FreeTimeCriteria, expected: list[Timeslot]) -> None:
    loaded = [at(9, day=9, service="other"), at(16, day=6, resource="bo"), at(12), at(8)]
    assert list(next_free_times(loaded, LONG_AGO, OSLO, wish)) == expected


def test_times_of_day_and_weekdays_are_the_clinics() -> None:
    late_in_utc = slot(datetime(2026, 10, 4, 22, 30, tzinfo=UTC))  # Monday 00:30 in Oslo
    assert list(next_free_times([late_in_utc], LONG_AGO, OSLO, FreeTimeCriteria(weekdays={1}, latest=time(1)))) == [
        late_in_utc
    ]


def test_the_two_hours_of_the_night_in_october_are_both_found_in_order() -> None:
    summer, winter = (slot(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1))
    half_past_two = FreeTimeCriteria(earliest=time(2, 30), latest=time(2, 30))
    assert list(next_free_times([winter, summer], LONG_AGO, OSLO, half_past_two)) == [summer, winter]


def test_equal_starts_come_by_practitioner_and_service() -> None:
    loaded = [at(9, resource="bo"), at(9, service="z"), at(9, service="a")]
    assert list(next_free_times(loaded, MONDAY, OSLO)) == [at(9, service="a"), at(9, service="z"), at(9, resource="bo")]


quarters = st.integers(0, 400).map(lambda n: MONDAY.astimezone(UTC) + timedelta(minutes=15 * n))
offsets = st.sampled_from([UTC, OSLO, timezone(timedelta(hours=2))])
loaded_slots = st.lists(
    st.builds(
        lambda start, zone, resource, service, minutes: slot(start.astimezone(zone), resource, service, minutes),
        quarters,
        offsets,
        st.sampled_from("abc"),
        st.sampled_from("xy"),
        st.sampled_from([15, 30, 60]),
    ),
    max_size=40,
)


@given(loaded_slots, quarters, quarters, st.sampled_from("abc") | st.none(), st.integers(0, 5))
def test_nothing_nearer_is_left_out(
    loaded: list[Timeslot], wished: datetime, now: datetime, resource: str | None, count: int
) -> None:
    def rank(offer: Timeslot) -> tuple[bool, timedelta]:
        return resource is not None and offer.resource_id != resource, abs(offer.start - wished)

    offers = nearest_free_times(loaded, wished, "x", resource, now, count)
    free = {
        (s.start, s.resource_id): s
        for s in loaded
        if s.healthcare_service_id == "x" and s.start >= now and not (s.start == wished and s.resource_id == resource)
    }
    assert [rank(offer) for offer in offers] == sorted(map(rank, free.values()))[:count]
    assert {(offer.start, offer.resource_id) for offer in offers} <= free.keys()


wishes = st.builds(
    FreeTimeCriteria,
    service_ids=st.none() | st.sets(st.sampled_from("xy")),
    resource_ids=st.none() | st.sets(st.sampled_from("abc")),
    weekdays=st.none() | st.sets(st.integers(1, 7)),
    earliest=st.none() | st.times(),
    latest=st.none() | st.times(),
    minimum_length=st.none() | st.sampled_from([timedelta(minutes=m) for m in (15, 30, 45)]),
)


@given(loaded_slots, quarters, wishes, st.integers(0, 50))
def test_the_next_free_times_are_all_that_suit_and_a_few_are_the_first_of_all(
    loaded: list[Timeslot], after: datetime, wish: FreeTimeCriteria, few: int
) -> None:
    def suits(offer: Timeslot) -> bool:
        local = offer.start.astimezone(OSLO)
        return all(
            (
                offer.start >= after,
                wish.service_ids is None or offer.healthcare_service_id in wish.service_ids,
                wish.resource_ids is None or offer.resource_id in wish.resource_ids,
                wish.weekdays is None or local.isoweekday() in wish.weekdays,
                (wish.earliest or time.min) <= local.time() <= (wish.latest or time.max),
                offer.length >= (wish.minimum_length or timedelta()),
            )
        )

    found = list(next_free_times(loaded, after, OSLO, wish))
    order = [(offer.start, offer.resource_id, offer.healthcare_service_id) for offer in found]
    assert order == sorted(order)
    assert sorted(map(hash, found)) == sorted(hash(offer) for offer in loaded if suits(offer))
    assert list(islice(next_free_times(loaded, after, OSLO, wish), few)) == found[:few]

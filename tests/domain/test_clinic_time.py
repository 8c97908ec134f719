"""Clinic time: the wall clock in Oslo, on common days and on the two on which the clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.clinic_time import (
    DayClock,
    clinic_day,
    clinic_days,
    clock_text,
    day_bounds,
    iso_week,
    repetition,
    wall_minutes,
    week_days,
)

OSLO = ZoneInfo("Europe/Oslo")
SPRING = date(2026, 3, 29)  # 02:00 becomes 03:00
AUTUMN = date(2026, 10, 25)  # 03:00 becomes 02:00

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_late_evening_in_utc_is_the_next_day_in_the_clinic() -> None:
    assert clinic_day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), OSLO) == date(2026, 11, 24)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 24), 24)])
def test_a_clinic_day_has_23_24_or_25_hours(day: date, hours: int) -> None:
    start, end = day_bounds(day, OSLO)
    assert end - start == timedelta(hours=hours)


@given(days)
def test_every_day_begins_where_the_one_before_ends(day: date) -> None:
    assert day_bounds(day, OSLO)[1] == day_bounds(day + timedelta(days=1), OSLO)[0]


@given(days)
def test_a_week_is_seven_days_from_monday_with_the_day_in_it(day: date) -> None:
    week = week_days(day)
    assert [d.weekday() for d in week] == [0, 1, 2, 3, 4, 5, 6]
    assert day in week
    assert len({iso_week(d) for d in week}) == 1


def test_the_last_days_of_2026_are_in_week_53() -> None:
    assert iso_week(date(2026, 12, 31)) == 53
    assert iso_week(date(2027, 1, 3)) == 53
    assert iso_week(date(2027, 1, 4)) == 1


def test_wall_minutes_jump_over_the_hour_that_spring_takes() -> None:
    before, after = datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert (wall_minutes(before, SPRING, OSLO), wall_minutes(after, SPRING, OSLO)) == (119, 180)


def test_wall_minutes_repeat_in_the_hour_that_autumn_gives() -> None:
    once, again = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert wall_minutes(once, AUTUMN, OSLO) == wall_minutes(again, AUTUMN, OSLO) == 150


def test_wall_minutes_go_on_past_midnight_and_are_negative_before_it() -> None:
    day = date(2026, 11, 24)
    assert wall_minutes(datetime(2026, 11, 24, 23, 30, tzinfo=UTC), day, OSLO) == 24 * 60 + 30
    assert wall_minutes(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), day, OSLO) == -30


@given(days, st.integers(-600, 60 * 36))
def test_the_clock_of_a_day_agrees_with_the_zone(day: date, minutes: int) -> None:
    instant = day_bounds(day, OSLO)[0] + timedelta(minutes=minutes)
    assert DayClock(day, OSLO).minutes(instant) == wall_minutes(instant, day, OSLO)


@given(days, st.integers(-600, 60 * 36), st.integers(0, 600))
def test_a_span_lies_within_the_day_and_is_at_least_a_minute(day: date, minutes: int, length: int) -> None:
    start = day_bounds(day, OSLO)[0] + timedelta(minutes=minutes)
    top, bottom = DayClock(day, OSLO).span(start, start + timedelta(minutes=length))
    assert 0 <= top < bottom <= 24 * 60


def test_a_span_over_the_repeated_hour_keeps_its_true_length() -> None:
    start = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45, and half an hour later it is 02:15 again
    assert DayClock(AUTUMN, OSLO).span(start, start + timedelta(minutes=30)) == (165, 195)


def test_clock_text_has_24_hours_and_ends_the_day_at_24() -> None:
    assert [clock_text(m) for m in (0, 9 * 60 + 5, 24 * 60 - 1, 24 * 60, 24 * 60 + 20)] == [
        "00:00",
        "09:05",
        "23:59",
        "24:00",
        "00:20",
    ]


@given(days, st.integers(0, 24 * 60 - 1))
def test_two_instants_of_one_wall_clock_time_are_told_apart(day: date, minute: int) -> None:
    """And nothing else is marked."""
    first = day_bounds(day, OSLO)[0] + timedelta(minutes=minute)
    second = first + timedelta(hours=1)
    alike = first.astimezone(OSLO).replace(tzinfo=None) == second.astimezone(OSLO).replace(tzinfo=None)
    if alike:
        assert (repetition(first, OSLO), repetition(second, OSLO)) == (1, 2)
    elif repetition(first, OSLO) != 2:
        assert repetition(first, OSLO) == 0


def test_a_time_over_midnight_is_of_both_days() -> None:
    evening = day_bounds(AUTUMN, OSLO)[1] - timedelta(hours=2)
    assert clinic_days(evening, evening + timedelta(hours=8), OSLO) == (AUTUMN, AUTUMN + timedelta(days=1))
    assert clinic_days(evening, evening + timedelta(hours=2), OSLO) == (AUTUMN,)
    assert clinic_days(evening, evening, OSLO) == (AUTUMN,)

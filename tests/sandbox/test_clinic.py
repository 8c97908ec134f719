"""The made-up clinic: believable, the same each time, and nobody real in it."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import holidays
import pytest

from receptionapp.sandbox import Sandbox
from receptionapp.sandbox import people as national_number
from receptionapp.sandbox.calendar import Span, clinic_date, public_holidays, working_spans
from receptionapp.sandbox.clinic import CARE_UNITS
from receptionapp.sandbox.diary import outside_bookings

MAIN, SECOND = CARE_UNITS
OFFICE = [resource for unit in CARE_UNITS for resource in unit.resources if not resource.open_on_holidays]
TODAY = date(2026, 1, 1)
YEAR = [date(2026, 1, 1) + timedelta(days=days) for days in range(365)]


def total(spans):
    return sum((span.end - span.start for span in spans), start=timedelta())


def test_there_are_two_care_units_the_second_smaller():
    assert len(MAIN.resources) >= 8
    assert 0 < len(SECOND.resources) < len(MAIN.resources)


def test_services_have_six_lengths_and_nobody_offers_them_all():
    assert {service.minutes for service in MAIN.services} == {15, 20, 30, 45, 60, 90}
    assert all(set(resource.services) < set(MAIN.services) for resource in MAIN.resources)


def test_names_have_norwegian_letters():
    names = "".join(resource.name for resource in MAIN.resources)
    assert {"æ", "ø", "å"} <= set(names.lower())


def test_ids_are_unique_and_some_hold_a_dash_an_underscore_or_a_colon():
    ids = [resource.id for unit in CARE_UNITS for resource in unit.resources]
    assert len(set(ids)) == len(ids)
    assert all(any(mark in resource_id for resource_id in ids) for mark in "-_:")


def test_some_work_part_time():
    days = {resource.name: sum(map(bool, resource.week)) for resource in OFFICE}
    assert min(days.values()) < 4
    assert max(days.values()) == 5


@pytest.mark.parametrize("resource", OFFICE, ids=lambda resource: resource.name)
def test_nobody_but_the_emergency_room_works_on_sundays_and_holidays(resource):
    closed = [day for day in YEAR if day.weekday() == 6 or day in public_holidays(2026)]
    assert not any(working_spans(resource, day) for day in closed)


@pytest.mark.parametrize(
    ("year", "moving"),
    [
        (2024, ["03-28", "03-29", "03-31", "04-01", "05-09", "05-19", "05-20"]),
        (2026, ["04-02", "04-03", "04-05", "04-06", "05-14", "05-24", "05-25"]),
        (2038, ["04-22", "04-23", "04-25", "04-26", "06-03", "06-13", "06-14"]),
    ],
)
def test_the_public_holidays_are_those_of_the_almanac(year, moving):
    fixed = ["01-01", "05-01", "05-17", "12-25", "12-26"]
    assert public_holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in fixed + moving}


def test_the_public_holidays_agree_with_the_holidays_package():
    for year in range(2020, 2060):
        assert public_holidays(year) == set(holidays.country_holidays("NO", years=year, include_sundays=False))


def test_about_six_tenths_of_the_working_time_are_booked_by_the_clinic():
    worked = total(span for resource in OFFICE for day in YEAR for span in working_spans(resource, day))
    booked = total(
        booking.span for resource in OFFICE for day in YEAR for booking in outside_bookings(1, resource, day)
    )
    assert 0.55 < booked / worked < 0.65


def test_bookings_come_in_clusters():
    """More often than not one starts when another ends."""
    starts_at_once = [
        one.span.end == other.span.start
        for resource in OFFICE
        for day in YEAR[:60]
        for one, other in pairwise(outside_bookings(1, resource, day))
    ]
    assert sum(starts_at_once) > len(starts_at_once) * 0.5


def test_outside_bookings_lie_in_working_time_and_not_on_each_other():
    for resource in OFFICE:
        for day in YEAR[:60]:
            working = working_spans(resource, day)
            bookings = [booking.span for booking in outside_bookings(1, resource, day)]
            assert all(any(hours.start <= b.start and b.end <= hours.end for hours in working) for b in bookings)
            assert all(one.end <= other.start for one, other in pairwise(bookings))


def free(sandbox, day):
    span = Span(
        datetime(day.year, day.month, day.day, tzinfo=UTC), datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
    )
    return sandbox.diary.free_timeslots(MAIN.resources, MAIN.services, span, sandbox.now())


def test_two_sandboxes_made_at_different_times_agree_on_a_day():
    day = date(2026, 6, 16)
    with (
        Sandbox(now=lambda: datetime(2026, 1, 5, tzinfo=UTC)) as january,
        Sandbox(now=lambda: datetime(2026, 6, 15, tzinfo=UTC)) as june,
    ):
        assert free(january, day) == free(june, day) != []
        assert january.patients() == june.patients()


def test_another_seed_is_another_clinic_day():
    def day(seed):
        with Sandbox(now=lambda: datetime(2026, 1, 5, tzinfo=UTC), seed=seed) as sandbox:
            return free(sandbox, date(2026, 6, 16)), sandbox.patients()

    assert day(1)[0] != day(2)[0]
    assert day(1)[1] != day(2)[1]


@pytest.fixture
def people(clinic):
    return clinic().patients()


def test_three_hundred_people_have_synthetic_numbers_with_valid_check_digits(people):
    """Section 10.1: month + 80, so that no number can be anybody's."""
    numbers = [patient.external_id for patient in people]
    assert len(set(numbers)) == 300
    assert all(81 <= int(number[2:4]) <= 92 and national_number.is_valid(number, TODAY) for number in numbers)


def test_nobody_has_the_same_id_at_leyr_and_in_the_emr(people):
    """Section 11."""
    assert not {patient.id for patient in people} & {patient.emr_id for patient in people}
    assert len({patient.id for patient in people}) == len({patient.emr_id for patient in people}) == 300


def test_phones_are_e164_and_mail_goes_nowhere(people):
    assert all(re.fullmatch(r"\+47\d{8}", phone) for patient in people for phone in patient.phones)
    assert all(mail.endswith("@example.com") for patient in people for mail in patient.emails)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("26258605879", False),  # DOC 2.2: valid check digits, month 25
        ("02813601322", True),
        ("02813601321", False),
    ],
)
def test_a_number_needs_a_possible_date_and_right_check_digits(number, valid):
    assert national_number.is_valid(number, TODAY) is valid


@pytest.mark.parametrize(
    ("number", "since_2032"), [("02013299997", False), ("30108299920", False), ("30108299939", True)]
)
def test_from_2032_on_more_check_digits_are_right(number, since_2032):
    """The examples of Skatteetaten."""
    assert national_number.is_valid(number, date(2031, 12, 31)) is not since_2032
    assert national_number.is_valid(number, date(2032, 1, 1))


def test_a_day_of_the_clinic_ends_at_its_own_midnight():
    assert clinic_date(datetime(2026, 3, 2, 22, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert clinic_date(datetime(2026, 3, 2, 23, 0, tzinfo=UTC)) == date(2026, 3, 3)

"""When a page is one on which nothing can be booked, and from when on to look further."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.dead_end import find_dead_end
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from tests.ui.book import made_up_days as made_up

DAY = made_up.TUESDAY
NOON = made_up.at(DAY, 720)


def page_of(*columns: ResourceDay) -> Page:
    return Page(made_up.clinic(2), made_up.OSLO, ViewSpan.DAY, columns)


EMPTY = ResourceDay(DAY, "r0", ())
FREE = ResourceDay(DAY, "r1", (made_up.slot(DAY, 800, 30, "r1"),))
UNKNOWN = ResourceDay(DAY, "r1")


@pytest.mark.parametrize("columns", [(), (EMPTY, FREE), (EMPTY, UNKNOWN)], ids=["nobody", "free", "not loaded"])
def test_a_page_with_something_free_or_unknown_is_no_dead_end(columns: tuple[ResourceDay, ...]) -> None:
    assert find_dead_end(page_of(*columns), NOON) is None


def test_an_empty_day_is_looked_past_from_its_end() -> None:
    found = find_dead_end(page_of(EMPTY), NOON)
    assert found is not None
    assert (found.days, found.after, found.empty) == ((DAY,), day_bounds(DAY, made_up.OSLO)[1], True)


def test_a_day_that_is_over_is_nothing_to_be_said_about() -> None:
    assert find_dead_end(page_of(EMPTY), NOON + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("start", "standing", "empty"),
    [
        (800, Standing.BOOKED, False),
        (600, Standing.BOOKED, True),  # over by noon
        (800, Standing.BOOKING_UNKNOWN, False),
        (800, Standing.REFUSED, True),
    ],
)
def test_what_is_ours_and_still_to_come_keeps_a_day_from_being_empty(
    start: int, standing: Standing, empty: bool
) -> None:
    own = made_up.appointment(1, made_up.slot(DAY, start, 30), standing)
    found = find_dead_end(page_of(replace(EMPTY, appointments=(own,))), NOON)
    assert found is not None
    assert found.empty is empty


def test_a_week_is_looked_past_from_its_last_day() -> None:
    friday: date = DAY.replace(day=27)
    found = find_dead_end(page_of(EMPTY, replace(EMPTY, day=friday)), NOON)
    assert found is not None
    after: datetime = day_bounds(friday, made_up.OSLO)[1]
    assert (found.days, found.after) == ((DAY, friday), after)

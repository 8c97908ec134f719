"""A week as counts: what is free, what is ours, and how full that is as far as is seen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import Standing
from receptionapp.domain.layout import ResourceDay, ViewSpan
from receptionapp.domain.week_counts import count_day, is_counted, week_rows
from tests.ui.book import made_up_days as made_up

DAY = made_up.TUESDAY
spans = st.lists(st.tuples(st.integers(0, 1380), st.integers(5, 60)), max_size=20)


@pytest.mark.parametrize(
    ("people", "wished", "counted"), [(3, False, False), (4, False, True), (5, True, False), (6, True, True)]
)
def test_up_to_three_people_have_a_grid_and_up_to_five_who_wish_it(people: int, wished: bool, counted: bool) -> None:
    page = made_up.busy_page(days=5, resources=people)
    assert is_counted(page, grid_wished=wished) is counted
    assert not is_counted(replace(page, span=ViewSpan.DAY), grid_wished=wished)


@given(spans)
def test_minutes_are_those_in_which_anything_can_be_booked(made: list[tuple[int, int]]) -> None:
    column = ResourceDay(DAY, "r0", tuple(made_up.slot(DAY, start, length) for start, length in made))
    count = count_day(column)
    assert count.free == len({start for start, _ in made})
    assert count.free_minutes == len({minute for start, length in made for minute in range(start, start + length)})


@given(spans, spans)
def test_a_day_is_between_empty_and_full(free: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    own = tuple(made_up.appointment(n, made_up.slot(DAY, *span)) for n, span in enumerate(taken))
    count = count_day(ResourceDay(DAY, "r0", tuple(made_up.slot(DAY, *span) for span in free), own))
    assert count.own == len(taken)
    if count.fullness is None:
        assert not free
        assert not taken
    else:
        assert 0 <= count.fullness <= 1
        assert (count.fullness == 0) is not bool(taken)
        assert (count.fullness == 1) is not bool(free)


def test_what_is_not_loaded_is_no_number_and_has_no_fullness() -> None:
    count = count_day(ResourceDay(DAY, "r0", None, (made_up.appointment(1, made_up.slot(DAY, 600, 30)),)))
    assert (count.free, count.own, count.fullness) == (None, 1, None)


def test_cancelled_and_refused_ones_are_not_counted() -> None:
    own = tuple(
        made_up.appointment(n, made_up.slot(DAY, 600, 30), standing)
        for n, standing in enumerate((Standing.BOOKED, Standing.CANCELLED, Standing.REFUSED, Standing.BOOKING_UNKNOWN))
    )
    assert count_day(ResourceDay(DAY, "r0", (), own)).own == 2


def test_rows_are_in_the_clinics_order_each_with_its_days() -> None:
    page = made_up.busy_page(days=5, resources=4)
    rows = week_rows(page)
    assert [resource for resource, _ in rows] == ["r0", "r1", "r2", "r3"]
    assert all(len(days) == 5 for _, days in rows)

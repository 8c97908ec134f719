"""A day as rows of times: nothing left out, nothing over another, and the same services named once."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.frame import fit
from receptionapp.domain.layout import FreeCell, Item, Page, ResourceDay, ViewSpan, lay_out_column
from receptionapp.domain.times import is_sparse, runs_of, wrap
from tests.ui.book import made_up_days as made_up

DAY = made_up.TUESDAY
starts = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("ab"), st.booleans()), max_size=20, unique=True)


def items_of(made: list[tuple[int, str, bool]]) -> tuple[Item, ...]:
    free: list[Timeslot] = []
    own = []
    for number, (at, service, ours) in enumerate(made):
        slot = made_up.slot(DAY, 420 + 15 * at, 15, service=service)
        if ours:
            own.append(made_up.appointment(number, slot))
        else:
            free.append(slot)
    return lay_out_column(ResourceDay(DAY, "r0", tuple(free), tuple(own)), made_up.OSLO).items


@given(starts)
def test_every_item_is_in_one_run_and_in_its_order(made: list[tuple[int, str, bool]]) -> None:
    items = items_of(made)
    assert tuple(item for run in runs_of(items) for item in run.items) == items


@given(starts)
def test_services_are_named_once_for_all_starts_that_follow_each_other_with_the_same(
    made: list[tuple[int, str, bool]],
) -> None:
    runs = runs_of(items_of(made))
    for run, following in pairwise(runs):
        assert not run.service_ids or run.service_ids != following.service_ids
    for run in runs:
        for item in run.items:
            offered = {o.healthcare_service_id for o in item.what.options} if isinstance(item.what, FreeCell) else set()
            assert offered == set(run.service_ids)


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(50, 400), st.integers(0, 8))
def test_pieces_stand_in_order_apart_and_inside(widths: list[int], room: int, gap: int) -> None:
    spots = wrap(widths, room, gap)
    assert list(spots) == sorted(spots)
    for (width, spot), following in zip(zip(widths, spots, strict=True), spots[1:], strict=False):
        if following.line == spot.line:
            assert following.x == spot.x + width + gap
        else:
            assert (following.line, following.x) == (spot.line + 1, 0)
    assert all(spot.x + width <= room or spot.x == 0 for width, spot in zip(widths, spots, strict=True))


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(50, 400))
def test_no_line_is_broken_before_it_is_full(widths: list[int], room: int) -> None:
    spots = wrap(widths, room, 4)
    for (width, spot), (wider, following) in zip(
        zip(widths, spots, strict=True), list(zip(widths, spots, strict=True))[1:], strict=False
    ):
        if following.line > spot.line:
            assert spot.x + width + 4 + wider > room


def test_the_name_of_services_stays_with_their_first_start() -> None:
    assert [spot.line for spot in wrap([60, 30, 40], 100, 4, [False, True, False])] == [0, 1, 1]


def sparse(*free: tuple[int, int]) -> bool:
    """Whether a page is, of one person with free times from and to these minutes."""
    column = ResourceDay(DAY, "r0", tuple(made_up.slot(DAY, start, end - start) for start, end in free))
    page = Page(made_up.clinic(1), made_up.OSLO, ViewSpan.DAY, (column,))
    return is_sparse(page, fit(page))


def test_a_day_is_sparse_when_less_than_a_quarter_of_its_hours_can_be_booked() -> None:
    assert sparse((480, 510), (930, 960))  # an hour of eight
    assert not sparse((480, 540), (900, 960))  # two hours of eight
    assert not sparse((480, 960))
    assert not sparse()

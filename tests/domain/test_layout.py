"""Layout: what stands where in a column, for any timeslots and appointments, on any day of the clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.layout import (
    FreeCell,
    Lane,
    ResourceDay,
    assign_lanes,
    free_cells,
    lay_out_column,
    place_cells,
)
from receptionapp.domain.patient import Person

OSLO = ZoneInfo("Europe/Oslo")
COMMON, SPRING, AUTUMN = date(2026, 11, 24), date(2026, 3, 29), date(2026, 10, 25)
NOBODY = Person("emr_id:1", "Kari", "Nordmann")

spans = st.lists(
    st.tuples(st.integers(0, 1430), st.integers(5, 240)).map(lambda s: (s[0], min(s[0] + s[1], 1440))), max_size=40
)


def slot(day: date, minutes: int, length: int, service: str = "s0") -> Timeslot:
    """A timeslot that begins true minutes (not wall minutes) after the day's midnight."""
    start = day_bounds(day, OSLO)[0] + timedelta(minutes=minutes)
    return Timeslot(start, start + timedelta(minutes=length), "r0", service)


def appointment(number: int, timeslot: Timeslot, standing: Standing = Standing.BOOKED) -> OwnAppointment:
    return OwnAppointment(UUID(int=number), "unit", timeslot, NOBODY, standing)


@st.composite
def days_of_timeslots(draw: st.DrawFn) -> tuple[date, list[Timeslot]]:
    """Any day, slots of 5 to 240 minutes of three services, some before midnight and some past it."""
    day = draw(st.sampled_from((COMMON, SPRING, AUTUMN)))
    parts = st.tuples(st.integers(-12, 300).map(lambda n: n * 5), st.integers(5, 240), st.sampled_from("abc"))
    return day, [slot(day, *part) for part in draw(st.lists(parts, max_size=40, unique=True))]


# Free cells


@given(days_of_timeslots())
def test_every_slot_is_reached_through_exactly_one_cell(made: tuple[date, list[Timeslot]]) -> None:
    slots = made[1]
    options = [option for cell in free_cells(slots) for option in cell.options]
    assert sorted(options, key=repr) == sorted(slots, key=repr)


@given(days_of_timeslots())
def test_cells_are_ordered_by_start_and_never_overlap(made: tuple[date, list[Timeslot]]) -> None:
    cells = free_cells(made[1])
    assert all(above.start < below.start and above.end <= below.start for above, below in pairwise(cells))
    assert all(cell.start < cell.end for cell in cells)


@given(days_of_timeslots())
def test_a_cell_ends_at_the_next_start_or_with_its_longest_slot(made: tuple[date, list[Timeslot]]) -> None:
    cells = free_cells(made[1])
    for cell, following in pairwise((*cells, None)):
        longest = max(option.end for option in cell.options)
        assert cell.end == (min(longest, following.start) if following else longest)


@given(days_of_timeslots())
def test_the_order_of_the_slots_does_not_matter(made: tuple[date, list[Timeslot]]) -> None:
    assert free_cells(made[1]) == free_cells(made[1][::-1])


def test_slots_of_several_services_at_one_start_are_one_cell_with_the_shortest_first() -> None:
    cell = free_cells([slot(COMMON, 540, 40, "long"), slot(COMMON, 540, 20, "short")])[0]
    assert [option.healthcare_service_id for option in cell.options] == ["short", "long"]
    assert cell.end - cell.start == timedelta(minutes=40)


def test_the_same_instant_in_another_offset_is_the_same_cell() -> None:
    one = slot(COMMON, 540, 20, "a")
    other = Timeslot(one.start.astimezone(OSLO), one.end.astimezone(OSLO), "r0", "b")
    assert len(free_cells([one, other])) == 1


# Where cells stand


@given(days_of_timeslots())
def test_placed_cells_never_share_a_minute_of_a_lane(made: tuple[date, list[Timeslot]]) -> None:
    day, slots = made
    inside = [s for s in slots if day_bounds(day, OSLO)[0] <= s.start < day_bounds(day, OSLO)[1]]
    placed = place_cells(free_cells(inside), day, OSLO)
    for one, other in combinations(placed, 2):
        if one.top < other.bottom and other.top < one.bottom:
            assert _apart(one.lane, other.lane)


def test_the_repeated_hour_stands_side_by_side() -> None:
    twice = [slot(AUTUMN, 120, 60), slot(AUTUMN, 180, 60)]  # 02:00 in summer time, 02:00 in winter time
    placed = place_cells(free_cells(twice), AUTUMN, OSLO)
    assert [(cell.top, cell.lane.count) for cell in placed] == [(120, 2), (120, 2)]


def test_the_hour_that_spring_takes_is_not_there() -> None:
    placed = place_cells(free_cells([slot(SPRING, 60, 60), slot(SPRING, 120, 60)]), SPRING, OSLO)
    assert [cell.top for cell in placed] == [60, 180]


def test_a_slot_across_midnight_is_cut_at_the_end_of_the_day() -> None:
    (placed,) = place_cells(free_cells([slot(COMMON, 23 * 60 + 30, 60)]), COMMON, OSLO)
    assert (placed.top, placed.bottom) == (23 * 60 + 30, 24 * 60)


@given(days_of_timeslots())
def test_regions_cover_exactly_what_the_cells_cover(made: tuple[date, list[Timeslot]]) -> None:
    slots = [s for s in made[1] if day_bounds(COMMON, OSLO)[0] <= s.start < day_bounds(COMMON, OSLO)[1]]
    cells = place_cells(free_cells(slots), COMMON, OSLO)
    regions = lay_out_column(ResourceDay(COMMON, "r0", tuple(slots)), OSLO).regions
    assert [start for region in regions for start in region.starts] == [cell.top for cell in cells]
    assert {m for r in regions for m in range(r.top, r.bottom)} == {m for c in cells for m in range(c.top, c.bottom)}
    assert all(above.bottom < below.top for above, below in pairwise(regions))


# Lanes


@given(spans)
def test_spans_that_share_a_minute_never_share_a_lane(made: list[tuple[int, int]]) -> None:
    for (one, lane), (other, beside) in combinations(zip(made, assign_lanes(made), strict=True), 2):
        if one[0] < other[1] and other[0] < one[1]:
            assert _apart(lane, beside)
            assert lane.count == beside.count


@given(spans)
def test_every_lane_lies_within_its_column(made: list[tuple[int, int]]) -> None:
    assert all(
        lane.index >= 0 and lane.width >= 1 and lane.index + lane.width <= lane.count for lane in assign_lanes(made)
    )


@given(spans)
def test_a_span_that_overlaps_nothing_has_the_whole_width(made: list[tuple[int, int]]) -> None:
    for number, (span, lane) in enumerate(zip(made, assign_lanes(made), strict=True)):
        others = [other for n, other in enumerate(made) if n != number]
        if not any(span[0] < other[1] and other[0] < span[1] for other in others):
            assert lane == Lane(0, 1, 1)


def test_a_span_widens_over_the_free_lanes_to_its_right() -> None:
    assert assign_lanes([(0, 60), (0, 30), (30, 60), (0, 30)])[2] == Lane(1, 2, 3)


# Columns


def test_appointments_that_overlap_stand_side_by_side_in_a_fixed_order() -> None:
    both = [appointment(2, slot(COMMON, 540, 30)), appointment(1, slot(COMMON, 540, 30))]
    placed = lay_out_column(ResourceDay(COMMON, "r0", (), tuple(both)), OSLO).appointments
    assert [(p.what.key.int, p.lane.index) for p in placed] == [(1, 0), (2, 1)]
    assert placed == lay_out_column(ResourceDay(COMMON, "r0", (), tuple(both[::-1])), OSLO).appointments


def test_a_cancelled_appointment_takes_no_room_and_a_refused_one_is_not_there() -> None:
    own = (
        appointment(1, slot(COMMON, 540, 30)),
        appointment(2, slot(COMMON, 540, 30), Standing.CANCELLED),
        appointment(3, slot(COMMON, 540, 30), Standing.REFUSED),
    )
    layout = lay_out_column(ResourceDay(COMMON, "r0", (), own), OSLO)
    assert [p.what.key.int for p in layout.appointments] == [1]
    assert [p.what.key.int for p in layout.cancelled] == [2]
    assert layout.appointments[0].lane == Lane(0, 1, 1)


def test_an_appointment_leaves_free_time_in_sight_only_where_it_lies_over_some() -> None:
    own = tuple(appointment(n, slot(COMMON, start, 30)) for n, start in enumerate((510, 540, 570, 720)))
    column = ResourceDay(COMMON, "r0", (slot(COMMON, 540, 20), slot(COMMON, 735, 60)), own)
    placed = lay_out_column(column, OSLO).appointments
    assert [(p.top, p.lane.over_free) for p in placed] == [(510, False), (540, True), (570, False), (720, True)]


def test_items_are_walked_by_time_with_appointments_before_free_time() -> None:
    own = (appointment(1, slot(COMMON, 560, 20)),)
    column = ResourceDay(COMMON, "r0", (slot(COMMON, 560, 20), slot(COMMON, 540, 20)), own)
    items = lay_out_column(column, OSLO).items
    assert [(item.top, isinstance(item.what, FreeCell)) for item in items] == [(540, True), (560, False), (560, True)]


def test_a_column_that_is_not_loaded_has_nothing_free() -> None:
    layout = lay_out_column(ResourceDay(COMMON, "r0", None), OSLO)
    assert (layout.cells, layout.regions) == ((), ())


def test_midnight_in_utc_is_nothing_special() -> None:
    start = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    (placed,) = place_cells(free_cells([Timeslot(start, start + timedelta(minutes=30), "r0", "a")]), COMMON, OSLO)
    assert placed.top == 60


def _apart(one: Lane, other: Lane) -> bool:
    return one.index + one.width <= other.index or other.index + other.width <= one.index

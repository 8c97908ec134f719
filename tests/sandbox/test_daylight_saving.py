"""The night the clock jumps and the night it stands (leyr-api 11), at the emergency room, which never closes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from receptionapp.sandbox.calendar import Span, working_spans
from receptionapp.sandbox.clinic import CARE_UNITS

EMERGENCY = CARE_UNITS[1].resource("vakt_1")


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


@pytest.mark.parametrize("year", [2024, 2026, 2027, 2035])
@pytest.mark.parametrize(("month", "hours"), [(3, 23), (10, 25)])
def test_a_day_around_the_clock_has_as_many_hours_as_the_clock_shows(year, month, hours):
    [span] = working_spans(EMERGENCY, last_sunday(year, month))
    assert span.end - span.start == timedelta(hours=hours)


@pytest.fixture
def emergency(desk_at):
    desk = desk_at()
    desk.unit = "L0_2"
    return desk


async def starts_in_the_night(desk, day):
    """The starts between midnight and 06:00 UTC with outside bookings swept away."""
    night = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=2)
    for booking in desk.sandbox.diary.appointments([EMERGENCY], Span(night, night + timedelta(hours=8)), desk.clock()):
        desk.sandbox.outside.cancel(booking.id)
    timeslots = await desk.timeslots(day, resource_id="vakt_1")
    return [timeslot["start"] for timeslot in timeslots]


async def test_in_spring_no_timeslot_starts_in_the_hour_that_is_skipped(emergency):
    starts = await starts_in_the_night(emergency, "2026-03-29")
    assert "2026-03-29T01:40:00+01:00" in starts
    assert "2026-03-29T03:00:00+02:00" in starts
    assert not [start for start in starts if start.startswith("2026-03-29T02")]


async def test_in_autumn_the_repeated_hour_has_timeslots_with_either_offset(emergency):
    starts = await starts_in_the_night(emergency, "2026-10-25")
    assert "2026-10-25T02:30:00+02:00" in starts
    assert "2026-10-25T02:30:00+01:00" in starts
    moments = [datetime.fromisoformat(start) for start in starts]
    assert moments == sorted(moments)


async def test_the_two_half_past_twos_of_autumn_are_two_bookings(emergency):
    await starts_in_the_night(emergency, "2026-10-25")
    timeslots = [
        timeslot
        for timeslot in await emergency.timeslots("2026-10-25", resource_id="vakt_1")
        if timeslot["start"].startswith("2026-10-25T02:30")
    ]
    assert len(timeslots) == 2
    assert [(await emergency.book(timeslot)).status_code for timeslot in timeslots] == [200, 200]
    assert [(await emergency.book(timeslot)).status_code for timeslot in timeslots] == [400, 400]


async def test_a_timeslot_over_the_jump_is_as_long_as_any(emergency):
    await starts_in_the_night(emergency, "2026-03-29")
    timeslots = await emergency.timeslots("2026-03-29", resource_id="vakt_1")
    [over] = [timeslot for timeslot in timeslots if timeslot["start"] == "2026-03-29T01:50:00+01:00"]
    assert over["end"] == "2026-03-29T03:10:00+02:00"


@pytest.mark.parametrize(("day", "offset"), [("2026-03-27", "+01:00"), ("2026-03-30", "+02:00")])
async def test_a_working_day_starts_at_eight_on_either_side_of_the_change(desk, day, offset):
    timeslots = await desk.timeslots(day, days=1, resource_id="10-2008")
    assert {timeslot["start"][-6:] for timeslot in timeslots} == {offset}
    assert all("T08:00" <= timeslot["start"][10:16] < "T15:30" for timeslot in timeslots)

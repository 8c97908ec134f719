"""Free time (leyr-api 3.5, 11)."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from receptionapp.sandbox import wire
from receptionapp.sandbox.calendar import Span

OSLO = ZoneInfo("Europe/Oslo")


def hours(timeslot):
    return datetime.fromisoformat(timeslot["start"]), datetime.fromisoformat(timeslot["end"])


async def test_timeslots_are_a_bare_array_of_four_fields_with_an_offset(desk):
    """DOC 1.3, 3.5."""
    timeslots = await desk.timeslots()
    assert set(timeslots[0]) == {"start", "end", "resource_id", "healthcare_service_id"}
    assert timeslots[0]["start"].endswith("+01:00")


async def test_timeslots_can_be_asked_for_by_service_by_resource_and_by_both(desk):
    """DOC 3.5."""
    by_service = await desk.timeslots(healthcare_service_id="HS_30")
    by_resource = await desk.timeslots(resource_id="10-2004")
    by_both = await desk.timeslots(healthcare_service_id="HS_30", resource_id="10-2004")
    assert {timeslot["resource_id"] for timeslot in by_service} == {"10-2004", "10-2005"}
    assert {timeslot["healthcare_service_id"] for timeslot in by_resource} == {"HS_30", "HS_60"}
    assert by_both == [timeslot for timeslot in by_service if timeslot in by_resource] != []


async def test_konfidens_wants_a_filter_and_others_do_not(desk_at, error_code):
    """DOC 3.5 for the filter; that its lack is refused is INF."""
    span = {"start": "2026-03-03T00:00:00Z", "end": "2026-03-04T00:00:00Z"}
    answer = await desk_at().get("timeslots", **span)
    assert (answer.status_code, error_code(answer)) == (400, "MISSING_REQUIRED_FIELD")
    answer = await desk_at("full").get("timeslots", **span)
    assert len({timeslot["healthcare_service_id"] for timeslot in answer.json()}) > 5


async def test_a_resource_without_the_service_has_no_timeslots(desk):
    assert await desk.timeslots(days=14, resource_id="lab_1", healthcare_service_id="HS_45") == []


async def test_a_service_longer_than_the_step_gives_overlapping_timeslots(desk):
    """Section 11."""
    timeslots = await desk.timeslots(days=7, healthcare_service_id="HS_45", resource_id="10-2002")
    starts = [hours(timeslot)[0] for timeslot in timeslots]
    assert timedelta(minutes=15) in {later - earlier for earlier, later in pairwise(starts)}
    assert {end - start for start, end in map(hours, timeslots)} == {timedelta(minutes=45)}


async def test_the_length_of_a_service_shows_in_its_timeslots_alone(desk):
    """INF 3.4."""
    lengths = {
        (end - start) // timedelta(minutes=1)
        for resource in ("10-2002", "10-2004", "10-2006", "10-2008", "lab_1")
        for start, end in map(hours, await desk.timeslots(days=7, resource_id=resource))
    }
    assert lengths == {15, 20, 30, 45, 60, 90}
    assert set((await desk.get("healthcare-services")).json()[0]) == {"id", "name"}


async def test_there_is_no_timeslot_in_the_past(desk):
    desk.clock.now = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
    timeslots = await desk.timeslots("2026-03-01", days=3)
    assert timeslots
    assert all(start > desk.clock.now for start, _ in map(hours, timeslots))


async def test_lunch_and_closed_days_have_no_timeslots(desk):
    timeslots = await desk.timeslots(days=14, resource_id="10-2004")
    noon = [(start.hour, start.minute) for start, _ in map(hours, timeslots)]
    assert all(not (11, 30) <= time < (12, 0) for time in noon)
    assert {start.weekday() for start, _ in map(hours, timeslots)} == {0, 1, 2, 3, 4}


async def test_a_range_takes_in_its_start_and_leaves_out_its_end(desk):
    timeslots = await desk.timeslots()
    first, last = timeslots[0]["start"], timeslots[-1]["start"]
    answer = await desk.get("timeslots", start=first, end=last, healthcare_service_id="HS_30")
    assert answer.json() == [timeslot for timeslot in timeslots if timeslot["start"] != last]


async def test_one_timeslot_can_be_read_again_by_its_own_times(desk):
    timeslot = (await desk.timeslots())[0]
    again = await desk.get("timeslots", **timeslot)
    assert timeslot in again.json()


async def test_thirty_clinic_days_are_the_most_even_those_with_an_extra_hour(desk, error_code):
    """INF 3.5."""
    start = datetime(2026, 10, 10, tzinfo=OSLO)
    query = {"start": start.isoformat(), "healthcare_service_id": "HS_30"}
    answer = await desk.get("timeslots", end=(start + timedelta(days=30)).isoformat(), **query)
    assert answer.status_code == 200
    answer = await desk.get("timeslots", end=(start + timedelta(days=31)).isoformat(), **query)
    assert (answer.status_code, error_code(answer)) == (400, "MAX_ITEMS_EXCEEDED")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-03T00:00:00", "2026-03-04T00:00:00"),  # no offset
        ("2026-03-03T00:00:00 01:00", "2026-03-04T00:00:00 01:00"),  # a plus that nobody encoded
        ("2026-03-04T00:00:00Z", "2026-03-03T00:00:00Z"),  # backwards
        ("0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z"),
        ("9999-12-31T00:00:00Z", "9999-12-31T23:00:00-12:00"),
        ("tomorrow", "later"),
    ],
)
async def test_times_without_sense_are_refused(desk, start, end):
    answer = await desk.get("timeslots", start=start, end=end, healthcare_service_id="HS_30")
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("time_format", "start"),
    [
        ("offset", "2026-03-03T08:00:00+01:00"),
        ("utc", "2026-03-03T07:00:00Z"),
        ("microseconds", "2026-03-03T08:00:00.000000+01:00"),
    ],
)
async def test_times_are_written_as_the_settings_say(desk_at, time_format, start):
    """Section 11, question 22."""
    desk = desk_at(time_format=time_format)
    desk.unit = "L0_2"
    timeslots = await desk.timeslots(resource_id="vakt_1")
    moments = {hours(timeslot)[0] for timeslot in timeslots}
    assert all(len(timeslot["start"]) == len(start) for timeslot in timeslots)
    assert moments == {hours(timeslot)[0] for timeslot in await _as_usual(desk_at)}


async def _as_usual(desk_at):
    desk = desk_at()
    desk.unit = "L0_2"
    return await desk.timeslots(resource_id="vakt_1")


async def test_microseconds_in_what_is_sent_are_tolerated(desk):
    """DOC 1.3."""
    answer = await desk.get(
        "timeslots",
        start="2026-03-03T00:00:00.123456+01:00",
        end="2026-03-04T00:00:00.123456+01:00",
        healthcare_service_id="HS_30",
    )
    assert answer.status_code == 200
    assert answer.json()


async def test_a_date_years_ahead_has_timeslots_too(desk):
    assert await desk.timeslots("2041-03-05")


async def test_ids_with_a_colon_work_bare_typed_and_percent_encoded(desk):
    """INF 2.1."""
    for path in ("rom:1", "rom%3A1", "emr_id:rom:1", "emr_id%3Arom%3A1"):
        answer = await desk.client.get(f"care-units/L0_1/resources/{path}")
        assert answer.json() == {"id": "rom:1", "name": "Grupperom 1"}
    assert await desk.timeslots(days=7, resource_id="rom:1")


async def test_a_resource_is_looked_up_by_its_emr_id_only(desk, error_code):
    """DOC 2.4: no other type for the EHRs at hand."""
    answer = await desk.get("resources/no_personal_number:02813601322")
    assert error_code(answer) == "INVALID_RESOURCE_ID"


@pytest.mark.parametrize(
    ("display_field", "fields"),
    [
        ("name", {"id", "name"}),
        ("first_and_last_name", {"id", "first_name", "last_name"}),
        ("title", {"id", "title"}),
        ("none", {"id"}),
    ],
)
async def test_the_name_is_in_the_field_of_the_settings(desk_at, display_field, fields):
    """Question 7."""
    desk = desk_at(display_field=display_field)
    assert set((await desk.get("resources")).json()[0]) == fields


def test_a_week_of_all_resources_and_services_takes_well_under_a_tenth_of_a_second(clinic, clock):
    """In processor time, from nothing remembered to JSON: some 12 ms on the machine this was written on."""
    sandbox = clinic(seed=4711)
    unit = sandbox.care_unit("L0_1")
    started = process_time()
    week = Span(clock.now, clock.now + timedelta(days=7))
    timeslots = sandbox.diary.free_timeslots(unit.resources, unit.services, week, clock.now)
    json.dumps(wire.timeslots(timeslots, sandbox.settings))
    assert process_time() - started < 0.1
    assert len(timeslots) > 500

"""An EHR that can do everything: listing and moving appointments (leyr-api 3.10, 5, 11)."""

from itertools import pairwise

import pytest

from receptionapp.sandbox.sandbox import UNLISTED_APPOINTMENT_ID


@pytest.fixture
def desk(desk_at):
    return desk_at("full")


@pytest.fixture
async def timeslots(desk):
    return await desk.timeslots(days=7)


@pytest.fixture
async def appointment(desk, timeslots):
    return await desk.booked(timeslots[0])


def elsewhere(timeslots):
    """A timeslot of the same resource well away from the first."""
    return [other for other in timeslots if other["resource_id"] == timeslots[0]["resource_id"]][-1]


async def move(desk, appointment, **body):
    return await desk.patch(f"appointments/{appointment['id']}", body)


async def test_a_list_holds_ours_and_what_the_clinic_booked_itself(desk, appointment):
    """DOC 3.10."""
    listed = (await desk.get("appointments", start="2026-03-03T00:00:00Z", end="2026-03-04T00:00:00Z")).json()
    assert appointment in listed
    assert len(listed) > 20
    assert [item["start"] for item in listed] == sorted(item["start"] for item in listed)


async def test_a_list_can_be_narrowed_to_a_patient_and_a_resource(desk, appointment):
    """DOC 3.10, with typed ids (DOC 2.3)."""
    listed = (await desk.get("appointments", patient_id="emr_id:P_100001")).json()
    assert appointment in listed
    assert {item["patient_id"] for item in listed} == {"P_100001"}
    listed = (await desk.get("appointments", resource_id=f"emr_id:{appointment['resource_id']}")).json()
    assert appointment in listed
    assert {item["resource_id"] for item in listed} == {appointment["resource_id"]}


async def test_a_list_without_a_range_is_not_empty(desk, appointment):
    """DOC 3.10: no filter means all."""
    assert appointment in (await desk.get("appointments")).json()


async def test_past_outside_bookings_are_completed(desk):
    """DOC 4.1."""
    listed = (await desk.get("appointments", start="2026-02-23T00:00:00Z", end="2026-02-28T00:00:00Z")).json()
    assert {item["status"] for item in listed} == {"completed"}


async def test_one_appointment_has_a_status_that_no_page_lists(desk):
    """Section 11."""
    answer = await desk.get(f"appointments/{UNLISTED_APPOINTMENT_ID}")
    assert answer.json()["status"] == "rescheduled"
    listed = (await desk.get("appointments", start="2026-01-07T00:00:00Z", end="2026-01-08T00:00:00Z")).json()
    assert answer.json() in listed


async def test_an_outside_booking_can_be_read_and_cancelled_and_then_is_free_time(desk):
    span = {"start": "2026-03-03T00:00:00Z", "end": "2026-03-04T00:00:00Z"}
    before = await desk.timeslots(resource_id="10-2004")
    outside = (await desk.get("appointments", resource_id="10-2004", **span)).json()[0]
    assert (await desk.get(f"appointments/{outside['id']}")).json() == outside
    assert (await desk.cancel(outside["id"])).json() == {**outside, "status": "cancelled"}
    listed = (await desk.get("appointments", resource_id="10-2004", **span)).json()
    assert [item["status"] for item in listed if item["id"] == outside["id"]] == ["cancelled"]
    assert len(await desk.timeslots(resource_id="10-2004")) > len(before)


async def test_a_moved_outside_booking_leaves_its_old_time_on_another_day(desk):
    span = {"start": "2026-03-03T00:00:00Z", "end": "2026-03-04T00:00:00Z"}
    listed = (await desk.get("appointments", resource_id="10-2004", **span)).json()
    outside = next(item for item in listed if item["healthcare_service_id"] == "HS_30")
    target = (await desk.timeslots("2026-03-10", resource_id="10-2004", healthcare_service_id="HS_30"))[0]
    before = await desk.timeslots(resource_id="10-2004")
    answer = await move(desk, outside, start=target["start"], end=target["end"])
    assert answer.json() == {**outside, "start": target["start"], "end": target["end"]}
    assert len(await desk.timeslots(resource_id="10-2004")) > len(before)
    assert outside["id"] not in {
        item["id"] for item in (await desk.get("appointments", resource_id="10-2004", **span)).json()
    }


async def test_only_new_times_are_checked_with_the_current_resource(desk, timeslots, appointment):
    """DOC 5."""
    target = elsewhere(timeslots)
    answer = await move(desk, appointment, start=target["start"], end=target["end"])
    assert answer.json() == {**appointment, "start": target["start"], "end": target["end"]}
    after = await desk.timeslots(days=7)
    assert timeslots[0] in after
    assert target not in after


async def test_only_a_new_resource_is_checked_at_the_current_time(desk, error_code):
    """DOC 5."""
    by_start = {}
    for timeslot in await desk.timeslots(days=14):
        by_start.setdefault(timeslot["start"], []).append(timeslot)
    one, other = next(timeslots for timeslots in by_start.values() if len(timeslots) == 2)
    appointment = await desk.booked(one)
    answer = await move(desk, appointment, resource_id=other["resource_id"])
    assert answer.json() == {**appointment, "resource_id": other["resource_id"]}
    assert error_code(await desk.book(other)) == "NO_TIMESLOTS_AVAILABLE"
    assert (await desk.book(one)).status_code == 200


async def test_both_are_checked_together(desk, timeslots, appointment):
    """DOC 5."""
    target = next(other for other in timeslots if other["resource_id"] != appointment["resource_id"])
    answer = await move(desk, appointment, start=target["start"], end=target["end"], resource_id=target["resource_id"])
    assert answer.json() == {**appointment, **target}


async def test_a_move_to_time_that_is_taken_is_refused_and_changes_nothing(desk, timeslots, appointment, error_code):
    target = elsewhere(timeslots)
    await desk.booked(target)
    answer = await move(desk, appointment, start=target["start"], end=target["end"])
    assert (answer.status_code, error_code(answer)) == (400, "NO_TIMESLOTS_AVAILABLE")
    assert (await desk.get(f"appointments/{appointment['id']}")).json() == appointment


async def test_a_resource_that_does_not_offer_the_service_cannot_take_it_over(desk, appointment, error_code):
    assert error_code(await move(desk, appointment, resource_id="lab_1")) == "NO_TIMESLOTS_AVAILABLE"


@pytest.mark.parametrize("half", ["start", "end"])
async def test_start_and_end_go_together(desk, timeslots, appointment, half):
    """DOC 5."""
    answer = await move(desk, appointment, **{half: timeslots[-1][half]})
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")


async def test_a_comment_alone_can_be_changed(desk, appointment):
    """DOC 5."""
    answer = await move(desk, appointment, comment="Tar med røntgenbilder")
    assert answer.json() == {**appointment, "comment": "Tar med røntgenbilder"}


@pytest.mark.parametrize(("busy", "status"), [(False, 200), (True, 400)])
async def test_a_move_over_itself_follows_the_settings(desk_at, busy, status):
    """Section 5: unknown."""
    desk = desk_at("full", own_timeslot_counts_as_busy=busy)
    timeslots = await desk.timeslots(days=7, resource_id="10-2002", healthcare_service_id="HS_45")
    one, other = next((one, other) for one, other in pairwise(timeslots) if one["start"] < other["start"] < one["end"])
    appointment = await desk.booked(one)
    answer = await move(desk, appointment, start=other["start"], end=other["end"])
    assert answer.status_code == status


async def test_a_moved_appointment_gets_a_new_id_where_the_settings_say_so(desk_at):
    """Section 5: unknown."""
    desk = desk_at("full", move_changes_id=True)
    timeslots = await desk.timeslots(days=7)
    appointment = await desk.booked(timeslots[0])
    target = elsewhere(timeslots)
    moved = (await move(desk, appointment, start=target["start"], end=target["end"])).json()
    assert moved["id"] != appointment["id"]
    assert (await desk.get(f"appointments/{appointment['id']}")).json()["status"] == "cancelled"


async def test_ids_like_those_of_outside_bookings_that_are_none_are_refused(desk, error_code):
    for appointment_id in (
        "K-20260303-99-10-2004",
        "K-00010101-0-10-2004",
        "K-99991231-0-vakt_1",
        "K-x-0-10-2004",
        "K",
    ):
        assert error_code(await desk.get(f"appointments/{appointment_id}")) == "INVALID_APPOINTMENT_ID"

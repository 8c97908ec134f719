"""Booking a timeslot (leyr-api 3.9, 6.3, 11)."""

from datetime import UTC, datetime, timedelta

import pytest


def overlaps(one, other):
    return (
        one["resource_id"] == other["resource_id"]
        and datetime.fromisoformat(one["start"]) < datetime.fromisoformat(other["end"])
        and datetime.fromisoformat(other["start"]) < datetime.fromisoformat(one["end"])
    )


async def test_a_booking_answers_with_an_array_of_one_appointment(desk):
    """DOC 1.3, 3.9."""
    timeslot = (await desk.timeslots())[0]
    answer = await desk.book(timeslot, comment="Ringer på døra")
    [appointment] = answer.json()
    appointment.pop("id")
    assert appointment == {
        **timeslot,
        "status": "booked",
        "care_unit_id": "L0_1",
        "patient_id": "P_100001",
        "comment": "Ringer på døra",
    }


async def test_a_booking_answers_with_an_object_where_the_settings_say_so(desk_at):
    """Question 8."""
    desk = desk_at(booking_answer="object")
    answer = await desk.book((await desk.timeslots())[0])
    assert answer.json()["status"] == "booked"


async def test_a_booking_gets_an_unheard_of_status_where_the_settings_say_so(desk_at):
    """Question 24."""
    desk = desk_at(booking_status="unlisted")
    timeslot = (await desk.timeslots())[0]
    assert (await desk.booked(timeslot))["status"] == "rescheduled"
    assert timeslot not in await desk.timeslots()


async def test_a_booking_takes_every_overlapping_timeslot_of_that_resource(desk):
    """Section 11."""
    before = await desk.timeslots(resource_id="10-2005")
    timeslot = before[len(before) // 2]
    await desk.booked(timeslot)
    after = await desk.timeslots(resource_id="10-2005")
    assert len(before) - len(after) > 1
    assert after == [other for other in before if not overlaps(timeslot, other)]


async def test_a_booking_leaves_other_resources_alone(desk):
    others = await desk.timeslots(resource_id="10-2004")
    await desk.booked((await desk.timeslots(resource_id="10-2005"))[0])
    assert await desk.timeslots(resource_id="10-2004") == others


async def test_the_second_booking_of_a_timeslot_is_refused(desk, error_code):
    """Section 11."""
    timeslot = (await desk.timeslots())[0]
    await desk.booked(timeslot)
    answer = await desk.book(timeslot)
    assert (answer.status_code, error_code(answer)) == (400, "NO_TIMESLOTS_AVAILABLE")


async def test_the_same_moment_written_with_another_offset_is_the_same_timeslot(desk):
    timeslot = (await desk.timeslots())[0]
    utc = {key: datetime.fromisoformat(timeslot[key]).astimezone(UTC).isoformat() for key in ("start", "end")}
    assert (await desk.book({**timeslot, **utc})).status_code == 200
    assert timeslot not in await desk.timeslots()


async def test_a_missing_service_with_two_candidates_is_ambiguous(desk, error_code):
    """Section 11."""
    timeslot = (await desk.timeslots(days=7, resource_id="10-2001", healthcare_service_id="HS_45"))[0]
    answer = await desk.book(timeslot, healthcare_service_id=None)
    assert (answer.status_code, error_code(answer)) == (400, "AMBIGUOUS_TIMESLOTS")


async def test_a_missing_service_with_one_candidate_is_filled_in(desk):
    timeslot = (await desk.timeslots(resource_id="10-2004", healthcare_service_id="HS_30"))[0]
    [appointment] = (await desk.book(timeslot, healthcare_service_id=None)).json()
    assert appointment["healthcare_service_id"] == "HS_30"


async def test_a_missing_resource_is_ambiguous_only_while_two_are_free(desk, error_code):
    by_start = {}
    for timeslot in await desk.timeslots(days=14):
        by_start.setdefault(timeslot["start"], []).append(timeslot)
    first, second = next(timeslots for timeslots in by_start.values() if len(timeslots) == 2)
    assert error_code(await desk.book(first, resource_id=None)) == "AMBIGUOUS_TIMESLOTS"
    await desk.booked(first)
    [appointment] = (await desk.book(second, resource_id=None)).json()
    assert appointment["resource_id"] == second["resource_id"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"patient_id": "emr_id:nobody"}, "INVALID_PATIENT_ID"),
        ({"patient_id": "no_personal_number:02813601322"}, "PATIENT_ID_LOOKUP_TYPE_NOT_SUPPORTED"),
        ({"resource_id": "nobody"}, "INVALID_RESOURCE_ID"),
        ({"resource_id": "20-3001"}, "INVALID_RESOURCE_ID"),  # works at the other care unit
        ({"healthcare_service_id": "nothing"}, "INVALID_HEALTHCARE_SERVICE_ID"),
        ({"healthcare_service_id": "HS_45"}, "NO_TIMESLOTS_AVAILABLE"),  # another length
        ({"comment": "x" * 256}, "INVALID_COMMENT_LENGTH"),
    ],
)
async def test_what_is_wrong_is_told_by_its_code_and_nothing_is_booked(desk, error_code, wrong, code):
    """DOC 6.3."""
    timeslots = await desk.timeslots()
    answer = await desk.book(timeslots[0], **wrong)
    assert (answer.status_code, error_code(answer)) == (400, code)
    assert await desk.timeslots() == timeslots


async def test_typed_ids_are_taken_in_the_body(desk):
    """DOC 2.3."""
    timeslot = (await desk.timeslots())[0]
    answer = await desk.book(timeslot, resource_id=f"emr_id:{timeslot['resource_id']}")
    assert answer.json()[0]["resource_id"] == timeslot["resource_id"]


async def test_a_timeslot_that_has_passed_cannot_be_booked(desk, error_code):
    timeslot = (await desk.timeslots())[0]
    desk.clock.now = datetime.fromisoformat(timeslot["start"]) + timedelta(minutes=1)
    assert error_code(await desk.book(timeslot)) == "NO_TIMESLOTS_AVAILABLE"


@pytest.mark.parametrize("field", ["start", "end", "patient_id"])
async def test_a_booking_without_a_needed_field_is_refused(desk, field):
    """INF 3.9."""
    timeslot = {**(await desk.timeslots())[0], "patient_id": "P_100001"}
    del timeslot[field]
    answer = await desk.post("appointments", timeslot)
    assert answer.status_code == 400
    assert f"body -> {field}" in answer.json()["detail"]


async def test_half_a_character_is_refused_not_stored(desk):
    timeslot = (await desk.timeslots())[0]
    body = f'{{"start": "{timeslot["start"]}", "end": "{timeslot["end"]}", "patient_id": "\\ud800"}}'
    answer = await desk.client.post(
        "care-units/L0_1/appointments", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400


async def test_an_appointment_belongs_to_its_care_unit(desk, error_code):
    """INF 3.11."""
    appointment = await desk.booked((await desk.timeslots())[0])
    desk.unit = "L0_2"
    assert error_code(await desk.cancel(appointment["id"])) == "INVALID_APPOINTMENT_ID"

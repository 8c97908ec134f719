"""Cancelling (leyr-api 3.11, 4, 11)."""

from datetime import timedelta

import pytest


@pytest.fixture
async def timeslot(desk):
    return (await desk.timeslots())[0]


async def test_a_cancelled_appointment_comes_back_as_one_object(desk, timeslot):
    """DOC 3.11, 4.1."""
    appointment = await desk.booked(timeslot)
    answer = await desk.cancel(appointment["id"], comment="Syk")
    assert answer.status_code == 200
    assert answer.json() == {**appointment, "status": "cancelled", "comment": "Syk"}


async def test_a_cancelled_timeslot_is_free_again(desk, timeslot):
    """Section 11."""
    before = await desk.timeslots()
    appointment = await desk.booked(timeslot)
    await desk.cancel(appointment["id"])
    assert await desk.timeslots() == before
    assert (await desk.book(timeslot)).status_code == 200


async def test_a_second_cancel_answers_the_same_by_default(desk, timeslot):
    appointment = await desk.booked(timeslot)
    first = await desk.cancel(appointment["id"])
    second = await desk.cancel(appointment["id"], comment="og en gang til")
    assert (second.status_code, second.json()) == (200, first.json())


async def test_a_second_cancel_is_refused_where_the_settings_say_so(desk_at, error_code):
    desk = desk_at(second_cancel="invalid_appointment_id")
    appointment = await desk.booked((await desk.timeslots())[0])
    assert (await desk.cancel(appointment["id"])).status_code == 200
    answer = await desk.cancel(appointment["id"])
    assert (answer.status_code, error_code(answer)) == (400, "INVALID_APPOINTMENT_ID")


async def test_cancelling_what_does_not_exist_is_refused(desk, error_code):
    """DOC 6.3."""
    assert error_code(await desk.cancel("A_nothing")) == "INVALID_APPOINTMENT_ID"


async def test_a_comment_too_long_cancels_nothing(desk, timeslot, error_code):
    """DOC 6.3."""
    appointment = await desk.booked(timeslot)
    assert error_code(await desk.cancel(appointment["id"], comment="x" * 256)) == "INVALID_COMMENT_LENGTH"
    assert timeslot not in await desk.timeslots()


async def test_a_past_appointment_can_be_cancelled(desk, timeslot):
    """Question 16: no rule in the API."""
    appointment = await desk.booked(timeslot)
    desk.clock.now += timedelta(days=30)
    assert (await desk.cancel(appointment["id"])).json()["status"] == "cancelled"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": "booked"},
        {"status": "canceled"},
        {"status": "cancelled", "resource_id": "10-2004"},  # DOC 5: never in an update
    ],
)
async def test_a_change_that_means_nothing_is_refused(desk, timeslot, body):
    appointment = await desk.booked(timeslot)
    answer = await desk.patch(f"appointments/{appointment['id']}", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")
    assert timeslot not in await desk.timeslots()


async def test_cancelling_several_at_once_is_not_supported(desk_at, error_code):
    """DOC 3.12 has the call; nobody knows its answer."""
    for profile in ("konfidens", "full", "two_step"):
        answer = await desk_at(profile).patch("appointments", {"ids": ["A_1"], "status": "cancelled"})
        assert error_code(answer) == "NOT_SUPPORTED"


async def test_konfidens_moves_lists_and_shows_no_appointments(desk, timeslot, error_code):
    """INF 8.1, section 11."""
    appointment = await desk.booked(timeslot)
    path = f"appointments/{appointment['id']}"
    span = {"start": timeslot["start"], "end": timeslot["end"]}
    for answer in (
        await desk.get("appointments"),
        await desk.get(path),
        await desk.patch(path, span),
        await desk.patch(path, {"resource_id": "10-2004"}),
        await desk.patch(path, {"comment": "Ny kommentar"}),
        await desk.patch(path, {"confirmation": {"code": "1234"}}),
    ):
        assert (answer.status_code, error_code(answer)) == (400, "NOT_SUPPORTED")

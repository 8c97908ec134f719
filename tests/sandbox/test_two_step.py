"""Bookings and cancellations that wait for a code (leyr-api 4.3, 4.4, 11)."""

import pytest

from receptionapp.sandbox.booking import CONFIRMATION_CODE

CODE = {"confirmation": {"code": CONFIRMATION_CODE}}


@pytest.fixture
def desk(desk_at):
    return desk_at("two_step")


@pytest.fixture
async def timeslot(desk):
    return (await desk.timeslots())[0]


@pytest.fixture
async def appointment(desk, timeslot):
    """A confirmed one."""
    waiting = await desk.booked(timeslot)
    return (await desk.patch(f"appointments/{waiting['id']}", CODE)).json()


async def test_a_booking_waits_for_its_code_and_holds_the_time_meanwhile(desk, timeslot):
    """DOC 4.3."""
    waiting = await desk.booked(timeslot)
    assert waiting["status"] == "awaiting_confirmation"
    assert timeslot not in await desk.timeslots()


async def test_the_right_code_books(desk, timeslot):
    """DOC 4.3 for the call, INF for its answer."""
    waiting = await desk.booked(timeslot)
    answer = await desk.patch(f"appointments/{waiting['id']}", CODE)
    assert answer.json() == {**waiting, "status": "booked"}


async def test_a_wrong_code_changes_nothing(desk, timeslot, error_code):
    waiting = await desk.booked(timeslot)
    answer = await desk.patch(f"appointments/{waiting['id']}", {"confirmation": {"code": "0000"}})
    assert error_code(answer) == "BAD_INPUT"
    assert (await desk.patch(f"appointments/{waiting['id']}", CODE)).json()["status"] == "booked"


async def test_a_cancellation_has_a_new_id_and_the_old_appointment_stands(desk, timeslot, appointment):
    """DOC 4.4."""
    answer = (await desk.cancel(appointment["id"])).json()
    assert answer["status"] == "awaiting_confirmation"
    assert answer["id"] != appointment["id"]
    assert timeslot not in await desk.timeslots()
    [old] = [kept for kept in desk.sandbox.appointments() if kept.id == appointment["id"]]
    assert old.status == "booked"


async def test_the_code_on_the_new_id_cancels_the_old_appointment(desk, timeslot, appointment):
    """DOC 4.4; that it goes to the new id is INF."""
    waiting = (await desk.cancel(appointment["id"])).json()
    answer = await desk.patch(f"appointments/{waiting['id']}", CODE)
    assert answer.json() == {**waiting, "status": "cancelled"}
    assert timeslot in await desk.timeslots()
    [old] = [kept for kept in desk.sandbox.appointments() if kept.id == appointment["id"]]
    assert old.status == "cancelled"


async def test_the_code_on_the_old_id_is_refused(desk, timeslot, appointment, error_code):
    await desk.cancel(appointment["id"])
    assert error_code(await desk.patch(f"appointments/{appointment['id']}", CODE)) == "BAD_INPUT"
    assert timeslot not in await desk.timeslots()


async def test_a_code_for_what_does_not_exist_is_refused(desk, error_code):
    assert error_code(await desk.patch("appointments/A_nothing", CODE)) == "INVALID_APPOINTMENT_ID"

"""The controls over HTTP, and changes made outside of Leyr (leyr-api 11)."""

from datetime import datetime, timedelta

import pytest

from receptionapp.sandbox import FAULTS, Settings


@pytest.fixture
async def timeslot(desk):
    return (await desk.timeslots())[0]


def span(timeslot):
    return {key: timeslot[key] for key in ("resource_id", "start", "end")}


async def test_the_sandbox_tells_how_to_get_in(desk):
    about = (await desk.client.get("http://sandbox/sandbox")).json()
    assert about == {
        "profile": "konfidens",
        "emr": "konfidens",
        "client_id": desk.sandbox.client_id,
        "client_secret": desk.sandbox.client_secret,
        "now": "2026-03-02T07:00:00+00:00",
    }


async def test_the_settings_can_be_replaced_and_fall_back_to_their_defaults(desk):
    url = "http://sandbox/sandbox/settings"
    answer = await desk.client.put(url, json={"time_format": "utc"})
    assert answer.status_code == 200
    assert desk.sandbox.settings == Settings(time_format="utc")
    await desk.client.put(url, json={})
    assert (await desk.client.get(url)).json()["time_format"] == "offset"
    assert desk.sandbox.settings == Settings()


async def test_a_setting_that_does_not_exist_is_refused_as_400(desk):
    answer = await desk.client.put("http://sandbox/sandbox/settings", json={"time_format": "sundial"})
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")


async def test_faults_can_be_planned_listed_and_cleared(desk):
    url = "http://sandbox/sandbox/faults"
    await desk.client.post(url, json={"name": "unavailable", "path": "*/care-units"})
    await desk.client.post(url, json={"name": "slow", "delay": 0.5, "rate": 0.1, "seed": 3})
    rules = (await desk.client.get(url)).json()
    assert [(rule["fault"]["mishap"], rule["times"], rule["rate"]) for rule in rules] == [
        ("unavailable", 1, 1.0),
        ("none", None, 0.1),
    ]
    assert rules[1]["fault"]["delay"] == 0.5
    assert (await desk.client.get("care-units")).status_code == 503
    assert (await desk.client.delete(url)).status_code == 204
    assert desk.sandbox.faults.rules() == []


@pytest.mark.parametrize("name", FAULTS)
async def test_every_fault_can_be_planned_by_its_name(desk, name):
    await desk.client.post("http://sandbox/sandbox/faults", json={"name": name})
    [rule] = desk.sandbox.faults.rules()
    assert rule.fault == FAULTS[name]


async def test_a_booking_made_outside_takes_the_timeslot_silently(desk, timeslot, error_code):
    answer = await desk.client.post("http://sandbox/sandbox/outside/appointments", json=span(timeslot))
    assert answer.json()["status"] == "booked"
    assert timeslot not in await desk.timeslots()
    assert error_code(await desk.book(timeslot)) == "NO_TIMESLOTS_AVAILABLE"


async def test_an_appointment_cancelled_outside_is_free_time(desk, timeslot):
    appointment = await desk.booked(timeslot)
    url = f"http://sandbox/sandbox/outside/appointments/{appointment['id']}/status"
    answer = await desk.client.put(url, json={"status": "cancelled"})
    assert answer.json() == {**appointment, "status": "cancelled"}
    assert timeslot in await desk.timeslots()


async def test_time_with_an_unheard_of_status_is_never_free(desk, timeslot):
    """Section 4.1."""
    appointment = await desk.booked(timeslot)
    desk.sandbox.outside.set_status(appointment["id"], "arrived")
    assert timeslot not in await desk.timeslots()


async def test_blocked_time_is_taken_until_it_is_given_back(desk, timeslot):
    before = await desk.timeslots()
    url = "http://sandbox/sandbox/outside/blocks"
    block = (await desk.client.post(url, json=span(timeslot))).json()["id"]
    assert timeslot not in await desk.timeslots()
    assert (await desk.client.delete(f"{url}/{block}")).status_code == 204
    assert await desk.timeslots() == before
    assert (await desk.client.delete(f"{url}/{block}")).status_code == 404


async def test_a_block_over_several_days_takes_them_all(desk):
    start, end = (datetime.fromisoformat(f"2026-03-{day}T00:00:00+01:00") for day in ("09", "12"))
    desk.sandbox.outside.block("10-2004", start, end)
    timeslots = await desk.timeslots("2026-03-09", days=5, resource_id="10-2004")
    assert {timeslot["start"][:10] for timeslot in timeslots} == {"2026-03-12", "2026-03-13"}


async def test_an_outside_change_may_book_over_what_is_taken(desk, timeslot):
    await desk.booked(timeslot)
    answer = await desk.client.post("http://sandbox/sandbox/outside/appointments", json=span(timeslot))
    assert answer.status_code == 200


@pytest.mark.parametrize(("path", "method"), [("appointments", "POST"), ("blocks", "POST")])
async def test_outside_changes_know_the_resources(desk, timeslot, error_code, path, method):
    url = f"http://sandbox/sandbox/outside/{path}"
    answer = await desk.client.request(method, url, json={**span(timeslot), "resource_id": "nobody"})
    assert error_code(answer) == "INVALID_RESOURCE_ID"
    answer = await desk.client.request(method, url, json={**span(timeslot), "end": timeslot["start"]})
    assert answer.status_code == 400


async def test_the_truth_can_be_read(desk, timeslot):
    appointment = await desk.booked(timeslot)
    truth = (await desk.client.get("http://sandbox/sandbox/appointments")).json()
    assert appointment in truth
    people = (await desk.client.get("http://sandbox/sandbox/patients")).json()
    assert len(people) == 300


async def test_nothing_happens_by_itself(desk):
    """Section 11: advance nothing silently. Only the clock takes timeslots away."""
    before = await desk.timeslots("2026-03-20")
    desk.clock.now += timedelta(days=14)
    assert await desk.timeslots("2026-03-20") == before

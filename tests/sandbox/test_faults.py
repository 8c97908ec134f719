"""What goes wrong on purpose (leyr-api 11), in process."""

import json
from collections import Counter
from dataclasses import replace
from time import perf_counter

import httpx
import pytest

from receptionapp.sandbox.faults import FAULTS, FaultRule


async def test_every_fault_has_a_name():
    """Section 11's list."""
    assert set(FAULTS) == {
        "unavailable",
        "emr_error_400",
        "emr_error_401",
        "emr_error_500",
        "unknown_error",
        "html_502",
        "rate_limited",
        "rate_limited_retry_after",
        "slow",
        "drop_before",
        "drop_after",
        "truncated",
        "broken_json",
        "errors_missing",
        "several_errors",
        "unknown_error_code",
        "null_optional_fields",
        "otherwise",
    }


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("unavailable", 503, "SERVICE_UNAVAILABLE"),
        ("emr_error_400", 400, "EMR_ERROR"),
        ("emr_error_401", 401, "EMR_ERROR"),
        ("emr_error_500", 500, "EMR_ERROR"),
        ("unknown_error", 500, "UNKNOWN_ERROR"),
        ("rate_limited", 429, "UNKNOWN_ERROR"),
        ("errors_missing", 400, "BAD_REQUEST"),
        ("several_errors", 400, "BAD_REQUEST"),
        ("unknown_error_code", 400, "BAD_REQUEST"),
    ],
)
async def test_a_fault_answers_instead_of_leyr_for_one_call(desk, name, status, code):
    """DOC 6.2."""
    desk.sandbox.faults.next_calls(name)
    answer = await desk.client.get("care-units")
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert (await desk.client.get("care-units")).status_code == 200


async def test_the_errors_of_a_fault_are_missing_several_or_unheard_of(desk):
    """DOC 6.1."""
    errors = {}
    for name in ("errors_missing", "several_errors", "unknown_error_code"):
        desk.sandbox.faults.next_calls(name)
        errors[name] = (await desk.client.get("care-units")).json().get("errors")
    assert errors["errors_missing"] is None
    assert len(errors["several_errors"]) == 2
    assert errors["unknown_error_code"][0]["error_code"] == "MERCURY_IN_RETROGRADE"


async def test_a_proxy_answers_with_html(desk):
    desk.sandbox.faults.next_calls("html_502")
    answer = await desk.client.get("care-units")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")


async def test_retry_after_is_there_only_where_asked_for(desk):
    desk.sandbox.faults.next_calls("rate_limited")
    desk.sandbox.faults.next_calls(replace(FAULTS["rate_limited_retry_after"], retry_after=7))
    assert "retry-after" not in (await desk.client.get("care-units")).headers
    assert (await desk.client.get("care-units")).headers["retry-after"] == "7"


async def test_slow_is_late_and_right(desk):
    desk.sandbox.faults.next_calls(replace(FAULTS["slow"], delay=0.02))
    started = perf_counter()
    answer = await desk.client.get("care-units")
    assert perf_counter() - started >= 0.02
    assert len(answer.json()) == 2


async def test_any_fault_can_be_late(desk):
    desk.sandbox.faults.next_calls(replace(FAULTS["unavailable"], delay=0.02))
    started = perf_counter()
    assert (await desk.client.get("care-units")).status_code == 503
    assert perf_counter() - started >= 0.02


@pytest.mark.parametrize(("name", "booked"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_booking_took_effect_or_not(desk, name, booked):
    timeslot = (await desk.timeslots())[0]
    before = len(desk.sandbox.appointments())
    desk.sandbox.faults.next_calls(name, method="POST")
    with pytest.raises(httpx.RemoteProtocolError):
        await desk.book(timeslot)
    assert len(desk.sandbox.appointments()) - before == booked
    assert (timeslot in await desk.timeslots()) == (not booked)


async def test_a_wrong_answer_may_follow_a_write_that_took_effect(desk):
    timeslot = (await desk.timeslots())[0]
    desk.sandbox.faults.next_calls(replace(FAULTS["emr_error_500"], after_effect=True))
    assert (await desk.book(timeslot)).status_code == 500
    assert timeslot not in await desk.timeslots()


async def test_a_truncated_answer_breaks_off_in_process_too(desk):
    desk.sandbox.faults.next_calls("truncated")
    with pytest.raises(httpx.RemoteProtocolError):
        await desk.client.get("care-units")


async def test_broken_json_is_a_whole_answer_that_cannot_be_read(desk):
    timeslot = (await desk.timeslots())[0]
    desk.sandbox.faults.next_calls("broken_json")
    answer = await desk.book(timeslot)
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert timeslot not in await desk.timeslots()


async def test_optional_fields_can_all_be_null(desk):
    """INF 1.3: all but the id may be missing or null."""
    timeslot = (await desk.timeslots())[0]
    desk.sandbox.faults.next_calls("null_optional_fields", times=3)
    assert (await desk.get("resources")).json()[0] == {"id": "10-2001", "name": None}
    assert (await desk.timeslots())[0] == {**timeslot, "resource_id": None, "healthcare_service_id": None}
    patient = (await desk.get("patients/P_100001")).json()
    assert patient.pop("id")
    assert set(patient.values()) == {None}


async def test_a_fault_strikes_only_the_calls_that_match(desk):
    desk.sandbox.faults.next_calls("unavailable", method="GET", path="*/timeslots")
    assert (await desk.client.get("care-units")).status_code == 200
    answer = await desk.get("timeslots", resource_id="10-2004")
    assert answer.status_code == 503


async def test_a_fault_strikes_as_many_calls_as_planned(desk):
    desk.sandbox.faults.next_calls("unavailable", times=2)
    statuses = [(await desk.client.get("care-units")).status_code for _ in range(3)]
    assert statuses == [503, 503, 200]
    assert desk.sandbox.faults.rules() == []


async def test_faults_in_a_row_strike_in_the_order_planned(desk):
    desk.sandbox.faults.next_calls("unavailable")
    desk.sandbox.faults.next_calls("rate_limited")
    statuses = [(await desk.client.get("care-units")).status_code for _ in range(3)]
    assert statuses == [503, 429, 200]


async def test_a_rate_strikes_its_share_and_the_same_calls_for_the_same_seed(desk):
    async def run(seed):
        desk.sandbox.faults.clear()
        desk.sandbox.faults.add(FaultRule(FAULTS["unavailable"], rate=0.3), seed=seed)
        return [(await desk.client.get("care-units")).status_code for _ in range(200)]

    first = await run(1)
    assert 35 < Counter(first)[503] < 85
    assert await run(1) == first
    assert await run(2) != first


async def test_the_controls_are_never_struck(desk):
    desk.sandbox.faults.add(FaultRule(FAULTS["unavailable"], rate=1))
    assert (await desk.client.get("http://sandbox/sandbox/faults")).status_code == 200


def test_a_fault_that_does_not_exist_cannot_be_planned(desk):
    with pytest.raises(KeyError):
        desk.sandbox.faults.next_calls("earthquake")


async def test_an_answer_about_something_else_comes_of_what_was_done(desk):
    booked = await desk.booked((await desk.timeslots())[0])
    desk.sandbox.faults.next_calls("otherwise")
    answer = await desk.cancel(booked["id"])
    assert [item["status"] for item in answer.json()] == ["booked"]
    assert [a.status for a in desk.sandbox.appointments() if a.id == booked["id"]] == ["cancelled"]
    desk.sandbox.faults.next_calls("otherwise")
    assert (await desk.client.get("care-units")).json() == []

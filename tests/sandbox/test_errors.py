"""The one shape of every refusal (leyr-api 6.1, 1.3)."""

from uuid import UUID

import httpx
import pytest

from receptionapp.sandbox import create_app


async def test_a_refusal_has_the_documented_shape(desk):
    """DOC 6.1."""
    timeslot = (await desk.timeslots())[0]
    await desk.book(timeslot)
    answer = await desk.book(timeslot)
    body = answer.json()
    UUID(body.pop("instance"))
    text = "No timeslots are available for the given values."
    assert answer.status_code == 400
    assert body == {
        "code": "BAD_REQUEST",
        "type": "https://docs.leyr.io/api/error-handling/bad_request",
        "title": "Request validation failed",
        "status": 400,
        "detail": text,
        "errors": [{"error_code": "NO_TIMESLOTS_AVAILABLE", "details": text, "emr_error": None, "path": None}],
    }


async def test_every_refusal_has_an_instance_of_its_own(desk):
    """Section 11."""
    instances = {(await desk.get("patients/nobody")).json()["instance"] for _ in range(5)}
    assert len(instances) == 5


async def test_validation_is_400_in_the_words_of_pydantic(desk):
    """DOC 1.3."""
    answer = await desk.post("patients", {"first_name": "Kari"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "BAD_REQUEST"
    assert answer.json()["detail"].startswith("1 validation error for Request\nbody -> last_name\n")


async def test_errors_are_absent_from_a_validation_refusal(desk):
    """DOC 6.1: absent in the samples."""
    assert "errors" not in (await desk.post("patients", {})).json()


async def test_a_validation_refusal_does_not_repeat_what_was_sent(desk):
    answer = await desk.post("patients", {"first_name": "Kari", "last_name": 5, "external_id": "02813601322"})
    assert "02813601322" not in answer.text
    assert "Kari" not in answer.text


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b'"\xff"', b"null"])
async def test_a_body_that_is_no_json_object_is_refused_in_the_same_shape(desk, content):
    headers = {"content-type": "application/json"}
    answer = await desk.client.post("care-units/L0_1/patients", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")


async def test_a_mistake_of_the_sandbox_itself_is_an_unknown_error(desk, monkeypatch):
    """DOC 6.2."""

    def stumble():
        raise RuntimeError

    monkeypatch.setattr(desk.sandbox, "now", stumble)
    transport = httpx.ASGITransport(create_app(desk.sandbox), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        answer = await client.get("/sandbox")
    assert (answer.status_code, answer.json()["code"]) == (500, "UNKNOWN_ERROR")


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "nothing", 404), ("DELETE", "care-units", 405)])
async def test_an_unknown_path_or_method_is_refused_in_the_same_shape(desk, method, path, status):
    answer = await desk.client.request(method, path)
    assert answer.status_code == answer.json()["status"] == status
    UUID(answer.json()["instance"])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("care-units/L0_9/resources", "INVALID_CARE_UNIT_ID"),
        ("care-units/L0_1/resources/nobody", "INVALID_RESOURCE_ID"),
        ("care-units/L0_1/patients/nobody", "INVALID_PATIENT_ID"),
    ],
)
@pytest.mark.parametrize("status", [400, 404])
async def test_an_unknown_id_has_its_own_code_and_the_status_of_the_settings(desk_at, error_code, path, code, status):
    """DOC 6.3; the status is question 23."""
    desk = desk_at(unknown_id_status=status)
    answer = await desk.client.get(path)
    assert (answer.status_code, error_code(answer)) == (status, code)


@pytest.mark.parametrize("status", [400, 404, 405, 501])
async def test_not_supported_has_the_status_of_the_settings(desk_at, error_code, status):
    """Question 3."""
    answer = await desk_at(not_supported_status=status).get("appointments")
    assert (answer.status_code, error_code(answer)) == (status, "NOT_SUPPORTED")

"""Who gets in (leyr-api 1.1, 1.2, 6.2)."""

import pytest


async def test_a_missing_client_id_is_unauthorized(desk):
    """DOC 6.2."""
    del desk.client.headers["x-leyr-client-id"]
    answer = await desk.client.get("care-units")
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED")


async def test_an_unknown_client_id_is_unauthorized(desk):
    """DOC 6.2."""
    answer = await desk.client.get("care-units", headers={"x-leyr-client-id": "somebody"})
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED")


@pytest.mark.parametrize(
    ("setting", "status", "code"),
    [("unauthorized", 401, "UNAUTHORIZED"), ("emr_error", 401, "EMR_ERROR"), ("unknown_error", 500, "UNKNOWN_ERROR")],
)
async def test_a_wrong_secret_fails_as_the_settings_say(desk_at, setting, status, code):
    desk = desk_at(wrong_secret=setting)
    answer = await desk.client.get("care-units", headers={"x-leyr-client-secret": "guess"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_unknown_emr_is_a_bad_request_with_pydantic_like_text(desk):
    """Section 11."""
    answer = await desk.client.get("http://sandbox/api/emrs/kaddio/care-units")
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")
    assert answer.json()["detail"].startswith("1 validation error for Request\npath -> emr")


@pytest.mark.parametrize(("profile", "emr"), [("konfidens", "konfidens"), ("full", "cliniko")])
async def test_each_profile_answers_to_its_own_emr_code(desk_at, profile, emr):
    desk = desk_at(profile)
    assert desk.sandbox.profile.emr == emr
    assert (await desk.client.get("care-units")).status_code == 200


async def test_a_wrong_caller_learns_nothing_about_the_emr_code(desk):
    answer = await desk.client.get("http://sandbox/api/emrs/kaddio/care-units", headers={"x-leyr-client-id": "x"})
    assert answer.status_code == 401

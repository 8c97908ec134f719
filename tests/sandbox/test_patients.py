"""Patients (leyr-api 2, 3.6 to 3.8)."""

from datetime import date

import pytest

from receptionapp.sandbox import people

KARI = {"first_name": "Kari", "last_name": "Ærø", "external_id": "02813601322"}


@pytest.fixture
def newcomer():
    """Someone with a valid synthetic number that no seeded patient has."""
    return {**KARI, "external_id": people.synthetic(date(2025, 5, 17), 512)}


async def test_a_new_patient_gets_two_different_ids(desk, newcomer):
    """DOC 3.8; that they differ is section 11."""
    answer = await desk.post("patients", newcomer)
    assert answer.status_code == 200
    patient = answer.json()
    assert patient["id"] != patient["emr_id"]
    assert patient["external_id"] == newcomer["external_id"]
    again = await desk.get(f"patients/emr_id:{patient['emr_id']}")
    assert again.json() == patient


async def test_the_leyr_id_sent_bare_finds_nobody(desk, newcomer, error_code):
    """DOC 2.1: a bare id is an EHR id."""
    patient = (await desk.post("patients", newcomer)).json()
    assert error_code(await desk.get(f"patients/{patient['id']}")) == "INVALID_PATIENT_ID"


async def test_a_known_national_number_returns_the_same_patient(desk, newcomer):
    """DOC 3.8."""
    first = (await desk.post("patients", newcomer)).json()
    second = (await desk.post("patients", {**newcomer, "first_name": "Karianne", "phones": ["+4740000000"]})).json()
    assert second == first
    assert len(desk.sandbox.patients()) == 301


async def test_contact_data_is_overwritten_where_the_settings_say_so(desk_at, newcomer):
    """Question 10."""
    desk = desk_at(overwrite_contact_data=True)
    first = (await desk.post("patients", {**newcomer, "emails": ["kari@example.com"]})).json()
    second = (await desk.post("patients", {**newcomer, "first_name": "Karianne", "phones": ["+4740000000"]})).json()
    assert second == {**first, "first_name": "Karianne", "phones": ["+4740000000"]}
    assert (await desk.get(f"patients/{first['emr_id']}")).json() == second


@pytest.mark.parametrize("number", [None, ""])
async def test_konfidens_needs_a_national_number(desk, error_code, number):
    """DOC 8.1."""
    answer = await desk.post("patients", {**KARI, "external_id": number})
    assert (answer.status_code, error_code(answer)) == (400, "MISSING_REQUIRED_FIELD")
    assert answer.json()["errors"][0]["path"] == "external_id"


@pytest.mark.parametrize("number", ["1234", "028136 01322", "02813601321", "00000000000", "32813601322", "٠٢٨١٣٦٠١٣٢٢"])
async def test_konfidens_refuses_a_number_that_is_not_valid(desk, error_code, number):
    """DOC 8.1."""
    answer = await desk.post("patients", {**KARI, "external_id": number})
    assert (answer.status_code, error_code(answer)) == (400, "BAD_INPUT")


async def test_other_emrs_take_patients_without_a_number(desk_at):
    desk = desk_at("full")
    first = await desk.post("patients", {"first_name": "Baby", "last_name": "Uten nummer"})
    second = await desk.post("patients", {"first_name": "Baby", "last_name": "Uten nummer"})
    assert first.json()["emr_id"] != second.json()["emr_id"]


async def test_the_two_step_emr_needs_a_phone(desk_at, error_code):
    """DOC 8."""
    desk = desk_at("two_step")
    assert error_code(await desk.post("patients", KARI)) == "MISSING_REQUIRED_FIELD"
    assert (await desk.post("patients", {**KARI, "phones": ["+4740000000"]})).status_code == 200


@pytest.mark.parametrize("phone", ["40000000", "0047 40000000", "+47 400 00 000", "+0740000000"])
async def test_a_phone_is_e164_or_refused(desk, newcomer, error_code, phone):
    """INF 3.8, question 13."""
    answer = await desk.post("patients", {**newcomer, "phones": [phone]})
    assert error_code(answer) == "BAD_INPUT"


@pytest.mark.parametrize("gap", [{"first_name": ""}, {"last_name": "  "}, {"phones": "+4740000000"}])
async def test_a_patient_without_a_name_is_refused(desk, newcomer, gap):
    answer = await desk.post("patients", {**newcomer, **gap})
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")


async def test_eleven_digits_without_a_type_are_an_emr_id(desk_at, error_code):
    """DOC 2.1, section 11."""
    desk = desk_at("full")
    number = desk.sandbox.patients()[0].external_id
    assert error_code(await desk.get(f"patients/{number}")) == "INVALID_PATIENT_ID"
    assert (await desk.get(f"patients/no_personal_number:{number}")).json()["external_id"] == number


@pytest.mark.parametrize("form", ["P_100001", "emr_id:P_100001", "emr_id%3AP_100001", "P%5F100001"])
async def test_an_emr_id_works_bare_typed_and_percent_encoded(desk, form):
    """DOC 2.2."""
    answer = await desk.client.get(f"care-units/L0_1/patients/{form}")
    assert answer.json()["emr_id"] == "P_100001"


@pytest.mark.parametrize("kind", ["no_personal_number", "se_personal_number", "nhs_number"])
async def test_konfidens_looks_up_by_emr_id_only(desk, error_code, kind):
    """INF 2.4."""
    answer = await desk.get(f"patients/{kind}:02813601322")
    assert (answer.status_code, error_code(answer)) == (400, "PATIENT_ID_LOOKUP_TYPE_NOT_SUPPORTED")


@pytest.mark.parametrize("kind", ["hsa_id", "passport"])
async def test_an_id_type_that_patients_do_not_have_is_refused(desk, error_code, kind):
    """DOC 2.2, 6.3."""
    assert error_code(await desk.get(f"patients/{kind}:1")) == "INVALID_PATIENT_ID_TYPE"


async def test_the_two_step_emr_does_not_get_patients(desk_at, error_code):
    """DOC 8."""
    assert error_code(await desk_at("two_step").get("patients/P_100001")) == "NOT_SUPPORTED"


@pytest.mark.parametrize("profile", ["konfidens", "two_step"])
async def test_a_search_by_name_is_not_supported(desk_at, error_code, profile):
    """INF 8."""
    assert error_code(await desk_at(profile).get("patients", last_name="Berg")) == "NOT_SUPPORTED"


async def test_the_full_emr_searches_by_the_start_of_either_name_in_any_case(desk_at, error_code):
    """DOC 3.6; the way of matching is INF."""
    desk = desk_at("full")
    await desk.post("patients", {"first_name": "Øyvind-Åge", "last_name": "Ærfugl"})
    for query in ({"first_name": "øyvind-å"}, {"last_name": "ÆRF"}, {"first_name": "ø", "last_name": "ærfugl"}):
        names = [patient["last_name"] for patient in (await desk.get("patients", **query)).json()]
        assert "Ærfugl" in names
    assert (await desk.get("patients", last_name="Finnes ikke")).json() == []
    assert error_code(await desk.get("patients")) == "MISSING_REQUIRED_FIELD"

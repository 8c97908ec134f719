import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from receptionapp.domain.appointment import Timeslot
from receptionapp.leyr import wire
from receptionapp.leyr.errors import AnswerUnreadable

START = datetime(2024, 3, 25, 14, 0, tzinfo=timezone(timedelta(hours=1)))
SLOT = Timeslot(START, START + timedelta(minutes=30), "doctor-789", "service-101")
SLOT_JSON = {
    "start": "2024-03-25T14:00:00+01:00",
    "end": "2024-03-25T14:30:00+01:00",
    "resource_id": "doctor-789",
    "healthcare_service_id": "service-101",
}


def raw(value: Any) -> bytes:
    return json.dumps(value).encode()


def slots(*items: Any, resource_id: str | None = None, service_id: str | None = None) -> list[Timeslot]:
    return wire.timeslots(raw([*items]), resource_id, service_id)


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"id": "1", "name": "Anna Berg", "first_name": "X", "title": "Y"}, "Anna Berg"),
        ({"id": "1", "first_name": "Anna", "last_name": "Berg", "title": "Y"}, "Anna Berg"),
        ({"id": "1", "last_name": "Berg"}, "Berg"),
        ({"id": "1", "name": None, "title": "Psykolog"}, "Psykolog"),
        ({"id": "1", "name": "  ", "title": {"no": "a text"}}, "1"),
        ({"id": 17}, "17"),
    ],
)
@pytest.mark.parametrize("read", [wire.care_units, wire.resources, wire.services])
def test_a_display_name_is_name_or_both_names_or_title_or_id(
    read: Callable[[bytes], list[Any]], item: dict[str, Any], name: str
) -> None:
    """`leyr-api.md` 12.7."""
    assert [found.name for found in read(raw([item]))] == [name]


def test_unknown_fields_are_skipped() -> None:
    """`leyr-api.md` 1.3."""
    assert wire.care_units(raw([{"id": "L0_1", "name": "A", "tz": {"x": [1]}}]))[0].id == "L0_1"


def test_a_bare_object_is_a_list_of_one_and_a_list_stands_for_its_first() -> None:
    """`leyr-api.md` 1.3 and 12.8."""
    assert wire.resources(raw({"id": "1"}))[0].id == "1"
    assert wire.resource(raw([{"id": "1"}, {"id": "2"}])).id == "1"


def test_what_comes_twice_in_a_list_is_there_once() -> None:
    slot = {"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T08:20:00Z"}
    slot |= {"resource_id": "r1", "healthcare_service_id": "s1"}
    assert len(wire.timeslots(raw([slot] * 6), None, None)) == 1
    assert [
        each.id for each in wire.resources(raw([{"id": "1", "name": "A"}, {"id": "2"}, {"id": "1", "name": "A"}]))
    ] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("ids", [["1", "2"], [".."], ["."], ["x" * 9000]], ids=["two", "..", ".", "9,000 characters"])
def test_an_appointment_that_no_later_call_could_name_is_unusable(ids: list[str]) -> None:
    times = {"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T08:20:00Z", "status": "booked"}
    with pytest.raises(AnswerUnreadable):
        wire.appointment(raw([{"id": each, **times} for each in ids]), "u", None)


@pytest.mark.parametrize(
    "body", [b"", b"[", b'"text"', b"5", b"null", b"<html>", b"\xff\xfe", b"[{}]", b'[{"id": ""}]']
)
@pytest.mark.parametrize("read", [wire.care_units, wire.resources, wire.services, wire.patients, wire.patient])
def test_what_cannot_be_read_at_all_is_never_an_empty_list(read: Callable[[bytes], Any], body: bytes) -> None:
    with pytest.raises(AnswerUnreadable) as caught:
        read(body)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_an_empty_list_is_empty() -> None:
    assert wire.care_units(b"[]") == []
    assert slots() == []


def test_one_bad_item_does_not_lose_the_others_and_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = wire.patients(raw([{"id": "1"}, {"first_name": "Kari"}, "x", None, {"id": "2"}]))
    assert [patient.id for patient in found] == ["1", "2"]
    assert caplog.messages == ["3 of 5 patients in an answer could not be read"]


@pytest.mark.parametrize(
    ("start", "offset"),
    [
        ("2024-03-25T14:00:00+01:00", timedelta(hours=1)),
        ("2024-03-25T13:00:00Z", timedelta()),
        ("2024-03-25T13:00:00.000000Z", timedelta()),
        ("2024-03-25T08:00:00.000000-05:00", timedelta(hours=-5)),
    ],
)
def test_times_come_with_any_offset_and_keep_it(start: str, offset: timedelta) -> None:
    """`leyr-api.md` 1.3 and 12.22."""
    [slot] = slots(SLOT_JSON | {"start": start})
    assert slot == SLOT
    assert slot.start.utcoffset() == offset


def test_microseconds_are_kept() -> None:
    [slot] = slots(SLOT_JSON | {"start": "2024-03-25T13:00:00.123456Z"})
    assert slot.start == datetime(2024, 3, 25, 13, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2024-03-25T14:00:00"},
        {"start": "2024-03-25"},
        {"start": None},
        {"end": "tomorrow"},
        {"end": SLOT_JSON["start"]},
        {"resource_id": None},
        {"healthcare_service_id": ""},
        {"resource_id": ["doctor-789"]},
    ],
)
def test_a_timeslot_that_could_not_be_booked_is_dropped(change: dict[str, Any]) -> None:
    """A time without offset, without a resource or service (`leyr-api.md` 12.6), or of no length."""
    assert slots(SLOT_JSON | change, SLOT_JSON) == [SLOT]
    with pytest.raises(AnswerUnreadable):
        slots(SLOT_JSON | change)


def test_a_null_id_is_the_one_that_was_asked_for() -> None:
    """`leyr-api.md` 12.6."""
    bare = {"start": SLOT_JSON["start"], "end": SLOT_JSON["end"], "resource_id": None}
    assert slots(bare, resource_id="doctor-789", service_id="service-101") == [SLOT]


def test_a_given_id_is_kept_whatever_was_asked_for() -> None:
    assert slots(SLOT_JSON, resource_id="another", service_id="another") == [SLOT]


def test_numbers_stand_for_ids() -> None:
    [slot] = slots(SLOT_JSON | {"resource_id": 10, "healthcare_service_id": 20})
    assert (slot.resource_id, slot.healthcare_service_id) == ("10", "20")


def test_a_bad_timeslot_among_thousands_costs_only_itself(caplog: pytest.LogCaptureFixture) -> None:
    items: list[Any] = [{**SLOT_JSON, "resource_id": f"r{number}"} for number in range(2500)]
    items[1200] = {"start": "nonsense"}
    assert len(slots(*items)) == 2499
    assert caplog.messages == ["1 of 2500 timeslots in an answer could not be read"]


def test_a_patient_is_read_with_everything_missing_or_odd_but_the_id() -> None:
    """`leyr-api.md` 1.3 and 3.7: all but `id` may be missing or null."""
    assert wire.patient(raw({"id": "p"})).reference == "p"
    odd = {"id": 7, "emr_id": None, "first_name": None, "last_name": ["x"], "phones": "+47", "emails": [None, "a@b.no"]}
    patient = wire.patient(raw(odd))
    assert (patient.id, patient.full_name, patient.phones, patient.emails) == ("7", "", (), ("a@b.no",))


def test_a_patient_is_read_whole() -> None:
    """`leyr-api.md` 3.7 and 12.9: the reference is the EHR's id, typed."""
    whole = {
        "id": "leyr-1",
        "emr_id": "abc_12345",
        "first_name": "Kari",
        "last_name": "Nordmann",
        "external_id": "01019012345",
        "phones": ["+4799999999"],
        "emails": ["kari@example.no"],
        "care_unit_id": "1",
    }
    patient = wire.patient(raw(whole))
    assert patient.reference == "emr_id:abc_12345"
    assert (patient.full_name, patient.national_number) == ("Kari Nordmann", "01019012345")
    assert (patient.phones, patient.emails) == (("+4799999999",), ("kari@example.no",))


def test_nothing_personal_is_in_the_repr_of_what_is_read_on_the_way() -> None:
    secret = {
        "id": "1",
        "first_name": "Kari",
        "external_id": "010190",
        "phones": ["+47"],
        "comment": "angst",
        "name": "K",
    }
    for model in (wire._Named, wire._Patient, wire._Appointment):
        text = repr(model.model_validate(secret))
        assert not any(word in text for word in ("Kari", "010190", "+47", "angst", "'K'"))


def booked(value: Any, known: Timeslot | None = SLOT) -> Any:
    return wire.appointment(raw(value), "unit", known)


def test_a_booking_needs_nothing_but_an_id() -> None:
    """The id is the only handle (`leyr-api.md` 12.18); what is missing is what was booked."""
    appointment = booked([{"id": 55}])
    assert (appointment.id, appointment.status, appointment.start, appointment.end) == ("55", "", SLOT.start, SLOT.end)
    assert (appointment.care_unit_id, appointment.resource_id) == ("unit", "doctor-789")
    assert appointment.healthcare_service_id == "service-101"


def test_times_without_offset_do_not_lose_the_id_of_a_booking() -> None:
    assert booked({"id": "a", "start": "2024-03-25T14:00:00", "end": 5.5e30}).start == SLOT.start


def test_what_the_answer_says_outweighs_what_was_sent() -> None:
    appointment = booked(
        {
            "id": "a",
            "status": "on_hold",
            "start": "2024-03-25T15:00:00Z",
            "end": "2024-03-25T16:00:00Z",
            "resource_id": "other",
            "care_unit_id": "other",
            "patient_id": "p",
            "comment": None,
        }
    )
    assert appointment.status == "on_hold"  # `leyr-api.md` 4.1: an open set, kept raw
    assert appointment.start == datetime(2024, 3, 25, 15, tzinfo=UTC)
    assert (appointment.resource_id, appointment.care_unit_id, appointment.patient_id) == ("other", "other", "p")


@pytest.mark.parametrize("value", [[], {}, [{}], {"id": None}, {"id": ""}, [[]], "x", None])
def test_a_booking_without_an_id_is_unreadable_and_may_have_happened(value: Any) -> None:
    with pytest.raises(AnswerUnreadable) as caught:
        booked(value)
    assert caught.value.may_have_happened


def test_an_appointment_whose_times_nobody_knows_is_unreadable() -> None:
    with pytest.raises(AnswerUnreadable):
        booked({"id": "a", "status": "cancelled"}, known=None)


@pytest.mark.parametrize("field", ["id", "emr_id"])
def test_an_id_that_no_database_takes_is_unreadable(field: str) -> None:
    with pytest.raises(AnswerUnreadable):
        wire.patient(raw({"id": "P1", field: "a\x00b"}))


def test_a_list_of_appointments_is_whole_or_nothing() -> None:
    """The missing one may be the booking whose outcome is being looked for (`leyr-api.md` 6.4)."""
    good = {"id": "a", "status": "booked", "start": SLOT_JSON["start"], "end": SLOT_JSON["end"]}
    assert [a.id for a in wire.appointments(raw([good]), "unit")] == ["a"]
    for bad in ({"id": "b"}, good | {"start": "2024-03-25T14:00:00"}, good | {"id": None}):
        with pytest.raises(AnswerUnreadable):
            wire.appointments(raw([good, bad]), "unit")

"""The JSON of Leyr: its shapes, and from the sandbox's values to it, as the settings want it written."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from receptionapp.sandbox.calendar import Timeslot, is_in_the_calendar, written
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource, Settings
from receptionapp.sandbox.people import Patient
from receptionapp.sandbox.store import Appointment


def _near_our_time(moment: datetime) -> datetime:
    if not is_in_the_calendar(moment.date()):
        raise ValueError("the date is out of range")
    return moment


Instant = Annotated[AwareDatetime, AfterValidator(_near_our_time)]
"""ISO 8601 with an offset (DOC 1.3). That one without is refused is INF."""


def _whole_characters(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character (a lone surrogate), which JSON can carry and SQLite cannot
        raise ValueError("the text holds half a character") from None
    return text


Text = Annotated[str, AfterValidator(_whole_characters)]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_whole_characters)]


class CareUnitShape(BaseModel):
    id: str
    name: str | None = None
    title: str | None = None


class ResourceShape(BaseModel):
    id: str
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None


class HealthcareServiceShape(BaseModel):
    id: str
    name: str | None = None
    title: str | None = None


class TimeslotShape(BaseModel):
    start: datetime
    end: datetime
    resource_id: str | None
    healthcare_service_id: str | None


class PatientShape(BaseModel):
    id: str
    emr_id: str | None
    first_name: str | None
    last_name: str | None
    care_unit_id: str | None
    external_id: str | None
    phones: list[str] | None
    emails: list[str] | None


class AppointmentShape(BaseModel):
    id: str
    status: str
    care_unit_id: str | None
    start: datetime
    end: datetime
    patient_id: str | None
    resource_id: str | None
    healthcare_service_id: str | None
    comment: str | None


class ErrorItemShape(BaseModel):
    error_code: str
    details: str
    emr_error: str | None
    path: str | None


class ErrorShape(BaseModel):
    """DOC 6.1."""

    code: str
    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: Annotated[list[ErrorItemShape], Field(min_length=1)] = Field(default=[])


class TimeslotsQuery(BaseModel):
    start: Instant
    end: Instant
    resource_id: str | None = None
    healthcare_service_id: str | None = None


class PatientsQuery(BaseModel):
    first_name: str | None = None
    last_name: str | None = None


class AppointmentsQuery(BaseModel):
    patient_id: str | None = None
    resource_id: str | None = None
    start: Instant | None = None
    end: Instant | None = None


class NewPatient(BaseModel):
    first_name: Name
    last_name: Name
    external_id: Text | None = None
    phones: list[Text] = []
    emails: list[Text] = []


class NewAppointment(BaseModel):
    start: Instant
    end: Instant
    patient_id: Text
    resource_id: Text | None = None
    healthcare_service_id: Text | None = None
    comment: Text | None = None


class Confirmation(BaseModel):
    code: Text


class AppointmentChange(BaseModel):
    """One body, three uses (DOC 3.11): cancel by `status`, confirm by `confirmation`, else an update."""

    status: Literal["cancelled"] | None = None
    start: Instant | None = None
    end: Instant | None = None
    resource_id: Text | None = None
    comment: Text | None = None
    confirmation: Confirmation | None = None


class AppointmentsChange(AppointmentChange):
    """The same for several appointments (DOC 3.12)."""

    ids: list[Text]


Json = dict[str, Any]


def named(thing: CareUnit | Resource | HealthcareService, settings: Settings) -> Json:
    """The id (DOC 3.1, 3.2 and 3.4) and the display field, whose name is unknown (question 7)."""
    match settings.display_field:
        case "first_and_last_name" if isinstance(thing, Resource):
            first, _, last = thing.name.partition(" ")
            return {"id": thing.id, "first_name": first, "last_name": last}
        case "title":
            return {"id": thing.id, "title": thing.name}
        case "none":
            return {"id": thing.id}
        case _:
            return {"id": thing.id, "name": thing.name}


def timeslots(found: Iterable[Timeslot], settings: Settings) -> list[Json]:
    """DOC 3.5. Many timeslots share their times, so each time is written once."""

    @cache
    def time(moment: datetime) -> str:
        return written(moment, settings.time_format)

    return [
        {
            "start": time(timeslot.span.start),
            "end": time(timeslot.span.end),
            "resource_id": timeslot.resource_id,
            "healthcare_service_id": timeslot.healthcare_service_id,
        }
        for timeslot in found
    ]


def patient(person: Patient) -> Json:
    """DOC 3.7 for the ids, names and care unit; INF for the rest."""
    return {name: getattr(person, name) for name in PatientShape.model_fields}


def appointment(booked: Appointment, settings: Settings) -> Json:
    """DOC 3.9 for id, status, care unit, times and comment; INF for the ids, of which the patient's is the EHR's."""
    same = ("id", "status", "care_unit_id", "resource_id", "healthcare_service_id", "comment")
    return {name: getattr(booked, name) for name in same} | {
        "start": written(booked.span.start, settings.time_format),
        "end": written(booked.span.end, settings.time_format),
        "patient_id": booked.patient_emr_id,
    }

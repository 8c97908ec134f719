"""The JSON of Leyr: what comes in, checked; what goes out, documented. Field tags as in `leyr-api.md` 3.

What goes out is built in `wire.py` and not checked again, for speed; schemathesis compares the two in the tests.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from receptionapp.sandbox.calendar import is_in_the_calendar


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

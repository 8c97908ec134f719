"""From the sandbox's values to the JSON of Leyr, as the settings want it written."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from receptionapp.sandbox.appointment import Appointment
from receptionapp.sandbox.calendar import Timeslot, written
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.people import Patient
from receptionapp.sandbox.profiles import Settings

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
    return {
        "id": person.id,
        "emr_id": person.emr_id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "care_unit_id": person.care_unit_id,
        "external_id": person.external_id,
        "phones": list(person.phones),
        "emails": list(person.emails),
    }


def appointment(booked: Appointment, settings: Settings) -> Json:
    """DOC 3.9 for id, status, care unit, times and comment; INF for the ids, of which the patient's is the EHR's."""
    return {
        "id": booked.id,
        "status": booked.status,
        "care_unit_id": booked.care_unit_id,
        "start": written(booked.span.start, settings.time_format),
        "end": written(booked.span.end, settings.time_format),
        "patient_id": booked.patient_emr_id,
        "resource_id": booked.resource_id,
        "healthcare_service_id": booked.healthcare_service_id,
        "comment": booked.comment,
    }

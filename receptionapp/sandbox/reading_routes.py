"""Looking: care units, resources, services, timeslots (`leyr-api.md` 3.1 to 3.5)."""

from datetime import UTC, datetime, timedelta

from receptionapp.sandbox import wire
from receptionapp.sandbox.access import Call, authorised, resource_with_id, service_with_id
from receptionapp.sandbox.clinic_time import Span
from receptionapp.sandbox.endpoint import Endpoints
from receptionapp.sandbox.errors import invalid_request, refused
from receptionapp.sandbox.shapes import (
    CareUnitShape,
    HealthcareServiceShape,
    ResourceShape,
    TimeslotShape,
    TimeslotsQuery,
)
from receptionapp.sandbox.wire import Json

_LONGEST_RANGE = timedelta(days=30, hours=1)  # thirty clinic days, the autumn one of 25 hours included

reading_endpoints = Endpoints("/api/emrs/{emr}/care-units", authorised)


@reading_endpoints.add("GET", "", list[CareUnitShape])
def list_care_units(call: Call) -> list[Json]:
    """Clinics or sites (DOC 3.1)."""
    return [wire.named(unit, call.sandbox.settings) for unit in call.sandbox.care_units]


@reading_endpoints.add("GET", "/{care_unit_id}/resources", list[ResourceShape])
def list_resources(call: Call) -> list[Json]:
    """Practitioners and rooms (DOC 3.2)."""
    return [wire.named(resource, call.sandbox.settings) for resource in call.unit.resources]


@reading_endpoints.add("GET", "/{care_unit_id}/resources/{resource_id}", ResourceShape)
def get_resource(call: Call) -> Json:
    """One resource (DOC 3.2 by name, the path INF)."""
    return wire.named(resource_with_id(call.sandbox, call.unit, call.path["resource_id"]), call.sandbox.settings)


@reading_endpoints.add("GET", "/{care_unit_id}/healthcare-services", list[HealthcareServiceShape])
def list_healthcare_services(call: Call) -> list[Json]:
    """What can be booked, without its length (DOC 3.4)."""
    return [wire.named(service, call.sandbox.settings) for service in call.unit.services]


@reading_endpoints.add("GET", "/{care_unit_id}/timeslots", list[TimeslotShape])
def list_timeslots(call: Call, query: TimeslotsQuery) -> list[Json]:
    """Free time only (DOC 3.5): the timeslots that start from `start` up to `end`, none of them in the past.

    INF: the names and the need of `start` and `end`, which of the two ends of a timeslot counts, the longest range.
    """
    sandbox, unit = call.sandbox, call.unit
    resource_id, service_id = query.resource_id, query.healthcare_service_id
    if sandbox.profile.timeslots_need_a_filter and resource_id is None and service_id is None:
        raise refused("MISSING_REQUIRED_FIELD", "Give resource_id or healthcare_service_id.")
    span = _range(query.start, query.end)
    resources = unit.resources if resource_id is None else (resource_with_id(sandbox, unit, resource_id),)
    services = unit.services if service_id is None else (service_with_id(sandbox, unit, service_id),)
    return wire.timeslots(sandbox.diary.free_timeslots(resources, services, span, sandbox.now()), sandbox.settings)


def _range(start: datetime, end: datetime) -> Span:
    if end <= start:
        raise invalid_request("1 validation error for Request\nquery -> end\n  end must be after start")
    if end - start > _LONGEST_RANGE:
        raise refused("MAX_ITEMS_EXCEEDED", "At most 30 days can be asked for at once.", path="end")
    return Span(start.astimezone(UTC), end.astimezone(UTC))

"""Looking: care units, resources, services, timeslots (`leyr-api.md` 3.1 to 3.5)."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from receptionapp.sandbox import wire
from receptionapp.sandbox.access import Leyr, Unit, resource_with_id, service_with_id
from receptionapp.sandbox.clinic_time import Span
from receptionapp.sandbox.errors import invalid_request, refused
from receptionapp.sandbox.shapes import CareUnitShape, HealthcareServiceShape, Instant, ResourceShape, TimeslotShape

_LONGEST_RANGE = timedelta(days=30, hours=1)  # thirty clinic days, the autumn one of 25 hours included

router = APIRouter()


@router.get("/care-units", response_model=list[CareUnitShape])
async def list_care_units(sandbox: Leyr) -> JSONResponse:
    """Clinics or sites (DOC 3.1)."""
    return JSONResponse([wire.named(unit, sandbox.settings) for unit in sandbox.care_units])


@router.get("/care-units/{care_unit_id}/resources", response_model=list[ResourceShape])
async def list_resources(sandbox: Leyr, unit: Unit) -> JSONResponse:
    """Practitioners and rooms (DOC 3.2)."""
    return JSONResponse([wire.named(resource, sandbox.settings) for resource in unit.resources])


@router.get("/care-units/{care_unit_id}/resources/{resource_id}", response_model=ResourceShape)
async def get_resource(sandbox: Leyr, unit: Unit, resource_id: str) -> JSONResponse:
    """One resource (DOC 3.2 by name, the path INF)."""
    return JSONResponse(wire.named(resource_with_id(sandbox, unit, resource_id), sandbox.settings))


@router.get("/care-units/{care_unit_id}/healthcare-services", response_model=list[HealthcareServiceShape])
async def list_healthcare_services(sandbox: Leyr, unit: Unit) -> JSONResponse:
    """What can be booked, without its length (DOC 3.4)."""
    return JSONResponse([wire.named(service, sandbox.settings) for service in unit.services])


@router.get("/care-units/{care_unit_id}/timeslots", response_model=list[TimeslotShape])
def list_timeslots(
    sandbox: Leyr,
    unit: Unit,
    start: Annotated[Instant, Query()],
    end: Annotated[Instant, Query()],
    resource_id: str | None = None,
    healthcare_service_id: str | None = None,
) -> JSONResponse:
    """Free time only (DOC 3.5): the timeslots that start from `start` up to `end`, none of them in the past.

    INF: the names and the need of `start` and `end`, which of the two ends of a timeslot counts, the longest range.
    """
    if sandbox.profile.timeslots_need_a_filter and resource_id is None and healthcare_service_id is None:
        raise refused("MISSING_REQUIRED_FIELD", "Give resource_id or healthcare_service_id.")
    span = _range(start, end)
    resources = unit.resources if resource_id is None else (resource_with_id(sandbox, unit, resource_id),)
    services = (
        unit.services if healthcare_service_id is None else (service_with_id(sandbox, unit, healthcare_service_id),)
    )
    found = sandbox.diary.free_timeslots(resources, services, span, sandbox.now())
    return JSONResponse(wire.timeslots(found, sandbox.settings))


def _range(start: datetime, end: datetime) -> Span:
    if end <= start:
        raise invalid_request("1 validation error for Request\nquery -> end\n  end must be after start")
    if end - start > _LONGEST_RANGE:
        raise refused("MAX_ITEMS_EXCEEDED", "At most 30 days can be asked for at once.", path="end")
    return Span(start.astimezone(UTC), end.astimezone(UTC))

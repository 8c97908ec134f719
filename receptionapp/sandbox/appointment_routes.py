"""Appointments over HTTP (`leyr-api.md` 3.9 to 3.12)."""

from datetime import UTC, timedelta

from receptionapp.sandbox import patients, wire
from receptionapp.sandbox.access import Call, authorised, not_supported, resource_with_id, service_with_id
from receptionapp.sandbox.appointment import Appointment
from receptionapp.sandbox.booking import Wish
from receptionapp.sandbox.clinic import CareUnit
from receptionapp.sandbox.clinic_time import Span
from receptionapp.sandbox.endpoint import Endpoints
from receptionapp.sandbox.errors import invalid_request
from receptionapp.sandbox.sandbox import Sandbox
from receptionapp.sandbox.shapes import (
    AppointmentChange,
    AppointmentsChange,
    AppointmentShape,
    AppointmentsQuery,
    NewAppointment,
)
from receptionapp.sandbox.wire import Json

_ALL_BEFORE = timedelta(days=7)
_ALL_AFTER = timedelta(days=30)

appointment_endpoints = Endpoints("/api/emrs/{emr}/care-units/{care_unit_id}/appointments", authorised)


@appointment_endpoints.add("POST", "", list[AppointmentShape] | AppointmentShape)
def create_appointment(call: Call, body: NewAppointment) -> list[Json] | Json:
    """Book a free timeslot. An array with one appointment (DOC 1.3), or an object where the settings say so."""
    sandbox, unit = call.sandbox, call.unit
    service_id = body.healthcare_service_id
    wish = Wish(
        span=Span(body.start.astimezone(UTC), body.end.astimezone(UTC)),
        resource=None if body.resource_id is None else resource_with_id(sandbox, unit, body.resource_id),
        service=None if service_id is None else service_with_id(sandbox, unit, service_id),
        patient=patients.patient_with_id(sandbox.store, sandbox.profile, sandbox.settings, body.patient_id),
        comment=body.comment,
    )
    answer = wire.appointment(sandbox.booking(unit).book(wish), sandbox.settings)
    return answer if sandbox.settings.booking_answer == "object" else [answer]


@appointment_endpoints.add("GET", "", list[AppointmentShape])
def list_appointments(call: Call, query: AppointmentsQuery) -> list[Json]:
    """Appointments by patient, resource and range (DOC 3.10).

    No range means all (DOC); the made-up calendar has no end, so here that is the last 7 and the next 30 days.
    """
    sandbox, unit = call.sandbox, call.unit
    if not sandbox.profile.reads_appointments:
        raise not_supported(sandbox)
    now = sandbox.now()
    first, last = query.start or now - _ALL_BEFORE, query.end or now + _ALL_AFTER
    if last <= first:
        raise invalid_request("1 validation error for Request\nquery -> end\n  end must be after start")
    resource_id = query.resource_id
    resources = unit.resources if resource_id is None else (resource_with_id(sandbox, unit, resource_id),)
    found = sandbox.diary.appointments(resources, Span(first.astimezone(UTC), last.astimezone(UTC)), now)
    if query.patient_id is not None:
        patient = patients.patient_with_id(sandbox.store, sandbox.profile, sandbox.settings, query.patient_id)
        found = [appointment for appointment in found if appointment.patient_emr_id == patient.emr_id]
    return [wire.appointment(appointment, sandbox.settings) for appointment in found]


@appointment_endpoints.add("PATCH", "", list[AppointmentShape])
def change_appointments(call: Call, body: AppointmentsChange) -> list[Json]:
    """Several at once (DOC 3.12). Nobody knows the answer's shape, so no profile supports it."""
    raise not_supported(call.sandbox)


@appointment_endpoints.add("GET", "/{appointment_id}", AppointmentShape)
def get_appointment(call: Call) -> Json:
    """One appointment (INF 3.10)."""
    sandbox = call.sandbox
    if not sandbox.profile.reads_appointments:
        raise not_supported(sandbox)
    return wire.appointment(sandbox.booking(call.unit).existing(call.path["appointment_id"]), sandbox.settings)


@appointment_endpoints.add("PATCH", "/{appointment_id}", AppointmentShape)
def change_appointment(call: Call, body: AppointmentChange) -> Json:
    """Cancel, update or confirm, told apart by the body (DOC 3.11)."""
    changed = _changed(call.sandbox, call.unit, call.path["appointment_id"], body)
    return wire.appointment(changed, call.sandbox.settings)


def _changed(sandbox: Sandbox, unit: CareUnit, appointment_id: str, body: AppointmentChange) -> Appointment:
    booking = sandbox.booking(unit)
    updates = body.start is not None or body.end is not None or body.resource_id is not None
    if body.status and (updates or body.confirmation):
        raise invalid_request("status is reserved for cancellation and goes with comment only")  # DOC 5
    if body.status:
        return booking.cancel(appointment_id, body.comment)
    if body.confirmation:
        if not sandbox.profile.two_step:
            raise not_supported(sandbox)
        return booking.confirm(appointment_id, body.confirmation.code)
    if not updates and body.comment is None:
        raise invalid_request("nothing to change")
    if not sandbox.profile.moves_appointments:
        raise not_supported(sandbox)
    resource = None if body.resource_id is None else resource_with_id(sandbox, unit, body.resource_id)
    return booking.move(appointment_id, _new_span(body), resource, body.comment)


def _new_span(body: AppointmentChange) -> Span | None:
    if body.start is None and body.end is None:
        return None
    if body.start is None or body.end is None:
        raise invalid_request("start and end go together")  # DOC 5
    return Span(body.start.astimezone(UTC), body.end.astimezone(UTC))

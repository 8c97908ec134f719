"""Leyr's endpoints: care units, resources, services and timeslots, patients, appointments (`leyr-api.md` 3)."""

from datetime import UTC, datetime, timedelta

from receptionapp.sandbox import patients, wire
from receptionapp.sandbox.booking import BookingRequest
from receptionapp.sandbox.calendar import Span, clinic_date
from receptionapp.sandbox.clinic import CareUnit
from receptionapp.sandbox.endpoint import (
    Call,
    Endpoints,
    admit_authorised,
    not_supported,
    resource_with_id,
    service_with_id,
)
from receptionapp.sandbox.errors import invalid_request, refused
from receptionapp.sandbox.sandbox import Sandbox
from receptionapp.sandbox.store import Appointment
from receptionapp.sandbox.wire import (
    AppointmentChange,
    AppointmentsChange,
    AppointmentShape,
    AppointmentsQuery,
    CareUnitShape,
    HealthcareServiceShape,
    Json,
    NewAppointment,
    NewPatient,
    PatientShape,
    PatientsQuery,
    ResourceShape,
    TimeslotShape,
    TimeslotsQuery,
)

_LONGEST_RANGE = timedelta(days=30, hours=1)  # thirty clinic days, the autumn one of 25 hours included

reading_endpoints = Endpoints("/api/emrs/{emr}/care-units", admit_authorised)


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
    """Free time that starts from `start` up to `end`, none in the past (DOC 3.5; names and longest range INF)."""
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


patient_endpoints = Endpoints("/api/emrs/{emr}/care-units/{care_unit_id}/patients", admit_authorised)


@patient_endpoints.add("GET", "", list[PatientShape])
def search_patients(call: Call, query: PatientsQuery) -> list[Json]:
    """By name (DOC 3.6)."""
    if not call.sandbox.profile.searches_patients:
        raise not_supported(call.sandbox)
    found = patients.search(call.sandbox.store, query.first_name, query.last_name)
    return [wire.patient(patient) for patient in found]


@patient_endpoints.add("GET", "/{patient_id}", PatientShape)
def get_patient(call: Call) -> Json:
    """By typed or bare id (DOC 3.7)."""
    sandbox = call.sandbox
    if not sandbox.profile.gets_patients:
        raise not_supported(sandbox)
    found = patients.patient_with_id(sandbox.store, sandbox.profile, sandbox.settings, call.path["patient_id"])
    return wire.patient(found)


@patient_endpoints.add("POST", "", PatientShape)
def create_patient(call: Call, body: NewPatient) -> Json:
    """A new patient, or the one who has this national number already (DOC 3.8)."""
    sandbox = call.sandbox
    request = patients.PatientRequest(
        first_name=body.first_name,
        last_name=body.last_name,
        external_id=body.external_id or None,
        phones=tuple(body.phones),
        emails=tuple(body.emails),
    )
    today = clinic_date(sandbox.now())
    patient = patients.create_or_return(sandbox.store, sandbox.profile, sandbox.settings, call.unit.id, request, today)
    return wire.patient(patient)


_ALL_BEFORE = timedelta(days=7)
_ALL_AFTER = timedelta(days=30)

appointment_endpoints = Endpoints("/api/emrs/{emr}/care-units/{care_unit_id}/appointments", admit_authorised)


@appointment_endpoints.add("POST", "", list[AppointmentShape] | AppointmentShape)
def create_appointment(call: Call, body: NewAppointment) -> list[Json] | Json:
    """Book a free timeslot. An array with one appointment (DOC 1.3), or an object where the settings say so."""
    sandbox, unit = call.sandbox, call.unit
    service_id = body.healthcare_service_id
    wish = BookingRequest(
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
    """Appointments by patient, resource and range (DOC 3.10); without a range the last 7 and the next 30 days."""
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

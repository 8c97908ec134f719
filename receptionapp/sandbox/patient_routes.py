"""Patients over HTTP (`leyr-api.md` 3.6 to 3.8)."""

from receptionapp.sandbox import patients, wire
from receptionapp.sandbox.access import Call, authorised, not_supported
from receptionapp.sandbox.endpoint import Endpoints
from receptionapp.sandbox.shapes import NewPatient, PatientShape, PatientsQuery
from receptionapp.sandbox.wire import Json

patient_endpoints = Endpoints("/api/emrs/{emr}/care-units/{care_unit_id}/patients", authorised)


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
    patient = patients.create_or_return(sandbox.store, sandbox.profile, sandbox.settings, call.unit.id, request)
    return wire.patient(patient)

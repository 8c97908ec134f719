"""Patients over HTTP (`leyr-api.md` 3.6 to 3.8)."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from receptionapp.sandbox import patients, wire
from receptionapp.sandbox.access import Leyr, Unit, not_supported
from receptionapp.sandbox.shapes import NewPatient, PatientShape

router = APIRouter(prefix="/care-units/{care_unit_id}/patients")


@router.get("", response_model=list[PatientShape])
def search_patients(
    sandbox: Leyr, unit: Unit, first_name: str | None = None, last_name: str | None = None
) -> JSONResponse:
    """By name (DOC 3.6)."""
    if not sandbox.profile.searches_patients:
        raise not_supported(sandbox)
    found = patients.search(sandbox.store, first_name, last_name)
    return JSONResponse([wire.patient(patient) for patient in found])


@router.get("/{patient_id}", response_model=PatientShape)
def get_patient(sandbox: Leyr, unit: Unit, patient_id: str) -> JSONResponse:
    """By typed or bare id (DOC 3.7)."""
    if not sandbox.profile.gets_patients:
        raise not_supported(sandbox)
    patient = patients.patient_with_id(sandbox.store, sandbox.profile, sandbox.settings, patient_id)
    return JSONResponse(wire.patient(patient))


@router.post("", response_model=PatientShape)
def create_patient(sandbox: Leyr, unit: Unit, body: NewPatient) -> JSONResponse:
    """A new patient, or the one who has this national number already (DOC 3.8)."""
    request = patients.PatientRequest(
        first_name=body.first_name,
        last_name=body.last_name,
        external_id=body.external_id or None,
        phones=tuple(body.phones),
        emails=tuple(body.emails),
    )
    patient = patients.create_or_return(sandbox.store, sandbox.profile, sandbox.settings, unit.id, request)
    return JSONResponse(wire.patient(patient))

"""Patients: create or return, get, search."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import SystemRandom

from receptionapp.sandbox import people
from receptionapp.sandbox.clinic import EmrProfile, Settings
from receptionapp.sandbox.endpoint import EMR_ID, PATIENT_ID_TYPES, split_id
from receptionapp.sandbox.errors import LeyrProblem, refused
from receptionapp.sandbox.people import Patient, new_leyr_id
from receptionapp.sandbox.store import Store

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_FIRST_NEW_EMR_ID = 200001


@dataclass(frozen=True, slots=True)
class PatientRequest:
    """What POST patients carries (`leyr-api.md` 3.8)."""

    first_name: str
    last_name: str
    external_id: str | None
    phones: tuple[str, ...]
    emails: tuple[str, ...]


def create_or_return(
    store: Store, profile: EmrProfile, settings: Settings, care_unit_id: str, request: PatientRequest, today: date
) -> Patient:
    """A new patient, or the one with the same number (DOC 3.8, INF): `MISSING_REQUIRED_FIELD`, `BAD_INPUT`."""
    _check(profile, request, today)
    with store.transaction():
        known = store.patient_by_external_id(request.external_id) if request.external_id else None
        if known and not settings.overwrite_contact_data:
            return known
        if known:
            patient = replace(
                known,
                first_name=request.first_name,
                last_name=request.last_name,
                phones=request.phones or known.phones,
                emails=request.emails or known.emails,
            )
        else:
            patient = Patient(
                id=new_leyr_id(SystemRandom()),
                emr_id=f"P_{_FIRST_NEW_EMR_ID + store.patient_count()}",
                care_unit_id=care_unit_id,
                first_name=request.first_name,
                last_name=request.last_name,
                external_id=request.external_id,
                phones=request.phones,
                emails=request.emails,
            )
        store.save_patients(patient)
        return patient


def patient_with_id(store: Store, profile: EmrProfile, settings: Settings, patient_id: str) -> Patient:
    """The patient that an id means, in any care unit (INF). Raises LeyrProblem."""
    kind, value = split_id(patient_id, PATIENT_ID_TYPES)
    if kind not in profile.patient_id_types:
        raise refused("PATIENT_ID_LOOKUP_TYPE_NOT_SUPPORTED", f"Patients cannot be looked up by {kind}.")
    patient = store.patient_by_emr_id(value) if kind == EMR_ID else store.patient_by_external_id(value)
    if patient is None:
        raise _unknown(patient_id, settings)
    return patient


def search(store: Store, first_name: str | None, last_name: str | None) -> Sequence[Patient]:
    """Everybody whose names start with those given, whatever the case (INF 3.6). `MISSING_REQUIRED_FIELD` without
    any."""
    if not (first_name or last_name):
        raise refused("MISSING_REQUIRED_FIELD", "Give first_name or last_name.")
    first, last = (first_name or "").casefold(), (last_name or "").casefold()
    return [
        patient
        for patient in store.patients()
        if patient.first_name.casefold().startswith(first) and patient.last_name.casefold().startswith(last)
    ]


def _check(profile: EmrProfile, request: PatientRequest, today: date) -> None:
    if profile.patient_needs_national_number and not request.external_id:
        # DOC 8.1 for the rule; that the number goes in external_id, and the code, are INF.
        raise refused("MISSING_REQUIRED_FIELD", "A fødselsnummer is required.", path="external_id")
    if profile.patient_needs_phone and not request.phones:
        raise refused("MISSING_REQUIRED_FIELD", "A phone number is required.", path="phones")  # DOC 8, code INF
    if profile.patient_needs_national_number and not people.is_valid(request.external_id or "", today):
        raise refused("BAD_INPUT", "The fødselsnummer is not valid.", path="external_id")  # DOC 8.1, code INF
    for phone in request.phones:
        if not _E164.fullmatch(phone):
            raise refused("BAD_INPUT", "A phone number is not in the E.164 form.", path="phones")  # INF 3.8


def _unknown(patient_id: str, settings: Settings) -> LeyrProblem:
    kind, colon, _ = patient_id.partition(":")
    if colon and kind not in PATIENT_ID_TYPES:
        return refused("INVALID_PATIENT_ID_TYPE", "There is no such type of patient id.")
    return refused("INVALID_PATIENT_ID", "The patient does not exist.", status=settings.unknown_id_status)

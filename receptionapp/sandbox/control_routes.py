"""The sandbox's own controls: switches, faults and outside changes, under `/sandbox`. Not part of Leyr."""

from dataclasses import asdict, replace
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from receptionapp.sandbox import wire
from receptionapp.sandbox.clinic import Settings
from receptionapp.sandbox.endpoint import Call, Endpoints, admit_anybody
from receptionapp.sandbox.errors import LeyrProblem
from receptionapp.sandbox.faults import FAULTS, Fault, FaultRule
from receptionapp.sandbox.wire import AppointmentShape, Instant, Json, PatientShape, Text

endpoints = Endpoints("/sandbox", admit_anybody)

FaultName = StrEnum("FaultName", {name.upper(): name for name in FAULTS})  # type: ignore[misc]
_LONGEST_DELAY = 120.0


class PlannedFault(BaseModel):
    """A fault by name, when it strikes, and how it differs from the usual one of that name."""

    name: FaultName
    times: Annotated[int, Field(ge=1)] | None = None
    """On the next calls that match; without it and without `rate`: the next one."""

    rate: Annotated[float, Field(ge=0, le=1)] | None = None
    seed: int = 0
    method: Text = "*"
    path: Text = "*"
    delay: Annotated[float, Field(ge=0, le=_LONGEST_DELAY)] | None = None
    after_effect: bool | None = None
    retry_after: Annotated[int, Field(ge=0)] | None = None

    def fault(self) -> Fault:
        usual = FAULTS[self.name.value]
        return replace(
            usual,
            delay=usual.delay if self.delay is None else self.delay,
            after_effect=usual.after_effect if self.after_effect is None else self.after_effect,
            retry_after=usual.retry_after if self.retry_after is None else self.retry_after,
        )

    def rule(self) -> FaultRule:
        times = 1 if self.times is None and self.rate is None else self.times
        return FaultRule(self.fault(), self.method, self.path, times, 1.0 if self.rate is None else self.rate)


class TakenTime(BaseModel):
    """Time of a resource."""

    resource_id: Text
    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "TakenTime":
        if self.end <= self.start:
            raise ValueError("end must be after start")
        return self


class OutsideAppointment(TakenTime):
    healthcare_service_id: Text | None = None
    patient_emr_id: Text | None = None
    status: Text = "booked"


class NewStatus(BaseModel):
    status: Text


class BlockShape(BaseModel):
    id: str


class AboutShape(BaseModel):
    profile: str
    emr: str
    client_id: str
    client_secret: str
    now: str


@endpoints.add("GET", "", AboutShape)
def about(call: Call) -> Json:
    """Which EHR this is, how to get in, and what time it is here."""
    sandbox = call.sandbox
    return {
        "profile": sandbox.profile.name,
        "emr": sandbox.profile.emr,
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "now": sandbox.now().isoformat(),
    }


@endpoints.add("GET", "/settings", Settings)
def get_settings(call: Call) -> Json:
    """How the open questions are settled."""
    return asdict(call.sandbox.settings)


@endpoints.add("PUT", "/settings", Settings)
def put_settings(call: Call, body: Settings) -> Json:
    """Settle them otherwise; what is not given gets its default."""
    call.sandbox.settings = body
    return asdict(body)


@endpoints.add("GET", "/faults", list[FaultRule])
def list_faults(call: Call) -> list[Json]:
    """What may still strike."""
    return [asdict(rule) for rule in call.sandbox.faults.rules()]


@endpoints.add("POST", "/faults", FaultRule)
def plan_fault(call: Call, body: PlannedFault) -> Json:
    """Let something go wrong."""
    rule = body.rule()
    call.sandbox.faults.add(rule, seed=body.seed)
    return asdict(rule)


@endpoints.add("DELETE", "/faults", None)
def clear_faults(call: Call) -> None:
    """Let all be well again."""
    call.sandbox.faults.clear()


@endpoints.add("GET", "/patients", list[PatientShape])
def all_patients(call: Call) -> list[Json]:
    """Everybody the EHR knows; all of them made up."""
    return [wire.patient(patient) for patient in call.sandbox.patients()]


@endpoints.add("GET", "/appointments", list[AppointmentShape])
def all_appointments(call: Call) -> list[Json]:
    """The truth: every appointment that came through Leyr or was changed since."""
    return [wire.appointment(appointment, call.sandbox.settings) for appointment in call.sandbox.appointments()]


@endpoints.add("POST", "/outside/appointments", AppointmentShape)
def book_outside(call: Call, body: OutsideAppointment) -> Json:
    """Book as if in the EHR, even over another appointment."""
    booked = call.sandbox.outside.book(
        body.resource_id,
        body.start,
        body.end,
        healthcare_service_id=body.healthcare_service_id,
        patient_emr_id=body.patient_emr_id,
        status=body.status,
    )
    return wire.appointment(booked, call.sandbox.settings)


@endpoints.add("PUT", "/outside/appointments/{appointment_id}/status", AppointmentShape)
def set_status_outside(call: Call, body: NewStatus) -> Json:
    """Cancel (`cancelled`), complete, or give a status nobody has heard of, as if in the EHR."""
    changed = call.sandbox.outside.set_status(call.path["appointment_id"], body.status)
    return wire.appointment(changed, call.sandbox.settings)


@endpoints.add("POST", "/outside/blocks", BlockShape)
def block_outside(call: Call, body: TakenTime) -> Json:
    """Take time for something without a patient."""
    return {"id": call.sandbox.outside.block(body.resource_id, body.start, body.end)}


@endpoints.add("DELETE", "/outside/blocks/{block_id}", None)
def unblock_outside(call: Call) -> None:
    """Give the time back."""
    if not call.sandbox.outside.unblock(call.path["block_id"]):
        raise LeyrProblem(404, "BAD_REQUEST", "Not found", "There is no such block.")

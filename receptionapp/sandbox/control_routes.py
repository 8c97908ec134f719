"""The hands behind the curtain: switches, faults and outside changes, under `/sandbox`. No part of Leyr."""

from dataclasses import asdict, replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, model_validator

from receptionapp.sandbox import wire
from receptionapp.sandbox.access import TheSandbox
from receptionapp.sandbox.errors import LeyrProblem
from receptionapp.sandbox.faults import FAULTS, Fault, FaultRule
from receptionapp.sandbox.settings import Settings
from receptionapp.sandbox.shapes import AppointmentShape, Instant, PatientShape, Text

router = APIRouter(prefix="/sandbox", tags=["sandbox control"])

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


@router.get("", response_model=AboutShape)
async def about(sandbox: TheSandbox) -> JSONResponse:
    """Which EHR this is, how to get in, and what time it is here."""
    return JSONResponse(
        {
            "profile": sandbox.profile.name,
            "emr": sandbox.profile.emr,
            "client_id": sandbox.client_id,
            "client_secret": sandbox.client_secret,
            "now": sandbox.now().isoformat(),
        }
    )


@router.get("/settings", response_model=Settings)
async def get_settings(sandbox: TheSandbox) -> JSONResponse:
    """How the open questions are settled."""
    return JSONResponse(asdict(sandbox.settings))


@router.put("/settings", response_model=Settings)
async def put_settings(sandbox: TheSandbox, settings: Settings) -> JSONResponse:
    """Settle them otherwise; what is not given gets its default."""
    sandbox.settings = settings
    return JSONResponse(asdict(settings))


@router.get("/faults", response_model=list[FaultRule])
async def list_faults(sandbox: TheSandbox) -> JSONResponse:
    """What may still strike."""
    return JSONResponse([asdict(rule) for rule in sandbox.faults.rules()])


@router.post("/faults", response_model=FaultRule)
async def plan_fault(sandbox: TheSandbox, planned: PlannedFault) -> JSONResponse:
    """Let something go wrong."""
    rule = planned.rule()
    sandbox.faults.add(rule, seed=planned.seed)
    return JSONResponse(asdict(rule))


@router.delete("/faults", status_code=204)
async def clear_faults(sandbox: TheSandbox) -> Response:
    """Let all be well again."""
    sandbox.faults.clear()
    return Response(status_code=204)


@router.get("/patients", response_model=list[PatientShape])
def all_patients(sandbox: TheSandbox) -> JSONResponse:
    """Everybody the EHR knows; all of them made up."""
    return JSONResponse([wire.patient(patient) for patient in sandbox.patients()])


@router.get("/appointments", response_model=list[AppointmentShape])
def all_appointments(sandbox: TheSandbox) -> JSONResponse:
    """The truth: every appointment that came through Leyr or was changed since."""
    return JSONResponse([wire.appointment(appointment, sandbox.settings) for appointment in sandbox.appointments()])


@router.post("/outside/appointments", response_model=AppointmentShape)
def book_outside(sandbox: TheSandbox, wanted: OutsideAppointment) -> JSONResponse:
    """Book as if in the EHR, even over another appointment."""
    booked = sandbox.outside.book(
        wanted.resource_id,
        wanted.start,
        wanted.end,
        healthcare_service_id=wanted.healthcare_service_id,
        patient_emr_id=wanted.patient_emr_id,
        status=wanted.status,
    )
    return JSONResponse(wire.appointment(booked, sandbox.settings))


@router.put("/outside/appointments/{appointment_id}/status", response_model=AppointmentShape)
def set_status_outside(sandbox: TheSandbox, appointment_id: str, new: NewStatus) -> JSONResponse:
    """Cancel (`cancelled`), complete, or give a status nobody has heard of, as if in the EHR."""
    return JSONResponse(wire.appointment(sandbox.outside.set_status(appointment_id, new.status), sandbox.settings))


@router.post("/outside/blocks", response_model=BlockShape)
def block_outside(sandbox: TheSandbox, time: TakenTime) -> JSONResponse:
    """Take time for something without a patient."""
    return JSONResponse({"id": sandbox.outside.block(time.resource_id, time.start, time.end)})


@router.delete("/outside/blocks/{block_id}", status_code=204)
def unblock_outside(sandbox: TheSandbox, block_id: str) -> Response:
    """Give the time back."""
    if not sandbox.outside.unblock(block_id):
        raise LeyrProblem(404, "BAD_REQUEST", "Not found", "There is no such block.")
    return Response(status_code=204)

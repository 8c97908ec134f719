"""Whether a connection works and what it offers: for `reception check`, and for the dialog that connects."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from receptionapp.domain.clinic import Capabilities, CareUnit, ConnectionStep
from receptionapp.domain.clock import Clock
from receptionapp.domain.problem import Problem, Reason
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import BadConnection, Connection, ConnectionFault
from receptionapp.leyr.errors import LeyrError, NotFound
from receptionapp.leyr.exchange import ConnectionMilestone
from receptionapp.services.availability import plan_queries

DAYS = 7


OnStep = Callable[[ConnectionStep], None]
"""Hears of each step that is passed, as it is."""


@dataclass(frozen=True, slots=True)
class CareUnitReport:
    """`free_timeslots` are those of the next 7 days."""

    id: str
    name: str
    resources: tuple[str, ...]
    services: tuple[str, ...]
    free_timeslots: int


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """`error` is None when all went well, and `failed` the step that it stopped at. `care_units` came back. `offer` is
    there where it was asked for, `capabilities` where all went well."""

    url: str
    emr: str
    passed: tuple[ConnectionStep, ...] = ()
    failed: ConnectionStep | None = None
    error: LeyrError | BadConnection | None = None
    care_units: tuple[CareUnit, ...] = ()
    offer: tuple[CareUnitReport, ...] = ()
    capabilities: Mapping[str, str] = field(default_factory=dict)


class _Steps:
    """Those passed so far: each is told once, and none before those that it rests on."""

    def __init__(self, on_step: OnStep | None) -> None:
        self._on_step = on_step
        self.passed: list[ConnectionStep] = []

    def reached(self, how_far: ConnectionMilestone) -> None:
        self.through(ConnectionStep.CERTIFICATE if how_far is ConnectionMilestone.SAFE else ConnectionStep.ADDRESS)

    def through(self, last: ConnectionStep) -> None:
        for step in ConnectionStep:
            if step not in self.passed:
                self.passed.append(step)
                if self._on_step:
                    self._on_step(step)
            if step is last:
                return


async def check_connection(
    url: str,
    emr: str,
    client_id: str,
    client_secret: str,
    clock: Clock,
    on_step: OnStep | None = None,
    *,
    offer: bool = False,
) -> ConnectionReport:
    """Ask for the care units, step by step; with `offer` all else that reading can tell. No patient; raises nothing."""
    steps = _Steps(on_step)
    report = ConnectionReport(url, emr)
    try:
        connection = Connection(url, emr, client_id, client_secret)
    except BadConnection as error:
        return replace(report, error=error, failed=_STEP_OF_PART[error.part])
    client = LeyrClient(connection, persistent=False, on_reached=steps.reached)
    try:
        units = await client.care_units()
        steps.through(ConnectionStep.CARE_UNITS if units else ConnectionStep.EMR)
        if not units:
            raise LeyrError(Problem(Reason.NO_CARE_UNITS))
        report = replace(report, care_units=tuple(units))
        if offer:
            report = replace(report, offer=tuple([await _read(client, unit.id, unit.name, clock()) for unit in units]))
        return replace(report, passed=tuple(steps.passed), capabilities=_table(client.capabilities))
    except LeyrError as error:
        return _stopped(report, steps, error)
    finally:
        await client.aclose()


def _stopped(report: ConnectionReport, steps: _Steps, error: LeyrError) -> ConnectionReport:
    """At which step is told by what was answered; where that tells nothing, it is the first that was not passed."""
    if error.problem.reason in _FROM_THE_EMR:
        steps.through(ConnectionStep.CREDENTIALS)
    elif error.status is not None:
        steps.through(ConnectionStep.CERTIFICATE)  # plain http shows none: this very computer
    failed = next((step for step in ConnectionStep if step not in steps.passed), None)
    asked_first = not report.care_units  # without an id in the address, so there is nothing to be gone but all of Leyr
    why = BadConnection("url", ConnectionFault.NOT_LEYRS) if isinstance(error, NotFound) and asked_first else error
    return replace(report, passed=tuple(steps.passed), failed=failed, error=why)


_STEP_OF_PART = {
    "url": ConnectionStep.ADDRESS,
    "emr": ConnectionStep.EMR,
    "client_id": ConnectionStep.CREDENTIALS,
    "client_secret": ConnectionStep.CREDENTIALS,
}

# Leyr has let us in, and passes on what the EHR says.
_FROM_THE_EMR = (Reason.EMR_UNKNOWN, Reason.EMR_LINK_REFUSED, Reason.EMR_REFUSED, Reason.EMR_FAILED)

_SENTENCES = {
    ConnectionStep.ADDRESS: "Leyr's address is reached",
    ConnectionStep.CERTIFICATE: "The line is safe",
    ConnectionStep.CREDENTIALS: "Client id and secret are accepted",
    ConnectionStep.EMR: "The EHR answers",
    ConnectionStep.CARE_UNITS: "There are care units",
}


async def _read(client: LeyrClient, care_unit_id: str, name: str, now: datetime) -> CareUnitReport:
    resources = await client.resources(care_unit_id)
    services = await client.services(care_unit_id)
    free = set()
    for query in plan_queries([r.id for r in resources], [s.id for s in services], None):
        free |= set(
            await client.timeslots(
                care_unit_id,
                now,
                now + timedelta(days=DAYS),
                resource_id=query.resource_id,
                service_id=query.service_id,
            )
        )
    return CareUnitReport(
        care_unit_id, name, tuple(r.name for r in resources), tuple(s.name for s in services), len(free)
    )


def _table(capabilities: Capabilities) -> dict[str, str]:
    return {action.value: support.value for action, support in capabilities.support.items()}


def as_json(report: ConnectionReport | None, failure: str) -> dict[str, Any]:
    """For scripts. `report` is None when nothing is configured; `failure` is why not, in words, or nothing."""
    return {
        "ok": not failure,
        "error": failure or None,
        "url": report.url if report else None,
        "emr": report.emr if report else None,
        "passed": [step.value for step in report.passed] if report else [],
        "failed": report.failed.value if report and report.failed else None,
        "care_units": [asdict(unit) for unit in report.offer] if report else [],
        "capabilities": dict(report.capabilities) if report and not failure else {},
    }


def as_steps(report: ConnectionReport) -> Iterator[str]:
    """For people: what was proven, and where it stopped."""
    for step in ConnectionStep:
        if step in report.passed:
            yield f"{_SENTENCES[step]}: yes"
        elif step is report.failed:
            yield f"{_SENTENCES[step]}: STOPPED HERE"


def as_lines(report: ConnectionReport) -> Iterator[str]:
    """For people: what a good connection offers."""
    yield f"{report.emr} answers at {report.url}."
    for unit in report.offer:
        yield ""
        yield f"{unit.name}: {unit.free_timeslots} free timeslots in the next {DAYS} days"
        yield f"  resources: {', '.join(unit.resources) or 'none'}"
        yield f"  services:  {', '.join(unit.services) or 'none'}"
    yield ""
    yield "What the EHR can do through Leyr:"
    for action, support in report.capabilities.items():
        yield f"  {action.replace('_', ' '):<26} {support}"

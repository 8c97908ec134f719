"""Whether a connection works and what it offers: for `reception check`, and for the dialog that connects."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from receptionapp.domain.capability import Capabilities
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import BadConnection, Connection
from receptionapp.leyr.errors import LeyrError
from receptionapp.services.availability import plan

DAYS = 7


@dataclass(frozen=True, slots=True)
class CareUnitReport:
    """`free_timeslots` are those of the next 7 days."""

    id: str
    name: str
    resources: tuple[str, ...]
    services: tuple[str, ...]
    free_timeslots: int


@dataclass(frozen=True, slots=True)
class Report:
    """`error` is None when all went well."""

    url: str
    emr: str
    care_units: tuple[CareUnitReport, ...] = ()
    capabilities: Mapping[str, str] = field(default_factory=dict)
    error: LeyrError | BadConnection | None = None


async def check_connection(url: str, emr: str, client_id: str, client_secret: str) -> Report:
    """Read everything that reading can tell; writes nothing and asks about no patient. Raises nothing."""
    report = Report(url, emr)
    try:
        connection = Connection(url, emr, client_id, client_secret)
    except BadConnection as error:
        return replace(report, error=error)
    client = LeyrClient(connection, persistent=False)
    try:
        care_units = tuple([await _read(client, unit.id, unit.name) for unit in await client.care_units()])
        return replace(report, care_units=care_units, capabilities=_table(client.capabilities))
    except LeyrError as error:
        return replace(report, error=error)
    finally:
        await client.aclose()


async def _read(client: LeyrClient, care_unit_id: str, name: str) -> CareUnitReport:
    resources = await client.resources(care_unit_id)
    services = await client.services(care_unit_id)
    now = datetime.now(UTC)
    free = set()
    for query in plan([r.id for r in resources], [s.id for s in services], None):
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


def as_json(report: Report | None, failure: str) -> dict[str, Any]:
    """For scripts. `report` is None when nothing is configured; `failure` is why not, in words, or nothing."""
    return {
        "ok": not failure,
        "error": failure or None,
        "url": report.url if report else None,
        "emr": report.emr if report else None,
        "care_units": [asdict(unit) for unit in report.care_units] if report else [],
        "capabilities": dict(report.capabilities) if report else {},
    }


def as_lines(report: Report) -> Iterator[str]:
    """For people."""
    yield f"{report.emr} answers at {report.url}."
    for unit in report.care_units:
        yield ""
        yield f"{unit.name}: {unit.free_timeslots} free timeslots in the next {DAYS} days"
        yield f"  resources: {', '.join(unit.resources) or 'none'}"
        yield f"  services:  {', '.join(unit.services) or 'none'}"
    yield ""
    yield "What the EHR can do through Leyr:"
    for action, support in report.capabilities.items():
        yield f"  {action.replace('_', ' '):<26} {support}"

"""A recording against the program's own client, and against what the sandbox promises: for who has no credentials."""

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.patient import NewPatient
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.errors import AnswerUnreadable, LeyrError
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.recording import RecordedExchange
from receptionapp.sandbox.endpoint import Endpoint, reader
from receptionapp.sandbox.routes import appointment_endpoints, patient_endpoints, reading_endpoints
from receptionapp.sandbox.wire import ErrorShape

_START = datetime(2026, 1, 5, 8, tzinfo=UTC)
_SLOT = Timeslot(_START, _START + timedelta(minutes=20), "r", "s")
_UNIT = "/emrs/{emr}/care-units/{care_unit_id}"
_CALLS: tuple[tuple[str, Callable[[LeyrClient], Awaitable[object]]], ...] = (
    ("GET /emrs/{emr}/care-units", lambda c: c.care_units()),
    (f"GET {_UNIT}/resources", lambda c: c.resources("u")),
    (f"GET {_UNIT}/resources/{{resource_id}}", lambda c: c.resource("u", "r")),
    (f"GET {_UNIT}/healthcare-services", lambda c: c.services("u")),
    (f"GET {_UNIT}/timeslots", lambda c: c.timeslots("u", _START, _SLOT.end, resource_id="r", service_id="s")),
    (f"GET {_UNIT}/appointments", lambda c: c.appointments("u", _START, _SLOT.end)),
    (f"POST {_UNIT}/patients", lambda c: c.create_patient("u", NewPatient("A", "B", ""))),
    (f"GET {_UNIT}/patients/{{patient_id}}", lambda c: c.get_patient("u", "emr_id:p")),
    (f"POST {_UNIT}/appointments", lambda c: c.book("u", _SLOT, "emr_id:p")),
    (f"PATCH {_UNIT}/appointments/{{appointment_id}}", lambda c: c.cancel("u", "a", known=_SLOT)),
)


@dataclass(frozen=True, slots=True)
class ReplayLine:
    """`client` is what the client made of the answer. `is_read`: it could be understood, as an answer or as a refusal.
    `differences` are from the sandbox's contract."""

    operation: str
    status: int
    client: str
    is_read: bool
    differences: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.is_read and not self.differences


async def replay(emr: str, exchanges: tuple[RecordedExchange, ...]) -> tuple[ReplayLine, ...]:
    """Each exchange by itself, in order. One that had no answer is left out."""
    return tuple([await _replay_one(emr, exchange) for exchange in exchanges if exchange.status])


def as_text(line: ReplayLine) -> str:
    told = f"{'good' if line.is_good else 'DIFFERS':<8} {line.operation}: {line.status}, {line.client}"
    return "\n".join([told, *(f"         {difference}" for difference in line.differences)])


async def _replay_one(emr: str, exchange: RecordedExchange) -> ReplayLine:
    call = next((call for name, call in _CALLS if name == exchange.operation), None)
    if call is None:
        return ReplayLine(exchange.operation, exchange.status, "not a call of the client's", False)
    client = LeyrClient(
        Connection("http://127.0.0.1/api", emr, "replay", "replay"),
        asgi_app=_answering(exchange),
        limits=Limits(4, 1000, 1000),
        persistent=False,
    )
    said, is_read = "read", True
    try:
        await call(client)
    except LeyrError as error:
        said = type(error).__name__
        is_read = not isinstance(error, AnswerUnreadable)
    finally:
        await client.aclose()
    return ReplayLine(exchange.operation, exchange.status, said, is_read, tuple(_differences(exchange)))


def _answering(exchange: RecordedExchange) -> Any:
    body = json.dumps(exchange.answer).encode()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": exchange.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def _differences(exchange: RecordedExchange) -> Iterator[str]:
    shape: Any = ErrorShape
    if 200 <= exchange.status < 300:
        endpoint = _endpoint(exchange.operation)
        if endpoint is None:
            yield "the sandbox has no such call"
            return
        shape = endpoint.answer
    try:
        reader(shape).validate_python(exchange.answer)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=False, include_input=False)[:10]:
            place = ".".join(str(part) for part in found["loc"])
            yield f"{place or 'the answer'}: {found['type']}"


def _endpoint(operation: str) -> Endpoint | None:
    method, _, path = operation.partition(" ")
    every = (*reading_endpoints, *patient_endpoints, *appointment_endpoints)
    return next((each for each in every if (each.method, each.path) == (method, f"/api{path}")), None)

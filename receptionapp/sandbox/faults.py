"""What can go wrong between a client and Leyr, and when it is to go wrong."""

import asyncio
import fnmatch
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from threading import Lock
from typing import Any, cast

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from receptionapp.sandbox import errors
from receptionapp.sandbox.errors import ErrorItem, LeyrProblem


class FaultKind(StrEnum):
    """What a call gets instead of its answer, or what happens to its answer."""

    NONE = "none"
    """The right answer; for a fault that is only slow."""

    UNAVAILABLE = "unavailable"
    EMR_ERROR = "emr_error"
    UNKNOWN_ERROR = "unknown_error"
    UNKNOWN_ERROR_CODE = "unknown_error_code"
    SEVERAL_ERRORS = "several_errors"
    ERRORS_MISSING = "errors_missing"
    TOO_MANY_REQUESTS = "too_many_requests"
    HTML = "html"
    DROPPED = "dropped"
    """The connection closes without an answer."""

    TRUNCATED = "truncated"
    """The connection closes half-way through the answer."""

    BROKEN_JSON = "broken_json"
    """A whole HTTP answer whose JSON stops half-way."""

    NULL_FIELDS = "null_fields"
    """The right answer with null in every optional field."""

    OTHERWISE = "otherwise"
    """A success about something else: what is booked is told as cancelled and the other way round, and what is no
    appointment is left out. (UNK; what a cache or a gateway in between may do.)"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail (`leyr-api.md` 11)."""

    mishap: FaultKind = FaultKind.NONE
    status: int = 500
    """The HTTP status of an `EMR_ERROR`."""

    delay: float = 0.0
    """Seconds to wait before anything happens, the write included."""

    after_effect: bool = False
    """Whether the request was carried out before it went wrong. Always so where the answer itself is spoiled."""

    retry_after: int | None = None
    """Seconds in the `Retry-After` of a 429."""


FAULTS = {
    "unavailable": Fault(FaultKind.UNAVAILABLE),
    "emr_error_400": Fault(FaultKind.EMR_ERROR, status=400),
    "emr_error_401": Fault(FaultKind.EMR_ERROR, status=401),
    "emr_error_500": Fault(FaultKind.EMR_ERROR, status=500),
    "unknown_error": Fault(FaultKind.UNKNOWN_ERROR),
    "html_502": Fault(FaultKind.HTML),
    "rate_limited": Fault(FaultKind.TOO_MANY_REQUESTS),
    "rate_limited_retry_after": Fault(FaultKind.TOO_MANY_REQUESTS, retry_after=1),
    "slow": Fault(delay=1.0),
    "drop_before": Fault(FaultKind.DROPPED),
    "drop_after": Fault(FaultKind.DROPPED, after_effect=True),
    "truncated": Fault(FaultKind.TRUNCATED),
    "broken_json": Fault(FaultKind.BROKEN_JSON),
    "errors_missing": Fault(FaultKind.ERRORS_MISSING),
    "several_errors": Fault(FaultKind.SEVERAL_ERRORS),
    "unknown_error_code": Fault(FaultKind.UNKNOWN_ERROR_CODE),
    "null_optional_fields": Fault(FaultKind.NULL_FIELDS),
    "otherwise": Fault(FaultKind.OTHERWISE),
}
"""The faults by name. Vary one with `dataclasses.replace`, such as `replace(FAULTS["slow"], delay=0.01)`."""


@dataclass(frozen=True, slots=True)
class FaultRule:
    """When a fault strikes: on `times` more calls, or on each call with the chance `rate`."""

    fault: Fault
    method: str = "*"
    path: str = "*"
    """A pattern with `*` and `?` for the path, which starts with `/api/emrs/`."""

    times: int | None = None
    rate: float = 1.0

    def matches(self, method: str, path: str) -> bool:
        return fnmatch.fnmatchcase(method, self.method) and fnmatch.fnmatchcase(path, self.path)


class FaultPlan:
    """The faults to come. The first rule that matches a call and strikes decides; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rules: list[tuple[FaultRule, Random]] = []

    def next_calls(self, fault: Fault | str, times: int = 1, *, method: str = "*", path: str = "*") -> None:
        """`fault`, or the one of that name, on the next `times` calls that match. Raises KeyError for no such name."""
        self.add(FaultRule(_fault(fault), method, path, times=times))

    def add(self, rule: FaultRule, *, seed: int = 0) -> None:
        with self._lock:
            self._rules.append((rule, Random(seed)))  # noqa: S311 - chance for tests, not secrets

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def rules(self) -> list[FaultRule]:
        """What may still strike, with the calls that are left of each."""
        with self._lock:
            return [rule for rule, _ in self._rules]

    def next_fault(self, method: str, path: str) -> Fault | None:
        """The fault for this call, if any; counts it."""
        with self._lock:
            for index, (rule, chance) in enumerate(self._rules):
                if rule.matches(method, path) and chance.random() < rule.rate:
                    if rule.times == 1:
                        del self._rules[index]
                    elif rule.times is not None:
                        self._rules[index] = (replace(rule, times=rule.times - 1), chance)
                    return rule.fault
        return None


def _fault(fault: Fault | str) -> Fault:
    return FAULTS[fault] if isinstance(fault, str) else fault


CLOSE_CONNECTION = "sandbox.close_connection"
"""Where the server leaves the way to close the connection, in the `state` of the ASGI scope."""


async def close_connection(scope: Scope, receive: Receive) -> None:
    """Close the socket; what has been sent arrives. In process: raises the `httpx.RemoteProtocolError` that a client
    sees."""
    close = scope.get("state", {}).get(CLOSE_CONNECTION)
    if close is None:
        import httpx  # only here, because a server needs no client library

        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
    close()
    # uvicorn answers 500 for an app that returns before the connection is known to be gone.
    while cast(str, (await receive())["type"]) != "http.disconnect":
        pass


_SPOILS_THE_ANSWER = {FaultKind.TRUNCATED, FaultKind.BROKEN_JSON, FaultKind.NULL_FIELDS, FaultKind.OTHERWISE}
_TURNED = {"booked": "cancelled", "cancelled": "booked"}
_NEVER_NULL = {"id", "start", "end", "status"}


class FaultLayer:
    """Lets the calls under `/api/` through, or fails them as the plan says."""

    def __init__(self, app: ASGIApp, plan: FaultPlan) -> None:
        self._app = app
        self._plan = plan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = None
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            fault = self._plan.next_fault(scope["method"], scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.delay:
            receive = await _received(receive)
            await asyncio.sleep(fault.delay)
        if fault.mishap is FaultKind.NONE:
            await self._app(scope, receive, send)
        elif fault.mishap in _SPOILS_THE_ANSWER:
            answer = await self._right_answer(scope, receive)
            await _send_spoiled(fault, answer, scope, receive, send)
        else:
            if fault.after_effect:
                await self._right_answer(scope, receive)
            if fault.mishap is FaultKind.DROPPED:
                await close_connection(scope, receive)
            else:
                await _wrong_answer(fault)(scope, receive, send)

    async def _right_answer(self, scope: Scope, receive: Receive) -> Response:
        """What the app would have answered, kept back."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, keep)
        answer = Response(b"".join(message.get("body", b"") for message in messages[1:]), messages[0]["status"])
        answer.raw_headers = [pair for pair in messages[0]["headers"] if pair[0] != b"content-length"]
        return answer


async def _received(receive: Receive) -> Receive:
    """The same request, read to its end now: a server that is slow has it, even when the client gives up waiting."""
    messages: list[Message] = []
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again


async def _send_spoiled(fault: Fault, answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    whole = bytes(answer.body)
    if changed := _CHANGES.get(fault.mishap):
        await _send(send, answer, changed(whole) if answer.status_code < 300 else whole)
        return
    half = whole[: len(whole) // 2]
    if fault.mishap is FaultKind.BROKEN_JSON:
        await _send(send, answer, half)
    else:
        await _send(send, answer, half, promised=len(whole))
        await close_connection(scope, receive)


async def _send(send: Send, answer: Response, body: bytes, *, promised: int | None = None) -> None:
    length = len(body) if promised is None else promised
    headers = [*answer.raw_headers, (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": promised is not None})


def _with_nulls(body: bytes) -> bytes:
    answer = json.loads(body)
    items = answer if isinstance(answer, list) else [answer]
    nulled = [{key: value if key in _NEVER_NULL else None for key, value in item.items()} for item in items]
    return json.dumps(nulled if isinstance(answer, list) else nulled[0]).encode()


def _otherwise(body: bytes) -> bytes:
    answer = json.loads(body)
    items = answer if isinstance(answer, list) else [answer]
    found = [item for item in items if "status" in item]
    return json.dumps([item | {"status": _TURNED.get(item["status"], item["status"])} for item in found]).encode()


_CHANGES = {FaultKind.NULL_FIELDS: _with_nulls, FaultKind.OTHERWISE: _otherwise}


def _wrong_answer(fault: Fault) -> Response:
    if fault.mishap is FaultKind.HTML:
        page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
        return HTMLResponse(page, status_code=502)
    problem = _problem(fault)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return JSONResponse(problem.body(), problem.status, headers)


def _problem(fault: Fault) -> LeyrProblem:
    match fault.mishap:
        case FaultKind.UNAVAILABLE:
            return errors.service_unavailable()
        case FaultKind.EMR_ERROR:
            detail: dict[str, Any] = {"error": "The EMR says no", "status": fault.status}
            return errors.emr_error(fault.status, json.dumps(detail))
        case FaultKind.TOO_MANY_REQUESTS:
            return errors.too_many_requests()
        case FaultKind.ERRORS_MISSING:
            return errors.invalid_request("The request was refused.")
        case FaultKind.UNKNOWN_ERROR_CODE:
            return errors.refused("MERCURY_IN_RETROGRADE", "A code that no page lists.")
        case FaultKind.SEVERAL_ERRORS:
            return errors.several_refused(
                ErrorItem("BAD_INPUT", "The EMR refused the input.", emr_error="ugyldig verdi"),
                ErrorItem("MISSING_REQUIRED_FIELD", "Something is missing.", path="patient_id"),
            )
        case _:
            return errors.unknown_error()

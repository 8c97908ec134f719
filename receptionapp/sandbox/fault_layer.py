"""The ASGI layer in which planned faults strike, up to hanging up in the middle of an answer."""

import asyncio
import json
from typing import Any, cast

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from receptionapp.sandbox import errors
from receptionapp.sandbox.errors import ErrorItem, LeyrProblem
from receptionapp.sandbox.faults import Fault, FaultKind, FaultPlan

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
            fault = self._plan.strike(scope["method"], scope["path"])
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

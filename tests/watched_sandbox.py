"""The sandbox on a real socket with somebody at the door: who notes every call, and can keep an answer back."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from receptionapp.domain.appointment import Timeslot
from receptionapp.leyr.connection import Connection
from receptionapp.sandbox import Sandbox, Settings, create_app
from receptionapp.sandbox.faults import _received
from receptionapp.sandbox.store import Appointment
from tests import running_sandbox as sandbox_running


@dataclass(frozen=True)
class Call:
    """One request to Leyr as the server saw it."""

    method: str
    path: str
    query: dict[str, list[str]]


@dataclass
class Kept:
    """An answer that is kept back: what was asked for is done already, but nobody is told before `release`. `unread`:
    not even that; the request has come in, and is carried out only then."""

    method: str
    path: str
    body: bytes | None = None
    unread: bool = False
    done: "Future[None]" = field(default_factory=Future)
    _reached: "Future[None]" = field(default_factory=Future)
    _released: "Future[None]" = field(default_factory=Future)

    async def reached(self) -> None:
        """Wait until the call has come and been carried out."""
        async with asyncio.timeout(10):
            await asyncio.wrap_future(self._reached)

    def release(self) -> None:
        if not self._released.done():
            self._released.set_result(None)

    def answer_with(self, appointment_id: str, status: str, slot: Timeslot) -> None:
        """Say this instead of the right answer."""
        said = {"id": appointment_id, "status": status, "start": slot.start.isoformat(), "end": slot.end.isoformat()}
        self.body = json.dumps([said]).encode()

    def has_come(self) -> None:
        """As `reached`, for those who have no loop."""
        self._reached.result(20)

    async def keep(self) -> None:
        self._reached.set_result(None)
        await asyncio.wrap_future(self._released)


@dataclass
class Instead:
    """What a call gets instead of being carried out."""

    method: str
    path: str
    status: int
    body: bytes = field(repr=False)
    headers: dict[str, str]
    times: int

    def fits(self, call: Call) -> bool:
        return fnmatchcase(call.method, self.method) and fnmatchcase(call.path, self.path) and self.times > 0

    async def answer(self, send: Send) -> None:
        self.times -= 1
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        for at in range(0, len(self.body), 1_000_000):
            await send({"type": "http.response.body", "body": self.body[at : at + 1_000_000], "more_body": True})
            await asyncio.sleep(0)  # else a caller who hung up is noticed only after the last piece
        await send({"type": "http.response.body", "body": b""})


class Door:
    """The ASGI layer outside of everything, the sandbox's faults included."""

    def __init__(self) -> None:
        self.instead: list[Instead] = []
        self.calls: list[Call] = []
        self.kept: list[Kept] = []

    def around(self, app: ASGIApp) -> ASGIApp:
        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or not scope["path"].startswith("/api/"):
                await app(scope, receive, send)
                return
            call = Call(scope["method"], scope["path"], parse_qs(scope["query_string"].decode()))
            self.calls.append(call)
            if instead := next((each for each in self.instead if each.fits(call)), None):
                await instead.answer(send)
                return
            kept = next((k for k in self.kept if k.method == call.method and fnmatchcase(call.path, k.path)), None)
            if kept is None:
                await app(scope, receive, send)
                return
            self.kept.remove(kept)
            answer: list[Message] = []

            async def collect(message: Message) -> None:
                answer.append(message)

            if kept.unread:
                receive = await _received(receive)
                await kept.keep()
            await app(scope, receive, collect)
            kept.done.set_result(None)
            if not kept.unread:
                await kept.keep()
            if kept.body is not None:
                headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(kept.body))]
                answer = [answer[0] | {"headers": headers}, {"type": "http.response.body", "body": kept.body}]
            for message in answer:
                await send(message)

        return watched


@dataclass(frozen=True)
class WatchedSandbox:
    """A Leyr server that a test can look behind."""

    url: str
    sandbox: Sandbox
    door: Door

    def connection(self, **changes: str) -> Connection:
        known = {"emr": self.emr, "client_id": self.sandbox.client_id, "client_secret": self.sandbox.client_secret}
        return Connection(self.url, **(known | changes))

    @property
    def emr(self) -> str:
        return self.sandbox.profile.emr

    def calls(self, method: str = "*", path: str = "*") -> list[Call]:
        return [c for c in self.door.calls if fnmatchcase(c.method, method) and fnmatchcase(c.path, path)]

    @property
    def timeslot_calls(self) -> list[Call]:
        return self.calls("GET", "*/timeslots")

    @property
    def writes(self) -> list[Call]:
        """Every request that asks for a change."""
        return [call for call in self.door.calls if call.method != "GET"]

    def forget_calls(self) -> None:
        self.door.calls.clear()

    def keep_back(self, method: str, path: str, *, unread: bool = False) -> Kept:
        """Keep the answer to the next such call until it is released; or the call itself."""
        self.door.kept.append(Kept(method, path, unread=unread))
        return self.door.kept[-1]

    def answer_instead(
        self, method: str, path: str, body: bytes, *, status: int = 200, times: int = 1, **headers: str
    ) -> None:
        """Answer the next such calls with these bytes, and carry nothing out."""
        known = {"content-type": "application/json"} | headers
        self.door.instead.append(Instead(method, path, status, body, known, times))

    def fail(self, fault: Any, method: str = "*", path: str = "*", times: int = 1) -> None:
        self.sandbox.faults.next_calls(fault, times, method=method, path=path)

    def through_leyr(self) -> list[Appointment]:
        """What stands in the EHR and came through Leyr, but for the fixture of an unlisted status."""
        return [a for a in self.sandbox.appointments() if a.status != "rescheduled"]

    def be_new(self) -> None:
        """Free of appointments too."""
        self.be_well()
        for appointment in self.through_leyr():
            self.sandbox.store._rows("DELETE FROM appointment WHERE id = ?", (appointment.id,))

    def be_well(self) -> None:
        """As new but for the appointments: no faults, no switches, nothing noted."""
        self.sandbox.faults.clear()
        self.sandbox.settings = Settings()
        self.door.calls.clear()
        self.door.instead.clear()
        for kept in self.door.kept:
            kept.release()
        self.door.kept.clear()


@contextmanager
def watched(sandbox: Sandbox) -> Iterator[WatchedSandbox]:
    """Serve `sandbox` on a free port of this machine, and close it afterwards."""
    door = Door()
    with (
        sandbox,
        patch.object(sandbox_running, "create_app", lambda made: door.around(create_app(made))),
        sandbox_running.run_in_thread(sandbox) as served,
    ):
        yield WatchedSandbox(served.url, sandbox, door)

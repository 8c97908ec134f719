"""A stand-in for Leyr that answers exactly what a test tells it to, over a real socket.

It speaks HTTP by hand, in the test's own event loop: so it can also fall silent, hang up half-way and send what no
proper server would, and there is no thread to leave behind.
"""

import asyncio
import json
import socket
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.transport import Timeouts
from tests.plain_server import read_request

UNHURRIED = Limits(under_way=4, per_second=1000, burst=1000)


@dataclass
class Seen:
    """One request as it came in; `target` is the raw path and query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None  # more bytes than are sent, after which the line breaks


Act = Callable[[Seen], Awaitable[Reply | None]]
"""Answers, or hangs up by returning None."""


def says(value: Any, status: int = 200, **headers: str) -> Reply:
    """A JSON answer; `retry_after="3"` becomes the header `retry-after: 3`."""
    return Reply(status, json.dumps(value).encode(), {name.replace("_", "-"): text for name, text in headers.items()})


def refuses(error_code: str, details: str = "", **more: Any) -> Reply:
    """A 400 as in `leyr-api.md` 6.1."""
    item = {"error_code": error_code, "details": details, "emr_error": None, "path": None} | more
    return says({"code": "BAD_REQUEST", "status": 400, "instance": "ref-1", "errors": [item]}, 400)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def hang_up(_: Seen) -> None:
    """The request is read, and the line breaks."""


class StandIn:
    """Replies in the order scripted; the last one for ever."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.arrived = asyncio.Event()
        self.connections = 0
        self.port = 0
        self._script: deque[Reply | Act] = deque()
        self._handlers: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def will(self, *replies: Reply | Act) -> None:
        self._script = deque(replies)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["StandIn"]:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self._handlers:
                task.cancel()
            await asyncio.gather(*self._handlers, return_exceptions=True)
            await server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._handlers.add(task)
        self.connections += 1
        try:
            while await self._serve_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._handlers.discard(task)
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        seen = Seen(*await read_request(reader))
        self.seen.append(seen)
        self.arrived.set()
        step = self._script.popleft() if len(self._script) > 1 else self._script[0]
        reply = step if isinstance(step, Reply) else await step(seen)
        if reply is None:
            return False
        promised = len(reply.body) if reply.promised is None else reply.promised
        lines = [f"HTTP/1.1 {reply.status} X", f"content-length: {promised}"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + reply.body)
        await writer.drain()
        return reply.promised is None


class Waits:
    """Stands for `asyncio.sleep` between tries: remembers, and does not wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
async def leyr() -> AsyncIterator[StandIn]:
    async with StandIn().serving() as stand_in:
        yield stand_in


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def connection(leyr: StandIn) -> Connection:
    return Connection(leyr.url, "konfidens", "the-id", "the-secret")


@pytest.fixture
async def client(connection: Connection, waits: Waits) -> AsyncIterator[LeyrClient]:
    client = LeyrClient(connection, limits=UNHURRIED, sleep=waits)
    yield client
    await client.aclose()


@pytest.fixture
async def impatient(connection: Connection, waits: Waits) -> AsyncIterator[LeyrClient]:
    """Gives up after a moment of silence, but goes on listening for the answers to its writes."""
    timeouts = Timeouts(read=0.02, total=0.05, close=0.02)
    client = LeyrClient(connection, limits=UNHURRIED, timeouts=timeouts, sleep=waits)
    yield client
    await client.aclose()


@pytest.fixture(autouse=True)
async def nothing_left_behind() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    assert {task for task in asyncio.all_tasks() - before if task is not asyncio.current_task()} == set()

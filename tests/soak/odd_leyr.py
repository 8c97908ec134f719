"""A Leyr that answers in any way there is, and knows what it really did. It knows nothing of our code."""

import asyncio
import json
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.plain_server import read_request, serving

UNITS = ("u1", "u2")
RESOURCES = ("r1", "r2", "r3", "r4")
SERVICES = ("s1", "s2")
LENGTH = timedelta(minutes=20)
CODE = "123456"
WAITS = "awaiting_confirmation"


@dataclass(frozen=True)
class Record:
    """An appointment. `asked`: it is what somebody asked for, and not what a fault made of it. `code_for`: not one of
    its own, but the code by which that other one is cancelled."""

    id: str
    start: datetime
    end: datetime
    resource_id: str
    healthcare_service_id: str
    patient_id: str
    care_unit_id: str = UNITS[0]
    status: str = "booked"
    asked: bool = True
    code_for: str = ""

    @property
    def stands(self) -> bool:
        return self.status != "cancelled" and not self.code_for

    def as_json(self) -> dict[str, Any]:
        hidden = ("asked", "code_for")
        times = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {name: value for name, value in asdict(self).items() if name not in hidden} | times


@dataclass(frozen=True)
class Patient:
    id: str
    emr_id: str
    first_name: str
    last_name: str
    external_id: str
    asked: bool = True

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "asked"}


@dataclass
class Plan:
    """How the write is answered that comes after `skip` others. `used` when it was."""

    kind: str
    answer: "Callable[[Exchange], Awaitable[None]]"
    skip: int = 0
    used: bool = False
    behind_timeslots: bool = False


@dataclass
class Exchange:
    """One write that has come in, with every way to answer it. `right` is what it should become."""

    leyr: "OddLeyr"
    rng: Random
    verb: str
    right: Record | Patient
    writer: asyncio.StreamWriter

    def commit(self, **instead: Any) -> None:
        """Carry it out, or something else `instead`."""
        self.leyr.keep(replace(self.right, asked=not instead, **instead))

    def maybe_commit(self) -> None:
        if self.rng.random() < 0.5:
            self.commit()

    def body(self, **changes: Any) -> bytes:
        return json.dumps([self.right.as_json() | changes]).encode()

    async def answer(self, body: bytes | None = None, status: int = 200, headers: tuple[str, ...] = ()) -> None:
        """Answer with the right body unless another is given."""
        self.writer.write(message(self.body() if body is None else body, status, headers))
        await self.writer.drain()

    async def refuse(self, status: int, code: str, error_code: str = "") -> None:
        """As Leyr itself does."""
        items = [{"error_code": error_code, "details": "no"}] if error_code else []
        await self.answer(json.dumps({"code": code, "title": "t", "errors": items}).encode(), status)

    async def raw(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()
            await asyncio.sleep(0)

    def hang_up(self) -> None:
        self.writer.close()

    def reset(self) -> None:
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def until_told(self) -> None:
        """The desk has given this write up, and has said something about it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.leyr.told.wait(), 10)


def message(body: bytes, status: int = 200, headers: tuple[str, ...] = ()) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", *(headers or ("content-type: application/json",))]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class OddLeyr:
    """Right in all it answers but the write that `plan` is about. `seen` are the writes since `expect`, `told` is set
    when the desk has said something. `known_ids` are those that stand in its ledger. `lists`: as "honest", or "all",
    everybody's and without their ids."""

    first_day: datetime
    rng: Random
    lists: str = "honest"
    code_next: bool = False
    plan: Plan | None = None
    on_write: Callable[[], Awaitable[None]] | None = None
    records: dict[str, Record] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    known_ids: list[str] = field(default_factory=list)
    port: int = 0
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        for nth in range(6):
            self.keep(Patient(f"leyr:{nth}", f"p{nth}", "Made", f"Up{nth}", ""))
        days = [self.first_day.replace(hour=7) + timedelta(days=n) for n in range(1, 5)]
        starts = [day + LENGTH * n for day in days for n in range(24)]
        self.times = [(start, resource) for start in starts for resource in RESOURCES]
        self.unused = deque(self.rng.sample(self.times, len(self.times)))

    def expect(self, plan: Plan | None) -> None:
        """The next wish begins."""
        self.plan = plan
        self.seen.clear()
        self.told.clear()

    def keep(self, what: Record | Patient) -> None:
        if isinstance(what, Patient):
            self.patients[what.emr_id] = what
            return
        self.records[what.id] = what
        if what.code_for and what.status == "cancelled":
            self.records[what.code_for] = replace(self.records[what.code_for], status="cancelled")

    def new_time(self) -> tuple[datetime, str]:
        """One that nobody has had anything to do with."""
        while True:
            start, resource = self.unused.popleft()
            if not self._taken(start, resource, self.records.values()):
                return start, resource

    def _taken(self, start: datetime, resource: str, records: Any) -> bool:
        return any(r.resource_id == resource and r.start < start + LENGTH and start < r.end for r in records)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["OddLeyr"]:
        async with serving(self._serve_one) as self.port:
            yield self

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, target, _, sent = await read_request(reader)
        address = urlsplit(target)
        parts = [unquote(part) for part in address.path.split("/")[4:]]
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if method != "GET":
            await self._write(method, target, parts, sent, writer)
            return
        writer.write(message(json.dumps(self._read(parts, query)).encode()))
        if self.plan and self.plan.behind_timeslots and not self.plan.used and parts[-1] == "timeslots":
            await self.plan.answer(Exchange(self, self.rng, "book", self._offered(query), writer))
        await writer.drain()

    async def _write(
        self, method: str, target: str, parts: list[str], sent: bytes, writer: asyncio.StreamWriter
    ) -> None:
        self.seen.append((method, target, sent))
        if self.on_write:
            await self.on_write()
        verb, right = self._asked(method, parts, json.loads(sent))
        plan = self.plan
        if right is None:
            item = {"error_code": "INVALID_APPOINTMENT_ID", "details": "no such appointment"}
            writer.write(message(json.dumps({"code": "BAD_REQUEST", "errors": [item]}).encode(), 404))
            return
        exchange = Exchange(self, self.rng, verb, right, writer)
        if plan is None or plan.used or plan.skip:
            if plan and not plan.used:
                plan.skip -= 1
            exchange.commit()
            await exchange.answer()
            return
        plan.used = True
        await plan.answer(exchange)

    def _asked(self, method: str, parts: list[str], body: dict[str, Any]) -> tuple[str, Record | Patient | None]:
        """The verb, and what comes of it where all goes well."""
        new = f"a{next(self._ids)}"
        if parts[-1] == "patients":
            known = next((p for p in self.patients.values() if p.external_id == body["external_id"]), None)
            names = (body["first_name"], body["last_name"], body["external_id"])
            return "register", known or Patient(f"leyr:{new}", new, *names)
        if method == "POST":
            start, end = (datetime.fromisoformat(body[name]).astimezone(UTC) for name in ("start", "end"))
            status = WAITS if self.code_next else "booked"
            ids = (body["resource_id"], body["healthcare_service_id"], body["patient_id"])
            return "book", Record(new, start, end, *ids, care_unit_id=parts[1], status=status)
        found = self.records.get(parts[-1])
        if "status" in body:
            if found and self.code_next:
                return "cancel", replace(found, id=new, status=WAITS, code_for=found.id)
            return "cancel", found and replace(found, status="cancelled")
        if "confirmation" in body:
            assert body["confirmation"]["code"] == CODE
            return "confirm", found and replace(found, status="cancelled" if found.code_for else "booked")
        start, end = (datetime.fromisoformat(body[name]).astimezone(UTC) for name in ("start", "end"))
        return "move", found and replace(
            found, start=start, end=end, resource_id=body.get("resource_id", found.resource_id)
        )

    def _offered(self, query: dict[str, str]) -> Record:
        """A booking of what is asked about, that nobody ever made."""
        start, end = (datetime.fromisoformat(query[name]).astimezone(UTC) for name in ("start", "end"))
        return Record("stale", start, end, query.get("resource_id", "r1"), SERVICES[0], "emr_id:p0")

    def _read(self, parts: list[str], query: dict[str, str]) -> Any:
        match parts:
            case ["care-units"]:
                return [{"id": unit, "name": f"Unit {unit}"} for unit in UNITS]
            case ["care-units", _, "resources"]:
                return [{"id": each, "name": each} for each in RESOURCES]
            case ["care-units", _, "healthcare-services"]:
                return [{"id": each, "name": each} for each in SERVICES]
            case ["care-units", _, "timeslots"]:
                return self._timeslots(query)
            case ["care-units", _, "appointments"]:
                return self._listed(query)
        raise AssertionError(f"nobody should read {parts}")

    def _timeslots(self, query: dict[str, str]) -> list[dict[str, Any]]:
        if query.get("healthcare_service_id", SERVICES[0]) != SERVICES[0]:
            return []
        first, last = (datetime.fromisoformat(query[name]) for name in ("start", "end"))
        standing = [record for record in self.records.values() if record.stands]
        return [
            {
                "start": start.isoformat(),
                "end": (start + LENGTH).isoformat(),
                "resource_id": resource,
                "healthcare_service_id": SERVICES[0],
            }
            for start, resource in self.times
            if first <= start < last
            and query.get("resource_id", resource) == resource
            and not self._taken(start, resource, standing)
        ]

    def _listed(self, query: dict[str, str]) -> list[dict[str, Any]]:
        first, last = (datetime.fromisoformat(query[name]) for name in ("start", "end"))
        found = [r for r in self.records.values() if not r.code_for and r.start < last and first < r.end]
        if self.lists == "all":
            return [record.as_json() | {"patient_id": None} for record in found]
        return [record.as_json() for record in found if record.patient_id == query["patient_id"]]

"""A desk whose Leyr runs in this process, with a gate at which a write can be stopped, and the truth about both."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.connection import Connection
from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.people import Patient
from receptionapp.sandbox.store import Appointment
from receptionapp.services.desk import Desk
from receptionapp.services.reconciliation import Reconciliation
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import StoppedClock
from tests.services.alarm import Alarm
from tests.services.counter import ENDING, OSLO, UNHURRIED, no_wait

SURELY_THERE = (Standing.BOOKED, Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE, Standing.OTHER)
RESOURCES = ("10-2006", "10-2007")  # two of one kind: the same services


@dataclass
class Stop:
    """A place where the next write stops until it is let go: `reached` says that it is there. `lost`: its answer never
    comes. `since` is for whoever wants to note when it came."""

    where: str
    since: float = 0.0
    lost: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def here(self) -> None:
        self.reached.set()
        await self.let_go.wait()


class Gate:
    """Before the sandbox. What has come in is carried out though the caller leaves, as behind a real line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._under_way: set[asyncio.Task[None]] = set()
        self.stop: Stop | None = None
        self.writes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "GET":
            await self._app(scope, receive, send)
            return
        self.writes += 1
        stop, self.stop = self.stop, None
        request = [await receive()]
        while request[-1].get("more_body", False):
            request.append(await receive())
        answer: list[Message] = []
        task = asyncio.create_task(self._carry_out(scope, request, answer, stop))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.shield(task)
        if stop and stop.lost:
            raise httpx.ReadError("the answer was lost")
        for message in answer:
            await send(message)

    async def _carry_out(self, scope: Scope, request: list[Message], answer: list[Message], stop: Stop | None) -> None:
        async def receive() -> Message:
            return request.pop(0)

        async def collect(message: Message) -> None:
            answer.append(message)

        if stop and stop.where == "request":
            await stop.here()
        await self._app(scope, receive, collect)
        if stop and stop.where == "answer":
            await stop.here()

    async def lose(self) -> None:
        """Whatever has not been carried out yet never is."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)


@dataclass
class Patience:
    """The transport's `Timeouts`, but for `total`, which a test shortens for one write."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 30.0
    listen: float = 120.0
    close: float = 0.0


class InProcess:
    """Opened, crashed and opened again on one ledger file. `sent` counts the intents that were marked as sent."""

    def __init__(
        self, sandbox: Sandbox, gate: Gate | None, file: Path, clock: StoppedClock, connection: Connection | None = None
    ) -> None:
        """With a `connection` over the network instead of through the `gate`."""
        self.sandbox = sandbox
        self.gate = gate
        self.clock = clock
        self.sent = 0
        self.failed: list[Exception] = []
        self.stop: Stop | None = None
        self._file = file
        self._connection = connection or Connection(
            "http://127.0.0.1:1/api", sandbox.profile.emr, sandbox.client_id, sandbox.client_secret
        )

    async def open(self) -> None:
        hidden = frozenset(r.id for r in self.sandbox.care_units[0].resources if r.id not in RESOURCES)
        view = View(self.clock().astimezone(OSLO).date(), hidden_resources=hidden, service_id="HS_20")
        self.store = BookStore(Snapshot(view, OSLO, ConnectionProfile.TEST), self.clock)
        self.tasks = TaskBag(lambda _, error: self.failed.append(error))
        self.alarm = Alarm()
        self.patience = Patience()
        self.ledger = await Ledger.open(SqliteFile(self._file), Writer(self.sandbox.profile.emr, "desk 1"), self.clock)
        self._watch_ledger()
        await self.ledger.recover()
        self.client = LeyrClient(
            self._connection,
            limits=UNHURRIED,
            timeouts=self.patience,  # type: ignore[arg-type]
            sleep=no_wait,
            asgi_app=self.gate,
        )
        defaults = Reconciliation.__init__.__defaults__
        Reconciliation.__init__.__defaults__ = (self.alarm,)
        try:
            self.desk = Desk.create(self.client, self.ledger, self.store, self.tasks, self.clock)
        finally:
            Reconciliation.__init__.__defaults__ = defaults
        await self.desk._unfinished.resume()
        self.desk.navigation.open_care_unit(None)
        await self.rest()

    async def close(self) -> None:
        await self.desk.aclose()

    async def crash(self) -> None:
        """End without a word to anybody."""
        await self.tasks.aclose()
        await self.client.aclose()
        await self.tasks.aclose()  # an answer that came meanwhile is lost with the program
        await self.ledger.close()

    async def rest(self) -> None:
        """Until all that comes to an end has ended, looks into unknown outcomes too."""
        while any(self.tasks.is_running(prefix) for prefix in ENDING):
            for prefix in ENDING:
                await self.tasks.wait_for(prefix, 15)
        for _ in range(3):
            await asyncio.sleep(0)

    async def looks_end(self) -> None:
        """Until every look has gone back to sleep."""
        while len(self.alarm.asleep) < sum(key.startswith("reconcile:") for key in self.tasks._running):  # noqa: ASYNC110
            await asyncio.sleep(0.0005)
        await self.rest()

    def _watch_ledger(self) -> None:
        """Count what is sent, and stop a write before or after any step of the ledger's."""
        for name in (
            "prepare_booking",
            "prepare_cancel",
            "prepare_move",
            "prepare_confirm",
            "prepare_patient",
            "mark_sent",
            "settle_booked",
            "settle_cancelled",
            "settle_moved",
            "settle_confirmed",
            "settle_patient",
        ):
            setattr(self.ledger, name, self._watched(name, getattr(self.ledger, name)))

    def _watched(self, name: str, step: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        kind = name.partition("_")[0]

        async def watched(*args: Any, **kwargs: Any) -> Any:
            await self._maybe_stop(f"before {kind}")
            result = await step(*args, **kwargs)
            self.sent += name == "mark_sent"
            await self._maybe_stop(f"after {kind}")
            return result

        return watched

    async def _maybe_stop(self, where: str) -> None:
        if self.stop is not None and self.stop.where == where:
            stop, self.stop = self.stop, None
            await stop.here()

    # What there is

    @property
    def care_unit_id(self) -> str:
        assert self.store.snapshot.clinic
        return self.store.snapshot.clinic.care_unit.id

    def offered(self) -> list[Timeslot]:
        """The free times on screen, by start."""
        snapshot = self.store.snapshot
        return sorted(
            (
                slot
                for day in snapshot.view.week[1:]
                for resource in RESOURCES
                if (loaded := snapshot.slots_of(day, resource, snapshot.view.service_id))
                for slot in loaded.timeslots
            ),
            key=lambda slot: (slot.start, slot.resource_id),
        )

    @cached_property
    def patients(self) -> list[Patient]:
        """All whom the EHR knows from the start."""
        return self.sandbox.patients()

    def somebody(self, nth: int) -> Person:
        seeded = self.patients[nth]
        return Person(f"emr_id:{seeded.emr_id}", seeded.first_name, seeded.last_name)

    def ours(self) -> list[OwnAppointment]:
        """On screen, in an order that does not depend on chance."""
        known = self.store.snapshot.appointments.values()
        return sorted(known, key=lambda own: (own.start, own.timeslot.resource_id, own.standing, own.comment or ""))

    def at(self, own: OwnAppointment) -> list[Appointment]:
        """What the EHR has of that patient at that time of that resource, and has not cancelled."""
        return [
            a
            for a in self.sandbox.appointments()
            if a.status != "cancelled"
            and a.cancels is None
            and a.resource_id == own.timeslot.resource_id
            and a.span.start == own.start
            and f"emr_id:{a.patient_emr_id}" == own.person.reference
        ]

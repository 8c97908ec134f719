"""Two processes of the test of sudden death: a desk that stops its writes at one place until it is killed, and the one
that comes after and finds out how everything stands. `python -m tests.services.killed_desk` reads its orders as JSON.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.intent import BookRequest, CreateRequest, MoveRequest
from receptionapp.domain.patient import NewPatient, Person
from receptionapp.leyr.connection import Connection
from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from tests.clocks import MONDAY_MORNING, StoppedClock
from tests.services.in_process import InProcess


@dataclass(frozen=True)
class Order:
    """Where a desk is connected to, and what it is to do. `point` None: come after a kill."""

    url: str
    profile: str
    ledger: str
    point: str | None
    number: str = ""  # of a patient to be created


class DoomedDesk(InProcess):
    """Every write stops at `point`, once it is set."""

    point: str | None = None

    async def _maybe_stop(self, where: str) -> None:
        if where == self.point:
            say({"at": where})
            await asyncio.Event().wait()


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def desk_of(order: Order, clock: StoppedClock) -> DoomedDesk:
    known = Sandbox(order.profile, now=clock)  # only for the names of things; it is not written to
    connection = Connection(order.url, known.profile.emr, known.client_id, known.client_secret)
    return DoomedDesk(known, None, Path(order.ledger), clock, connection)


async def live(order: Order, go: asyncio.Event) -> None:
    """Prepare what the writes are about, and start all of them at once when told to."""
    desk = desk_of(order, StoppedClock())
    await desk.open()
    free = apart(desk.offered())
    person = desk.somebody(0)
    own = [await booked(desk, slot, person) for slot in free[: 2 if order.profile == "konfidens" else 1]]
    say({"ready": order.profile})
    await go.wait()
    desk.point = order.point
    if order.profile == "two_step":
        desk.desk.booking.confirm(own[0], CONFIRMATION_CODE)
    elif order.profile == "full":
        desk.desk.moving.move(MoveRequest(own[0], free[1], "Flyttet"))
    else:
        new = NewPatient("Åse", "Made-Up", order.number)
        desk.desk.booking.book(BookRequest(desk.care_unit_id, free[2], person))
        desk.desk.booking.cancel(own[0], "Syk")
        desk.desk.moving.move(MoveRequest(own[1], free[3], "Flyttet"))
        desk.desk.patients.create(CreateRequest(desk.care_unit_id, new, is_new=True))
    await asyncio.Event().wait()


async def booked(desk: InProcess, slot: Timeslot, person: Person) -> OwnAppointment:
    desk.desk.booking.book(BookRequest(desk.care_unit_id, slot, person))
    await desk.rest()
    return next(own for own in desk.ours() if own.timeslot == slot)


def apart(slots: list[Timeslot]) -> list[Timeslot]:
    found: list[Timeslot] = []
    for slot in slots:
        if not any(s.overlaps(slot.start, slot.end) for s in found):
            found.append(slot)
    return found


async def come_after(orders: list[Order]) -> None:
    """Open each ledger, recover, look into what is unknown, and tell every row."""
    for order in orders:
        clock = StoppedClock(MONDAY_MORNING + LONGEST_IN_FLIGHT + timedelta(minutes=1))
        desk = desk_of(order, clock)
        await desk.open()
        await desk.looks_end()
        rows = [
            {"key": str(own.key), "standing": own.standing, "id": own.appointment_id, "start": own.start.isoformat()}
            | {"resource": own.timeslot.resource_id, "takes_time": own.standing.takes_time}
            for own in desk.ours()
        ]
        say({"ledger": order.ledger, "rows": rows, "failed": [repr(error) for error in desk.failed]})
        await desk.crash()


async def main() -> None:
    orders = [Order(**order) for order in json.loads(sys.stdin.readline())]
    if orders[0].point is None:
        await come_after(orders)
    else:
        go = asyncio.Event()
        desks = asyncio.gather(*(live(order, go) for order in orders))
        await asyncio.to_thread(sys.stdin.readline)
        go.set()
        await desks


if __name__ == "__main__":
    asyncio.run(main())

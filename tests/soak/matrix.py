"""Every way to fail at every kind of write, before the effect and after it: what is said, held against the EHR."""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.intent import BookRequest, CreateRequest, MoveRequest, Outcome, WriteNotice
from receptionapp.domain.patient import NewPatient
from receptionapp.sandbox import Sandbox, create_app
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from receptionapp.sandbox.faults import Fault, FaultKind
from receptionapp.store.change import Change, UserNotified
from tests.clocks import MONDAY_MORNING, StoppedClock
from tests.people import made_up
from tests.services.in_process import SURELY_THERE, Gate, InProcess
from tests.services.instant_loop import InstantLoop, all_on_this_thread
from tests.services.test_faults import FAULTS_AT_A_WRITE

_AFTER = (
    FaultKind.TRUNCATED,
    FaultKind.BROKEN_JSON,
    FaultKind.NULL_FIELDS,
    FaultKind.OTHERWISE,
    FaultKind.NONE,
)  # they spoil or delay the answer


@dataclass
class Case:
    """One desk and one write that meets one fault. `told` is what it was told since the fault was planned."""

    desk: InProcess
    method: str
    fault: Fault
    told: list[WriteNotice] = field(default_factory=list)

    async def do(self, wish: Callable[[], None]) -> None:
        self.desk.sandbox.faults.next_calls(self.fault, method=self.method)
        self.desk.store.changed.connect(self._hear)
        wish()
        await self.desk.rest()
        await self.desk.looks_end()

    def _hear(self, change: Change) -> None:
        if isinstance(change, UserNotified) and isinstance(change.what, WriteNotice):
            self.told.append(change.what)

    async def booked(self, nth: int = 0) -> OwnAppointment:
        self.desk.desk.booking.book(BookRequest(self.desk.care_unit_id, self.desk.offered()[nth], self.person))
        await self.desk.rest()
        return self.desk.ours()[0]

    async def confirmed(self, own: OwnAppointment) -> OwnAppointment:
        self.desk.desk.booking.confirm(own, CONFIRMATION_CODE)
        await self.desk.rest()
        return self.desk.ours()[0]

    @property
    def person(self) -> Any:
        return self.desk.somebody(0)

    def status(self, own: OwnAppointment) -> str:
        """In the EHR; "" for none."""
        return next((a.status for a in self.desk.at(own)), "")


# Each write tells whether it came true, and True for its second value if it came true by half.


async def create(case: Case) -> tuple[bool, bool]:
    whom = made_up()
    new = NewPatient(whom.first_name, whom.last_name, whom.number)
    await case.do(lambda: case.desk.desk.patients.create(CreateRequest(case.desk.care_unit_id, new, is_new=True)))
    return any(p.external_id == whom.number for p in case.desk.sandbox.patients()), False


async def book(case: Case) -> tuple[bool, bool]:
    slot = case.desk.offered()[0]
    await case.do(lambda: case.desk.desk.booking.book(BookRequest(case.desk.care_unit_id, slot, case.person)))
    return bool(case.status(case.desk.ours()[0])), False


async def cancel(case: Case) -> tuple[bool, bool]:
    own = await case.booked()
    await case.do(lambda: case.desk.desk.booking.cancel(own, "Syk"))
    return not case.status(own), False


async def move(case: Case) -> tuple[bool, bool]:
    own = await case.booked()
    slot = next(s for s in case.desk.offered() if not s.overlaps(own.start, own.end))
    await case.do(lambda: case.desk.desk.moving.move(MoveRequest(own, slot, "Flyttet")))
    new = next((other for other in case.desk.ours() if other.timeslot == slot), None)
    at_new, at_old = bool(new and case.status(new)), bool(case.status(own))
    return at_new and not at_old, at_new


async def confirm_booking(case: Case) -> tuple[bool, bool]:
    own = await case.booked()
    await case.do(lambda: case.desk.desk.booking.confirm(own, CONFIRMATION_CODE))
    return case.status(own) == "booked", False


async def confirm_cancelling(case: Case) -> tuple[bool, bool]:
    own = await case.confirmed(await case.booked())
    case.desk.desk.booking.cancel(own, "Syk")
    await case.desk.rest()
    waiting = case.desk.ours()[0]
    await case.do(lambda: case.desk.desk.booking.confirm(waiting, CONFIRMATION_CODE))
    return not case.status(own), False


Write = Callable[[Case], Awaitable[tuple[bool, bool]]]
WRITES: dict[str, tuple[str, str, Write]] = {  # with the profile of the EHR, and which request meets the fault
    "create": ("konfidens", "POST", create),
    "book": ("konfidens", "POST", book),
    "cancel": ("konfidens", "PATCH", cancel),
    "move": ("full", "PATCH", move),
    "anew: book": ("konfidens", "POST", move),
    "anew: cancel": ("konfidens", "PATCH", move),
    "code: book": ("two_step", "PATCH", confirm_booking),
    "code: cancel": ("two_step", "PATCH", confirm_cancelling),
}


def matrix() -> dict[str, Any]:
    """Print the table, and count. Whatever is wrong has an exclamation mark in its cell."""
    count = Counter(cells=0, wrong_outcomes=0, blind_repeats=0)
    lines = [f"{'fault':26} {'effect':7}" + "".join(f"{name:14}" for name in WRITES)]
    with all_on_this_thread(), asyncio.Runner(loop_factory=InstantLoop) as runner:
        for name, fault in FAULTS_AT_A_WRITE.items():
            after = fault.after_effect or fault.mishap in _AFTER
            cells = [runner.run(_try(write, fault, count)) for write in WRITES.values()]
            fault_name = name.removesuffix("_after").removesuffix("_before")
            lines.append(f"{fault_name:26} {'after' if after else 'before':7}" + "".join(f"{c:14}" for c in cells))
    sys.stdout.write("\n".join(lines) + "\n")
    return dict(count)


async def _try(write: tuple[str, str, Write], fault: Fault, count: Counter[str]) -> str:
    profile, method, deed = write
    sandbox = Sandbox(profile, now=lambda: MONDAY_MORNING)
    gate = Gate(create_app(sandbox))
    with sandbox, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = InProcess(sandbox, gate, Path(folder) / "ledger.sqlite3", StoppedClock())
        await desk.open()
        case = Case(desk, method, fault)
        whole, half = await deed(case)
        said = case.told[0].outcome
        wrong = _is_wrong(said, whole, half) or bool(desk.failed) or any(_is_untrue(case, own) for own in desk.ours())
        repeats = max(gate.writes - desk.sent, 0)
        await desk.close()
    count.update(cells=1, wrong_outcomes=wrong, blind_repeats=repeats)
    return f"{said}{'!' * (wrong + repeats)}"


def _is_wrong(said: Outcome, whole: bool, half: bool) -> bool:
    if said is Outcome.REFUSED:
        return whole or half
    if said is Outcome.HALF_DONE:
        return not half
    return said is not Outcome.UNKNOWN and not whole


def _is_untrue(case: Case, own: OwnAppointment) -> bool:
    """Whether the ledger says of it what is not so."""
    there = bool(case.status(own))
    return not there if own.standing in SURELY_THERE else there and not own.standing.takes_time

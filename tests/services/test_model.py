"""Nothing lost, nothing booked twice, whatever happens in whatever order: the desk held against the EHR step by step.

A chance drives a real desk (services, ledger file, screen store) against a real sandbox. The model is the sandbox's own
truth, with what people did outside of Leyr noted beside it. The test takes 300 steps, always the same; `dev.py soak
--model` takes 50,000, other ones each time.
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.intent import BookRequest, MoveRequest
from receptionapp.domain.open_task import SETTLED_FOR, TaskKind
from receptionapp.sandbox import FAULTS, Sandbox, Settings, create_app
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from receptionapp.sandbox.sandbox import UNLISTED_APPOINTMENT_ID
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from tests.clocks import MONDAY_MORNING, StoppedClock
from tests.services.in_process import SURELY_THERE, Gate, InProcess, Stop
from tests.services.instant_loop import InstantLoop, all_on_this_thread

STEPS = 60  # an example at most
EXAMPLES = 12  # with one seed
RAM = Path("/dev/shm")  # noqa: S108 - what the disk does is tried elsewhere

TROUBLE = {
    None: None,
    **{name: FAULTS[name] for name in ("unavailable", "emr_error_400", "emr_error_500", "html_502", "rate_limited")},
    **{name: FAULTS[name] for name in ("drop_before", "drop_after", "truncated", "broken_json", "several_errors")},
    **{f"{n}_after": replace(FAULTS[n], after_effect=True) for n in ("unavailable", "emr_error_500", "html_502")},
    "null_fields": FAULTS["null_optional_fields"],
    "otherwise": FAULTS["otherwise"],
}
trouble = st.sampled_from([None, None, None, *TROUBLE])
number = st.integers(0, 7)
CRASH_POINTS = (
    "after prepare",
    "before mark",
    "after mark",
    "request",
    "answer",
    "before settle",
    "after settle",
    "in order",
)

taken_steps = 0
looked_at = 0


class Reception(RuleBasedStateMachine):
    """Each rule is one thing that somebody does, or that goes wrong."""

    _served: ClassVar[dict[str, tuple[Sandbox, Gate]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner(loop_factory=InstantLoop)
        self._looked_after = -1
        self._folder = tempfile.TemporaryDirectory(dir=RAM if RAM.is_dir() else None, ignore_cleanup_errors=True)

    @initialize(
        profile=st.sampled_from(["konfidens", "konfidens", "full", "two_step"]),
        second=st.sampled_from(["ok", "invalid_appointment_id"]),
        new_id=st.booleans(),
    )
    def open(self, profile: str, second: Any, new_id: bool) -> None:
        if profile not in self._served:
            sandbox = Sandbox(profile, now=lambda: MONDAY_MORNING)
            self._served[profile] = (sandbox, Gate(create_app(sandbox)))
        self.sandbox, self.gate = self._served[profile]
        self.sandbox.settings = Settings(second_cancel=second, move_changes_id=new_id)
        self.not_ours = {UNLISTED_APPOINTMENT_ID}
        self.changed_outside: set[str] = set()
        self.late: list[Stop] = []
        self.desk = InProcess(self.sandbox, self.gate, Path(self._folder.name) / "ledger.sqlite3", StoppedClock())
        self._do(self.desk.open())
        slots = []
        for slot in self.desk.offered():
            if not any(s.resource_id == slot.resource_id and s.overlaps(slot.start, slot.end) for s in slots):
                slots.append(slot)
        self.slots = slots[:6]

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            for stop in self.late:
                stop.let_go.set()
            self._runner.run(self._end())
            self.sandbox.faults.clear()
            for a in self.sandbox.appointments():
                if a.id != UNLISTED_APPOINTMENT_ID:
                    self.sandbox.store._rows("DELETE FROM appointment WHERE id = ?", (a.id,))
        self._runner.close()
        self._folder.cleanup()
        gc.collect(1)

    async def _end(self) -> None:
        await self.gate.lose()
        await self.desk.crash()

    def _do(self, work: Coroutine[Any, Any, Any]) -> None:
        """One step. No write may reach Leyr that is not an intent marked as sent."""
        global taken_steps
        taken_steps += 1

        async def step() -> None:
            await work
            await self.desk.rest()
            await self.desk.looks_end()

        writes, sent = self.gate.writes, self.desk.sent
        self._runner.run(step())
        self.sandbox.faults.clear()
        assert not self.desk.failed, self.desk.failed
        assert self.gate.writes - writes <= self.desk.sent - sent, "a write was repeated"

    # What the desk does

    def _pick(self, nth: int, fits: Callable[[OwnAppointment], bool]) -> OwnAppointment | None:
        fitting = [own for own in self.desk.ours() if fits(own)]
        return fitting[nth % len(fitting)] if fitting else None

    def _wish(self, deed: str, nth: int, slot: int, person: int) -> Callable[[], None] | None:
        """How a receptionist asks for it; None where there is nothing to ask it of."""
        desk, where = self.desk.desk, self.slots[slot % len(self.slots)]
        if deed == "book":
            request = BookRequest(self.desk.care_unit_id, where, self.desk.somebody(person % 3))
            return lambda: desk.booking.book(request)
        if deed == "undo":
            return self.desk.store.snapshot.undoable and (lambda: desk.undo.undo("Feil"))
        if deed == "confirm":
            waits = (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
            waiting = self._pick(nth, lambda own: own.standing in waits)
            code = CONFIRMATION_CODE if person % 4 else "0000"
            return waiting and (lambda: desk.booking.confirm(waiting, code))
        own = self._pick(nth, lambda own: own.standing in SURELY_THERE)
        if own is None:
            return None
        if deed == "cancel":
            return lambda: desk.booking.cancel(own, "Syk")
        return lambda: desk.moving.move(MoveRequest(own, where, "Flyttet"))

    @rule(
        deed=st.sampled_from(["book", "book", "cancel", "move", "confirm", "undo"]),
        nth=number,
        slot=number,
        who=number,
        how=trouble,
    )
    def write(self, deed: str, nth: int, slot: int, who: int, how: str | None) -> None:
        wish = self._wish(deed, nth, slot, who)
        if wish is None:
            return
        self._plan(how)
        self._do(_soon(wish))

    def _plan(self, how: str | None) -> None:
        fault = TROUBLE[how]
        if fault is not None:
            for method in ("POST", "PATCH"):
                self.sandbox.faults.next_calls(fault, method=method, path="*/appointments*")

    @rule(
        deed=st.sampled_from(["book", "cancel", "move", "confirm"]),
        nth=number,
        slot=number,
        who=number,
        where=st.sampled_from(["request", "answer"]),
    )
    def write_and_give_up_waiting(self, deed: str, nth: int, slot: int, who: int, where: str) -> None:
        """The request, or the answer to what took effect, is on its way until `it_goes_on`."""
        wish = self._wish(deed, nth, slot, who)
        if wish is None:
            return
        stop = self.gate.stop = Stop(where, self.desk.clock.elapsed())

        self._do(_soon(wish))
        self.gate.stop = None
        if stop.reached.is_set():
            self.late.append(stop)

    @precondition(lambda self: self.late)
    @rule(nth=number, lost=st.booleans())
    def it_goes_on(self, nth: int, lost: bool) -> None:
        """What is on its way takes effect, and its answer comes or is lost."""
        stop = self.late.pop(nth % len(self.late))
        stop.lost = lost
        self._do(self._arrive([stop]))

    async def _arrive(self, stops: list[Stop]) -> None:
        for stop in stops:
            stop.let_go.set()
        await asyncio.sleep(1)

    @rule(
        deed=st.sampled_from(["book", "cancel", "move", "confirm"]),
        point=st.sampled_from(CRASH_POINTS),
        nth=number,
        slot=number,
        who=number,
        arrives=st.booleans(),
        rarely=st.sampled_from([True, False, False]),
    )
    def the_program_ends(
        self, deed: str, point: str, nth: int, slot: int, who: int, arrives: bool, rarely: bool
    ) -> None:
        """In the middle of a write: what has left for Leyr arrives, or is lost on the way. Or in order."""
        if not rarely:
            return
        if point == "in order":
            self._do(self._restart())
            return
        wish = self._wish(deed, nth, slot, who)
        stop = Stop(point)
        if point in ("request", "answer"):
            self.gate.stop = stop
        else:
            self.desk.stop = stop

        async def work() -> None:
            if wish is not None:
                wish()
                done = asyncio.create_task(self.desk.rest())
                reached = asyncio.create_task(stop.reached.wait())
                await asyncio.wait({done, reached}, return_when="FIRST_COMPLETED")
                for task in (done, reached):
                    task.cancel()
                await asyncio.gather(done, reached, return_exceptions=True)
            await self.desk.crash()
            self.gate.stop = self.desk.stop = None
            for late in (*self.late, *([stop] if arrives else [])):
                late.let_go.set()
            self.late.clear()
            await asyncio.sleep(1)
            await self.gate.lose()
            await self.desk.open()

        self._do(work())

    async def _restart(self) -> None:
        for late in self.late:
            late.let_go.set()
        self.late.clear()
        await self.desk.close()
        await self.desk.open()

    # What time brings, and the EHR's own list

    @rule(
        later=st.sampled_from([timedelta(seconds=15), LONGEST_IN_FLIGHT * 1.1, SETTLED_FOR]),
        put=st.sampled_from([None, None, None, -timedelta(hours=1), timedelta(hours=3)]),
    )
    def time_passes(self, later: timedelta, put: timedelta | None) -> None:
        """Or the clock is put back, or forward; but to the week that is on screen."""
        clock = self.desk.clock

        async def work() -> None:
            if put is None:
                passed = clock.elapsed() + later.total_seconds()
                old = [s for s in self.late if s.where == "request" and passed - s.since >= LONGEST_IN_FLIGHT.seconds]
                self.late = [stop for stop in self.late if stop not in old]
                for stop in old:  # no request is on its way for longer
                    stop.lost = True
                await self._arrive(old)
                clock.now += later
            elif MONDAY_MORNING <= clock.now + put < MONDAY_MORNING + timedelta(days=2):
                clock.put(put)
            self.desk.alarm.ring()
            await self.desk.desk.availability.load_view(again=True)

        self._do(work())

    # What people say who have looked in the EHR

    @rule(nth=number)
    def somebody_has_looked(self, nth: int) -> None:
        tasks = [t for t in self.desk.store.snapshot.open_tasks() if t.kind is not TaskKind.CODE]
        if not tasks:
            return
        task = tasks[nth % len(tasks)]
        own = task.appointment
        if task.kind is TaskKind.TWO and not own.standing.unknown:
            self._remove(own)
            return
        exists = bool(self.desk.at(own))
        self._do(_soon(lambda: self.desk.desk.booking.settle_by_hand(own, exists)))

    def _remove(self, own: OwnAppointment) -> None:
        """The old one of two, in the EHR."""
        others = {other.appointment_id for other in self.desk.ours() if other.key != own.key}
        for there in self.desk.at(own):
            if own.appointment_id in (None, there.id) and there.id not in others:
                self.sandbox.outside.cancel(there.id)
        self._do(_soon(lambda: self.desk.desk.moving.confirm_removed(own)))

    # What people do in the EHR itself

    @rule(deed=st.sampled_from(["book", "cancel", "move"]), nth=number, slot=number)
    def somebody_works_in_the_ehr(self, deed: str, nth: int, slot: int) -> None:
        """Leyr tells nobody of it. An appointment that is moved there keeps its id."""
        where = self.slots[slot % len(self.slots)]
        live = [a for a in self._live() if a.status == "booked"]
        if deed == "cancel" and live:
            gone = live[nth % len(live)]
            self.sandbox.outside.cancel(gone.id)
            self.changed_outside.add(gone.id)
        if deed == "cancel" or self._is_taken(where):
            return
        if deed == "book":
            patient = self.desk.patients[9].emr_id
            made = self.sandbox.outside.book(where.resource_id, where.start, where.end, patient_emr_id=patient)
            self.not_ours.add(made.id)
            return
        known = {own.appointment_id for own in self.desk.ours()}  # without an id it could not be followed
        live = [a for a in live if a.id in known]
        if live:
            moved = live[nth % len(live)]
            span = replace(moved.span, start=where.start, end=where.end)
            self.sandbox.store.save_appointment(replace(moved, resource_id=where.resource_id, span=span))
            self.changed_outside.add(moved.id)

    def _is_taken(self, where: Timeslot) -> bool:
        standing = (a for a in self.sandbox.appointments() if a.status != "cancelled")
        return any(a.resource_id == where.resource_id and where.overlaps(a.span.start, a.span.end) for a in standing)

    # What must hold after every step

    def _live(self) -> list[Any]:
        """What the EHR has of ours and has not cancelled."""
        return [
            a
            for a in self.sandbox.appointments()
            if a.id not in self.not_ours and a.status != "cancelled" and a.cancels is None
        ]

    @invariant()
    def all_is_known(self) -> None:
        if not hasattr(self, "desk") or self._looked_after == taken_steps:
            return
        self._looked_after = taken_steps
        global looked_at
        looked_at += 1
        rows = self._runner.run(self._rows())
        live = self._live()
        for a in live:
            # One that was moved in the EHR is not at its time any more, and somebody who looks there says so.
            may = [row for row in rows if row.standing.takes_time or a.id in self.changed_outside]
            assert any(self._may_be(row, a) for row in may), f"lost: {a}\n{rows}"
        for row in rows:
            assert not row.standing.under_way, f"left under way: {row}"
            if row.standing in SURELY_THERE:
                assert self._was_there(row, live), f"never there: {row}"
        unmoved = [a for a in live if a.id not in self.changed_outside]
        for one in unmoved:
            for other in unmoved:
                same = one.id != other.id and one.resource_id == other.resource_id
                assert not (same and one.span.start < other.span.end and other.span.start < one.span.end), "twice"
        shown = self.desk.store.snapshot.appointments
        for row in rows:
            assert shown[row.key] == row, "the screen says otherwise than the record"

    async def _rows(self) -> tuple[OwnAppointment, ...]:
        start = MONDAY_MORNING - timedelta(days=1)
        return await self.desk.ledger.appointments(self.desk.care_unit_id, start, start + timedelta(days=8))

    def _may_be(self, row: OwnAppointment, a: Any) -> bool:
        if row.appointment_id is not None:
            return bool(row.appointment_id == a.id)
        return a in self.desk.at(row)

    def _was_there(self, row: OwnAppointment, live: list[Any]) -> bool:
        """It is there, or would be if nobody had touched it in the EHR itself."""
        if row.appointment_id in self.changed_outside:
            return True
        if row.appointment_id is None and self.changed_outside:
            return True
        return any(self._may_be(row, a) for a in live)


async def _soon(deed: Callable[[], object]) -> None:
    deed()


def walk(steps: int, seeds: Iterable[int]) -> dict[str, int]:
    """At least so many steps; the first finding ends it, with the shortest way there. Equal seeds go equal ways."""
    found = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    begun = taken_steps
    with all_on_this_thread():
        for number in seeds:
            run_state_machine_as_test(seed(number)(Reception), settings=found)
            if taken_steps - begun >= steps:
                break
    return {"steps": taken_steps - begun, "comparisons": looked_at, "lost": 0, "twice": 0, "repeated": 0}


def test_nothing_is_lost_and_nothing_booked_twice_whatever_happens() -> None:
    sys.stdout.write(f"{walk(300, count())}\n")

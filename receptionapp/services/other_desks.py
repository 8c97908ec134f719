"""The other desks on a shared ledger: what changed after the revision this desk knows, and what this desk tells
them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import personal_data
from receptionapp.ledger.errors import LedgerError, LedgerRefusal
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.notifications import (
    DeskIdChanged,
    HoldsChanged,
    LedgerWritten,
    Notification,
    NotificationListener,
    ServerLost,
    ServerReached,
)
from receptionapp.ledger.position import LedgerPosition
from receptionapp.services.appointments import LedgerAppointments
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, HoldsKnown, LedgerReachable, PersonWiped, UserNotified

TEND_EVERY = 15.0
"""Seconds between looks at what nobody announces (holds that end by themselves, desks that are gone), and at whether
something was missed."""

HOLD_DELAY = 0.3
"""Seconds that a form must be open before the others hear of it: going through times with the arrow keys is no news."""

_MOST = 2_000  # rows that are caught up with at once, the latest; of more, the week on screen is read

HeldTimeslot = tuple[str, Timeslot] | None


class OtherDesks:
    """Begun with the desk, ended with it. `see_to_tasks` shows and follows what is left unsettled."""

    def __init__(
        self,
        ledger: Ledger,
        listening: NotificationListener,
        store: BookStore,
        tasks: TaskBag,
        see_to_tasks: Callable[[], Awaitable[None]],
    ) -> None:
        self._ledger = ledger
        self._listening = listening
        self._store = store
        self._tasks = tasks
        self._see_to_tasks = see_to_tasks
        self._known = LedgerPosition()
        self._wiped_to = 0  # a line of the record of who did what
        self._held: HeldTimeslot = None
        self._told: HeldTimeslot = None
        self._owes_recovery = False

    def start(self) -> None:
        self._tasks.start("keep:desks", self._listen())
        self._tasks.start("keep:shared ledger", self._tend_for_ever())

    def hold_timeslot(self, care_unit_id: str, timeslot: Timeslot) -> None:
        """Somebody here has a form open for that time, in place of any other."""
        self._want((care_unit_id, timeslot))

    def release_hold(self) -> None:
        """No form is open any more."""
        self._want(None)

    async def aclose(self) -> None:
        """Tell the others that nothing is held, and stop listening."""
        if self._told is not None:
            with suppress(LedgerError):
                await self._ledger.release_hold()
        await self._listening.aclose()

    def _want(self, held: HeldTimeslot) -> None:
        if held != self._held:
            self._held = held
            self._tasks.start("keep:hold", self._tell_hold())

    async def _tell_hold(self) -> None:
        while self._told != self._held:
            await asyncio.sleep(HOLD_DELAY)
            await self._write_hold(self._held)

    async def _write_hold(self, held: HeldTimeslot) -> None:
        """A failure is not shown to the user: a hold is only advice."""
        self._told = held
        with suppress(LedgerError):
            if held is None:
                await self._ledger.release_hold()
            else:
                await self._ledger.hold_timeslot(*held)

    async def _listen(self) -> None:
        with suppress(LedgerError):
            self._known, _ = await self._ledger.read_changes_after(LedgerPosition(), 0)
            await self._wiped()
            await self._read_holds()
        while True:
            heard = await self._listening.notifications.get()
            with suppress(LedgerError, LedgerRefusal):
                await self._heed(heard)

    async def _tend_for_ever(self) -> None:
        """Catch up at regular intervals, also while other desks send many notices."""
        for tended in count(1):
            await asyncio.sleep(TEND_EVERY)
            with suppress(LedgerError, LedgerRefusal):
                await self._tend(take_over=tended % 4 == 0)

    async def _heed(self, heard: Notification) -> None:
        match heard:
            case LedgerWritten():
                await self._catch_up()
            case HoldsChanged():
                await self._read_holds()
            case ServerLost():
                self._store.apply(LedgerReachable(False))
            case DeskIdChanged(desk_id):
                self._ledger.set_desk_id(desk_id)
            case ServerReached():
                await self._come_back()

    async def _tend(self, *, take_over: bool) -> None:
        """What could not be read when it was heard of is read now."""
        if not self._store.snapshot.ledger_reachable:
            await self._come_back()
        if self._told is not None:
            await self._write_hold(self._told)
        await self._catch_up()
        await self._read_holds()
        await self._recover_if_owed()
        if take_over and await self._ledger.take_over():
            await self._see_to_tasks()

    async def _come_back(self) -> None:
        self._owes_recovery = True
        await self._catch_up()
        await self._read_holds()
        self._store.apply(LedgerReachable(True))
        await self._recover_if_owed()

    async def _recover_if_owed(self) -> None:
        """A write that ended while the ledger was away may have left its wish open. None is under way now: a new one
        is written down after this, since the ledger does one thing after the other. They are this desk's only while no
        other program can use its id."""
        if self._owes_recovery and self._listening.holds_id and not self._writes_something:
            left = await self._ledger.recover()
            self._owes_recovery = False
            if left:
                await self._see_to_tasks()

    @property
    def _writes_something(self) -> bool:
        """Also an answer that the ledger did not take yet: what became of that wish, this desk knows."""
        return self._tasks.is_running("write:") or self._tasks.is_running("keep:answer:")

    async def _catch_up(self) -> None:
        before = self._known
        now, changed = await self._ledger.read_changes_after(before, _MOST)
        is_first = before is self._known  # to find out: who hears and who tends may both ask
        self._known = now
        if changed is None:
            if is_first:
                await self._read_anew()
            return
        if changed:
            self._store.apply(AppointmentsChanged(changed))
        if len(changed) == _MOST:  # as when another desk has brought its own ledger: what is on screen may be older
            await LedgerAppointments(self._ledger, self._store).load_view()
        for reference in await self._wiped():
            self._store.apply(PersonWiped(reference))

    async def _read_anew(self) -> None:
        """The server was put back from a copy. What stands on this screen and is not in the ledger any more stays
        there: the EHR has it all the same."""
        self._wiped_to = self._known.line
        self._store.apply(UserNotified(ReadFailure(ReadSubject.SHARED_LEDGER, Problem(Reason.LEDGER_PUT_BACK))))
        await LedgerAppointments(self._ledger, self._store).load_view()
        await self._see_to_tasks()

    async def _wiped(self) -> tuple[str, ...]:
        """Whose details were wiped since this was asked last."""
        emr, number = self._ledger.writer.emr, self._wiped_to
        self._wiped_to, whose = await self._ledger.read(lambda c: personal_data.read_wiped_after(c, emr, number))
        return whose

    async def _read_holds(self) -> None:
        holds = await self._ledger.holds_of_others()
        if holds != self._store.snapshot.holds:
            self._store.apply(HoldsKnown(holds))

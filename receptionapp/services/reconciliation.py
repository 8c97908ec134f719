"""Unknown outcomes, checked until they are settled; nothing is written to Leyr here.

Where the EHR lists appointments its list settles; elsewhere a task stays open (`leyr-api.md` 6.4). Until the request
can't be on its way any more, nobody can know that it did not happen.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain, repeat
from uuid import UUID

from receptionapp.domain.appointment import Appointment, OwnAppointment, Standing
from receptionapp.domain.clinic import Action
from receptionapp.domain.clock import Clock
from receptionapp.domain.intent import Intent, Outcome, OutcomeCheck, Stage, Verb, WriteNotice, outcome_of
from receptionapp.domain.open_task import OpenTask
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerError, LedgerRefusal
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import IdNotSent, LeyrError, NotSupported
from receptionapp.services.availability import Availability
from receptionapp.services.evidence import CANT_TELL, Evidence, evidence_from_free_time, evidence_from_list
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, InFlightChanged, OutcomeChecked, UserNotified

LONGEST_IN_FLIGHT = timedelta(minutes=3)
"""After this a request is surely not on its way any more: the transport itself listens for an answer for at most 35
and 120 seconds."""

Elapsed = Callable[[], float]
"""Returns seconds from any fixed point; they go on evenly, whatever is done to the computer's clock."""


class InFlightRequests:
    """Counts from when this run first heard that an outcome is not known: what an earlier run, or another desk, knew
    before gives no shorter wait."""

    def __init__(self, elapsed: Elapsed) -> None:
        self._elapsed = elapsed
        self._since: dict[UUID, float] = {}

    def time_remaining(self, intent_id: UUID) -> timedelta:
        """How long the request of this wish may still be on its way; zero when it surely is not."""
        now = self._elapsed()
        passed = now - self._since.setdefault(intent_id, now)
        return max(LONGEST_IN_FLIGHT - timedelta(seconds=passed), timedelta())


FIRST_WAITS = (0.0, 15.0, 60.0, 106.0)  # seconds before each look; the last comes when the request has surely landed
THEN_EVERY = 300.0  # seconds
LISTED_AFTER = timedelta(days=1)  # after its end, what the EHR's list does not have is not there


class Reconciliation:
    """Follows each unknown outcome until somebody, or the EHR's own list, has settled it."""

    def __init__(
        self,
        client: LeyrClient,
        ledger: Ledger,
        store: BookStore,
        availability: Availability,
        tasks: TaskBag,
        clock: Clock,
        travelling: InFlightRequests,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`sleep` waits between looks, in seconds."""
        self._client = client
        self._ledger = ledger
        self._store = store
        self._availability = availability
        self._tasks = tasks
        self._clock = clock
        self._travelling = travelling
        self._sleep = sleep

    def follow(self, intent_id: UUID) -> None:
        """Look at once, and again until it is settled."""
        self._travelling.time_remaining(intent_id)  # it counts from now
        self._tasks.start(f"reconcile:{intent_id}", self._follow(intent_id))

    async def _follow(self, intent_id: UUID) -> None:
        for wait in chain(FIRST_WAITS, repeat(THEN_EVERY)):
            await self._sleep(wait)
            try:
                task = await self._open_task(intent_id)
                if task is None:
                    return
                self._tell_how_long(task)
                if await self._look(task):
                    return
            except LedgerError:
                continue  # the disk may be well again at the next look

    async def _open_task(self, intent_id: UUID) -> OpenTask | None:
        for task in await self._ledger.open_tasks():
            if task.intent is not None and task.intent.id == intent_id and task.intent.stage is Stage.UNKNOWN:
                return task
        return None

    async def is_in_flight(self, own: OwnAppointment) -> bool:
        """Whether the request about this one may still take effect, so that nobody can know that it did not. Raises
        LedgerError."""
        about = [task for task in await self._ledger.open_tasks() if any(row.key == own.key for row in _rows(task))]
        return any(self._in_flight_until(task) is not None for task in about)

    def _in_flight_until(self, task: OpenTask) -> datetime | None:
        if task.intent is None or task.intent.stage is not Stage.UNKNOWN:
            return None
        left = self._travelling.time_remaining(task.intent.id)
        return self._clock() + left if left else None

    def _tell_how_long(self, task: OpenTask) -> None:
        keys = frozenset(own.key for own in _rows(task))
        self._store.apply(InFlightChanged(keys, self._in_flight_until(task)))

    async def _look(self, task: OpenTask) -> bool:
        """Whether nothing is left to look for: it is settled, or its time is past and no list can tell."""
        try:
            evidence = await self._evidence(task)
        except LeyrError:
            return False
        if task.intent is not None and await self._settle(task, task.intent, evidence):
            return True
        self._store.apply(OutcomeChecked(task.appointment.key, OutcomeCheck(evidence.hint, self._clock())))
        over = task.appointment.start <= self._clock() and self._in_flight_until(task) is None
        return over and not self._lists

    @property
    def _lists(self) -> bool:
        return self._client.capabilities.can(Action.LIST_APPOINTMENTS)

    async def _evidence(self, task: OpenTask) -> Evidence:
        if self._lists:
            try:
                evidence = evidence_from_list(task, await self._read_list(task))
            except (NotSupported, IdNotSent):
                pass  # then as with an EHR that lists nothing
            else:
                return CANT_TELL if evidence.not_done and await self._is_contradicted(task) else evidence
        slots = [own.timeslot for own in _rows(task)]
        offered = [slot for slot in slots if await self._availability.offers(task.appointment.care_unit_id, slot)]
        return evidence_from_free_time(task, lambda slot: slot in offered)

    async def _is_contradicted(self, task: OpenTask) -> bool:
        """A list may lag or leave something out. So a missing booking counts only while Leyr offers its time as free.
        After it has begun no time is offered, and the patient may be at the door: then it counts a day after its
        end."""
        own, now = task.appointment, self._clock()
        booking = own.standing is Standing.BOOKING_UNKNOWN and own.appointment_id is None
        if not booking or own.end + LISTED_AFTER <= now:
            return False
        return own.start <= now or not await self._availability.offers(own.care_unit_id, own.timeslot)

    async def _read_list(self, task: OpenTask) -> Sequence[Appointment]:
        """That one patient's appointments on the days in question. Nobody else's: each look is logged in a name."""
        rows = _rows(task)
        return await self._client.appointments(
            task.appointment.care_unit_id,
            min(own.start for own in rows),
            max(own.end for own in rows),
            patient_reference=task.appointment.person.reference,
        )

    async def _settle(self, task: OpenTask, intent: Intent, evidence: Evidence) -> bool:
        try:
            if evidence.answer is not None:
                await self._settle_done(intent, evidence.answer)
            elif evidence.not_done and not self._travelling.time_remaining(intent.id):
                await self._ledger.settle_refused(intent.id, Problem(Reason.FOUND_IN_LIST))
            else:
                return False
        except LedgerRefusal:
            return False  # settled meanwhile, or the id that was found is another one's
        await self._tell(task, intent, done=evidence.answer is not None)
        return True

    async def _settle_done(self, intent: Intent, answer: Appointment) -> None:
        settle: Callable[[UUID, Appointment], Awaitable[object]] = {
            Verb.BOOK: self._ledger.settle_booked,
            Verb.CANCEL: self._ledger.settle_cancelled,
            Verb.CONFIRM: self._ledger.settle_confirmed,
            Verb.MOVE: self._ledger.settle_moved,
        }[intent.verb]
        await settle(intent.id, answer)

    async def _tell(self, task: OpenTask, intent: Intent, *, done: bool) -> None:
        rows = [await self._ledger.appointment(own.key) for own in _rows(task)]
        self._store.apply(AppointmentsChanged(tuple(rows)))
        about = rows[-1] if done else rows[0]
        outcome = outcome_of(about) if done else Outcome.REFUSED
        problem = Problem(Reason.FOUND_IN_LIST)
        self._store.apply(
            UserNotified(WriteNotice(intent.id, intent.verb, outcome, about, old=rows[0], problem=problem))
        )
        await self._availability.load_columns_of(rows)


def _rows(task: OpenTask) -> list[OwnAppointment]:
    """What the wish is about: the appointment, and for a move by one request the new one too."""
    moved = task.intent is not None and task.intent.verb is Verb.MOVE and task.new is not None
    return [task.appointment, task.new] if moved and task.new else [task.appointment]

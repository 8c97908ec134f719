"""Booking and cancelling: intent written down, slot read again, one request, outcome written down, then the screen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID, uuid4

from receptionapp.domain.appointment import Appointment, OwnAppointment, Standing
from receptionapp.domain.capability import Action
from receptionapp.domain.intent import Intent, Verb
from receptionapp.domain.nearest_free import nearest
from receptionapp.domain.outcome import Notice, Outcome
from receptionapp.domain.problem import Problem, Reason
from receptionapp.domain.timeslot import Timeslot
from receptionapp.ledger.errors import AlreadyUnderWay, LedgerError, LedgerRefusal, OverlapsOwn
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import LeyrError
from receptionapp.services.availability import Availability
from receptionapp.services.clock import Clock
from receptionapp.services.requests import BookRequest
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, CapabilitiesKnown, Told

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was pressed; `id` comes back with the notice. `booking` is set when it is to book."""

    id: UUID
    verb: Verb
    booking: BookRequest | None = None


Answered = Callable[[UUID, Appointment], Awaitable[OwnAppointment]]
Late = Callable[[Appointment | LeyrError], None]
Send = Callable[[Late], Awaitable[Appointment]]


class Booking:
    """Writes appointments. Every outcome is told through the store; nothing is raised to the screen."""

    def __init__(
        self,
        client: LeyrClient,
        ledger: Ledger,
        store: BookStore,
        availability: Availability,
        tasks: TaskBag,
        clock: Clock,
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._store = store
        self._availability = availability
        self._tasks = tasks
        self._clock = clock

    def book(self, request: BookRequest) -> None:
        """Book; a second press for the same time while one is under way does nothing."""
        slot = request.timeslot
        key = f"write:book:{request.care_unit_id}:{slot.resource_id}:{slot.start.timestamp()}"
        self._tasks.start(key, self._book(request))

    def cancel(self, appointment: OwnAppointment, reason: str) -> None:
        """Cancel; `reason` goes to the EHR as the comment (`leyr-api.md` 3.11) and into the ledger."""
        self._tasks.start(f"write:cancel:{appointment.key}", self._cancel(appointment, reason))

    def confirm(self, appointment: OwnAppointment, code: str) -> None:
        """Send the patient's code for a booking or a cancellation that waits for one (`leyr-api.md` 4.3, 4.4)."""
        self._tasks.start(f"write:confirm:{appointment.key}", self._confirm(appointment, code))

    def settle_by_hand(self, appointment: OwnAppointment, exists: bool) -> None:
        """A person has looked in the EHR and says whether an appointment of unknown outcome is there."""
        self._tasks.start(f"write:settle:{appointment.key}", self._settle_by_hand(appointment, exists))

    async def _book(self, request: BookRequest) -> None:
        wish = _Wish(request.id, Verb.BOOK, request)
        prepared = await self._prepare(
            wish,
            self._ledger.prepare_booking(
                request.care_unit_id, request.timeslot, request.person, request.comment or None
            ),
        )
        if prepared is None:
            return
        intent, own = prepared
        self._show(own)
        problem = await self._why_not_free(request)
        if problem is not None:
            await self._refuse(wish, intent, problem)
            return
        await self._write(
            wish,
            intent,
            lambda late: self._client.book(
                request.care_unit_id, request.timeslot, request.person.reference, request.comment, on_late=late
            ),
            self._ledger.settle_booked,
        )

    async def _cancel(self, own: OwnAppointment, reason: str) -> None:
        wish = _Wish(uuid4(), Verb.CANCEL)
        if own.appointment_id is None:
            self._tell(wish, Outcome.REFUSED, own, Problem(Reason.APPOINTMENT_NOT_FOUND))
            return
        handle = own.appointment_id
        prepared = await self._prepare(wish, self._ledger.prepare_cancel(own.key, reason or None), own)
        if prepared is None:
            return
        intent, own = prepared
        self._show(own)
        await self._write(
            wish,
            intent,
            lambda late: self._client.cancel(own.care_unit_id, handle, reason, known=own.timeslot, on_late=late),
            self._ledger.settle_cancelled,
        )

    async def _confirm(self, own: OwnAppointment, code: str) -> None:
        wish = _Wish(uuid4(), Verb.CONFIRM)
        prepared = await self._prepare(wish, self._ledger.prepare_confirm(own.key), own)
        if prepared is None:
            return
        intent, handle = prepared
        await self._write(
            wish,
            intent,
            lambda late: self._client.confirm(own.care_unit_id, handle, code, known=own.timeslot, on_late=late),
            self._ledger.settle_confirmed,
        )

    async def _settle_by_hand(self, own: OwnAppointment, exists: bool) -> None:
        wish = _Wish(uuid4(), Verb.BOOK if own.standing is Standing.BOOKING_UNKNOWN else Verb.CANCEL)
        try:
            settled = await self._ledger.settle_by_hand(own.key, exists)
        except (LedgerError, LedgerRefusal):
            self._tell(wish, Outcome.UNKNOWN, own, Problem(Reason.LEDGER_FAILED))
            return
        done = exists if wish.verb is Verb.BOOK else not exists
        self._tell(wish, Outcome.DONE if done else Outcome.REFUSED, settled, Problem(Reason.SAID_BY_PERSON))

    async def _prepare(
        self, wish: _Wish, preparing: Awaitable[tuple[Intent, T]], own: OwnAppointment | None = None
    ) -> tuple[Intent, T] | None:
        """Write the intent down. What can't be written down is not sent."""
        try:
            return await preparing
        except OverlapsOwn:
            problem = Problem(Reason.OWN_OVERLAP)
            self._tell(wish, Outcome.REFUSED, own, problem, await self._alternatives(wish, problem))
        except AlreadyUnderWay:
            pass  # the first press will tell
        except LedgerRefusal:
            self._tell(wish, Outcome.REFUSED, own, Problem(Reason.REFUSED))
        except LedgerError:
            self._tell(wish, Outcome.REFUSED, own, Problem(Reason.LEDGER_FAILED))
        return None

    async def _write(self, wish: _Wish, intent: Intent, send: Send, answered: Answered) -> None:
        try:
            await self._ledger.mark_sent(intent.id)
        except LedgerError:
            await self._refuse(wish, intent, Problem(Reason.LEDGER_FAILED))
            return
        try:
            answer: Appointment | LeyrError = await send(lambda late: self._late(wish, intent, late, answered))
        except LeyrError as error:
            answer = error
        await self._settle(wish, intent, answer, answered)

    def _late(self, wish: _Wish, intent: Intent, answer: Appointment | LeyrError, answered: Answered) -> None:
        """An answer after we had given up waiting settles the unknown outcome after all."""
        if isinstance(answer, LeyrError) and answer.may_have_happened:
            return
        self._tasks.start(f"write:late:{intent.id}", self._settle(wish, intent, answer, answered))

    async def _settle(self, wish: _Wish, intent: Intent, answer: Appointment | LeyrError, answered: Answered) -> None:
        """Server's answer first, then the ledger, then the screen."""
        try:
            if not isinstance(answer, LeyrError):
                own = await answered(intent.id, answer)
                self._tell(wish, _outcome_of(own), own)
            elif answer.may_have_happened:
                unknown = await self._ledger.settle_unknown(intent.id, answer.problem)
                self._tell(wish, Outcome.UNKNOWN, unknown, answer.problem)
            else:
                await self._refuse(wish, intent, answer.problem)
        except (LedgerError, LedgerRefusal):
            await self._answer_not_written(wish, intent)
        self._capabilities_may_have_shrunk()
        self._read_column_again(intent)

    async def _answer_not_written(self, wish: _Wish, intent: Intent) -> None:
        """Leyr has answered and that could not be written down, or the ledger has that id as another appointment.
        If not even that can be written, the intent stays "sent", and is unknown after a restart."""
        problem = Problem(Reason.LEDGER_FAILED)
        try:
            own = await self._ledger.settle_unknown(intent.id, problem)
        except (LedgerError, LedgerRefusal):
            own = await self._as_written(intent)
        self._tell(wish, Outcome.UNKNOWN, own, problem)

    async def _refuse(self, wish: _Wish, intent: Intent, problem: Problem) -> None:
        try:
            own = await self._ledger.settle_refused(intent.id, problem)
        except LedgerError:
            own = await self._as_written(intent)
        self._tell(wish, Outcome.REFUSED, own, problem, await self._alternatives(wish, problem))
        self._read_column_again(intent)

    async def _as_written(self, intent: Intent) -> OwnAppointment | None:
        try:
            return await self._ledger.appointment(intent.subject) if intent.subject else None
        except (LedgerError, LedgerRefusal):
            return None

    async def _why_not_free(self, request: BookRequest) -> Problem | None:
        """Ask for that exact timeslot again, since slots go stale (`leyr-api.md` 7)."""
        slot = request.timeslot
        try:
            offered = await self._client.timeslots(
                request.care_unit_id,
                slot.start,
                slot.end,
                resource_id=slot.resource_id,
                service_id=slot.healthcare_service_id,
            )
        except LeyrError as error:
            return error.problem
        return None if slot in offered else Problem(Reason.SLOT_TAKEN)

    async def _alternatives(self, wish: _Wish, problem: Problem) -> tuple[Timeslot, ...]:
        """The three nearest free times, read anew, when the wished one is gone."""
        if wish.booking is None or problem.reason not in (Reason.SLOT_TAKEN, Reason.OWN_OVERLAP):
            return ()
        slot = wish.booking.timeslot
        day = slot.start.astimezone(self._store.snapshot.zone).date()
        offered = await self._availability.read_service_week(wish.booking.care_unit_id, day, slot.healthcare_service_id)
        return tuple(
            nearest(offered, slot.start, slot.healthcare_service_id, resource_id=slot.resource_id, now=self._clock())
        )

    def _read_column_again(self, intent: Intent) -> None:
        own = self._store.snapshot.appointments.get(intent.subject) if intent.subject else None
        if own is not None and self._client.capabilities.can(Action.READ_TIMESLOTS):
            day = own.start.astimezone(self._store.snapshot.zone).date()
            resource_id = own.timeslot.resource_id
            self._tasks.start(
                f"read:column:{day}:{resource_id}:{intent.id}", self._availability.load_column(day, resource_id)
            )

    def _capabilities_may_have_shrunk(self) -> None:
        if self._client.capabilities != self._store.snapshot.capabilities:
            self._store.apply(CapabilitiesKnown(self._client.capabilities))

    def _show(self, own: OwnAppointment) -> None:
        self._store.apply(AppointmentsChanged((own,)))

    def _tell(
        self,
        wish: _Wish,
        outcome: Outcome,
        own: OwnAppointment | None,
        problem: Problem | None = None,
        alternatives: tuple[Timeslot, ...] = (),
    ) -> None:
        if own is not None:
            self._show(own)
        self._store.apply(Told(Notice(wish.id, wish.verb, outcome, own, problem=problem, alternatives=alternatives)))


def _outcome_of(own: OwnAppointment) -> Outcome:
    waiting = own.standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)
    return Outcome.WAITING if waiting else Outcome.DONE

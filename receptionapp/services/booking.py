"""Booking, cancelling, entering a code, and what a person found out about an unknown outcome."""

from uuid import UUID, uuid4

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import BookRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerError, LedgerRefusal, problem_from_ledger_error
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.services.reconciliation import Reconciliation
from receptionapp.services.tasks import TaskBag
from receptionapp.services.writing import PreparedWrite, Writing


class Booking:
    """Writes appointments and tells every outcome through the store. `book_and_wait` and `cancel_and_wait` are steps of
    other use cases: they return the notice, or None for a second press."""

    def __init__(
        self, client: LeyrClient, ledger: Ledger, writing: Writing, reconciling: Reconciliation, tasks: TaskBag
    ) -> None:
        self._client = client
        self._ledger = ledger
        self._writing = writing
        self._reconciling = reconciling
        self._tasks = tasks

    def book(self, request: BookRequest) -> None:
        """Book; a second press for the same while one is under way does nothing. For another person or service at that
        time it is refused, with the reason. (The task's key may be logged, so it names nobody.)"""
        wished = hash((request.care_unit_id, request.timeslot, request.person.reference))
        self._tasks.start(f"write:book:{wished}", self._writing.run_and_notify(lambda: self.book_and_wait(request)))

    def cancel(self, appointment: OwnAppointment, reason: str) -> None:
        """Cancel; `reason` goes to the EHR as the comment (`leyr-api.md` 3.11) and into the ledger. Assumes
        MESSAGES_SENT and NO_CANCEL_RULES."""
        self._tasks.start(
            f"write:cancel:{appointment.key}",
            self._writing.run_and_notify(lambda: self.cancel_and_wait(uuid4(), appointment, reason)),
        )

    def confirm(self, appointment: OwnAppointment, code: str) -> None:
        """Send the patient's code for a booking or a cancellation that waits for one (`leyr-api.md` 4.3, 4.4)."""
        self._tasks.start(
            f"write:confirm:{appointment.key}",
            self._writing.run_and_notify(lambda: self._confirm_and_wait(appointment, code)),
        )

    def settle_by_hand(self, appointment: OwnAppointment, exists: bool) -> None:
        """A person has looked in the EHR and says whether an appointment is there: one of unknown outcome, or a booked
        one whose time Leyr offers as free. Nobody can say that it did not happen while the request may still arrive
        (`reconciliation.py`)."""
        self._tasks.start(f"write:settle:{appointment.key}", self._settle_by_hand(appointment, exists))

    async def book_and_wait(self, request: BookRequest, *, instead_of: UUID | None = None) -> WriteNotice | None:
        """Book, if the time is still offered. `instead_of` as in `Ledger.prepare_booking`."""
        slot, care_unit_id = request.timeslot, request.care_unit_id
        try:
            intent, own = await self._ledger.prepare_booking(
                care_unit_id, slot, request.person, request.comment or None, instead_of=instead_of
            )
        except (LedgerError, LedgerRefusal) as error:
            return await self._writing.refusal_notice(request.id, Verb.BOOK, error, None, (care_unit_id, slot))
        self._writing.show_message(own)
        write = PreparedWrite(
            request.id,
            intent,
            own,
            lambda late: self._client.book(care_unit_id, slot, request.person.reference, request.comment, on_late=late),
            self._ledger.settle_booked,
            (own.key,),
            care_unit_id,
            slot,
        )
        return await self._writing.send_if_offered(write)

    async def cancel_and_wait(self, wish: UUID, own: OwnAppointment, reason: str) -> WriteNotice | None:
        """Cancel. `wish` comes back with the notice."""
        handle = own.appointment_id
        if handle is None:
            problem = Problem(Reason.APPOINTMENT_NOT_FOUND)
            return WriteNotice(wish, Verb.CANCEL, Outcome.REFUSED, own, problem=problem)
        try:
            intent, cancelling = await self._ledger.prepare_cancel(own.key, reason or None)
        except (LedgerError, LedgerRefusal) as error:
            return await self._writing.refusal_notice(wish, Verb.CANCEL, error, own)
        self._writing.show_message(cancelling)
        write = PreparedWrite(
            wish,
            intent,
            cancelling,
            lambda late: self._client.cancel(own.care_unit_id, handle, reason, known=own.timeslot, on_late=late),
            self._ledger.settle_cancelled,
            (own.key,),
            own.care_unit_id,
        )
        return await self._writing.send_and_settle(write)

    async def _confirm_and_wait(self, own: OwnAppointment, code: str) -> WriteNotice | None:
        wish = uuid4()
        try:
            intent, handle = await self._ledger.prepare_confirm(own.key)
        except (LedgerError, LedgerRefusal) as error:
            return await self._writing.refusal_notice(wish, Verb.CONFIRM, error, own)
        write = PreparedWrite(
            wish,
            intent,
            await self._writing.read_current(own),
            lambda late: self._client.confirm(own.care_unit_id, handle, code, known=own.timeslot, on_late=late),
            self._ledger.settle_confirmed,
            (own.key,),
            own.care_unit_id,
        )
        return await self._writing.send_and_settle(write)

    async def _settle_by_hand(self, own: OwnAppointment, exists: bool) -> None:
        verb = Verb.BOOK if own.standing is Standing.BOOKING_UNKNOWN else Verb.CANCEL
        try:
            if _says_not_done(own, exists) and await self._reconciling.is_in_flight(own):
                too_early = Problem(Reason.ON_ITS_WAY)
                self._writing.notify(WriteNotice(uuid4(), verb, Outcome.UNKNOWN, own, problem=too_early))
                return
            settle = self._ledger.settle_by_hand if own.standing.unknown else self._ledger.settle_offered
            settled = await settle(own.key, exists)
        except LedgerError as error:
            self._writing.notify(
                WriteNotice(uuid4(), verb, Outcome.UNKNOWN, own, problem=problem_from_ledger_error(error))
            )
            return
        except LedgerRefusal:
            await self._tell_settled_meanwhile(own, verb)
            return
        await self._writing.show_other_half(settled)
        if not own.standing.unknown and exists:
            self._writing.confirm_seen(settled)
        outcome = Outcome.DONE if exists is (verb is Verb.BOOK) else Outcome.REFUSED
        self._writing.notify(WriteNotice(uuid4(), verb, outcome, settled, problem=Problem(Reason.SAID_BY_PERSON)))

    async def _tell_settled_meanwhile(self, own: OwnAppointment, verb: Verb) -> None:
        """Tell that another desk, or a late answer, settled it while this person was looking."""
        now = await self._writing.read_current(own)
        await self._writing.show_other_half(now)
        problem = Problem(Reason.SETTLED_MEANWHILE)
        self._writing.notify(WriteNotice(uuid4(), verb, _as_it_stands(now, verb), now, problem=problem))


def _as_it_stands(own: OwnAppointment, verb: Verb) -> Outcome:
    if own.standing.unknown or own.standing.under_way:
        return Outcome.UNKNOWN
    return Outcome.DONE if own.standing.takes_time is (verb is Verb.BOOK) else Outcome.REFUSED


def _says_not_done(own: OwnAppointment, exists: bool) -> bool:
    """Whether the person says that the unknown write did not happen."""
    return own.standing.unknown and exists is (own.standing is Standing.CANCELLING_UNKNOWN)

"""Moving an appointment, never cancelling first; and taking back the last booking, cancellation or move.

Where the EHR can, one request moves it. Elsewhere the new one is booked, and only when it surely stands is the old one
cancelled; should that fail, or a code be awaited, a task says that two stand until one is removed (`leyr-api.md` 5). A
new time that overlaps the old one is no obstacle of ours. Nothing moves on screen before Leyr has agreed
(`docs/decisions/0011-the-server-decides.md`).
"""

from dataclasses import replace
from uuid import uuid4

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import Action
from receptionapp.domain.intent import BookRequest, MoveRequest, Outcome, Undoable, Verb, WriteNotice
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerError, LedgerRefusal, problem_from_ledger_error
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.services.booking import Booking
from receptionapp.services.tasks import TaskBag
from receptionapp.services.writing import PreparedWrite, Writing
from receptionapp.store.book_store import BookStore


class Moving:
    """Every outcome is told through the store, as one notice about the move."""

    def __init__(self, client: LeyrClient, ledger: Ledger, booking: Booking, writing: Writing, tasks: TaskBag) -> None:
        self._client = client
        self._ledger = ledger
        self._booking = booking
        self._writing = writing
        self._tasks = tasks

    def move(self, request: MoveRequest) -> None:
        """Move; a second press for the same appointment while one is under way does nothing."""
        self._tasks.start(
            f"write:move:{request.appointment.key}", self._writing.run_and_notify(lambda: self.move_and_wait(request))
        )

    def confirm_removed(self, appointment: OwnAppointment) -> None:
        """A person has removed the old one of two in the EHR."""
        self._tasks.start(
            f"write:settle:{appointment.key}", self._writing.run_and_notify(lambda: self._settle_removed(appointment))
        )

    async def move_and_wait(self, request: MoveRequest) -> WriteNotice | None:
        """Move, and return what became of it; None for a second press."""
        same_service = request.timeslot.healthcare_service_id == request.appointment.timeslot.healthcare_service_id
        if same_service and self._client.capabilities.can(Action.MOVE):
            notice = await self._update(request)
            if not _turned_out_impossible(notice):
                return notice
        return await self._book_then_cancel(request)

    async def _update(self, request: MoveRequest) -> WriteNotice | None:
        own, slot = request.appointment, request.timeslot
        handle = own.appointment_id
        if handle is None:
            problem = Problem(Reason.APPOINTMENT_NOT_FOUND)
            return WriteNotice(request.id, Verb.MOVE, Outcome.REFUSED, own, problem=problem, old=own)
        try:
            intent, old, new = await self._ledger.prepare_move(own.key, slot)
        except (LedgerError, LedgerRefusal) as error:
            return await self._writing.refusal_notice(request.id, Verb.MOVE, error, own, (own.care_unit_id, slot))
        self._writing.show_message(old, new)
        resource_id = None if slot.resource_id == own.timeslot.resource_id else slot.resource_id
        write = PreparedWrite(
            request.id,
            intent,
            new,
            lambda late: self._client.update(
                own.care_unit_id,
                handle,
                times=(slot.start, slot.end),
                resource_id=resource_id,
                known=slot,
                on_late=late,
            ),
            self._ledger.settle_moved,
            (new.key, old.key),
            own.care_unit_id,
            slot,
        )
        if _overlaps_itself(own, slot):
            return await self._writing.send_and_settle(write)
        return await self._writing.send_if_offered(write)

    async def _book_then_cancel(self, request: MoveRequest) -> WriteNotice | None:
        old = request.appointment
        booking = BookRequest(old.care_unit_id, request.timeslot, old.person, old.comment or "", request.id)
        booked = await self._booking.book_and_wait(booking, instead_of=old.key)
        if booked is None:
            return None
        booked = replace(booked, verb=Verb.MOVE, old=await self._writing.read_current(old))
        if booked.outcome is Outcome.REFUSED:
            if booked.appointment is not None:
                self._writing.show_message(
                    booked.appointment
                )  # the notice is about the old one, which stands as before
            return replace(booked, appointment=booked.old)
        if booked.outcome is not Outcome.DONE:
            return booked
        if booked.appointment is None or booked.appointment.standing is not Standing.BOOKED:
            return replace(booked, outcome=Outcome.HALF_DONE)  # a status that nobody knows: the old one stays
        cancelled = await self._booking.cancel_and_wait(uuid4(), old, request.reason)
        left = await self._writing.read_current(old)
        outcome = Outcome.HALF_DONE if left.standing.takes_time else Outcome.DONE
        return replace(booked, outcome=outcome, problem=cancelled.problem if cancelled else None, old=left)

    async def _settle_removed(self, appointment: OwnAppointment) -> WriteNotice:
        wish = uuid4()
        try:
            gone = await self._ledger.settle_removed(appointment.key)
        except LedgerError as error:
            return WriteNotice(
                wish, Verb.CANCEL, Outcome.UNKNOWN, appointment, problem=problem_from_ledger_error(error)
            )
        except LedgerRefusal:
            now = await self._writing.read_current(appointment)
            outcome = Outcome.UNKNOWN if now.standing.takes_time else Outcome.DONE
            return WriteNotice(wish, Verb.CANCEL, outcome, now, problem=Problem(Reason.SETTLED_MEANWHILE))
        return WriteNotice(wish, Verb.CANCEL, Outcome.DONE, gone, problem=Problem(Reason.SAID_BY_PERSON))


def _turned_out_impossible(notice: WriteNotice | None) -> bool:
    """The EHR answered that it can't; nothing was changed, and there is the other way."""
    return notice is not None and notice.problem is not None and notice.problem.reason is Reason.NOT_SUPPORTED


def _overlaps_itself(own: OwnAppointment, slot: Timeslot) -> bool:
    return own.timeslot.resource_id == slot.resource_id and slot.overlaps(own.start, own.end)


class Undo:
    """Takes back what `Snapshot.undoable` names."""

    def __init__(self, store: BookStore, booking: Booking, moving: Moving, writing: Writing, tasks: TaskBag) -> None:
        self._store = store
        self._booking = booking
        self._moving = moving
        self._writing = writing
        self._tasks = tasks

    def undo(self, reason: str) -> None:
        """Undo the last outcome; nothing if there is none, or if it is being undone. `reason` is the comment of a
        cancellation that this takes."""
        last = self._store.snapshot.undoable
        if last is not None:
            self._tasks.start("write:undo", self._writing.run_and_notify(lambda: self._undo_and_wait(last, reason)))

    async def _undo_and_wait(self, last: Undoable, reason: str) -> WriteNotice | None:
        notice = await self._take_back(last, reason)
        return notice and replace(notice, undo=True)

    async def _take_back(self, last: Undoable, reason: str) -> WriteNotice | None:
        own = last.appointment
        if last.verb is Verb.MOVE and last.old is not None:
            return await self._moving.move_and_wait(MoveRequest(own, last.old.timeslot, reason))
        if last.verb is Verb.CANCEL:
            again = await self._booking.book_and_wait(
                BookRequest(own.care_unit_id, own.timeslot, own.person, own.comment or "")
            )
            return again and replace(again, appointment=again.appointment or own)
        return await self._booking.cancel_and_wait(uuid4(), own, reason)

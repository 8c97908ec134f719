"""Undo: the last booking, cancellation or move taken back, each as a new wish of its own that is checked like any.

Nothing is rolled back and nothing moves on screen before Leyr has agreed: the old time may be gone meanwhile, and
then the notice says so (`peers.md` 4, point 8).
"""

from dataclasses import replace
from uuid import uuid4

from receptionapp.domain.intent import Verb
from receptionapp.domain.outcome import Notice, Undoable
from receptionapp.domain.write_request import BookRequest, MoveRequest
from receptionapp.services.booking import Booking
from receptionapp.services.moving import Moving
from receptionapp.services.tasks import TaskBag
from receptionapp.services.writing import Writing
from receptionapp.store.book_store import BookStore


class Undoing:
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
            self._tasks.start("write:undo", self._writing.told(lambda: self._undone(last, reason)))

    async def _undone(self, last: Undoable, reason: str) -> Notice | None:
        notice = await self._take_back(last, reason)
        return notice and replace(notice, undo=True)

    async def _take_back(self, last: Undoable, reason: str) -> Notice | None:
        own = last.appointment
        if last.verb is Verb.MOVE and last.old is not None:
            return await self._moving.moved(MoveRequest(own, last.old.timeslot, reason))
        if last.verb is Verb.CANCEL:
            again = await self._booking.booked(
                BookRequest(own.care_unit_id, own.timeslot, own.person, own.comment or "")
            )
            return again and replace(again, appointment=again.appointment or own)
        return await self._booking.cancelled(uuid4(), own, reason)

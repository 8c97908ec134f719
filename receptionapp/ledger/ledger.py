"""The durable record as services use it: every call is one transaction on the ledger's thread, synced when it returns.

Any call may raise LedgerError, NotInLedger for an id that is not there, and WrongStage.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from receptionapp.domain.appointment import Appointment, OwnAppointment, SlotHold, Timeslot
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.domain.intent import Intent
from receptionapp.domain.open_task import OpenTask
from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import SearchTerm
from receptionapp.domain.problem import Problem
from receptionapp.ledger import (
    appointments,
    audit,
    connections,
    entry,
    late_answers,
    people,
    personal_data,
    position,
    transitions,
)
from receptionapp.ledger import entry as sharing
from receptionapp.ledger import people as people_search
from receptionapp.ledger.connections import Admission
from receptionapp.ledger.database import Database, LedgerLocation
from receptionapp.ledger.entry import Entry, Writer
from receptionapp.ledger.errors import LedgerError, LedgerFault, OverlapsOwn
from receptionapp.ledger.overlap import is_overlap
from receptionapp.ledger.position import LedgerPosition
from receptionapp.ledger.verification import LedgerStatistics
from receptionapp.ledger.verification import read_statistics as read_figures
from receptionapp.ledger.week_cache import WeekCache

T = TypeVar("T")

RETRY_DELAYS = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 5.0)
"""Seconds between attempts to reach the server of a shared ledger again, for a write that must not be lost."""


class Ledger:
    """One EHR's share of an open ledger, written in the name of `writer`; `now` gives the UTC times it notes."""

    def __init__(self, database: Database, writer: Writer, now: Callable[[], datetime]) -> None:
        self._database = database
        self._writer = writer
        self._weeks = WeekCache(writer.emr)
        self._now = now
        self._turn = asyncio.Lock()
        self._writes = set[asyncio.Task[Any]]()
        self._closes = False

    @classmethod
    async def open(cls, place: LedgerLocation, writer: Writer, now: Callable[[], datetime]) -> Self:
        """Open or create the ledger. Raises LedgerError. A damaged file is moved aside and a new one begun
        (`moved_aside`)."""
        return cls(await Database.open(place), writer, now)

    async def claim(self, identity: ConnectionIdentity, by: Admission = Admission.NONE) -> None:
        """Call once at start: only the connections of this ledger may use it, or the first one that does. Raises
        OtherConnection."""
        if identity.key not in connections.keys_of(await self.read(connections.read_connections)):
            await self._write(lambda e: connections.admit(e, identity, by))

    @property
    def writer(self) -> Writer:
        """In whose name it is written now."""
        return self._writer

    def set_desk_id(self, desk_id: UUID) -> None:
        """Use this desk id from now on. Earlier calls keep the id they were made with."""
        self._writer = replace(self._writer, desk_id=desk_id)

    def set_user(self, user: str) -> None:
        """Write in the name of this user from now on. Earlier calls keep the name they were made with."""
        self._writer = replace(self._writer, user=user)

    @property
    def moved_aside(self) -> Path | None:
        """Where the damaged file was moved when a new ledger was begun; None if there was no damage."""
        return self._database.moved_aside

    async def close(self) -> None:
        """Waits for what was asked for before."""
        self._closes = True
        if self._writes:
            await asyncio.wait(self._writes)
        await self._database.close()

    # What is about to be asked of Leyr. Nothing may be sent before the intent is returned and marked as sent.

    async def prepare_booking(
        self,
        care_unit_id: str,
        timeslot: Timeslot,
        person: Person,
        comment: str | None = None,
        *,
        instead_of: UUID | None = None,
    ) -> tuple[Intent, OwnAppointment]:
        """Standing SENDING from now on. `instead_of` is the booked appointment that is moved by this; it is linked to
        the new one, is not in its way, and stays. Raises OverlapsOwn (also on a second press), AlreadyUnderWay,
        BeingMoved, WrongStanding."""
        return await self._wish(
            timeslot, lambda e: transitions.prepare_booking(e, care_unit_id, timeslot, person, comment, instead_of)
        )

    async def prepare_move(self, key: UUID, timeslot: Timeslot) -> tuple[Intent, OwnAppointment, OwnAppointment]:
        """To be moved by one request. The old one is CANCELLING from now on, a new one at `timeslot` SENDING: both
        times are taken until it is known which one is. Raises OverlapsOwn, AlreadyUnderWay, BeingMoved,
        WrongStanding."""
        return await self._wish(timeslot, lambda e: transitions.prepare_move(e, key, timeslot))

    async def prepare_cancel(self, key: UUID, reason: str | None = None) -> tuple[Intent, OwnAppointment]:
        """Standing CANCELLING from now on. Raises AlreadyUnderWay, WrongStanding; BeingMoved while it is not certain
        that the one which takes its place is booked, for nothing is cancelled first."""
        return await self._write(lambda e: transitions.prepare_cancel(e, key, reason))

    async def prepare_confirm(self, key: UUID) -> tuple[Intent, str]:
        """With the id to which the code must be sent: a cancellation's own, if one awaits its code
        (`leyr-api.md` 4.4). The standing stays. Raises AlreadyUnderWay, WrongStanding."""
        return await self._write(lambda e: transitions.prepare_confirm(e, key))

    async def prepare_patient(self) -> Intent:
        """Never refused: two may be under way, for two patients, and Leyr returns one that exists already."""
        return await self._write(transitions.prepare_patient)

    async def mark_sent(self, intent_id: UUID) -> Intent:
        return await self._write(lambda e: transitions.mark_sent(e, intent_id))

    # What became of it. From SENT at once, or from UNKNOWN when a late answer or a person settles it.

    async def settle_booked(self, intent_id: UUID, answer: Appointment) -> OwnAppointment:
        """It stands as Leyr's status says, at Leyr's time. Raises IdInUse; the outcome is unknown then."""
        return await self._settle(lambda e: transitions.settle_booked(e, intent_id, answer))

    async def settle_cancelled(self, intent_id: UUID, answer: Appointment) -> OwnAppointment:
        """Cancelled; or, where Leyr wants a code, CANCEL_AWAITING_CODE with the new id kept beside the old one."""
        return await self._settle(lambda e: transitions.settle_cancelled(e, intent_id, answer))

    async def settle_confirmed(self, intent_id: UUID, answer: Appointment) -> OwnAppointment:
        """The code was accepted, for the booking or for the cancellation. Raises IdInUse."""
        return await self._settle(lambda e: transitions.settle_confirmed(e, intent_id, answer))

    async def settle_moved(self, intent_id: UUID, answer: Appointment) -> tuple[OwnAppointment, OwnAppointment]:
        """The old one, cancelled, and the new one with the id that came back (`leyr-api.md` 5). Raises IdInUse."""
        return await self._settle(lambda e: transitions.settle_moved(e, intent_id, answer))

    async def settle_removed(self, key: UUID) -> OwnAppointment:
        """A person has removed the old one of a move in the EHR. Raises WrongStanding when no other is in its place,
        and AlreadyUnderWay while a wish about it is open."""
        return await self._write(lambda e: transitions.settle_removed(e, key))

    async def settle_gone(self, intent_id: UUID, problem: Problem) -> OwnAppointment:
        """The EHR does not have any more what was to be cancelled: it stands as cancelled, and `problem` says why."""
        return await self._settle(lambda e: transitions.settle_gone(e, intent_id, problem))

    async def settle_offered(self, key: UUID, exists: bool) -> OwnAppointment:
        """A person has looked in the EHR, since Leyr offers the time of a booked appointment as free: it is still
        there, or it is gone and stands as cancelled. Raises WrongStanding when it is not booked, AlreadyUnderWay."""
        return await self._write(lambda e: late_answers.settle_offered(e, key, exists))

    async def apply_late_answer(self, intent_id: UUID, answer: Appointment) -> tuple[OwnAppointment, ...]:
        """Write a late answer of Leyr's to an intent that was settled without it. The appointment then stands as the
        answer says; for a move, both appointments do. Raises AlreadyUnderWay, WrongStanding, OverlapsOwn, IdInUse: more
        has happened since."""
        return await self._settle(lambda e: late_answers.apply_late_answer(e, intent_id, answer))

    async def restore_wish(self, intent: Intent, rows: Sequence[OwnAppointment]) -> None:
        """Write again what is missing of a wish that was sent, from what this desk knows of it. `rows` are what it is
        about, of a move the new one first."""
        await self._settle(lambda e: late_answers.restore_wish(e, intent, rows))

    async def settle_patient(self, intent_id: UUID, person: Person) -> Intent:
        """Created or found; remembered."""
        return await self._settle(lambda e: transitions.settle_patient(e, intent_id, person))

    async def settle_refused(self, intent_id: UUID, problem: Problem) -> OwnAppointment | None:
        """It surely did not happen: a booking never was, anything else stands as before. From PREPARED too.
        None for a patient's creation."""
        return await self._settle(lambda e: transitions.settle_refused(e, intent_id, problem))

    async def settle_unknown(self, intent_id: UUID, problem: Problem) -> OwnAppointment | None:
        """No answer that can be read came after sending. None for a patient's creation."""
        return await self._settle(lambda e: transitions.settle_unknown(e, intent_id, problem))

    async def settle_by_hand(self, key: UUID, exists: bool) -> OwnAppointment:
        """A person has looked in the EHR: the appointment of unknown outcome is there, or it is not. One found booked
        has no id, so Leyr can't cancel it. Raises WrongStanding when its outcome is not unknown."""
        return await self._write(lambda e: transitions.settle_by_hand(e, key, exists))

    async def recover(self) -> tuple[Intent, ...]:
        """Call once at start, before anything is prepared, and when a shared ledger is back and nothing is under way:
        intents that were left PREPARED are refused, those left SENT are unknown, of whatever EHR. Where several desks
        share the ledger, only this desk's. Returns these, as they are now."""
        return await self._write(transitions.recover)

    async def take_over(self) -> tuple[Intent, ...]:
        """The same with what other desks left that are not connected any more, after `sharing.ABANDONED_AFTER`."""
        return await self._write(transitions.take_over)

    # Reading.

    async def appointments(self, care_unit_id: str, start: datetime, end: datetime) -> tuple[OwnAppointment, ...]:
        """All that share time with `start` (included) to `end` (excluded), in order of start, of any standing."""
        return await self._database.run(lambda connection: self._weeks.between(connection, care_unit_id, start, end))

    async def history(self, person: Person) -> tuple[OwnAppointment, ...]:
        """All of this person's, of any care unit and standing, the latest first."""
        return await self._database.run(lambda c: appointments.history(c, self._writer.emr, person.reference))

    async def appointment(self, key: UUID) -> OwnAppointment:
        return await self._database.run(lambda connection: appointments.get(connection, key))

    async def open_tasks(self) -> tuple[OpenTask, ...]:
        """Every appointment whose outcome is unknown, that awaits a code, or that a move left standing beside the new
        one, in order of start. An unknown creation of a patient is none: asking again is harmless, and there is
        nothing to tell the caller."""
        return await self._database.run(lambda connection: transitions.open_tasks(connection, self._writer.emr))

    async def statistics(self) -> LedgerStatistics:
        """For support: kind, size, and how many of what."""
        return await self._database.run(read_figures)

    async def knows_anybody(self) -> bool:
        """Whether any person was ever remembered."""
        return await self._database.run(lambda connection: people.knows_anybody(connection, self._writer.emr))

    async def known_people(self, references: Collection[str]) -> tuple[Person, ...]:
        """Of the persons with these typed ids those who were remembered and not wiped since, in the order of the
        ids."""
        return await self._database.run(lambda connection: people.find_known(connection, self._writer.emr, references))

    async def remember_person(self, person: Person) -> None:
        await self._write(lambda e: people.remember(e, person))

    async def remember_people(self, persons: Iterable[Person]) -> None:
        """All of them in one transaction."""
        await self._write(lambda e: [people.remember(e, person) for person in persons])

    async def wipe_old(self, since: datetime, limit: int = 20) -> int:
        """Wipe the details of at most `limit` persons, of whatever EHR, who were neither handled nor had an
        appointment after `since`, and about whom nothing is open. How many they were; 0 writes nothing."""
        if not await self.read(lambda connection: personal_data.find_due(connection, since, 1)):
            return 0
        return await self._write(lambda e: personal_data.wipe_due(e, since, limit))

    async def wipe_person(self, reference: str) -> None:
        """Wipe one person's details now. Raises NotInLedger, and StillNeeded while an appointment is to come or
        something about one is open. `truncate_log` then takes it out of the log."""
        await self._write(lambda e: personal_data.wipe_person(e, reference))

    async def truncate_log(self) -> None:
        """Let no log keep what was wiped."""
        await self._database.truncate_log()

    async def find_people(self, terms: Sequence[SearchTerm], limit: int = 50) -> tuple[Person, ...]:
        """Whom every term of a search fits, the likeliest and latest handled first."""
        return await self._database.run(lambda c: people_search.find_people(c, self._writer.emr, terms, limit))

    async def find_similar_people(self, new: Person) -> tuple[Person, ...]:
        """Who may be the very person that is about to be registered; its `reference` does not matter."""
        return await self._database.run(lambda c: people_search.find_similar_people(c, self._writer.emr, new))

    # What desks that share a ledger tell each other.

    async def read_changes_after(
        self, after: LedgerPosition, most: int
    ) -> tuple[LedgerPosition, tuple[OwnAppointment, ...] | None]:
        """How far it is written now, and at most `most` appointments that changed after `after`, the latest first; None
        if the ledger does not go on from there, since a server was put back from a copy."""

        def read(connection: Connection) -> tuple[LedgerPosition, tuple[OwnAppointment, ...] | None]:
            now = position.current_position(connection)
            if not position.continues_from(connection, after):
                return now, None
            return now, appointments.changed_after(connection, self._writer.emr, after.revision, most)

        return await self.read(read)

    async def hold_timeslot(self, care_unit_id: str, timeslot: Timeslot) -> None:
        """Tell the others that somebody here works on that time; lasts `sharing.HOLD_LASTS`."""
        writer = self._writer
        await self.read(lambda c: sharing.hold_timeslot(c, writer, care_unit_id, timeslot))

    async def release_hold(self) -> None:
        await self.read(lambda c: sharing.release_hold(c, self._writer))

    async def holds_of_others(self) -> tuple[SlotHold, ...]:
        """What the other desks work on."""
        return await self.read(lambda c: sharing.holds_of_others(c, self._writer))

    # Users and the record of who did what have functions of their own in `users.py` and `audit.py`.

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction."""
        return await self._database.run(work)

    async def write(self, work: Callable[[Entry], T]) -> T:
        """Do `work` in one transaction, in the name of whoever is at the desk now. Where the server was lost while it
        committed it is asked afterwards; COMMIT_UNKNOWN is raised only when it does not come back for a while."""
        writer = self._writer
        if writer.desk_id is None:
            return await self._database.run(lambda c: _carry_out(work, entry.begin(c, writer, self._now())))
        writing = asyncio.create_task(self._write_in_turn(writer, writer.desk_id, work), name="ledger write")
        self._writes.add(writing)
        writing.add_done_callback(self._writes.discard)
        return await asyncio.shield(writing)

    async def _write_in_turn(self, writer: Writer, desk_id: UUID, work: Callable[[Entry], T]) -> T:
        """The server tells of a desk's latest write only, so none is begun before it is known what became of the one
        before."""
        write_id, made = uuid4(), list[T]()

        def whole(connection: Connection) -> T:
            made.append(_carry_out(work, entry.begin(connection, writer, self._now(), write_id)))
            return made[-1]

        async with self._turn:
            try:
                return await self._database.run(whole)
            except LedgerError as error:
                if error.fault is not LedgerFault.COMMIT_UNKNOWN:
                    raise
            if not await self._was_committed(desk_id, write_id):
                raise LedgerError(LedgerFault.SERVER_GONE)
            return made[-1]

    async def _write(self, work: Callable[[Entry], T]) -> T:
        return await self.write(work)

    async def _wish(self, timeslot: Timeslot, work: Callable[[Entry], T]) -> T:
        """Write something at that time. The database's own rule decides whether the time is free."""
        try:
            return await self.write(work)
        except IntegrityError as error:
            if not is_overlap(error):
                raise
        taken = await self.read(lambda c: appointments.find_taking(c, self._writer.emr, None, timeslot))
        if taken is None:  # cancelled in this moment
            raise LedgerError(LedgerFault.LOCKED)
        raise OverlapsOwn(taken)

    async def _settle(self, work: Callable[[Entry], T]) -> T:
        """Leyr has answered, and that is not to be lost because the server of a shared ledger is being restarted, or
        because others are writing."""
        for wait in RETRY_DELAYS:
            try:
                return await self.write(work)
            except LedgerError as error:
                if error.fault not in (LedgerFault.SERVER_GONE, LedgerFault.LOCKED):
                    raise
            await asyncio.sleep(wait)
        return await self.write(work)

    async def _was_committed(self, desk_id: UUID, write_id: UUID) -> bool:
        """Raises LedgerError(COMMIT_UNKNOWN) when the server can't be asked."""
        for wait in RETRY_DELAYS:
            with suppress(LedgerError):
                return await self.read(lambda connection: sharing.was_committed(connection, desk_id, write_id))
            if self._closes:
                break
            await asyncio.sleep(wait)
        raise LedgerError(LedgerFault.COMMIT_UNKNOWN)


def _carry_out(work: Callable[[Entry], T], begun: Entry) -> T:
    done = work(begun)
    audit.write_lines(begun)
    return done

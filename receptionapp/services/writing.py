"""How every write of an appointment is carried out: written down, sent once, settled, whatever comes back and when
(`docs/decisions/0005-ledger-before-screen.md`, `0006-nothing-is-sent-twice.md`)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from itertools import chain, count, repeat
from uuid import UUID

from receptionapp.domain.appointment import Appointment, OwnAppointment, Timeslot, standing_from_status
from receptionapp.domain.intent import Intent, Outcome, Verb, WriteNotice, outcome_of
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import (
    AlreadyUnderWay,
    LedgerError,
    LedgerFault,
    LedgerRefusal,
    NotInLedger,
    WrongStage,
    problem_from_ledger_error,
)
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import AnsweredOtherwise, LeyrError, Unexpected
from receptionapp.services.availability import Availability
from receptionapp.services.evidence import KnownIds, check_answer
from receptionapp.services.reconciliation import Reconciliation
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, CapabilitiesKnown, ConfirmedInEhr, UserNotified

_log = logging.getLogger(__name__)

OnLateAnswer = Callable[[Appointment | LeyrError], None]

FIRST_WAITS = (1.0, 2.0, 5.0, 15.0)
THEN_EVERY = 30.0
"""Seconds before each new try to write down what the disk or the server did not take."""


_wished_by: ContextVar[str] = ContextVar("wished_by")
"""The user whose wish a task carries out. What the task starts has it too, so an answer that comes after a switch of
user is still told as theirs."""


@dataclass(frozen=True, slots=True)
class PreparedWrite:
    """One write that is in the ledger and not yet sent. `request_id` is the id that comes back with the notice. `own`
    is what is asked for, as it stood then, of a move the new one. `send` asks Leyr, `settle` writes its answer down.
    `appointment_keys` are the keys of what it changes, of a move the new one first."""

    request_id: UUID
    intent: Intent
    own: OwnAppointment
    send: Callable[[OnLateAnswer], Awaitable[Appointment]]
    settle: Callable[[UUID, Appointment], Awaitable[object]]
    appointment_keys: tuple[UUID, ...]
    care_unit_id: str
    timeslot: Timeslot | None = None


class Writing:
    """Carries writes out. What became of one is returned; only an answer that came too late for that is told."""

    def __init__(
        self,
        client: LeyrClient,
        ledger: Ledger,
        store: BookStore,
        availability: Availability,
        reconciling: Reconciliation,
        tasks: TaskBag,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`sleep` waits between tries to write something down, in seconds."""
        self._client = client
        self._ledger = ledger
        self._store = store
        self._availability = availability
        self._reconciling = reconciling
        self._tasks = tasks
        self._sleep = sleep
        self._unknown: list[UUID] = []
        self._carried: set[UUID] = set()  # this desk's intents, whose outcome it tells
        self._numbers = count(1)

    async def send_and_settle(self, write: PreparedWrite) -> WriteNotice:
        """Send it and settle it. What can't be marked as sent is not sent."""
        self._carried.add(write.intent.id)
        try:
            await self._ledger.mark_sent(write.intent.id)
        except (LedgerError, LedgerRefusal) as error:  # another desk took this one for gone, and settled the wish
            problem = problem_from_ledger_error(error)
            if problem.reason is not Reason.LEDGER_OUT_OF_REACH:
                return await self.refuse(write, problem)
            self._keep_trying(write, LeyrError(problem))  # told at once: to reach a lost server may take long
            return await self._settle_refused(write, problem, read=False)
        try:
            answer = await self._check_answer(write, await write.send(lambda late: self._hear_late(write, late)))
        except LeyrError as error:
            answer = error
        except Exception as error:  # it may have been sent
            _log.error("a write ended in %s", type(error).__name__)
            answer = Unexpected()
        try:
            return await self._settle(write, answer)
        except WrongStage:  # another desk thought that this one was gone and closed the intent; the answer is right
            await self._compare(write, answer)
            if not isinstance(answer, LeyrError):
                return await self._make_notice(write, Outcome.DONE, Problem(Reason.SAID_OTHERWISE))
            outcome = Outcome.UNKNOWN if answer.may_have_happened else Outcome.REFUSED
            return await self._make_notice(write, outcome, answer.problem)

    async def send_if_offered(self, write: PreparedWrite) -> WriteNotice:
        """Ask for the wished timeslot again first, since slots go stale (`leyr-api.md` 7)."""
        self._carried.add(write.intent.id)
        try:
            offered = write.timeslot is None or await self._availability.offers(write.care_unit_id, write.timeslot)
        except LeyrError as error:
            return await self.refuse(write, error.problem)
        return await self.send_and_settle(write) if offered else await self.refuse(write, Problem(Reason.SLOT_TAKEN))

    async def refuse(self, write: PreparedWrite, problem: Problem) -> WriteNotice:
        """It surely did not happen."""
        with suppress(WrongStage):  # another desk has closed it already
            return await self._settle(write, LeyrError(problem))
        return await self._settle_refused(write, problem)

    async def _settle_refused(self, write: PreparedWrite, problem: Problem, *, read: bool = True) -> WriteNotice:
        notice = await self._make_notice(write, Outcome.REFUSED, problem, read=read)
        self._read_columns_again(write)
        return notice

    async def refusal_notice(
        self,
        wish: UUID,
        verb: Verb,
        error: LedgerError | LedgerRefusal,
        own: OwnAppointment | None,
        wished: tuple[str, Timeslot] | None = None,
    ) -> WriteNotice | None:
        """The notice for a write that the ledger refused, so nothing was sent. None for a second press here, since the
        first one will show what happened; another desk's wish is told. `wished` is care unit and time."""
        if isinstance(error, AlreadyUnderWay) and error.intent.id in self._carried:
            return None
        problem = problem_from_ledger_error(error)
        if own is not None and isinstance(error, LedgerRefusal):
            own = await self.read_current(own)  # never taken from when the form was opened
        nearest = () if wished is None else await self._find_nearest(problem, *wished)
        return WriteNotice(wish, verb, Outcome.REFUSED, own, problem=problem, alternatives=nearest)

    def run_and_notify(self, step: Callable[[], Awaitable[WriteNotice | None]]) -> Coroutine[None, None, None]:
        """Take a step and tell what became of it: a whole use case, as a task, in the name of who is here now. The step
        is begun only there, since a second press starts no task."""
        return self._told(self._ledger.writer.user, step)

    async def _told(self, user: str, step: Callable[[], Awaitable[WriteNotice | None]]) -> None:
        _wished_by.set(user)
        self.notify(await step())

    async def read_current(self, own: OwnAppointment) -> OwnAppointment:
        """The appointment as it is written now."""
        return next(iter(await self._read_written((own.key,))), own)

    async def show_other_half(self, own: OwnAppointment) -> None:
        """Of a move, whatever was settled about one settles the other."""
        known = self._store.snapshot.appointments.values()
        halves = {own.replaced_by} | {other.key for other in known if other.replaced_by == own.key}
        self.show_message(*await self._read_written([key for key in halves if key is not None]))

    def show_message(self, *appointments: OwnAppointment) -> None:
        self._store.apply(AppointmentsChanged(appointments))

    def confirm_seen(self, own: OwnAppointment) -> None:
        """Somebody has seen it in the EHR: that Leyr offers its time is no reason to ask again in this run."""
        self._store.apply(ConfirmedInEhr(own.key))

    def notify(self, notice: WriteNotice | None) -> None:
        """Show how it stands and say what happened, in this order. What is not known is looked into from then on, and
        not before, so that what a look finds is the last word on screen."""
        if notice is None:
            return
        rows = [own for own in (notice.old, notice.appointment) if own is not None]
        if rows:
            self.show_message(*rows)
        self._store.apply(UserNotified(replace(notice, by=_wished_by.get(self._ledger.writer.user))))
        while self._unknown:
            self._reconciling.follow(self._unknown.pop())

    def _hear_late(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        """An answer after we had given up waiting settles the unknown outcome after all."""
        self._tasks.start(f"write:late:{write.intent.id}", self._settle_late(write, answer))

    async def _settle_late(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        answer = await self._check_answer(write, answer)
        if isinstance(answer, LeyrError) and answer.may_have_happened:
            return
        try:
            self.notify(await self._settle(write, answer))
        except WrongStage:
            await self._compare(write, answer)

    async def _compare(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        try:
            await self._apply_late_answer(write, answer)
        except LedgerError:
            self._keep_trying(write, answer)

    async def _apply_late_answer(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        """A person, or the EHR's list, settled it before this answer came. The answer is right. The user is told only
        if it contradicts what was said; otherwise it just adds the id that is needed for cancelling. Raises
        LedgerError."""
        before = await self._read_written(write.appointment_keys)
        if isinstance(answer, LeyrError):
            if _contradicts(write, answer, before):
                self.notify(await self._make_notice(write, Outcome.UNKNOWN, Problem(Reason.SAID_OTHERWISE)))
            return
        agrees = bool(before) and before[0].standing is standing_from_status(answer.status)
        try:
            heard = await self._ledger.apply_late_answer(write.intent.id, answer)
        except LedgerRefusal:
            if not agrees:
                self.notify(await self._make_notice(write, Outcome.UNKNOWN, Problem(Reason.SAID_OTHERWISE)))
            return
        self.show_message(*heard)
        if not agrees:
            self.notify(await self._make_notice(write, Outcome.DONE, Problem(Reason.SAID_OTHERWISE)))
        self._read_columns_again(write)

    async def _settle(self, write: PreparedWrite, answer: Appointment | LeyrError) -> WriteNotice:
        """Raises WrongStage when it is settled already, which only a late answer can find."""
        try:
            notice = await self._write_answer(write, answer)
        except WrongStage:
            raise
        except LedgerRefusal:
            notice = await self._note_answer_not_written(write, AnsweredOtherwise().problem)
        except LedgerError:
            self._keep_trying(write, answer)
            if isinstance(answer, LeyrError) and _is_refusal(write, answer):
                notice = await self._make_notice(write, Outcome.REFUSED, answer.problem)
            else:
                notice = await self._note_answer_not_written(write, Problem(Reason.NOT_WRITTEN_YET))
        self._capabilities_may_have_shrunk()
        self._read_columns_again(write)
        return notice

    async def _write_answer(self, write: PreparedWrite, answer: Appointment | LeyrError) -> WriteNotice:
        """Write it down, of a wish that the ledger has lost (a server that failed over loses its last second) the wish
        again first. Raises LedgerError, whatever went wrong, and LedgerRefusal."""
        try:
            try:
                return await self._record_answer(write, answer)
            except NotInLedger:
                known = {write.own.key: write.own, **self._store.snapshot.appointments}
                await self._ledger.restore_wish(
                    write.intent, [known[key] for key in write.appointment_keys if key in known]
                )
                return await self._record_answer(write, answer)
        except (LedgerError, LedgerRefusal):
            raise
        except Exception as error:
            _log.error("what became of a write could not be written: %s", type(error).__name__)
            raise LedgerError(LedgerFault.UNEXPECTED) from error

    async def _record_answer(self, write: PreparedWrite, answer: Appointment | LeyrError) -> WriteNotice:
        if not isinstance(answer, LeyrError):
            await write.settle(write.intent.id, answer)
            return await self._make_notice(write, Outcome.DONE)
        if _is_gone(write, answer):
            await self._ledger.settle_gone(write.intent.id, answer.problem)
            return await self._make_notice(write, Outcome.DONE, answer.problem)
        if answer.may_have_happened:
            await self._ledger.settle_unknown(write.intent.id, answer.problem)
            self._unknown.append(write.intent.id)
            return await self._make_notice(write, Outcome.UNKNOWN, answer.problem)
        await self._ledger.settle_refused(write.intent.id, answer.problem)
        return await self._make_notice(write, Outcome.REFUSED, answer.problem)

    def _keep_trying(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        """Several may run at once: a late answer can come while "no answer" is still waiting to be written."""
        name = f"keep:answer:{write.intent.id}:{next(self._numbers)}"
        self._tasks.start(name, self._write_when_possible(write, answer))

    async def _write_when_possible(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        """The id in an answer is the only handle on the appointment, and no wish may stay open because the disk was
        full for a while: it is tried for as long as the program runs. A restart would make it unknown."""
        for wait in chain(FIRST_WAITS, repeat(THEN_EVERY)):
            try:
                await self._sleep(wait)
            finally:  # also when the program is closed meanwhile: the record is closed last
                is_written = await self._is_written_now(write, answer)
            if is_written:
                return

    async def _is_written_now(self, write: PreparedWrite, answer: Appointment | LeyrError) -> bool:
        try:
            await self._write_now(write, answer)
        except LedgerError:
            return False
        return True

    async def _write_now(self, write: PreparedWrite, answer: Appointment | LeyrError) -> None:
        """Raises LedgerError."""
        try:
            notice = await self._write_answer(write, answer)
        except WrongStage:  # settled meanwhile: by a person, or what could not be told was written after all
            await self._apply_late_answer(write, answer)
        except LedgerRefusal:
            self.notify(await self._note_answer_not_written(write, AnsweredOtherwise().problem))
        else:
            self._say_written(write, notice)

    def _say_written(self, write: PreparedWrite, notice: WriteNotice) -> None:
        """A refusal was told when it came."""
        if notice.outcome is not Outcome.REFUSED:
            self.notify(notice)
        elif notice.appointment is not None:
            self.show_message(notice.appointment)
        self._read_columns_again(write)

    async def _check_answer(self, write: PreparedWrite, answer: Appointment | LeyrError) -> Appointment | LeyrError:
        if isinstance(answer, LeyrError):
            return answer
        patients = await self._find_known(answer.patient_id)
        return check_answer(write.intent.verb, write.own, answer, replace(self._known_ids(), patients=patients))

    async def _find_known(self, bare: str | None) -> tuple[str, ...]:
        """References of people who may be meant by a bare id."""
        if bare is None or ":" in bare:
            return ()
        with suppress(LedgerError, LedgerRefusal):  # an answer is not lost because the ledger is away
            return tuple(person.reference for person in await self._ledger.known_people([f"emr_id:{bare}"]))
        return ()

    def _known_ids(self) -> KnownIds:
        snapshot = self._store.snapshot
        care_units = [unit.id for unit in snapshot.care_units]
        if snapshot.clinic is None:
            return KnownIds(care_units)
        resources = [resource.id for resource in snapshot.clinic.resources]
        return KnownIds(care_units, resources, [service.id for service in snapshot.clinic.services])

    async def _note_answer_not_written(self, write: PreparedWrite, problem: Problem) -> WriteNotice:
        """Leyr has answered and that could not be written down, or the ledger has that id as another appointment.
        If not even that can be written, the intent stays "sent", and is unknown after a restart."""
        try:
            await self._ledger.settle_unknown(write.intent.id, problem)
            self._unknown.append(write.intent.id)
        except (LedgerError, LedgerRefusal):
            pass
        return await self._make_notice(write, Outcome.UNKNOWN, problem)

    async def _make_notice(
        self, write: PreparedWrite, outcome: Outcome, problem: Problem | None = None, *, read: bool = True
    ) -> WriteNotice:
        rows = await self._read_written(write.appointment_keys) if read else self._find_shown(write.appointment_keys)
        old = rows[-1] if len(rows) > 1 else None
        about = rows[-1 if outcome is Outcome.REFUSED else 0] if rows else None
        if outcome is Outcome.DONE and about is not None:
            outcome = outcome_of(about)
        nearest = (
            await self._find_nearest(problem, write.care_unit_id, write.timeslot) if problem and write.timeslot else ()
        )
        if old is not None:
            self.show_message(*rows)
        return WriteNotice(
            write.request_id, write.intent.verb, outcome, about, problem=problem, alternatives=nearest, old=old
        )

    async def _read_written(self, keys: Collection[UUID]) -> list[OwnAppointment]:
        try:
            return [await self._ledger.appointment(key) for key in keys]
        except (LedgerError, NotInLedger):
            return self._find_shown(keys)

    def _find_shown(self, keys: Collection[UUID]) -> list[OwnAppointment]:
        return [own for key in keys if (own := self._store.snapshot.appointments.get(key))]

    async def _find_nearest(self, problem: Problem, care_unit_id: str, wished: Timeslot) -> tuple[Timeslot, ...]:
        if problem.reason not in (Reason.SLOT_TAKEN, Reason.OWN_OVERLAP):
            return ()
        return await self._availability.nearest_to(care_unit_id, wished)

    def _read_columns_again(self, write: PreparedWrite) -> None:
        known = self._store.snapshot.appointments
        rows = [known[key] for key in write.appointment_keys if key in known]
        self._tasks.start(f"read:columns:{write.intent.id}", self._availability.load_columns_of(rows))

    def _capabilities_may_have_shrunk(self) -> None:
        if self._client.capabilities != self._store.snapshot.capabilities:
            self._store.apply(CapabilitiesKnown(self._client.capabilities))


def _is_gone(write: PreparedWrite, error: LeyrError) -> bool:
    """Of what was to be cancelled: the EHR says that it does not have it (any more), which is as good as cancelled.
    Assumes SECOND_CANCEL."""
    is_answer = error.problem.reason is Reason.APPOINTMENT_NOT_FOUND and not error.may_have_happened
    return is_answer and write.intent.verb is Verb.CANCEL


def _is_refusal(write: PreparedWrite, error: LeyrError) -> bool:
    return not error.may_have_happened and not _is_gone(write, error)


def _contradicts(write: PreparedWrite, error: LeyrError, rows: Sequence[OwnAppointment]) -> bool:
    """Whether an answer that brought nothing contradicts how it was settled before. That nothing is known contradicts
    nothing."""
    if not rows or write.intent.verb is Verb.CONFIRM or error.may_have_happened:
        return False
    stands = write.intent.verb is Verb.CANCEL and not _is_gone(write, error)
    return rows[0].standing.takes_time is not stands

"""The record of who did what: written when somebody sees a patient, read by the page, verified, and exported."""

import asyncio
import csv
import os
from collections.abc import Iterable
from io import StringIO
from itertools import count
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.audit import AuditAction, AuditFilter, AuditLine, ChainCheck
from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.domain.patient import Person
from receptionapp.ledger import audit, users
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import LedgerError, LedgerRefusal, problem_from_ledger_error
from receptionapp.ledger.ledger import Ledger
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import UserNotified
from receptionapp.store.presence import PresenceStore
from receptionapp.store.results import (
    AuditChainChecked,
    AuditExported,
    AuditNamesRead,
    AuditNotRead,
    AuditPageRead,
    Results,
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("number", "time", "desk", "user", "deed", "outcome", "patient", "appointment", "reference", "detail", "hash")


class AuditLog:
    """For administrators; for anybody while no users are named. Nothing is raised; all is told through the store."""

    def __init__(self, ledger: Ledger, presence: PresenceStore, store: Results, tasks: TaskBag) -> None:
        self._ledger = ledger
        self._presence = presence
        self._store = store
        self._tasks = tasks
        self._asked = count(1)
        self._noted: AuditFilter | None = None

    def open(self) -> None:
        """Ask who is in the record."""
        self._tasks.start("read:audit:names", self._read_names())

    def read(self, question: AuditFilter, after: AuditLine | None = None) -> None:
        """The next page; comes as `AuditPageRead` with the same question."""
        self._tasks.start(f"read:audit:{next(self._asked)}", self._read(question, after))

    def follow_chain(self) -> None:
        """From the first line to the last, in slices between which the desk goes on; told after each."""
        self._tasks.start("read:audit:chain", self._follow())

    def export(self, question: AuditFilter, path: Path, zone: ZoneInfo) -> None:
        """All lines that are asked for, as CSV, oldest first; told as `AuditExported`. A file that is there is replaced
        once the new one is whole."""
        self._tasks.start("write:audit:export", self._export(question, path, zone))

    async def _read_names(self) -> None:
        try:
            self._store.publish(AuditNamesRead(await self._ledger.read(audit.user_names)))
        except LedgerError:
            self._store.publish(AuditNotRead())

    async def _read(self, question: AuditFilter, after: AuditLine | None) -> None:
        emr = self._ledger.writer.emr
        try:
            if question != self._noted:  # turning the page is no new question
                await self._ledger.write(lambda entry: self._note(entry, AuditAction.AUDIT_READ, question))
                self._noted = question
            lines = await self._ledger.read(
                lambda connection: audit.read_page(connection, emr, question, after, audit.PAGE + 1)
            )
        except (LedgerError, LedgerRefusal):
            self._store.publish(AuditNotRead())
            return
        self._store.publish(AuditPageRead(question, after, lines[: audit.PAGE], len(lines) > audit.PAGE))

    async def _follow(self) -> None:
        chain = ChainCheck()
        try:
            while not chain.is_complete:
                so_far = chain
                chain = await self._ledger.read(lambda connection: audit.verify_slice(connection, so_far))  # noqa: B023
                end = await self._ledger.read(audit.head)
                self._store.publish(AuditChainChecked(chain, end.lines))
        except LedgerError:
            self._store.publish(AuditNotRead())

    async def _export(self, question: AuditFilter, path: Path, zone: ZoneInfo) -> None:
        """That it is exported is written down first: nothing leaves unseen because the program was ended in between."""
        emr = self._ledger.writer.emr
        partial = path.with_name(path.name + ".part")
        lines = 0
        try:
            await self._ledger.write(lambda entry: self._note(entry, AuditAction.AUDIT_EXPORTED, question))
            await asyncio.to_thread(partial.write_text, "\ufeff" + _csv([COLUMNS]), "utf-8", newline="")
            number = 0
            while part := await self._ledger.read(
                lambda connection: audit.read_slice(connection, emr, question, number)  # noqa: B023
            ):
                await asyncio.to_thread(_append, partial, _csv(_cells(line, zone) for line in part))
                number = part[-1].number
                lines += len(part)
            await asyncio.to_thread(os.replace, partial, path)
        except (LedgerError, LedgerRefusal, OSError):
            await asyncio.to_thread(_forget, partial)
            self._store.publish(AuditExported(None))
            return
        self._store.publish(AuditExported(lines))

    def _note(self, entry: Entry, deed: AuditAction, question: AuditFilter) -> None:
        if self._presence.presence.users:
            users.require_administrator(entry)
        asked = {"user": question.user, "deeds": ",".join(question.actions)}
        asked["days"] = "–".join(f"{moment:%Y-%m-%dT%H:%MZ}" for moment in (question.start, question.end) if moment)
        detail = "; ".join(f"{name} {value}" for name, value in asked.items() if value)
        audit.add_line(entry, deed, patient=question.patient, detail=detail or None)


def _cells(line: AuditLine, zone: ZoneInfo) -> tuple[str, ...]:
    """Without the patient's name: the reference is what Leyr knows the patient by."""
    return (
        str(line.number),
        line.at.astimezone(zone).isoformat(" ", "seconds"),
        line.desk,
        line.user,
        line.action,
        line.outcome or "",
        line.patient or "",
        str(line.appointment or ""),
        line.leyr_reference or "",
        line.detail or "",
        line.hash.hex(),
    )


def _csv(rows: Iterable[Iterable[str]]) -> str:
    """As a Norwegian Excel opens it: semicolons, a mark of UTF-8, and an apostrophe before what would be a formula."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue()


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)


class ViewAudit:
    """One look is one line in the record. The same user with the same card still open adds no second one."""

    def __init__(self, ledger: Ledger, store: BookStore, tasks: TaskBag) -> None:
        self._ledger = ledger
        self._store = store
        self._tasks = tasks
        self._last: tuple[object, ...] = ()
        self._numbers = count(1)

    def note_opened(self, appointment: OwnAppointment) -> None:
        """The card of an appointment, with the patient on it, is on the screen."""
        self._note(AuditAction.OPENED, appointment.person.reference, appointment.key)

    def note_picked(self, person: Person | None) -> None:
        """One of those whom a search found was chosen. None is a choice that was taken back."""
        if person is not None:
            self._note(AuditAction.PICKED, person.reference)

    def note_number_shown(self) -> None:
        """The number of somebody who is being registered, and has no reference yet."""
        self._last = ()
        self._note(AuditAction.SHOWED_NUMBER, None)

    def _note(self, deed: AuditAction, patient: str | None, appointment: UUID | None = None) -> None:
        look = (self._ledger.writer.user, deed, patient, appointment)
        if look == self._last:
            return
        self._last = look
        self._tasks.start(f"write:look:{next(self._numbers)}", self._write(deed, patient, appointment))

    async def _write(self, deed: AuditAction, patient: str | None, appointment: UUID | None) -> None:
        try:
            await self._ledger.write(
                lambda entry: audit.add_line(entry, deed, patient=patient, appointment=appointment)
            )
        except LedgerError as error:
            self._last = ()
            self._store.apply(UserNotified(ReadFailure(ReadSubject.LEDGER, problem_from_ledger_error(error))))

"""The day on paper or as PDF. A line of the record comes first, or later where the ledger can't be reached."""

import asyncio
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.day_sheet import PrintNote
from receptionapp.ledger import audit
from receptionapp.ledger.errors import LedgerError
from receptionapp.ledger.ledger import Ledger
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged
from receptionapp.store.results import DayLoaded, DayPrinted, PrintFailed, PrintFailure, PrintTarget, Results
from receptionapp.system.paths import is_disk_full, write_atomically

TRY_AGAIN = 15.0
"""Seconds between tries to write a line of the record that is owed."""


class Printing:
    """Nothing is raised; all is told through `results`."""

    def __init__(self, ledger: Ledger, store: BookStore, tasks: TaskBag) -> None:
        self._ledger = ledger
        self._store = store
        self._tasks = tasks
        self._numbers = count(1)
        self.results = Results()

    def read(self, day: date) -> None:
        """Our appointments of that day, as the ledger has them now; told as `DayLoaded`."""
        self._tasks.start(f"read:print:{day}", self._read(day))

    def save(self, note: PrintNote, path: Path, make: Callable[[], bytes]) -> None:
        """Write a file, whole or not at all; answered by `DayPrinted`. `make` is called on another thread."""
        self._tasks.start(f"write:print:{next(self._numbers)}", self._save(note, path, make))

    def print(self, note: PrintNote, paint: Callable[[], bool]) -> None:
        """Send it to the printer; answered by `DayPrinted` once it is taken. `paint` is called on another thread, and
        returns whether it was taken."""
        self._tasks.start(f"write:print:{next(self._numbers)}", self._print(note, paint))

    async def _read(self, day: date) -> None:
        snapshot = self._store.snapshot
        if snapshot.clinic is None:
            self.results.publish(DayLoaded(day, False))
            return
        start, end = day_bounds(day, snapshot.zone)
        try:
            ours = await self._ledger.appointments(snapshot.clinic.care_unit.id, start, end)
        except LedgerError:
            self.results.publish(DayLoaded(day, False))
            return
        self._store.apply(AppointmentsChanged(tuple(ours)))
        self.results.publish(DayLoaded(day, True))

    async def _save(self, note: PrintNote, path: Path, make: Callable[[], bytes]) -> None:
        noted = await self._note(note, PrintTarget.PDF)
        try:
            await asyncio.to_thread(write_atomically, path, make)
        except OSError as error:
            self.results.publish(
                PrintFailed(PrintFailure.DISK_FULL if is_disk_full(error) else PrintFailure.NOT_WRITABLE)
            )
        else:
            self.results.publish(DayPrinted(PrintTarget.PDF, noted))

    async def _print(self, note: PrintNote, paint: Callable[[], bool]) -> None:
        noted = await self._note(note, PrintTarget.PAPER)
        taken = await asyncio.to_thread(paint)
        self.results.publish(DayPrinted(PrintTarget.PAPER, noted) if taken else PrintFailed(PrintFailure.PRINTER))

    async def _note(self, note: PrintNote, where: PrintTarget) -> bool:
        names = "initials" if note.initials_only else "whole"
        detail = f"day {note.day:%Y-%m-%d}; people {note.people}; names {names}; as {where}"
        by = self._ledger.writer.user
        if await self._write(detail, by):
            return True
        self._tasks.start(f"keep:printed:{next(self._numbers)}", self._write_later(detail, by))
        return False

    async def _write_later(self, detail: str, by: str) -> None:
        """Somebody else may be at the desk by then."""
        noted = False
        while not noted:
            await asyncio.sleep(TRY_AGAIN)
            noted = await self._write(detail, by)

    async def _write(self, detail: str, by: str) -> bool:
        try:
            await self._ledger.write(lambda entry: audit.add_line(entry, AuditAction.PRINTED, detail=detail, user=by))
        except LedgerError:
            return False
        return True

"""The day is printed: what the record has of it, also when it could not be written at once."""

import errno
import os
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.audit import AuditAction, AuditFilter, AuditLine
from receptionapp.domain.clinic import CareUnit, Clinic
from receptionapp.domain.day_sheet import PrintNote
from receptionapp.ledger import audit
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.services import printing as service
from receptionapp.services.printing import Printing
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, Change, ClinicLoaded
from receptionapp.store.results import DayLoaded, DayPrinted, PrintFailed, PrintFailure, PrintTarget
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock, SuiteClock

TUESDAY = date(2026, 11, 24)
NOTE = PrintNote(TUESDAY, 12, initials_only=True)


class Desk:
    """At which the day is printed."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.store = BookStore(Snapshot(View(TUESDAY), ZoneInfo("Europe/Oslo")), StoppedClock(TUESDAY_MORNING))
        self.store.apply(ClinicLoaded((), Clinic(CareUnit("u", "Klinikken"), (), ())))
        self.told: list[object] = []
        self.faults: list[Exception] = []
        self.tasks = TaskBag(lambda _, error: self.faults.append(error))
        self.printing = Printing(ledger, self.store, self.tasks)
        self.printing.results.result.connect(self.told.append)

    async def hears(self) -> object:
        await self.tasks.wait_for("write:", 10)
        await self.tasks.wait_for("read:", 10)
        assert self.faults == []
        return self.told[-1]

    async def lines(self) -> list[AuditLine]:
        question = AuditFilter(actions=(AuditAction.PRINTED,))
        return list(await self.ledger.read(lambda connection: audit.read_page(connection, "konfidens", question)))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    ledger = await Ledger.open(
        SqliteFile(tmp_path / "ledger.sqlite3"), Writer("konfidens", "Skranken", "Nina"), SuiteClock()
    )
    made = Desk(ledger)
    yield made
    await made.tasks.aclose()
    await ledger.close()


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The server of the shared ledger can't be reached; undo it, and it is back."""

    async def gone(*_: object) -> None:
        raise LedgerError(LedgerFault.SERVER_GONE)

    monkeypatch.setattr(service, "TRY_AGAIN", 0.01)
    monkeypatch.setattr(Ledger, "write", gone)
    monkeypatch.setattr(Ledger, "appointments", gone)
    return monkeypatch


async def test_a_pdf_is_a_line_with_the_day_and_how_many_and_nobodys_name(desk: Desk, tmp_path: Path) -> None:
    desk.printing.save(NOTE, tmp_path / "day.pdf", lambda: b"%PDF-")
    assert await desk.hears() == DayPrinted(PrintTarget.PDF, noted=True)
    assert (tmp_path / "day.pdf").read_bytes() == b"%PDF-"
    [line] = await desk.lines()
    assert (line.user, line.patient, line.appointment) == ("Nina", None, None)
    assert line.detail == "day 2026-11-24; people 12; names initials; as pdf"


async def test_the_line_is_there_before_the_paper(desk: Desk) -> None:
    desk.printing.print(PrintNote(TUESDAY, 3, initials_only=False), lambda: False)
    assert await desk.hears() == PrintFailed(PrintFailure.PRINTER)
    [line] = await desk.lines()
    assert line.detail == "day 2026-11-24; people 3; names whole; as paper"


@pytest.mark.parametrize(
    ("number", "why"), [(errno.ENOSPC, PrintFailure.DISK_FULL), (errno.EACCES, PrintFailure.NOT_WRITABLE)]
)
async def test_a_file_that_can_not_be_written_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: PrintFailure
) -> None:
    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("receptionapp.system.paths.os.fsync", fails)
    desk.printing.save(NOTE, tmp_path / "day.pdf", lambda: b"%PDF-")
    told = await desk.hears()
    monkeypatch.undo()
    assert told == PrintFailed(why)
    assert [name for name in os.listdir(tmp_path) if name.endswith((".pdf", ".part"))] == []


async def test_without_the_ledger_it_is_printed_all_the_same_and_the_line_is_owed_by_who_did_it(
    desk: Desk, lost: pytest.MonkeyPatch
) -> None:
    painted: list[bool] = []
    desk.printing.print(NOTE, lambda: not painted.append(True))
    assert await desk.hears() == DayPrinted(PrintTarget.PAPER, noted=False)
    assert painted
    assert desk.tasks.is_running("keep:printed:")
    desk.ledger.set_user("Ola")
    lost.undo()
    await desk.tasks.wait_for("keep:printed:", 10)
    assert [line.user for line in await desk.lines()] == ["Nina"]


async def test_the_day_is_read_from_the_ledger_before_it_is_printed(desk: Desk, lost: pytest.MonkeyPatch) -> None:
    changes: list[Change] = []
    desk.store.changed.connect(changes.append)
    desk.printing.read(TUESDAY)
    assert await desk.hears() == DayLoaded(TUESDAY, False)
    assert changes == []
    lost.undo()
    desk.printing.read(TUESDAY)
    assert await desk.hears() == DayLoaded(TUESDAY, True)
    assert isinstance(changes[0], AppointmentsChanged)


async def test_a_day_that_is_asked_for_while_another_is_read_is_read_too(desk: Desk) -> None:
    monday = date(2026, 11, 23)
    desk.printing.read(monday)
    desk.printing.read(TUESDAY)
    await desk.hears()
    assert set(desk.told) == {DayLoaded(monday, True), DayLoaded(TUESDAY, True)}

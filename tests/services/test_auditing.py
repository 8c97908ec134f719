"""The record of who did what, as an administrator reads and saves it."""

import csv
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from receptionapp.domain.audit import AuditAction, AuditFilter, ChainCheck
from receptionapp.domain.user import User
from receptionapp.ledger import audit, users
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.services.audit_log import AuditLog
from receptionapp.services.tasks import TaskBag
from receptionapp.store.presence import Presence, PresenceStore
from receptionapp.store.results import AuditChainChecked, AuditExported, AuditNotRead, AuditPageRead, Results
from tests.clocks import SuiteClock

EVERYTHING = AuditFilter()


class Administrator:
    """At the screen of the record."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.told: list[object] = []
        self.faults: list[object] = []
        self.presence, self.record = PresenceStore(), Results()
        self.record.result.connect(self.told.append)
        self.tasks = TaskBag(lambda name, error: self.faults.append((name, error)))
        self.auditing = AuditLog(ledger, self.presence, self.record, self.tasks)

    async def hears(self) -> object:
        await self.tasks.wait_for("", 10)
        assert self.faults == []
        return self.told[-1]


@pytest.fixture
async def nina():
    ledger = await Ledger.open(SqliteFile(None), Writer("konfidens", "=desk()", ""), SuiteClock())
    user: User = await ledger.write(lambda e: users.add(e, "Nina Berg", "x"))
    ledger.set_user("Nina Berg")
    made = Administrator(ledger)
    made.presence.apply(Presence((user,), user, is_read=True))
    yield made
    await made.tasks.aclose()
    await ledger.close()


async def test_the_file_opens_in_excel_and_runs_nothing(nina: Administrator, tmp_path: Path) -> None:
    await nina.ledger.write(
        lambda e: audit.add_line(e, AuditAction.BOOK, outcome="done", patient="emr_id:1", detail="+47")
    )
    file = tmp_path / "record.csv"
    nina.auditing.export(EVERYTHING, file, ZoneInfo("Europe/Oslo"))
    assert await nina.hears() == AuditExported(3)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["deed"] for row in rows] == ["user_added", "book", "audit_exported"]
    assert rows[1]["desk"] == "'=desk()"
    assert rows[1]["detail"] == "'+47"
    assert len(rows[2]["hash"]) == 64  # kept outside, it shows whether the record was written anew
    assert os.listdir(tmp_path) == [file.name]


async def test_a_file_that_cannot_be_written_is_told_and_still_in_the_record(
    nina: Administrator, tmp_path: Path
) -> None:
    nina.auditing.export(EVERYTHING, tmp_path / "nowhere" / "record.csv", ZoneInfo("Europe/Oslo"))
    assert await nina.hears() == AuditExported(None)
    nina.auditing.read(EVERYTHING)
    page = await nina.hears()
    assert isinstance(page, AuditPageRead)
    assert [line.action for line in page.lines] == ["audit_read", "audit_exported", "user_added"]


async def test_nobody_but_an_administrator_reads_it(nina: Administrator, tmp_path: Path) -> None:
    await nina.ledger.write(lambda e: users.add(e, "Ola Dahl", "x"))
    nina.ledger.set_user("Ola Dahl")
    nina.auditing.read(EVERYTHING)
    assert await nina.hears() == AuditNotRead()
    nina.auditing.export(EVERYTHING, tmp_path / "record.csv", ZoneInfo("Europe/Oslo"))
    assert await nina.hears() == AuditExported(None)
    assert os.listdir(tmp_path) == []


async def test_it_is_followed_to_its_end(nina: Administrator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "SLICE", 1)
    await nina.ledger.write(lambda e: audit.add_line(e, AuditAction.LOCKED))
    nina.auditing.follow_chain()
    last = await nina.hears()
    assert isinstance(last, AuditChainChecked)
    assert last.chain.is_intact
    assert [what.chain.lines for what in nina.told if isinstance(what, AuditChainChecked)] == [1, 2, 2]
    assert ChainCheck().head == audit.FIRST_HASH


async def test_turning_the_page_is_no_second_look(nina: Administrator) -> None:
    nina.auditing.read(EVERYTHING)
    first = await nina.hears()
    assert isinstance(first, AuditPageRead)
    nina.auditing.read(EVERYTHING, first.lines[-1])
    await nina.hears()
    found = await nina.ledger.read(
        lambda c: audit.read_page(c, "konfidens", AuditFilter(actions=(AuditAction.AUDIT_READ,)))
    )
    assert len(found) == 1

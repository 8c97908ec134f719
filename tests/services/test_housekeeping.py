"""What the program does with its ledger while nobody looks."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.schema import audit
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.services import housekeeping
from receptionapp.services.housekeeping import BackupPlan, Housekeeping, RetentionRules
from receptionapp.system.settings import Settings

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
KARI = Person("emr_id:1", "Kari", "Nordmann", date(1980, 3, 3))
OLA = Person("emr_id:2", "Ola", "Hansen", date(1970, 1, 1))


class House:
    """A ledger with its housekeeping, and a clock to turn."""

    def __init__(self, folder) -> None:
        self.now = NOON
        self.copies = BackupPlan(folder / "ledger.sqlite3", LedgerKey.new(), folder / "backups")
        self.told = 0

    async def open(self) -> None:
        place = SqliteFile(self.copies.file, self.copies.key)
        self.ledger = await Ledger.open(place, Writer("konfidens", "desk"), lambda: self.now)

    def keeping(self, keeping: RetentionRules) -> Housekeeping:
        return Housekeeping(self.ledger, keeping, self.copies, self._tell, lambda: self.now)

    async def work(self, day: datetime) -> None:
        """Something is written then."""
        self.now = day
        await self.ledger.remember_person(OLA)

    async def names(self) -> list[str]:
        found = await self.ledger.find_similar_people(Person("", "Kari", "Nordmann", KARI.birth_date))
        return [person.full_name for person in found]

    async def deeds(self) -> list[str]:
        """All lines of the record."""
        return list(await self.ledger.read(lambda c: c.execute(select(audit.c.deed)).scalars().all()))

    @property
    def copied(self) -> list[str]:
        return sorted(file.name for file in self.copies.folder.glob("*"))

    def _tell(self) -> None:
        self.told += 1


@pytest.fixture
async def house(tmp_path, monkeypatch) -> AsyncIterator[House]:
    monkeypatch.setattr(housekeeping, "_PAUSE", 0)
    made = House(tmp_path)
    await made.open()
    yield made
    await made.ledger.close()


async def test_whoever_was_only_looked_up_is_wiped_when_the_days_are_over(house):
    await house.ledger.remember_person(KARI)
    await house.work(NOON + timedelta(days=89))
    house.now = NOON + timedelta(days=90)
    await house.keeping(RetentionRules()).run_once()
    assert await house.names() == ["Kari Nordmann"]
    house.now += timedelta(seconds=1)
    await house.keeping(RetentionRules()).run_once()
    assert await house.names() == []


async def test_a_clock_that_is_suddenly_far_ahead_wipes_nobody_before_its_second_day(house):
    await house.ledger.remember_person(KARI)
    house.now = NOON + timedelta(days=365)
    keeping = house.keeping(RetentionRules(backups=0))
    await keeping.run_once()
    await house.ledger.remember_person(OLA)
    house.now += timedelta(hours=1)
    await keeping.run_once()
    assert await house.names() == ["Kari Nordmann"]
    assert await house.deeds() == [AuditAction.PUT_OFF]
    house.now += timedelta(days=1)
    await house.keeping(RetentionRules(backups=0)).run_once()  # the program was started again
    assert await house.names() == []


async def test_a_clock_that_was_far_ahead_for_a_day_has_wiped_nobody(house):
    await house.ledger.remember_person(KARI)
    house.now = NOON + timedelta(days=365)
    await house.keeping(RetentionRules(backups=0)).run_once()
    house.now = NOON + timedelta(days=1)
    await house.keeping(RetentionRules(backups=0)).run_once()
    assert await house.names() == ["Kari Nordmann"]


async def test_with_no_days_set_nothing_is_wiped(house):
    await house.ledger.remember_person(KARI)
    house.now = NOON + timedelta(days=9000)
    await house.keeping(RetentionRules(retention_days=0)).run_once()
    assert await house.names() == ["Kari Nordmann"]


async def test_a_copy_a_day_is_made_and_none_where_none_is_wished(house):
    await house.keeping(RetentionRules(backups=0)).run_once()
    assert house.copied == []
    for hours in (0, 1, 24):
        house.now = NOON + timedelta(hours=hours)
        await house.keeping(RetentionRules()).run_once()
    assert house.copied == ["ledger-2026-06-01.sqlite3", "ledger-2026-06-02.sqlite3"]
    assert house.told == 0


@pytest.mark.noise("the ledger could not be copied: not_writable")
async def test_a_copy_that_fails_is_told_and_the_ledger_goes_on(house):
    house.copies.folder.write_text("in the way")
    await house.keeping(RetentionRules()).run_once()
    assert house.told == 1
    await house.ledger.remember_person(KARI)
    assert await house.names() == ["Kari Nordmann"]


@pytest.mark.noise("the ledger could not be copied: not_writable")
async def test_that_no_copy_can_be_made_is_told_once_until_one_could(house):
    keeping = house.keeping(RetentionRules())
    house.copies.folder.write_text("in the way")
    for _ in range(3):
        await keeping.run_once()
    assert house.told == 1
    house.copies.folder.unlink()
    await keeping.run_once()
    house.now += timedelta(days=1)
    house.copies.folder.rename(house.copies.folder.with_name("elsewhere"))
    house.copies.folder.write_text("in the way")
    await keeping.run_once()
    assert house.told == 2


@pytest.mark.noise("the ledger could not be copied: disk_full")
async def test_a_copy_leaves_room_for_what_is_booked(house, monkeypatch):
    size = house.copies.file.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=size + 1))
    await house.keeping(RetentionRules()).run_once()
    assert (house.copied, house.told) == ([], 1)


async def test_half_a_copy_of_another_day_does_not_stay(house):
    house.copies.folder.mkdir()
    (house.copies.folder / "ledger-2026-05-31.sqlite3.unfinished").write_bytes(b"half")
    await house.keeping(RetentionRules()).run_once()
    assert house.copied == ["ledger-2026-06-01.sqlite3"]


async def test_nobody_who_books_waits_for_many_who_are_wiped(house):
    for number in range(60):
        await house.ledger.remember_person(Person(f"emr_id:{number}", "Kari", "Nordmann", KARI.birth_date))
    await house.work(NOON + timedelta(days=99))
    house.now = NOON + timedelta(days=100)
    wiping = asyncio.create_task(house.keeping(RetentionRules(backups=0)).run_once())
    await asyncio.sleep(0)
    await house.ledger.remember_person(Person("emr_id:new", "Kari", "Nordmann", KARI.birth_date))
    assert not wiping.done()
    await wiping
    assert await house.names() == ["Kari Nordmann"]


@pytest.mark.parametrize(
    ("days", "copies", "keeping"),
    [
        ("", "", RetentionRules(90, 14)),
        ("30", "7", RetentionRules(30, 7)),
        ("0", "0", RetentionRules(0, 0)),
        ("-1", "many", RetentionRules(90, 14)),
        ("9" * 30, "1", RetentionRules(36_500, 1)),
    ],
)
def test_what_is_chosen_is_kept_to_and_nonsense_is_not(days, copies, keeping):
    assert RetentionRules.from_settings(Settings(retention_days=days, backups=copies)) == keeping

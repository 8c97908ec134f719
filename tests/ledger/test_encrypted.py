"""The ledger of real work, which only its own key opens, and which no other key takes for damaged."""

from pathlib import Path

import pytest

from receptionapp.ledger.database import Database
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.ledger.verification import verify_file
from tests.clocks import SuiteClock

PLANTED = ("Bjørnsen", "bjornsen", "+4791234567", "91234567", "sore throat", "Åse-Marie")


@pytest.fixture
def key() -> LedgerKey:
    return LedgerKey.new()


def found_in(folder: Path) -> set[tuple[str, str]]:
    """Which planted words are in which files, read as bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return {(word, file.name) for file in files for word in PLANTED if word.encode() in file.read_bytes()}


async def book(ledger: Ledger, made, hours: int = 1) -> None:
    for hour in range(hours):
        slot = made.timeslot(hour=hour)
        intent, _ = await ledger.prepare_booking("cu", slot, made.person, "sore throat")
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))


async def fill(path: Path, key: LedgerKey | None, made, hours: int = 1) -> None:
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    await book(ledger, made, hours)
    await ledger.close()


async def count(ledger: Ledger, made) -> int:
    return len(await ledger.appointments("cu", made.start, made.end))


async def test_nobody_can_be_read_in_any_file_while_it_is_open_or_after(key, made, path):
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    await book(ledger, made, 5)
    assert len(list(path.parent.iterdir())) == 3
    assert found_in(path.parent) == set()
    await ledger.close()
    assert found_in(path.parent) == set()


async def test_what_was_written_is_there_after_a_restart(open_ledger, key, made, path):
    await fill(path, key, made, 3)
    ledger = await open_ledger(LedgerKey.read(key.grouped))
    assert await count(ledger, made) == 3
    assert ledger.moved_aside is None


async def test_another_key_opens_nothing_and_touches_nothing(open_ledger, key, made, path):
    await fill(path, key, made)
    content = path.read_bytes()
    with made.raises_fault(LedgerFault.WRONG_KEY):
        await open_ledger(LedgerKey.new())
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
    assert mark_of(path) == key.mark != LedgerKey.new().mark


@pytest.mark.parametrize("damaged_page", [0, 3])
async def test_damage_under_the_right_key_is_put_aside_as_damage(open_ledger, key, made, path, damaged_page):
    await fill(path, key, made, 20)
    content = bytearray(path.read_bytes())
    at = 4096 * damaged_page + 100
    content[at : at + 100] = b"\xff" * 100
    path.write_bytes(content)

    ledger = await open_ledger(key)

    assert ledger.moved_aside is not None
    assert ledger.moved_aside.read_bytes() == content
    assert await count(ledger, made) == 0


async def test_a_ledger_in_the_open_is_never_touched(open_ledger, key, made, path):
    await fill(path, None, made, 5)
    content = path.read_bytes()
    with made.raises_fault(LedgerFault.WRONG_KEY):
        await open_ledger(key)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


async def test_a_full_disk_is_told_and_nothing_is_half_written_in_an_encrypted_file(key, made, path):
    database = await Database.open(SqliteFile(path, key))
    pages = await database.run(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    await database.run(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
    ledger = Ledger(database, made.writer, SuiteClock())
    written = []
    with made.raises_fault(LedgerFault.DISK_FULL):
        for number in range(500):
            _, own = await ledger.prepare_booking("cu", made.timeslot(resource=f"r{number}"), made.person)
            written.append(own.key)
    found = await ledger.appointments("cu", made.start, made.end)
    assert {own.key for own in found} == set(written)
    await ledger.close()
    assert verify_file(path, key).findings == ()


def test_a_key_is_read_as_people_write_it_and_never_shown(key):
    assert LedgerKey.read(key.grouped.upper().replace(" ", "-")) == key
    assert key.digits not in repr(key)
    for wrong in ("", "12", key.digits[1:], key.digits + "0", "g" * 64):
        with pytest.raises(ValueError, match="64 hexadecimal digits") as raised:
            LedgerKey.read(wrong)
        assert not wrong or wrong not in str(raised.value)


async def test_no_fault_tells_the_key(key, made, path):
    path.mkdir()
    with pytest.raises(LedgerError) as raised:
        await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    causes = [raised.value, raised.value.__cause__, raised.value.__context__]
    assert not any(key.digits in f"{cause!r} {cause}" for cause in causes)

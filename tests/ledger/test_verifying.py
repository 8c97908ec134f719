"""What `reception ledger verify` finds, and that it finds nothing where all is well."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerFault
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.ledger.verification import Flaw, verify_file
from tests.clocks import SuiteClock

NO_ANSWER = Problem(Reason.NO_ANSWER)


@pytest.fixture
async def ledger(path, made) -> AsyncIterator[Ledger]:
    opened = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    yield opened
    with suppress(RuntimeError):  # closed by the test itself
        await opened.close()


async def book(ledger: Ledger, made, hour: int):
    slot = made.timeslot(hour=hour)
    intent, _ = await ledger.prepare_booking("cu", slot, made.person)
    await ledger.mark_sent(intent.id)
    return await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))


def flaws(path) -> list[tuple[Flaw, int]]:
    return [(finding.flaw, finding.count) for finding in verify_file(path, None).findings]


def tampered(path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(statement)
    connection.close()


async def test_every_step_of_every_wish_is_sound_while_the_program_is_open(ledger, made, path):
    assert flaws(path) == []
    old = await book(ledger, made, 9)
    move, _, new = await ledger.prepare_move(old.key, made.timeslot(hour=10))
    assert flaws(path) == []
    await ledger.mark_sent(move.id)
    assert flaws(path) == []
    await ledger.settle_moved(move.id, made.answer(id="a10", slot=made.timeslot(hour=10)))
    cancel, _ = await ledger.prepare_cancel(new.key)
    await ledger.mark_sent(cancel.id)
    assert flaws(path) == []
    await ledger.settle_unknown(cancel.id, NO_ANSWER)
    assert flaws(path) == []
    anew = await book(ledger, made, 12)
    second, _ = await ledger.prepare_booking("cu", made.timeslot(hour=13), made.person, instead_of=anew.key)
    await ledger.mark_sent(second.id)
    await ledger.settle_unknown(second.id, NO_ANSWER)
    assert flaws(path) == []


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("UPDATE appointments SET standing = 'sending'", Flaw.LIFE_CYCLE),
        ("UPDATE intents SET stage = 'unknown'", Flaw.LIFE_CYCLE),
        ("UPDATE appointments SET starts_at = (SELECT min(starts_at) FROM appointments)", Flaw.OVERLAP),
        ("UPDATE people SET phone = '+4799990020'", Flaw.NAMES),
        ("UPDATE alembic_version SET version_num = '0001'", Flaw.VERSION),
        ("UPDATE intents SET subject = 'nobody'", Flaw.REFERENCES),
        ("UPDATE appointments SET standing = 'cancelled'", Flaw.CHANGED),
        ("UPDATE appointments SET starts_at = starts_at + 1", Flaw.CHANGED),
        ("UPDATE appointments SET appointment_id = 'another' WHERE appointment_id = 'a9'", Flaw.CHANGED),
        ("UPDATE appointments SET healthcare_service_id = 's:2'", Flaw.CHANGED),
        ("UPDATE appointments SET starts_at = 'soon'", Flaw.CHANGED),
        ("UPDATE intents SET stage = 'refused'", Flaw.CHANGED),
        ("UPDATE people SET reference = 'emr_id:2'", Flaw.GONE),
        ("DELETE FROM intents; DELETE FROM appointments", Flaw.GONE),
        ("DROP TRIGGER audit_is_never_changed", Flaw.RULES),
        ("DROP TRIGGER appointments_overlap_added", Flaw.RULES),
        ("DROP INDEX uq_intents_open_subject", Flaw.RULES),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON appointments BEGIN UPDATE appointments SET comment = NULL; END",
            Flaw.RULES,
        ),
        ("DROP TRIGGER audit_is_never_deleted; DELETE FROM audit; DELETE FROM audit_chain", Flaw.UNTOLD),
        ("DELETE FROM ledger_meta", Flaw.RULES),
    ],
)
async def test_what_was_changed_outside_is_found(ledger, made, path, statement, flaw):
    await book(ledger, made, 9)
    await book(ledger, made, 10)
    await ledger.close()
    tampered(path, statement)
    assert flaw in dict(flaws(path))


async def test_a_wish_that_was_sent_and_says_that_it_was_not_is_found(ledger, made, path):
    intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
    await ledger.mark_sent(intent.id)
    await ledger.close()
    assert flaws(path) == []
    tampered(path, "UPDATE intents SET stage = 'prepared'")
    assert flaws(path) == [(Flaw.LIFE_CYCLE, 1)]


async def test_a_page_that_was_changed_is_found_under_encryption(made, path):
    key = LedgerKey.new()
    ledger = await Ledger.open(SqliteFile(path, key), made.writer, SuiteClock())
    for hour in range(15):
        await book(ledger, made, hour)
    await ledger.close()
    assert verify_file(path, key).findings == ()
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    assert [finding.flaw for finding in verify_file(path, key).findings] == [Flaw.PAGES]
    with made.raises_fault(LedgerFault.WRONG_KEY):
        verify_file(path, LedgerKey.new())

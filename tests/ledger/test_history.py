"""A server that was put back from a copy is noticed, also when it counts as far again as a desk had read."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.position import LedgerPosition
from receptionapp.ledger.postgres import PostgresServer
from tests.clocks import SuiteClock


@pytest.fixture
async def desks(postgres, made):
    server = PostgresServer(postgres.new_database())
    opened = [await Ledger.open(server, replace(made.writer, desk_id=uuid4()), SuiteClock()) for _ in range(2)]
    yield opened
    for ledger in opened:
        await ledger.close()


async def test_after_a_copy_was_put_back_a_desk_reads_what_is_there_and_not_what_was(postgres, desks, made):
    here, there = desks
    database = await here.read(lambda c: c.exec_driver_sql("SELECT current_database()").scalar_one())
    _, kept = await there.prepare_booking("cu", made.timeslot(9), made.person)
    copy = await asyncio.to_thread(postgres.copy, database)
    _, lost = await there.prepare_booking("cu", made.timeslot(10), made.person)
    assert await here.appointments("cu", made.start, made.end) == (kept, lost)
    before, _ = await here.read_changes_after(LedgerPosition(), 0)

    await asyncio.to_thread(postgres.put_back, database, copy)
    assert (await here.read_changes_after(before, 10))[1] is None
    _, other = await there.prepare_booking("cu", made.timeslot(11), made.person)

    now, changed = await here.read_changes_after(before, 10)
    assert (now.revision, changed) == (before.revision, None)
    assert await here.appointments("cu", made.start, made.end) == (kept, other)
    assert await here.read_changes_after(now, 10) == (now, ())


async def test_a_ledger_that_only_grew_goes_on(ledger, made):
    assert await ledger.read_changes_after(LedgerPosition(), 10) == (LedgerPosition(), ())
    _, own = await ledger.prepare_booking("cu", made.timeslot(9), made.person)
    first, changed = await ledger.read_changes_after(LedgerPosition(), 10)
    assert changed == (own,)
    await ledger.remember_person(replace(made.person, reference="emr_id:2"))  # of which the record does not tell
    second, changed = await ledger.read_changes_after(first, 10)
    assert (second.revision, second.line, changed) == (first.revision + 1, first.line, ())

"""The record of who did what: written with the deed, never changed, and any tampering shows."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from receptionapp.domain.audit import VIEW_ACTIONS, AuditAction, AuditFilter, ChainCheck, ChainFault
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import audit
from receptionapp.ledger.errors import LedgerError
from receptionapp.ledger.schema import audit as lines
from receptionapp.ledger.schema import audit_chain
from tests.clocks import SuiteClock

EVERYTHING = AuditFilter()


async def page(ledger, question=EVERYTHING, after=None, limit=audit.PAGE):
    return await ledger.read(lambda c: audit.read_page(c, "konfidens", question, after, limit))


async def look(ledger, patient="emr_id:1", deed=AuditAction.OPENED, times=1):
    for _ in range(times):
        await ledger.write(lambda e: audit.add_line(e, deed, patient=patient))


async def tamper(ledger, statement):
    """As somebody with the key and a database program: the triggers are no obstacle."""

    def work(connection):
        if connection.dialect.name == "postgresql":  # whose database other tests have too
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for name in ("changed", "deleted"):
                connection.execute(text(f"DROP TRIGGER audit_is_never_{name}"))
        connection.execute(statement)

    await ledger.read(work)


async def test_every_write_leaves_its_wish_and_what_became_of_it(ledger, made):
    intent, own = await ledger.prepare_booking("cu:1", made.timeslot(), made.person)
    await ledger.mark_sent(intent.id)
    await ledger.settle_unknown(intent.id, Problem(Reason.NO_ANSWER, reference="leyr-7"))
    await ledger.settle_by_hand(own.key, True)

    said, unknown, wished = await page(ledger)
    assert [(line.action, line.outcome) for line in (wished, unknown, said)] == [
        ("book", "prepared"),
        ("book", "unknown"),
        ("settle", "done"),
    ]
    assert {(line.user, line.desk, line.patient, line.appointment) for line in (said, unknown, wished)} == {
        ("Nina", "desk 1", made.person.reference, own.key)
    }
    assert (unknown.leyr_reference, unknown.detail) == ("leyr-7", "no_answer")
    assert wished.name == made.person.full_name  # read beside the line


async def test_no_line_has_a_name(ledger, made, path):
    await ledger.prepare_booking("cu:1", made.timeslot(), made.person, "Kommentar")
    [columns] = await ledger.read(lambda c: c.execute(lines.select()).all())
    written = " ".join(map(str, columns))
    assert not any(word in written for word in ("Åse", "Bjørnsen", "4791234567", "1985", "Kommentar"))


async def test_an_outcome_is_told_in_the_name_of_who_wished_it(ledger, made):
    intent, _ = await ledger.prepare_booking("cu:1", made.timeslot(), made.person)
    await ledger.mark_sent(intent.id)
    ledger.set_user("Ola")
    await ledger.settle_booked(intent.id, made.answer())
    assert [line.user for line in await page(ledger)] == ["Nina", "Nina"]


async def test_what_is_refused_leaves_no_line(ledger, made):
    await ledger.prepare_booking("cu:1", made.timeslot(), made.person)
    with pytest.raises(Exception):  # noqa: B017, PT011, whatever it is
        await ledger.prepare_booking("cu:1", made.timeslot(), made.person)
    assert len(await page(ledger)) == 1


async def test_a_line_can_be_neither_changed_nor_deleted(ledger):
    await look(ledger)
    for statement in (update(lines).values(user_name="Ola"), delete(lines)):
        with pytest.raises((DBAPIError, LedgerError)) as raised:
            await ledger.read(lambda c, s=statement: c.execute(s))
        assert "stay as they are" in f"{raised.value} {raised.value.__cause__}"


async def test_an_untouched_record_is_whole(ledger):
    await look(ledger, times=5)
    chain = await ledger.read(audit.verify)
    assert chain.is_intact
    assert (chain.lines, chain.head) == (5, (await page(ledger))[0].hash)


@pytest.mark.parametrize(
    ("statement", "fault", "at_line"),
    [
        (update(lines).where(lines.c.number == 3).values(user_name="Ola"), ChainFault.ALTERED, 3),
        (update(lines).where(lines.c.number == 3).values(detail="x"), ChainFault.ALTERED, 3),
        (delete(lines).where(lines.c.number == 3), ChainFault.MISSING, 3),
        (delete(lines).where(lines.c.number > 3), ChainFault.CUT, 4),
        (delete(lines), ChainFault.CUT, 1),
        (update(audit_chain).values(lines=4), ChainFault.ALTERED, 6),
    ],
)
async def test_whatever_is_done_to_a_line_shows(ledger, statement, fault, at_line):
    await look(ledger, times=5)
    await tamper(ledger, statement)
    chain = await ledger.read(audit.verify)
    assert not chain.is_intact
    assert (chain.fault, chain.at_line) == (fault, at_line)


async def test_a_line_put_in_between_shows(ledger):
    await look(ledger, times=2)
    first = (await page(ledger))[-1]
    row = {"number": 3, "at": first.at, "desk_name": "desk 1", "user_name": "Ola", "emr": "konfidens", "deed": "book"}
    await tamper(ledger, insert(lines).values(**row, hash=bytes(32)))
    assert (await ledger.read(audit.verify)).fault is ChainFault.ALTERED


async def test_the_chain_is_followed_in_slices(ledger, monkeypatch):
    monkeypatch.setattr(audit, "SLICE", 2)
    await look(ledger, times=5)
    chain, steps = ChainCheck(), 0
    while not chain.is_complete:
        so_far = chain
        chain = await ledger.read(lambda c: audit.verify_slice(c, so_far))  # noqa: B023
        steps += 1
    assert chain.is_intact
    assert (chain.lines, steps) == (5, 3)


async def test_pages_go_back_in_time_and_miss_nothing(ledger):
    await look(ledger, times=7)
    numbers, after = [], None
    while part := await page(ledger, after=after, limit=3):
        numbers += [line.number for line in part]
        after = part[-1]
    assert numbers == [7, 6, 5, 4, 3, 2, 1]


async def test_lines_are_asked_for_by_day_user_deed_and_patient(ledger):
    await look(ledger)
    ledger.set_user("Ola")
    await look(ledger, "emr_id:2", AuditAction.PICKED)
    await ledger.write(lambda e: audit.add_line(e, AuditAction.LOCKED))
    now = SuiteClock()()

    async def numbers(**asked):
        return [line.number for line in await page(ledger, AuditFilter(**asked))]

    assert await numbers(user="Ola") == [3, 2]
    assert await numbers(actions=VIEW_ACTIONS) == [2, 1]
    assert await numbers(patient="emr_id:2") == [2]
    assert await numbers(start=now - timedelta(days=1), end=now + timedelta(days=1)) == [3, 2, 1]
    assert await numbers(end=now - timedelta(days=1)) == []
    assert await ledger.read(audit.user_names) == ("Nina", "Ola")


def test_the_record_is_kept_from_a_plain_sqlite_program_too(tmp_path):
    """The triggers are in the file, not in this program."""
    from receptionapp.ledger.schema import metadata

    file = tmp_path / "ledger"
    engine = create_engine(f"sqlite:///{file}")
    metadata.create_all(engine)
    engine.dispose()
    with sqlite3.connect(file) as other:
        other.execute(
            "INSERT INTO audit (number, at, desk_name, user_name, emr, deed, hash) VALUES (1,1,'','','','','')"
        )
        with pytest.raises(sqlite3.IntegrityError):
            other.execute("DELETE FROM audit")
    other.close()

"""After a write was sent, every ending is told, and written down as soon as it can be."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import StatementError

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import MoveRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.services.writing import Writing
from tests.services.alarm import Alarm
from tests.services.counter import Counter
from tests.services.truth import assert_true
from tests.waiting import until

TABLES = ("intents", "appointments", "audit")


def keep_copy(connection: Connection) -> None:
    for table in TABLES:
        connection.execute(text(f"DROP TABLE IF EXISTS temp.{table}_copy"))
        connection.execute(text(f"CREATE TEMP TABLE {table}_copy AS SELECT * FROM {table}"))  # noqa: S608


def put_copy_back(connection: Connection) -> None:
    """As a failover does: what came after the copy is gone."""
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    for table in TABLES:
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        connection.execute(text(f"INSERT INTO {table} SELECT * FROM {table}_copy"))  # noqa: S608
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


@pytest.fixture
def lose_last_second(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Awaitable[None]]:
    """While the answer to the next write is awaited the ledger goes back to how it is now."""

    async def prepare(verb: str) -> None:
        send = getattr(counter.client, verb)
        await counter.ledger.read(keep_copy)

        async def lose(*given: Any, **more: Any) -> Any:
            answer = await send(*given, **more)
            await counter.ledger.read(put_copy_back)
            return answer

        monkeypatch.setattr(counter.client, verb, lose)

    return prepare


async def assert_written(counter: Counter, notice: WriteNotice, standing: Standing) -> OwnAppointment:
    assert notice.outcome is Outcome.DONE
    assert notice.appointment
    written = await counter.ledger.appointment(notice.appointment.key)
    assert written.standing is standing
    await assert_true(counter, written)
    return written


async def test_a_booking_that_the_server_lost_is_written_again_with_leyrs_id(
    counter: Counter, lose_last_second: Callable[[str], Awaitable[None]]
) -> None:
    slot = counter.free()[0]
    await lose_last_second("book")
    written = await assert_written(counter, await counter.book(slot, comment="about the knee"), Standing.BOOKED)
    assert (written.appointment_id, written.comment) == (counter.held(slot)[0].id, "about the knee")
    assert (await counter.cancel(written)).outcome is Outcome.DONE


@pytest.mark.parametrize("is_whole_row_lost", [False, True])
async def test_a_cancellation_that_the_server_lost_is_written_again(
    counter: Counter, lose_last_second: Callable[[str], Awaitable[None]], is_whole_row_lost: bool
) -> None:
    if is_whole_row_lost:
        await lose_last_second("cancel")
    own = await counter.booked()
    if not is_whole_row_lost:
        await lose_last_second("cancel")
    await assert_written(counter, await counter.cancel(own), Standing.CANCELLED)


@pytest.mark.parametrize("profile", ["full"])
async def test_a_move_that_the_server_lost_is_written_again(
    counter: Counter, lose_last_second: Callable[[str], Awaitable[None]]
) -> None:
    own = await counter.booked()
    same_service = (s for s in counter.free() if s.healthcare_service_id == own.timeslot.healthcare_service_id)
    slot = next(s for s in same_service if not s.overlaps(own.start, own.end))
    await lose_last_second("update")
    counter.desk.moving.move(MoveRequest(own, slot, ""))
    await counter.rest()
    new = await assert_written(counter, counter.notices[-1], Standing.BOOKED)
    old = await counter.ledger.appointment(own.key)
    assert (old.standing, old.replaced_by) == (Standing.CANCELLED, new.key)


async def test_whatever_is_raised_after_sending_is_told_as_unknown(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_given: object, **_more: object) -> object:
        raise RuntimeError("from a library")

    monkeypatch.setattr(counter.client, "book", fail)
    notice = await counter.book(counter.free()[0])
    assert notice.outcome is Outcome.UNKNOWN
    assert notice.appointment
    assert counter.own(notice.appointment).standing is Standing.BOOKING_UNKNOWN
    assert caplog.messages == ["a write ended in RuntimeError"]


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Alarm:
    """What the next try to write waits for."""
    made = Alarm()
    monkeypatch.setattr(Writing.__init__, "__defaults__", (made,))
    return made


async def test_whatever_the_ledger_raises_after_sending_is_told_and_tried_on(
    tries: Alarm, counter: Counter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settle, fails = counter.ledger.settle_booked, [True]

    async def fail_at_first(*given: Any) -> object:
        if fails:
            raise StatementError("odd", None, None, ValueError())
        return await settle(*given)

    monkeypatch.setattr(counter.ledger, "settle_booked", fail_at_first)
    notice = await counter.book(counter.free()[0])
    assert (notice.outcome, notice.problem and notice.problem.reason) == (Outcome.UNKNOWN, Reason.NOT_WRITTEN_YET)
    assert "disk" not in counter.screen(notice)
    fails.clear()
    await until(lambda: tries.asleep, "the next try is planned")
    tries.ring()
    assert notice.appointment
    await counter.becomes(notice.appointment, Standing.BOOKED)
    assert {record.name for record in caplog.records} == {"receptionapp.services.writing"}


@pytest.mark.parametrize("comment", ["a\0b", "a\ud800b"])
async def test_a_text_that_nothing_can_keep_is_refused_in_words_and_nothing_is_sent(
    counter: Counter, comment: str
) -> None:
    slot = counter.free()[0]
    notice = await counter.book(slot, comment=comment)
    assert notice.outcome is Outcome.REFUSED
    assert "hidden character" in counter.screen(notice)
    assert counter.leyr.writes == []
    own = await counter.booked()
    assert "hidden character" in counter.screen(await counter.cancel(own, comment))
    assert counter.own(own).standing is Standing.BOOKED


async def test_a_server_that_is_lost_before_sending_is_told_at_once_and_nothing_is_sent_later(
    tries: Alarm, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_given: Any) -> None:
        raise LedgerError(LedgerFault.SERVER_GONE)

    with monkeypatch.context() as away:
        for step in ("mark_sent", "settle_refused", "appointment"):
            away.setattr(counter.ledger, step, lost)
        notice = await counter.book(counter.free()[0])
    assert (notice.outcome, notice.problem and notice.problem.reason) == (Outcome.REFUSED, Reason.LEDGER_OUT_OF_REACH)
    await until(lambda: tries.asleep, "the next try is planned")
    tries.ring()
    assert notice.appointment
    await counter.becomes(notice.appointment, Standing.REFUSED)
    assert counter.leyr.writes == []


async def test_a_refusal_says_nothing_of_how_it_stands_that_nobody_could_read(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = await counter.booked()

    async def lost(*_given: Any) -> None:
        raise LedgerError(LedgerFault.SERVER_GONE)

    for step in ("prepare_cancel", "appointment"):
        monkeypatch.setattr(counter.ledger, step, lost)
    notice = await counter.cancel(own)
    assert counter.screen(notice).startswith("Not cancelled: ")
    assert "Not confirmed: " in counter.screen(replace(notice, verb=Verb.CONFIRM))
    assert "Not undone: " in counter.screen(replace(notice, verb=Verb.BOOK, undo=True))
    offline = replace(notice, verb=Verb.CONFIRM, problem=Problem(Reason.OFFLINE))
    assert "Not confirmed: " in counter.screen(offline)

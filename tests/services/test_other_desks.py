"""Two desks, one clinic, one ledger on a real server."""

import asyncio
from datetime import timedelta
from unittest.mock import DEFAULT, AsyncMock, Mock

import pytest
from sqlalchemy import func, select

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import BookRequest, Outcome, ReadFailure
from receptionapp.domain.problem import Reason
from receptionapp.ledger import entry, notifications
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.notifications import HoldsChanged, ServerReached
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.schema import intents
from receptionapp.services import other_desks
from receptionapp.store.change import LedgerReachable
from tests.examples import examples
from tests.postgres import own_server, postgres  # noqa: F401, a fixture
from tests.services.alarm import Alarm
from tests.services.shared_counter import SharedCounter
from tests.waiting import until


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(other_desks, "TEND_EVERY", 0.01)


@pytest.fixture
async def desks(leyr, tmp_path, clock, postgres, monkeypatch):  # noqa: F811
    monkeypatch.setattr(other_desks, "HOLD_DELAY", 0)
    server = PostgresServer(postgres.emptied())
    opened = [SharedCounter(leyr, tmp_path, clock, server=server, name=name) for name in ("front", "back")]
    for each in opened:
        await each.open()
        await each.open_clinic()
    yield opened
    leyr.be_well()
    for each in opened:
        await each.close()


def apart(counter, count):
    """Free times of which no two share any time of a resource."""
    chosen = []
    for slot in counter.free():
        if not any(slot.resource_id == c.resource_id and slot.overlaps(c.start, c.end) for c in chosen):
            chosen.append(slot)
    return chosen[:count]


async def test_what_one_desk_books_stands_in_the_book_of_the_other(desks):
    front, back = desks
    notice = await front.book(front.free()[0])
    key = notice.appointment.key
    await until(lambda: key in back.store.snapshot.appointments, "the other desk knows it")
    await back.becomes(notice.appointment, Standing.BOOKED)
    await back.cancel(back.own(notice.appointment))
    await front.becomes(notice.appointment, Standing.CANCELLED)


@pytest.mark.in_full
async def test_of_two_desks_that_want_one_time_one_gets_it_and_the_other_is_told(desks):
    front, _ = desks
    rounds = examples(6, 50)
    times = apart(front, rounds)
    assert len(times) == rounds
    for slot in times:
        requests = [BookRequest(each.care_unit_id, slot, each.somebody(n), "") for n, each in enumerate(desks)]
        for each, request in zip(desks, requests, strict=True):
            each.desk.booking.book(request)
        await asyncio.gather(*(each.rest() for each in desks))
        told = [
            next(notice for notice in each.notices if notice.request == request.id)
            for each, request in zip(desks, requests, strict=True)
        ]
        assert sorted(notice.outcome for notice in told) == sorted([Outcome.DONE, Outcome.REFUSED])
        [loser] = [notice for notice in told if notice.outcome is Outcome.REFUSED]
        assert loser.problem.reason in (Reason.OWN_OVERLAP, Reason.SLOT_TAKEN)
        assert len(front.held(slot)) == 1
    open_ = select(func.count()).where(intents.c.stage.in_(("prepared", "sent", "unknown")))
    assert await front.ledger.read(lambda connection: connection.scalar(open_)) == 0


async def test_a_form_that_is_open_at_one_desk_shows_at_the_other(desks):
    front, back = desks
    slot = front.free()[0]
    front.desk.other_desks.hold_timeslot(front.care_unit_id, slot)
    await until(lambda: back.store.snapshot.holds, "the other desk sees it")
    [hold] = back.store.snapshot.holds
    assert (hold.desk, hold.resource_id, hold.start) == ("front", slot.resource_id, slot.start)
    assert front.store.snapshot.holds == ()
    front.desk.other_desks.release_hold()
    await until(lambda: not back.store.snapshot.holds, "the other desk sees that it is over")


async def test_a_form_that_stays_open_goes_on_showing_however_much_the_others_write(hasty, desks, monkeypatch):
    front = desks[0]
    renewed = []
    monkeypatch.setattr(front.ledger, "hold_timeslot", lambda *held: asyncio.sleep(0, renewed.append(held)))
    front.desk.other_desks.hold_timeslot(front.care_unit_id, front.free()[0])
    await until(lambda: renewed, "it is told")
    said = front.desk.other_desks._listening.notifications
    said.put_nowait(HoldsChanged())
    read = front.ledger.holds_of_others

    async def and_more_is_said():
        said.put_nowait(HoldsChanged())
        return await read()

    monkeypatch.setattr(front.ledger, "holds_of_others", and_more_is_said)
    await until(lambda: len(renewed) > 2, "it is told again and again")
    monkeypatch.undo()


async def test_a_desk_that_could_not_read_when_the_server_came_back_reads_later(desks, monkeypatch):
    front, back = desks
    mine = front.desk.other_desks
    front.store.apply(LedgerReachable(False))
    with monkeypatch.context() as still_away:
        still_away.setattr(front.ledger, "read_changes_after", Mock(side_effect=LedgerError(LedgerFault.SERVER_GONE)))
        mine._listening.notifications.put_nowait(ServerReached())
        await until(lambda: front.ledger.read_changes_after.called, "it tries")
    booked = await back.book(back.free()[0])
    await mine._tend(take_over=False)
    assert front.store.snapshot.ledger_reachable
    assert booked.appointment.key in front.store.snapshot.appointments


async def test_an_answer_that_is_still_to_be_written_is_not_taken_for_one_that_never_came(desks, monkeypatch):
    front, tries = desks[0], Alarm()
    monkeypatch.setattr(front.desk.booking._writing, "_sleep", tries)
    for step in ("settle_booked", "settle_unknown"):
        once = AsyncMock(wraps=getattr(front.ledger, step), side_effect=[LedgerError(LedgerFault.SERVER_GONE), DEFAULT])
        monkeypatch.setattr(front.ledger, step, once)
    own = (await front.book(front.free()[0])).appointment
    await front.desk.other_desks._come_back()
    assert (await front.ledger.appointment(own.key)).standing is Standing.SENDING
    tries.ring()
    await front.becomes(own, Standing.BOOKED)


async def test_when_more_has_changed_than_is_caught_up_with_the_week_on_screen_is_read(desks, monkeypatch):
    front, back = desks
    monkeypatch.setattr(other_desks, "_MOST", 1)
    mine = front.desk.other_desks
    monkeypatch.setattr(mine, "_heed", lambda heard: asyncio.sleep(0))
    keys = {(await back.book(slot)).appointment.key for slot in apart(back, 3)}
    await mine._tend(take_over=False)
    assert keys <= set(front.store.snapshot.appointments)


async def test_what_a_desk_left_that_died_becomes_a_task_at_the_other(desks, clock, leyr, tmp_path):
    front, back = desks
    dying = SharedCounter(leyr, tmp_path, clock, server=front.server, name="dying")
    await dying.open()
    intent, own = await dying.ledger.prepare_booking(front.care_unit_id, front.free()[0], front.somebody())
    await dying.ledger.mark_sent(intent.id)
    await dying.desk.other_desks.aclose()
    await dying.crash()
    clock.now += entry.ABANDONED_AFTER + timedelta(seconds=1)
    await front.desk.other_desks._tend(take_over=True)
    await front.becomes(own, Standing.BOOKING_UNKNOWN)
    await back.becomes(own, Standing.BOOKING_UNKNOWN)


async def test_a_desk_that_shares_its_id_leaves_alone_what_the_other_is_about(desks, postgres, monkeypatch):  # noqa: F811
    """Its data folder was copied to a second computer, which began while this one did not reach the server."""
    monkeypatch.setattr(notifications, "_WAITS", (0.01,))
    front = desks[0]
    desk_id = front.ledger.writer.desk_id
    async with postgres.taken_by_another(front.server.address.database, desk_id):
        await until(lambda: not front.store.snapshot.ledger_reachable, "the desk knows that it is alone")
        intent, own = await front.ledger.prepare_booking(front.care_unit_id, front.free()[0], front.somebody())
        await front.ledger.mark_sent(intent.id)
        await front.desk.other_desks._tend(take_over=False)
        assert front.store.snapshot.ledger_reachable
        assert (await front.ledger.appointment(own.key)).standing is Standing.SENDING
        monkeypatch.setattr(notifications, "OWN_CONNECTION_GONE_AFTER", 0)
        await until(lambda: front.ledger.writer.desk_id != desk_id, "it is another desk from now on")
        await until(lambda: front.desk.other_desks._listening.holds_id, "nobody else is that one")
    booked = await front.book(apart(front, 2)[1])
    assert booked.outcome is Outcome.DONE
    assert (await front.ledger.appointment(own.key)).standing is Standing.SENDING


async def test_a_server_that_is_put_back_from_a_copy_is_said_once_and_read_anew(desks, postgres):  # noqa: F811
    """What it lost stays on the screen: the patients are booked in the EHR."""
    front, back = desks
    kept, lost, later = apart(front, 3)
    stays = (await front.book(kept)).appointment
    copy = await asyncio.to_thread(postgres.copy, front.server.address.database)
    await front.cancel(front.own(stays))
    gone = (await front.book(lost)).appointment
    await until(lambda: gone.key in back.store.snapshot.appointments, "the other desk knows all of it")

    await asyncio.to_thread(postgres.put_back, front.server.address.database, copy)

    await back.becomes(stays, Standing.BOOKED)
    assert gone.key in back.store.snapshot.appointments
    after = (await front.book(later)).appointment
    await until(lambda: after.key in back.store.snapshot.appointments, "the other desk goes on hearing")
    said = [what.problem.reason for what in back.told if isinstance(what, ReadFailure)]
    assert said == [Reason.LEDGER_PUT_BACK]


async def test_while_the_server_is_away_nothing_is_booked_and_it_comes_back_by_itself(leyr, tmp_path, clock):
    with own_server() as server:
        place = PostgresServer(server.new_database())
        front, back = (SharedCounter(leyr, tmp_path, clock, server=place, name=name) for name in ("front", "back"))
        for each in (front, back):
            await each.open()
            await each.open_clinic()
        await asyncio.to_thread(server.stop)
        await until(lambda: not front.store.snapshot.ledger_reachable, "the desk knows that it is alone")
        refused = await front.book(front.free()[0])
        assert (refused.outcome, refused.problem.reason) == (Outcome.REFUSED, Reason.LEDGER_OUT_OF_REACH)
        assert front.held(front.free()[0]) == []
        await asyncio.to_thread(server.start)
        for each in (front, back):
            await until(lambda: each.store.snapshot.ledger_reachable, "the server is reached again")  # noqa: B023
        booked = await front.book(front.free()[0])
        assert booked.outcome is Outcome.DONE
        await until(lambda: booked.appointment.key in back.store.snapshot.appointments, "the other desk knows it")
        for each in (front, back):
            await each.close()

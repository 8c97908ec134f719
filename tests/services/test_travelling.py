"""While a request may still be on its way nobody can know that it came to nothing: not a list, not a person."""

from datetime import timedelta

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import MoveRequest, Outcome
from receptionapp.domain.problem import Reason
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from tests.clocks import StoppedClock
from tests.services.alarm import Alarm
from tests.services.counter import Counter
from tests.services.test_restart import Restart
from tests.services.truth import assert_true, elsewhere
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

on_full = pytest.mark.parametrize("profile", ["full"])
ALMOST = LONGEST_IN_FLIGHT - timedelta(seconds=1)


async def unknown_booking(desk: Counter, fault: str = "drop_before") -> OwnAppointment:
    desk.leyr.fail(fault, "POST")
    own = (await desk.book(desk.free()[0])).appointment
    await until(lambda: own.key in desk.store.snapshot.in_flight, "it is told how long it may take")
    return own


async def unknown_cancellation(desk: Counter) -> OwnAppointment:
    own = await desk.booked()
    desk.leyr.fail("drop_before", "PATCH")
    await desk.cancel(own)
    await until(lambda: own.key in desk.store.snapshot.in_flight, "it is told how long it may take")
    return own


async def say(desk: Counter, own: OwnAppointment, exists: bool) -> Standing:
    desk.desk.booking.settle_by_hand(desk.own(own), exists)
    await desk.rest()
    return desk.own(own).standing


async def test_that_it_is_not_there_can_be_said_after_three_minutes(desk: Counter, clock: StoppedClock) -> None:
    own = await unknown_booking(desk)
    assert desk.store.snapshot.in_flight == {own.key: clock() + LONGEST_IN_FLIGHT}
    clock.now += ALMOST
    assert await say(desk, own, False) is Standing.BOOKING_UNKNOWN
    assert (desk.notices[-1].outcome, desk.notices[-1].problem.reason) == (Outcome.UNKNOWN, Reason.ON_ITS_WAY)
    assert "in three minutes" in desk.screen(desk.notices[-1])
    clock.now += timedelta(seconds=1)
    assert await say(desk, own, False) is Standing.REFUSED
    assert desk.store.snapshot.in_flight == {}


async def test_that_it_is_there_can_be_said_at_once(desk: Counter) -> None:
    own = await unknown_booking(desk, "drop_after")
    assert await say(desk, own, True) is Standing.BOOKED
    await assert_true(desk, own)


async def test_that_one_to_be_cancelled_is_still_there_can_be_said_after_three_minutes(
    desk: Counter, clock: StoppedClock
) -> None:
    own = await unknown_cancellation(desk)
    assert await say(desk, own, True) is Standing.CANCELLING_UNKNOWN
    clock.now += LONGEST_IN_FLIGHT
    assert await say(desk, own, True) is Standing.BOOKED


@on_full
async def test_neither_half_of_a_move_can_be_said_not_to_have_come_about(
    desk: Counter, leyr: WatchedSandbox, clock: StoppedClock, alarm: Alarm
) -> None:
    own = await desk.booked()
    leyr.fail("drop_before", "PATCH")
    desk.desk.moving.move(MoveRequest(own, elsewhere(desk, own)))
    await desk.becomes(own, Standing.CANCELLING_UNKNOWN)
    await desk.rest()
    new = desk.store.snapshot.appointments[desk.own(own).replaced_by]
    await until(lambda: set(desk.store.snapshot.in_flight) == {own.key, new.key}, "both are known to wait")
    assert await say(desk, own, True) is Standing.CANCELLING_UNKNOWN
    assert await say(desk, new, False) is Standing.BOOKING_UNKNOWN
    await until(lambda: alarm.asleep, "the first look is over: one that ended later could settle it as well")
    clock.now += LONGEST_IN_FLIGHT
    assert await say(desk, new, False) is Standing.REFUSED
    assert desk.own(own).standing is Standing.BOOKED
    await assert_true(desk, own, new)


async def test_the_screen_is_told_when_it_has_surely_landed(desk: Counter, alarm: Alarm, clock: StoppedClock) -> None:
    own = await unknown_booking(desk)
    for wait in (15, 60, 106):
        await until(lambda wait=wait: alarm.asked[-1] == wait and alarm.asleep, "the next look is planned")
        assert own.key in desk.store.snapshot.in_flight
        clock.now += timedelta(seconds=wait)
        alarm.ring()
    await until(lambda: not desk.store.snapshot.in_flight, "it has landed")
    assert desk.own(own).standing is Standing.BOOKING_UNKNOWN


@on_full
async def test_a_clock_that_is_put_forward_makes_no_proof_of_a_list(
    desk: Counter, alarm: Alarm, clock: StoppedClock
) -> None:
    own = await unknown_booking(desk)
    await until(lambda: alarm.asleep, "the first look is over")
    clock.put(timedelta(days=1))
    alarm.ring()
    await until(lambda: len(alarm.asked) == 3 and alarm.asleep, "the second look is over")
    assert desk.own(own).standing is Standing.BOOKING_UNKNOWN
    assert await say(desk, own, False) is Standing.BOOKING_UNKNOWN
    clock.now += LONGEST_IN_FLIGHT
    alarm.ring()
    await desk.becomes(own, Standing.REFUSED)


async def test_for_a_program_that_is_started_later_the_three_minutes_begin_anew(
    desk: Counter, restart: Restart, clock: StoppedClock
) -> None:
    own = await unknown_booking(desk)
    clock.now += LONGEST_IN_FLIGHT
    again = await restart()
    await again.desk._unfinished.resume()
    await until(lambda: own.key in again.store.snapshot.in_flight, "it is told how long it may take")
    assert await say(again, own, False) is Standing.BOOKING_UNKNOWN
    clock.now += LONGEST_IN_FLIGHT
    assert await say(again, own, False) is Standing.REFUSED

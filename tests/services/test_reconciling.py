"""Unknown outcomes are looked into at once, soon, and slowly, until they are settled; nothing is ever sent again."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import BookRequest, MoveRequest, Outcome, OutcomeHint
from receptionapp.domain.problem import Reason
from receptionapp.leyr.transport import Timeouts
from receptionapp.services.reconciliation import LISTED_AFTER, LONGEST_IN_FLIGHT
from tests.clocks import StoppedClock
from tests.services.alarm import Alarm
from tests.services.counter import Counter
from tests.services.truth import assert_true, elsewhere
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

on_full = pytest.mark.parametrize("profile", ["full"])
LONG_AFTER = LONGEST_IN_FLIGHT + timedelta(seconds=1)


async def unknown_booking(desk: Counter, fault: str) -> OwnAppointment:
    slot = desk.free()[0]
    desk.leyr.fail(fault, "POST")
    return (await desk.book(slot)).appointment


async def unknown_cancellation(desk: Counter, fault: str) -> OwnAppointment:
    own = await desk.booked()
    desk.leyr.fail(fault, "PATCH")
    await desk.cancel(own)
    return own


async def hint(desk: Counter, own: OwnAppointment) -> OutcomeHint:
    return (await until(lambda: desk.store.snapshot.outcome_checks.get(own.key), "there was a look")).hint


async def look_again(
    desk: Counter, alarm: Alarm, clock: StoppedClock, later: timedelta = timedelta(seconds=15)
) -> None:
    """The next look, at its time."""
    looks, asked = desk.store.snapshot.outcome_checks, len(alarm.asked)
    clock.now += later
    alarm.ring()
    await until(
        lambda: desk.store.snapshot.outcome_checks != looks or len(alarm.asked) > asked, "there was another look"
    )


class TestWithoutAList:
    """Konfidens: a free time gives a hint, and the task stays."""

    async def test_a_time_that_is_free_says_probably_not_booked(self, desk: Counter, leyr: WatchedSandbox) -> None:
        own = await unknown_booking(desk, "drop_before")
        assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
        assert desk.own(own).standing is Standing.BOOKING_UNKNOWN
        assert len(leyr.writes) == 1

    async def test_a_time_that_is_gone_says_nothing(self, desk: Counter) -> None:
        own = await unknown_booking(desk, "drop_after")
        assert await hint(desk, own) is OutcomeHint.CANT_TELL

    async def test_a_time_that_is_free_again_says_probably_cancelled(self, desk: Counter) -> None:
        assert await hint(desk, await unknown_cancellation(desk, "drop_after")) is OutcomeHint.PROBABLY_DONE

    async def test_a_time_that_is_not_free_may_still_be_ours(self, desk: Counter) -> None:
        assert await hint(desk, await unknown_cancellation(desk, "drop_before")) is OutcomeHint.CANT_TELL

    async def test_it_is_never_settled_by_a_look_however_late(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock
    ) -> None:
        own = await unknown_booking(desk, "drop_before")
        await hint(desk, own)
        await look_again(desk, alarm, clock, LONG_AFTER)
        assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
        assert desk.own(own).standing is Standing.BOOKING_UNKNOWN

    async def test_the_looks_become_rare(self, desk: Counter, alarm: Alarm, clock: StoppedClock) -> None:
        await hint(desk, await unknown_booking(desk, "drop_before"))
        for _ in range(4):
            await look_again(desk, alarm, clock)
        await until(lambda: len(alarm.asked) == 6, "the sixth look was planned")
        assert alarm.asked == [0, 15, 60, 106, 300, 300]

    async def test_the_latest_look_replaces_the_one_before(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock, leyr: WatchedSandbox
    ) -> None:
        own = await unknown_booking(desk, "drop_before")
        await hint(desk, own)
        slot = own.timeslot
        leyr.sandbox.outside.book(slot.resource_id, slot.start, slot.end)
        await look_again(desk, alarm, clock)
        assert await hint(desk, own) is OutcomeHint.CANT_TELL

    async def test_a_look_that_gets_no_answer_changes_nothing_and_is_made_again(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock, leyr: WatchedSandbox
    ) -> None:
        own = await unknown_booking(desk, "drop_before")
        first = await hint(desk, own)
        leyr.fail("emr_error_400", "GET", "*/timeslots")
        await look_again(desk, alarm, clock)
        assert desk.store.snapshot.outcome_checks[own.key].hint is first
        await look_again(desk, alarm, clock)
        assert await hint(desk, own) is first

    async def test_the_hint_goes_when_a_person_has_settled_it(self, desk: Counter, clock: StoppedClock) -> None:
        own = await unknown_booking(desk, "drop_before")
        await hint(desk, own)
        clock.now += LONGEST_IN_FLIGHT
        desk.desk.booking.settle_by_hand(desk.own(own), False)
        await desk.rest()
        assert desk.store.snapshot.outcome_checks == {}

    async def test_when_the_time_is_past_there_is_nothing_left_to_look_at(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock
    ) -> None:
        own = await unknown_booking(desk, "drop_before")
        await hint(desk, own)
        clock.now = own.start
        alarm.ring()
        await until(lambda: not desk.tasks.is_running("reconcile:"), "no more looks are planned")
        assert desk.own(own).standing is Standing.BOOKING_UNKNOWN


class TestWithAList:
    """The EHR's own list settles."""

    pytestmark = on_full

    async def test_a_booking_that_is_listed_is_booked_with_its_id(self, desk: Counter, leyr: WatchedSandbox) -> None:
        own = await unknown_booking(desk, "drop_after")
        await desk.becomes(own, Standing.BOOKED)
        assert desk.own(own).appointment_id == desk.held(own.timeslot)[0].id
        assert (desk.notices[-1].outcome, desk.notices[-1].problem.reason) == (Outcome.DONE, Reason.FOUND_IN_LIST)
        assert len(leyr.writes) == 1

    async def test_one_that_is_not_listed_may_still_be_on_its_way(self, desk: Counter) -> None:
        own = await unknown_booking(desk, "drop_before")
        assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
        assert desk.own(own).standing is Standing.BOOKING_UNKNOWN

    async def test_one_that_is_not_listed_long_after_is_not_booked(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock, leyr: WatchedSandbox
    ) -> None:
        own = await unknown_booking(desk, "drop_before")
        await hint(desk, own)
        await look_again(desk, alarm, clock, LONG_AFTER)
        await desk.becomes(own, Standing.REFUSED)
        assert desk.notices[-1].outcome is Outcome.REFUSED
        assert len(leyr.writes) == 1
        await assert_true(desk, own)

    async def test_a_list_that_leaves_it_out_is_not_believed_while_its_time_is_taken(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock, leyr: WatchedSandbox
    ) -> None:
        leyr.answer_instead("GET", "*/appointments", b"[]", times=9)
        own = await unknown_booking(desk, "drop_after")
        assert await hint(desk, own) is OutcomeHint.CANT_TELL
        await look_again(desk, alarm, clock, LONG_AFTER)
        assert desk.own(own).standing is Standing.BOOKING_UNKNOWN
        leyr.door.instead.clear()
        await look_again(desk, alarm, clock)
        await desk.becomes(own, Standing.BOOKED)

    async def test_that_its_time_has_come_makes_no_refusal_of_it_until_a_day_later(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock, leyr: WatchedSandbox
    ) -> None:
        own = await unknown_booking(desk, "drop_before")
        assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
        leyr.sandbox.outside.book(own.timeslot.resource_id, own.start, own.end)  # so it is not offered
        clock.now = own.start
        await look_again(desk, alarm, clock, timedelta(minutes=5))
        assert await hint(desk, own) is OutcomeHint.CANT_TELL
        assert desk.own(own).standing is Standing.BOOKING_UNKNOWN
        await until(lambda: alarm.asleep, "the next look is planned")
        clock.now = own.end + LISTED_AFTER
        alarm.ring()
        await desk.becomes(own, Standing.REFUSED)

    async def test_a_cancellation_that_is_listed_is_cancelled(self, desk: Counter) -> None:
        own = await unknown_cancellation(desk, "drop_after")
        await desk.becomes(own, Standing.CANCELLED)
        await assert_true(desk, own)

    async def test_one_that_still_stands_long_after_was_not_cancelled(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock
    ) -> None:
        own = await unknown_cancellation(desk, "drop_before")
        assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
        await look_again(desk, alarm, clock, LONG_AFTER)
        await desk.becomes(own, Standing.BOOKED)
        await assert_true(desk, own)

    @pytest.mark.parametrize("fault", ["drop_after", "drop_before"])
    async def test_a_move_is_found_where_it_is(
        self, desk: Counter, alarm: Alarm, clock: StoppedClock, leyr: WatchedSandbox, fault: str
    ) -> None:
        own = await desk.booked()
        slot = elsewhere(desk, own)
        leyr.fail(fault, "PATCH")
        desk.desk.moving.move(MoveRequest(own, slot, "Flyttet"))
        await desk.rest()
        if fault == "drop_before":
            assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
            await look_again(desk, alarm, clock, LONG_AFTER)
        await desk.becomes(own, Standing.CANCELLED if fault == "drop_after" else Standing.BOOKED)
        new = desk.store.snapshot.appointments[desk.own(own).replaced_by]
        await assert_true(desk, own, new)
        assert len(leyr.writes) == 1

    async def test_a_list_that_turns_out_not_to_be_there_leaves_the_free_time(
        self, desk: Counter, leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(leyr.sandbox, "profile", replace(leyr.sandbox.profile, reads_appointments=False))
        own = await unknown_booking(desk, "drop_before")
        assert await hint(desk, own) is OutcomeHint.PROBABLY_NOT_DONE
        assert len(leyr.calls("GET", "*/appointments")) == 1

    async def test_only_that_patients_appointments_are_asked_for(self, desk: Counter, leyr: WatchedSandbox) -> None:
        own = await unknown_booking(desk, "drop_after")
        await desk.becomes(own, Standing.BOOKED)
        (call,) = leyr.calls("GET", "*/appointments")
        assert call.query["patient_id"] == [own.person.reference]


async def test_what_an_earlier_run_left_unknown_is_looked_into_at_the_start(
    leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock, restart: Callable[[], Awaitable[Counter]]
) -> None:
    doomed = Counter(leyr, tmp_path / "ledger.sqlite3", clock, Timeouts(close=0.05))
    await doomed.open()
    await doomed.open_clinic()
    kept, slot = leyr.keep_back("POST", "*/appointments"), doomed.free()[0]
    doomed.desk.booking.book(BookRequest(doomed.care_unit_id, slot, doomed.somebody()))
    await kept.reached()
    await doomed.crash()
    kept.release()
    again = await restart()
    again.desk.start(again.store, None)
    [own] = again.store.snapshot.appointments.values()
    assert await hint(again, own) is OutcomeHint.CANT_TELL

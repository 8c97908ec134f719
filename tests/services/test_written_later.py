"""What the disk did not take when the answer came is written as soon as it does; the id in an answer is not lost."""

from collections.abc import Awaitable, Callable

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Outcome
from receptionapp.domain.problem import Reason
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from receptionapp.services.writing import Writing
from tests.services.alarm import Alarm
from tests.services.counter import Counter
from tests.services.truth import assert_true
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

Fill = Callable[..., None]

NOT_THERE = b'{"code": "BAD_REQUEST", "errors": [{"error_code": "INVALID_APPOINTMENT_ID"}]}'


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Alarm:
    """What the next try to write waits for."""
    made = Alarm()
    monkeypatch.setattr(Writing.__init__, "__defaults__", (made,))
    return made


@pytest.fixture
def desk(tries: Alarm, counter: Counter) -> Counter:
    return counter


@pytest.fixture
def disk(desk: Counter, monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Takes none of these steps until it is given none."""

    refused: set[str] = set()

    def watched(step: str) -> Callable[..., Awaitable[object]]:
        do = getattr(desk.ledger, step)

        async def try_it(*given: object) -> object:
            if step in refused:
                raise LedgerError(LedgerFault.DISK_FULL)
            return await do(*given)

        return try_it

    for step in ("settle_booked", "settle_cancelled", "settle_gone", "settle_refused", "settle_unknown"):
        monkeypatch.setattr(desk.ledger, step, watched(step))

    def fill(*steps: str) -> None:
        refused.clear()
        refused.update(steps)

    return fill


async def ring(tries: Alarm) -> None:
    await until(lambda: tries.asleep, "the next try is planned")
    tries.ring()


@pytest.mark.parametrize("steps", [["settle_booked"], ["settle_booked", "settle_unknown"]])
async def test_a_booking_keeps_its_id(desk: Counter, tries: Alarm, disk: Fill, steps: list[str]) -> None:
    disk(*steps)
    notice = await desk.book(desk.free()[0])
    assert notice.outcome is Outcome.UNKNOWN
    await ring(tries)
    await until(lambda: len(tries.asked) == 2, "the disk is still full")
    disk()
    await ring(tries)
    await desk.becomes(notice.appointment, Standing.BOOKED)
    assert desk.own(notice.appointment).appointment_id == desk.held(notice.appointment.timeslot)[0].id
    assert desk.notices[-1].outcome is Outcome.DONE
    assert len(desk.leyr.writes) == 1
    await assert_true(desk, notice.appointment)


async def test_a_cancellation_is_cancelled(desk: Counter, tries: Alarm, disk: Fill) -> None:
    own = await desk.booked()
    disk("settle_cancelled", "settle_unknown")
    assert (await desk.cancel(own)).outcome is Outcome.UNKNOWN
    disk()
    await ring(tries)
    await desk.becomes(own, Standing.CANCELLED)


@pytest.mark.parametrize("fault", ["slot_taken", "rate_limited"])
async def test_a_refusal_leaves_nothing_under_way_and_is_told_once(
    desk: Counter, tries: Alarm, disk: Fill, leyr: WatchedSandbox, fault: str
) -> None:
    slot = desk.free()[0]
    if fault == "slot_taken":
        leyr.answer_instead("GET", "*/timeslots", b"[]")
    else:
        leyr.fail(fault, "POST")
    disk("settle_refused")
    notice = await desk.book(slot)
    assert notice.outcome is Outcome.REFUSED
    disk()
    told = len(desk.notices)
    await ring(tries)
    await desk.becomes(notice.appointment, Standing.REFUSED)
    assert len(desk.notices) == told
    assert (await desk.book(slot)).outcome is Outcome.DONE


@pytest.mark.parametrize("steps", [["settle_gone"], ["settle_gone", "settle_unknown"]])
async def test_what_the_ehr_has_no_more_is_not_called_refused(
    desk: Counter, tries: Alarm, disk: Fill, leyr: WatchedSandbox, steps: list[str]
) -> None:
    own = await desk.booked()
    leyr.answer_instead("PATCH", "*", NOT_THERE, status=400)
    disk(*steps)
    assert (await desk.cancel(own)).outcome is Outcome.UNKNOWN
    disk()
    await ring(tries)
    await desk.becomes(own, Standing.CANCELLED)
    assert desk.notices[-1].outcome is Outcome.DONE


async def test_that_no_answer_came_is_nothing_that_a_person_said_otherwise(
    desk: Counter, tries: Alarm, leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, failed = desk.ledger.settle_unknown, []

    async def fail_once(*given: object) -> object:
        if not failed:
            failed.append(given)
            raise LedgerError(LedgerFault.DISK_FULL)
        return await settle(*given)

    monkeypatch.setattr(desk.ledger, "settle_unknown", fail_once)
    leyr.fail("drop_before", "POST")
    own = (await desk.book(desk.free()[0])).appointment
    await desk.becomes(own, Standing.BOOKING_UNKNOWN)
    await ring(tries)
    await desk.tasks.wait_for("keep:answer:", 10)
    assert Reason.SAID_OTHERWISE not in [notice.problem.reason for notice in desk.notices]


async def test_a_person_may_have_been_faster(desk: Counter, tries: Alarm, disk: Fill) -> None:
    disk("settle_booked")
    own = (await desk.book(desk.free()[0])).appointment
    disk()
    desk.clock.now += LONGEST_IN_FLIGHT
    desk.desk.booking.settle_by_hand(desk.own(own), False)
    await desk.rest()
    assert desk.own(own).standing is Standing.REFUSED
    await ring(tries)
    await desk.becomes(own, Standing.BOOKED)
    await until(lambda: desk.notices[-1].problem.reason is Reason.SAID_OTHERWISE, "it was told")
    await assert_true(desk, own)


async def test_it_is_tried_once_more_when_the_program_is_closed(desk: Counter, tries: Alarm, disk: Fill) -> None:
    disk("settle_booked", "settle_unknown")
    own = (await desk.book(desk.free()[0])).appointment
    await until(lambda: tries.asleep, "the next try is planned")
    disk()
    await desk.close()
    await desk.open()
    written = await desk.ledger.appointment(own.key)
    assert (written.standing, written.appointment_id) == (Standing.BOOKED, desk.held(own.timeslot)[0].id)


@pytest.mark.parametrize("said_meanwhile", [False, True])
async def test_an_answer_that_came_late_and_was_not_taken_either_keeps_its_id(
    tries: Alarm, impatient: Counter, monkeypatch: pytest.MonkeyPatch, said_meanwhile: bool
) -> None:
    is_full = [True]

    def unless_full(do: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def try_it(*given: object) -> object:
            if is_full:
                raise LedgerError(LedgerFault.DISK_FULL)
            return await do(*given)

        return try_it

    for step in ("apply_late_answer",) if said_meanwhile else ("settle_booked", "settle_unknown"):
        monkeypatch.setattr(impatient.ledger, step, unless_full(getattr(impatient.ledger, step)))
    impatient.timeouts.total = 0.3
    kept = impatient.leyr.keep_back("POST", "*/appointments")
    own = (await impatient.book(impatient.free()[0])).appointment
    if said_meanwhile:
        impatient.clock.now += LONGEST_IN_FLIGHT
        impatient.desk.booking.settle_by_hand(impatient.own(own), True)
        await impatient.rest()
    asleep = len(tries.asleep)
    kept.release()
    await until(lambda: len(tries.asleep) > asleep, "the answer is to be written later")
    is_full.clear()
    tries.ring()
    await until(lambda: impatient.own(own).appointment_id, "the id is written")
    await impatient.becomes(own, Standing.BOOKED)
    await impatient.tasks.wait_for("keep:answer:", 10)
    assert Reason.SAID_OTHERWISE not in [notice.problem and notice.problem.reason for notice in impatient.notices]
    await assert_true(impatient, own)


async def test_an_id_that_another_of_ours_has_leaves_it_unknown(desk: Counter, tries: Alarm, disk: Fill) -> None:
    other, slot = await desk.booked(), desk.free()[0]
    kept = desk.leyr.keep_back("POST", "*/appointments")
    kept.answer_with(other.appointment_id, "booked", slot)
    kept.release()
    disk("settle_booked", "settle_unknown")
    own = (await desk.book(slot)).appointment
    assert own.standing is Standing.SENDING
    disk()
    await ring(tries)
    await desk.becomes(own, Standing.BOOKING_UNKNOWN)

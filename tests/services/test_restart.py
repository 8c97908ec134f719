"""The program ends in the middle of a write: at the next start nothing is lost and nothing is guessed."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import BookRequest, Outcome
from receptionapp.leyr.transport import Timeouts
from receptionapp.services import desk as desk_module
from tests.clocks import StoppedClock
from tests.services.counter import Counter
from tests.services.in_process import Patience
from tests.watched_sandbox import WatchedSandbox

Restart = Callable[[], Awaitable[Counter]]


@pytest.fixture
async def doomed(leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock) -> Counter:
    """A program that the test ends."""
    made = Counter(leyr, tmp_path / "ledger.sqlite3", clock, Timeouts(close=0.05))
    await made.open()
    await made.open_clinic()
    leyr.forget_calls()
    return made


async def test_a_booking_never_sent_is_refused_after_a_restart(
    doomed: Counter, leyr: WatchedSandbox, restart: Restart
) -> None:
    kept, slot = leyr.keep_back("GET", "*/timeslots"), doomed.free()[0]
    doomed.desk.booking.book(BookRequest(doomed.care_unit_id, slot, doomed.somebody()))
    await kept.reached()
    await doomed.crash()
    kept.release()
    again = await restart()
    [own] = again.store.snapshot.appointments.values()
    assert own.standing is Standing.REFUSED
    assert leyr.writes == []
    assert (await again.book(slot)).outcome is Outcome.DONE


async def test_a_booking_sent_is_unknown_after_a_restart_and_found_whatever_week_is_shown(
    doomed: Counter, leyr: WatchedSandbox, restart: Restart
) -> None:
    kept, slot = leyr.keep_back("POST", "*/appointments"), doomed.free()[0]
    doomed.desk.booking.book(BookRequest(doomed.care_unit_id, slot, doomed.somebody()))
    await kept.reached()
    await doomed.crash()
    kept.release()
    again = await restart()
    [own] = again.store.snapshot.appointments.values()
    assert own.standing is Standing.BOOKING_UNKNOWN
    assert slot not in again.free()
    assert len(leyr.writes) == 1
    again.desk.booking.settle_by_hand(own, True)
    await again.rest()
    assert again.own(own).standing is Standing.BOOKED


async def test_a_cancellation_sent_is_unknown_after_a_restart(
    doomed: Counter, leyr: WatchedSandbox, restart: Restart
) -> None:
    own = await doomed.booked()
    kept = leyr.keep_back("PATCH", "*")
    doomed.desk.booking.cancel(own, "Syk")
    await kept.reached()
    await doomed.crash()
    kept.release()
    again = await restart()
    assert again.own(own).standing is Standing.CANCELLING_UNKNOWN


async def test_closing_waits_for_a_write_under_way(doomed: Counter, leyr: WatchedSandbox, restart: Restart) -> None:
    kept, slot = leyr.keep_back("POST", "*/appointments"), doomed.free()[0]
    doomed.desk.booking.book(BookRequest(doomed.care_unit_id, slot, doomed.somebody()))
    await kept.reached()
    kept.release()
    await doomed.close()
    again = await restart()
    [own] = again.store.snapshot.appointments.values()
    assert own.standing is Standing.BOOKED
    assert own.appointment_id == doomed.held(slot)[0].id


async def test_a_write_that_outlives_the_wait_at_closing_is_unknown_and_not_lost(
    doomed: Counter, leyr: WatchedSandbox, restart: Restart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "CLOSING_WAIT", 0.05)
    kept, slot = leyr.keep_back("POST", "*/appointments"), doomed.free()[0]
    doomed.desk.booking.book(BookRequest(doomed.care_unit_id, slot, doomed.somebody()))
    await kept.reached()
    await doomed.close()
    kept.release()
    again = await restart()
    [own] = again.store.snapshot.appointments.values()
    assert own.standing is Standing.BOOKING_UNKNOWN
    assert len(doomed.held(slot)) == 1


async def test_a_late_answer_that_comes_while_closing_is_written_down(
    leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock, restart: Restart
) -> None:
    impatient = Counter(leyr, tmp_path / "ledger.sqlite3", clock, Patience(close=20))
    await impatient.open()
    await impatient.open_clinic()
    kept, slot = leyr.keep_back("POST", "*/appointments"), impatient.free()[0]
    impatient.timeouts.total = 0.3
    assert (await impatient.book(slot)).outcome is Outcome.UNKNOWN
    kept.release()
    await impatient.close()
    again = await restart()
    [own] = again.store.snapshot.appointments.values()
    assert own.standing is Standing.BOOKED
    assert own.appointment_id == again.held(slot)[0].id


async def test_what_was_booked_can_be_cancelled_after_a_restart(
    doomed: Counter, leyr: WatchedSandbox, restart: Restart
) -> None:
    own = await doomed.booked()
    await doomed.close()
    again = await restart()
    assert again.own(own).standing is Standing.BOOKED
    assert (await again.cancel(again.own(own))).outcome is Outcome.DONE
    assert again.held(own.timeslot) == []

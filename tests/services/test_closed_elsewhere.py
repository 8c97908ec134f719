"""A desk is at work on a wish when another one on the same ledger, taking it for gone, closes that wish."""

from collections.abc import AsyncIterator

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import BookRequest, Outcome
from receptionapp.domain.problem import Reason
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from tests.services.counter import Counter
from tests.services.truth import assert_true
from tests.watched_sandbox import WatchedSandbox


@pytest.fixture
async def other(counter: Counter, leyr: WatchedSandbox) -> AsyncIterator[Ledger]:
    """Of the other desk, open on the same ledger."""
    made = await Ledger.open(SqliteFile(counter.file), Writer(leyr.emr, "desk 2"), counter.clock)
    yield made
    await made.close()


async def test_an_answer_to_a_wish_that_another_desk_closed_is_written_down(counter: Counter, other: Ledger) -> None:
    kept = counter.leyr.keep_back("POST", "*/appointments")
    counter.desk.booking.book(BookRequest(counter.care_unit_id, counter.free()[0], counter.somebody()))
    await kept.reached()
    [left] = await other.recover()
    await other.settle_by_hand(left.subject, False)
    kept.release()
    await counter.rest()
    [own] = counter.store.snapshot.appointments.values()
    assert (own.standing, counter.notices[-1].outcome) == (Standing.BOOKED, Outcome.DONE)
    assert counter.notices[-1].problem.reason is Reason.SAID_OTHERWISE
    assert own.appointment_id == counter.held(own.timeslot)[0].id
    await assert_true(counter, own)


async def test_what_another_desk_closed_before_it_was_sent_is_not_sent(counter: Counter, other: Ledger) -> None:
    kept = counter.leyr.keep_back("GET", "*/timeslots")  # the time is asked for again first
    counter.desk.booking.book(BookRequest(counter.care_unit_id, counter.free()[0], counter.somebody()))
    await kept.reached()
    await other.recover()
    kept.release()
    await counter.rest()
    [own] = counter.store.snapshot.appointments.values()
    assert (own.standing, counter.notices[-1].outcome) == (Standing.REFUSED, Outcome.REFUSED)
    assert counter.notices[-1].problem.reason is Reason.SETTLED_MEANWHILE
    assert "disk" not in counter.screen(counter.notices[-1])
    assert counter.leyr.writes == []
    await assert_true(counter, own)


@pytest.mark.parametrize(("theirs", "said"), [(True, "Booked: "), (False, "Not booked: ")])
async def test_of_two_who_say_different_things_the_second_reads_how_it_stands(
    counter: Counter, other: Ledger, theirs: bool, said: str
) -> None:
    counter.leyr.fail("drop_before", "POST")
    own = (await counter.book(counter.free()[0])).appointment
    await other.settle_by_hand(own.key, theirs)
    counter.clock.now += LONGEST_IN_FLIGHT
    counter.desk.booking.settle_by_hand(own, not theirs)
    await counter.rest()
    text = counter.screen(counter.notices[-1])
    assert text.startswith(said)
    assert "It was settled meanwhile" in text
    assert counter.own(own).standing is (Standing.BOOKED if theirs else Standing.REFUSED)


@pytest.mark.parametrize("theirs", [True, False])
async def test_of_two_who_say_different_things_of_a_cancellation_too(
    counter: Counter, other: Ledger, theirs: bool
) -> None:
    own = await counter.booked()
    counter.leyr.fail("drop_before", "PATCH")
    unknown = (await counter.cancel(own)).appointment
    await other.settle_by_hand(own.key, theirs)
    counter.clock.now += LONGEST_IN_FLIGHT
    counter.desk.booking.settle_by_hand(unknown, not theirs)
    await counter.rest()
    assert counter.screen(counter.notices[-1]).startswith("Not cancelled, it still" if theirs else "Cancelled: ")
    assert counter.own(own).standing is (Standing.BOOKED if theirs else Standing.CANCELLED)

"""Undo: a new wish, checked like any other, that says when the old time is gone."""

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import BookRequest, MoveRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.problem import Reason
from receptionapp.store.change import UserChanged
from tests.services.counter import Counter
from tests.services.truth import assert_true, elsewhere
from tests.watched_sandbox import WatchedSandbox

both_kinds = pytest.mark.parametrize("profile", ["konfidens", "full"])


async def undo(counter: Counter) -> WriteNotice:
    counter.desk.undo.undo("Angret")
    await counter.rest()
    return counter.notices[-1]


async def moved(counter: Counter) -> tuple[OwnAppointment, OwnAppointment]:
    own = await counter.booked()
    counter.desk.moving.move(MoveRequest(own, elsewhere(counter, own), "Flyttet"))
    await counter.rest()
    counter.leyr.forget_calls()
    return own, counter.notices[-1].appointment


async def test_a_booking_is_cancelled(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    notice = await undo(counter)
    assert (notice.verb, notice.outcome, notice.undo) == (Verb.CANCEL, Outcome.DONE, True)
    assert counter.screen(notice).startswith("Undone, cancelled again: ")
    assert [call.method for call in leyr.writes] == ["PATCH"]
    await assert_true(counter, own)


async def test_a_cancellation_is_booked_again_for_the_same_person_at_the_same_time(counter: Counter) -> None:
    own = await counter.booked()
    await counter.cancel(own)
    notice = await undo(counter)
    assert counter.screen(notice).startswith("Undone, booked again: ")
    assert notice.appointment.key != own.key
    assert (notice.appointment.timeslot, notice.appointment.person) == (own.timeslot, own.person)
    await assert_true(counter, own_after := notice.appointment)
    assert counter.own(own_after).standing is Standing.BOOKED


async def test_a_time_that_is_gone_meanwhile_is_said_to_be_gone(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    await counter.cancel(own)
    leyr.forget_calls()
    leyr.sandbox.outside.book(own.timeslot.resource_id, own.start, own.end)
    notice = await undo(counter)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.SLOT_TAKEN)
    assert counter.screen(notice).startswith("Not undone, it is still cancelled: ")
    assert notice.alternatives
    assert leyr.writes == []


@both_kinds
async def test_a_move_is_moved_back(counter: Counter) -> None:
    old, new = await moved(counter)
    notice = await undo(counter)
    assert (notice.verb, notice.outcome) == (Verb.MOVE, Outcome.DONE)
    assert counter.screen(notice).startswith("Undone, moved back: ")
    assert notice.appointment.timeslot == old.timeslot
    await assert_true(counter, new, notice.appointment)


@both_kinds
async def test_a_move_whose_old_time_is_gone_stays(counter: Counter, leyr: WatchedSandbox) -> None:
    old, new = await moved(counter)
    leyr.sandbox.outside.book(old.timeslot.resource_id, old.start, old.end)
    notice = await undo(counter)
    assert notice.outcome is Outcome.REFUSED
    assert counter.screen(notice).startswith("Not undone, it stays where it is: ")
    assert leyr.writes == []
    assert counter.own(new).standing is Standing.BOOKED


async def test_an_undo_is_not_undone(counter: Counter, leyr: WatchedSandbox) -> None:
    await counter.booked()
    await undo(counter)
    assert counter.store.snapshot.undoable is None
    leyr.forget_calls()
    await undo(counter)
    assert leyr.writes == []


async def test_a_second_press_does_nothing(counter: Counter, leyr: WatchedSandbox) -> None:
    await counter.booked()
    counter.desk.undo.undo("Angret")
    counter.desk.undo.undo("Angret")
    await counter.rest()
    assert len(leyr.writes) == 1


async def test_an_undo_that_was_refused_can_be_tried_again(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    leyr.fail("emr_error_400", "PATCH")
    assert (await undo(counter)).outcome is Outcome.REFUSED
    assert (await undo(counter)).outcome is Outcome.DONE
    await assert_true(counter, own)


async def test_an_undo_without_an_answer_is_unknown_and_not_repeated(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    leyr.fail("drop_after", "PATCH")
    assert (await undo(counter)).outcome is Outcome.UNKNOWN
    assert counter.own(own).standing is Standing.CANCELLING_UNKNOWN
    await undo(counter)
    assert len(leyr.writes) == 1


@pytest.mark.parametrize("fault", ["drop_after", "emr_error_400"])
async def test_only_what_was_surely_done_can_be_undone(counter: Counter, leyr: WatchedSandbox, fault: str) -> None:
    await counter.booked()
    leyr.fail(fault, "POST")
    await counter.book(counter.free()[0])
    assert counter.store.snapshot.undoable is None


async def test_one_that_was_cancelled_in_the_emr_meanwhile_is_left_alone(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    """What the receptionist is told is what the EHR answers, here "cancelled"."""
    own = await counter.booked()
    leyr.sandbox.outside.cancel(own.appointment_id)
    assert (await undo(counter)).outcome is Outcome.DONE
    await assert_true(counter, own)


def arrives(counter: Counter, user: str) -> None:
    """As when somebody unlocks the desk."""
    counter.ledger.set_user(user)
    counter.store.apply(UserChanged(user))


async def test_a_user_takes_back_only_what_is_their_own(counter: Counter, leyr: WatchedSandbox) -> None:
    arrives(counter, "Nina")
    ninas = await counter.booked()
    arrives(counter, "Ola")
    assert counter.store.snapshot.undoable is None
    counter.desk.undo.undo("Angret")
    await counter.rest()
    assert leyr.writes == []
    olas = await counter.booked()
    arrives(counter, "Nina")
    assert (await undo(counter)).appointment.key == ninas.key
    assert counter.own(olas).standing is Standing.BOOKED
    arrives(counter, "Ola")
    assert (await undo(counter)).appointment.key == olas.key


async def test_what_is_answered_after_a_switch_of_user_is_still_whose_it_was(counter: Counter) -> None:
    arrives(counter, "Nina")
    request = BookRequest(counter.care_unit_id, counter.free()[0], counter.somebody())
    counter.desk.booking.book(request)
    arrives(counter, "Ola")
    await counter.rest()
    assert counter.notices[-1].outcome is Outcome.DONE
    assert counter.store.snapshot.undoable is None
    arrives(counter, "Nina")
    assert counter.store.snapshot.undoable is not None

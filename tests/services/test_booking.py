"""Booking, cancelling and confirming: one wish, one request, one outcome that is true."""

from dataclasses import replace

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import BookRequest, Outcome, Verb
from receptionapp.domain.problem import Reason
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.sandbox import FAULTS
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from tests.services.counter import Counter
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

two_step = pytest.mark.parametrize("profile", ["two_step"])


async def test_a_booking_that_leyr_confirms_is_in_the_ehr_in_the_ledger_and_on_screen(counter: Counter) -> None:
    slot = counter.free()[0]
    notice = await counter.book(slot, comment="Trenger tolk")
    [held] = counter.held(slot)
    assert (notice.outcome, notice.verb, notice.problem) == (Outcome.DONE, Verb.BOOK, None)
    assert (held.id, held.span.end, held.healthcare_service_id, held.comment) == (
        notice.appointment.appointment_id,
        slot.end,
        slot.healthcare_service_id,
        "Trenger tolk",
    )
    assert (await counter.ledger.appointment(notice.appointment.key)).standing is Standing.BOOKED
    assert counter.own(notice.appointment).standing is Standing.BOOKED
    assert slot not in counter.free()


async def test_while_it_is_sent_the_book_shows_it_as_sending(counter: Counter, leyr: WatchedSandbox) -> None:
    kept, slot = leyr.keep_back("POST", "*/appointments"), counter.free()[0]
    counter.desk.booking.book(BookRequest(counter.care_unit_id, slot, counter.somebody()))
    await kept.reached()
    [own] = counter.store.snapshot.appointments.values()
    assert own.standing is Standing.SENDING
    assert (await counter.ledger.appointment(own.key)).standing is Standing.SENDING
    assert counter.notices == []
    kept.release()
    await counter.rest()
    assert counter.own(own).standing is Standing.BOOKED


async def test_a_second_press_while_the_first_is_under_way_books_once(counter: Counter, leyr: WatchedSandbox) -> None:
    kept, slot = leyr.keep_back("POST", "*/appointments"), counter.free()[0]
    requests = [BookRequest(counter.care_unit_id, slot, counter.somebody()) for _ in range(3)]
    counter.desk.booking.book(requests[0])
    counter.desk.booking.book(requests[1])
    await kept.reached()
    counter.desk.booking.book(requests[2])
    kept.release()
    await counter.rest()
    assert len(leyr.writes) == 1
    assert len(counter.held(slot)) == 1
    assert [notice.outcome for notice in counter.notices] == [Outcome.DONE]


async def test_another_person_on_that_time_meanwhile_is_told_that_it_is_taken(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    kept = leyr.keep_back("POST", "*/appointments")
    counter.desk.booking.book(BookRequest(counter.care_unit_id, slot, counter.somebody()))
    await kept.reached()
    other = BookRequest(counter.care_unit_id, slot, counter.somebody(1))
    counter.desk.booking.book(other)
    await until(lambda: counter.notices, "the second was told")
    kept.release()
    await counter.rest()
    refused, done = counter.notices
    assert (refused.request, refused.problem.reason) == (other.id, Reason.OWN_OVERLAP)
    assert done.outcome is Outcome.DONE
    assert len(leyr.writes) == 1


async def test_a_time_taken_meanwhile_is_refused_before_anything_is_written_with_the_three_nearest(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    leyr.sandbox.outside.book(slot.resource_id, slot.start, slot.end)
    notice = await counter.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.SLOT_TAKEN)
    assert leyr.writes == []
    assert len(notice.alternatives) == 3
    assert all(a.healthcare_service_id == slot.healthcare_service_id for a in notice.alternatives)
    assert not any(a.resource_id == slot.resource_id and a.start == slot.start for a in notice.alternatives)
    assert counter.own(notice.appointment).standing is Standing.REFUSED
    assert (await counter.book(notice.alternatives[0])).outcome is Outcome.DONE


async def test_a_time_taken_between_the_look_and_the_booking_is_refused_by_leyr_with_the_three_nearest(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    kept = leyr.keep_back("GET", "*/timeslots")  # it said free
    counter.desk.booking.book(BookRequest(counter.care_unit_id, slot, counter.somebody()))
    await kept.reached()
    leyr.sandbox.outside.book(slot.resource_id, slot.start, slot.end)
    kept.release()
    await counter.rest()
    [notice] = counter.notices
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.SLOT_TAKEN)
    assert len(leyr.writes) == 1
    assert len(notice.alternatives) == 3


async def test_a_time_that_a_desk_of_ours_holds_is_refused_without_asking_leyr_to_write(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    own = await counter.booked()
    notice = await counter.book(own.timeslot, counter.somebody(1))
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.OWN_OVERLAP)
    assert leyr.writes == []
    assert notice.alternatives
    assert len(counter.held(own.timeslot)) == 1


async def test_when_the_slot_cannot_be_read_again_nothing_is_written(counter: Counter, leyr: WatchedSandbox) -> None:
    slot = counter.free()[0]
    leyr.fail("emr_error_401", path="*/timeslots", times=99)
    notice = await counter.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.EMR_LINK_REFUSED)
    assert leyr.writes == []
    assert counter.own(notice.appointment).standing is Standing.REFUSED


async def test_a_patient_unknown_to_the_ehr_is_refused_and_named_as_the_reason(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    notice = await counter.book(slot, replace(counter.somebody(), reference="emr_id:nobody"))
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.PATIENT_NOT_FOUND)
    assert counter.held(slot) == []


async def test_a_comment_too_long_for_the_ehr_is_refused_and_named_as_the_reason(counter: Counter) -> None:
    notice = await counter.book(counter.free()[0], comment="x" * 256)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.COMMENT_TOO_LONG)


async def test_an_unlisted_status_is_kept_as_sent_and_takes_its_time(counter: Counter, leyr: WatchedSandbox) -> None:
    slot = counter.free()[0]
    kept = leyr.keep_back("POST", "*/appointments")
    counter.desk.booking.book(BookRequest(counter.care_unit_id, slot, counter.somebody()))
    await kept.reached()
    [held] = counter.held(slot)
    kept.answer_with(held.id, "rescheduled", slot)
    kept.release()
    await counter.rest()
    [notice] = counter.notices
    assert notice.outcome is Outcome.DONE
    assert (notice.appointment.standing, notice.appointment.leyr_status) == (Standing.OTHER, "rescheduled")
    assert slot not in counter.free()


async def test_no_answer_in_time_is_unknown_until_the_answer_comes_after_all(
    impatient: Counter, leyr: WatchedSandbox
) -> None:
    kept, slot = leyr.keep_back("POST", "*/appointments"), impatient.free()[0]
    impatient.timeouts.total = 0.3
    notice = await impatient.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.UNKNOWN, Reason.NO_ANSWER)
    assert impatient.own(notice.appointment).standing is Standing.BOOKING_UNKNOWN
    assert slot not in impatient.free()
    kept.release()
    await impatient.becomes(notice.appointment, Standing.BOOKED)
    await impatient.rest()
    assert [n.outcome for n in impatient.notices] == [Outcome.UNKNOWN, Outcome.DONE]
    assert len(leyr.writes) == 1
    impatient.timeouts.total = 30
    assert (await impatient.cancel(impatient.own(notice.appointment))).outcome is Outcome.DONE


async def test_of_an_unknown_booking_nothing_is_sent_again_and_its_time_is_not_booked_again(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    leyr.fail("drop_before", "POST")
    assert (await counter.book(slot)).outcome is Outcome.UNKNOWN
    again = await counter.book(slot)
    assert (again.outcome, again.problem.reason) == (Outcome.REFUSED, Reason.OWN_OVERLAP)
    assert len(leyr.writes) == 1


async def test_a_cancellation_frees_the_time_and_carries_its_reason(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    notice = await counter.cancel(own, "Pasienten er syk")
    assert notice.outcome is Outcome.DONE
    [held] = [a for a in leyr.through_leyr() if a.id == own.appointment_id]
    assert (held.status, held.comment) == ("cancelled", "Pasienten er syk")
    kept = await counter.ledger.appointment(own.key)
    assert (kept.standing, kept.cancel_reason) == (Standing.CANCELLED, "Pasienten er syk")
    assert any(slot.start == own.start for slot in counter.free())


async def test_two_presses_of_cancel_are_one_request(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    kept = leyr.keep_back("PATCH", "*")
    for _ in range(3):
        counter.desk.booking.cancel(own, "Syk")
    await kept.reached()
    counter.desk.booking.cancel(own, "Syk")
    kept.release()
    await counter.rest()
    assert len(leyr.writes) == 1
    assert [n.outcome for n in counter.notices if n.verb is Verb.CANCEL] == [Outcome.DONE]


async def test_a_refused_cancellation_leaves_it_standing(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    leyr.fail("several_errors", "PATCH")
    notice = await counter.cancel(own)
    assert notice.outcome is Outcome.REFUSED
    assert counter.own(own).standing is Standing.BOOKED
    assert len(counter.held(own.timeslot)) == 1
    assert (await counter.cancel(counter.own(own))).outcome is Outcome.DONE


async def test_cancelling_what_is_not_in_the_ehr_any_more_frees_its_time(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    own = await counter.booked()
    leyr.sandbox.settings = replace(leyr.sandbox.settings, second_cancel="invalid_appointment_id")
    leyr.sandbox.outside.cancel(own.appointment_id)
    notice = await counter.cancel(own)
    assert (notice.outcome, notice.problem.reason) == (Outcome.DONE, Reason.APPOINTMENT_NOT_FOUND)
    assert counter.screen(notice).startswith("Not in Konfidens any more: ")
    assert counter.own(own).standing is Standing.CANCELLED
    assert counter.store.snapshot.undoable is None
    assert (await counter.book(own.timeslot)).outcome is Outcome.DONE


async def test_an_unknown_cancellation_is_settled_when_the_answer_comes_after_all(
    impatient: Counter, leyr: WatchedSandbox
) -> None:
    own = await impatient.booked()
    kept = leyr.keep_back("PATCH", "*")
    impatient.timeouts.total = 0.3
    notice = await impatient.cancel(own)
    assert notice.outcome is Outcome.UNKNOWN
    assert impatient.own(own).standing is Standing.CANCELLING_UNKNOWN
    kept.release()
    await impatient.becomes(own, Standing.CANCELLED)
    assert len(leyr.writes) == 1


@two_step
async def test_a_two_step_booking_waits_for_its_code(counter: Counter, leyr: WatchedSandbox) -> None:
    slot = counter.free()[0]
    waiting = await counter.book(slot)
    assert waiting.outcome is Outcome.WAITING
    assert counter.own(waiting.appointment).standing is Standing.AWAITING_CODE
    wrong = await counter.confirm(counter.own(waiting.appointment), "0000")
    assert wrong.outcome is Outcome.REFUSED
    assert counter.own(waiting.appointment).standing is Standing.AWAITING_CODE
    right = await counter.confirm(counter.own(waiting.appointment), CONFIRMATION_CODE)
    assert right.outcome is Outcome.DONE
    [held] = counter.held(slot)
    assert held.status == "booked"
    assert counter.own(waiting.appointment).standing is Standing.BOOKED


@two_step
async def test_a_two_step_cancellation_sends_its_code_to_the_new_id_and_the_old_stands_meanwhile(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    slot = counter.free()[0]
    own = (await counter.book(slot)).appointment
    await counter.confirm(own, CONFIRMATION_CODE)
    waiting = await counter.cancel(counter.own(own))
    assert waiting.outcome is Outcome.WAITING
    assert counter.own(own).standing is Standing.CANCEL_AWAITING_CODE
    assert [a.status for a in leyr.through_leyr() if a.id == counter.own(own).appointment_id] == ["booked"]
    leyr.forget_calls()
    done = await counter.confirm(counter.own(own), CONFIRMATION_CODE)
    assert done.outcome is Outcome.DONE
    assert counter.own(own).standing is Standing.CANCELLED
    [call] = leyr.writes
    assert own.appointment_id not in call.path
    assert [a.status for a in leyr.through_leyr() if a.id == own.appointment_id] == ["cancelled"]


def disk_full(*_: object) -> None:
    raise LedgerError(LedgerFault.DISK_FULL)


@pytest.mark.parametrize("step", ["prepare_booking", "mark_sent"])
async def test_what_cannot_be_written_down_is_not_sent(
    counter: Counter, leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    slot = counter.free()[0]

    async def fail(*_: object, **__: object) -> None:
        disk_full()

    monkeypatch.setattr(counter.ledger, step, fail)
    notice = await counter.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.LEDGER_FAILED)
    assert leyr.writes == []
    assert counter.held(slot) == []


@pytest.mark.parametrize("steps", [["settle_booked"], ["settle_booked", "settle_unknown"]])
async def test_an_answer_that_cannot_be_written_down_is_unknown_and_never_called_booked(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, steps: list[str]
) -> None:
    slot = counter.free()[0]

    async def fail(*_: object, **__: object) -> None:
        disk_full()

    for step in steps:
        monkeypatch.setattr(counter.ledger, step, fail)
    notice = await counter.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.UNKNOWN, Reason.NOT_WRITTEN_YET)
    assert notice.appointment.standing is not Standing.BOOKED
    assert slot not in counter.free()


async def test_a_refused_write_is_never_sent_again_by_itself(counter: Counter, leyr: WatchedSandbox) -> None:
    leyr.fail(replace(FAULTS["rate_limited"], retry_after=0), "POST", times=5)
    notice = await counter.book(counter.free()[0])
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.TOO_MANY_REQUESTS)
    assert len(leyr.writes) == 1

"""Every step of every write: what is returned, and what is there afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Stage, Verb
from receptionapp.domain.person_search import SearchTerm
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import AlreadyUnderWay, IdInUse, NotInLedger, OverlapsOwn, WrongStage, WrongStanding
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import SuiteClock

BJØ = (SearchTerm(("bjo",), is_name=True),)
NO_ANSWER = Problem(Reason.NO_ANSWER)
TAKEN = Problem(Reason.SLOT_TAKEN, "a sentence with a name in it", "req-1")


async def booked(ledger, made, status="booked", id="a/1", slot=None):
    intent, _ = await ledger.prepare_booking("cu", slot or made.timeslot(), made.person)
    await ledger.mark_sent(intent.id)
    return await ledger.settle_booked(intent.id, made.answer(status, id, slot))


async def cancelling(ledger, key):
    intent, own = await ledger.prepare_cancel(key, "ill")
    await ledger.mark_sent(intent.id)
    return intent, own


class TestBooking:
    async def test_a_prepared_booking_is_on_disk_as_sending(self, ledger, made):
        intent, own = await ledger.prepare_booking("cu", made.timeslot(), made.person, "first visit")
        assert (intent.verb, intent.stage, intent.subject) == (Verb.BOOK, Stage.PREPARED, own.key)
        assert (own.standing, own.comment, own.appointment_id) == (Standing.SENDING, "first visit", None)
        assert await ledger.appointment(own.key) == own
        assert await ledger.appointments("cu", made.start, made.end) == (own,)

    async def test_a_confirmed_booking_has_leyrs_id_and_status(self, ledger, made):
        own = await booked(ledger, made)
        assert (own.standing, own.appointment_id, own.leyr_status) == (Standing.BOOKED, "a/1", "booked")
        assert await ledger.appointment(own.key) == own
        assert await ledger.open_tasks() == ()

    async def test_the_offset_leyr_sent_comes_back(self, ledger, made):
        own = await booked(ledger, made)
        assert own.timeslot == made.timeslot()
        assert own.start.isoformat() == "2026-06-01T09:00:00+02:00"

    async def test_leyrs_time_and_resource_win_where_they_differ(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        own = await ledger.settle_booked(intent.id, made.answer(slot=made.timeslot(hour=11)))
        assert own.start == made.timeslot(hour=11).start

    async def test_an_unknown_status_is_kept_as_it_is_and_takes_its_time(self, ledger, made):
        own = await booked(ledger, made, status="checked-in")
        assert (own.standing, own.leyr_status) == (Standing.OTHER, "checked-in")

    async def test_a_refused_booking_frees_its_time(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        own = await ledger.settle_refused(intent.id, TAKEN)
        assert own.standing is Standing.REFUSED
        assert (await booked(ledger, made)).standing is Standing.BOOKED

    @pytest.mark.parametrize(("hour", "minute", "length"), [(9, 0, 20), (8, 50, 20), (9, 10, 5), (8, 0, 600)])
    async def test_time_of_ours_is_not_booked_twice(self, ledger, made, hour, minute, length):
        own = await booked(ledger, made)
        with pytest.raises(OverlapsOwn) as raised:
            await ledger.prepare_booking("cu", made.timeslot(hour, minute, length=length), made.person)
        assert raised.value.by == own
        assert await ledger.appointments("cu", made.start, made.end) == (own,)

    async def test_a_second_press_while_the_first_is_under_way_is_refused(self, ledger, made):
        await ledger.prepare_booking("cu", made.timeslot(), made.person)
        with pytest.raises(OverlapsOwn) as raised:
            await ledger.prepare_booking("cu", made.timeslot(), made.person)
        assert raised.value.by.standing is Standing.SENDING

    async def test_time_next_to_ours_another_resource_and_another_care_unit_are_free(self, ledger, made):
        await booked(ledger, made)
        await ledger.prepare_booking("cu", made.timeslot(9, 20), made.person)
        await ledger.prepare_booking("cu", made.timeslot(8, 40), made.person)
        await ledger.prepare_booking("cu", made.timeslot(resource="r/2"), made.person)
        await ledger.prepare_booking("cu 2", made.timeslot(), made.person)

    async def test_time_of_an_unknown_booking_counts_as_taken(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        with pytest.raises(OverlapsOwn):
            await ledger.prepare_booking("cu", made.timeslot(), made.person)

    async def test_an_id_of_one_that_stands_is_never_given_to_another(self, ledger, made):
        first = await booked(ledger, made)
        intent, own = await ledger.prepare_booking("cu", made.timeslot(12), made.person)
        await ledger.mark_sent(intent.id)
        with pytest.raises(IdInUse) as raised:
            await ledger.settle_booked(intent.id, made.answer(slot=made.timeslot(12)))
        assert raised.value.by == first
        assert await ledger.appointment(own.key) == own
        assert (await ledger.settle_unknown(intent.id, NO_ANSWER)).standing is Standing.BOOKING_UNKNOWN

    async def test_an_id_may_return_after_its_appointment_was_cancelled(self, ledger, made):
        first = await booked(ledger, made)
        intent, _ = await cancelling(ledger, first.key)
        await ledger.settle_cancelled(intent.id, made.answer("cancelled"))
        assert (await booked(ledger, made)).appointment_id == "a/1"


class TestUnknown:
    async def test_an_unknown_booking_is_an_open_task_with_its_intent(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        own = await ledger.settle_unknown(intent.id, Problem(Reason.LINE_BROKEN, reference="req-2"))
        (task,) = await ledger.open_tasks()
        assert (task.appointment, own.standing) == (own, Standing.BOOKING_UNKNOWN)
        assert (task.intent.stage, task.intent.reason, task.intent.leyr_reference) == (
            Stage.UNKNOWN,
            "line_broken",
            "req-2",
        )

    async def test_a_late_answer_settles_it(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        assert (await ledger.settle_booked(intent.id, made.answer())).standing is Standing.BOOKED
        assert await ledger.open_tasks() == ()

    async def test_a_person_can_say_that_it_is_not_there(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        assert (await ledger.settle_refused(intent.id, Problem(Reason.NOT_FOUND))).standing is Standing.REFUSED

    @pytest.mark.parametrize(
        ("exists", "standing", "stage"),
        [(True, Standing.BOOKED, Stage.DONE), (False, Standing.REFUSED, Stage.REFUSED)],
    )
    async def test_a_person_settles_an_unknown_booking(self, ledger, made, exists, standing, stage):
        intent, own = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        assert (await ledger.settle_by_hand(own.key, exists)).standing is standing
        with pytest.raises(WrongStage) as raised:
            await ledger.mark_sent(intent.id)
        assert raised.value.now is stage

    @pytest.mark.parametrize(("exists", "standing"), [(True, Standing.BOOKED), (False, Standing.CANCELLED)])
    async def test_a_person_settles_an_unknown_cancellation(self, ledger, made, exists, standing):
        own = await booked(ledger, made)
        intent, _ = await cancelling(ledger, own.key)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        now = await ledger.settle_by_hand(own.key, exists)
        assert (now.standing, now.appointment_id) == (standing, "a/1")
        assert await ledger.open_tasks() == ()

    async def test_what_is_known_is_not_settled_by_hand(self, ledger, made):
        known = await booked(ledger, made)
        _, sending = await ledger.prepare_booking("cu", made.timeslot(12), made.person)
        for own in (known, sending):
            with pytest.raises(WrongStanding):
                await ledger.settle_by_hand(own.key, exists=True)

    async def test_nothing_is_asked_on_top_of_an_unknown_cancellation(self, ledger, made):
        own = await booked(ledger, made)
        intent, _ = await cancelling(ledger, own.key)
        assert (await ledger.settle_unknown(intent.id, NO_ANSWER)).standing is Standing.CANCELLING_UNKNOWN
        with pytest.raises(AlreadyUnderWay) as raised:
            await ledger.prepare_cancel(own.key)
        assert raised.value.intent.id == intent.id


class TestCancelling:
    async def test_it_still_stands_while_it_is_being_cancelled(self, ledger, made):
        own = await booked(ledger, made)
        intent, now = await cancelling(ledger, own.key)
        assert (intent.verb, intent.subject) == (Verb.CANCEL, own.key)
        assert (now.standing, now.cancel_reason, now.standing.takes_time) == (Standing.CANCELLING, "ill", True)

    async def test_a_cancelled_one_keeps_its_id_and_reason_and_frees_its_time(self, ledger, made):
        own = await booked(ledger, made)
        intent, _ = await cancelling(ledger, own.key)
        now = await ledger.settle_cancelled(intent.id, made.answer("cancelled"))
        assert (now.standing, now.appointment_id, now.cancel_reason) == (Standing.CANCELLED, "a/1", "ill")
        await ledger.prepare_booking("cu", made.timeslot(), made.person)

    @pytest.mark.parametrize("status", ["booked", "awaiting_confirmation", "checked-in"])
    async def test_a_refused_cancellation_puts_everything_back(self, ledger, made, status):
        own = await booked(ledger, made, status)
        intent, _ = await cancelling(ledger, own.key)
        assert await ledger.settle_refused(intent.id, TAKEN) == own

    async def test_a_second_press_is_refused_while_the_first_is_under_way(self, ledger, made):
        own = await booked(ledger, made)
        intent, now = await cancelling(ledger, own.key)
        with pytest.raises(AlreadyUnderWay) as raised:
            await ledger.prepare_cancel(own.key, "other")
        assert raised.value.intent.id == intent.id
        assert await ledger.appointment(own.key) == now

    async def test_what_is_gone_or_took_place_is_not_cancelled(self, ledger, made):
        done = await booked(ledger, made, "completed", "a/2", made.timeslot(13))
        gone = await booked(ledger, made)
        intent, _ = await cancelling(ledger, gone.key)
        await ledger.settle_cancelled(intent.id, made.answer("cancelled"))
        for own in (done, gone):
            with pytest.raises(WrongStanding):
                await ledger.prepare_cancel(own.key)


class TestCodes:
    """Two steps: `leyr-api.md` 4.3 and 4.4."""

    async def test_a_booking_waits_for_its_code_as_an_open_task(self, ledger, made):
        own = await booked(ledger, made, "awaiting_confirmation")
        assert own.standing is Standing.AWAITING_CODE
        (task,) = await ledger.open_tasks()
        assert (task.appointment, task.intent) == (own, None)

    async def test_the_code_of_a_booking_goes_to_the_appointment(self, ledger, made):
        own = await booked(ledger, made, "awaiting_confirmation")
        intent, appointment_id = await ledger.prepare_confirm(own.key)
        assert (intent.verb, appointment_id) == (Verb.CONFIRM, "a/1")
        await ledger.mark_sent(intent.id)
        assert (await ledger.settle_confirmed(intent.id, made.answer())).standing is Standing.BOOKED

    async def test_the_code_of_a_cancellation_goes_to_its_new_id_and_the_old_one_stays(self, ledger, made):
        own = await booked(ledger, made)
        intent, _ = await cancelling(ledger, own.key)
        waiting = await ledger.settle_cancelled(intent.id, made.answer("awaiting_confirmation", "new/9"))
        assert (waiting.standing, waiting.appointment_id) == (Standing.CANCEL_AWAITING_CODE, "a/1")

        confirm, appointment_id = await ledger.prepare_confirm(own.key)
        assert appointment_id == "new/9"
        await ledger.mark_sent(confirm.id)
        now = await ledger.settle_confirmed(confirm.id, made.answer("cancelled", "new/9"))
        assert (now.standing, now.appointment_id) == (Standing.CANCELLED, "a/1")

    async def test_the_new_id_survives_a_restart(self, open_ledger, made):
        ledger = await open_ledger()
        own = await booked(ledger, made)
        intent, _ = await cancelling(ledger, own.key)
        await ledger.settle_cancelled(intent.id, made.answer("awaiting_confirmation", "new/9"))
        again = await open_ledger()
        assert await again.recover() == ()
        assert (await again.prepare_confirm(own.key))[1] == "new/9"

    @pytest.mark.parametrize(
        ("cancel_first", "unknown"), [(False, Standing.BOOKING_UNKNOWN), (True, Standing.CANCELLING_UNKNOWN)]
    )
    async def test_a_wrong_code_changes_nothing_and_a_lost_answer_is_unknown(self, ledger, made, cancel_first, unknown):
        own = await booked(ledger, made, "booked" if cancel_first else "awaiting_confirmation")
        if cancel_first:
            intent, _ = await cancelling(ledger, own.key)
            own = await ledger.settle_cancelled(intent.id, made.answer("awaiting_confirmation", "new/9"))

        for settle in (ledger.settle_refused, ledger.settle_unknown):
            intent, appointment_id = await ledger.prepare_confirm(own.key)
            assert appointment_id == ("new/9" if cancel_first else "a/1")
            with pytest.raises(AlreadyUnderWay):
                await ledger.prepare_confirm(own.key)
            await ledger.mark_sent(intent.id)
            now = await settle(intent.id, Problem(Reason.INPUT_REFUSED))
            assert now.standing is (own.standing if settle == ledger.settle_refused else unknown)

        assert await ledger.settle_refused(intent.id, NO_ANSWER) == own

    async def test_a_cancellation_whose_code_is_asked_for_again_waits_on_with_the_newest_id(self, ledger, made):
        own = await booked(ledger, made)
        intent, _ = await cancelling(ledger, own.key)
        await ledger.settle_cancelled(intent.id, made.answer("awaiting_confirmation", "new/9"))
        confirm, _ = await ledger.prepare_confirm(own.key)
        await ledger.mark_sent(confirm.id)
        now = await ledger.settle_confirmed(confirm.id, made.answer("awaiting_confirmation", "new/10"))
        assert (now.standing, now.appointment_id) == (Standing.CANCEL_AWAITING_CODE, "a/1")
        assert (await ledger.prepare_confirm(own.key))[1] == "new/10"

    async def test_nothing_is_confirmed_that_waits_for_no_code(self, ledger, made):
        own = await booked(ledger, made)
        with pytest.raises(WrongStanding):
            await ledger.prepare_confirm(own.key)


class TestPatients:
    async def test_a_created_patient_is_remembered(self, ledger, made):
        intent = await ledger.prepare_patient()
        assert (intent.verb, intent.subject) == (Verb.CREATE_PATIENT, None)
        await ledger.mark_sent(intent.id)
        assert (await ledger.settle_patient(intent.id, made.person)).stage is Stage.DONE
        assert await ledger.find_people(BJØ) == (made.person,)

    async def test_two_may_be_created_at_once_and_no_appointment_follows(self, ledger):
        first, second = await ledger.prepare_patient(), await ledger.prepare_patient()
        await ledger.mark_sent(second.id)
        assert await ledger.settle_refused(first.id, TAKEN) is None
        assert await ledger.settle_unknown(second.id, NO_ANSWER) is None


class TestLifeCycle:
    async def test_nothing_is_settled_that_was_not_sent(self, ledger, made):
        intent, own = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        for settle in (ledger.settle_booked(intent.id, made.answer()), ledger.settle_unknown(intent.id, NO_ANSWER)):
            with pytest.raises(WrongStage) as raised:
                await settle
            assert raised.value.now is Stage.PREPARED
        assert await ledger.appointment(own.key) == own

    async def test_nothing_is_sent_or_settled_twice(self, ledger, made):
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        with pytest.raises(WrongStage):
            await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer())
        with pytest.raises(WrongStage):
            await ledger.settle_refused(intent.id, TAKEN)

    async def test_what_is_not_there_is_told(self, ledger):
        for call in (ledger.mark_sent(uuid4()), ledger.appointment(uuid4()), ledger.prepare_cancel(uuid4())):
            with pytest.raises(NotInLedger):
                await call

    async def test_an_answer_to_another_verb_is_a_bug(self, ledger, made):
        intent, own = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        with pytest.raises(ValueError, match="book"):
            await ledger.settle_cancelled(intent.id, made.answer("cancelled"))
        assert await ledger.appointment(own.key) == own


class TestRecovery:
    async def test_the_never_sent_are_refused_and_the_sent_are_unknown(self, open_ledger, made):
        ledger = await open_ledger()
        unsent, first = await ledger.prepare_booking("cu", made.timeslot(8), made.person)
        sent, second = await ledger.prepare_booking("cu", made.timeslot(9), made.person)
        await ledger.mark_sent(sent.id)
        third = await booked(ledger, made, slot=made.timeslot(10))
        cancel, _ = await cancelling(ledger, third.key)

        again = await open_ledger()
        found = {intent.id: (intent.stage, intent.reason) for intent in await again.recover()}

        assert found == {
            unsent.id: (Stage.REFUSED, "closing"),
            sent.id: (Stage.UNKNOWN, "no_answer"),
            cancel.id: (Stage.UNKNOWN, "no_answer"),
        }
        standings = [(await again.appointment(own.key)).standing for own in (first, second, third)]
        assert standings == [Standing.REFUSED, Standing.BOOKING_UNKNOWN, Standing.CANCELLING_UNKNOWN]
        assert {task.intent.id for task in await again.open_tasks()} == {sent.id, cancel.id}
        assert await again.recover() == ()

    async def test_a_cancellation_that_was_never_sent_leaves_the_appointment_booked(self, open_ledger, made):
        ledger = await open_ledger()
        own = await booked(ledger, made)
        await ledger.prepare_cancel(own.key, "ill")
        again = await open_ledger()
        await again.recover()
        assert await again.appointment(own.key) == own


class TestReading:
    async def test_a_range_has_what_shares_time_with_it_in_order_of_start(self, ledger, made):
        late = await booked(ledger, made, id="2", slot=made.timeslot(15))
        early = await booked(ledger, made, id="1", slot=made.timeslot(9, length=60))
        nine = made.timeslot(9).start
        assert await ledger.appointments("cu", made.start, made.end) == (early, late)
        assert await ledger.appointments("cu", nine + timedelta(minutes=59), late.start) == (early,)
        assert await ledger.appointments("cu", early.end, late.start) == ()
        assert await ledger.appointments("cu 2", made.start, made.end) == ()

    async def test_another_ehr_has_its_own_share(self, open_ledger, path, made):
        ledger = await open_ledger()
        await booked(ledger, made, "awaiting_confirmation")
        other = await Ledger.open(SqliteFile(path), Writer("pridok", "desk 1"), SuiteClock())
        assert await other.appointments("cu", made.start, made.end) == ()
        assert await other.open_tasks() == ()
        assert await other.find_people(BJØ) == ()
        await booked(other, made)
        await other.close()

    async def test_times_are_noted_in_utc_by_the_given_clock(self, path, made):
        noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
        ledger = await Ledger.open(SqliteFile(path), made.writer, now=lambda: noon)
        intent = await ledger.prepare_patient()
        assert intent.created_at == noon
        refused = await ledger.settle_refused(intent.id, TAKEN)
        assert refused is None
        await ledger.close()

    async def test_no_text_of_ours_tells_who_it_is_about(self, ledger, made):
        own = await booked(ledger, made)
        with pytest.raises(OverlapsOwn) as raised:
            await ledger.prepare_booking("cu", made.timeslot(), made.person, "secret comment")
        for text in (repr(own), repr(raised.value), str(raised.value), repr(raised.value.by)):
            assert not [part for part in ("Bjørnsen", "Åse", "1985", "9123", "secret", "emr_id") if part in text]

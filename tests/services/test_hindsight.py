"""What comes to light after an outcome was settled: Leyr's late answer, and a free time that one of ours holds."""

from datetime import timedelta

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import MoveRequest, Outcome
from receptionapp.domain.open_task import SETTLED_FOR, TaskKind
from receptionapp.domain.problem import Reason
from receptionapp.ledger.errors import OverlapsOwn
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from tests.clocks import StoppedClock
from tests.services.counter import Counter
from tests.services.truth import assert_true, elsewhere
from tests.waiting import until
from tests.watched_sandbox import Kept, WatchedSandbox

on_full = pytest.mark.parametrize("profile", ["full"])


class TestLateAnswers:
    def kept_back(self, desk: Counter, method: str, path: str) -> Kept:
        """The answer that is not waited for."""
        desk.timeouts.total = 0.3
        return desk.leyr.keep_back(method, path)

    async def given_up(self, desk: Counter) -> tuple[OwnAppointment, Kept]:
        """A booking that took effect, whose answer is still on its way."""
        kept = self.kept_back(desk, "POST", "*/appointments")
        notice = await desk.book(desk.free()[0])
        assert notice.outcome is Outcome.UNKNOWN
        return notice.appointment, kept

    async def say(self, desk: Counter, own: OwnAppointment, exists: bool) -> None:
        desk.clock.now += LONGEST_IN_FLIGHT
        desk.desk.booking.settle_by_hand(desk.own(own), exists)
        await desk.rest()

    async def test_it_adds_the_id_to_what_a_person_found(self, impatient: Counter) -> None:
        own, kept = await self.given_up(impatient)
        await self.say(impatient, own, True)
        assert impatient.own(own).appointment_id is None
        told = len(impatient.told)
        kept.release()
        await until(lambda: impatient.own(own).appointment_id, "the id was added")
        assert len(impatient.told) == told
        impatient.timeouts.total = 30
        assert (await impatient.cancel(impatient.own(own))).outcome is Outcome.DONE
        await assert_true(impatient, own)

    async def test_it_is_right_where_a_person_said_that_it_is_not_there(self, impatient: Counter) -> None:
        own, kept = await self.given_up(impatient)
        await self.say(impatient, own, False)
        assert impatient.own(own).standing is Standing.REFUSED
        kept.release()
        await impatient.becomes(own, Standing.BOOKED)
        await until(lambda: impatient.notices[-1].problem.reason is Reason.SAID_OTHERWISE, "it was told")
        assert impatient.notices[-1].outcome is Outcome.DONE
        assert impatient.own(own).appointment_id == impatient.held(own.timeslot)[0].id
        await assert_true(impatient, own)

    async def test_a_cancellation_that_came_true_is_cancelled_whatever_was_said(self, impatient: Counter) -> None:
        own = await impatient.booked()
        kept = self.kept_back(impatient, "PATCH", "*")
        await impatient.cancel(own)
        await self.say(impatient, own, True)
        assert impatient.own(own).standing is Standing.BOOKED
        kept.release()
        await impatient.becomes(own, Standing.CANCELLED)
        await assert_true(impatient, own)

    @on_full
    async def test_a_move_that_came_true_is_moved_whatever_was_said(self, impatient: Counter) -> None:
        own = await impatient.booked()
        slot = elsewhere(impatient, own)
        kept = self.kept_back(impatient, "PATCH", "*")
        impatient.desk.moving.move(MoveRequest(own, slot))
        await until(lambda: impatient.own(own).standing is Standing.CANCELLING_UNKNOWN, "it was given up")
        await impatient.desk.tasks.wait_for("reconcile:", 5)
        if impatient.own(own).standing.unknown:
            await self.say(impatient, own, True)
        kept.release()
        await impatient.becomes(own, Standing.CANCELLED)
        new = impatient.store.snapshot.appointments[impatient.own(own).replaced_by]
        await impatient.becomes(new, Standing.BOOKED)
        await assert_true(impatient, own, new)

    @on_full
    async def test_of_a_move_it_does_not_revive_what_was_cancelled_since(self, impatient: Counter) -> None:
        own = await impatient.booked()
        kept = self.kept_back(impatient, "PATCH", "*")
        impatient.desk.moving.move(MoveRequest(own, elsewhere(impatient, own)))
        await impatient.becomes(own, Standing.CANCELLED)  # the EHR's list tells
        new = impatient.store.snapshot.appointments[impatient.own(own).replaced_by]
        await impatient.rest()
        impatient.timeouts.total = 30
        assert (await impatient.cancel(impatient.own(new))).outcome is Outcome.DONE
        told = len(impatient.told)
        kept.release()
        await until(lambda: len(impatient.told) > told, "the late answer was heard")
        assert impatient.own(new).standing is Standing.CANCELLED
        await assert_true(impatient, own, new)

    async def test_a_refusal_that_contradicts_is_told_and_changes_nothing(self, impatient: Counter) -> None:
        slot = impatient.free()[0]
        kept = self.kept_back(impatient, "POST", "*/appointments")
        impatient.leyr.sandbox.outside.book(slot.resource_id, slot.start, slot.end)
        own = (await self._sent_unchecked(impatient, slot)).appointment
        await self.say(impatient, own, True)
        kept.release()
        await until(lambda: impatient.notices[-1].problem.reason is Reason.SAID_OTHERWISE, "it was told")
        assert impatient.notices[-1].outcome is Outcome.UNKNOWN
        assert impatient.own(own).standing is Standing.BOOKED

    async def _sent_unchecked(self, desk, slot):
        async def offers(*_: object) -> bool:
            return True

        desk.desk.availability.offers, kept = offers, desk.desk.availability.offers
        try:
            return await desk.book(slot)
        finally:
            desk.desk.availability.offers = kept


class TestOfferedAgain:
    """Somebody may have cancelled it in Konfidens, of which Leyr tells nobody."""

    @pytest.fixture
    async def cancelled_there(self, counter: Counter, leyr: WatchedSandbox, clock: StoppedClock) -> OwnAppointment:
        own = await counter.booked()
        leyr.sandbox.outside.cancel(own.appointment_id)
        clock.now += SETTLED_FOR
        await self.look(counter)
        return own

    async def look(self, desk: Counter) -> None:
        await desk.desk.availability.load_view(again=True)

    def tasks(self, desk: Counter) -> list[TaskKind]:
        return [task.kind for task in desk.store.snapshot.open_tasks()]

    async def test_it_is_a_task(self, counter: Counter, cancelled_there: OwnAppointment) -> None:
        assert self.tasks(counter) == [TaskKind.OFFERED]
        assert counter.own(cancelled_there).standing is Standing.BOOKED

    async def test_nothing_is_asked_about_a_fresh_booking(self, counter: Counter, leyr: WatchedSandbox) -> None:
        own = await counter.booked()
        leyr.sandbox.outside.cancel(own.appointment_id)
        await self.look(counter)
        assert self.tasks(counter) == []

    async def test_nothing_is_asked_about_what_still_stands(self, counter: Counter, clock: StoppedClock) -> None:
        await counter.booked()
        clock.now += timedelta(hours=1)
        await self.look(counter)
        assert self.tasks(counter) == []

    async def test_its_time_can_be_booked_when_somebody_says_that_it_is_gone(
        self, counter: Counter, cancelled_there: OwnAppointment
    ) -> None:
        slot = cancelled_there.timeslot
        assert (await counter.book(slot)).problem.reason is Reason.OWN_OVERLAP
        counter.desk.booking.settle_by_hand(counter.own(cancelled_there), False)
        await counter.rest()
        assert counter.own(cancelled_there).standing is Standing.CANCELLED
        assert (counter.notices[-1].outcome, counter.notices[-1].problem.reason) == (
            Outcome.DONE,
            Reason.SAID_BY_PERSON,
        )
        assert self.tasks(counter) == []
        assert (await counter.book(slot)).outcome is Outcome.DONE

    async def test_nobody_is_asked_twice_about_one_that_is_still_there(
        self, counter: Counter, cancelled_there: OwnAppointment, clock: StoppedClock
    ) -> None:
        counter.desk.booking.settle_by_hand(counter.own(cancelled_there), True)
        await counter.rest()
        clock.now += timedelta(hours=1)
        await self.look(counter)
        assert self.tasks(counter) == []
        assert counter.own(cancelled_there).standing is Standing.BOOKED
        with pytest.raises(OverlapsOwn):
            await counter.ledger.prepare_booking(counter.care_unit_id, cancelled_there.timeslot, cancelled_there.person)

    async def test_the_question_goes_when_the_time_is_not_offered_any_more(
        self, counter: Counter, leyr: WatchedSandbox, cancelled_there: OwnAppointment
    ) -> None:
        slot = cancelled_there.timeslot
        leyr.sandbox.outside.book(slot.resource_id, slot.start, slot.end)
        await self.look(counter)
        assert self.tasks(counter) == []

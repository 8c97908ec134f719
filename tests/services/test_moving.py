"""Moving: one gesture, never cancelling first, and never a wrong word about where the appointment is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import Action, Support
from receptionapp.domain.intent import MoveRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.open_task import TaskKind
from receptionapp.domain.problem import Reason
from receptionapp.leyr.transport import Timeouts
from receptionapp.sandbox import Settings
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from receptionapp.services.booking import Booking
from tests.clocks import StoppedClock
from tests.services.counter import Counter
from tests.services.test_faults import FAULTS_AT_A_WRITE, each_kind_of_fault
from tests.services.truth import assert_true, elsewhere
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

Restart = Callable[[], Awaitable[Counter]]
on_full = pytest.mark.parametrize("profile", ["full"])
on_two_step = pytest.mark.parametrize("profile", ["two_step"])


async def move(counter: Counter, own: OwnAppointment, slot: Timeslot) -> WriteNotice:
    request = MoveRequest(own, slot, "Flyttet")
    counter.desk.moving.move(request)
    await counter.rest()
    return next(notice for notice in counter.notices if notice.request == request.id)


def tasks(counter: Counter) -> list[TaskKind]:
    return [task.kind for task in counter.store.snapshot.open_tasks()]


def the_new_one(counter: Counter, own: OwnAppointment) -> OwnAppointment:
    return counter.store.snapshot.appointments[counter.own(own).replaced_by]


class TestBookingAnewAndCancelling:
    async def test_the_new_one_is_booked_before_the_old_one_is_cancelled(
        self, counter: Counter, leyr: WatchedSandbox
    ) -> None:
        own = await counter.booked()
        notice = await move(counter, own, elsewhere(counter, own))
        assert notice.outcome is Outcome.DONE
        assert counter.screen(notice).startswith("Moved: ")
        assert [call.method for call in leyr.writes] == ["POST", "PATCH"]
        assert (counter.own(own).standing, notice.appointment.standing) == (Standing.CANCELLED, Standing.BOOKED)
        await assert_true(counter, own, notice.appointment)
        assert tasks(counter) == []

    async def test_person_and_comment_go_with_it(self, counter: Counter) -> None:
        own = (await counter.book(counter.free()[0], counter.somebody(3), "Trenger tolk")).appointment
        new = (await move(counter, own, elsewhere(counter, own))).appointment
        assert (new.person, new.comment) == (own.person, "Trenger tolk")
        assert counter.held(new.timeslot)[0].comment == "Trenger tolk"

    async def test_a_time_that_is_gone_leaves_it_where_it_was_and_names_others(
        self, counter: Counter, leyr: WatchedSandbox
    ) -> None:
        own = await counter.booked()
        slot = elsewhere(counter, own)
        leyr.sandbox.outside.book(slot.resource_id, slot.start, slot.end)
        notice = await move(counter, own, slot)
        assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.SLOT_TAKEN)
        assert notice.appointment.key == own.key
        assert notice.alternatives
        assert leyr.writes == []
        await assert_true(counter, own)
        assert tasks(counter) == []

    async def test_a_second_press_does_nothing(self, counter: Counter, leyr: WatchedSandbox) -> None:
        own = await counter.booked()
        request = MoveRequest(own, elsewhere(counter, own), "Flyttet")
        counter.desk.moving.move(request)
        counter.desk.moving.move(MoveRequest(own, elsewhere(counter, own, 1), "Flyttet"))
        await counter.rest()
        assert len(leyr.calls("POST")) == 1

    async def test_one_that_is_moved_already_is_not_moved_again(self, counter: Counter, leyr: WatchedSandbox) -> None:
        own = await counter.booked()
        await move(counter, own, elsewhere(counter, own))
        leyr.forget_calls()
        assert (await move(counter, own, elsewhere(counter, own))).outcome is Outcome.REFUSED
        assert leyr.writes == []

    async def test_a_booking_with_a_status_nobody_knows_keeps_the_old_one(
        self, counter: Counter, leyr: WatchedSandbox
    ) -> None:
        own = await counter.booked()
        leyr.sandbox.settings = Settings(booking_status="unlisted")
        notice = await move(counter, own, elsewhere(counter, own))
        assert notice.outcome is Outcome.HALF_DONE
        assert [call.method for call in leyr.writes] == ["POST"]
        assert counter.own(own).standing is Standing.BOOKED
        assert tasks(counter) == [TaskKind.TWO]


class TestHalfDone:
    @pytest.fixture
    async def own(self, counter: Counter, leyr: WatchedSandbox) -> OwnAppointment:
        """The old one of two."""
        own = await counter.booked()
        leyr.fail("emr_error_400", "PATCH")
        notice = await move(counter, own, elsewhere(counter, own))
        assert notice.outcome is Outcome.HALF_DONE
        assert counter.screen(notice).startswith("Two appointments now: ")
        leyr.forget_calls()
        return counter.own(own)

    async def test_two_appointments_are_a_task(self, counter: Counter, own: OwnAppointment) -> None:
        (task,) = counter.store.snapshot.open_tasks()
        assert (task.kind, task.appointment, task.new) == (TaskKind.TWO, own, the_new_one(counter, own))
        assert [task.kind for task in await counter.ledger.open_tasks()] == [TaskKind.TWO]
        await assert_true(counter, own, task.new)

    async def test_trying_again_removes_the_old_one(
        self, counter: Counter, leyr: WatchedSandbox, own: OwnAppointment
    ) -> None:
        await counter.cancel(own)
        assert len(leyr.writes) == 1
        assert tasks(counter) == []
        await assert_true(counter, own, the_new_one(counter, own))

    async def test_a_person_can_say_that_it_is_removed(
        self, counter: Counter, leyr: WatchedSandbox, own: OwnAppointment
    ) -> None:
        counter.desk.moving.confirm_removed(own)
        await counter.rest()
        assert counter.own(own).standing is Standing.CANCELLED
        assert tasks(counter) == []
        assert leyr.writes == []

    async def test_cancelling_the_new_one_instead_ends_the_task(self, counter: Counter, own: OwnAppointment) -> None:
        await counter.cancel(the_new_one(counter, own))
        assert tasks(counter) == []
        await assert_true(counter, own)

    async def test_it_is_there_after_a_restart(self, counter: Counter, own: OwnAppointment, restart: Restart) -> None:
        again = await restart()
        assert tasks(again) == [TaskKind.TWO]
        await again.cancel(again.own(own))
        assert tasks(again) == []


class TestOneRequest:
    pytestmark = on_full

    @pytest.mark.parametrize("changes_id", [True, False])
    async def test_it_is_one_request_and_the_id_that_comes_back_is_kept(
        self, counter: Counter, leyr: WatchedSandbox, changes_id: bool
    ) -> None:
        own = await counter.booked()
        leyr.sandbox.settings = Settings(move_changes_id=changes_id)
        notice = await move(counter, own, elsewhere(counter, own))
        assert notice.outcome is Outcome.DONE
        assert [call.method for call in leyr.writes] == ["PATCH"]
        assert (notice.appointment.appointment_id != own.appointment_id) is changes_id
        await assert_true(counter, own, notice.appointment)
        await counter.cancel(notice.appointment)
        assert counter.held(notice.appointment.timeslot) == []

    @pytest.mark.parametrize("busy", [True, False])
    async def test_a_time_that_overlaps_its_own_is_for_the_emr_to_allow(
        self, counter: Counter, leyr: WatchedSandbox, busy: bool
    ) -> None:
        own, slot = await overlapping(counter)
        leyr.sandbox.settings = Settings(own_timeslot_counts_as_busy=busy)
        notice = await move(counter, own, slot)
        assert notice.outcome is (Outcome.REFUSED if busy else Outcome.DONE)
        assert [call.method for call in leyr.writes] == ["PATCH"]

    async def test_an_emr_that_turns_out_not_to_move_has_it_done_in_two(
        self, counter: Counter, leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = await counter.booked()
        monkeypatch.setattr(leyr.sandbox, "profile", replace(leyr.sandbox.profile, moves_appointments=False))
        notice = await move(counter, own, elsewhere(counter, own))
        assert notice.outcome is Outcome.DONE
        assert [call.method for call in leyr.writes] == ["PATCH", "POST", "PATCH"]
        assert counter.store.snapshot.capabilities.support[Action.MOVE] is Support.NO
        await assert_true(counter, own, notice.appointment)


async def test_booking_anew_onto_its_own_time_needs_that_time_to_be_offered(
    counter: Counter, leyr: WatchedSandbox
) -> None:
    """Our own record is not what stands in the way; here the EHR offers nothing beside the old one."""
    own, slot = await overlapping(counter)
    notice = await move(counter, own, slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.SLOT_TAKEN)
    assert leyr.writes == []


async def overlapping(counter: Counter) -> tuple[OwnAppointment, Timeslot]:
    """A booked appointment and a time of the same service that overlaps it."""
    free = counter.free()
    slot, other = next(
        (one, two)
        for one in free
        for two in free
        if one != two
        and one.resource_id == two.resource_id
        and one.healthcare_service_id == two.healthcare_service_id
        and one.overlaps(two.start, two.end)
    )
    own = (await counter.book(slot)).appointment
    counter.leyr.forget_calls()
    return own, other


@on_two_step
async def test_where_codes_are_asked_for_the_old_one_stays_until_each_is_entered(counter: Counter) -> None:
    own = (await counter.book(counter.free()[0])).appointment
    own = (await counter.confirm(own, CONFIRMATION_CODE)).appointment
    notice = await move(counter, own, elsewhere(counter, own))
    assert notice.outcome is Outcome.WAITING
    assert "The old time stands until then" in counter.screen(notice)
    assert tasks(counter) == [TaskKind.CODE]
    new = (await counter.confirm(notice.appointment, CONFIRMATION_CODE)).appointment
    assert tasks(counter) == [TaskKind.TWO]
    await counter.cancel(counter.own(own))
    assert tasks(counter) == [TaskKind.TWO]
    await counter.confirm(counter.own(own), CONFIRMATION_CODE)
    assert tasks(counter) == []
    await assert_true(counter, own, new)


class TestFaults:
    """Every fault, at each half, before and after it took effect: no wrong word and no blind repeat."""

    @each_kind_of_fault
    async def test_at_the_booking(self, counter: Counter, leyr: WatchedSandbox, fault: str) -> None:
        own = await counter.booked()
        leyr.fail(FAULTS_AT_A_WRITE[fault], "POST")
        notice = await move(counter, own, elsewhere(counter, own))
        await self.judge(counter, own, notice)
        assert len(leyr.calls("POST")) == 1
        assert notice.outcome is Outcome.DONE or leyr.calls("PATCH") == []

    @each_kind_of_fault
    async def test_at_the_cancellation(self, counter: Counter, leyr: WatchedSandbox, fault: str) -> None:
        own = await counter.booked()
        leyr.fail(FAULTS_AT_A_WRITE[fault], "PATCH")
        notice = await move(counter, own, elsewhere(counter, own))
        await self.judge(counter, own, notice)
        assert notice.outcome in (Outcome.DONE, Outcome.HALF_DONE)
        assert [call.method for call in leyr.writes] == ["POST", "PATCH"]

    @on_full
    @each_kind_of_fault
    async def test_at_the_one_request(self, counter: Counter, leyr: WatchedSandbox, fault: str) -> None:
        own = await counter.booked()
        leyr.fail(FAULTS_AT_A_WRITE[fault], "PATCH")
        notice = await move(counter, own, elsewhere(counter, own))
        await until(
            lambda: len(counter.store.snapshot.outcome_checks) == len(tasks(counter)), "the unknown was looked into"
        )
        assert [call.method for call in leyr.writes] == ["PATCH"]
        await self.judge(counter, own, notice)

    @pytest.mark.noise("timeslots in an answer could not be read")
    @each_kind_of_fault
    async def test_at_the_look_before_it(self, counter: Counter, leyr: WatchedSandbox, fault: str) -> None:
        own = await counter.booked()
        leyr.fail(FAULTS_AT_A_WRITE[fault], "GET", "*/timeslots", times=10)
        notice = await move(counter, own, elsewhere(counter, own))
        leyr.sandbox.faults.clear()
        await self.judge(counter, own, notice)
        assert notice.outcome in (Outcome.DONE, Outcome.REFUSED)

    async def judge(self, counter: Counter, own: OwnAppointment, notice: WriteNotice) -> None:
        """The patient always has one; the screen is never wrong; whatever is open is a task."""
        new = the_new_one(counter, own)
        at_old, at_new = len(counter.held(own.timeslot)), len(counter.held(new.timeslot))
        assert at_old + at_new >= 1
        assert notice.verb is Verb.MOVE
        await assert_true(counter, own, new)
        if notice.outcome is Outcome.DONE:
            assert (at_old, at_new) == (0, 1)
        elif notice.outcome is Outcome.REFUSED:
            assert (at_old, at_new) == (1, 0)
        elif notice.outcome is Outcome.HALF_DONE:
            assert at_new == 1
            assert tasks(counter) == [TaskKind.TWO]
        unknown = [o for o in (own, new) if counter.own(o).standing.unknown]
        assert bool(tasks(counter)) is bool(unknown or notice.outcome is Outcome.HALF_DONE)


class TestRestart:
    """The program ends in the middle of a move."""

    @pytest.fixture
    async def doomed(self, leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock) -> Counter:
        made = Counter(leyr, tmp_path / "ledger.sqlite3", clock, Timeouts(close=0.05))
        await made.open()
        await made.open_clinic()
        return made

    @pytest.mark.parametrize(
        ("method", "path", "standings", "kinds"),
        [
            ("GET", "*/timeslots", (Standing.BOOKED, Standing.REFUSED), []),
            ("POST", "*", (Standing.BOOKED, Standing.BOOKING_UNKNOWN), [TaskKind.UNKNOWN]),
            ("PATCH", "*", (Standing.CANCELLING_UNKNOWN, Standing.BOOKED), [TaskKind.TWO]),
        ],
    )
    async def test_at_each_request_what_is_open_is_a_task(
        self,
        doomed: Counter,
        leyr: WatchedSandbox,
        restart: Restart,
        method: str,
        path: str,
        standings: tuple[Standing, Standing],
        kinds: list[TaskKind],
    ) -> None:
        own = await doomed.booked()
        kept = leyr.keep_back(method, path)
        doomed.desk.moving.move(MoveRequest(own, elsewhere(doomed, own), "Flyttet"))
        await kept.reached()
        await doomed.crash()
        kept.release()
        again = await restart()
        assert (again.own(own).standing, the_new_one(again, own).standing) == standings
        assert tasks(again) == kinds
        await assert_true(again, own, the_new_one(again, own))

    async def test_between_booking_and_cancelling_two_are_a_task(
        self, doomed: Counter, leyr: WatchedSandbox, restart: Restart, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = await doomed.booked()
        reached = asyncio.Event()

        async def never(*_: Any) -> None:
            reached.set()
            await asyncio.Event().wait()

        with monkeypatch.context() as patched:
            patched.setattr(Booking, "cancel_and_wait", never)
            doomed.desk.moving.move(MoveRequest(own, elsewhere(doomed, own), "Flyttet"))
            await reached.wait()
            await doomed.crash()
        again = await restart()
        assert tasks(again) == [TaskKind.TWO]
        await again.cancel(again.own(own))
        assert tasks(again) == []
        await assert_true(again, own, the_new_one(again, own))

    @on_full
    async def test_at_the_one_request_both_are_one_task(
        self, doomed: Counter, leyr: WatchedSandbox, restart: Restart
    ) -> None:
        own = await doomed.booked()
        kept = leyr.keep_back("PATCH", "*")
        doomed.desk.moving.move(MoveRequest(own, elsewhere(doomed, own), "Flyttet"))
        await kept.reached()
        await doomed.crash()
        kept.release()
        again = await restart()
        assert tasks(again) == [TaskKind.UNKNOWN]


@pytest.mark.parametrize("profile", ["konfidens", "full"])
@pytest.mark.parametrize("deed", ["move", "cancel"])
async def test_another_desks_wish_about_it_is_told(counter: Counter, leyr: WatchedSandbox, deed: str) -> None:
    """It may be under way there, or left between its two halves."""
    own = await counter.booked()
    await counter.ledger.prepare_cancel(own.key, "Syk")
    if deed == "move":
        counter.desk.moving.move(MoveRequest(own, elsewhere(counter, own), "Flyttet"))
    else:
        counter.desk.booking.cancel(own, "Syk")
    await counter.rest()
    notice = counter.notices[-1]
    assert (notice.outcome, notice.problem.reason) == (Outcome.REFUSED, Reason.UNDER_WAY_ELSEWHERE)
    said = counter.screen(notice)
    assert "Another desk is changing this appointment" in said
    assert "stands" not in said.partition("Another")[0]
    assert leyr.writes == []

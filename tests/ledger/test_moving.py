"""Moves in the record: linked, crash-safe at every step, and a task while two appointments stand."""

import pytest
from sqlalchemy import text

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Stage, Verb
from receptionapp.domain.open_task import TaskKind
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import AlreadyUnderWay, BeingMoved, OverlapsOwn, WrongStanding

NO_ANSWER = Problem(Reason.NO_ANSWER)
TAKEN = Problem(Reason.SLOT_TAKEN)
STANDS = "appointments.standing NOT IN ('cancelled', 'refused')"


async def booked(ledger, made, id="a/1", slot=None, **more):
    intent, _ = await ledger.prepare_booking("cu", slot or made.timeslot(), made.person, **more)
    await ledger.mark_sent(intent.id)
    return await ledger.settle_booked(intent.id, made.answer("booked", id, slot))


async def cancelling(ledger, own):
    intent, _ = await ledger.prepare_cancel(own.key)
    await ledger.mark_sent(intent.id)
    return intent


async def updating(ledger, made, own, slot):
    intent, old, new = await ledger.prepare_move(own.key, slot)
    await ledger.mark_sent(intent.id)
    return intent, old, new


async def kinds(ledger):
    return [task.kind for task in await ledger.open_tasks()]


class TestBookingAnew:
    async def test_the_old_one_stays_and_knows_which_one_takes_its_place(self, ledger, made):
        old = await booked(ledger, made)
        _, new = await ledger.prepare_booking("cu", made.timeslot(12), made.person, instead_of=old.key)
        stays = await ledger.appointment(old.key)
        assert (stays.standing, stays.replaced_by) == (Standing.BOOKED, new.key)

    async def test_two_that_stand_are_a_task_until_the_old_one_is_cancelled(self, ledger, made):
        old = await booked(ledger, made)
        new = await booked(ledger, made, "a/2", made.timeslot(12), instead_of=old.key)
        (task,) = await ledger.open_tasks()
        assert (task.kind, task.appointment.key, task.new) == (TaskKind.TWO, old.key, new)
        intent = await cancelling(ledger, old)
        assert await ledger.open_tasks() == ()
        await ledger.settle_cancelled(intent.id, made.answer("cancelled"))
        assert await ledger.open_tasks() == ()

    async def test_a_cancellation_without_an_answer_is_the_same_task(self, ledger, made):
        old = await booked(ledger, made)
        await booked(ledger, made, "a/2", made.timeslot(12), instead_of=old.key)
        intent = await cancelling(ledger, old)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        (task,) = await ledger.open_tasks()
        assert (task.kind, task.intent.id) == (TaskKind.TWO, intent.id)

    async def test_a_person_removes_the_old_one(self, ledger, made):
        old = await booked(ledger, made)
        await booked(ledger, made, "a/2", made.timeslot(12), instead_of=old.key)
        assert (await ledger.settle_removed(old.key)).standing is Standing.CANCELLED
        assert await ledger.open_tasks() == ()

    async def test_only_one_that_was_replaced_can_be_said_to_be_removed(self, ledger, made):
        own = await booked(ledger, made)
        with pytest.raises(WrongStanding):
            await ledger.settle_removed(own.key)

    async def test_nothing_is_cancelled_first(self, ledger, made):
        old = await booked(ledger, made)
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(12), made.person, instead_of=old.key)
        with pytest.raises(BeingMoved):
            await ledger.prepare_cancel(old.key)
        await ledger.mark_sent(intent.id)
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        with pytest.raises(BeingMoved):
            await ledger.prepare_cancel(old.key)

    async def test_after_a_refusal_it_can_be_moved_elsewhere_or_cancelled(self, ledger, made):
        old = await booked(ledger, made)
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(12), made.person, instead_of=old.key)
        await ledger.settle_refused(intent.id, TAKEN)
        assert await ledger.open_tasks() == ()
        again, _ = await ledger.prepare_booking("cu", made.timeslot(13), made.person, instead_of=old.key)
        await ledger.settle_refused(again.id, TAKEN)
        assert (await ledger.prepare_cancel(old.key))[1].standing is Standing.CANCELLING

    async def test_it_is_moved_to_one_place_at_a_time(self, ledger, made):
        old = await booked(ledger, made)
        await ledger.prepare_booking("cu", made.timeslot(12), made.person, instead_of=old.key)
        with pytest.raises(BeingMoved):
            await ledger.prepare_booking("cu", made.timeslot(13), made.person, instead_of=old.key)

    async def test_it_is_not_in_its_own_way_but_others_are(self, ledger, made):
        old = await booked(ledger, made)
        await booked(ledger, made, "a/2", made.timeslot(9, 40))
        with pytest.raises(OverlapsOwn):
            await ledger.prepare_booking("cu", made.timeslot(9, 30), made.person, instead_of=old.key)
        await ledger.prepare_booking("cu", made.timeslot(9, 10), made.person, instead_of=old.key)

    @pytest.mark.parametrize("status", ["awaiting_confirmation", "cancelled", "arrived"])
    async def test_only_what_is_booked_is_moved(self, ledger, made, status):
        intent, own = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer(status))
        with pytest.raises(WrongStanding):
            await ledger.prepare_booking("cu", made.timeslot(12), made.person, instead_of=own.key)


class TestOneRequest:
    async def test_both_times_are_taken_while_it_is_under_way(self, ledger, made):
        own = await booked(ledger, made)
        intent, old, new = await ledger.prepare_move(own.key, made.timeslot(12))
        assert (intent.verb, old.standing, new.standing) == (Verb.MOVE, Standing.CANCELLING, Standing.SENDING)
        for hour in (9, 12):
            with pytest.raises(OverlapsOwn):
                await ledger.prepare_booking("cu", made.timeslot(hour), made.person)

    @pytest.mark.parametrize("id", ["a/1", "a/9"])
    async def test_the_id_that_comes_back_is_the_new_ones(self, ledger, made, id):
        own = await booked(ledger, made)
        intent, _, _ = await updating(ledger, made, own, made.timeslot(12))
        old, new = await ledger.settle_moved(intent.id, made.answer("booked", id, made.timeslot(12)))
        assert (old.standing, new.standing, new.appointment_id) == (Standing.CANCELLED, Standing.BOOKED, id)
        assert await ledger.open_tasks() == ()

    async def test_a_refusal_leaves_it_where_it_was(self, ledger, made):
        own = await booked(ledger, made)
        intent, _, new = await updating(ledger, made, own, made.timeslot(12))
        back = await ledger.settle_refused(intent.id, TAKEN)
        assert back.standing is Standing.BOOKED
        assert (await ledger.appointment(new.key)).standing is Standing.REFUSED

    async def test_without_an_answer_it_is_one_task_about_both(self, ledger, made):
        own = await booked(ledger, made)
        intent, _, new = await updating(ledger, made, own, made.timeslot(12))
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        (task,) = await ledger.open_tasks()
        assert (task.kind, task.intent.id, task.new.key) == (TaskKind.UNKNOWN, intent.id, new.key)
        assert task.appointment.standing is Standing.CANCELLING_UNKNOWN
        assert task.new.standing is Standing.BOOKING_UNKNOWN

    @pytest.mark.parametrize("asked_about", ["old", "new"])
    @pytest.mark.parametrize("moved", [True, False])
    async def test_a_person_settles_both_by_looking_for_one(self, ledger, made, asked_about, moved):
        own = await booked(ledger, made)
        intent, old, new = await updating(ledger, made, own, made.timeslot(12))
        await ledger.settle_unknown(intent.id, NO_ANSWER)
        exists = moved if asked_about == "new" else not moved
        await ledger.settle_by_hand(new.key if asked_about == "new" else old.key, exists)
        stands = [(await ledger.appointment(key)).standing for key in (old.key, new.key)]
        assert stands == ([Standing.CANCELLED, Standing.BOOKED] if moved else [Standing.BOOKED, Standing.REFUSED])
        assert await ledger.open_tasks() == ()

    async def test_it_can_be_moved_onto_a_part_of_its_own_time(self, ledger, made):
        own = await booked(ledger, made)
        await updating(ledger, made, own, made.timeslot(9, 10))

    async def test_a_second_wish_waits_for_the_first(self, ledger, made):
        own = await booked(ledger, made)
        await ledger.prepare_move(own.key, made.timeslot(12))
        with pytest.raises(AlreadyUnderWay):
            await ledger.prepare_move(own.key, made.timeslot(13))
        with pytest.raises(AlreadyUnderWay):
            await ledger.prepare_cancel(own.key)

    async def test_one_that_waits_for_a_code_leaves_the_old_one_standing(self, ledger, made):
        own = await booked(ledger, made)
        intent, _, _ = await updating(ledger, made, own, made.timeslot(12))
        old, new = await ledger.settle_moved(intent.id, made.answer("awaiting_confirmation", "a/1", made.timeslot(12)))
        assert (old.standing, new.standing) == (Standing.BOOKED, Standing.AWAITING_CODE)
        confirm, handle = await ledger.prepare_confirm(new.key)
        assert handle == "a/1"
        await ledger.mark_sent(confirm.id)
        moved = await ledger.settle_confirmed(confirm.id, made.answer("booked", "a/1", made.timeslot(12)))
        assert (moved.standing, moved.appointment_id) == (Standing.BOOKED, "a/1")
        assert (await ledger.appointment(old.key)).standing is Standing.CANCELLED


class TestCrash:
    """A new ledger on the same file, after each step of a move."""

    @pytest.mark.parametrize(
        ("last_step", "old", "new", "tasks"),
        [
            ("prepared", Standing.BOOKED, Standing.REFUSED, []),
            ("sent", Standing.BOOKED, Standing.BOOKING_UNKNOWN, [TaskKind.UNKNOWN]),
            ("booked", Standing.BOOKED, Standing.BOOKED, [TaskKind.TWO]),
            ("cancel prepared", Standing.BOOKED, Standing.BOOKED, [TaskKind.TWO]),
            ("cancel sent", Standing.CANCELLING_UNKNOWN, Standing.BOOKED, [TaskKind.TWO]),
            ("cancelled", Standing.CANCELLED, Standing.BOOKED, []),
        ],
    )
    async def test_booking_anew_leaves_a_task_for_what_is_open(self, open_ledger, made, last_step, old, new, tasks):
        ledger = await open_ledger()
        before = await booked(ledger, made)
        after = await _book_anew_until(ledger, made, before, last_step)

        again = await open_ledger()
        await again.recover()

        assert [(await again.appointment(key)).standing for key in (before.key, after.key)] == [old, new]
        assert await kinds(again) == tasks

    @pytest.mark.parametrize(
        ("sent", "old", "new", "recovered", "tasks"),
        [
            (False, Standing.BOOKED, Standing.REFUSED, Stage.REFUSED, []),
            (True, Standing.CANCELLING_UNKNOWN, Standing.BOOKING_UNKNOWN, Stage.UNKNOWN, [TaskKind.UNKNOWN]),
        ],
    )
    async def test_one_request_is_refused_or_unknown(self, open_ledger, made, sent, old, new, recovered, tasks):
        ledger = await open_ledger()
        own = await booked(ledger, made)
        intent, before, after = await ledger.prepare_move(own.key, made.timeslot(12))
        if sent:
            await ledger.mark_sent(intent.id)

        again = await open_ledger()

        assert [found.stage for found in await again.recover()] == [recovered]
        assert [(await again.appointment(key)).standing for key in (before.key, after.key)] == [old, new]
        assert await kinds(again) == tasks


async def _book_anew_until(ledger, made, old, last_step):
    slot = made.timeslot(12)
    intent, new = await ledger.prepare_booking("cu", slot, made.person, instead_of=old.key)
    if last_step == "prepared":
        return new
    await ledger.mark_sent(intent.id)
    if last_step == "sent":
        return new
    await ledger.settle_booked(intent.id, made.answer("booked", "a/2", slot))
    if last_step == "booked":
        return new
    cancel, _ = await ledger.prepare_cancel(old.key)
    if last_step == "cancel prepared":
        return new
    await ledger.mark_sent(cancel.id)
    if last_step == "cancelled":
        await ledger.settle_cancelled(cancel.id, made.answer("cancelled"))
    return new


@pytest.mark.parametrize("more", ["", "AND replaced_by = 'x'"])
async def test_moves_that_are_done_cost_the_search_for_tasks_nothing(ledger, path, more):
    """The index that is used holds only those that still stand."""
    query = f"SELECT key FROM appointments WHERE emr = 'e' AND replaced_by IS NOT NULL AND {STANDS} {more}"  # noqa: S608
    plan = await ledger._database.run(lambda connection: connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all())
    assert "uq_appointments_replaced_by" in str(plan)

"""A success that is about something else than was asked proves nothing: it is never called done, and never refused."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from receptionapp.domain.appointment import Standing, Timeslot
from receptionapp.domain.intent import MoveRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.problem import Reason
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from tests.services.counter import Counter
from tests.services.truth import elsewhere
from tests.watched_sandbox import WatchedSandbox

Change = dict[str, Any] | Callable[[Counter, Timeslot], dict[str, Any]]


def later(**by: float) -> Change:
    """The same at another time."""
    difference = timedelta(**by)
    return lambda _, slot: {name: (getattr(slot, name) + difference).isoformat() for name in ("start", "end")}


def of_another_resource(counter: Counter, slot: Timeslot) -> dict[str, Any]:
    clinic = counter.store.snapshot.clinic
    assert clinic
    return {"resource_id": next(each.id for each in clinic.resources if each.id != slot.resource_id)}


def of_another_service(counter: Counter, slot: Timeslot) -> dict[str, Any]:
    clinic = counter.store.snapshot.clinic
    assert clinic
    other = next(each.id for each in clinic.services if each.id != slot.healthcare_service_id)
    return {"healthcare_service_id": other}


OTHERWISE: dict[str, Change] = {
    "cancelled": {"status": "cancelled"},
    "an hour later": later(hours=1),
    "another day": later(days=1),
    "another resource": of_another_resource,
    "another patient": {"patient_id": "emr_id:somebody-else"},
    "another service": of_another_service,
    "ends eight hours later": lambda _, slot: {"end": (slot.end + timedelta(hours=8)).isoformat()},
    "ends before it begins": {"end": "2026-01-01T08:00:00Z"},
    "without end": {"end": "9999-12-31T23:59:59-12:00"},
    "at the beginning of time": {"start": "0001-01-01T00:00:00+14:00"},
}
otherwise = pytest.mark.parametrize("change", [pytest.param(each, id=name) for name, each in OTHERWISE.items()])
not_cancelled = pytest.mark.parametrize("status", ["booked", "completed", "canceled", "", None])


def answer_with(counter: Counter, method: str, slot: Timeslot, change: Change, id: str = "odd/1") -> None:
    said = {
        "id": id,
        "status": "booked",
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "resource_id": slot.resource_id,
    }
    said |= change if isinstance(change, dict) else change(counter, slot)
    counter.leyr.answer_instead(method, "*/appointments*", json.dumps([said]).encode())


def is_not_known(counter: Counter, notice: WriteNotice) -> None:
    assert (notice.outcome, notice.problem.reason) == (Outcome.UNKNOWN, Reason.ANSWERED_OTHERWISE)
    assert "does not fit what was asked" in counter.screen(notice)
    assert len(counter.leyr.writes) == 1


@otherwise
async def test_a_booking_answered_with_another_appointment(counter: Counter, change: Change) -> None:
    slot = counter.free()[0]
    answer_with(counter, "POST", slot, change)
    notice = await counter.book(slot)
    is_not_known(counter, notice)
    written = await counter.ledger.appointment(notice.appointment.key)
    assert (written.standing, written.timeslot, written.appointment_id) == (Standing.BOOKING_UNKNOWN, slot, None)


async def test_an_id_that_can_not_be_kept_is_no_id(counter: Counter) -> None:
    slot = counter.free()[0]
    answer_with(counter, "POST", slot, {"id": "a\x00b"})
    notice = await counter.book(slot)
    assert (notice.outcome, notice.problem.reason) == (Outcome.UNKNOWN, Reason.ANSWER_UNREADABLE)


@pytest.mark.parametrize("change", [{"resource_id": "a name of Leyr's own"}, {"patient_id": "P1"}, later(seconds=30)])
async def test_a_booking_answered_in_other_words_stays_in_its_column(counter: Counter, change: Change) -> None:
    slot = counter.free()[0]
    answer_with(counter, "POST", slot, change, id=f"odd/{slot.start}/{slot.resource_id}")
    notice = await counter.book(slot)
    assert notice.outcome is Outcome.DONE
    assert counter.own(notice.appointment).timeslot.resource_id == slot.resource_id


async def test_a_bare_id_of_somebody_else_whom_the_ledger_knows(counter: Counter) -> None:
    other = counter.somebody(1)
    await counter.book(counter.free()[0], other)
    counter.leyr.forget_calls()
    slot = counter.free()[0]
    answer_with(counter, "POST", slot, {"patient_id": other.reference.removeprefix("emr_id:")})
    is_not_known(counter, await counter.book(slot))


async def test_the_id_of_another_of_ours_is_no_fault_of_this_computers_disk(counter: Counter) -> None:
    other, slot = await counter.booked(), counter.free()[0]
    answer_with(counter, "POST", slot, {}, id=other.appointment_id)
    is_not_known(counter, await counter.book(slot))


async def test_a_bare_id_that_the_ledger_knows_as_somebody_else(counter: Counter) -> None:
    other = (await counter.book(counter.free()[0], counter.somebody(1))).appointment
    assert other
    counter.leyr.forget_calls()
    slot = counter.free()[0]
    answer_with(counter, "POST", slot, {"patient_id": other.person.reference.removeprefix("emr_id:")})
    is_not_known(counter, await counter.book(slot))


@pytest.mark.parametrize("status", ["declined", ""])
async def test_a_status_that_nobody_knows_is_not_called_booked(counter: Counter, status: str) -> None:
    slot = counter.free()[0]
    answer_with(counter, "POST", slot, {"status": status}, id=f"odd/{status}")
    notice = await counter.book(slot)
    assert counter.screen(notice).startswith("Sent, but not surely booked")
    assert f"the status “{status}”" in counter.screen(notice)
    assert counter.own(notice.appointment).standing is Standing.OTHER


@not_cancelled
async def test_a_cancellation_answered_with_one_that_stands(counter: Counter, status: str | None) -> None:
    own = await counter.booked()
    answer_with(counter, "PATCH", own.timeslot, {"status": status}, id=own.appointment_id)
    is_not_known(counter, await counter.cancel(own))
    assert counter.own(own).standing is Standing.CANCELLING_UNKNOWN
    assert counter.held(own.timeslot)


@pytest.mark.parametrize("name", [*(name for name in OTHERWISE if name != "cancelled"), "another id"])
async def test_a_cancellation_answered_with_another_one_that_is_cancelled(counter: Counter, name: str) -> None:
    own = await counter.booked()
    change = OTHERWISE.get(name, {})
    said = change if isinstance(change, dict) else change(counter, own.timeslot)
    id = "odd/1" if name == "another id" else own.appointment_id
    answer_with(counter, "PATCH", own.timeslot, said | {"status": "cancelled"}, id=id)
    is_not_known(counter, await counter.cancel(own))
    assert counter.own(own).standing is Standing.CANCELLING_UNKNOWN
    assert counter.held(own.timeslot)


@pytest.mark.parametrize("status", [401, 403, 404, 409, 413, 422, 499])
async def test_what_a_firewall_says_of_an_answer_is_no_refusal(
    counter: Counter, leyr: WatchedSandbox, status: int
) -> None:
    leyr.answer_instead("POST", "*/appointments", b"<html>Blocked</html>", status=status)
    notice = await counter.book(counter.free()[0])
    assert notice.outcome is Outcome.UNKNOWN
    leyr.be_well()


async def test_a_cancellation_that_only_a_gateway_knows_nothing_of(counter: Counter, leyr: WatchedSandbox) -> None:
    own = await counter.booked()
    leyr.answer_instead("PATCH", "*", b"default backend - 404", status=404)
    notice = await counter.cancel(own)
    assert notice.outcome is Outcome.UNKNOWN
    assert counter.own(own).standing is Standing.CANCELLING_UNKNOWN


@pytest.mark.parametrize("profile", ["full"])
class TestOneRequestToMove:
    @otherwise
    async def test_answered_with_another_appointment(self, counter: Counter, change: Change) -> None:
        own = await counter.booked()
        slot = elsewhere(counter, own)
        answer_with(counter, "PATCH", slot, change)
        is_not_known(counter, await self.moved(counter, own, slot))
        assert counter.own(own).standing is Standing.CANCELLING_UNKNOWN

    async def test_answered_with_where_it_was(self, counter: Counter) -> None:
        own = await counter.booked()
        answer_with(counter, "PATCH", own.timeslot, {}, id=own.appointment_id)
        is_not_known(counter, await self.moved(counter, own, elsewhere(counter, own)))

    async def moved(self, counter: Counter, own: Any, slot: Timeslot) -> WriteNotice:
        counter.desk.moving.move(MoveRequest(own, slot))
        await counter.rest()
        return next(notice for notice in counter.notices if notice.verb is Verb.MOVE)


@pytest.mark.parametrize("profile", ["two_step"])
class TestACode:
    async def test_for_a_booking_that_is_answered_with_a_cancelled_one(self, counter: Counter) -> None:
        own = await counter.booked()
        answer_with(counter, "PATCH", own.timeslot, {"status": "cancelled"}, id=own.appointment_id)
        is_not_known(counter, await counter.confirm(own, CONFIRMATION_CODE))

    async def test_for_a_cancellation_that_is_answered_with_one_that_stands(self, counter: Counter) -> None:
        own = await counter.booked()
        await counter.confirm(own, CONFIRMATION_CODE)
        await counter.cancel(counter.own(own))
        answer_with(counter, "PATCH", own.timeslot, {"status": "booked"}, id=own.appointment_id)
        counter.leyr.forget_calls()
        is_not_known(counter, await counter.confirm(counter.own(own), CONFIRMATION_CODE))
        assert counter.own(own).standing is Standing.CANCELLING_UNKNOWN

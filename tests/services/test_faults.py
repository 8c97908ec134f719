"""Every way to fail, at every kind of write: what the screen says is never wrong about what the EHR has.

done ⇒ it is there, refused ⇒ it is not, and where nobody can know, unknown. In the tests a booking meets every fault
and the other writes one of each kind; in `dev.py soak --properties` all of them meet all.
"""

from dataclasses import replace
from typing import Any

import pytest

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import CreateRequest, Outcome, Verb, WriteNotice
from receptionapp.domain.patient import NewPatient
from receptionapp.sandbox import FAULTS, Fault
from receptionapp.sandbox.faults import FaultKind
from receptionapp.services.reconciliation import LONGEST_IN_FLIGHT
from tests.examples import some
from tests.people import MadeUp, made_up
from tests.services.counter import Counter
from tests.watched_sandbox import WatchedSandbox

AFTER = ("unavailable", "emr_error_500", "unknown_error", "html_502")  # a failure may come after the deed, too
FAULTS_AT_A_WRITE: dict[str, Fault] = {
    **{name: replace(fault, delay=min(fault.delay, 0.01)) for name, fault in FAULTS.items()},
    **{f"{name}_after": replace(FAULTS[name], after_effect=True) for name in AFTER},
}
KINDS = (  # done in spite of it, refused by the EHR, refused by Leyr, and not known, with and without effect
    "null_optional_fields",
    "emr_error_400",
    "rate_limited",
    "unavailable",
    "unavailable_after",
    "drop_before",
    "drop_after",
    "broken_json",
)


every_fault = pytest.mark.parametrize("fault", FAULTS_AT_A_WRITE)


def each_kind_of_fault(test: Any) -> Any:
    return pytest.mark.in_full(pytest.mark.parametrize("fault", some(FAULTS_AT_A_WRITE, in_tests=KINDS))(test))


SAID = {
    Verb.BOOK: {Outcome.DONE: "Booked", Outcome.REFUSED: "Not booked", Outcome.UNKNOWN: "Not known if booked"},
    Verb.CANCEL: {
        Outcome.DONE: "Cancelled",
        Outcome.REFUSED: "Not cancelled, it still stands",
        Outcome.UNKNOWN: "Not known if cancelled",
    },
    Verb.CREATE_PATIENT: {
        Outcome.DONE: "Patient registered",
        Outcome.REFUSED: "The patient was not registered",
        Outcome.UNKNOWN: "Not known if the patient was registered",
    },
}


def judge(counter: Counter, notice: WriteNotice, *, happened: bool) -> None:
    """Hold the screen against the truth."""
    assert counter.screen(notice).startswith(SAID[notice.verb][notice.outcome])
    if notice.outcome is Outcome.DONE:
        assert happened
    elif notice.outcome is Outcome.REFUSED:
        assert not happened
    else:
        assert notice.outcome is Outcome.UNKNOWN
    if notice.outcome is not Outcome.DONE:
        assert notice.problem


def may_be_known(fault: str) -> bool:
    """Whether Leyr's answer leaves no doubt, so that "unknown" would only be cowardice."""
    planned = FAULTS_AT_A_WRITE[fault]
    sure = (
        FaultKind.NONE,
        FaultKind.TOO_MANY_REQUESTS,
        FaultKind.SEVERAL_ERRORS,
        FaultKind.ERRORS_MISSING,
        FaultKind.NULL_FIELDS,
    )
    refused_by_emr = planned.mishap is FaultKind.EMR_ERROR and planned.status < 500
    return planned.mishap in sure or refused_by_emr or planned.mishap is FaultKind.UNKNOWN_ERROR_CODE


@every_fault
async def test_a_booking_that_meets_a_fault_is_told_as_it_is(
    counter: Counter, leyr: WatchedSandbox, fault: str
) -> None:
    slot = counter.free()[0]
    leyr.fail(FAULTS_AT_A_WRITE[fault], "POST")
    notice = await counter.book(slot)
    judge(counter, notice, happened=bool(counter.held(slot)))
    assert (notice.outcome is not Outcome.UNKNOWN) is may_be_known(fault)
    assert len(leyr.writes) == 1
    standing = {
        Outcome.DONE: Standing.BOOKED,
        Outcome.REFUSED: Standing.REFUSED,
        Outcome.UNKNOWN: Standing.BOOKING_UNKNOWN,
    }[notice.outcome]
    assert (await counter.ledger.appointment(notice.appointment.key)).standing is standing
    assert counter.own(notice.appointment).standing is standing


@each_kind_of_fault
async def test_a_cancellation_that_meets_a_fault_is_told_as_it_is(
    counter: Counter, leyr: WatchedSandbox, fault: str
) -> None:
    own = await counter.booked()
    leyr.fail(FAULTS_AT_A_WRITE[fault], "PATCH")
    notice = await counter.cancel(own)
    judge(counter, notice, happened=not counter.held(own.timeslot))
    assert (notice.outcome is not Outcome.UNKNOWN) is may_be_known(fault)
    assert len(leyr.writes) == 1
    standing = {
        Outcome.DONE: Standing.CANCELLED,
        Outcome.REFUSED: Standing.BOOKED,
        Outcome.UNKNOWN: Standing.CANCELLING_UNKNOWN,
    }[notice.outcome]
    assert (await counter.ledger.appointment(own.key)).standing is standing
    assert counter.own(own).standing is standing


@each_kind_of_fault
async def test_a_registration_that_meets_a_fault_is_told_as_it_is(
    counter: Counter, leyr: WatchedSandbox, fault: str
) -> None:
    whom = made_up()
    leyr.fail(FAULTS_AT_A_WRITE[fault], "POST")
    notice = await counter.create(request_for(counter, whom))
    judge(counter, notice, happened=is_known(leyr, whom))
    assert (notice.outcome is not Outcome.UNKNOWN) is may_be_known(fault)
    assert len(leyr.writes) == 1


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("fault", ["drop_after", "drop_before"])
async def test_a_person_settles_an_unknown_booking(
    counter: Counter, leyr: WatchedSandbox, fault: str, exists: bool
) -> None:
    slot = counter.free()[0]
    leyr.fail(fault, "POST")
    own = (await counter.book(slot)).appointment
    settled = await settle(counter, own, exists)
    assert settled.standing is (Standing.BOOKED if exists else Standing.REFUSED)
    assert counter.notices[-1].outcome is (Outcome.DONE if exists else Outcome.REFUSED)
    assert len(leyr.writes) == 1


@pytest.mark.parametrize("exists", [True, False])
async def test_a_person_settles_an_unknown_cancellation(counter: Counter, leyr: WatchedSandbox, exists: bool) -> None:
    own = await counter.booked()
    leyr.fail("drop_after", "PATCH")
    await counter.cancel(own)
    settled = await settle(counter, own, exists)
    assert settled.standing is (Standing.BOOKED if exists else Standing.CANCELLED)
    assert counter.notices[-1].verb is Verb.CANCEL
    assert counter.notices[-1].outcome is (Outcome.REFUSED if exists else Outcome.DONE)


async def test_a_time_settled_as_not_booked_can_be_booked(counter: Counter, leyr: WatchedSandbox) -> None:
    slot = counter.free()[0]
    leyr.fail("drop_before", "POST")
    own = (await counter.book(slot)).appointment
    await settle(counter, own, exists=False)
    assert (await counter.book(slot)).outcome is Outcome.DONE
    assert len(counter.held(slot)) == 1


def request_for(counter: Counter, whom: MadeUp) -> CreateRequest:
    return CreateRequest(counter.care_unit_id, NewPatient(whom.first_name, whom.last_name, whom.number))


def is_known(leyr: WatchedSandbox, whom: MadeUp) -> bool:
    return any(patient.external_id == whom.number for patient in leyr.sandbox.patients())


async def settle(counter: Counter, own: OwnAppointment, exists: bool) -> OwnAppointment:
    counter.clock.now += LONGEST_IN_FLIGHT
    counter.desk.booking.settle_by_hand(counter.own(own), exists)
    await counter.rest()
    return counter.own(own)

"""Every way to fail when the patient's code is sent, for a booking and for a cancellation that waits for it.

The rest of the matrix is in `test_faults.py` (create, book, cancel) and `test_moving.py` (move, in all its steps).
`pytest -s` shows this part of it.
"""

import sys

import pytest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Outcome
from receptionapp.sandbox.booking import CONFIRMATION_CODE
from tests.services.counter import Counter
from tests.services.test_faults import FAULTS_AT_A_WRITE, each_kind_of_fault, may_be_known
from tests.watched_sandbox import WatchedSandbox

pytestmark = pytest.mark.parametrize("profile", ["two_step"])


@pytest.mark.parametrize("of_cancelling", [False, True])
@each_kind_of_fault
async def test_a_code_that_meets_a_fault_is_told_as_it_is(
    counter: Counter, leyr: WatchedSandbox, fault: str, of_cancelling: bool
) -> None:
    own = await counter.booked()
    if of_cancelling:
        await counter.confirm(own, CONFIRMATION_CODE)
        await counter.cancel(counter.own(own))
    before = counter.own(own).standing
    leyr.forget_calls()
    leyr.fail(FAULTS_AT_A_WRITE[fault], "PATCH")
    notice = await counter.confirm(counter.own(own), CONFIRMATION_CODE)
    statuses = {a.id: a.status for a in leyr.through_leyr()}
    happened = statuses[counter.own(own).appointment_id] == ("cancelled" if of_cancelling else "booked")
    after = counter.own(own).standing
    sys.stdout.write(
        f"confirm {'cancelling' if of_cancelling else 'booking':10} {fault:26} {notice.outcome:8} {after}\n"
    )
    assert len(leyr.writes) == 1
    assert (await counter.ledger.appointment(own.key)).standing is after
    assert (notice.outcome is not Outcome.UNKNOWN) is may_be_known(fault)
    if notice.outcome is Outcome.DONE:
        assert happened
        assert after is (Standing.CANCELLED if of_cancelling else Standing.BOOKED)
    elif notice.outcome is Outcome.REFUSED:
        assert not happened
        assert after is before
    else:
        assert after.unknown

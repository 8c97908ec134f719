"""Holding what the desk says against what the EHR has."""

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from tests.services.counter import Counter

SURELY_THERE = (Standing.BOOKED, Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE)


async def assert_true(counter: Counter, *appointments: OwnAppointment) -> None:
    """Booked is there, cancelled and refused are not, on screen and in the ledger alike; unknown says nothing."""
    for own in appointments:
        written = await counter.ledger.appointment(own.key)
        assert counter.own(own).standing is written.standing
        if written.standing in SURELY_THERE:
            assert len(counter.held(own.timeslot)) == 1
        elif not written.standing.takes_time:
            assert counter.held(own.timeslot) == []
        else:
            assert written.standing.unknown


def elsewhere(counter: Counter, own: OwnAppointment, nth: int = 0) -> Timeslot:
    """A free time for the same service that shares nothing with the old one."""
    slot = own.timeslot
    fitting = [
        free
        for free in counter.free()
        if free.healthcare_service_id == slot.healthcare_service_id and not free.overlaps(slot.start, slot.end)
    ]
    return fitting[nth]

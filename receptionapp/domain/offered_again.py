"""A time that Leyr offers as free although one of ours holds it: it may have been cancelled in the EHR itself.

Leyr tells nobody of that (`leyr-api.md` 12, 1). It is no proof: a list of free times may lag behind a booking, and
somebody has to look. So a booking is left alone while it is fresh, and only the very same time counts: another service
may have a room of its own.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.timeslot import Timeslot

SETTLED_FOR = timedelta(minutes=10)
"""From the last change of the appointment to the end of the read: a read with all its tries takes up to three minutes,
so it was begun at least seven after the booking."""


def is_offered_again(own: OwnAppointment, offered: Sequence[Timeslot], read_at: datetime) -> bool:
    """`offered` are the free times of its resource on its day, in order of start, as read at `read_at`."""
    if own.standing is not Standing.BOOKED or own.changed_at is None:
        return False
    if read_at - own.changed_at < SETTLED_FOR:
        return False
    first = bisect_left(offered, own.start, key=lambda slot: slot.start)
    for slot in offered[first:]:
        if slot.start != own.start:
            return False
        if slot == own.timeslot:
            return True
    return False

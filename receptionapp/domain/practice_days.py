"""Practice mode: which day is shown first, and which of its free times the made-up patients have booked before.

Page and bookings are chosen by the same functions at the same instant, so that they agree at any hour of any day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from receptionapp.domain.appointment import Timeslot

LEAST_FREE = 12
"""Starts that stay free on every day on which something is booked here. The tour takes four times, and with each one
two or three starts."""

LEAST_OURS = 3
"""Appointments of ours on the first page."""

A_DAY = 5
"""Appointments of ours on each day that has room for them."""

DAYS_AFTER = 7
"""Days after the first page that have appointments of ours too."""

SOON = timedelta(minutes=15)
"""What begins sooner is not counted as free: it would be gone before a newcomer has found it."""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The page that practice mode begins with, as it was chosen `at` (UTC). `day` is a clinic day."""

    care_unit_id: str
    day: date
    at: datetime


def lacking(ours: Sequence[datetime], now: datetime) -> int:
    """How many more appointments the first page needs, if ours on it begin then. One at least must lie ahead."""
    return max(LEAST_OURS - len(ours), 0 if any(start > now for start in ours) else 1)


def suits(free: Iterable[Timeslot], ours: Sequence[datetime], now: datetime) -> bool:
    """Whether one day has enough for the first page: free times, and room for the appointments that it lacks."""
    left = _not_soon(free, now)
    most = lacking(ours, now)
    return _starts(left) >= LEAST_FREE and len(_choose(left, most)) == most


def bookings(
    free: Mapping[date, Sequence[Timeslot]], ours: Mapping[date, Sequence[datetime]], page: FirstPage
) -> Iterator[tuple[date, Timeslot]]:
    """What is to be booked when the first page lacks something, with its clinic day, that page first."""
    for day in sorted(free, key=lambda day: (day != page.day, day)):
        there = ours.get(day, ())
        most = max(A_DAY - len(there), lacking(there, page.at) if day == page.day else 0)
        for slot in _choose(_not_soon(free[day], page.at), most):
            yield day, slot


def _not_soon(free: Iterable[Timeslot], now: datetime) -> list[Timeslot]:
    return [slot for slot in free if slot.start > now + SOON]


def _choose(free: Iterable[Timeslot], most: int) -> list[Timeslot]:
    """At most `most` of one day's free times, the shortest where that makes more; never fewer for a greater `most`."""
    order = sorted(free, key=lambda slot: (slot.start, slot.resource_id, slot.healthcare_service_id))
    Random(len(order)).shuffle(order)  # noqa: S311, made-up bookings need no secrecy
    chosen = _take(order, most)
    if len(chosen) == most:
        return chosen
    return max(chosen, _take(sorted(order, key=lambda slot: slot.length), most), key=len)


def _take(order: Sequence[Timeslot], most: int) -> list[Timeslot]:
    chosen: list[Timeslot] = []
    left = order
    for slot in order:
        if len(chosen) == most:
            break
        others = [other for other in left if not _share_time(slot, other)]
        if slot in left and _starts(others) >= LEAST_FREE:
            chosen.append(slot)
            left = others
    return chosen


def _share_time(one: Timeslot, other: Timeslot) -> bool:
    return one.resource_id == other.resource_id and one.overlaps(other.start, other.end)


def _starts(free: Iterable[Timeslot]) -> int:
    return len({(slot.resource_id, slot.start) for slot in free})

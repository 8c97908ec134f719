"""Free times to offer: the nearest to one that was taken, and the next that suit a wish.

Both read the timeslots that are loaded, in any order, and know nothing of the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from heapq import nsmallest
from zoneinfo import ZoneInfo

from receptionapp.domain.timeslot import Timeslot


def nearest(
    timeslots: Iterable[Timeslot],
    wished_start: datetime,
    service_id: str,
    resource_id: str | None,
    now: datetime,
    count: int = 3,
) -> tuple[Timeslot, ...]:
    """The free times of a service nearest to one that was taken, best first, never before `now`.

    With a resource, all of its times come before any other's, since a patient rather waits for the same practitioner;
    the taken time itself is left out, even if the loaded timeslots still have it. As near before as after: the
    earlier first. A start is offered once a resource, however many timeslots begin there.
    """
    wished = wished_start.timestamp()
    earliest = now.timestamp()
    offers: dict[tuple[float, str], Timeslot] = {}
    for slot in timeslots:
        if slot.healthcare_service_id == service_id and (start := slot.start.timestamp()) >= earliest:
            offers.setdefault((start, slot.resource_id), slot)
    if resource_id is not None:
        offers.pop((wished, resource_id), None)

    def rank(start_and_resource: tuple[float, str]) -> tuple[bool, float, float, str]:
        start, resource = start_and_resource
        return resource_id not in (None, resource), abs(start - wished), start, resource

    return tuple(offers[key] for key in nsmallest(count, offers, key=rank))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a patient asks for; None for anything. Days and times are the clinic's.

    `weekdays` are ISO numbers, Monday 1. `earliest` and `latest` are about the start, both included: "before twelve"
    is when it begins, as people say it.
    """

    service_ids: Collection[str] | None = None
    resource_ids: Collection[str] | None = None
    weekdays: Collection[int] | None = None
    earliest: time | None = None
    latest: time | None = None
    minimum_length: timedelta | None = None


ANYTHING = Wish()


def next_free(
    timeslots: Iterable[Timeslot], after: datetime, zone: ZoneInfo, wish: Wish = ANYTHING
) -> Iterator[Timeslot]:
    """The free times that suit, one at a time in the order of their starts (then resource, then service), from
    `after` included. Clinic time, the slow part, is worked out once a start, and only as far as the answers are taken.
    """
    earliest = after.timestamp()
    by_start: dict[float, list[Timeslot]] = defaultdict(list)
    for slot in timeslots:
        if (start := slot.start.timestamp()) >= earliest and _is_of(slot, wish):
            by_start[start].append(slot)
    for start in sorted(by_start):
        if _suits(datetime.fromtimestamp(start, zone), wish):
            yield from sorted(by_start[start], key=lambda slot: (slot.resource_id, slot.healthcare_service_id))


def _is_of(slot: Timeslot, wish: Wish) -> bool:
    return (
        (wish.service_ids is None or slot.healthcare_service_id in wish.service_ids)
        and (wish.resource_ids is None or slot.resource_id in wish.resource_ids)
        and (wish.minimum_length is None or slot.length >= wish.minimum_length)
    )


def _suits(start: datetime, wish: Wish) -> bool:
    return (
        (wish.weekdays is None or start.isoweekday() in wish.weekdays)
        and (wish.earliest is None or start.time() >= wish.earliest)
        and (wish.latest is None or start.time() <= wish.latest)
    )

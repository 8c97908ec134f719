"""Free times to offer: what is looked for, how it is said at a desk, and which of the loaded timeslots suit."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from heapq import nsmallest
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.date_phrase import weekday_number


def nearest_free_times(
    timeslots: Iterable[Timeslot],
    wished_start: datetime,
    service_id: str,
    resource_id: str | None,
    now: datetime,
    count: int = 3,
) -> tuple[Timeslot, ...]:
    """The free times of a service nearest to one that was taken, best first (of two as near, the earlier), never before
    `now`. With a resource, all of its times come before any other's. The taken time is left out."""
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
class FreeTimeCriteria:
    """What a patient asks for; None for anything. Days and times are the clinic's; `weekdays` are ISO numbers, Monday
    1; `earliest` and `latest` are about the start, both included."""

    service_ids: Collection[str] | None = None
    resource_ids: Collection[str] | None = None
    weekdays: Collection[int] | None = None
    earliest: time | None = None
    latest: time | None = None
    minimum_length: timedelta | None = None


ANY_FREE_TIME = FreeTimeCriteria()


def next_free_times(
    timeslots: Iterable[Timeslot], after: datetime, zone: ZoneInfo, wish: FreeTimeCriteria = ANY_FREE_TIME
) -> Iterator[Timeslot]:
    """The free times that suit, lazily, in the order of start, resource and service, from `after` included."""
    earliest = after.timestamp()
    by_start: dict[float, list[Timeslot]] = defaultdict(list)
    for slot in timeslots:
        if (start := slot.start.timestamp()) >= earliest and _is_of(slot, wish):
            by_start[start].append(slot)
    for start in sorted(by_start):
        if _suits(datetime.fromtimestamp(start, zone), wish):
            yield from sorted(by_start[start], key=lambda slot: (slot.resource_id, slot.healthcare_service_id))


def _is_of(slot: Timeslot, wish: FreeTimeCriteria) -> bool:
    return (
        (wish.service_ids is None or slot.healthcare_service_id in wish.service_ids)
        and (wish.resource_ids is None or slot.resource_id in wish.resource_ids)
        and (wish.minimum_length is None or slot.length >= wish.minimum_length)
    )


def _suits(start: datetime, wish: FreeTimeCriteria) -> bool:
    return (
        (wish.weekdays is None or start.isoweekday() in wish.weekdays)
        and (wish.earliest is None or start.time() >= wish.earliest)
        and (wish.latest is None or start.time() <= wish.latest)
    )


@dataclass(frozen=True, slots=True)
class FreeTimeSearch:
    """`after` is where to begin, aware; None for now. `id` is random, so that a late answer is known as such."""

    criteria: FreeTimeCriteria = ANY_FREE_TIME
    after: datetime | None = None
    id: UUID = field(default_factory=uuid4)


class SearchState(StrEnum):
    GOING = "going"
    ENOUGH = "enough"  # as many as are shown at a time; there may be more
    ENDED = "ended"  # as far ahead as is ever looked
    FAILED = "failed"  # a week could not be read; the message bar says why


ALL_DAYS = frozenset(range(1, 8))

_OPENINGS = ("ledig", "ledige", "free", "neste ledige", "neste ledig", "next free", "første ledige", "first free")
_LEAST_LETTERS = 3  # of an opening that is only begun
_FILLING = frozenset(
    ("med", "with", "hos", "eller", "or", "og", "and", "på", "on", "time", "timer", "tid", "times", "kl", "minst")
)
_LENGTH = re.compile(r"\b([0-9]{1,3}) ?(?:minutter|minutes|min|m)\b\.?")
_CLOCK = r"(?:kl\.? ?)?(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-9]{2}))?\b"
_AFTER = re.compile(rf"\b(?:etter|after|fra|from) {_CLOCK}")
_BEFORE = re.compile(rf"\b(?:før|before|innen|until) {_CLOCK}")
_NOT = re.compile(r"\b(?:ikke|not|unntatt|except)(?: på| on)? (?P<day>[a-zæøå]+)")


@dataclass(frozen=True, slots=True)
class FreePhrase:
    """`weekdays` are ISO numbers, None for any; `names` the words left; `short` when the opening was only begun
    ("led")."""

    minimum_length: timedelta | None = None
    weekdays: frozenset[int] | None = None
    earliest: time | None = None
    latest: time | None = None
    names: tuple[str, ...] = field(default=(), repr=False)
    short: bool = False


def parse_free_phrase(text: str) -> FreePhrase | None:
    """The wish, or None where the text does not begin as one does."""
    said = " ".join(text.casefold().replace(",", " ").split())
    rest = _without_opening(said)
    if rest is None:
        return FreePhrase(short=True) if _begins_opening(said) else None
    length = _LENGTH.search(rest)
    after, before = _AFTER.search(rest), _BEFORE.search(rest)
    excluded = {number for match in _NOT.finditer(rest) if (number := weekday_number(match["day"]))}
    for pattern in (_LENGTH, _AFTER, _BEFORE, _NOT):
        rest = pattern.sub(" ", rest)
    words = [word.strip(".") for word in rest.split()]
    included = {number for word in words if (number := weekday_number(word))}
    weekdays = frozenset((included or ALL_DAYS) - excluded)
    return FreePhrase(
        timedelta(minutes=int(length[1])) if length else None,
        None if weekdays == ALL_DAYS else weekdays,
        _time(after),
        _time(before),
        tuple(word for word in words if word and word not in _FILLING and not weekday_number(word)),
    )


def _without_opening(said: str) -> str | None:
    for opening in sorted(_OPENINGS, key=len, reverse=True):
        if said == opening or said.startswith(f"{opening} "):
            return said.removeprefix(opening)
    return None


def _begins_opening(said: str) -> bool:
    return len(said) >= _LEAST_LETTERS and any(opening.startswith(said) for opening in _OPENINGS)


def _time(match: re.Match[str] | None) -> time | None:
    if match is None or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
        return None
    return time(int(match["hour"]), int(match["minute"] or 0))

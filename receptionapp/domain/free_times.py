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
from receptionapp.domain.pasted_text import clean_text
from receptionapp.domain.time_phrase import parse_time_phrase


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


class CriteriaFault(StrEnum):
    """Why no time can suit: to be named, and not searched for."""

    NO_RESOURCE = "no_resource"
    NO_WEEKDAY = "no_weekday"
    UPSIDE_DOWN = "upside_down"  # from a later time to an earlier one


def find_criteria_fault(wish: FreeTimeCriteria) -> CriteriaFault | None:
    if wish.resource_ids is not None and not wish.resource_ids:
        return CriteriaFault.NO_RESOURCE
    if wish.weekdays is not None and not wish.weekdays:
        return CriteriaFault.NO_WEEKDAY
    upside_down = wish.earliest is not None and wish.latest is not None and wish.earliest > wish.latest
    return CriteriaFault.UPSIDE_DOWN if upside_down else None


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
_LENGTH = re.compile(r"\b([0-9]{1,4}) ?(?:minutter|minutes|min|m)\b\.?")
_LONGEST = timedelta(hours=12)
_BETWEEN = re.compile(
    r"\b(?:(?P<side>mellom|between)\b ?(?P<a>.*?) ?(?:\b(?:og|and)\b|-|–|$) ?(?P<b>.*)"
    r"|(?:fra|from) (?P<c>.+?) (?:til|to|until|-|–) (?P<d>.+))"
)
_LIMIT = re.compile(
    r"\b(?P<side>etter|after|fra|from|før|before|innen|until|kl\.?|klokka|klokken|at)(?: |$)(?P<time>.*)"
)
_UP_TO = ("før", "before", "innen", "until")
_FROM = ("etter", "after", "fra", "from")
_NOT = re.compile(r"\b(?:ikke|not|unntatt|except)\b(?: på| on)? ?(?P<day>[a-zæøå]*)")
_MOST_WORDS_OF_A_TIME = 5  # "fem på halv ni", "a quarter to three"


@dataclass(frozen=True, slots=True)
class FreePhrase:
    """`weekdays` are ISO numbers, None for any; `names` the words left; `short` when the opening was only begun
    ("led"). `unread` are limits that are none ("etter 25"): with one of them there is no wish to search for."""

    minimum_length: timedelta | None = None
    weekdays: frozenset[int] | None = None
    earliest: time | None = None
    latest: time | None = None
    names: tuple[str, ...] = field(default=(), repr=False)
    short: bool = False
    unread: tuple[str, ...] = field(default=(), repr=False)


def parse_free_phrase(text: str) -> FreePhrase | None:
    """The wish, or None where the text does not begin as one does. A time alone, said in words, is one too."""
    said = " ".join(clean_text(text).casefold().replace(",", " ").split())
    rest = _without_opening(said)
    if rest is None:
        if (moment := _time_alone(said)) is not None:
            return FreePhrase(earliest=moment, latest=moment)
        return FreePhrase(short=True) if _begins_opening(said) else None
    unread: list[str] = []
    length, rest = _take_length(rest, unread)
    earliest, latest, rest = _take_limits(rest, unread)
    excluded: set[int] = set()
    for match in _NOT.finditer(rest):
        number = weekday_number(match["day"])
        if number is None:
            unread.append(match[0].strip())
        else:
            excluded.add(number)
    words = [word.strip(".") for word in _NOT.sub(" ", rest).split()]
    included = {number for word in words if (number := weekday_number(word))}
    weekdays = frozenset((included or ALL_DAYS) - excluded)
    return FreePhrase(
        length,
        None if weekdays == ALL_DAYS else weekdays,
        earliest,
        latest,
        tuple(word for word in words if word and word not in _FILLING and not weekday_number(word)),
        unread=tuple(unread),
    )


def _take_length(rest: str, unread: list[str]) -> tuple[timedelta | None, str]:
    match = _LENGTH.search(rest)
    if match is None:
        return None, rest
    length = timedelta(minutes=int(match[1]))
    if not timedelta(0) < length <= _LONGEST:
        unread.append(match[0])
    return length, _LENGTH.sub(" ", rest)


def _take_limits(rest: str, unread: list[str]) -> tuple[time | None, time | None, str]:
    """How early and how late, and what is left of the text. After "etter" and the like there must be a time."""
    if match := _BETWEEN.search(rest):
        earliest = parse_time_phrase(match["a"] or match["c"] or "")
        latest, left = _take_time(match["b"] or match["d"] or "")
        if earliest is not None and latest is not None:
            return earliest, latest, f"{rest[: match.start()]} {left}"
        if earliest is not None or match["side"]:
            unread.append(match[0])
            return None, None, rest[: match.start()]
    earliest = latest = None
    while match := _LIMIT.search(rest):
        moment, left = _take_time(match["time"])
        if moment is None:
            unread.append(" ".join(f"{match['side']} {match['time']}".split()[:2]))
            left = " ".join(match["time"].split()[1:])
        earliest = earliest if match["side"] in _UP_TO else moment
        latest = latest if match["side"] in _FROM else moment
        rest = f"{rest[: match.start()]} {left}"
    at, rest = _take_said_time(rest)
    return (earliest, latest, rest) if at is None else (at, at, rest)


def _take_time(text: str) -> tuple[time | None, str]:
    """The time that the text begins with, said as fully as can be, and what comes after it."""
    words = text.split()
    for count in range(min(len(words), _MOST_WORDS_OF_A_TIME), 0, -1):
        if (moment := parse_time_phrase(" ".join(words[:count]))) is not None:
            return moment, " ".join(words[count:])
    return None, text


def _take_said_time(rest: str) -> tuple[time | None, str]:
    """A time that is neither before nor after: "ledig halv ni". Digits alone may be anything."""
    words = rest.split()
    for at in range(len(words)):
        for until in range(min(len(words), at + _MOST_WORDS_OF_A_TIME), at, -1):
            if (moment := _time_alone(" ".join(words[at:until]))) is not None:
                return moment, " ".join(words[:at] + words[until:])
    return None, rest


def _time_alone(said: str) -> time | None:
    """One that is surely a time: of several words, or with a colon. A lone word may be a name."""
    return parse_time_phrase(said) if " " in said or ":" in said else None


def _without_opening(said: str) -> str | None:
    for opening in sorted(_OPENINGS, key=len, reverse=True):
        if said == opening or said.startswith(f"{opening} "):
            return said.removeprefix(opening)
    return None


def _begins_opening(said: str) -> bool:
    return len(said) >= _LEAST_LETTERS and any(opening.startswith(said) for opening in _OPENINGS)

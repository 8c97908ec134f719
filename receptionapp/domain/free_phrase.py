"""A wish for a free time as it is said: "next free 30 min with Ane or Bo, not Fridays, after 15:00"."""

import re
from dataclasses import dataclass, field
from datetime import time, timedelta

from receptionapp.domain.date_phrase import weekday_number

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
    """`weekdays` are ISO numbers, None for any. `names` are the words left: whoever knows the clinic reads them.
    `short` when the opening was only begun ("led").
    """

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

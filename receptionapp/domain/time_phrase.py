"""A time of day as it is said at a desk, in bokmål or English: "15", "8:30", "halv ni", "quarter to three"."""

import re
from datetime import time

_HOURS = {
    word: number
    for number, words in enumerate(
        (
            "ett en one",
            "to two",
            "tre three",
            "fire four",
            "fem five",
            "seks six",
            "sju syv seven",
            "åtte atte eight",
            "ni nine",
            "ti ten",
            "elleve eleven",
            "tolv twelve",
        ),
        start=1,
    )
    for word in words.split()
}
_MINUTES = {"kvart": 15, "quarter": 15, "fem": 5, "five": 5, "ti": 10, "ten": 10, "tjue": 20, "tyve": 20, "twenty": 20}
_HOUR = rf"(?P<hour>[0-9]{{1,2}}|{'|'.join(_HOURS)})(?: o'clock)?"
_PART = rf"(?:a )?(?P<part>{'|'.join(_MINUTES)}|[0-9]{{1,2}})(?: minutter| minutes| min)?"
_SAID = (
    re.compile(rf"{_PART} (?P<side>på|over) halv {_HOUR}"),
    re.compile(rf"halv {_HOUR}"),
    re.compile(rf"half past {_HOUR}"),
    re.compile(rf"{_PART} (?P<side>på|over|to|past) {_HOUR}"),
)
_DIGITS = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-9]{2}))? ?(?P<half>am|pm)?")
_NAMED = {"midt på dagen": time(12), "noon": time(12), "midday": time(12)}
_FIRST_HOUR = 7  # said by the twelve hours of a dial, an earlier one is of the afternoon


def parse_time_phrase(text: str) -> time | None:
    """The time meant, or None. `text` is clean and in small letters. Digits alone are hours of 24."""
    said = re.sub(r"^(?:kl\.?|klokka|klokken|at) ?", "", text.strip(" ."))
    if said in _NAMED:
        return _NAMED[said]
    if match := _DIGITS.fullmatch(said):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"] == "pm" else 0) if 1 <= hour <= 12 else 24
        return time(hour, minute) if hour < 24 and minute < 60 else None
    if said in _HOURS:
        return _of_dial(_HOURS[said] * 60)
    for pattern in _SAID:
        if match := pattern.fullmatch(said):
            return _spoken(said, match.groupdict())
    return None


def _spoken(said: str, parts: dict[str, str]) -> time | None:
    hour = _HOURS.get(parts["hour"]) or int(parts["hour"]) if parts["hour"] else 0
    part = parts.get("part", "0") or "0"
    minutes = _MINUTES.get(part) or int(part)
    if not 1 <= hour <= 24 or minutes >= 30:
        return None
    whole = hour * 60 + {"halv": -30, "half": 30}.get(next(iter(set(said.split()) & {"halv", "half"}), ""), 0)
    whole += -minutes if parts.get("side") in ("på", "to") else minutes
    return _of_dial(whole) if hour <= 12 else time(whole // 60 % 24, whole % 60)


def _of_dial(minutes: int) -> time:
    minutes %= 12 * 60
    if minutes < _FIRST_HOUR * 60:
        minutes += 12 * 60
    return time(minutes // 60, minutes % 60)

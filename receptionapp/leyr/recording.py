"""Answers kept as shapes: every value is replaced by a made-up one of the same form, the same for the same value.

What stays: keys that look like names of fields, types, lengths, forms and zones of times, the words that Leyr documents
(statuses and codes), and the names of headers. Of a long list the first items stay, and how many there were.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, BOOKED, CANCELLED, COMPLETED
from receptionapp.leyr.error_mapping import ERROR_CODES
from receptionapp.leyr.exchange import Answer, Exchange
from receptionapp.leyr.shapes import describe_body, is_plain_key, may_be_told, operation, query_names, words_in

FORMAT = 1
KEPT_ITEMS = 3
LONGEST_TEXT = 300  # characters

_WORDS = frozenset(
    (
        *(BOOKED, AWAITING_CONFIRMATION, COMPLETED, CANCELLED, *ERROR_CODES),
        *("BAD_REQUEST", "UNAUTHORIZED", "EMR_ERROR", "UNKNOWN_ERROR", "SERVICE_UNAVAILABLE"),
    )
)
_KEYS_OF_WORDS = ("status", "code", "error_code")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_FIRST_DAY = datetime(2026, 1, 5)  # noqa: DTZ001, a day to count from, in no zone
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class BadRecording(ValueError):
    """The file is no recording; the message says why, without what is in it."""


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """`sent` is the shape of a body, "" where there was none. `answer` has made-up values; None where it was no JSON.
    `status` 0: no answer came, and `shape` says why."""

    operation: str
    query: tuple[str, ...]
    sent: str
    status: int
    headers: tuple[str, ...]
    shape: str
    answer: Any = field(default=None, repr=False)


def record(exchanges: Sequence[Exchange], emr: str) -> str:
    """The text of a recording."""
    values = [exchange.value for exchange in exchanges]
    inventor = _Inventor(frozenset(word for value in values for word in words_in(value)))
    kept = [_kept(exchange, value, inventor) for exchange, value in zip(exchanges, values, strict=True)]
    content = {"format": FORMAT, "emr": emr if is_plain_key(emr) else "…", "exchanges": [asdict(each) for each in kept]}
    return json.dumps(content, indent=1) + "\n"


def read_recording(text: str) -> tuple[str, tuple[RecordedExchange, ...]]:
    """The EHR's code and the exchanges. Raises BadRecording."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise BadRecording(f"it has not the form {FORMAT}")
        exchanges = tuple(
            RecordedExchange(
                str(each["operation"]),
                tuple(each["query"]),
                str(each["sent"]),
                int(each["status"]),
                tuple(each["headers"]),
                str(each["shape"]),
                each["answer"],
            )
            for each in content["exchanges"]
        )
        return str(content["emr"]), exchanges
    except (TypeError, KeyError, ValueError) as error:
        if isinstance(error, BadRecording):
            raise
        raise BadRecording("it is no recording of a walk") from None


def _kept(exchange: Exchange, value: Any, inventor: "_Inventor") -> RecordedExchange:
    request, outcome = exchange.request, exchange.outcome
    sent = describe_body(request.body) if request.body else ""
    if not isinstance(outcome, Answer):
        return RecordedExchange(operation(request), query_names(request), sent, 0, (), type(outcome).__name__)
    return RecordedExchange(
        operation(request),
        query_names(request),
        sent,
        outcome.status,
        outcome.header_names,
        describe_body(outcome.body, inventor.said),
        inventor.made_up("", value),
    )


class _Inventor:
    """Makes values up. The same value gets the same one, in every answer of a recording."""

    def __init__(self, said: frozenset[str]) -> None:
        self.said = said
        self._known: dict[str, str] = {}
        self._counted: Counter[str] = Counter()
        self._shift: timedelta | None = None

    def made_up(self, key: str, value: Any) -> Any:
        match value:
            case None | bool():
                return value
            case int() if key == "status" and 100 <= value <= 599:
                return value
            case int():
                return 10 ** (len(str(abs(value))) - 1)
            case float():
                return 1.5
            case str():
                return self._text(key, value)
            case list():
                return [self.made_up(key, item) for item in value[:KEPT_ITEMS]]
            case dict():
                return {self._key(name): self.made_up(name, item) for name, item in value.items()}
            case _:
                return None

    def _key(self, key: str) -> str:
        if may_be_told(key, self.said):
            return key
        return self._once(f"key {key}", "key", lambda number: f"key_{number}")

    def _text(self, key: str, text: str) -> str:
        if key in _KEYS_OF_WORDS and text in _WORDS:
            return text
        if _TIME.fullmatch(text):
            return self._time(key, text)
        if _DATE.fullmatch(text):
            return self._once(text, "date", lambda number: f"1970-01-{1 + number % 28:02d}")
        if _UUID.fullmatch(text):
            return self._once(text, "uuid", lambda number: f"00000000-0000-4000-8000-{number:012d}")
        if text.startswith(("http://", "https://")):
            return self._once(text, "url", lambda number: f"https://example.invalid/{number}")
        if re.fullmatch(r"[^@\s]+@[^@\s]+", text):
            return self._once(text, "e-mail", lambda number: f"person{number}@example.invalid")
        pattern = _pattern(text[:LONGEST_TEXT])
        return self._once(text, pattern, lambda number: _numbered(pattern, number))

    def _once(self, value: str, form: str, make: Any) -> str:
        while value not in self._known:
            self._counted[form] += 1
            made = str(make(self._counted[form]))
            if made != value:
                self._known[value] = made
        return self._known[value]

    def _time(self, key: str, text: str) -> str:
        """Times of timeslots stay as far from each other as they were; all others say nothing."""
        found = _TIME.fullmatch(text)
        assert found is not None  # noqa: S101, the caller has looked
        day, between, clock, fraction, zone = found.groups()
        try:
            moment = datetime.fromisoformat(f"{day}T{clock}")
        except ValueError:
            moment = _FIRST_DAY
        if key in ("start", "end"):
            if self._shift is None:
                self._shift = timedelta(days=(_FIRST_DAY.date() - moment.date()).days)
            moment += self._shift
        else:
            moment = _FIRST_DAY
        zeros = "" if fraction is None else "." + "0" * (len(fraction) - 1)
        return f"{moment:%Y-%m-%d}{between}{moment.isoformat()[11 : 11 + len(clock)]}{zeros}{zone or ''}"


def _pattern(text: str) -> str:
    """The same with every letter as `a` or `A` and every digit as `0`; other scripts and signs as `-`."""
    return "".join(
        "0" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c if c.isascii() else "-"
        for c in text
    )


def _numbered(pattern: str, number: int) -> str:
    """The pattern, counting in its digits and letters from the right."""
    made = list(pattern)
    for at in reversed(range(len(made))):
        if made[at] == "0":
            number, rest = divmod(number, 10)
            made[at] = str(rest)
        elif made[at] in "aA":
            number, rest = divmod(number, len(_LETTERS))
            made[at] = _LETTERS[rest] if made[at] == "a" else _LETTERS[rest].upper()
    return "".join(made) + (str(number) if number else "")

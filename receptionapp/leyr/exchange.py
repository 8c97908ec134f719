"""One request and its answer, as values that know nothing of the library that carries them; and ids as Leyr wants
them in a URL (`leyr-api.md` 2). Assumes ID_HEADER_UNUSED."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal
from urllib.parse import quote, urlencode

from receptionapp.domain.problem import Reason
from receptionapp.leyr.errors import IdNotSent, LeyrError

_LONGEST_TARGET = 8000  # characters; servers refuse longer ones in their own odd ways


@dataclass(frozen=True, slots=True)
class Request:
    """`target` is the path below the base URL with its query, all percent-encoded; it and the body may be personal."""

    method: Literal["GET", "POST", "PATCH"]
    target: str = field(repr=False)
    body: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if len(self.target) > _LONGEST_TARGET:
            raise IdNotSent(Reason.INPUT_REFUSED)

    @property
    def write(self) -> bool:
        return self.method != "GET"


class ConnectionMilestone(StrEnum):
    """How far a request has come when no answer is there yet."""

    ADDRESS = "address"  # somebody listens there
    SAFE = "safe"  # and has shown a certificate that this computer trusts


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after` and `date` are raw headers: what Leyr asks for, and its own time. `header_names` are in lower case,
    in order, without what they hold."""

    status: int
    body: bytes = field(repr=False)
    retry_after: str | None = None
    date: str | None = None
    header_names: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what became of it, after `seconds`."""

    request: Request
    outcome: Answer | LeyrError = field(repr=False)
    seconds: float

    @property
    def value(self) -> Any:
        """The JSON of the answer; None where there is none that can be read."""
        if not isinstance(self.outcome, Answer):
            return None
        try:
            return json.loads(self.outcome.body)
        except (ValueError, RecursionError):
            return None


def get(path: Sequence[str], query: Mapping[str, str | None] | None = None) -> Request:
    """Ask for `path`, leaving out what is None in `query`. A `+` goes as `%2B`: bare, it would arrive as a space
    (`leyr-api.md` 1.3, assumes PLUS_ENCODED). Raises `IdNotSent`."""
    given = {name: value for name, value in (query or {}).items() if value is not None}
    return Request("GET", _path(path) + ("?" + urlencode(given, quote_via=quote, safe="") if given else ""))


def post(path: Sequence[str], body: Mapping[str, object]) -> Request:
    """Raises `IdNotSent`."""
    return Request("POST", _path(path), json.dumps(body).encode())


def patch(path: Sequence[str], body: Mapping[str, object]) -> Request:
    """Raises `IdNotSent`."""
    return Request("PATCH", _path(path), json.dumps(body).encode())


def _path(path: Sequence[str]) -> str:
    return "".join(f"/{segment(part)}" for part in path)


_NUMBER_TYPES = ("no_personal_number:", "se_personal_number:", "nhs_number:")

# Norwegian: 11 digits. Swedish: 12 that begin with a year and a date, or 6 and 4 around a sign.
_NUMBER_SHAPE = re.compile(r"\d{6}[ -]?\d{5}|(18|19|20)\d\d(0\d|1[0-2])[0-9]\d[-+ ]?\d{4}|\d{6}[-+]\d{4}")


def segment(value: str) -> str:
    """One path segment, percent-encoded whole (`leyr-api.md` 2.1, assumes IDS_NEED_ENCODING). Raises `IdNotSent` for
    an empty id, `.` and `..`."""
    if value in ("", ".", ".."):
        raise IdNotSent(Reason.INPUT_REFUSED)
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:  # half a character
        raise IdNotSent(Reason.INPUT_REFUSED) from None


def patient_in_url(reference: str) -> str:
    """The patient reference itself, or `IdNotSent` if it is or looks like a national number, as all of TakeCare's
    do."""
    if reference.startswith(_NUMBER_TYPES) or _NUMBER_SHAPE.fullmatch(reference.removeprefix("emr_id:").strip()):
        raise IdNotSent(Reason.ID_TYPE_NOT_SUPPORTED)
    return reference

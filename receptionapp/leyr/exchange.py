"""One request and its answer, as values that know nothing of the library that carries them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal
from urllib.parse import quote, urlencode

from receptionapp.domain.problem import Reason
from receptionapp.leyr.errors import IdNotSent
from receptionapp.leyr.ids import segment

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


class Reached(StrEnum):
    """How far a request has come when no answer is there yet."""

    ADDRESS = "address"  # somebody listens there
    SAFE = "safe"  # and has shown a certificate that this computer trusts


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after` is the raw header."""

    status: int
    body: bytes = field(repr=False)
    retry_after: str | None = None


def get(path: Sequence[str], query: Mapping[str, str | None] | None = None) -> Request:
    """Ask for `path`, leaving out what is None in `query`. A `+` goes as `%2B`: bare, it would arrive as a space
    (`leyr-api.md` 1.3). Raises `IdNotSent`."""
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

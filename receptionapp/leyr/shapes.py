"""What came back, without what was said: keys, types, lengths and forms of values. No value leaves this module."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from receptionapp.leyr.exchange import Request

_PLACES = ("emrs", "{emr}", "care-units", "{care_unit_id}")
_BELOW = {
    "resources": "{resource_id}",
    "patients": "{patient_id}",
    "appointments": "{appointment_id}",
}
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_FORMS = (
    ("date", re.compile(r"\d{4}-\d\d-\d\d")),
    ("uuid", re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)),
    ("e-mail", re.compile(r"[^@\s]+@[^@\s]+")),
    ("phone", re.compile(r"\+\d{6,15}")),
    ("digits", re.compile(r"\d+")),
    ("url", re.compile(r"https?://\S+")),
)
_MOST_KEYS = 40


def operation(request: Request) -> str:
    """Method and path with names for the ids, such as `GET /emrs/{emr}/care-units/{care_unit_id}/timeslots`."""
    path = request.target.partition("?")[0].strip("/").split("/")
    named = [place for place, _ in zip(_PLACES, path, strict=False)]
    for part in path[len(_PLACES) :]:
        before = named[-1]
        named.append(part if before == _PLACES[-1] else _BELOW.get(before, "{id}"))
    return f"{request.method} /{'/'.join(named)}"


def query_names(request: Request) -> tuple[str, ...]:
    """What the query of a request gives, without the values."""
    return tuple(name for name, _ in parse_qsl(request.target.partition("?")[2], keep_blank_values=True))


def form_of(text: str) -> str:
    """Of a piece of text: its form, with the zone of a time, and its length."""
    if found := _DATE_TIME.fullmatch(text):
        zone = "none" if not found[2] else "Z" if found[2] == "Z" else "offset"
        return f"date-time, zone {zone}{', fraction' if found[1] else ''}"
    form = next((name for name, pattern in _FORMS if pattern.fullmatch(text)), "text")
    return form if form in ("date", "uuid") else f"{form} of {len(text)}"


def describe(value: Any, *, depth: int = 4, said: frozenset[str] | None = None) -> str:
    """A value of JSON by its shape. Items of a list are told as one, with `?` after keys that not all of them have.
    `said` are the words in the values, by default those of this one: a key that is one of them is not told."""
    said = frozenset(words_in(value)) if said is None else said
    match value:
        case None:
            return "null"
        case bool():
            return "yes or no"
        case int() | float():
            return "number"
        case str():
            return form_of(value)
        case list() if not value:
            return "empty list"
        case list():
            return f"list of {len(value)}: {_merged(value, depth, said)}"
        case dict() if depth == 0 or len(value) > _MOST_KEYS:
            return f"object of {len(value)}"
        case dict():
            return _object([value], depth, said)
        case _:
            return "something else"


def describe_body(body: bytes, said: frozenset[str] | None = None) -> str:
    """The shape of a body; `said` as in `describe`."""
    try:
        return describe(json.loads(body), said=said) if body else "nothing"
    except (ValueError, RecursionError):
        return f"no JSON, {len(body)} bytes"


def _merged(items: Sequence[Any], depth: int, said: frozenset[str]) -> str:
    objects = [item for item in items if isinstance(item, dict)]
    others = dict.fromkeys(describe(item, depth=depth - 1, said=said) for item in items if not isinstance(item, dict))
    told = [_object(objects, depth, said)] if objects else []
    return " or ".join((*told, *_few(others)))


def _object(objects: Sequence[Mapping[str, Any]], depth: int, said: frozenset[str]) -> str:
    keys = dict.fromkeys(key for each in objects for key in each)
    told = []
    for key in keys:
        values = [each[key] for each in objects if key in each]
        forms = _few(dict.fromkeys(describe(value, depth=depth - 1, said=said) for value in values))
        name = f"{key if may_be_told(key, said) else '…'}{'' if len(values) == len(objects) else '?'}"
        told.append(f"{name}: {' or '.join(forms)}")
    return "{" + ", ".join(told) + "}"


def _few(forms: Iterable[str]) -> list[str]:
    found = list(forms)
    return found if len(found) <= 3 else [*found[:3], "…"]


_KEYS = frozenset(
    (
        "id",
        "name",
        "title",
        "first_name",
        "last_name",
        "emr_id",
        "care_unit_id",
        "external_id",
        "phones",
        "emails",
        "start",
        "end",
        "resource_id",
        "healthcare_service_id",
        "patient_id",
        "status",
        "comment",
        "code",
        "type",
        "detail",
        "instance",
        "errors",
        "error_code",
        "details",
        "emr_error",
        "path",
    )
)
"""Of which it is known what they mean."""

_PLAIN_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+){0,4}")


def may_be_told(key: str, said: Collection[str]) -> bool:
    """Whether a key is the name of a field, and not an id, or a name that somebody has: one of the words in `said`."""
    return key in _KEYS or (is_plain_key(key) and said_nowhere(key, said))


def is_plain_key(key: str) -> bool:
    """Whether it looks like the name of a field."""
    return len(key) <= 32 and _PLAIN_KEY.fullmatch(key) is not None and not re.search(r"\d{4}", key)


def said_nowhere(key: str, said: Collection[str]) -> bool:
    return not any(part in said for part in key.casefold().split("_"))


def words_in(value: Any) -> Iterator[str]:
    """Every word in the values, in small letters."""
    match value:
        case str():
            yield from re.findall(r"[^\W\d_]{3,}", value.casefold())
        case list():
            for item in value:
                yield from words_in(item)
        case dict():
            for item in value.values():
                yield from words_in(item)
        case _:
            return

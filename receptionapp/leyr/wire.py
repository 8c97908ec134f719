"""Leyr's JSON, read with tolerance: names in `leyr-api.md` 3, shapes in 1.3, gaps in 12.6 to 12.8.

Every field but `id` may be missing, null or of another kind; unknown fields are skipped; a number may stand for an id;
a bare object for a list of one, and a list for its first item. An item that can't be read is dropped and counted. But a
list of which nothing could be read, and one of appointments that lacks any, raise `AnswerUnreadable`: the missing one
may be the very booking that is looked for.

Assumes OFFSETS_RECEIVED, ZONE_RECEIVED, NO_PAGING, FIELDS_OPTIONAL, EXTRA_FIELDS_IGNORED, CARE_UNIT_FIELDS,
PATIENT_FIELDS, APPOINTMENT_FIELDS, NO_VIDEO_LINK and BOOKING_ANSWER.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from sys import intern
from typing import Annotated, Any, TypeVar
from unicodedata import category

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, WrapValidator
from pydantic_core import from_json

from receptionapp.domain.appointment import Appointment, Timeslot
from receptionapp.domain.clinic import CareUnit, HealthcareService, Resource
from receptionapp.domain.patient import Patient
from receptionapp.leyr.errors import AnswerUnreadable

_log = logging.getLogger(__name__)

_LONG = 200_000  # bytes
_STEP = 50  # items: about a millisecond

T = TypeVar("T")


def _or_none(value: Any, read: Callable[[Any], Any]) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


LONGEST_TEXT = 300  # characters; the longest that anybody has to say here is a comment of 255


def _harmless(text: str) -> str:
    """On one line, of a length that can be shown, and without what is not seen: control characters, and those that
    turn the direction of writing, so that one person's name shows as another's (CWE-1007, Unicode TR 36)."""
    seen = (" " if c.isspace() else c for c in text[: 4 * LONGEST_TEXT] if c.isspace() or category(c)[0] != "C")
    line = " ".join("".join(seen).split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def _text_or_none(value: Any, read: Callable[[Any], Any]) -> Any:
    text = _or_none(value, read)
    return None if text is None else _harmless(text)


Plain = Annotated[str, Field(pattern=r"^[^\x00]*$")]  # PostgreSQL takes no text with a zero in it
Id = Annotated[Plain, Field(min_length=1)]
Text = Annotated[str | None, WrapValidator(_text_or_none)]
Moment = Annotated[AwareDatetime | None, WrapValidator(_or_none)]
Texts = Annotated[list[Text] | None, WrapValidator(_or_none)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, coerce_numbers_to_str=True)


class _Named(_Wire):
    id: Id
    name: Text = Field(default=None, repr=False)
    first_name: Text = Field(default=None, repr=False)
    last_name: Text = Field(default=None, repr=False)
    title: Text = Field(default=None, repr=False)

    def display_name(self) -> str:
        """`leyr-api.md` 12.7: assumes DISPLAY_NAMES."""
        both = f"{self.first_name or ''} {self.last_name or ''}"
        said = next((text.strip() for text in (self.name, both, self.title) if text and text.strip()), self.id)
        return _harmless(said) or "?"


class _Timeslot(_Wire):
    start: AwareDatetime
    end: AwareDatetime
    resource_id: str | None = None
    healthcare_service_id: str | None = None


class _Patient(_Wire):
    id: Id = Field(repr=False)
    emr_id: Plain | None = Field(default=None, repr=False)
    first_name: Text = Field(default=None, repr=False)
    last_name: Text = Field(default=None, repr=False)
    external_id: Text = Field(default=None, repr=False)
    phones: Texts = Field(default=None, repr=False)
    emails: Texts = Field(default=None, repr=False)


class _Appointment(_Wire):
    id: Id
    status: Text = None
    start: Moment = None
    end: Moment = None
    care_unit_id: Text = None
    patient_id: Text = Field(default=None, repr=False)
    resource_id: Text = None
    healthcare_service_id: Text = None
    comment: Text = Field(default=None, repr=False)


_NAMED = TypeAdapter(_Named)
_TIMESLOTS = TypeAdapter(list[_Timeslot])
_TIMESLOT = TypeAdapter(_Timeslot)
_PATIENT = TypeAdapter(_Patient)
_APPOINTMENT = TypeAdapter(_Appointment)

LONGEST_ID = 512
"""Characters. An id stands in a path, percent-encoded, and some servers take no longer lines than 8,000 bytes."""


def care_units(body: bytes) -> list[CareUnit]:
    return _every(body, "care units", lambda item: CareUnit(*_id_and_name(item)))


def resources(body: bytes) -> list[Resource]:
    return _every(body, "resources", lambda item: Resource(*_id_and_name(item)))


def resource(body: bytes) -> Resource:
    return _only(body, lambda item: Resource(*_id_and_name(item)))


def services(body: bytes) -> list[HealthcareService]:
    return _every(body, "services", lambda item: HealthcareService(*_id_and_name(item)))


def patients(body: bytes) -> list[Patient]:
    return _every(body, "patients", _patient)


def patient(body: bytes) -> Patient:
    return _only(body, _patient)


def timeslots(body: bytes, resource_id: str | None, service_id: str | None) -> list[Timeslot]:
    """A null resource or service is the one that was asked for (`leyr-api.md` 12.6): assumes TIMESLOT_FIELDS. A
    timeslot with neither, or without an offset, can't be booked and is dropped. Read in steps, so that the interpreter
    is never held for long."""
    slots: dict[Timeslot, None] = {}  # a set that keeps its order: one that comes twice is one
    count = usable = 0
    for some in _in_steps(body):
        found = list(_usable(_read_many(some), resource_id, service_id))
        slots |= dict.fromkeys(found)
        count, usable = count + len(some), usable + len(found)
    _account_for("timeslots", count - usable, count)
    return list(slots)


def appointments(body: bytes, care_unit_id: str) -> list[Appointment]:
    """Raises `AnswerUnreadable` if a single one can't be read."""
    try:
        return [_appointment(item, care_unit_id, None) for item in _items(body)]
    except ValueError:
        raise AnswerUnreadable from None


def appointment(body: bytes, care_unit_id: str, known: Timeslot | None) -> Appointment:
    """The answer to a write (`leyr-api.md` 3.9, 3.11). `known` fills in what the answer leaves out: the id is the
    only handle on the appointment and must not be lost for want of a time. Several are as unusable as none: nobody can
    tell which one was meant."""
    try:
        (item,) = _items(body)
        return _appointment(item, care_unit_id, known)
    except ValueError:
        raise AnswerUnreadable from None


def _items(body: bytes) -> list[Any]:
    try:
        value = from_json(body)
    except ValueError:
        raise AnswerUnreadable from None
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return value
    raise AnswerUnreadable


def _in_steps(body: bytes) -> Iterator[list[Any]]:
    """The items of a list, `_STEP` at a time. Only a long one is worth the pace: it costs twice the time."""
    try:
        yield from list_in_steps(body, _STEP) if len(body) > _LONG else [_items(body)]
    except (ValueError, RecursionError):
        raise AnswerUnreadable from None


def _every(body: bytes, what: str, read: Callable[[Any], T]) -> list[T]:
    items = _items(body)
    found: list[T] = []
    for item in items:
        try:
            found.append(read(item))
        except ValidationError:
            continue
    _account_for(what, len(items) - len(found), len(items))
    return list(dict.fromkeys(found))


def _only(body: bytes, read: Callable[[Any], T]) -> T:
    try:
        return read(_items(body)[0])
    except (ValueError, IndexError):
        raise AnswerUnreadable from None


def _account_for(what: str, dropped: int, of: int) -> None:
    if dropped:
        _log.warning("%d of %d %s in an answer could not be read", dropped, of, what)
    if dropped and dropped == of:
        raise AnswerUnreadable


def _read_many(items: list[Any]) -> Iterator[_Timeslot]:
    try:
        yield from _TIMESLOTS.validate_python(items)
    except ValidationError:
        for item in items:
            try:
                yield _TIMESLOT.validate_python(item)
            except ValidationError:
                continue


def _usable(found: Iterator[_Timeslot], resource_id: str | None, service_id: str | None) -> Iterator[Timeslot]:
    for slot in found:
        resource, service = slot.resource_id or resource_id, slot.healthcare_service_id or service_id
        if resource and service and slot.start < slot.end:
            yield Timeslot(_plain(slot.start), _plain(slot.end), intern(resource), intern(service))


def _plain(moment: datetime) -> datetime:
    """The same instant and offset without pydantic's own zone, which crashes the interpreter when it outlives
    pydantic at the end of the program (https://github.com/pydantic/pydantic/issues/12867)."""
    return _with_offset(moment.replace(tzinfo=None), moment.utcoffset() or timedelta())


@lru_cache(4096)
def _with_offset(clock: datetime, offset: timedelta) -> datetime:
    """The same object for the same time. Timeslots share few times and ids: two weeks of 24,000 take 10 MB less so."""
    return clock.replace(tzinfo=_fixed_offset(offset))


@cache
def _fixed_offset(offset: timedelta) -> timezone:
    return timezone(offset)


def _id_and_name(item: Any) -> tuple[str, str]:
    named = _NAMED.validate_python(item)
    return named.id, named.display_name()


def _patient(item: Any) -> Patient:
    read = _PATIENT.validate_python(item)
    return Patient(
        id=read.id,
        emr_id=read.emr_id or None,
        first_name=read.first_name or "",
        last_name=read.last_name or "",
        national_number=read.external_id or None,
        phones=tuple(filter(None, read.phones or ())),
        emails=tuple(filter(None, read.emails or ())),
    )


def _appointment(item: Any, care_unit_id: str, known: Timeslot | None) -> Appointment:
    """Raises `ValueError`."""
    read = _APPOINTMENT.validate_python(item)
    if read.id in (".", "..") or len(read.id) > LONGEST_ID:
        raise ValueError("an id that no later call could name")
    start, end = read.start or (known.start if known else None), read.end or (known.end if known else None)
    if start is None or end is None:
        raise ValueError("an appointment without times")
    return Appointment(
        id=read.id,
        status=read.status or "",
        start=_plain(start),
        end=_plain(end),
        care_unit_id=read.care_unit_id or care_unit_id,
        patient_id=read.patient_id,
        resource_id=read.resource_id or (known.resource_id if known else None),
        healthcare_service_id=read.healthcare_service_id or (known.healthcare_service_id if known else None),
        comment=read.comment,
    )


_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def list_in_steps(body: bytes, step: int) -> Iterator[list[Any]]:
    """The items of the list in `body`, at most `step` at a time; a lone object is a list of one. Raises
    `ValueError`."""
    text = body.decode()
    at = _after_blanks(text, 0)
    if text[at : at + 1] != "[":
        yield [_only_object(text)]
        return
    at = _after_blanks(text, at + 1)
    some: list[Any] = []
    more = text[at : at + 1] != "]"
    while more:
        item, at = _DECODER.raw_decode(text, at)
        some.append(item)
        if len(some) == step:
            yield some
            some = []
        at = _after_blanks(text, at)
        more = text[at : at + 1] == ","
        if more:
            at = _after_blanks(text, at + 1)
    if text[at : at + 1] != "]" or _after_blanks(text, at + 1) != len(text):
        raise ValueError("not one whole list")
    yield some


def _after_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _only_object(text: str) -> Any:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("neither a list nor an object")
    return value

"""What one answer says about what is taken for granted (`receptionapp/leyr/assumptions.py`). Pure functions."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, BOOKED, CANCELLED, COMPLETED, Appointment, Timeslot
from receptionapp.domain.clinic import Action, Capabilities, Support
from receptionapp.leyr.assumptions import Assumption
from receptionapp.leyr.errors import LeyrError, NotFound, NotSupported, Refused
from receptionapp.leyr.exchange import Answer, Exchange
from receptionapp.leyr.shapes import may_be_told, words_in
from receptionapp.services.walk.report import Judgement, Verdict

HELD, NOT, NOT_SEEN = Verdict.HELD, Verdict.DID_NOT_HOLD, Verdict.NOT_SEEN

_NAMES = ("name", "first_name", "last_name", "title")
_FIELDS = (
    (Assumption.CARE_UNIT_FIELDS, ("id", *_NAMES)),
    (Assumption.TIMESLOT_FIELDS, ("start", "end", "resource_id", "healthcare_service_id")),
    (Assumption.PATIENT_FIELDS, (
        "id", "emr_id", "first_name", "last_name", "care_unit_id", "external_id", "phones", "emails"
    )),
    (Assumption.APPOINTMENT_FIELDS, (
        "id", "status", "care_unit_id", "start", "end", "patient_id", "resource_id", "healthcare_service_id", "comment"
    )),
)  # fmt: skip
_PAGES = ("link", "x-total-count", "x-next-page", "content-range", "x-pagination")
_ENVELOPE = ("items", "data", "results", "next", "page", "cursor", "total")
_VIDEO = re.compile(r"video|meeting|join|conference|url|link", re.IGNORECASE)


def judge_list(exchange: Exchange, named: Assumption | None = None) -> Iterator[Judgement]:
    """Of a list of care units, resources or services."""
    yield from judge_success(exchange)
    value = exchange.value
    enveloped = isinstance(value, dict) and bool(set(value) & set(_ENVELOPE))
    headers = exchange.outcome.header_names if isinstance(exchange.outcome, Answer) else ()
    paged = [name for name in headers if name in _PAGES]
    yield Judgement(Assumption.NO_PAGING, NOT if enveloped or paged else HELD, ", ".join(paged))
    items = _items(value)
    yield from _judge_fields(items, named)
    if items and named is not Assumption.TIMESLOT_FIELDS:
        nameless = [item for item in items if not any(isinstance(item.get(key), str) for key in _NAMES)]
        why = f"{len(nameless)} of {len(items)} have no name" if nameless else ""
        yield Judgement(Assumption.DISPLAY_NAMES, NOT if nameless else HELD, why)


def judge_success(exchange: Exchange) -> Iterator[Judgement]:
    """Of any answer: whether its status is what it seems."""
    if not isinstance(exchange.outcome, Answer):
        return
    status = exchange.outcome.status
    if 200 <= status < 300:
        yield Judgement(Assumption.ANY_2XX, HELD, f"{status}")
    yield Judgement(Assumption.LIMITS, NOT if status == 429 else HELD, "429" if status == 429 else "")


def judge_timeslots(
    exchange: Exchange, slots: Sequence[Timeslot], start: datetime, end: datetime
) -> Iterator[Judgement]:
    """Of the free times of one service, asked for from `start` to `end`."""
    yield from judge_list(exchange, Assumption.TIMESLOT_FIELDS)
    yield Judgement(Assumption.PLUS_ENCODED, HELD)
    yield Judgement(Assumption.TIMESLOT_FILTERS, HELD)
    items = _items(exchange.value)
    if not items:
        return
    starts = [item.get("start") for item in items]
    zones = {_zone(text) for text in starts if isinstance(text, str)}
    told = ", ".join(sorted(zone or "none" for zone in zones))
    yield Judgement(Assumption.OFFSETS_RECEIVED, HELD if zones and "" not in zones else NOT, told)
    yield Judgement(Assumption.ZONE_RECEIVED, HELD, told)
    outside = [slot for slot in slots if not start - timedelta(minutes=1) <= slot.start < end]
    why = f"{len(outside)} of {len(slots)} start outside" if outside else ""
    yield Judgement(Assumption.TIMESLOT_PARAMETERS, NOT if outside else HELD, why)
    if slots:
        lengths = sorted({int(slot.length.total_seconds() // 60) for slot in slots})
        told = ", ".join(f"{length} min" for length in lengths[:5])
        yield Judgement(Assumption.LENGTH_FROM_TIMESLOTS, HELD if len(lengths) == 1 else NOT, told)


def judge_longest_range(asked: timedelta) -> Iterator[Judgement]:
    yield Judgement(Assumption.LONGEST_RANGE, HELD, f"{asked.days} days were answered")


def judge_overlaps(slots: Sequence[Timeslot]) -> Iterator[Judgement]:
    """Of the free times of one resource."""
    yield Judgement(Assumption.BARE_RESOURCE_IDS, HELD)
    if slots:
        ordered = sorted(slots, key=lambda slot: slot.start)
        crossing = sum(a.end > b.start for a, b in pairwise(ordered))
        yield Judgement(Assumption.TIMESLOTS_OVERLAP, HELD, f"{crossing} of {len(slots)} do")


def judge_unknown_id(exchange: Exchange, error: LeyrError | None) -> Iterator[Judgement]:
    """Of a resource that is not there."""
    if error is None:
        yield Judgement(Assumption.UNKNOWN_IDS, NOT, "it was found")
        return
    if not isinstance(exchange.outcome, Answer):
        return
    value, status = exchange.value, exchange.outcome.status
    told = f"{status}, {type(error).__name__}"
    yield Judgement(Assumption.UNKNOWN_IDS, HELD if isinstance(error, Refused) else NOT, told)
    coded = isinstance(value, dict) and isinstance(value.get("code"), str)
    yield Judgement(Assumption.CODE_BEFORE_STATUS, HELD if coded else NOT, "" if coded else "no `code`")
    parts = value.get("errors") if isinstance(value, dict) else None
    items = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    kinds = sorted({f"{key} {type(part.get(key)).__name__}" for part in items for key in ("emr_error", "path")})
    yield Judgement(Assumption.ERROR_PARTS, HELD if items else NOT_SEEN, ", ".join(kinds))
    yield Judgement(Assumption.UNKNOWN_CODES_REFUSE, HELD if isinstance(error, Refused) else NOT)


def judge_appointments(
    exchange: Exchange,
    found: Sequence[Appointment] | None,
    error: LeyrError | None,
    row: Capabilities,
    span: tuple[datetime, datetime],
) -> Iterator[Judgement]:
    """Of the list of appointments; `row` is what was believed of the EHR."""
    believed = row.support.get(Action.LIST_APPOINTMENTS, Support.UNKNOWN)
    if found is not None:
        if row.emr == "konfidens":
            yield Judgement(Assumption.NO_LIST, NOT, "it lists them")
        outside = [a for a in found if a.end <= span[0] or a.start >= span[1]]
        yield Judgement(Assumption.LIST_PARAMETERS, NOT if outside else HELD)
        yield from _judge_fields(_items(exchange.value), Assumption.APPOINTMENT_FIELDS)
        return
    if isinstance(error, NotSupported | NotFound):
        yield Judgement(Assumption.UNSUPPORTED_ANSWERS, HELD, f"{error.status}")
        if row.emr == "konfidens":
            yield Judgement(Assumption.NO_LIST, HELD)
    elif believed is Support.NO and isinstance(error, Refused):
        yield Judgement(Assumption.UNSUPPORTED_ANSWERS, NOT, f"{error.status}, {type(error).__name__}")


def judge_patient(exchange: Exchange, sent_number: str, *, with_phone: bool) -> Iterator[Judgement]:
    """Of a patient that was created."""
    yield from judge_success(exchange)
    items = _items(exchange.value)
    yield from _judge_fields(items, Assumption.PATIENT_FIELDS)
    yield Judgement(Assumption.SYNTHETIC_NUMBERS, HELD)
    came = items[0].get("external_id") if items else None
    told = "it came back" if came == sent_number else "it did not come back, or not as it was sent"
    yield Judgement(Assumption.NUMBER_IN_EXTERNAL_ID, HELD, told)
    if with_phone:
        yield Judgement(Assumption.PHONES_E164, HELD)


def judge_read_patient(exchange: Exchange, sent_number: str, *, same: bool) -> Iterator[Judgement]:
    yield Judgement(Assumption.ID_BY_EMR_ID, HELD if same else NOT, "" if same else "another patient came back")
    items = _items(exchange.value)
    came = items[0].get("external_id") if items else None
    told = "unmasked" if came == sent_number else "masked" if came else "not there"
    yield Judgement(Assumption.NUMBER_COMES_BACK, HELD, told)


def judge_booking(exchange: Exchange, slot: Timeslot, emr: str) -> Iterator[Judgement]:
    yield from judge_success(exchange)
    value = exchange.value
    one = isinstance(value, dict) or (isinstance(value, list) and len(value) == 1)
    kind = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "neither"
    yield Judgement(Assumption.BOOKING_ANSWER, HELD if one else NOT, kind)
    items = _items(value)
    yield from _judge_fields(items, Assumption.APPOINTMENT_FIELDS)
    yield Judgement(Assumption.FOUR_VALUES_UNAMBIGUOUS, HELD)
    yield Judgement(Assumption.COMMENT_LIMIT, NOT_SEEN, "a short comment was taken")
    if items:
        video = [key for key in items[0] if _VIDEO.search(key)]
        yield Judgement(Assumption.NO_VIDEO_LINK, NOT if video else HELD, ", ".join(video))
        yield from _judge_status(items[0].get("status"), emr, (BOOKED,))
        same = all(
            items[0].get(key) in (None, wanted, f"emr_id:{wanted}")
            for key, wanted in (
                ("resource_id", slot.resource_id), ("healthcare_service_id", slot.healthcare_service_id)
            )
        )  # fmt: skip
        if not same:
            yield Judgement(Assumption.APPOINTMENT_FIELDS, NOT, "resource or service came back by another id")


def judge_cancellation(exchange: Exchange, asked_id: str | None, emr: str) -> Iterator[Judgement]:
    yield from judge_success(exchange)
    yield Judgement(Assumption.ONE_PATCH_PATH, HELD)
    yield Judgement(Assumption.ID_LASTS, HELD)
    items = _items(exchange.value)
    if not items:
        return
    yield from _judge_status(items[0].get("status"), emr, (CANCELLED,))
    if items[0].get("status") == AWAITING_CONFIRMATION:
        renamed = items[0].get("id") != asked_id
        yield Judgement(Assumption.CODE_TO_NEW_ID, HELD if renamed else NOT, "" if renamed else "the id is the old one")


def judge_code(exchange: Exchange, wanted: str, *, cancels: bool) -> Iterator[Judgement]:
    """Of a code that was taken."""
    items = _items(exchange.value)
    status = items[0].get("status") if items else None
    row = Assumption.CODE_TO_NEW_ID if cancels else Assumption.CODE_BOOKS
    yield Judgement(row, HELD if status == wanted else NOT, "" if status == wanted else "it stands otherwise")


def _judge_status(status: Any, emr: str, at_once: tuple[str, ...]) -> Iterator[Judgement]:
    known = status in (BOOKED, AWAITING_CONFIRMATION, COMPLETED, CANCELLED)
    yield Judgement(Assumption.STATUSES_OPEN, HELD, "one of those described" if known else "one that nobody described")
    if emr == "konfidens":
        held = status in at_once
        yield Judgement(Assumption.ONE_STEP, HELD if held else NOT, "" if held else "it asks for more")


def _judge_fields(items: Sequence[dict[str, Any]], row: Assumption | None) -> Iterator[Judgement]:
    if not items:
        return
    without = [item for item in items if row is not Assumption.TIMESLOT_FIELDS and item.get("id") in (None, "")]
    yield Judgement(Assumption.FIELDS_OPTIONAL, NOT if without else HELD, "an item without id" if without else "")
    odd = [item for item in items if isinstance(item.get("id"), str) and not re.fullmatch(r"[\w.~-]+", item["id"])]
    if any(isinstance(item.get("id"), str) for item in items):
        yield Judgement(Assumption.IDS_NEED_ENCODING, HELD, f"{len(odd)} of {len(items)} need it")
    known = next((names for of, names in _FIELDS if of is row), ("id", *_NAMES))
    missing = [key for key in known if key not in _NAMES and not any(key in item for item in items)]
    extra = sorted({key for item in items for key in item} - set(known))
    said = frozenset(words_in(items))
    told = ", ".join(key if may_be_told(key, said) else "…" for key in extra)
    yield Judgement(Assumption.EXTRA_FIELDS_IGNORED, HELD, f"also {told}" if extra else "")
    if row is not None:
        yield Judgement(row, NOT if missing else HELD, f"without {', '.join(missing)}" if missing else "")


def _items(value: Any) -> list[dict[str, Any]]:
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, dict)]


def _zone(text: str) -> str:
    found = re.search(r"T[\d:.]+(Z|[+-]\d\d:?\d\d)?$", text)
    return found[1] or "" if found else ""

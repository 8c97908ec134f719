"""What an answer that is not a success means: by Leyr's `code` first, by HTTP status second (`leyr-api.md` 6).

Assumes ANY_2XX, CODE_BEFORE_STATUS, UNKNOWN_CODES_REFUSE and UNSUPPORTED_ANSWERS.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from receptionapp.domain.problem import Problem
from receptionapp.leyr import errors
from receptionapp.leyr.errors import LeyrError
from receptionapp.leyr.exchange import Answer
from receptionapp.leyr.pace import seconds_asked_for

# The most telling first: an answer may hold several. A broken id explains a missing timeslot, not the other way round.
ERROR_CODES: dict[str, type[LeyrError]] = {
    "NOT_SUPPORTED": errors.NotSupported,
    "PATIENT_ID_LOOKUP_TYPE_NOT_SUPPORTED": errors.IdTypeNotSupported,
    "INVALID_PATIENT_ID_TYPE": errors.IdTypeNotSupported,
    "INVALID_CARE_UNIT_ID": errors.CareUnitGone,
    "INVALID_APPOINTMENT_ID": errors.AppointmentNotFound,
    "INVALID_PATIENT_ID": errors.PatientNotFound,
    "INVALID_RESOURCE_ID": errors.ResourceGone,
    "INVALID_HEALTHCARE_SERVICE_ID": errors.ServiceGone,
    "NO_TIMESLOTS_AVAILABLE": errors.SlotTaken,
    "AMBIGUOUS_TIMESLOTS": errors.SlotAmbiguous,
    "MISSING_REQUIRED_FIELD": errors.FieldMissing,
    "INVALID_COMMENT_LENGTH": errors.CommentTooLong,
    "MAX_ITEMS_EXCEEDED": errors.TooManyItems,
    "BAD_INPUT": errors.InputRefused,
    "INVALID_CREATED_BY_ID": errors.InputRefused,
    "INVALID_NOTE_CONTENT": errors.InputRefused,
}

# Statuses that tell enough without a code. 408 and 504 are an intermediary's time running out: the write may be done.
_STATUSES: dict[int, type[LeyrError]] = {
    401: errors.ClientNotAccepted,
    404: errors.NotFound,
    405: errors.NotSupported,
    408: errors.NoAnswer,
    429: errors.TooManyRequests,
    501: errors.NotSupported,
    502: errors.LeyrUnavailable,
    503: errors.LeyrUnavailable,
    504: errors.NoAnswer,
}

# Statuses that still count when the code is `UNKNOWN_ERROR`: not found, not supported (`leyr-api.md` 12.3), too many
# requests.
_SAY_ENOUGH = (404, 405, 429, 501)

_LONGEST_DETAILS = 300
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,64}")
_EMR_PATH = re.compile(r"^\s*(path\s*->\s*)?emr\s*$", re.MULTILINE)  # where Pydantic v1 puts the parameter's name


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    error_code: Any = None
    details: Any = Field(default=None, repr=False)
    emr_error: Any = Field(default=None, repr=False)
    path: Any = Field(default=None, repr=False)


class _Body(BaseModel):
    """`leyr-api.md` 6.1. Accepts any JSON in each field: assumes ERROR_PARTS."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    code: Any = None
    title: Any = Field(default=None, repr=False)
    detail: Any = Field(default=None, repr=False)
    instance: Any = None
    errors: Any = Field(default=None, repr=False)

    def items(self) -> list[_Item]:
        found = self.errors if isinstance(self.errors, list) else [self.errors]
        return [_Item.model_validate(item) for item in found if isinstance(item, dict)]


def error_from_answer(answer: Answer) -> LeyrError | None:
    """The error that an answer stands for; None for any 2xx (success codes are not documented, 1.3)."""
    if 200 <= answer.status < 300:
        return None
    body = _read(answer.body)
    items = body.items()
    kind, telling = _kind(answer.status, body, items)
    problem = Problem(
        kind.reason,
        details=_details(body, items),
        reference=_reference(body.instance),
        field=_field(telling.path) if telling else None,
        retry_after=seconds_asked_for(answer.retry_after, answer.date),
    )
    return kind(problem, may_have_happened=_may_have_happened(kind, answer.status, body), status=answer.status)


def is_from_leyr(answer: Answer) -> bool:
    """Whether a failure is told by Leyr, whose refusals all have a code, and not by something on the way to it."""
    body = _read(answer.body)
    return bool(body.code or body.items())


def _read(body: bytes) -> _Body:
    try:
        return _Body.model_validate_json(body)
    except ValidationError:
        return _Body()


def _kind(status: int, body: _Body, items: list[_Item]) -> tuple[type[LeyrError], _Item | None]:
    if 300 <= status < 400:
        return errors.Redirected, None
    if body.code == "EMR_ERROR" and (status >= 500 or status in (401, 408, 429)):
        return _emr_kind(status), None
    if body.code == "UNKNOWN_ERROR" and status in _SAY_ENOUGH:
        return _STATUSES[status], None
    if body.code in ("UNAUTHORIZED", "UNKNOWN_ERROR", "SERVICE_UNAVAILABLE"):
        return _code_kind(body.code), None
    if telling := _most_telling(items):
        return ERROR_CODES[telling.error_code], telling
    if body.code == "EMR_ERROR":
        return errors.EmrRefused, None
    if body.code == "BAD_REQUEST":
        return errors.EmrUnknown if _names_the_emr(body, items) else errors.Refused, next(iter(items), None)
    return _status_kind(status, coded=bool(body.code or items)), None


def _emr_kind(status: int) -> type[LeyrError]:
    """`EMR_ERROR` forwards the EHR's own status. Its 401 is about the link behind Leyr, or about this
    program's own secret (`leyr-api.md` 6.2), so it must not lock anybody out: assumes WRONG_SECRET."""
    return {401: errors.EmrLinkRefused, 429: errors.TooManyRequests}.get(status, errors.EmrFailed)


def _code_kind(code: str) -> type[LeyrError]:
    return {
        "UNAUTHORIZED": errors.ClientNotAccepted,
        "UNKNOWN_ERROR": errors.Unexpected,
        "SERVICE_UNAVAILABLE": errors.LeyrUnavailable,
    }[code]


def _status_kind(status: int, *, coded: bool) -> type[LeyrError]:
    if kind := _STATUSES.get(status):
        return kind
    if status == 400 and not coded:  # not Leyr's: every refusal of its own has a code
        return errors.AnswerUnreadable
    if 400 <= status < 500:
        return errors.Refused
    return errors.Unexpected if 500 <= status < 600 else errors.AnswerUnreadable


def _may_have_happened(kind: type[LeyrError], status: int, body: _Body) -> bool:
    """A refusal is trusted if it is Leyr's own, with a code, and not a failure's. One without a code may be from
    something on the way that judges answers, so the request may have arrived. A redirect is trusted unless it is of the
    kind that sends the caller to a result."""
    if kind is errors.Redirected:
        return status not in (301, 307, 308)
    if kind in (errors.NotSupported, errors.TooManyRequests):
        return False
    is_leyrs = bool(body.code or body.items())
    return kind.uncertain or not is_leyrs or status >= 500 or body.code == "UNKNOWN_ERROR"


def _most_telling(items: list[_Item]) -> _Item | None:
    known = [item for item in items if isinstance(item.error_code, str) and item.error_code in ERROR_CODES]
    order = list(ERROR_CODES)
    return min(known, key=lambda item: order.index(item.error_code), default=None)


def _names_the_emr(body: _Body, items: Iterable[_Item]) -> bool:
    """An unknown EHR code fails the validation of the path (`leyr-api.md` 6.1)."""
    return bool(_EMR_PATH.search(_text(body.detail))) or any(_field(item.path) in ("emr", "path.emr") for item in items)


def _details(body: _Body, items: list[_Item]) -> str:
    said = [_clean(_text(part)) for item in items for part in (item.details, item.emr_error)]
    said = said if any(said) else [_clean(_text(body.detail)) or _clean(_text(body.title))]
    return "; ".join(dict.fromkeys(filter(None, said)))[:_LONGEST_DETAILS]


def _field(path: Any) -> str | None:
    parts = path if isinstance(path, list) else [path]
    return _clean(".".join(str(part) for part in parts if isinstance(part, str | int)))[:100] or None


def _reference(instance: Any) -> str | None:
    """Shown and logged, so nothing but what a reference is made of."""
    return instance if isinstance(instance, str) and _REFERENCE.fullmatch(instance) else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[: 10 * _LONGEST_DETAILS]


def _clean(text: str) -> str:
    """One line without control, direction-changing and other invisible characters."""
    visible = (" " if c.isspace() or unicodedata.category(c).startswith("C") else c for c in text)
    return " ".join("".join(visible).split())

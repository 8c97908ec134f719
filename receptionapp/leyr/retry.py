"""When the same request may be sent again, and after how long (`leyr-api.md` 6.4)."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from receptionapp.leyr.errors import (
    AddressNotFound,
    EmrFailed,
    LeyrError,
    LeyrUnavailable,
    LineBroken,
    NoAnswer,
    Offline,
    TooManyRequests,
    Unexpected,
)

BACK_OFF = (1.0, 5.0, 15.0)  # seconds before the second, third and fourth try of a read
LONGEST_WAIT = 30.0  # seconds; a server that asks for more is obeyed by not trying again

_NOT_CONNECTED = (Offline, AddressNotFound)
_PASSING = (*_NOT_CONNECTED, NoAnswer, LineBroken, EmrFailed, LeyrUnavailable)


def delay_before_next(error: LeyrError, attempt: int, *, write: bool, jitter: float | None = None) -> float | None:
    """Seconds to wait before sending again after the failed try number `attempt` (from 1), or None to give up.

    A write is sent again only when nothing left this machine, and once. Creating a patient is no exception: it may
    overwrite (`leyr-api.md` 3.8). `jitter` (0 to 1) spreads the waits of several desks by up to a quarter.
    """
    if write:
        return BACK_OFF[0] if isinstance(error, _NOT_CONNECTED) and attempt == 1 else None
    if attempt > len(BACK_OFF) or (isinstance(error, Unexpected) and attempt > 2):
        return None
    if isinstance(error, TooManyRequests) and error.problem.retry_after is not None:
        return error.problem.retry_after if error.problem.retry_after <= LONGEST_WAIT else None
    if isinstance(error, (*_PASSING, TooManyRequests, Unexpected)):
        return BACK_OFF[attempt - 1] * (1 + 0.25 * (random.random() if jitter is None else jitter))  # noqa: S311
    return None


def seconds_asked_for(header: str | None, now: datetime) -> float | None:
    """Read `Retry-After`: a number of seconds or an HTTP date. None when there is none, or none that can be read."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())

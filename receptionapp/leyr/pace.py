"""How fast Leyr is asked (`leyr-api.md` 7), and when the same request may be sent again (`leyr-api.md` 6.4).

Leyr publishes no limits; why these: `docs/decisions/0009-ask-leyr-little.md`.
"""

import asyncio
import random
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from receptionapp.leyr.errors import (
    AddressNotFound,
    Closing,
    EmrFailed,
    LeyrError,
    LeyrUnavailable,
    LineBroken,
    NoAnswer,
    Offline,
    TooManyRequests,
    Unexpected,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Assumes LIMITS. At most `under_way` requests at a time, the last place kept for a write; `burst` may start at
    once after a pause, then `per_second`."""

    under_way: int = 4
    per_second: float = 2.0
    burst: int = 4


class TokenBucket:
    """A token bucket without a clock of its own: times are seconds from any fixed point."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._tokens = self._burst
        self._counted_at = 0.0

    def take(self, now: float) -> float:
        """Take a token and return 0, or return the seconds until there is one."""
        self._tokens = min(self._burst, self._tokens + (now - self._counted_at) * self._per_second)
        self._counted_at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self._per_second


class Pace:
    """Gives turns to send, first come first served, except that a waiting write goes before any waiting read."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bucket = TokenBucket(limits.per_second, limits.burst)
        self._under_way = 0
        self._writes: deque[asyncio.Future[None]] = deque()
        self._reads: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    async def wait_for_turn(self, *, write: bool) -> None:
        """Wait for a turn; `release_turn()` must follow. A caller cancelled while waiting has sent nothing.
        Raises `Closing`."""
        if self._closed:
            raise Closing
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._writes if write else self._reads).append(mine)
        self._give_turns()
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled() and mine.exception() is None:  # the turn and the cancellation crossed
                self.release_turn()
            raise

    def release_turn(self) -> None:
        """Hand the turn back."""
        self._under_way -= 1
        self._give_turns()

    def close(self) -> None:
        """Send away everybody who waits, and everybody who comes."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        while queue := self._next_queue():
            queue.popleft().set_exception(Closing())

    def _give_turns(self) -> None:
        while not self._timer and (queue := self._next_queue()) and self._has_room_for(queue):
            loop = asyncio.get_running_loop()
            if wait := self._bucket.take(loop.time()):
                self._timer = loop.call_later(wait, self._on_timer)
            else:
                self._under_way += 1
                queue.popleft().set_result(None)

    def _has_room_for(self, queue: deque[asyncio.Future[None]]) -> bool:
        """A booking never waits for reads that hang, only for other writes."""
        kept = 1 if queue is self._reads and self._limits.under_way > 1 else 0
        return self._under_way < self._limits.under_way - kept

    def _next_queue(self) -> deque[asyncio.Future[None]] | None:
        """The queue whose head is next, after dropping those whose caller was cancelled."""
        for queue in (self._writes, self._reads):
            while queue and queue[0].done():
                queue.popleft()
            if queue:
                return queue
        return None

    def _on_timer(self) -> None:
        self._timer = None
        self._give_turns()


BACK_OFF = (1.0, 5.0, 15.0)  # seconds before the second, third and fourth try of a read
LONGEST_WAIT = 30.0  # seconds; a server that asks for more is obeyed by not trying again

_NOT_CONNECTED = (Offline, AddressNotFound)
_PASSING = (*_NOT_CONNECTED, NoAnswer, LineBroken, EmrFailed, LeyrUnavailable)


def delay_before_next(error: LeyrError, attempt: int, *, write: bool, jitter: float | None = None) -> float | None:
    """Seconds until the next try after failed try number `attempt` (from 1), or None to give up.

    A write is sent again only when nothing left this machine, and once. `jitter` (0 to 1) adds up to a quarter.
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


def seconds_asked_for(header: str | None, date: str | None) -> float | None:
    """Read `Retry-After`: a number of seconds, or an HTTP date, which is held against the `Date` of the same answer,
    since this computer's clock may be wrong (RFC 9110 10.2.3, 6.6.1). None when there is none, or none that can be
    read."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until, now = _http_date(text), _http_date((date or "").strip())
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""How often a PIN may be guessed: at most ten wrong ones in any minute at all desks of a ledger, however it is tried.

A guess is written down *before* its PIN is judged, so that ten programs at once have ten guesses and not ten each, and
one that is killed before the answer has spent one. After three wrong ones in a row a user waits, longer each time.

Time is not the clock on the wall, which whoever sits at the computer can set. `pin_clock` counts what has surely
passed: by the computer's uptime while that goes on, which no program and no restart of ours can change; after a restart
of the computer by the wall clock, and never backwards. A server tells its own time, so that of the desks doesn't
matter.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, text, update

from receptionapp.ledger.entry import Entry
from receptionapp.ledger.schema import pin_clock, pin_guesses, users

MOST_IN_A_MINUTE = 10
UNPUNISHED = 3
"""Wrong ones in a row after which waiting begins."""
FIRST_WAIT, LONGEST_WAIT = 15, 300
"""Seconds; doubled each time. Five minutes leave 12 guesses an hour, and a colleague's joke ends soon."""

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND


@dataclass(frozen=True, slots=True)
class MustWait:
    """No guess is taken for so many seconds, not even a right one. Returned and not raised: `pin_clock` goes on."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """How one reads the wall clock (UTC) and the seconds since the computer was started."""

    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    uptime: Callable[[], float] = time.monotonic


def begin(entry: Entry, user: UUID, clocks: Clocks) -> UUID | MustWait:
    """Spend a guess; its key."""
    now = _passed(entry, clocks)
    waits_until = entry.connection.execute(select(users.c.waits_until).where(users.c.key == user)).scalar_one()
    entry.connection.execute(delete(pin_guesses).where(pin_guesses.c.passed <= now - _MINUTE))
    count, oldest = entry.connection.execute(select(func.count(), func.min(pin_guesses.c.passed))).one()
    ready = max(waits_until, oldest + _MINUTE if count >= MOST_IN_A_MINUTE else 0)
    if ready > now:
        return MustWait(-(-(ready - now) // _SECOND))
    key = uuid4()
    entry.connection.execute(insert(pin_guesses).values(key=key, passed=now))
    return key


def was_right(entry: Entry, guess: UUID, user: UUID) -> None:
    """Take it back: who knows the PIN may come and go as often as they like."""
    entry.connection.execute(delete(pin_guesses).where(pin_guesses.c.key == guess))
    forgive(entry, user)


def was_wrong(entry: Entry, user: UUID, clocks: Clocks) -> int:
    """Count it; the seconds that this user must wait now."""
    now = _passed(entry, clocks)
    wrong = entry.connection.execute(select(users.c.wrong_pins).where(users.c.key == user)).scalar_one() + 1
    seconds = 0 if wrong < UNPUNISHED else min(FIRST_WAIT * 2 ** min(wrong - UNPUNISHED, 16), LONGEST_WAIT)
    values = {"wrong_pins": wrong, "waits_until": now + seconds * _SECOND}
    entry.connection.execute(update(users).where(users.c.key == user).values(**values))
    return seconds


def forgive(entry: Entry, user: UUID) -> None:
    """No wrong ones in a row any more."""
    entry.connection.execute(update(users).where(users.c.key == user).values(wrong_pins=0, waits_until=0))


def _passed(entry: Entry, clocks: Clocks) -> int:
    """Bring `pin_clock` up to now; the microseconds on it."""
    wall, uptime = clocks.wall(), int(clocks.uptime() * _SECOND)
    if entry.connection.dialect.name == "postgresql":
        wall, uptime = entry.connection.execute(text("SELECT clock_timestamp()")).scalar_one(), 0
    last = entry.connection.execute(select(pin_clock)).one_or_none()
    if last is None:
        entry.connection.execute(insert(pin_clock).values(id=1, passed=0, wall=wall, uptime=uptime))
        return 0
    by_wall = (wall - last.wall) // timedelta(microseconds=1)
    went_on = 0 < last.uptime <= uptime
    passed: int = last.passed + (uptime - last.uptime if went_on else max(0, by_wall))
    entry.connection.execute(update(pin_clock).values(passed=passed, wall=wall, uptime=uptime))
    return passed

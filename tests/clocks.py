"""The clocks of the tests. None of them reads the computer's time of day.

A test stands still (`StoppedClock`) or goes on by itself (`RunningClock`) from an instant that it names. Whoever names
none stands on `MONDAY_MORNING`, or asks for `SuiteClock`, which is what `dev.py test --at INSTANT` sets.
"""

import time
from datetime import UTC, datetime, timedelta

from receptionapp.domain.clock import Clock

MONDAY_MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)  # 07:00 in Oslo, a working day
TUESDAY_MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)  # 08:00 in Oslo, the day of the made-up pages in tests/ui


class StoppedClock(Clock):
    """Moves only when a test moves it: `now` is what the computer says. `put` turns its hands and no time passes."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        """`now` is aware."""
        self.now = now
        self._began = now
        self._turned = timedelta()

    def put(self, difference: timedelta) -> None:
        self.now += difference
        self._turned += difference

    def elapsed(self) -> float:
        """Seconds that have passed."""
        return (self.now - self._turned - self._began).total_seconds()

    def __call__(self) -> datetime:
        return self.now


class RunningClock(Clock):
    """Starts at an instant and goes on from there."""

    def __init__(self, began: datetime) -> None:
        """`began` is aware."""
        self._began = began.astimezone(UTC)
        self._since = time.monotonic()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=time.monotonic() - self._since)


class SuiteClock(Clock):
    """The time of the test that runs: it began at the instant of the whole run. All such clocks agree, as those of the
    programs, servers and records on one computer do."""

    def __call__(self) -> datetime:
        return _run.clock()


class _Run:
    clock: Clock


_run = _Run()


def begin_at(instant: datetime) -> None:
    """It is `instant` (aware) now, for every `SuiteClock`."""
    _run.clock = RunningClock(instant)

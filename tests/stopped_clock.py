"""A clock that tells the same instant until a test puts it on."""

from datetime import UTC, datetime

from receptionapp.domain.clock import Clock

TUESDAY_MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)  # 08:00 in Oslo, a working day


class StoppedClock(Clock):
    def __init__(self, now: datetime = TUESDAY_MORNING) -> None:
        """`now` is aware."""
        self.now = now

    def __call__(self) -> datetime:
        return self.now

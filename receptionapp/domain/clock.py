"""What time it is. One `Clock` is made where the program starts and given to whatever needs the time.

No other file reads the computer's time of day (`tests/test_one_clock.py`); how long something takes is for `elapsed`.
"""

import time
from datetime import UTC, date, datetime, tzinfo


class Clock:
    """The computer's clock. Call it for the present instant: aware, in UTC."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)

    def today(self, zone: tzinfo) -> date:
        """The day that it is now in `zone`, such as the clinic's."""
        return self().astimezone(zone).date()

    def elapsed(self) -> float:
        """Seconds from any fixed point, for durations only. They go on evenly, whatever is done to the time of day."""
        return time.monotonic()

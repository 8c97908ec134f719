"""What time it is. One `Clock` is made where the program starts and given to whatever needs the time, so that tests
and practice mode are right on every day and at every hour."""

from datetime import UTC, datetime


class Clock:
    """The computer's clock. Call it for the present instant: aware, in UTC."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)

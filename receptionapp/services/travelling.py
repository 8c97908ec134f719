"""How long a request whose answer never came may still take effect, by a clock that nobody can turn.

Until then neither a list without the appointment nor a person who looked in the EHR can know that it did not happen.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

LANDED_AFTER = timedelta(minutes=3)
"""After this a request is surely not on its way any more: the transport itself listens for an answer for at most 35
and 120 seconds."""

Elapsed = Callable[[], float]
"""Returns seconds from any fixed point; they go on evenly, whatever is done to the computer's clock."""


class Travelling:
    """Counts from when this run first heard that an outcome is not known: what an earlier run, or another desk, knew
    before gives no shorter wait."""

    def __init__(self, elapsed: Elapsed = time.monotonic) -> None:
        self._elapsed = elapsed
        self._since: dict[UUID, float] = {}

    def left(self, intent_id: UUID) -> timedelta:
        """How long the request of this wish may still be on its way; zero when it surely is not."""
        now = self._elapsed()
        passed = now - self._since.setdefault(intent_id, now)
        return max(LANDED_AFTER - timedelta(seconds=passed), timedelta())

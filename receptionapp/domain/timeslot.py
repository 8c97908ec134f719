"""A free time that Leyr offers."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Timeslot:
    """One bookable time of one resource for one service (`leyr-api.md` 3.5).

    `start` and `end` are aware and keep the offset Leyr sent, so that booking sends back the very same times;
    they compare and hash by instant, whatever their offset.
    """

    start: datetime
    end: datetime
    resource_id: str
    healthcare_service_id: str

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether any instant is shared with `start` (included) to `end` (excluded)."""
        return self.start < end and start < self.end

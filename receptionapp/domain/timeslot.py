"""A free time that Leyr offers, and the advice that somebody at another desk has its form open."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Timeslot:
    """One bookable time of one resource for one service (`leyr-api.md` 3.5). `start` and `end` keep the offset Leyr
    sent, for booking to send back; they compare and hash by instant."""

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


@dataclass(frozen=True, slots=True)
class SlotHold:
    """`desk` is the other desk's name, `user` the named person at it, "" if nobody."""

    care_unit_id: str
    resource_id: str
    start: datetime
    end: datetime
    desk: str
    user: str = field(default="", repr=False)

    def is_on(self, care_unit_id: str, resource_id: str, start: datetime, end: datetime) -> bool:
        """Whether it shares time with `start` (included) to `end` (excluded) of that resource."""
        same = (self.care_unit_id, self.resource_id) == (care_unit_id, resource_id)
        return same and self.start < end and start < self.end

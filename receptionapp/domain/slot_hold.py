"""Somebody at another desk has a form open for a timeslot. It is advice, and forbids nothing."""

from dataclasses import dataclass, field
from datetime import datetime


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

"""Days on screen on which nothing can be booked: what is to be said of them, and from when on to look further."""

from dataclasses import dataclass
from datetime import date, datetime

from receptionapp.domain.appointment import Standing
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.layout import Page


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """`after` (UTC) is when a free time may begin at the earliest. `empty`: nothing of ours is still to come either."""

    days: tuple[date, ...]
    after: datetime
    empty: bool


def find_dead_end(page: Page, now: datetime) -> DeadEnd | None:
    """What of `page` ends here; None where something is free, not all is known, nobody is shown, or all is over."""
    if not page.columns or any(column.timeslots is None or column.timeslots for column in page.columns):
        return None
    days = tuple(dict.fromkeys(column.day for column in page.columns))
    if days[-1] < clinic_day(now, page.zone):
        return None
    coming = (
        own.end > now and own.standing is not Standing.REFUSED for column in page.columns for own in column.appointments
    )
    return DeadEnd(days, max(now, day_bounds(days[-1], page.zone)[1]), empty=not any(coming))

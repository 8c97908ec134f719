"""A week of many people as counts: who has how many free times on which day, and how full that is as far as is seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan

GRID_UP_TO = 3
"""People whose week is a grid; for more it is counted."""

GRID_AT_MOST = 5
"""People whose week can be a grid for those who wish it."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """`free` are the starts that can be booked, None while nothing is known; `own` are ours that stand. Minutes are
    those in which something can be booked, and those that ours take."""

    free: int | None
    own: int
    free_minutes: int
    own_minutes: int

    @property
    def fullness(self) -> float | None:
        """Of the time that was offered to us, as last seen, the part that we have booked: 0 to 1. What others booked
        is not known, and no part of it."""
        seen = self.free_minutes + self.own_minutes
        return self.own_minutes / seen if self.free is not None and seen else None


def is_counted(page: Page, *, grid_wished: bool) -> bool:
    """Whether the page is a week of so many people that it is shown as counts."""
    people = len({column.resource_id for column in page.columns})
    return page.span is ViewSpan.WEEK and people > (GRID_AT_MOST if grid_wished else GRID_UP_TO)


def week_rows(page: Page) -> tuple[tuple[str, dict[date, ResourceDay]], ...]:
    """The ids of the people in the clinic's order, each with the days of the page."""
    rows: dict[str, dict[date, ResourceDay]] = {}
    for column in page.columns:
        rows.setdefault(column.resource_id, {})[column.day] = column
    return tuple(rows.items())


def count_day(column: ResourceDay) -> DayCount:
    """Count one person's day."""
    slots = column.timeslots or ()
    ours = [own.timeslot for own in column.appointments if own.standing.takes_time]
    free = None if column.timeslots is None else len({slot.start for slot in slots})
    return DayCount(free, len(ours), _minutes(slots), _minutes(ours))


def _minutes(slots: Iterable[Timeslot]) -> int:
    """Minutes that any of them covers."""
    seconds, reached = 0.0, None
    for slot in sorted(slots, key=lambda slot: slot.start):
        start = slot.start if reached is None or slot.start > reached else reached
        if slot.end > start:
            seconds += (slot.end - start).total_seconds()
            reached = slot.end
    return round(seconds / 60)

"""What of a page has room on screen: whoever has something on it, and the hours from the first such thing to the last.

Decided when the days come into sight; until they are left it is only widened, so that nothing moves under the hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic_time import wall_minutes
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan

USUAL_HOURS = 7, 17
"""Shown where hours are not trimmed, or nothing is known yet; wider where anything lies outside."""

LEAST_HOURS = 3

_start = attrgetter("start")
_end = attrgetter("end")


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: for another one everything is decided anew."""

    care_unit_id: str
    span: ViewSpan
    first_day: date | None
    service_id: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """`shown` are the resources that have columns; hours are whole. `settled` is False as long as something on the page
    has never been loaded: until then everybody is shown. `hours_to_fit` are those that are as high as the screen: what
    widens it later is scrolled to, since the rest would become lower under the hand."""

    sight: Sight
    shown: frozenset[str]
    first_hour: int
    last_hour: int
    hours_to_fit: int
    settled: bool

    @property
    def hours(self) -> tuple[int, int]:
        return self.first_hour, self.last_hour


def fit(page: Page) -> Frame:
    """The smallest frame that hides nothing free, nothing of ours and nothing unknown. While something is not loaded it
    is the widest."""
    shown = frozenset(column.resource_id for column in page.columns if not _is_empty(column))
    first, last = _trimmed(_hours_used(page))
    frame = Frame(_sight(page), shown, first, last, last - first, settled=True)
    if all(column.timeslots is not None for column in page.columns):
        return frame
    return replace(unfold(frame, page), settled=False)


def follow(before: Frame | None, page: Page) -> Frame:
    """The frame of `page` after the one `before`: decided anew for another sight, else only widened."""
    if before is None or not before.settled or before.sight != _sight(page):
        return fit(page)
    shown = before.shown | {column.resource_id for column in page.columns if not _is_empty(column)}
    widened = widen_hours(replace(before, shown=shown), *(_hours_used(page) or before.hours))
    return replace(widened, hours_to_fit=before.hours_to_fit)


def unfold(frame: Frame, page: Page) -> Frame:
    """Everybody, and the usual hours at least."""
    return widen_hours(replace(frame, shown=frozenset(c.resource_id for c in page.columns)), *USUAL_HOURS)


def widen_hours(frame: Frame, first_hour: int, last_hour: int) -> Frame:
    """The frame with these hours in it, asked for by somebody: all of them are to fit."""
    first, last = min(frame.first_hour, first_hour), max(frame.last_hour, last_hour)
    return replace(frame, first_hour=first, last_hour=last, hours_to_fit=last - first)


def open_columns(page: Page, frame: Frame) -> tuple[ResourceDay, ...]:
    """The columns of `page` that have room in `frame`."""
    return tuple(column for column in page.columns if column.resource_id in frame.shown)


def folded_resources(page: Page, frame: Frame) -> tuple[str, ...]:
    """The ids of those whose columns have none, in the clinic's order."""
    return tuple(dict.fromkeys(c.resource_id for c in page.columns if c.resource_id not in frame.shown))


def _sight(page: Page) -> Sight:
    first_day = page.columns[0].day if page.columns else None
    return Sight(page.clinic.care_unit.id, page.span, first_day, page.service_id)


def _is_empty(column: ResourceDay) -> bool:
    """Whether it is known that nothing stands there."""
    return column.timeslots is not None and not column.timeslots and not any(map(_is_drawn, column.appointments))


def _is_drawn(own: OwnAppointment) -> bool:
    return own.standing is not Standing.REFUSED


def _hours_used(page: Page) -> tuple[int, int] | None:
    """The whole hours from the first thing on the page to the last."""
    edges = [edge for column in page.columns for edge in _edges(column, page)]
    return (max(min(edges) // 60, 0), min(-(-max(edges) // 60), 24)) if edges else None


def _edges(column: ResourceDay, page: Page) -> Iterator[int]:
    things = column.timeslots or ()
    if column.appointments:
        things = (*things, *(own.timeslot for own in filter(_is_drawn, column.appointments)))
    if things:
        yield wall_minutes(min(map(_start, things)), column.day, page.zone)
        yield wall_minutes(max(map(_end, things)), column.day, page.zone)


def _trimmed(used: tuple[int, int] | None) -> tuple[int, int]:
    if used is None:
        return USUAL_HOURS
    first, last = used
    last = max(last, min(first + LEAST_HOURS, 24))
    return min(first, last - LEAST_HOURS), last

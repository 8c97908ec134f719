"""Where things stand in a column of the book, in wall-clock minutes and lanes. Knows nothing of pixels or Qt.

Lanes are laid as GNOME Calendar lays them (`engineering.md` 1.8): first every span goes into the first lane that is
free within its block of transitively overlapping spans, then each is widened over the free lanes to its right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic_time import MINUTES_A_DAY, wall_minutes
from receptionapp.domain.page import FreeCell, ResourceDay
from receptionapp.domain.timeslot import Timeslot

T = TypeVar("T", bound=FreeCell | OwnAppointment)
T_co = TypeVar("T_co", bound=FreeCell | OwnAppointment, covariant=True)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lane:
    """The place of one span among those beside it: it fills lanes `index` to `index + width` out of `count`."""

    index: int = 0
    width: int = 1
    count: int = 1


ALONE = Lane()


@dataclass(frozen=True, slots=True)
class Placed(Generic[T_co]):
    """Something in a column, from wall minute `top` to `bottom` of the column's day (0 to 1440, at least 1 apart)."""

    what: T_co
    top: int
    bottom: int
    lane: Lane = ALONE


Item = Placed[FreeCell | OwnAppointment]


@dataclass(frozen=True, slots=True)
class FreeRegion:
    """Free time without a gap, in wall minutes. `starts` are the minutes at which something can be booked."""

    top: int
    bottom: int
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One column laid out. `ghosts` are cancelled appointments: shown, but their time is not taken."""

    column: ResourceDay
    cells: tuple[Placed[FreeCell], ...]
    regions: tuple[FreeRegion, ...]
    appointments: tuple[Placed[OwnAppointment], ...]
    ghosts: tuple[Placed[OwnAppointment], ...]

    def items(self) -> tuple[Item, ...]:
        """All that can be chosen, in the order it is walked through: by time, appointments before free time."""
        own = [*self.appointments, *self.ghosts]
        return tuple(sorted([*own, *self.cells], key=_walking_order))


def lay_out_column(column: ResourceDay, zone: ZoneInfo) -> ColumnLayout:
    """Lay out one resource's day. Refused bookings never became anything and are left out."""
    cells = place_cells(free_cells(column.timeslots or ()), column.day, zone)
    taking = [a for a in column.appointments if a.standing.takes_time]
    cancelled = [a for a in column.appointments if a.standing is Standing.CANCELLED]
    return ColumnLayout(
        column, cells, free_regions(cells), lay_out(taking, column.day, zone), lay_out(cancelled, column.day, zone)
    )


def free_cells(timeslots: Sequence[Timeslot]) -> tuple[FreeCell, ...]:
    """One cell for each start that can be booked in one column, in order. Every timeslot is in exactly one cell."""
    by_start: dict[datetime, list[Timeslot]] = {}
    for slot in timeslots:
        by_start.setdefault(slot.start.astimezone(UTC), []).append(slot)
    starts: list[datetime | None] = [*sorted(by_start), None]
    return tuple(_cell(by_start[start], following) for start, following in pairwise(starts) if start)


def place_cells(cells: Sequence[FreeCell], day: date, zone: ZoneInfo) -> tuple[Placed[FreeCell], ...]:
    """Cells where the wall clock puts them. Only in the hour that a clock change repeats do they stand side by side."""
    spans = [wall_span(cell.start, cell.end, day, zone) for cell in cells]
    if all(above[1] <= below[0] for above, below in pairwise(spans)):
        return tuple(Placed(cell, *span) for cell, span in zip(cells, spans, strict=True))
    return _in_lanes(cells, spans)


def lay_out(appointments: Sequence[OwnAppointment], day: date, zone: ZoneInfo) -> tuple[Placed[OwnAppointment], ...]:
    """Appointments of one column, side by side where they overlap."""
    ordered = sorted(appointments, key=_appointment_order)
    return _in_lanes(ordered, [wall_span(a.start, a.end, day, zone) for a in ordered])


def free_regions(cells: Sequence[Placed[FreeCell]]) -> tuple[FreeRegion, ...]:
    """Touching cells merged, in order."""
    regions: list[FreeRegion] = []
    starts: list[int] = []
    bottom = -1
    for cell in sorted(cells, key=_top):  # in the hour that a clock change repeats, time does not run downwards
        if starts and cell.top > bottom:
            regions.append(FreeRegion(starts[0], bottom, tuple(starts)))
            starts = []
        starts.append(cell.top)
        bottom = max(bottom, cell.bottom) if len(starts) > 1 else cell.bottom
    if starts:
        regions.append(FreeRegion(starts[0], bottom, tuple(starts)))
    return tuple(regions)


def wall_span(start: datetime, end: datetime, day: date, zone: ZoneInfo) -> Span:
    """Wall minutes from `start` to `end` within `day`. Where the clock went back in between, the true length counts."""
    top = wall_minutes(start, day, zone)
    bottom = wall_minutes(end, day, zone)
    if bottom <= top:
        bottom = top + int((end - start).total_seconds()) // 60
    top = min(max(top, 0), MINUTES_A_DAY - 1)
    return top, max(min(bottom, MINUTES_A_DAY), top + 1)


def lanes(spans: Sequence[Span]) -> tuple[Lane, ...]:
    """A lane for each span, in the order given. Spans that share a minute never share a lane."""
    found: list[Lane] = [ALONE] * len(spans)
    for block in _blocks(spans):
        if len(block) > 1:
            for index, lane in _lanes_of_block(block, spans):
                found[index] = lane
    return tuple(found)


def _in_lanes(things: Sequence[T], spans: Sequence[Span]) -> tuple[Placed[T], ...]:
    return tuple(Placed(thing, *span, lane=lane) for thing, span, lane in zip(things, spans, lanes(spans), strict=True))


def _blocks(spans: Sequence[Span]) -> list[list[int]]:
    """Indexes of spans, gathered where they overlap directly or through others, each block ordered by time."""
    blocks: list[list[int]] = []
    bottom = -1
    for index in sorted(range(len(spans)), key=lambda i: (spans[i][0], -spans[i][1])):
        if blocks and spans[index][0] < bottom:
            blocks[-1].append(index)
        else:
            blocks.append([index])
        bottom = max(bottom, spans[index][1])
    return blocks


def _lanes_of_block(block: list[int], spans: Sequence[Span]) -> list[tuple[int, Lane]]:
    taken: list[list[int]] = []
    first_lane: dict[int, int] = {}
    for index in block:
        lane = next((n for n, members in enumerate(taken) if spans[members[-1]][1] <= spans[index][0]), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(index)
        first_lane[index] = lane
    return [(index, Lane(n, _free_width(index, n, taken, spans), len(taken))) for index, n in first_lane.items()]


def _free_width(index: int, lane: int, taken: list[list[int]], spans: Sequence[Span]) -> int:
    width = 1
    for members in taken[lane + 1 :]:
        if any(_overlap(spans[index], spans[member]) for member in members):
            break
        width += 1
    return width


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cell(options: list[Timeslot], following: datetime | None) -> FreeCell:
    if len(options) > 1:
        options.sort(key=_option_order)
    end = options[-1].end
    if following is not None and following < end:
        end = following
    return FreeCell(options[0].start, end, options[0].resource_id, tuple(options))


def _top(cell: Placed[FreeCell]) -> int:
    return cell.top


def _option_order(slot: Timeslot) -> tuple[datetime, str]:
    return slot.end.astimezone(UTC), slot.healthcare_service_id


def _appointment_order(appointment: OwnAppointment) -> tuple[datetime, str]:
    return appointment.start.astimezone(UTC), appointment.key.hex


def _walking_order(item: Item) -> tuple[datetime, bool, int]:
    return item.what.start.astimezone(UTC), isinstance(item.what, FreeCell), item.lane.index

"""Where things stand in a column of the book, in wall-clock minutes and lanes (`docs/decisions/0015-painted-grid.md`).

As in GNOME Calendar every span goes into the first lane that is free within its block of overlapping spans, then each
is widened over the free lanes to its right.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, SlotHold, Standing, Timeslot
from receptionapp.domain.clinic import Clinic
from receptionapp.domain.clinic_time import DayClock


class ViewSpan(StrEnum):
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class ResourceDay:
    """One resource on one clinic day. `timeslots` is None while nothing is known
    (`docs/decisions/0010-what-is-not-offered-is-not-empty.md`). `fetched_at` is UTC."""

    day: date
    resource_id: str
    timeslots: tuple[Timeslot, ...] | None = None
    appointments: tuple[OwnAppointment, ...] = ()
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Days × resources, in the order of the columns. With `service_id`, `timeslots` holds only that service's. `zone`
    is the clinic's. `holds` are what other desks have a form open for."""

    clinic: Clinic
    zone: ZoneInfo
    span: ViewSpan
    columns: tuple[ResourceDay, ...]
    service_id: str | None = None
    holds: tuple[SlotHold, ...] = ()

    def find_hold(self, resource_id: str, start: datetime, end: datetime) -> SlotHold | None:
        """What another desk has a form open for that shares time with this."""
        unit = self.clinic.care_unit.id
        return next((hold for hold in self.holds if hold.is_on(unit, resource_id, start, end)), None)


@dataclass(frozen=True, slots=True)
class FreeCell:
    """One start that can be booked in one column, with every timeslot that begins there. `end` is where the cell stops
    on screen: the next start in that column, or the longest option's end."""

    start: datetime
    end: datetime
    resource_id: str
    options: tuple[Timeslot, ...]


KEYS = range(2, 9)  # F2 to F8


@dataclass(frozen=True, slots=True)
class SavedView:
    """The resources, the span and the service (None for all) of one care unit. `key` is the number of the F key.
    No `resource_ids` are everybody, whoever joins later too."""

    care_unit_id: str
    key: int
    name: str
    resource_ids: tuple[str, ...]
    span: ViewSpan = ViewSpan.DAY
    service_id: str | None = None


T = TypeVar("T", bound=FreeCell | OwnAppointment)
T_co = TypeVar("T_co", bound=FreeCell | OwnAppointment, covariant=True)
MinuteSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lane:
    """The place of one span: it fills lanes `index` to `index + width` out of `count`. `over_free`: an appointment over
    time that is still offered, some of which must stay in sight beside it."""

    index: int = 0
    width: int = 1
    count: int = 1
    over_free: bool = False


WHOLE_LANE = Lane()
_CANCELLED = Standing.CANCELLED
_start_and_key = attrgetter("timeslot.start", "key")


class Placed(NamedTuple, Generic[T_co]):
    """Something in a column, from wall minute `top` to `bottom` (0 to 1440, at least 1 apart). A tuple, for speed."""

    what: T_co
    top: int
    bottom: int
    lane: Lane = WHOLE_LANE


Item = Placed[FreeCell | OwnAppointment]


class FreeRegion(NamedTuple):
    """Free time without a gap, in wall minutes. `starts` are the minutes at which something can be booked."""

    top: int
    bottom: int
    starts: tuple[int, ...]


@dataclass(frozen=True)
class ColumnLayout:
    """One column laid out; its cells are made when first asked for. `cancelled` are cancelled appointments."""

    column: ResourceDay
    zone: ZoneInfo
    regions: tuple[FreeRegion, ...]
    appointments: tuple[Placed[OwnAppointment], ...]
    cancelled: tuple[Placed[OwnAppointment], ...]

    @cached_property
    def cells(self) -> tuple[Placed[FreeCell], ...]:
        return place_cells(free_cells(self.column.timeslots or ()), self.column.day, self.zone)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All that can be chosen, in the order it is walked through: by time, appointments before free time."""
        return tuple(sorted([*self.appointments, *self.cancelled, *self.cells], key=_walking_order))


def lay_out_column(column: ResourceDay, zone: ZoneInfo) -> ColumnLayout:
    """Lay out one resource's day. Refused bookings never became anything and are left out."""
    clock = DayClock(column.day, zone)
    taking = [a for a in column.appointments if a.standing.takes_time]
    cancelled = [a for a in column.appointments if a.standing is _CANCELLED]
    regions = _regions(column.timeslots or (), clock)
    appointments = _told_if_over_free(_placed(taking, clock), regions)
    return ColumnLayout(column, zone, regions, appointments, _placed(cancelled, clock))


def free_cells(timeslots: Sequence[Timeslot]) -> tuple[FreeCell, ...]:
    """One cell for each start that can be booked in one column, in order. Every timeslot is in exactly one cell."""
    by_start: dict[datetime, list[Timeslot]] = {}
    for slot in timeslots:
        by_start.setdefault(slot.start.astimezone(UTC), []).append(slot)
    starts: list[datetime | None] = [*sorted(by_start), None]
    return tuple(_cell(by_start[start], following) for start, following in pairwise(starts) if start)


def place_cells(cells: Sequence[FreeCell], day: date, zone: ZoneInfo) -> tuple[Placed[FreeCell], ...]:
    """Cells where the wall clock puts them. Only in the hour that a clock change repeats do they stand side by side."""
    return _in_lanes(cells, DayClock(day, zone).spans(cells))


def _regions(timeslots: Sequence[Timeslot], clock: DayClock) -> tuple[FreeRegion, ...]:
    """What the cells of a column cover, in order, with touching cells merged."""
    ends: dict[int, int] = {}
    for top, bottom in clock.spans(timeslots):
        if bottom > ends.get(top, -1):
            ends[top] = bottom
    regions: list[FreeRegion] = []
    starts: list[int] = []
    reached = -1
    for top in sorted(ends):
        if starts and top > reached:
            regions.append(FreeRegion(starts[0], reached, tuple(starts)))
            starts = []
        starts.append(top)
        reached = ends[top]  # not beyond: time after a shorter last start belongs to no cell
    if starts:
        regions.append(FreeRegion(starts[0], reached, tuple(starts)))
    return tuple(regions)


def assign_lanes(spans: Sequence[MinuteSpan]) -> tuple[Lane, ...]:
    """A lane for each span, in the order given. Spans that share a minute never share a lane."""
    found: list[Lane] = [WHOLE_LANE] * len(spans)
    for block in _blocks(spans):
        if len(block) > 1:
            for index, lane in _lanes_of_block(block, spans):
                found[index] = lane
    return tuple(found)


def _placed(appointments: Sequence[OwnAppointment], clock: DayClock) -> tuple[Placed[OwnAppointment], ...]:
    ordered = sorted(appointments, key=_start_and_key)
    return _in_lanes(ordered, clock.spans([a.timeslot for a in ordered]))


def _told_if_over_free(
    appointments: tuple[Placed[OwnAppointment], ...], regions: tuple[FreeRegion, ...]
) -> tuple[Placed[OwnAppointment], ...]:
    """Such as an appointment that the EHR has room for more of, or one that was taken out of the EHR by hand."""
    bottoms = [region.bottom for region in regions]

    def over_free(placed: Placed[OwnAppointment]) -> bool:
        nearest = bisect_right(bottoms, placed.top)
        return nearest < len(regions) and regions[nearest].top < placed.bottom

    if not any(map(over_free, appointments)):
        return appointments
    return tuple(p._replace(lane=replace(p.lane, over_free=True)) if over_free(p) else p for p in appointments)


def _in_lanes(things: Sequence[T], spans: Sequence[MinuteSpan]) -> tuple[Placed[T], ...]:
    if all(above[1] <= below[0] for above, below in pairwise(spans)):  # nearly always, and much quicker
        return tuple(Placed(thing, top, bottom) for thing, (top, bottom) in zip(things, spans, strict=True))
    return tuple(
        Placed(thing, *span, lane=lane) for thing, span, lane in zip(things, spans, assign_lanes(spans), strict=True)
    )


def _blocks(spans: Sequence[MinuteSpan]) -> list[list[int]]:
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


def _lanes_of_block(block: list[int], spans: Sequence[MinuteSpan]) -> list[tuple[int, Lane]]:
    taken: list[list[int]] = []
    first_lane: dict[int, int] = {}
    for index in block:
        lane = next((n for n, members in enumerate(taken) if spans[members[-1]][1] <= spans[index][0]), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(index)
        first_lane[index] = lane
    return [(index, Lane(n, _free_width(index, n, taken, spans), len(taken))) for index, n in first_lane.items()]


def _free_width(index: int, lane: int, taken: list[list[int]], spans: Sequence[MinuteSpan]) -> int:
    width = 1
    for members in taken[lane + 1 :]:
        if any(_overlap(spans[index], spans[member]) for member in members):
            break
        width += 1
    return width


def _overlap(one: MinuteSpan, other: MinuteSpan) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cell(options: list[Timeslot], following: datetime | None) -> FreeCell:
    if len(options) > 1:
        options.sort(key=_option_order)
    end = options[-1].end
    if following is not None and following < end:
        end = following
    return FreeCell(options[0].start, end, options[0].resource_id, tuple(options))


def _option_order(slot: Timeslot) -> tuple[datetime, str]:
    return slot.end.astimezone(UTC), slot.healthcare_service_id


def _walking_order(item: Item) -> tuple[datetime, bool, int]:
    return item.what.start.astimezone(UTC), isinstance(item.what, FreeCell), item.lane.index

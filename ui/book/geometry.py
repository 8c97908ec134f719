"""Pixels of the book: where columns and minutes lie, where what is dragged would land, and what drawing starts from."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import MINUTES_A_DAY
from receptionapp.domain.layout import WHOLE_LANE, FreeCell, Item, Lane
from ui.book import texts
from ui.book.contents import Contents, Place
from ui.book.style import BookStyle
from ui.words.formatting import clock_time

PADDING = 8  # pixels above the first and below the last hour, so that their labels are whole
_MARGIN = 3  # pixels between a column's edge and what lies in it
_BESIDE = 8  # pixels of free time left bare beside an appointment that lies over it, to be seen and clicked
_GHOST_PART = 0.34  # of a column's width
_LEAST_HEIGHT = 3


class Geometry:
    """Columns of equal width, hours of equal height. All lengths in device-independent pixels."""

    def __init__(self, count: int, width: int, first_hour: int, last_hour: int, pixels_per_minute: float) -> None:
        self.count = count
        self.width = width
        self.first_hour = first_hour
        self.last_hour = last_hour
        self.pixels_per_minute = pixels_per_minute
        self.height = 2 * PADDING + round((last_hour - first_hour) * 60 * pixels_per_minute)
        self._heights = _heights(first_hour, pixels_per_minute)
        self._lefts = [n * width // count for n in range(count + 1)] if count else [0]

    def left(self, index: int) -> int:
        """The left edge of a column; that of the one after the last is the whole width."""
        return self._lefts[index]

    def y(self, minute: int) -> int:
        """The height at which a wall-clock minute (0 to 1440) lies."""
        return self._heights[minute]

    def y_exact(self, minute: float) -> int:
        """Likewise for a part of a minute, or one outside of the day: where `minute` leads back to."""
        return PADDING + round((minute - self.first_hour * 60) * self.pixels_per_minute)

    def minute(self, y: float) -> float:
        """The wall-clock minute at a height."""
        return self.first_hour * 60 + (y - PADDING) / self.pixels_per_minute

    def column_at(self, x: float) -> int | None:
        if not self.count or not 0 <= x < self.width:
            return None
        index = int(x * self.count // self.width)
        return index if x < self._lefts[index + 1] else index + 1

    def columns_between(self, left: int, right: int) -> range:
        """The columns of which something lies between two distances from the left."""
        if not self.count or right < 0 or left >= self.width:
            return range(0)
        first = self.column_at(max(left, 0)) or 0
        last = self.column_at(min(right, self.width - 1))
        return range(first, (self.count - 1 if last is None else last) + 1)

    def column_rect(self, index: int) -> QRect:
        left = self._lefts[index]
        return QRect(left, 0, self._lefts[index + 1] - left, self.height)

    def item_rect(self, index: int, item: Item) -> QRect:
        """Where anything that can be chosen lies."""
        if isinstance(item.what, FreeCell):
            return self.free_rect(index, item.top, item.bottom, item.lane)
        if item.what.standing.takes_time:
            return self.appointment_rect(index, item.top, item.bottom, item.lane)
        return self.cancelled_rect(index, item.top, item.bottom, item.lane)

    def free_rect(self, index: int, top: int, bottom: int, lane: Lane) -> QRect:
        """Where free time lies: nearly the whole column."""
        return self._rect(self._lefts[index] + _MARGIN, self._lefts[index + 1] - _MARGIN, top, bottom, lane)

    def appointment_rect(self, index: int, top: int, bottom: int, lane: Lane) -> QRect:
        """Where an appointment lies: as free time, but for a strip of it that stays in sight where both are."""
        right = self._lefts[index + 1] - (_BESIDE if lane.over_free else _MARGIN)
        return self._rect(self._lefts[index] + _MARGIN, right, top, bottom, lane)

    def horizontal_extent(self, index: int) -> tuple[int, int]:
        """The left edge and the width of what lies in a column and nothing overlaps."""
        left = self._lefts[index] + _MARGIN
        return left, self._lefts[index + 1] - _MARGIN - left

    def vertical_extent(self, top: int, bottom: int) -> tuple[int, int]:
        """The upper edge and the height of what lasts from one wall minute to another."""
        y = self._heights[top]
        height = self._heights[bottom] - y - 1
        return y, height if height > _LEAST_HEIGHT else _LEAST_HEIGHT

    def cancelled_rect(self, index: int, top: int, bottom: int, lane: Lane) -> QRect:
        """Where a cancelled appointment lies: slim, at the right, over time that may be free again."""
        right = self._lefts[index + 1] - _MARGIN - 1
        return self._rect(right - self.cancelled_width(index), right, top, bottom, lane)

    def cancelled_width(self, index: int) -> int:
        return round((self._lefts[index + 1] - self._lefts[index] - _MARGIN - 1) * _GHOST_PART)

    def _rect(self, left: int, right: int, top: int, bottom: int, lane: Lane) -> QRect:
        y, height = self.vertical_extent(top, bottom)
        if lane.count == 1:
            return QRect(left, y, right - left, height)
        span, after = right - left, lane.index + lane.width
        x = left + span * lane.index // lane.count
        end = left + span * after // lane.count - (2 if after < lane.count else 0)
        return QRect(x, y, max(end - x, 4), height)


@lru_cache(maxsize=4)  # the width changes more often than these
def _heights(first_hour: int, pixels_per_minute: float) -> tuple[int, ...]:
    """That of every minute of the day: a page asks for thousands."""
    first = first_hour * 60
    return tuple(PADDING + round((minute - first) * pixels_per_minute) for minute in range(MINUTES_A_DAY + 1))


_STEP = 5  # minutes that a refused landing moves by


@dataclass(frozen=True, slots=True)
class DropTarget:
    """`rect` is of the whole, unscrolled calendar; `words` are its start, or why it is refused; `cell` is None then."""

    rect: QRect
    words: str
    cell: FreeCell | None


def find_drop_target(
    contents: Contents, geometry: Geometry, point: QPoint, own: OwnAppointment, held: int
) -> DropTarget | None:
    """What letting go at `point` would mean; `held` is how far below its start the appointment is held, minutes."""
    index = geometry.column_at(point.x())
    if index is None:
        return None
    minute = int(geometry.minute(point.y()))
    length = int((own.end - own.start).total_seconds()) // 60
    cell = next((placed for placed in contents.layout(index).cells if placed.top <= minute < placed.bottom), None)
    if cell is not None:
        service = own.timeslot.healthcare_service_id
        option = next((slot for slot in cell.what.options if slot.healthcare_service_id == service), None)
        if option is not None:
            bottom = min(cell.top + int(option.length.total_seconds()) // 60, MINUTES_A_DAY)
            rect = geometry.free_rect(index, cell.top, bottom, WHOLE_LANE)
            return DropTarget(rect, clock_time(cell.what.start, contents.page.zone), cell.what)
    top = min(max((minute - held) // _STEP * _STEP, 0), MINUTES_A_DAY - 1)
    bottom = min(top + length, MINUTES_A_DAY)
    return DropTarget(
        geometry.free_rect(index, top, bottom, WHOLE_LANE), _why_not(contents, index, minute, cell is None), None
    )


def _why_not(contents: Contents, index: int, minute: int, offered_to_none: bool) -> str:
    if not offered_to_none:
        return texts.other_service_text()
    layout = contents.layout(index)
    if any(placed.top <= minute < placed.bottom for placed in layout.appointments):
        return texts.taken_text()
    return texts.not_loaded_text() if layout.column.timeslots is None else texts.not_offered_text()


@dataclass(slots=True)
class Scene:
    """`left` and `top` say how far the calendar is scrolled, in pixels; `now_minute` is wall minutes on `today`."""

    style: BookStyle
    contents: Contents | None = None
    geometry: Geometry | None = None
    today: date | None = None
    now_minute: int | None = None
    left: int = 0
    top: int = 0
    chosen: Place | None = None
    hover: Place | None = None
    cursor: Place | None = None  # where the keyboard's ring is seen, if it is
    drop_target: DropTarget | None = None  # where what is dragged would land
    dragged_from: Place | None = None
    highlights: tuple[Place, ...] = ()  # what changed elsewhere a moment ago
    highlight_strength: float = 0.0  # 1 to 0
    by_status: bool = False  # colours tell how appointments stand, not their service

"""Pixels of the book: where columns and wall-clock minutes lie in the whole, unscrolled calendar."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

from receptionapp.domain.layout import Item, Lane
from receptionapp.domain.page import FreeCell

PADDING = 8  # pixels above the first and below the last hour, so that their labels are whole
BESIDE = 10  # pixels of ground left free at the right of appointments, where the ground can still be seen and clicked
GHOST_PART = 0.34  # of a column's width


@dataclass(frozen=True, slots=True)
class Geometry:
    """Columns of equal width, hours of equal height. All lengths in device-independent pixels."""

    count: int
    width: int
    first_hour: int
    last_hour: int
    pixels_per_minute: float

    @property
    def height(self) -> int:
        return 2 * PADDING + round((self.last_hour - self.first_hour) * 60 * self.pixels_per_minute)

    def left(self, index: int) -> int:
        """The left edge of a column; that of the one after the last is the whole width."""
        return index * self.width // self.count if self.count else 0

    def y(self, minute: float) -> int:
        """The height at which a wall-clock minute lies."""
        return PADDING + round((minute - self.first_hour * 60) * self.pixels_per_minute)

    def minute(self, y: float) -> float:
        """The wall-clock minute at a height."""
        return self.first_hour * 60 + (y - PADDING) / self.pixels_per_minute

    def column_at(self, x: float) -> int | None:
        if not self.count or not 0 <= x < self.width:
            return None
        index = int(x * self.count // self.width)
        return index if x < self.left(index + 1) else index + 1

    def columns_between(self, left: int, right: int) -> range:
        """The columns of which something lies between two heights."""
        if not self.count or right < 0 or left >= self.width:
            return range(0)
        first = self.column_at(max(left, 0)) or 0
        last = self.column_at(min(right, self.width - 1))
        return range(first, (self.count - 1 if last is None else last) + 1)

    def column_rect(self, index: int) -> QRect:
        left = self.left(index)
        return QRect(left, 0, self.left(index + 1) - left, self.height)

    def item_rect(self, index: int, item: Item) -> QRect:
        """Where anything that can be chosen lies."""
        place = (index, item.top, item.bottom, item.lane)
        if isinstance(item.what, FreeCell):
            return self.cell_rect(*place)
        return self.appointment_rect(*place) if item.what.standing.takes_time else self.ghost_rect(*place)

    def cell_rect(self, index: int, top: int, bottom: int, lane: Lane) -> QRect:
        """Where free time lies: nearly the whole column."""
        return self._rect(self.left(index) + 3, self.left(index + 1) - 3, top, bottom, lane)

    def appointment_rect(self, index: int, top: int, bottom: int, lane: Lane) -> QRect:
        """Where an appointment lies: a strip of ground stays in sight beside it."""
        return self._rect(self.left(index) + 3, self.left(index + 1) - BESIDE, top, bottom, lane)

    def ghost_rect(self, index: int, top: int, bottom: int, lane: Lane) -> QRect:
        """Where a cancelled appointment lies: slim, at the right, over time that may be free again."""
        right = self.left(index + 1) - 4
        return self._rect(right - round((right - self.left(index)) * GHOST_PART), right, top, bottom, lane)

    def _rect(self, left: int, right: int, top: int, bottom: int, lane: Lane) -> QRect:
        span = right - left
        x = left + span * lane.index // lane.count
        end = left + span * (lane.index + lane.width) // lane.count - (2 if lane.index + lane.width < lane.count else 0)
        y = self.y(top)
        return QRect(x, y, max(end - x, 4), max(self.y(bottom) - y - 1, 3))

"""Where the keyboard's cursor goes next: along a column by time, across columns to the nearest time."""

from datetime import UTC
from enum import Enum, auto

from receptionapp.domain.clinic_time import wall_minutes
from receptionapp.domain.layout import Item
from ui.book.contents import Contents, Place, place_of


class CursorStep(Enum):
    """A movement of the cursor."""

    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    FIRST = auto()  # of the column
    LAST = auto()
    FIRST_OF_ALL = auto()
    LAST_OF_ALL = auto()


def next_place(contents: Contents, place: Place | None, step: CursorStep, now_minute: int | None) -> Place | None:
    """The place one `step` from `place` (from nothing: `now_minute`, or the top), or None where there is nothing at
    all."""
    if step is CursorStep.FIRST_OF_ALL or step is CursorStep.LAST_OF_ALL:
        return _outermost(contents, last=step is CursorStep.LAST_OF_ALL)
    index = _column_of(contents, place)
    if place is None or index is None:
        return _entered(contents, index or 0, _minute_of(contents, place, now_minute))
    match step:
        case CursorStep.FIRST | CursorStep.LAST:
            return _end_of_column(contents, index, last=step is CursorStep.LAST) or place
        case CursorStep.UP | CursorStep.DOWN:
            return _along(contents, index, place, 1 if step is CursorStep.DOWN else -1)
        case _:
            return _across(contents, index, place, 1 if step is CursorStep.RIGHT else -1)


def first_place(contents: Contents, now_minute: int | None) -> Place | None:
    """Where a cursor that is nowhere yet begins."""
    return _entered(contents, 0, now_minute if now_minute is not None else 0)


def _column_of(contents: Contents, place: Place | None) -> int | None:
    if place is None:
        return None
    return contents.column_index(place.day, place.resource_id)


def _minute_of(contents: Contents, place: Place | None, now_minute: int | None) -> int:
    if place is not None:  # its day is not shown: stay at its time of day
        return wall_minutes(place.start, place.start.astimezone(contents.page.zone).date(), contents.page.zone)
    return now_minute if now_minute is not None else 0


def _entered(contents: Contents, index: int, minute: int) -> Place | None:
    for column in (*range(index, len(contents.columns)), *range(index)):
        found = _nearest(contents.items(column), minute)
        if found is not None:
            return place_of(contents.columns[column], found)
    return None


def _along(contents: Contents, index: int, place: Place, way: int) -> Place:
    items = contents.items(index)
    here = contents.find(place)
    if here is not None:
        position = items.index(here[1]) + way
    else:  # what was here is gone: go on from its time
        earlier = sum(1 for item in items if item.what.start.astimezone(UTC) < place.start)
        position = earlier if way > 0 else earlier - 1
    if 0 <= position < len(items):
        return place_of(contents.columns[index], items[position])
    return place


def _across(contents: Contents, index: int, place: Place, way: int) -> Place:
    minute = wall_minutes(place.start, place.day, contents.page.zone)
    column = index + way
    while 0 <= column < len(contents.columns):
        found = _nearest(contents.items(column), minute)
        if found is not None:
            return place_of(contents.columns[column], found)
        column += way
    return place


def _end_of_column(contents: Contents, index: int, *, last: bool) -> Place | None:
    items = contents.items(index)
    return place_of(contents.columns[index], items[-1 if last else 0]) if items else None


def _outermost(contents: Contents, *, last: bool) -> Place | None:
    columns = range(len(contents.columns))
    for index in reversed(columns) if last else columns:
        place = _end_of_column(contents, index, last=last)
        if place is not None:
            return place
    return None


def _nearest(items: tuple[Item, ...], minute: int) -> Item | None:
    return min(items, key=lambda item: abs(item.top - minute), default=None)

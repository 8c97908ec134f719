"""A day as rows of times: what begins when, gathered where the same can be booked, and wrapped to a width."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from receptionapp.domain.frame import Frame, open_columns
from receptionapp.domain.layout import FreeCell, Item, Page
from receptionapp.domain.week_counts import count_day


@dataclass(frozen=True, slots=True)
class Run:
    """Free starts one after another at which the same services can be booked; or one appointment, of no service."""

    service_ids: tuple[str, ...]
    items: tuple[Item, ...]


def runs_of(items: Sequence[Item]) -> tuple[Run, ...]:
    """Every item once, in the order it is walked through."""
    runs: list[Run] = []
    for service_ids, together in groupby(items, key=_service_ids):
        if service_ids:
            runs.append(Run(service_ids, tuple(together)))
        else:
            runs += [Run((), (item,)) for item in together]
    return tuple(runs)


SPARSE_BELOW = 0.25


def is_sparse(page: Page, frame: Frame) -> bool:
    """Whether less than a quarter of the grid that `frame` leaves can be booked. A page with nothing in it is not."""
    columns = open_columns(page, frame)
    minutes = sum(count_day(column).free_minutes for column in columns)
    area = len(columns) * (frame.last_hour - frame.first_hour) * 60
    return 0 < minutes < SPARSE_BELOW * area


class Spot(NamedTuple):
    """Which line a piece is on, and how far from its left edge."""

    line: int
    x: int


def wrap(widths: Sequence[int], room: int, gap: int, with_next: Sequence[bool] = ()) -> tuple[Spot, ...]:
    """Where pieces stand that follow each other in lines of `room`, `gap` apart. What is wider has a line to itself.
    A piece of `with_next` begins no line's end where the one after it can stand beside it."""
    spots: list[Spot] = []
    line = x = 0
    for number, width in enumerate(widths):
        needed = width
        if number < len(with_next) and with_next[number] and number + 1 < len(widths):
            both = width + gap + widths[number + 1]
            needed = both if both <= room else width
        if x and x + needed > room:
            line, x = line + 1, 0
        spots.append(Spot(line, x))
        x += width + gap
    return tuple(spots)


def _service_ids(item: Item) -> tuple[str, ...]:
    if not isinstance(item.what, FreeCell):
        return ()
    return tuple(sorted({option.healthcare_service_id for option in item.what.options}))

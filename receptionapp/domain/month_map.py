"""The days of a month by how much is free on each, as far as it is loaded."""

from collections.abc import Mapping
from datetime import date, timedelta

HEAVIEST = 3


def month_days(year: int, month: int) -> tuple[date, ...]:
    """All days that a page of that month shows: six weeks, from the Monday before its first day on."""
    first = date(year, month, 1)
    monday = first - timedelta(days=first.weekday() or 7)
    return tuple(monday + timedelta(days=n) for n in range(42))


def weigh_days(free: Mapping[date, int | None]) -> dict[date, int | None]:
    """Free starts by day turned into 0 (none) to 3 (more than two thirds of the fullest day's); None stays unknown."""
    most = max((count for count in free.values() if count), default=0)
    return {day: _weight(count, most) for day, count in free.items()}


def _weight(count: int | None, most: int) -> int | None:
    return count and -(-count * HEAVIEST // most)

"""Norwegian public holidays. Computed here: the `holidays` package would cost a sixth of a second at start."""

from datetime import date, timedelta
from functools import cache

_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
_DAYS_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)  # Maundy Thursday to Whit Monday


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The twelve public holidays of `year` (fewer dates when two coincide)."""
    easter = _easter_sunday(year)
    movable = (easter + timedelta(days=days) for days in _DAYS_FROM_EASTER)
    return frozenset((*(date(year, month, day) for month, day in _FIXED), *movable))


def _easter_sunday(year: int) -> date:
    """The Gregorian Easter Sunday, by the anonymous algorithm of 1876 (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, year_of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leaps, leap_rest = divmod(year_of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)

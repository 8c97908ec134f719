"""Norway's public holidays, computed.

Lov om 1. og 17. mai, lov om helligdager og helligdagsfred § 2. Sundays that are not holidays by name are left out.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class Holiday(StrEnum):
    """Stable keys: the screen has the words."""

    NEW_YEARS_DAY = "new_years_day"
    MAUNDY_THURSDAY = "maundy_thursday"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    LABOUR_DAY = "labour_day"
    CONSTITUTION_DAY = "constitution_day"
    ASCENSION_DAY = "ascension_day"
    WHIT_SUNDAY = "whit_sunday"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"


_FIXED = {
    Holiday.NEW_YEARS_DAY: (1, 1),
    Holiday.LABOUR_DAY: (5, 1),
    Holiday.CONSTITUTION_DAY: (5, 17),
    Holiday.CHRISTMAS_DAY: (12, 25),
    Holiday.BOXING_DAY: (12, 26),
}
_DAYS_AFTER_EASTER = {
    Holiday.MAUNDY_THURSDAY: -3,
    Holiday.GOOD_FRIDAY: -2,
    Holiday.EASTER_SUNDAY: 0,
    Holiday.EASTER_MONDAY: 1,
    Holiday.ASCENSION_DAY: 39,
    Holiday.WHIT_SUNDAY: 49,
    Holiday.WHIT_MONDAY: 50,
}


@lru_cache(maxsize=16)
def public_holidays(year: int) -> Mapping[date, tuple[Holiday, ...]]:
    """The holidays of a year by date, in order. A date can have two: Ascension Day was 1 May in 2008."""
    easter = easter_sunday(year)
    dates = {holiday: date(year, month, day) for holiday, (month, day) in _FIXED.items()}
    dates |= {holiday: easter + timedelta(days=days) for holiday, days in _DAYS_AFTER_EASTER.items()}
    return MappingProxyType(
        {day: tuple(holiday for holiday in Holiday if dates[holiday] == day) for day in sorted(set(dates.values()))}
    )


def easter_sunday(year: int) -> date:
    """Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon_correction + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)

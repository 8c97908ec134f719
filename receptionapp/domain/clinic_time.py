"""Time as the clinic's wall clock and calendar show it, with Norway's public holidays. Nothing here adds hours to a
zoned datetime: sums are made in UTC.

Lov om 1. og 17. mai, lov om helligdager og helligdagsfred § 2. Sundays that are not holidays by name are left out.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Protocol
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60


def clinic_day(instant: datetime, zone: ZoneInfo) -> date:
    """The clinic's date at an aware instant."""
    return instant.astimezone(zone).date()


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a clinic day and of the next, in UTC: 23, 24 or 25 hours apart."""
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def clinic_days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """The clinic's dates of a time, `end` excluded: two where it goes over midnight."""
    first, last = clinic_day(start, zone), clinic_day(max(start, end - timedelta(microseconds=1)), zone)
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def repetition(instant: datetime, zone: ZoneInfo) -> int:
    """1 or 2 in the hour that the clock shows twice when it is set back, the first or the second time; else 0."""
    local = instant.astimezone(zone)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return 0
    return local.fold + 1


def week_days(day: date) -> tuple[date, ...]:
    """The seven days of the week that `day` is in, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))


def iso_week(day: date) -> int:
    """The week number of ISO 8601, as printed in Norwegian calendars."""
    return day.isocalendar().week


class HasStartAndEnd(Protocol):
    """Anything with a beginning and an end."""

    @property
    def start(self) -> datetime: ...

    @property
    def end(self) -> datetime: ...


class DayClock:
    """The wall clock of one clinic day. On a day without a clock change it only subtracts: pages hold thousands."""

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        self.day = day
        self.zone = zone
        self._midnight, following = day_bounds(day, zone)
        self.changes = following - self._midnight != timedelta(days=1)

    def minutes(self, instant: datetime) -> int:
        """Whole minutes from the day's midnight, as `wall_minutes` counts them."""
        since = instant - self._midnight
        if self.changes or since.days:
            return wall_minutes(instant, self.day, self.zone)
        return since.seconds // 60

    def spans(self, things: Sequence[HasStartAndEnd]) -> list[tuple[int, int]]:
        """`span` of each thing, quickly: datetimes that share their zone are subtracted without asking it."""
        if self.changes or not things:
            return [self.span(thing.start, thing.end) for thing in things]
        midnight = self._midnight_in(things[0].start)
        found: list[tuple[int, int]] = []
        for thing in things:
            since, until = thing.start - midnight, thing.end - midnight
            top, bottom = since.seconds // 60, until.seconds // 60
            if since.days or until.days or bottom <= top:
                top, bottom = self.span(thing.start, thing.end)
            found.append((top, bottom))
        return found

    def _midnight_in(self, instant: datetime) -> datetime:
        """Midnight with the offset of `instant`; only where that offset holds for the whole day."""
        zone = instant.tzinfo
        return self._midnight.astimezone(zone) if zone is self.zone or isinstance(zone, timezone) else self._midnight

    def span(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Wall minutes from `start` to `end` within the day, at least one apart; the true length where the clock goes
        back."""
        top = self.minutes(start)
        bottom = self.minutes(end)
        if bottom <= top:
            bottom = top + int((end - start).total_seconds()) // 60
        if top < 0 or bottom > MINUTES_A_DAY or bottom <= top:
            top = min(max(top, 0), MINUTES_A_DAY - 1)
            bottom = max(min(bottom, MINUTES_A_DAY), top + 1)
        return top, bottom


def wall_minutes(instant: datetime, day: date, zone: ZoneInfo) -> int:
    """Whole minutes on the clinic's wall clock from midnight of `day`: negative before it, 1440 and up after it."""
    local = instant.astimezone(zone)
    minutes = local.hour * 60 + local.minute
    if local.day == day.day and local.month == day.month and local.year == day.year:
        return minutes
    return minutes + (local.date() - day).days * MINUTES_A_DAY


@cache
def clock_text(minutes: int) -> str:
    """Wall minutes as a 24-hour clock shows them. The end of the day is 24:00, the day after begins anew."""
    if minutes == MINUTES_A_DAY:
        return "24:00"
    hours, minutes = divmod(minutes % MINUTES_A_DAY, 60)
    return f"{hours:02}:{minutes:02}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


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

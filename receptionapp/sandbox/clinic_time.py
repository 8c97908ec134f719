"""Time as the clinic's wall clock and the wire show it. Inside the sandbox every time is aware and in UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

CLINIC_ZONE = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The time from `start` (included) to `end` (excluded), both in UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def instant(day: date, minutes: int) -> datetime:
    """When the clinic's clock shows `minutes` past midnight of `day`, in UTC. 1440 is the next midnight.

    A time that the clock skips in spring is read as the moment the clock jumps; one that it shows twice in autumn,
    as the first.
    """
    day += timedelta(days=minutes // 1440)
    hours, minute = divmod(minutes % 1440, 60)
    return datetime(day.year, day.month, day.day, hours, minute, tzinfo=CLINIC_ZONE).astimezone(UTC)


def clinic_date(moment: datetime) -> date:
    """The date on the clinic's wall at `moment`."""
    return moment.astimezone(CLINIC_ZONE).date()


def clinic_dates(start: datetime, end: datetime) -> Iterator[date]:
    """Every clinic date that `start` to `end` touches, in order."""
    day, last = clinic_date(start), clinic_date(end)
    while day <= last:
        yield day
        day += timedelta(days=1)


def written(moment: datetime, time_format: Literal["offset", "utc", "microseconds"]) -> str:
    """`moment` as Leyr sends it (DOC 1.3: ISO 8601; which zone it is in is unknown, hence the format)."""
    if time_format == "utc":
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    timespec = "microseconds" if time_format == "microseconds" else "auto"
    return moment.astimezone(CLINIC_ZONE).isoformat(timespec=timespec)


def is_in_the_calendar(day: date) -> bool:
    """Whether the sandbox keeps a calendar for `day`: far from where dates of Python end."""
    return 2000 <= day.year < 2200

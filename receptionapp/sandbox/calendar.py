"""Clinic time, public holidays, and from working hours to free timeslots. Nothing is stored slot by slot."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from receptionapp.sandbox.clinic import HealthcareService, Resource

CLINIC_ZONE = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The time from `start` (included) to `end` (excluded), both in UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def instant(day: date, minutes: int) -> datetime:
    """When the clinic's clock shows `minutes` past midnight of `day`, in UTC; one shown twice in autumn is the
    first."""
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


@dataclass(frozen=True, slots=True)
class Timeslot:
    """A free time of one resource for one service (`leyr-api.md` 3.5)."""

    span: Span
    resource_id: str
    healthcare_service_id: str


@lru_cache(maxsize=1024)
def working_spans(resource: Resource, day: date) -> tuple[Span, ...]:
    """When `resource` works on `day`, in order and apart from each other; empty on its days off and on holidays."""
    if day in public_holidays(day.year) and not resource.open_on_holidays:
        return ()
    return tuple(Span(instant(day, start), instant(day, end)) for start, end in resource.week[day.weekday()])


def free_timeslots(
    resource: Resource, services: Collection[HealthcareService], day: date, taken: Iterable[Span]
) -> Iterator[Timeslot]:
    """Every timeslot of `services` in the working time of `day` between what is `taken`, on the resource's own steps
    (INF 3.5)."""
    taken = sorted(taken)
    offered = [service for service in resource.services if service in services]
    for working in working_spans(resource, day):
        for gap in _gaps(working, taken):
            for service in offered:
                for span in _fitting(gap, service, working.start, resource):
                    yield Timeslot(span, resource.id, service.id)


def _gaps(working: Span, taken: Iterable[Span]) -> Iterator[Span]:
    free_from = working.start
    for span in taken:
        if not span.overlaps(working):
            continue
        if span.start > free_from:
            yield Span(free_from, span.start)
        free_from = max(free_from, span.end)
    if free_from < working.end:
        yield Span(free_from, working.end)


def _fitting(gap: Span, service: HealthcareService, first_step: datetime, resource: Resource) -> Iterator[Span]:
    steps_before = -((first_step - gap.start) // resource.step)
    start = first_step + steps_before * resource.step
    while (end := start + service.length) <= gap.end:
        yield Span(start, end)
        start += resource.step


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

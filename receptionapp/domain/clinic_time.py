"""Time as the clinic's wall clock shows it. Nothing here adds hours to a zoned datetime: sums are made in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60


def clinic_day(instant: datetime, zone: ZoneInfo) -> date:
    """The clinic's date at an aware instant."""
    return instant.astimezone(zone).date()


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a clinic day and of the next, in UTC: 23, 24 or 25 hours apart."""
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def week_days(day: date) -> tuple[date, ...]:
    """The seven days of the week that `day` is in, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))


def iso_week(day: date) -> int:
    """The week number of ISO 8601, as printed in Norwegian calendars."""
    return day.isocalendar().week


def wall_minutes(instant: datetime, day: date, zone: ZoneInfo) -> int:
    """Whole minutes on the clinic's wall clock from midnight of `day`: negative before it, 1440 and up after it.

    On the night the clock is set back, two instants an hour apart have the same wall minutes.
    """
    local = instant.astimezone(zone)
    minutes = local.hour * 60 + local.minute
    if local.day == day.day and local.month == day.month and local.year == day.year:
        return minutes
    return minutes + (local.date() - day).days * MINUTES_A_DAY


def clock_text(minutes: int) -> str:
    """Wall minutes as a 24-hour clock shows them. The end of the day is 24:00, the day after begins anew."""
    if minutes == MINUTES_A_DAY:
        return "24:00"
    hours, minutes = divmod(minutes % MINUTES_A_DAY, 60)
    return f"{hours:02}:{minutes:02}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)

"""A day as it is said at a desk, in bokmål or English: "tirsdag", "uke 50", "3 mars", "om 6 uker", "24.12.2026"."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from receptionapp.domain.pasted_text import clean_text

YEARS_AWAY = 5  # a date further off is somebody's birth date, not a day of the book


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """`week` when a whole week was named; `day` is its Monday then. `short` when a name was only begun ("tor")."""

    day: date
    week: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """A date that does not exist, such as 29.2.2027, as it was said. `short` when it may be something else ("0332")."""

    said: str = field(repr=False)
    short: bool = False


_WEEKDAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "lordag", "saturday"),
    ("søndag", "sondag", "sunday"),
)
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)
_NEAR_DAYS = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "overmorgen": 2,
    "day after tomorrow": 2,
    "i går": -1,
    "igår": -1,
    "yesterday": -1,
}
_NEAR_WEEKS = {"denne uka": 0, "denne uken": 0, "this week": 0, "neste uke": 1, "next week": 1}
_NEAR_WEEKS |= {"forrige uke": -1, "last week": -1}
_NEAR_MONTHS = {"denne måneden": 0, "this month": 0, "neste måned": 1, "next month": 1, "forrige måned": -1}
_NEAR_MONTHS |= {"last month": -1}
_LEAST_LETTERS = 3  # of a weekday or month that is only begun
_YEAR = r"(?:[ ./-]+(?P<year>[0-9]{4}|[0-9]{2}))?"


def parse_date_phrase(text: str, today: date) -> DatePhrase | NoSuchDay | None:
    """The day or week that is meant, seen from `today`, a date that is named and does not exist, or None.

    Without a year it is the next such day, `today` included for a date, not for a weekday. "Next Friday" is next
    week's. A number alone is a day of the month, and a month is its first day.
    """
    said = " ".join(clean_text(text).casefold().replace(",", " ").split()).strip(" .")
    if len(said) > 30:
        return None
    said = re.sub(r"^(?:den |the )?(?:første|first) (?:of )?", "1 ", said)
    for reading in (_near, _weekday, _week, _ahead, _numbers, _month_name, _month):
        found = reading(said, today)
        if isinstance(found, NoSuchDay):
            return replace(found, said=text.strip())
        if found is not None:
            return found if abs(found.day.year - today.year) <= YEARS_AWAY else None
    return None


def weekday_number(word: str) -> int | None:
    """The ISO number of a weekday, Monday 1, by its name, its beginning ("tor") or its plural ("Fridays")."""
    for number, names in enumerate(_WEEKDAYS, start=1):
        if _begins_one(word, names) or any(word in (f"{name}s", f"{name}er", f"{name}ene") for name in names):
            return number
    return None


def _near(said: str, today: date) -> DatePhrase | None:
    if said in _NEAR_DAYS:
        return DatePhrase(today + timedelta(days=_NEAR_DAYS[said]))
    if said in _NEAR_WEEKS:
        return DatePhrase(_monday(today) + timedelta(weeks=_NEAR_WEEKS[said]), week=True)
    if said in _NEAR_MONTHS:
        return DatePhrase(_months_on(today.replace(day=1), _NEAR_MONTHS[said]))
    return None


def _weekday(said: str, today: date) -> DatePhrase | NoSuchDay | None:
    name, _, rest = said.removeprefix("på ").removeprefix("on ").partition(" ")
    of_week = (number := weekday_number(name)) and re.sub(r"^(?:i|in|of) ", "", rest)
    week = (_near(of_week, today) or _week(of_week, today)) if of_week else None
    if number and isinstance(week, DatePhrase) and week.week:
        return DatePhrase(week.day + timedelta(days=number - 1))
    if isinstance(week, NoSuchDay):
        return week
    match = re.fullmatch(r"(?:på |on )?(?P<next>neste |next )?(?P<name>[a-zæøå]+)\.?", said)
    number = weekday_number(match["name"]) if match else None
    if match is None or number is None:
        return None
    short = not any(match["name"] in names for names in _WEEKDAYS)
    if match["next"]:
        return DatePhrase(_monday(today) + timedelta(days=6 + number), short=short)
    return DatePhrase(today + timedelta(days=(number - today.isoweekday() - 1) % 7 + 1), short=short)


def _week(said: str, today: date) -> DatePhrase | NoSuchDay | None:
    match = re.fullmatch(rf"(?:uke|week|u|w) ?(?P<week>[0-9]{{1,2}}){_YEAR}", said)
    if match is None:
        return None
    week = int(match["week"])
    if match["year"]:
        monday = _made(date.fromisocalendar, _full_year(match["year"]), week, 1)
        return DatePhrase(monday, week=True) if monday else NoSuchDay(said)
    mondays = (_made(date.fromisocalendar, today.year + n, week, 1) for n in (-1, 0, 1))
    coming = next((monday for monday in mondays if monday and monday >= _monday(today)), None)
    return DatePhrase(coming, week=True) if coming else NoSuchDay(said)


def _ahead(said: str, today: date) -> DatePhrase | None:
    match = re.fullmatch(
        r"(?:om|in) (?P<count>[0-9]{1,3}|en|ei|et|a|one) "
        r"(?:(?P<days>dag|dager|days?)|(?P<weeks>uke|uker|weeks?)|(?P<months>måned|måneder|months?))",
        said,
    )
    if match is None:
        return None
    count = int(match["count"]) if match["count"].isdigit() else 1
    if not match["months"]:
        return DatePhrase(today + timedelta(days=count * (7 if match["weeks"] else 1)))
    return DatePhrase(_months_on(today, count))


def _months_on(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _numbers(said: str, today: date) -> DatePhrase | NoSuchDay | None:
    if alone := re.fullmatch(r"(?:den |the )?([0-9]{1,2})(?:th|st|nd|rd)?", said):
        return _day_of_month(int(alone[1]), today)
    together = re.fullmatch(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})?", said)
    if together and (1 <= int(together["day"]) <= 31 or 1 <= int(together["month"]) <= 12):
        return replace(_dated(said, int(together["day"]), int(together["month"]), together["year"], today), short=True)
    day_first = re.fullmatch(rf"(?P<day>[0-9]{{1,2}})[./-] ?(?P<month>[0-9]{{1,2}})\.?{_YEAR}", said)
    if day_first:
        return _dated(said, int(day_first["day"]), int(day_first["month"]), day_first["year"], today)
    year_first = re.fullmatch(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", said)
    if year_first:
        return _dated(said, int(year_first["day"]), int(year_first["month"]), year_first["year"], today)
    return None


def _day_of_month(day: int, today: date) -> DatePhrase | None:
    months = (_months_on(today.replace(day=1), count) for count in range(12))
    dates = (_made(date, month.year, month.month, day) for month in months)
    coming = next((found for found in dates if found and found >= today), None)
    return DatePhrase(coming) if coming else None


def _month_name(said: str, today: date) -> DatePhrase | NoSuchDay | None:
    match = re.fullmatch(rf"(?P<day>[0-9]{{1,2}})(?:\.|th|st|nd|rd)? ?(?P<name>[a-z]+)\.?{_YEAR}", said)
    match = match or re.fullmatch(rf"(?P<name>[a-z]+)\.? (?P<day>[0-9]{{1,2}})(?:th|st|nd|rd)?{_YEAR}", said)
    if match is None:
        return None
    month = _month_number(match["name"])
    return _dated(said, int(match["day"]), month, match["year"], today) if month else None


def _month(said: str, today: date) -> DatePhrase | None:
    """The first day of a month. Many a month is a name too, so it is never sure."""
    match = re.fullmatch(r"(?:i |in )?(?P<name>[a-z]+)\.?(?: (?P<year>[0-9]{4}))?", said)
    month = _month_number(match["name"]) if match else None
    if match is None or month is None:
        return None
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    return DatePhrase(date(max(year, 1), month, 1), short=True)


def _month_number(name: str) -> int | None:
    return next((number for number, names in enumerate(_MONTHS, start=1) if _begins_one(name, names)), None)


def _dated(said: str, day: int, month: int, year: str | None, today: date) -> DatePhrase | NoSuchDay:
    if year:
        exact = _made(date, _full_year(year), month, day)
        return DatePhrase(exact) if exact else NoSuchDay(said)
    dates = (_made(date, today.year + n, month, day) for n in range(YEARS_AWAY))
    coming = next((found for found in dates if found and found >= today), None)
    return DatePhrase(coming) if coming else NoSuchDay(said)


def _begins_one(word: str, names: tuple[str, ...]) -> bool:
    return len(word) >= _LEAST_LETTERS and any(name.startswith(word) for name in names)


def _full_year(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _made(make: Callable[[int, int, int], date], *parts: int) -> date | None:
    try:
        return make(*parts)
    except ValueError:
        return None

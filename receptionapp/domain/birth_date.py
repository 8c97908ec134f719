"""A birth date as a receptionist types it."""

import re
from datetime import date

from receptionapp.domain.pasted_text import clean_text

OLDEST = 1850  # somebody born before is a slip of the finger

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar feb febr",
            "mars mar",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "desember des",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_WRITINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<day>[0-9]{{1,2}})[ ./-]+(?P<month>[0-9]{{1,2}})[ ./-]+{_YEAR}",  # 03.03.1980, 3/3-80, 3. 3. 80
        rf"(?P<day>[0-9]{{1,2}})[ .-]*(?P<name>[a-z]+)[ .-]*{_YEAR}",  # 3. mars 1980, 3.mar.80
        rf"(?P<day>[0-9]{{2}})(?P<month>[0-9]{{2}}){_YEAR}",  # 030380, 03031980
        r"(?P<year>[0-9]{4})[ ./-]+(?P<month>[0-9]{1,2})[ ./-]+(?P<day>[0-9]{1,2})",  # 1980-03-03
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",  # 19800303: never also a day first since 1850
    )
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_LONGEST_WRITING = 30


def parse_birth_date(text: str, today: date) -> date | None:
    """The date meant, or None: day first, or year first when it has four digits. Two digits are the latest such year
    not in the future. None too after `today` and before 1850."""
    typed = " ".join(clean_text(text).translate(_DASHES).split()).casefold()
    if len(typed) > _LONGEST_WRITING:
        return None
    for writing in _WRITINGS:
        if (match := writing.fullmatch(typed)) and (born := _born(match.groupdict(), today)):
            return born
    return None


def _born(parts: dict[str, str], today: date) -> date | None:
    month = _MONTHS.get(parts["name"]) if "name" in parts else int(parts["month"])
    if month is None:
        return None
    year, day = int(parts["year"]), int(parts["day"])
    years = (
        (year,) if len(parts["year"]) == 4 else (today.year // 100 * 100 + year, today.year // 100 * 100 + year - 100)
    )
    dates = (_date(candidate, month, day) for candidate in years if candidate >= OLDEST)
    return next((born for born in dates if born is not None and born <= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

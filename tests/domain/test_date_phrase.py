from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.date_phrase import DatePhrase, NoSuchDay, parse_date_phrase, weekday_number

TUESDAY = date(2026, 11, 24)
NAMES = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "nb": [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
languages = st.sampled_from(["nb", "en"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", TUESDAY),
        ("Today", TUESDAY),
        ("i morgen", date(2026, 11, 25)),
        ("tomorrow", date(2026, 11, 25)),
        ("i overmorgen", date(2026, 11, 26)),
        ("yesterday", date(2026, 11, 23)),
        ("onsdag", date(2026, 11, 25)),
        ("på onsdag", date(2026, 11, 25)),
        ("tirsdag", date(2026, 12, 1)),  # today is called today
        ("neste fredag", date(2026, 12, 4)),
        ("next friday", date(2026, 12, 4)),
        ("3.3", date(2027, 3, 3)),
        ("3/3", date(2027, 3, 3)),
        ("24.11", TUESDAY),
        ("23.11.", date(2027, 11, 23)),
        ("24.12.2026", date(2026, 12, 24)),
        ("24.12.26", date(2026, 12, 24)),
        ("2026-12-24", date(2026, 12, 24)),
        ("3 mars", date(2027, 3, 3)),
        ("3. mars", date(2027, 3, 3)),
        ("3rd march", date(2027, 3, 3)),
        ("March 3", date(2027, 3, 3)),
        ("1. des", date(2026, 12, 1)),
        ("29. februar", date(2028, 2, 29)),
        ("om 6 uker", date(2027, 1, 5)),
        ("in 6 weeks", date(2027, 1, 5)),
        ("om en uke", date(2026, 12, 1)),
        ("om 3 måneder", date(2027, 2, 24)),
        ("om 10 dager", date(2026, 12, 4)),
    ],
)
def test_days_as_they_are_said(text: str, day: date) -> None:
    assert parse_date_phrase(text, TUESDAY) == DatePhrase(day)


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("uke 50", date(2026, 12, 7)),
        ("Week 50", date(2026, 12, 7)),
        ("uke 48", date(2026, 11, 23)),  # this one
        ("uke 2", date(2027, 1, 11)),
        ("uke 53", date(2026, 12, 28)),  # 2026 has one
        ("u50", date(2026, 12, 7)),
        ("uke 1 2028", date(2028, 1, 3)),
        ("neste uke", date(2026, 11, 30)),
        ("this week", date(2026, 11, 23)),
    ],
)
def test_weeks_as_they_are_said(text: str, monday: date) -> None:
    assert parse_date_phrase(text, TUESDAY) == DatePhrase(monday, week=True)


def test_a_weekday_that_is_only_begun_may_be_a_name() -> None:
    assert parse_date_phrase("tor", TUESDAY) == DatePhrase(date(2026, 11, 26), short=True)
    assert parse_date_phrase("to", TUESDAY) is None


@pytest.mark.parametrize("text", ["", "kari", "3.3.1980", "1.1.2099", "03038012345", "10:30", "4747", "32", "912"])
def test_what_is_no_day_of_the_book(text: str) -> None:
    assert parse_date_phrase(text, TUESDAY) is None


@pytest.mark.parametrize(
    "text",
    ["29.2.2027", "31.4", "31.2", "30 februar", "uke 54", "tirsdag uke 54", "uke 0", "0.1", "2027-02-29", "31.4.1980"],
)
def test_a_date_that_does_not_exist_is_named(text: str) -> None:
    found = parse_date_phrase(f" {text}", TUESDAY)
    assert isinstance(found, NoSuchDay)
    assert (found.said, found.short) == (text, False)


@pytest.mark.parametrize("text", ["0332", "290227", "31041980"])
def test_digits_that_may_be_a_date_that_does_not_exist(text: str) -> None:
    assert parse_date_phrase(text, TUESDAY) == NoSuchDay(text, short=True)


@given(days, st.integers(1, 31), st.integers(1, 12), st.integers(0, 4), st.sampled_from(["{}.{}.{}", "{:02}{:02}{}"]))
def test_a_date_with_its_year_is_that_date_or_named(today: date, day: int, month: int, on: int, form: str) -> None:
    found = parse_date_phrase(form.format(day, month, today.year + on), today)
    try:
        wished = date(today.year + on, month, day)
    except ValueError:
        assert isinstance(found, NoSuchDay)
    else:
        assert isinstance(found, DatePhrase)
        assert found.day == wished


@given(days, st.integers(0, 27), st.sampled_from(["{}", "{}.", "den {}.", "the {}th"]))
def test_a_number_alone_is_the_next_such_day_of_the_month(today: date, ahead: int, form: str) -> None:
    day = today + timedelta(days=ahead)
    assert parse_date_phrase(form.format(day.day), today) == DatePhrase(day)


@pytest.mark.parametrize(
    ("text", "day", "short"),
    [
        ("neste måned", date(2026, 12, 1), False),
        ("next month", date(2026, 12, 1), False),
        ("this month", date(2026, 11, 1), False),
        ("mars", date(2027, 3, 1), True),
        ("i desember", date(2026, 12, 1), True),
        ("may 2028", date(2028, 5, 1), True),
        ("onsdag i uke 51", date(2026, 12, 16), False),
        ("friday next week", date(2026, 12, 4), False),
        ("første januar", date(2027, 1, 1), False),
        ("2412", date(2026, 12, 24), True),
    ],
)
def test_more_places_to_go(text: str, day: date, short: bool) -> None:
    assert parse_date_phrase(text, TUESDAY) == DatePhrase(day, short=short)


def test_plurals_of_weekdays() -> None:
    assert [weekday_number(word) for word in ("fridays", "fredager", "tor", "ane")] == [5, 5, 4, None]


@given(days, st.integers(1, 7), languages)
def test_a_weekday_is_the_next_one_and_never_today(today: date, number: int, language: str) -> None:
    found = parse_date_phrase(NAMES[language][number - 1], today)
    assert isinstance(found, DatePhrase)
    assert found.day.isoweekday() == number
    assert timedelta(0) < found.day - today <= timedelta(7)


@given(days, st.integers(0, 364), languages, st.sampled_from(["{d}.{m}", "{d}/{m}", "{d}. {name}", "{d} {name}"]))
def test_a_date_without_a_year_is_the_next_such_day(today: date, ahead: int, language: str, form: str) -> None:
    day = today + timedelta(days=ahead)
    name = MONTHS[language][day.month - 1]
    assert parse_date_phrase(form.format(d=day.day, m=day.month, name=name), today) == DatePhrase(day)


@given(days, st.integers(-700, 700), st.sampled_from(["%d.%m.%Y", "%d/%m-%y", "%Y-%m-%d"]))
def test_a_whole_date_is_that_date(today: date, ahead: int, form: str) -> None:
    day = today + timedelta(days=ahead)
    if day.year >= 2000:
        assert parse_date_phrase(day.strftime(form), today) == DatePhrase(day)


@given(days, st.integers(0, 51), st.sampled_from(["uke {}", "week {}", "w{}"]))
def test_a_week_is_this_one_or_the_next_of_that_number(today: date, ahead: int, form: str) -> None:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
    assert parse_date_phrase(form.format(monday.isocalendar().week), today) == DatePhrase(monday, week=True)


@given(st.text(max_size=40), days)
def test_any_text_is_read_or_not(text: str, today: date) -> None:
    found = parse_date_phrase(text, today)
    assert not isinstance(found, DatePhrase) or abs(found.day.year - today.year) <= 5

"""Birth dates as they are typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.birth_date import parse_birth_date

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    "typed",
    [
        *("03.03.1980", "3.3.1980", "3.3.80", "03.03.80", "3/3-80", "3/3 1980", "3/3/80", "3-3-80", "3–3–80", "3 3 80"),
        *("030380", "03031980", "19800303", "1980-03-03", "1980-3-3", "1980.03.03", "1980/3/3"),
        *(
            "3 mars 1980",
            "3. mars 1980",
            "3.mars 80",
            "3. MARS 1980",
            "3 mar 80",
            "3mars1980",
            " 3.  mars\u00a01980 ",
            "\u200b０３.０３.１９８０",
        ),
    ],
)
def test_the_usual_writings_of_a_date_are_read(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) == date(1980, 3, 3)


@pytest.mark.parametrize(
    ("month", "number"),
    [("januar", 1), ("feb", 2), ("apr", 4), ("mai", 5), ("jun", 6), ("juli", 7), ("aug", 8), ("sept", 9), ("okt", 10)],
)
def test_months_are_known_by_their_norwegian_names(month: str, number: int) -> None:
    assert parse_birth_date(f"5. {month} 1999", TODAY) == date(1999, number, 5)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1.10.26", date(2026, 10, 1)),
        ("2.10.26", date(1926, 10, 2)),
        ("29.02.00", date(2000, 2, 29)),
        ("31.12.99", date(1999, 12, 31)),
    ],
)
def test_a_year_of_two_digits_is_the_latest_that_has_been(typed: str, born: date) -> None:
    assert parse_birth_date(typed, TODAY) == born


@pytest.mark.parametrize(
    "typed",
    [
        *("", "kari", "3", "3.3", "mars 1980", "3. mari 1980", "3.3.980", "0303801", "1980033", "03038012345"),
        *(
            "31.4.80",
            "30.02.1980",
            "0.3.80",
            "3.13.80",
            "29.2.1900",
            "2.10.2026",
            "3.3.2080",
            "3.3.1849",
            "9" * 100_000,
        ),
        "٠٣.٠٣.١٩٨٠",
    ],
)
def test_what_is_no_past_date_is_not_read(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) is None


@given(st.dates(date(1850, 1, 1), TODAY))
def test_every_writing_with_a_full_year_reads_back(born: date) -> None:
    for form in ("%d.%m.%Y", "%d/%m-%Y", "%d%m%Y", "%Y-%m-%d", "%Y%m%d"):
        assert parse_birth_date(born.strftime(form), TODAY) == born


@given(st.dates(date(1926, 10, 2), TODAY))
def test_every_writing_with_a_short_year_reads_back_within_a_hundred_years(born: date) -> None:
    for form in ("%d.%m.%y", "%d/%m-%y", "%d%m%y"):
        assert parse_birth_date(born.strftime(form), TODAY) == born


@given(st.text(max_size=40) | st.from_regex(r"[0-9 ./-]{0,12}", fullmatch=True), st.dates(date(1900, 1, 1)))
def test_any_text_is_read_without_failing_and_never_as_a_day_to_come(text: str, today: date) -> None:
    born = parse_birth_date(text, today)
    assert born is None or date(1850, 1, 1) <= born <= today

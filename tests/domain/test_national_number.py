"""National numbers: the rules one by one. `test_national_number_agreement.py` compares many thousands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.national_number import (
    Country,
    InvalidNumber,
    NationalNumber,
    NumberDoubt,
    NumberFault,
    NumberKind,
    NumberOrigin,
    validate_national_number,
)

TODAY = date(2026, 10, 1)
BOTH = (Country.NORWAY, Country.SWEDEN)
D, H, NHN, NAV, TENOR = 40, 40, 65, 40, 80


def complete(nine: str, remainder: int = 0) -> str | None:
    """The nine digits with both check digits, or None where that remainder gives none."""
    first = sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True))
    one = (remainder - first) % 11
    second = sum(int(d) * w for d, w in zip(f"{nine}{one}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    two = -second % 11
    return None if 10 in (one, two) else f"{nine}{one}{two}"


def norwegian(day: int, month: int, year: int, series: range, remainder: int = 0) -> str:
    """The first number of a date in a range of individual numbers, made at run time: none is written down here."""
    candidates = (complete(f"{day:02}{month:02}{year % 100:02}{i:03}", remainder) for i in series)
    return next(number for number in candidates if number)


def swedish(ten_but_last: str) -> str:
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(ten_but_last)]
    return f"{ten_but_last}{-sum(n // 10 + n % 10 for n in doubled) % 10}"


def accepted(text: str, today: date = TODAY, countries: tuple[Country, ...] = BOTH) -> NationalNumber:
    number = validate_national_number(text, today, countries)
    assert isinstance(number, NationalNumber)
    return number


def refused(text: str, countries: tuple[Country, ...] = (Country.NORWAY,)) -> InvalidNumber:
    refusal = validate_national_number(text, TODAY, countries)
    assert isinstance(refusal, InvalidNumber)
    return refusal


PERSON = norwegian(3, 3 + TENOR, 1980, range(499))


@pytest.mark.parametrize(
    ("day", "month", "kind", "origin"),
    [
        (3, 3, NumberKind.FODSELSNUMMER, NumberOrigin.REAL),
        (3, 3 + TENOR, NumberKind.FODSELSNUMMER, NumberOrigin.SYNTHETIC),
        (3, 3 + NHN, NumberKind.FODSELSNUMMER, NumberOrigin.SYNTHETIC),
        (3, 3 + H, NumberKind.H_NUMBER, NumberOrigin.EITHER),
        (3 + D, 3, NumberKind.D_NUMBER, NumberOrigin.REAL),
        (3 + D, 3 + TENOR, NumberKind.D_NUMBER, NumberOrigin.SYNTHETIC),
        (3 + D, 3 + NHN, NumberKind.D_NUMBER, NumberOrigin.SYNTHETIC),
        (3 + D, 3 + NAV, NumberKind.D_NUMBER, NumberOrigin.SYNTHETIC),
    ],
)
def test_the_day_and_the_month_tell_the_kind_and_whether_the_person_is_made_up(
    day: int, month: int, kind: NumberKind, origin: NumberOrigin
) -> None:
    number = accepted(norwegian(day, month, 1880, range(500, 750)))
    year = 1980 if kind is NumberKind.D_NUMBER else 1880  # the first D-numbers are of the 1960s
    assert (number.kind, number.origin, number.date_written) == (kind, origin, date(year, 3, 3))
    assert NumberDoubt.WRONG_CHECK_DIGITS not in number.doubts


@pytest.mark.parametrize(
    ("series", "year", "born"),
    [
        (range(1), 1900, 1900),
        (range(490, 500), 1999, 1999),
        (range(500, 510), 1854, 1854),
        (range(740, 750), 1899, 1899),
        (range(500, 510), 2000, 2000),
        (range(990, 1000), 2000, 2000),
        (range(900, 910), 1940, 1940),
        (range(990, 1000), 1999, 1999),
    ],
)
def test_the_individual_number_tells_the_century(series: range, year: int, born: int) -> None:
    assert accepted(norwegian(1, 2 + TENOR, year, series or range(10))).birth_date == date(born, 2, 1)


def test_a_birth_date_is_read_from_a_fodselsnummer_only() -> None:
    assert accepted(PERSON).birth_date == date(1980, 3, 3)
    for day, month in ((3 + D, 3), (3 + D, 3 + TENOR), (3, 3 + H)):
        number = accepted(norwegian(day, month, 1880, range(500, 750)))
        assert number.birth_date is None
        assert number.date_written == date(1880 if day == 3 else 1980, 3, 3)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("41814061033", date(1940, 1, 1)),
        ("41810021827", date(2000, 1, 1)),
        ("46879700922", date(1997, 7, 6)),
        ("69822075096", date(2020, 2, 29)),
        ("69820021851", date(2000, 2, 29)),
        ("71928512376", date(1985, 12, 31)),
    ],
)
def test_a_d_number_is_of_the_century_of_somebody_alive(number: str, written: date) -> None:
    judged = accepted(number)
    assert (judged.kind, judged.date_written, judged.doubts) == (NumberKind.D_NUMBER, written, ())


def test_where_a_d_number_does_not_tell_the_century_the_year_is_asked() -> None:
    judged = accepted(norwegian(3 + D, 3, 2012, range(499)))
    assert (judged.date_written, judged.doubts) == (None, (NumberDoubt.CENTURY_NOT_TOLD,))


@pytest.mark.parametrize("remainder", [1, 2, 3])
def test_a_number_of_the_2032_rule_has_right_check_digits_and_tells_no_date(remainder: int) -> None:
    number = accepted(norwegian(3, 3 + TENOR, 1980, range(999, 900, -1), remainder))
    assert NumberDoubt.WRONG_CHECK_DIGITS not in number.doubts
    assert number.doubts == ()
    assert number.date_written is None
    assert number.birth_date is None


def test_a_real_number_of_the_2032_rule_is_doubted_until_2032() -> None:
    number = norwegian(31, 12, 2031, range(999, 900, -1), remainder=1)
    assert accepted(number, date(2031, 12, 31)).doubts == (NumberDoubt.NOT_ISSUED_YET,)
    assert accepted(number, date(2032, 1, 1)).doubts == ()


def test_a_pair_of_year_and_series_that_the_old_rule_never_gave_out_counts_as_the_new_rule() -> None:
    number = norwegian(1, 1, 1950, range(750, 900))
    assert accepted(number).doubts == (NumberDoubt.NOT_ISSUED_YET,)
    assert accepted(number, date(2032, 1, 1)).doubts == ()


def test_from_2032_no_birth_date_is_read_from_a_norwegian_number() -> None:
    assert accepted(PERSON, date(2031, 12, 31)).birth_date == date(1980, 3, 3)
    assert accepted(PERSON, date(2032, 1, 1)).birth_date is None


@pytest.mark.parametrize(
    ("nine", "remainder", "check_digits"), [("020132999", 0, "97"), ("301082999", 0, "20"), ("301082999", 1, "39")]
)
def test_the_examples_of_skatteetaten_for_2032_are_right(nine: str, remainder: int, check_digits: str) -> None:
    assert complete(nine, remainder) == nine + check_digits
    assert accepted(nine + check_digits, date(2032, 1, 2)).doubts == ()


def test_a_leap_day_is_judged_in_the_century_it_can_be_in() -> None:
    assert accepted(norwegian(29, 2 + TENOR, 2000, range(500, 999))).birth_date == date(2000, 2, 29)
    assert accepted(norwegian(29, 2 + TENOR, 1900, range(499))).birth_date is None
    assert refused(norwegian(29, 2 + TENOR, 1901, range(499))).reason is NumberFault.NO_SUCH_DATE


def test_a_real_birth_date_in_the_future_is_doubted_and_a_made_up_one_is_not() -> None:
    future = accepted(norwegian(31, 12, 2039, range(500, 999)))
    assert (future.doubts, future.birth_date) == ((NumberDoubt.IN_THE_FUTURE,), None)
    made_up = accepted(norwegian(31, 12 + TENOR, 2039, range(500, 999)))
    assert (made_up.doubts, made_up.birth_date, made_up.date_written) == ((), None, date(2039, 12, 31))


def test_somebody_born_today_is_not_born_in_the_future() -> None:
    newborn = norwegian(1, 10 + TENOR, 2026, range(500, 999))
    assert accepted(newborn, date(2026, 10, 1)).birth_date == date(2026, 10, 1)


def test_wrong_check_digits_are_doubted_and_never_tell_a_birth_date() -> None:
    wrong = PERSON[:10] + str((int(PERSON[10]) + 1) % 10)
    number = accepted(wrong)
    assert number.doubts == (NumberDoubt.WRONG_CHECK_DIGITS,)
    assert number.birth_date is None


def test_month_plus_40_can_be_a_hospital_number_or_a_made_up_person_and_says_so() -> None:
    assert accepted(norwegian(3, 3 + H, 1880, range(500, 750))).doubts == (NumberDoubt.REAL_OR_SYNTHETIC,)


@pytest.mark.parametrize("first", "89")
def test_an_fh_number_has_no_date_and_only_the_old_check_digits(first: str) -> None:
    right = next(n for i in range(100) if (n := complete(f"{first}999999{i:02}")))
    number = accepted(right)
    assert (number.kind, number.date_written, number.doubts) == (NumberKind.FH_NUMBER, None, ())
    by_new_rule = next(n for i in range(100) if (n := complete(f"{first}999999{i:02}", remainder=2)))
    assert accepted(by_new_rule).doubts == (NumberDoubt.WRONG_CHECK_DIGITS,)


def test_leyrs_example_is_refused_since_month_plus_20_never_leaves_nav() -> None:
    assert complete("262586058") == "26258605879"
    assert refused("26258605879").reason is NumberFault.NO_SUCH_DATE


@pytest.mark.parametrize(
    ("text", "reason", "digit_count", "characters"),
    [
        ("", NumberFault.EMPTY, 0, ""),
        (" .- \u00a0", NumberFault.EMPTY, 0, ""),
        ("0383801234", NumberFault.TOO_SHORT, 10, ""),
        ("038380123456", NumberFault.TOO_LONG, 12, ""),
        ("0" * 1_000_000, NumberFault.TOO_LONG, 1_000_000, ""),
        ("O38380l2345", NumberFault.HAS_LETTERS, 9, "Ol"),
        ("038380 1234_", NumberFault.HAS_OTHER_CHARACTERS, 10, "_"),
        ("٠٣٨٣٨٠12345", NumberFault.HAS_OTHER_CHARACTERS, 5, "٠٣٨"),
        ("038380+12345", NumberFault.HAS_OTHER_CHARACTERS, 11, "+"),
        ("abcdefgh", NumberFault.HAS_LETTERS, 0, "abcde"),
        ("00838012345", NumberFault.NO_SUCH_DATE, 11, ""),
        ("32838012345", NumberFault.NO_SUCH_DATE, 11, ""),
        ("03138012345", NumberFault.NO_SUCH_DATE, 11, ""),
        ("03788012345", NumberFault.NO_SUCH_DATE, 11, ""),
        ("03938012345", NumberFault.NO_SUCH_DATE, 11, ""),
        ("40838012345", NumberFault.NO_SUCH_DATE, 11, ""),
        ("72838012345", NumberFault.NO_SUCH_DATE, 11, ""),
    ],
)
def test_a_refusal_says_why_and_names_what_does_not_belong(
    text: str, reason: NumberFault, digit_count: int, characters: str
) -> None:
    assert refused(text) == InvalidNumber(reason, digit_count, characters)


@pytest.mark.parametrize(
    "written",
    ["{} {}", "{}-{}", " {}{} ", "{}\u00a0{}", "{}\u202f{}", "{}.{}", "{}–{}", "\u200e{} {}\u200b", "\ufeff{}{}\r\n"],
)
def test_separators_and_what_copying_drags_along_do_not_matter(written: str) -> None:
    assert accepted(written.format(PERSON[:6], PERSON[6:])).digits == PERSON


def test_a_swedish_number_is_judged_only_where_one_can_be_used() -> None:
    number = swedish("121212121")
    assert refused(number).reason is NumberFault.TOO_SHORT
    assert refused(f"19{number}").reason is NumberFault.TOO_LONG
    assert accepted(number).country is Country.SWEDEN
    assert refused(PERSON, (Country.SWEDEN,)).reason is NumberFault.TOO_SHORT


@pytest.mark.parametrize(
    ("template", "born"),
    [
        ("19{}", date(1912, 12, 12)),
        ("18{}", date(1812, 12, 12)),
        ("19{}-{}", date(1912, 12, 12)),
        ("{}", date(2012, 12, 12)),
        ("{}-{}", date(2012, 12, 12)),
        ("{}+{}", date(1912, 12, 12)),
    ],
)
def test_a_swedish_century_is_written_or_told_by_the_sign(template: str, born: date) -> None:
    ten = swedish("121212121")
    number = accepted(
        template.format(ten[:6], ten[6:]) if "}-{" in template or "}+{" in template else template.format(ten)
    )
    assert (number.kind, number.birth_date) == (NumberKind.PERSONNUMMER, born)
    assert number.digits == f"{born.year // 100}{ten}"


def test_the_swedish_plus_is_used_from_the_year_one_turns_a_hundred() -> None:
    ten = swedish("261231121")
    assert accepted(f"{ten[:6]}+{ten[6:]}", date(2026, 1, 1)).birth_date == date(1926, 12, 31)
    assert accepted(f"{ten[:6]}-{ten[6:]}", date(2026, 1, 1)).birth_date == date(1926, 12, 31)


def test_a_samordningsnummer_is_known_by_its_day_and_tells_no_birth_date() -> None:
    number = accepted(f"18{swedish('121272121')}")
    assert (number.kind, number.date_written, number.birth_date) == (
        NumberKind.SAMORDNINGSNUMMER,
        date(1812, 12, 12),
        None,
    )


@pytest.mark.parametrize("text", ["161212121212", "211212121212", "181313121212", "190002291212", "181212921212"])
def test_a_swedish_number_without_a_date_is_refused(text: str) -> None:
    assert refused(text, BOTH).reason is NumberFault.NO_SUCH_DATE


def test_a_swedish_number_can_be_doubted_too() -> None:
    assert accepted("181212121211").doubts == (NumberDoubt.WRONG_CHECK_DIGITS,)
    assert accepted(f"20{swedish('991212121')}").doubts == (NumberDoubt.IN_THE_FUTURE,)


@given(st.text(), st.dates(), st.sampled_from([(Country.NORWAY,), (Country.SWEDEN,), BOTH]))
def test_any_text_is_judged_without_failing(text: str, today: date, countries: tuple[Country, ...]) -> None:
    validate_national_number(text, today, countries)


@given(st.from_regex(r"[0-9]{9,13}", fullmatch=True), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_no_representation_shows_the_digits_or_the_dates(text: str, today: date) -> None:
    number = validate_national_number(text, today, BOTH)
    shown = f"{number!r} {number}"
    assert text not in shown
    assert text[:6] not in shown
    assert "date" not in shown.replace("no_such_date", "")


@given(st.from_regex(r"[0-9]{11}", fullmatch=True), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_what_is_read_never_contradicts_itself(text: str, today: date) -> None:
    number = validate_national_number(text, today)
    if isinstance(number, NationalNumber):
        assert number.digits == text
        assert number.birth_date is None or (
            number.birth_date <= today
            and number.birth_date == number.date_written
            and NumberDoubt.WRONG_CHECK_DIGITS not in number.doubts
            and number.kind is NumberKind.FODSELSNUMMER
        )


@given(st.sampled_from(range(11)), st.integers(1, 9), st.integers(0, 9999))
def test_one_mistyped_digit_is_never_accepted_silently(place: int, step: int, seed: int) -> None:
    """Both weights of a digit are prime to 11, so the second check digit alone catches every single slip."""
    number = norwegian(1 + seed % 28, 1 + seed % 12, 1900 + seed % 100, range(seed % 400, 499))
    slip = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    judged = validate_national_number(slip, TODAY)
    assert isinstance(judged, InvalidNumber) or NumberDoubt.WRONG_CHECK_DIGITS in judged.doubts

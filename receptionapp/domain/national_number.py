"""National numbers: what a typed one is, whether it can be right, and what may be read from it. Never the sex.

Sources: folkeregisterforskriften 2-2-1 (fødselsnummer, D-number with day + 40, check digits, series of years);
Skatteetaten, «Nytt fødselsnummer fra 2032» (the first check digit with remainder 0 to 3; no century); Direktoratet for
e-helse, HIS 1001 (H-number with month + 40, FH-number); made-up people of Tenor (month + 80), Dolly (+ 40) and Norsk
Helsenett (+ 65); Skatteverket, SKV 704 and 707 (samordningsnummer with day + 60).

Month + 40 is a hospital's H-number or one of Nav's made-up people, and no digit tells which: the origin is `EITHER`, to
be settled by asking. Month + 20 (Nav's internal NPID) is no date. The series of years holds for fødselsnummer only:
D-numbers are given out outside it (00 with 218 is of 2000, 40 with 610 of 1940), so theirs is the year of somebody who
can be alive; where two can be, the year is asked. A date in the future, or a form that is not issued yet, is a doubt
and no refusal: a wrong clock must not stop a clinic. Swedish test people are a list, so a Swedish number always counts
as real.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import mul

from receptionapp.domain.pasted_text import clean_text

NEW_RULE_FROM = date(2032, 1, 1)
OLDEST_AGE = 120  # years; nobody older comes to a clinic


class Country(StrEnum):
    """Who issues the number: which of Leyr's typed ids it can be sent as (`leyr-api.md` 2.2)."""

    NORWAY = "no"
    SWEDEN = "se"


class NumberKind(StrEnum):
    FODSELSNUMMER = "fodselsnummer"
    D_NUMBER = "d_number"
    H_NUMBER = "h_number"
    FH_NUMBER = "fh_number"
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"


class NumberOrigin(StrEnum):
    REAL = "real"
    SYNTHETIC = "synthetic"  # a made-up person: not for a real connection; assumes SYNTHETIC_NUMBERS
    EITHER = "either"


class NumberDoubt(StrEnum):
    """Why a number is likely mistyped although it can be one. It is sent only after somebody has said yes."""

    WRONG_CHECK_DIGITS = "wrong_check_digits"
    IN_THE_FUTURE = "in_the_future"
    NOT_ISSUED_YET = "not_issued_yet"  # right only by the rule of 2032, and it is not 2032
    REAL_OR_SYNTHETIC = "real_or_synthetic"
    CENTURY_NOT_TOLD = "century_not_told"


class NumberFault(StrEnum):
    EMPTY = "empty"
    HAS_LETTERS = "has_letters"
    HAS_OTHER_CHARACTERS = "has_other_characters"  # digits of other scripts too: 1 and a look-alike must not both pass
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_SUCH_DATE = "no_such_date"


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """A number that can be one. Everything personal stays out of `repr`.

    `digits` is what is sent: 11 for Norway, 12 for Sweden. `date_written` is the date the digits spell, None where
    there is none. `birth_date` is that date where it surely is the birth date: never for D-, H- and samordningsnummer,
    wrong check digits or the future. Once the rule of 2032 is in force both are None for every Norwegian number.
    """

    digits: str = field(repr=False)
    kind: NumberKind
    origin: NumberOrigin
    date_written: date | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)
    doubts: tuple[NumberDoubt, ...] = ()

    @property
    def country(self) -> Country:
        return (
            Country.SWEDEN if self.kind in (NumberKind.PERSONNUMMER, NumberKind.SAMORDNINGSNUMMER) else Country.NORWAY
        )


@dataclass(frozen=True, slots=True)
class InvalidNumber:
    """Why a text is no national number. `characters` are the first few that do not belong, for naming them."""

    reason: NumberFault
    digit_count: int = 0
    characters: str = field(default="", repr=False)


_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SEPARATORS = str.maketrans("", "", _DASHES + " .")
_LENGTHS = {11: Country.NORWAY, 10: Country.SWEDEN, 12: Country.SWEDEN}
_NAMED_AT_MOST = 5


def validate_national_number(
    text: str, today: date, countries: tuple[Country, ...] = (Country.NORWAY,)
) -> NationalNumber | InvalidNumber:
    """Judge a typed number; spaces, dots and dashes do not matter. `today` is the clinic's date.

    `countries` are those whose numbers the EHR takes: a Norwegian number that lacks a digit would be read as a Swedish
    one.
    """
    typed = clean_text(text).translate(_SEPARATORS)
    over_hundred = Country.SWEDEN in countries and typed[-5:-4] == "+"  # 800303+1234: Sweden's sign for 100 or older
    digits = typed[:-5] + typed[-4:] if over_hundred else typed
    if not digits:
        return InvalidNumber(NumberFault.EMPTY)
    if not (digits.isascii() and digits.isdigit()):
        return _refuse_characters(digits)
    country = _LENGTHS.get(len(digits))
    if country not in countries:
        longest = max(length for length, issuer in _LENGTHS.items() if issuer in countries)
        return InvalidNumber(NumberFault.TOO_LONG if len(digits) > longest else NumberFault.TOO_SHORT, len(digits))
    if country is Country.NORWAY:
        return _judge_norwegian(digits, today)
    return _judge_swedish(digits, today, over_hundred)


def _refuse_characters(typed: str) -> InvalidNumber:
    strangers = dict.fromkeys(character for character in typed if not "0" <= character <= "9")
    letters = [character for character in strangers if character.isalpha()]
    reason = NumberFault.HAS_LETTERS if letters else NumberFault.HAS_OTHER_CHARACTERS
    count = sum("0" <= character <= "9" for character in typed)
    return InvalidNumber(reason, count, "".join((letters or list(strangers))[:_NAMED_AT_MOST]))


# Norway

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NEWEST_REMAINDER = 3


def _judge_norwegian(digits: str, today: date) -> NationalNumber | InvalidNumber:
    if digits[0] in "89":
        return _judge_fh_number(digits)
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    kind, origin, month = _series_of_month(month)
    if day > 40:
        day -= 40
        kind, origin = NumberKind.D_NUMBER, NumberOrigin.SYNTHETIC if origin is NumberOrigin.EITHER else origin
    # A year of two digits is a leap year in some century exactly when it is one after 2000.
    if _date(2000 + year, month, day) is None:
        return InvalidNumber(NumberFault.NO_SUCH_DATE, len(digits))

    remainder = _remainder(digits)
    right = remainder is not None
    real = origin is not NumberOrigin.SYNTHETIC
    century_told = not remainder and today < NEW_RULE_FROM
    individual = int(digits[6:9])
    years = _years_of_d_number if kind is NumberKind.D_NUMBER else _years_of_series
    dates = [found for each in years(year, individual, today) if (found := _date(each, month, day))]
    written = dates[0] if century_told and len(dates) == 1 else None
    century_open = century_told and len(dates) > 1
    future = written is not None and written > today
    issued = not right or written is not None or century_open or today >= NEW_RULE_FROM
    told = right and not future and kind is NumberKind.FODSELSNUMMER
    return NationalNumber(
        digits,
        kind,
        origin,
        written,
        written if told else None,
        _doubts(right, future and real, issued or not real, origin, century_told=not century_open),
    )


def _judge_fh_number(digits: str) -> NationalNumber:
    """The rule of 2032 is for fødselsnummer and D-number only, so the remainder must be 0."""
    return NationalNumber(
        digits, NumberKind.FH_NUMBER, NumberOrigin.REAL, doubts=_doubts(right=_remainder(digits) == 0)
    )


def _series_of_month(month: int) -> tuple[NumberKind, NumberOrigin, int]:
    """The kind and origin that the month tells, with the month itself (one that does not exist if it tells none)."""
    if month > 80:
        return NumberKind.FODSELSNUMMER, NumberOrigin.SYNTHETIC, month - 80
    if month > 65:
        return NumberKind.FODSELSNUMMER, NumberOrigin.SYNTHETIC, month - 65
    if month > 40:
        return NumberKind.H_NUMBER, NumberOrigin.EITHER, month - 40
    return NumberKind.FODSELSNUMMER, NumberOrigin.REAL, month


def _years_of_series(year: int, individual: int, _today: date) -> tuple[int, ...]:
    """Folkeregisterforskriften 2-2-1. Empty for a pair that only the rule of 2032 can give out."""
    if individual < 500:
        return (1900 + year,)
    if year < 40:
        return (2000 + year,)
    if individual >= 900:
        return (1900 + year,)
    return (1800 + year,) if individual < 750 and year >= 54 else ()


def _years_of_d_number(year: int, individual: int, today: date) -> tuple[int, ...]:
    """Those in which somebody was born who can be alive. The series above 500 were not used before 1940."""
    latest = 2000 + year
    if latest > today.year:
        return (latest - 100,)
    return (latest,) if individual >= 500 or latest - 100 < today.year - OLDEST_AGE else (latest - 100, latest)


def _remainder(digits: str) -> int | None:
    """The first check digit's remainder, 0 by the old rule, 1 to 3 by the new one only; None when either is wrong."""
    numbers = list(map(int, digits))
    first = sum(map(mul, _FIRST_WEIGHTS, numbers)) % 11
    second = sum(map(mul, _SECOND_WEIGHTS, numbers)) % 11
    return first if first <= _NEWEST_REMAINDER and second == 0 else None


# Sweden

_CENTURIES = ("18", "19", "20")
_LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _judge_swedish(digits: str, today: date, over_hundred: bool) -> NationalNumber | InvalidNumber:
    year, month, day = int(digits[-10:-8]), int(digits[-8:-6]), int(digits[-6:-4])
    kind = NumberKind.SAMORDNINGSNUMMER if day > 60 else NumberKind.PERSONNUMMER
    if kind is NumberKind.SAMORDNINGSNUMMER:
        day -= 60
    if len(digits) == 10:
        written = _latest_with_year(year, month, day, today, over_hundred)
    else:
        written = _date(int(digits[:4]), month, day) if digits[:2] in _CENTURIES else None
    if written is None:
        return InvalidNumber(NumberFault.NO_SUCH_DATE, len(digits))

    right = _luhn(digits[-10:]) == 0
    future = written > today
    told = right and not future and kind is NumberKind.PERSONNUMMER
    return NationalNumber(
        f"{written.year // 100}{digits[-10:]}",
        kind,
        NumberOrigin.REAL,
        written,
        written if told else None,
        _doubts(right, future),
    )


def _latest_with_year(year: int, month: int, day: int, today: date, over_hundred: bool) -> date | None:
    """The latest such date not in the future; with the plus sign (from 100 years on) the latest at least 100 years
    ago."""
    last = today.year - 100 if over_hundred else today.year
    latest = last - (last - year) % 100
    written = _date(latest, month, day)
    return _date(latest - 100, month, day) if written is not None and written > today else written


def _luhn(digits: str) -> int:
    """The remainder by 10 of the digit sum with every other digit doubled; 0 when the last digit is right."""
    return (sum(_LUHN_DOUBLED[int(d)] for d in digits[::2]) + sum(map(int, digits[1::2]))) % 10


# Both


def _doubts(
    right: bool,
    future: bool = False,
    issued: bool = True,
    origin: NumberOrigin = NumberOrigin.REAL,
    *,
    century_told: bool = True,
) -> tuple[NumberDoubt, ...]:
    found = (
        (NumberDoubt.WRONG_CHECK_DIGITS, not right),
        (NumberDoubt.IN_THE_FUTURE, future),
        (NumberDoubt.NOT_ISSUED_YET, not issued),
        (NumberDoubt.REAL_OR_SYNTHETIC, origin is NumberOrigin.EITHER),
        (NumberDoubt.CENTURY_NOT_TOLD, not century_told),
    )
    return tuple(doubt for doubt, holds in found if holds)


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return None if year is None else date(year, month, day)
    except ValueError:
        return None

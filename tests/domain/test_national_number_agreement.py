"""The judgement against an independent validator, on 4,000 numbers; on 100,000 in `dev.py soak --properties`.

The validator below was written from the published rules only (Skatteetaten's «Nytt fødselsnummer fra 2032» and
folkeregisterforskriften 2-2-1, HIS 1001, Norsk Helsenett on month + 65) and works the other way round: it does not
take numbers apart, it writes every beginning that can be given out into one table, day by day, and looks up in it.

Aim and result: no difference. Run once beside the source of navikt/fnrvalidator on 100,000 numbers made here, "can be
one, with right check digits" differed only where it is meant to: that validator takes no month + 65 and no FH-number.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from receptionapp.domain.national_number import (
    Country,
    NationalNumber,
    NumberDoubt,
    NumberKind,
    NumberOrigin,
    validate_national_number,
)
from tests.examples import examples, some

TODAY = date(2026, 10, 1)
NUMBERS = examples(4_000, 100_000)
F, D, H, FH = NumberKind.FODSELSNUMMER, NumberKind.D_NUMBER, NumberKind.H_NUMBER, NumberKind.FH_NUMBER
SERIES = {
    (0, 0): (F, NumberOrigin.REAL),
    (40, 0): (D, NumberOrigin.REAL),
    (0, 40): (H, NumberOrigin.EITHER),
    (40, 40): (D, NumberOrigin.SYNTHETIC),
    (0, 65): (F, NumberOrigin.SYNTHETIC),
    (40, 65): (D, NumberOrigin.SYNTHETIC),
    (0, 80): (F, NumberOrigin.SYNTHETIC),
    (40, 80): (D, NumberOrigin.SYNTHETIC),
}


@dataclass
class Beginning:
    """What six digits can be: a kind, an origin, and the dates they can stand for."""

    kind: NumberKind
    origin: NumberOrigin
    dates: list[date]


@cache
def every_beginning() -> dict[str, Beginning]:
    table: dict[str, Beginning] = {}
    day = date(1854, 1, 1)
    while day < date(2040, 1, 1):
        for (more_days, more_months), (kind, origin) in SERIES.items():
            six = f"{day.day + more_days:02}{day.month + more_months:02}{day.year % 100:02}"
            if (beginning := table.get(six)) is None:
                beginning = table[six] = Beginning(kind, origin, [])
            beginning.dates.append(day)
        day += timedelta(days=1)
    return table


@cache
def beginnings() -> list[str]:
    return sorted(every_beginning())


def individual_numbers(year: int) -> list[range]:
    """Folkeregisterforskriften 2-2-1, read from the year."""
    if year < 1900:
        return [range(500, 750)]
    if year < 1940:
        return [range(500)]
    return [range(500), range(900, 1000)] if year < 2000 else [range(500, 1000)]


def right_endings(nine: str) -> dict[str, int]:
    """The right pairs of check digits with the remainder, as Skatteetaten writes them: k1 = {11, 12, 13, 14} - sum."""
    d1, d2, m1, m2, y1, y2, i1, i2, i3 = (ord(c) - 48 for c in nine)
    endings = {}
    rest1 = (d1 * 3 + d2 * 7 + m1 * 6 + m2 * 1 + y1 * 8 + y2 * 9 + i1 * 4 + i2 * 5 + i3 * 2) % 11
    sum2 = d1 * 5 + d2 * 4 + m1 * 3 + m2 * 2 + y1 * 7 + y2 * 6 + i1 * 5 + i2 * 4 + i3 * 3
    for remainder, minuend in enumerate((11, 12, 13, 14)):
        k1 = minuend - rest1
        k1 = k1 - 11 if k1 > 10 else k1
        k2 = 11 - (sum2 + k1 * 2) % 11
        k2 = 0 if k2 == 11 else k2
        if k1 != 10 and k2 != 10:
            endings[f"{k1}{k2}"] = remainder
    return endings


Verdict = tuple[NumberKind, NumberOrigin, date | None, date | None, frozenset[NumberDoubt]] | None


def independent(number: str) -> Verdict:
    """Kind, origin, date written, birth date and doubts; None for a number that cannot be one."""
    remainder = right_endings(number[:9]).get(number[9:])
    if number[0] in "89":
        wrong = frozenset() if remainder == 0 else frozenset({NumberDoubt.WRONG_CHECK_DIGITS})
        return FH, NumberOrigin.REAL, None, None, wrong
    beginning = every_beginning().get(number[:6])
    if beginning is None:
        return None
    kind, origin = beginning.kind, beginning.origin
    individual = int(number[6:9])
    if kind is D:  # given out outside the series: to people alive, those of 500 and up not before 1940
        latest = [d for d in beginning.dates if 1900 <= d.year <= TODAY.year]
        dates = [d for d in latest if d.year >= TODAY.year - 120 and (individual < 500 or d is latest[-1])]
    else:
        dates = [d for d in beginning.dates if any(individual in r for r in individual_numbers(d.year))]
    written = dates[0] if len(dates) == 1 and remainder in (0, None) else None
    doubts = set()
    if remainder is None:
        doubts.add(NumberDoubt.WRONG_CHECK_DIGITS)
    if len(dates) > 1 and remainder in (0, None):
        doubts.add(NumberDoubt.CENTURY_NOT_TOLD)
    if origin is NumberOrigin.EITHER:
        doubts.add(NumberDoubt.REAL_OR_SYNTHETIC)
    if origin is not NumberOrigin.SYNTHETIC and written and written > TODAY:
        doubts.add(NumberDoubt.IN_THE_FUTURE)
    if origin is not NumberOrigin.SYNTHETIC and remainder is not None and not written and (remainder or not dates):
        doubts.add(NumberDoubt.NOT_ISSUED_YET)
    sure = kind is F and remainder is not None and written is not None and written <= TODAY
    return kind, origin, written, written if sure else None, frozenset(doubts)


def judged(number: str) -> Verdict:
    result = validate_national_number(number, TODAY)
    if not isinstance(result, NationalNumber):
        return None
    return result.kind, result.origin, result.date_written, result.birth_date, frozenset(result.doubts)


def a_right_number(random: Random) -> str:
    while True:
        six = f"{random.randrange(800000, 1000000)}" if random.random() < 0.05 else random.choice(beginnings())
        nine = f"{six}{random.randrange(1000):03}"
        if endings := right_endings(nine):
            return nine + random.choice(sorted(endings))


def mutated(number: str, random: Random) -> str:
    """One digit changed, two neighbours swapped, one digit shifted into a neighbour, or a tail of chance."""
    place = random.randrange(10)
    return random.choice(
        [
            number[:place] + str(random.randrange(10)) + number[place + 1 :],
            number[:place] + number[place + 1] + number[place] + number[place + 2 :],
            number[:place] + number[place] * 2 + number[place + 2 :],
            number[:place] + "".join(str(random.randrange(10)) for _ in range(11 - place)),
        ]
    )


@pytest.mark.in_full
def test_the_judgement_agrees_with_the_independent_validator_on_every_number() -> None:
    random = Random(2032)
    numbers = []
    for _ in range(NUMBERS // 2):
        number = a_right_number(random)
        numbers += [number, mutated(number, random)]
    differences = [number for number in numbers if judged(number) != independent(number)]
    assert len(numbers) == NUMBERS
    assert differences == []


@pytest.mark.in_full
def test_every_beginning_of_six_digits_is_a_date_for_both_or_for_neither() -> None:
    """All 800,000 would take long: every day and month, with years around the corners."""
    for year in some(("00", "01", "04", "39", "40", "53", "54", "96", "99"), in_tests=("00", "54")):
        for day_and_month in range(8000):
            number = f"{day_and_month:04}{year}12345"
            assert (judged(number) is None) == (independent(number) is None)


def test_the_right_numbers_reach_every_series_and_both_rules() -> None:
    """Otherwise agreement would prove little."""
    random = Random(2032)
    verdicts = [validate_national_number(a_right_number(random), TODAY) for _ in range(5000)]
    seen = [verdict for verdict in verdicts if isinstance(verdict, NationalNumber)]
    assert len(seen) == len(verdicts)
    assert {(number.kind, number.origin) for number in seen} == {*SERIES.values(), (FH, NumberOrigin.REAL)}
    assert {doubt for number in seen for doubt in number.doubts} == set(NumberDoubt)


SWEDISH_NUMBERS = examples(1_000, 20_000)


def luhn_is_right(ten: str) -> bool:
    """Skatteverket, SKV 704: the digits of the products by 2, 1, 2, 1, … together end in 0."""
    products = "".join(str(int(digit) * weight) for digit, weight in zip(ten, (2, 1) * 5, strict=True))
    return sum(map(int, products)) % 10 == 0


def independent_swedish(century: str, ten: str, sign: str) -> tuple[NumberKind, str, date, bool] | None:
    """Kind, the 12 digits, the date written, and whether the check digit is right, by trying every century."""
    claimed = int(ten[4:6]) > 60
    day = f"{int(ten[4:6]) - 60:02}" if claimed else ten[4:6]
    dates = []
    for candidate in ("18", "19", "20"):
        try:
            dates.append(date.fromisoformat(f"{candidate}{ten[:2]}-{ten[2:4]}-{day}"))
        except ValueError:
            continue
    if century:
        dates = [d for d in dates if str(d.year)[:2] == century]
    else:
        dates = [d for d in dates if d <= TODAY and (sign != "+" or TODAY.year - d.year >= 100)]
    if not dates:
        return None
    kind = NumberKind.SAMORDNINGSNUMMER if claimed else NumberKind.PERSONNUMMER
    return kind, f"{dates[-1].year // 100}{ten}", dates[-1], luhn_is_right(ten)


@pytest.mark.in_full
def test_swedish_numbers_agree_too() -> None:
    random = Random(704)
    right = 0
    for _ in range(SWEDISH_NUMBERS):
        day = random.randrange(1, 32) + random.choice([0, 60])
        nine = f"{random.randrange(100):02}{random.randrange(1, 13):02}{day:02}{random.randrange(1000):03}"
        ten = next(f"{nine}{check}" for check in range(10) if luhn_is_right(f"{nine}{check}"))
        if random.random() < 0.5:
            ten = mutated(f"{ten}0", random)[:10]
        century, sign = random.choice(["", "", "17", "18", "19", "20", "21"]), random.choice(["", "-", "+"])
        expected = independent_swedish(century, ten, sign)
        number = validate_national_number(f"{century}{ten[:6]}{sign}{ten[6:]}", TODAY, (Country.SWEDEN,))
        if isinstance(number, NationalNumber):
            assert number.date_written is not None
            right_digits = NumberDoubt.WRONG_CHECK_DIGITS not in number.doubts
            assert (number.kind, number.digits, number.date_written, right_digits) == expected
            assert (NumberDoubt.IN_THE_FUTURE in number.doubts) == (number.date_written > TODAY)
            right += right_digits
        else:
            assert expected is None
    assert right > SWEDISH_NUMBERS / 4

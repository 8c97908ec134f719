"""The made-up people of the practice clinic, with synthetic Norwegian national numbers."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

SEEDED_PATIENTS = 300

_FIRST_NAMES = (  # noqa: SIM905 - a list of literals is three times as long
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Solveig Åse Turid Randi Ellen Nora Emma Sofie "
    "Olivia Maja Ella Frøya Iben Sunniva Ragnhild Gudrun Synnøve Tuva Jorunn Bente Aud Siri Mari Hanna Amira Fatima "
    "Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Tor Morten Terje Odd Erik Martin Andreas John "
    "Jakob Lucas Emil Noah Oskar Aksel Sander Håkon Øyvind Åge Pål Kåre Sølve Asbjørn Trygve Mohammed Ali Piotr"
).split()

_LAST_NAMES = (  # noqa: SIM905 - a list of literals is three times as long
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berg "
    "Haugen Hagen Johannessen Andreassen Jacobsen Halvorsen Lund Sørensen Moen Gundersen Iversen Strand Solberg "
    "Svendsen Eide Knutsen Bakken Lie Mathisen Dahl Fredriksen Aas Bøe Sæther Løken Bråten Myhre Næss Ødegård Ruud "
    "Sandvik Tangen Ulvestad Vik Wold Aasen Ærø Østby Åsheim Nguyen Ahmed Kowalska Singh"
).split()

_LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_UNUSED_PREFIX = "9999"  # well-formed mobile numbers; nothing in the sandbox can call or text them
_FIRST_BIRTHDAY = date(1932, 1, 1)
_DAYS_OF_BIRTHDAYS = (date(2022, 1, 1) - _FIRST_BIRTHDAY).days


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient (`leyr-api.md` 3.7). The id of Leyr differs from that of the EHR, so that mixing them up fails (11)."""

    id: str
    emr_id: str
    care_unit_id: str
    first_name: str
    last_name: str
    external_id: str | None
    """The national number."""

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


def seeded_emr_id(index: int) -> str:
    """The EHR id of the made-up patient number `index`, 0 to `SEEDED_PATIENTS` - 1."""
    return f"P_{100001 + index}"


def new_leyr_id(rng: Random) -> str:
    """An opaque id in the form of the documented `mFdvd5CdhTGeoh7uf` (DOC 2.1)."""
    return "".join(rng.choices(_LETTERS, k=17))


@cache  # a program that is opened again, and a test suite, want the same people many times
def made_up_patients(seed: int, care_unit_ids: tuple[str, ...]) -> tuple[Patient, ...]:
    """The same people for the same seed: synthetic numbers, no real telephone, mail to nowhere."""
    rng = Random(seed)  # noqa: S311 - made-up people, not secrets
    people = []
    for index in range(SEEDED_PATIENTS):
        first_name, last_name = rng.choice(_FIRST_NAMES), rng.choice(_LAST_NAMES)
        patient = Patient(
            id=new_leyr_id(rng),
            emr_id=seeded_emr_id(index),
            care_unit_id=care_unit_ids[0] if rng.random() < 0.8 else rng.choice(care_unit_ids),
            first_name=first_name,
            last_name=last_name,
            external_id=_national_number(rng),
            phones=(f"+47{_UNUSED_PREFIX}{index:04d}",),
            emails=() if rng.random() < 0.3 else (f"pasient{index + 1}@example.com",),
        )
        people.append(patient)
    return tuple(people)


def _national_number(rng: Random) -> str:
    while True:
        born = _FIRST_BIRTHDAY + timedelta(days=rng.randrange(_DAYS_OF_BIRTHDAYS))
        number = synthetic(born, rng.randrange(500) + (500 if born.year >= 2000 else 0))
        if number:
            return number


_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTH = 80
_NEW_RULE_FROM = date(2032, 1, 1)
_REMAINDERS, _REMAINDERS_SINCE_2032 = (0,), (0, 1, 2, 3)  # of the first check digit


def is_valid(number: str, today: date) -> bool:
    """Whether `number` has a possible date and right check digits (`leyr-api.md` 10.1), D- and synthetic numbers
    included."""
    if len(number) != 11 or not (number.isascii() and number.isdigit()):
        return False
    day, month = int(number[:2]), int(number[2:4])
    possible_day = 1 <= day <= 31 or 41 <= day <= 71
    possible_month = any(1 <= month - added <= 12 for added in (0, 40, 65, _SYNTHETIC_MONTH))
    remainders = _REMAINDERS_SINCE_2032 if today >= _NEW_RULE_FROM else _REMAINDERS
    rightly_ended = number[9:] in [_check_digits(number[:9], remainder) for remainder in remainders]
    return possible_day and possible_month and rightly_ended


def synthetic(born: date, individual: int) -> str | None:
    """A number of the Tenor kind (month + 80), or None. `individual` is 0 to 499 for births before 2000, else 500 to
    999."""
    digits = f"{born:%d}{born.month + _SYNTHETIC_MONTH}{born:%y}{individual:03d}"
    check_digits = _check_digits(digits)
    return digits + check_digits if check_digits else None


def _check_digits(nine: str, remainder: int = 0) -> str | None:
    first = _check_digit(nine, _FIRST_WEIGHTS, remainder)
    second = _check_digit(f"{nine}{first}", _SECOND_WEIGHTS) if first < 10 else 10
    return f"{first}{second}" if second < 10 else None


def _check_digit(digits: str, weights: tuple[int, ...], remainder: int = 0) -> int:
    """0 to 9, or 10 for a number that is never given out."""
    return (remainder - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))) % 11

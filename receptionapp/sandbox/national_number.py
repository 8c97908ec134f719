"""The Norwegian national number: a check as strict as the EHR's, and numbers that can belong to nobody."""

from datetime import date

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTH = 80


def is_valid(number: str) -> bool:
    """Whether `number` has eleven digits, a possible date and right check digits (`leyr-api.md` 10.1).

    D-numbers (day + 40) and synthetic numbers (month + 40, + 65, + 80) pass: DOC 8.1 sends testers to such series.
    """
    if len(number) != 11 or not (number.isascii() and number.isdigit()):
        return False
    day, month = int(number[:2]), int(number[2:4])
    possible_day = 1 <= day <= 31 or 41 <= day <= 71
    possible_month = any(1 <= month - added <= 12 for added in (0, 40, 65, _SYNTHETIC_MONTH))
    return possible_day and possible_month and _check_digits(number[:9]) == number[9:]


def synthetic(born: date, individual: int) -> str | None:
    """A number of the Tenor kind (month + 80), which no person has. None where no check digit exists.

    `individual` is 0 to 499 for births before 2000, 500 to 999 for later ones.
    """
    digits = f"{born:%d}{born.month + _SYNTHETIC_MONTH}{born:%y}{individual:03d}"
    check_digits = _check_digits(digits)
    return digits + check_digits if check_digits else None


def _check_digits(nine: str) -> str | None:
    first = _check_digit(nine, _FIRST_WEIGHTS)
    second = _check_digit(f"{nine}{first}", _SECOND_WEIGHTS) if first < 10 else 10
    return f"{first}{second}" if second < 10 else None


def _check_digit(digits: str, weights: tuple[int, ...]) -> int:
    """0 to 9, or 10 for a number that is never given out."""
    return -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11

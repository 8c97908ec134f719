"""The named people at the desks, those of practice mode, and which PINs are taken."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from receptionapp.domain.pasted_text import clean_text


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may unlock a desk. One who has left is not `active`, and stays: the record has the name."""

    key: UUID
    name: str = field(repr=False)
    administrator: bool = False
    active: bool = True

    @property
    def initials(self) -> str:
        """Of the first and the last name: Nina Cecilie Berg is NB."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass(frozen=True, slots=True)
class PracticeUser:
    """`pin_hash` was made beforehand and cheaply: there is nothing to keep from anybody."""

    name: str
    pin: str
    pin_hash: str


PRACTICE_USERS = (
    PracticeUser(
        "Berit Øvrelid",
        "7294",
        "$argon2id$v=19$m=8,t=1,p=1$ZPR/1aT8Bp5N5MOo5YgWHA$8Z0no4Z/Fl+i7CbMmxV0Ysu7mvQlWQ5/3MpTEmsWgoI",
    ),
    PracticeUser(
        "Tom Prøvestad",
        "5083",
        "$argon2id$v=19$m=8,t=1,p=1$gP0o4tMN6/NE+1yzYDa6kg$8e6u0Hcf4QIZfPkw34FepSUrPztOBIkdYhsfLmyaof0",
    ),
)


SHORTEST, LONGEST = 4, 12
"""Digits. Four are typed fifty times a day; what makes them enough is that guesses are few (`ledger/users.py`)."""


class PinFault(StrEnum):
    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    REPEATED = "repeated"  # 0000, 1212
    RUN = "run"  # 1234, 9876
    DATE = "date"  # 2412, 240385, 1985


def read_pin(text: str) -> str:
    """The digits, without what pasting dragged along: as they are kept and compared."""
    return "".join(clean_text(text).split())


def find_pin_fault(pin: str) -> PinFault | None:
    """What is wrong with it, or None if it is taken."""
    pin = read_pin(pin)
    if not pin.isascii() or not pin.isdigit():
        return PinFault.NOT_DIGITS
    if len(pin) < SHORTEST:
        return PinFault.TOO_SHORT
    if len(pin) > LONGEST:
        return PinFault.TOO_LONG
    if _repeats(pin):
        return PinFault.REPEATED
    if _runs(pin):
        return PinFault.RUN
    return PinFault.DATE if _may_be_date(pin) else None


def _repeats(pin: str) -> bool:
    return any(pin == (pin[:length] * len(pin))[: len(pin)] for length in range(1, len(pin) // 2 + 1))


def _runs(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _may_be_date(pin: str) -> bool:
    """A birthday is what people choose, and what is in the book beside their name."""
    if len(pin) == 4:
        return pin[:2] in ("19", "20") or _is_day(pin[:2], pin[2:]) or _is_day(pin[2:], pin[:2])
    if len(pin) == 6:
        return _is_day(pin[:2], pin[2:4]) or _is_day(pin[4:], pin[2:4]) or _is_day(pin[2:4], pin[:2])
    if len(pin) == 8:
        return (_is_day(pin[:2], pin[2:4]) and pin[4:6] in ("19", "20")) or (
            _is_day(pin[6:], pin[4:6]) and pin[:2] in ("19", "20")
        )
    return False


def _is_day(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True

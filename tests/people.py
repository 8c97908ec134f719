"""Made-up people with numbers that can belong to nobody: the Tenor series, month + 80, generated at run time."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from receptionapp.sandbox.people import synthetic

_individuals = count(100)


@dataclass(frozen=True)
class MadeUp:
    first_name: str
    last_name: str
    number: str
    born: date

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def made_up(first_name: str = "Åse-Marie", last_name: str = "O'Brien Sæther") -> MadeUp:
    """Somebody whom no clinic knows yet; another one each time."""
    while True:
        nth = next(_individuals)
        born = date(1950, 1, 1) + timedelta(days=37 * nth % 15_000)
        number = synthetic(born, 100 + nth % 380)
        if number is not None:
            return MadeUp(first_name, last_name, number, born)


def twin_of(other: MadeUp, first_name: str) -> MadeUp:
    """Somebody else of the same family, born on the same day."""
    while True:
        number = synthetic(other.born, 100 + next(_individuals) % 380)
        if number is not None and number != other.number:
            return MadeUp(first_name, other.last_name, number, other.born)


def with_wrong_check_digits(number: str) -> str:
    """The number with one digit of the running number mistyped."""
    return f"{number[:7]}{(int(number[7]) + 1) % 10}{number[8:]}"

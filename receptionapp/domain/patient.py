"""Patients: as Leyr knows them, as they are asked to be created, and as the ledger remembers them."""

from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient in Leyr's words (`leyr-api.md` 3.7). The ids stay out of `repr` too: an EHR may use national
    numbers."""

    id: str = field(repr=False)
    emr_id: str | None = field(default=None, repr=False)
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    national_number: str | None = field(default=None, repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)

    @property
    def reference(self) -> str:
        """The typed id for paths and bodies: a bare id is always read as the EHR's (`leyr-api.md` 2.1)."""
        return f"emr_id:{self.emr_id}" if self.emr_id else self.id

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class NewPatient:
    """What is sent to create a patient (`leyr-api.md` 3.8). `national_number` is digits only, phones are E.164."""

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    national_number: str = field(repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as this clinic's desks know them. `reference` is Leyr's typed patient id. `birth_date` is None where
    the number does not tell it."""

    reference: str = field(repr=False)
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)

    def filled_from(self, known: "Person") -> "Person":
        """The same with what is known and not told this time: an answer that is silent about a phone tells nothing."""
        return replace(
            self,
            first_name=self.first_name or known.first_name,
            last_name=self.last_name or known.last_name,
            birth_date=self.birth_date or known.birth_date,
            phone=self.phone or known.phone,
        )

    @property
    def is_wiped(self) -> bool:
        """Whether the ledger has wiped the details, so that only the reference is left."""
        return not (self.first_name or self.last_name or self.birth_date or self.phone)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """Of the first of the first names, and of the last name; "" where nothing is known."""
        return "".join(name[0] for name in (self.first_name, self.last_name) if name)

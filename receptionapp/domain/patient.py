"""Patients: as Leyr knows them, as they are asked to be created, and as the ledger remembers them."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NewType

from receptionapp.domain.pasted_text import clean_text


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient in Leyr's words (`leyr-api.md` 3.7, assumes NUMBER_COMES_BACK). The ids stay out of `repr` too: an EHR
    may use national numbers."""

    id: str = field(repr=False)
    emr_id: str | None = field(default=None, repr=False)
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    national_number: str | None = field(default=None, repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)

    @property
    def reference(self) -> str:
        """The typed id for paths and bodies: a bare id is always read as the EHR's (`leyr-api.md` 2.1). Assumes
        ID_BY_EMR_ID."""
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


E164 = NewType("E164", str)
"""A plus sign, the country code, the number: "+4721000000"."""


class PhoneFault(StrEnum):
    EMPTY = "empty"
    HAS_LETTERS = "has_letters"
    HAS_OTHER_CHARACTERS = "has_other_characters"
    UNKNOWN_COUNTRY_CODE = "unknown_country_code"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_IN_USE = "not_in_use"  # the right length, in no series that is given out
    NOT_PERSONAL = "not_personal"  # a company's five digits (which half a number looks like), a paid line


@dataclass(frozen=True, slots=True)
class InvalidPhone:
    reason: PhoneFault


_WRITTEN_WITH = frozenset("0123456789+()/.- \u2010\u2011\u2012\u2013\u2212")
_LONGEST_WRITING = 40


def validate_phone(text: str, region: str = "NO") -> E164 | InvalidPhone:
    """Judge a typed phone number: E.164, or why it is none. Without a country code it is one of `region` (ISO 3166)."""
    typed = clean_text(text).strip()
    if not typed:
        return InvalidPhone(PhoneFault.EMPTY)
    if any(character.isalpha() for character in typed):
        return InvalidPhone(PhoneFault.HAS_LETTERS)
    if not _WRITTEN_WITH.issuperset(typed):
        return InvalidPhone(PhoneFault.HAS_OTHER_CHARACTERS)
    if len(typed) > _LONGEST_WRITING:
        return InvalidPhone(PhoneFault.TOO_LONG)
    return _parse(typed, region)


def load_phone_rules() -> None:
    """Read now, on whatever thread, what judging the first number takes: some 20 ms."""
    _parse("+4721000000", "NO")


def _parse(typed: str, region: str) -> E164 | InvalidPhone:
    import phonenumbers as library  # here and not above: 66 ms that starting the program need not wait for

    try:
        number = library.parse(typed, region)
    except library.NumberParseException as error:
        return InvalidPhone(
            {
                library.NumberParseException.INVALID_COUNTRY_CODE: PhoneFault.UNKNOWN_COUNTRY_CODE,
                library.NumberParseException.TOO_LONG: PhoneFault.TOO_LONG,
            }.get(error.error_type, PhoneFault.TOO_SHORT)
        )
    if not library.is_valid_number(number):
        return InvalidPhone(
            {
                library.ValidationResult.TOO_LONG: PhoneFault.TOO_LONG,
                library.ValidationResult.IS_POSSIBLE: PhoneFault.NOT_IN_USE,
            }.get(library.is_possible_number_with_reason(number), PhoneFault.TOO_SHORT)
        )
    kinds = library.PhoneNumberType
    if library.number_type(number) in (kinds.UAN, kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.VOICEMAIL):
        return InvalidPhone(PhoneFault.NOT_PERSONAL)
    return E164(library.format_number(number, library.PhoneNumberFormat.E164))


EmailAddress = NewType("EmailAddress", str)
MAX_LENGTH = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


class EmailFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    HAS_SPACES = "has_spaces"
    NOT_ONE_AT_SIGN = "not_one_at_sign"
    NOTHING_BEFORE_AT_SIGN = "nothing_before_at_sign"
    NO_DOT_IN_DOMAIN = "no_dot_in_domain"
    HAS_OTHER_CHARACTERS = "has_other_characters"


@dataclass(frozen=True, slots=True)
class InvalidEmail:
    reason: EmailFault


def validate_email(text: str) -> EmailAddress | InvalidEmail:
    """Judge a typed address: the one mailbox without the spaces around it, or why it is none."""
    address = clean_text(text).strip()
    reason = _why_not(address)
    return EmailAddress(address) if reason is None else InvalidEmail(reason)


def _why_not(address: str) -> EmailFault | None:
    before, _, domain = address.partition("@")
    objections = (
        (EmailFault.EMPTY, not address),
        (EmailFault.TOO_LONG, len(address) > MAX_LENGTH),
        (EmailFault.HAS_SPACES, any(character.isspace() for character in address)),
        (EmailFault.HAS_OTHER_CHARACTERS, not address.isprintable() or not set(address).isdisjoint('<>(),;:"\\[]')),
        (EmailFault.NOT_ONE_AT_SIGN, address.count("@") != 1),
        (EmailFault.NOTHING_BEFORE_AT_SIGN, not before),
        (EmailFault.NO_DOT_IN_DOMAIN, "." not in domain or not all(domain.split("."))),
    )
    return next((reason for reason, holds in objections if holds), None)

"""E-mail addresses: the slips of a typist are caught; whether mail arrives, only mail can tell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

EmailAddress = NewType("EmailAddress", str)
MAX_LENGTH = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


class EmailRefusal(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    HAS_SPACES = "has_spaces"
    NOT_ONE_AT_SIGN = "not_one_at_sign"
    NOTHING_BEFORE_AT_SIGN = "nothing_before_at_sign"
    NO_DOT_IN_DOMAIN = "no_dot_in_domain"
    HAS_OTHER_CHARACTERS = "has_other_characters"


@dataclass(frozen=True, slots=True)
class RefusedEmail:
    reason: EmailRefusal


def judge_email(text: str) -> EmailAddress | RefusedEmail:
    """Judge a typed address: the address without the spaces around it, or why it is none.

    Two addresses in one field, and the commas and brackets of a mail program, are refused: a message about an
    appointment goes to one mailbox.
    """
    address = text.strip()
    reason = _why_not(address)
    return EmailAddress(address) if reason is None else RefusedEmail(reason)


def _why_not(address: str) -> EmailRefusal | None:
    before, _, domain = address.partition("@")
    objections = (
        (EmailRefusal.EMPTY, not address),
        (EmailRefusal.TOO_LONG, len(address) > MAX_LENGTH),
        (EmailRefusal.HAS_SPACES, any(character.isspace() for character in address)),
        (EmailRefusal.HAS_OTHER_CHARACTERS, not address.isprintable() or not set(address).isdisjoint('<>(),;:"\\[]')),
        (EmailRefusal.NOT_ONE_AT_SIGN, address.count("@") != 1),
        (EmailRefusal.NOTHING_BEFORE_AT_SIGN, not before),
        (EmailRefusal.NO_DOT_IN_DOMAIN, "." not in domain or not all(domain.split("."))),
    )
    return next((reason for reason, holds in objections if holds), None)

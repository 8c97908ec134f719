"""E-mail addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.patient import EmailFault, InvalidEmail, validate_email


@pytest.mark.parametrize(
    "typed", ["kari@example.no", "kari.anne+time@mail.example.com", "kåre@blåbær.example", " kari@example.no\n"]
)
def test_an_address_is_taken_without_the_spaces_around_it(typed: str) -> None:
    assert validate_email(typed) == typed.strip()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", EmailFault.EMPTY),
        ("kari", EmailFault.NOT_ONE_AT_SIGN),
        ("kari@@example.no", EmailFault.NOT_ONE_AT_SIGN),
        ("@example.no", EmailFault.NOTHING_BEFORE_AT_SIGN),
        ("kari@example", EmailFault.NO_DOT_IN_DOMAIN),
        ("kari@example.", EmailFault.NO_DOT_IN_DOMAIN),
        ("kari@.no", EmailFault.NO_DOT_IN_DOMAIN),
        ("kari@example..no", EmailFault.NO_DOT_IN_DOMAIN),
        ("kari nordmann@example.no", EmailFault.HAS_SPACES),
        ("kari\u00a0n@example.no", EmailFault.HAS_SPACES),
        ("Kari <kari@example.no>", EmailFault.HAS_SPACES),
        ("<kari@example.no>", EmailFault.HAS_OTHER_CHARACTERS),
        ("kari@example.no,ola@example.no", EmailFault.HAS_OTHER_CHARACTERS),
        ("kari\u202e@example.no", EmailFault.HAS_OTHER_CHARACTERS),
        (f"{'k' * 250}@example.no", EmailFault.TOO_LONG),
    ],
)
def test_a_slip_is_refused_with_the_reason(typed: str, reason: EmailFault) -> None:
    assert validate_email(typed) == InvalidEmail(reason)


@given(st.text(max_size=300) | st.emails())
def test_any_text_is_judged_and_an_address_is_judged_the_same_again(text: str) -> None:
    address = validate_email(text)
    if isinstance(address, str):
        assert address.count("@") == 1
        assert validate_email(address) == address

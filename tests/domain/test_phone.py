"""Phone numbers. Those written here are in Norway's series for fixed lines that ends in zeros, or the library's own."""

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.patient import InvalidPhone, PhoneFault, validate_phone


@pytest.mark.parametrize(
    "typed",
    [
        "21000000",
        "21 00 00 00",
        "210 00 000",
        "+47 21000000",
        "+4721000000",
        "004721000000",
        "(+47) 210-000-00",
        "21\u00a0000000",
        "\u202a+47 21 00 00 00\u202c",
        "２１００００００",
    ],
)
def test_the_usual_writings_become_e164(typed: str) -> None:
    assert validate_phone(typed) == "+4721000000"


@pytest.mark.parametrize("region", ["NO", "SE", "DK", "GB", "PL", "US"])
def test_a_mobile_number_of_any_country_is_taken_with_its_code(region: str) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    assert validate_phone(written) == f"+{example.country_code}{example.national_number}"


def test_a_number_without_a_code_is_read_as_one_of_the_given_country() -> None:
    example = phonenumbers.example_number_for_type("SE", phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert validate_phone(written, "SE") == f"+46{example.national_number}"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", PhoneFault.EMPTY),
        ("  ", PhoneFault.EMPTY),
        ("Kari", PhoneFault.HAS_LETTERS),
        ("2100000O", PhoneFault.HAS_LETTERS),
        ("2100*000", PhoneFault.HAS_OTHER_CHARACTERS),
        ("٢١٠٠٠٠٠٠", PhoneFault.HAS_OTHER_CHARACTERS),
        ("2100000", PhoneFault.TOO_SHORT),
        ("113", PhoneFault.TOO_SHORT),
        ("+47", PhoneFault.TOO_SHORT),
        ("+", PhoneFault.TOO_SHORT),
        ("210000000", PhoneFault.TOO_LONG),
        ("0" * 100_000, PhoneFault.TOO_LONG),
        ("+999 12345678", PhoneFault.UNKNOWN_COUNTRY_CODE),
        ("11111111", PhoneFault.NOT_IN_USE),
        ("02800", PhoneFault.NOT_PERSONAL),
        ("82000000", PhoneFault.NOT_PERSONAL),
    ],
)
def test_what_is_no_phone_number_of_a_person_is_refused_with_the_reason(typed: str, reason: PhoneFault) -> None:
    assert validate_phone(typed) == InvalidPhone(reason)


@given(st.text(alphabet="0123456789+() -/.", max_size=45) | st.text(max_size=20))
def test_any_text_is_judged_and_e164_is_judged_the_same_again(text: str) -> None:
    phone = validate_phone(text)
    if isinstance(phone, str):
        assert phone[0] == "+"
        assert phone[1:].isdigit()
        assert validate_phone(phone) == phone


def test_the_library_is_not_loaded_before_a_number_is_judged() -> None:
    check = "import sys, receptionapp.domain.patient; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0

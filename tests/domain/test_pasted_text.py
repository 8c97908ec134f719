"""What is pasted is cleaned once, and then read by every judge alike."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.birth_date import parse_birth_date
from receptionapp.domain.date_phrase import parse_date_phrase
from receptionapp.domain.free_times import parse_free_phrase
from receptionapp.domain.names import fold_name, validate_name
from receptionapp.domain.pasted_text import clean_lines, clean_text
from receptionapp.domain.patient import validate_email, validate_phone
from receptionapp.domain.person_search import parse_person_search, typed_national_number
from receptionapp.domain.user import find_pin_fault
from receptionapp.ledger.key import LedgerKey
from receptionapp.system.credentials import hash_pin, is_pin

TODAY = date(2026, 11, 28)
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u2060\u2066\u2067\u2068\u2069\ufeff"
JUDGES: tuple[tuple[Callable[[str], object], str], ...] = (
    (validate_name, "Kari"),
    (fold_name, "Kari Nordmann"),
    (validate_phone, "21 00 00 00"),
    (validate_email, "kari@example.no"),
    (find_pin_fault, "7294"),
    (lambda text: parse_birth_date(text, TODAY), "3. mars 1980"),
    (lambda text: parse_person_search(text, TODAY), "kari 03.03.1980"),
    (lambda text: typed_national_number(text, TODAY), "41814061033"),
    (lambda text: parse_date_phrase(text, TODAY), "24. desember"),
    (lambda text: parse_free_phrase(text), "ledig fredag etter 15"),
)


@pytest.mark.parametrize(("judge", "text"), JUDGES)
@given(data=st.data())
def test_what_nobody_sees_changes_no_judgement(judge: Callable[[str], object], text: str, data: st.DataObject) -> None:
    unseen = [data.draw(st.sampled_from(["", *UNSEEN])) for _ in range(len(text) + 1)]
    pasted = "".join(sign + letter for sign, letter in zip(unseen, text, strict=False)) + unseen[-1]
    for written in (pasted, pasted.replace(" ", "\u00a0"), "".join(map(double_width, pasted))):
        assert judge(written) == judge(text)


def double_width(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign


def test_a_pin_is_the_same_wherever_it_was_copied_from() -> None:
    assert is_pin(hash_pin("\u202d7294\u202c"), "7294")
    assert is_pin(hash_pin("7294"), "７２９４\u00a0")


def test_a_recovery_key_may_be_pasted_too() -> None:
    key = LedgerKey.new()
    assert LedgerKey.read("\ufeff" + key.grouped.replace(" ", "\u00a0")) == key


def test_an_override_that_turns_text_round_is_left_for_the_judge() -> None:
    assert clean_text("Kari\u202egnoM") == "Kari\u202egnoM"


def test_lines_stay_lines() -> None:
    assert clean_lines("\u200bRing på\u00a0forhånd\r\n\nTo trapper \n") == "Ring på forhånd\n\nTo trapper"


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_adds_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert len(clean_text(text)) <= len(text)

"""Names: what can be sent, what is found, and who is somebody else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.names import (
    MAX_LENGTH,
    InvalidName,
    NameFault,
    fold_name,
    normalise_name,
    same_person_name,
    validate_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "Åse",
        "Ødegård",
        "O'Brien",
        "D’Angelo",
        "Anne-Marie",
        "J. R.",
        "Nguyễn",
        "Łukasz",
        "محمد",
        "สมชาย",
        "李",
        "प्रिया",
    ],
)
def test_names_of_any_script_can_be_sent_as_they_are(name: str) -> None:
    assert validate_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("  Kari   Anne ", "Kari Anne"),
        ("Kari\u00a0Anne\tB", "Kari Anne B"),
        ("Kari\u3000Anne\r\n", "Kari Anne"),
        ("Anne\u2011Marie", "Anne-Marie"),
        ("Ka\u2028ri", "Ka ri"),
        ("Ka\u200bri\u2066", "Kari"),
        ("\u202dKari\u202c", "Kari"),
        ("Ｋａｒｉ", "Kari"),
        ("Anne–Marie", "Anne-Marie"),
        ("D´Angelo", "D’Angelo"),
        ("A\u030ase", "Åse"),
    ],
)
def test_a_typed_name_is_tidied_before_it_is_sent(typed: str, sent: str) -> None:
    assert validate_name(typed) == sent


@pytest.mark.parametrize(
    ("typed", "reason", "characters"),
    [
        ("", NameFault.EMPTY, ()),
        (" \u00a0\t", NameFault.EMPTY, ()),
        ("x" * (MAX_LENGTH + 1), NameFault.TOO_LONG, ()),
        ("-.’", NameFault.NO_LETTERS, ()),
        ("Kar1", NameFault.HAS_DIGITS, ("1",)),
        ("Kari٣", NameFault.HAS_DIGITS, ("٣",)),
        ("Kari 😀", NameFault.HAS_EMOJI, ("😀",)),
        ("Kari ❤\ufe0f", NameFault.HAS_EMOJI, ("❤",)),
        ("Kari\u202egnoM", NameFault.HAS_HIDDEN_CHARACTERS, ("U+202E",)),
        ("Ka\x00ri", NameFault.HAS_HIDDEN_CHARACTERS, ("U+0000",)),
        ("Kari\u3164", NameFault.HAS_HIDDEN_CHARACTERS, ("U+3164",)),
        ("Kari\u20e0", NameFault.HAS_OTHER_CHARACTERS, ("\u20e0",)),
        ("Kari, <Nordmann>", NameFault.HAS_OTHER_CHARACTERS, (",", "<", ">")),
        ("Kari\ue000", NameFault.HAS_OTHER_CHARACTERS, ("\ue000",)),
    ],
)
def test_a_name_that_cannot_be_sent_is_refused_with_the_characters_at_fault(
    typed: str, reason: NameFault, characters: tuple[str, ...]
) -> None:
    assert validate_name(typed) == InvalidName(reason, characters)


def test_a_name_of_exactly_80_characters_can_be_sent() -> None:
    assert validate_name(f" {'x' * MAX_LENGTH} ") == "x" * MAX_LENGTH


def test_a_refusal_does_not_repeat_the_name() -> None:
    assert "7" not in repr(validate_name("Kari7"))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Håkon", "Haakon", "HAKON", "Ha\u030akon"),
        ("Bjørn", "Bjorn", "Björn"),
        ("Kjær", "Kjaer", "KJÆR"),
        ("Anne-Marie", "Anne Marie", "anne\u2011marie"),
        ("O'Brien", "OBrien", "O’Brien"),
        ("André", "Andre"),
        ("Großmann", "Grossmann"),
        ("Łukasz", "Lukasz"),
        ("J.R. Moe", "J R Moe"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(spellings: tuple[str, ...]) -> None:
    assert len({fold_name(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Moe", "Mo"), ("Kari", "Karin"), ("Bø", "Bøe"), ("Lie", "Li")])
def test_different_names_stay_different_when_folded(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kari Nordmann", "KARI NORDMANN"),
        ("Kari Nordmann", "Nordmann Kari"),
        ("Håkon Ødegård", "Haakon Odegaard"),
        ("Anne-Marie Hansen", "Anne Marie Hansen"),
        ("Kari Nordmann", "Kari Anne Nordmann"),
        ("Kari Berg Nordmann", "Kari Anne Berg Nordmann"),
        ("Kari Nordmann", "Kari Anne-Lise Nordmann"),
    ],
)
def test_one_person_may_be_written_in_several_ways(one: str, other: str) -> None:
    assert same_person_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kari Nordmann", "Ola Nordmann"),
        ("Kari Nordmann", "Kari Hansen"),
        ("Kari Nordmann", "Kari"),
        ("Kari Nordmann", ""),
        ("", ""),
        ("", "-"),
        ("Kari Nordmann", "Anne Kari Nordmann"),
        ("Kari Nordmann", "Kari Nordmann Hansen"),
        ("Kari Hansen", "Kari Hansen-Berg"),
        ("Anne Hansen", "Anne-Marie Hansen"),
        ("Kari Berg Anne Nordmann", "Kari Anne Berg Lise Nordmann"),
        ("Kari A. Nordmann", "Kari Anne Nordmann"),
        ("Kari Kari", "Kari"),
        ("Kari Mo", "Kari Moe"),
    ],
)
def test_whoever_might_be_somebody_else_stops_the_booking(one: str, other: str) -> None:
    assert not same_person_name(one, other)
    assert not same_person_name(other, one)


@given(st.text(max_size=100))
def test_a_name_that_can_be_sent_hides_nothing_and_needs_no_second_tidying(text: str) -> None:
    name = validate_name(text)
    if isinstance(name, str):
        assert name.isprintable()
        assert 1 <= len(name) <= MAX_LENGTH
        assert validate_name(name) == name


@given(st.text(max_size=60))
def test_folding_and_tidying_twice_change_nothing_more(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)
    assert normalise_name(normalise_name(text)) == normalise_name(text)


@given(st.text(alphabet="abcæøåéA -.'", max_size=30), st.text(alphabet="abcæøåéA -.'", max_size=30))
def test_the_comparison_has_no_direction(one: str, other: str) -> None:
    assert same_person_name(one, other) == same_person_name(other, one)
    assert same_person_name(one, one) == bool(fold_name(one))

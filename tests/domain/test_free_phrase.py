from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.free_times import FreePhrase, parse_free_phrase

HALF_AN_HOUR = timedelta(minutes=30)
NOT_FRIDAY = frozenset({1, 2, 3, 4, 6, 7})


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ledig", FreePhrase()),
        ("Next free", FreePhrase()),
        ("neste ledige", FreePhrase()),
        ("ledig 30 min", FreePhrase(HALF_AN_HOUR)),
        ("ledige 30min", FreePhrase(HALF_AN_HOUR)),
        ("neste ledige time hos Ane", FreePhrase(names=("ane",))),
        ("ledig fredag", FreePhrase(weekdays=frozenset({5}))),
        ("ledig etter kl 15", FreePhrase(earliest=time(15))),
        ("free before 9:30", FreePhrase(latest=time(9, 30))),
        (
            "Next free 30 min with Ane or Bo, not Fridays, after 15:00",
            FreePhrase(HALF_AN_HOUR, NOT_FRIDAY, time(15), names=("ane", "bo")),
        ),
        (
            "neste ledige 30 min med Ane eller Bo, ikke fredager, etter 15.00",
            FreePhrase(HALF_AN_HOUR, NOT_FRIDAY, time(15), names=("ane", "bo")),
        ),
        ("led", FreePhrase(short=True)),
        ("next", FreePhrase(short=True)),
    ],
)
def test_wishes_as_they_are_said(text: str, wish: FreePhrase) -> None:
    assert parse_free_phrase(text) == wish


@pytest.mark.parametrize("text", ["", "le", "kari", "fredag", "freestyle", "30 min"])
def test_what_is_no_wish(text: str) -> None:
    assert parse_free_phrase(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    parse_free_phrase(f"ledig {text}")
    parse_free_phrase(text)

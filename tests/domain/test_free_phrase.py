from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionapp.domain.free_times import (
    CriteriaFault,
    FreePhrase,
    FreeTimeCriteria,
    find_criteria_fault,
    parse_free_phrase,
)
from receptionapp.domain.time_phrase import parse_time_phrase

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
        ("halv ni", FreePhrase(earliest=time(8, 30), latest=time(8, 30))),
        ("kvart på tre", FreePhrase(earliest=time(14, 45), latest=time(14, 45))),
        ("free half past eight", FreePhrase(earliest=time(8, 30), latest=time(8, 30))),
        ("ledig kl 9 hos Ane", FreePhrase(earliest=time(9), latest=time(9), names=("ane",))),
        ("ledig etter halv ni med Ane", FreePhrase(earliest=time(8, 30), names=("ane",))),
        ("free before quarter to three", FreePhrase(latest=time(14, 45))),
        ("ledig mellom 9 og halv elleve fredag", FreePhrase(None, frozenset({5}), time(9), time(10, 30))),
        ("led", FreePhrase(short=True)),
        ("next", FreePhrase(short=True)),
    ],
)
def test_wishes_as_they_are_said(text: str, wish: FreePhrase) -> None:
    assert parse_free_phrase(text) == wish


@pytest.mark.parametrize("text", ["", "le", "kari", "fredag", "freestyle", "30 min"])
def test_what_is_no_wish(text: str) -> None:
    assert parse_free_phrase(text) is None


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("ledig etter 25", "etter 25"),
        ("free after 8.75", "after 8.75"),
        ("ledig før 24:00 fredag", "før 24:00"),
        ("ledig etter lunsj", "etter lunsj"),
        ("ledig etter", "etter"),
        ("ledig ikke jul", "ikke jul"),
        ("ledig 0 min", "0 min"),
        ("ledig 1000 min", "1000 min"),
        ("ledig mellom 9 og 25", "mellom 9 og 25"),
        ("ledig mellom 9", "mellom 9"),
        ("free from 9 to 25", "from 9 to 25"),
    ],
)
def test_a_limit_that_cannot_be_read_is_never_no_limit(text: str, unread: str) -> None:
    wish = parse_free_phrase(text)
    assert wish is not None
    assert wish.unread == (unread,)


@pytest.mark.parametrize(
    ("wish", "fault"),
    [
        (FreeTimeCriteria(), None),
        (FreeTimeCriteria(earliest=time(9), latest=time(9)), None),
        (FreeTimeCriteria(resource_ids=()), CriteriaFault.NO_RESOURCE),
        (FreeTimeCriteria(weekdays=frozenset()), CriteriaFault.NO_WEEKDAY),
        (FreeTimeCriteria(earliest=time(15), latest=time(9)), CriteriaFault.UPSIDE_DOWN),
    ],
)
def test_a_choice_that_nothing_can_suit_is_known(wish: FreeTimeCriteria, fault: CriteriaFault | None) -> None:
    assert find_criteria_fault(wish) is fault


BOKMÅL = ("ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@given(st.integers(7 * 60 // 5, 19 * 60 // 5 - 1))
def test_every_five_minutes_are_read_back_as_they_are_said(fives: int) -> None:
    """By the twelve hours of a dial, from 07:00 to 18:55."""
    hour, minute = divmod(fives * 5, 60)
    here, following = (hour - 1) % 12, hour % 12
    parts = {5: ("fem", "five"), 10: ("ti", "ten"), 15: ("kvart", "quarter"), 20: ("tjue", "twenty")}
    said = {f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", f"kl {hour:02}{minute:02}"}
    if minute in parts:
        said |= {f"{parts[minute][0]} over {BOKMÅL[here]}", f"{parts[minute][1]} past {ENGLISH[here]}"}
    if 60 - minute in parts:
        said |= {f"{parts[60 - minute][0]} på {BOKMÅL[following]}", f"{parts[60 - minute][1]} to {ENGLISH[following]}"}
    if minute == 30:
        said |= {f"halv {BOKMÅL[following]}", f"halv {following + 1}", f"half past {ENGLISH[here]}"}
    if minute in (20, 25):
        said.add(f"{parts[30 - minute][0]} på halv {BOKMÅL[following]}")
    if minute in (35, 40):
        said.add(f"{parts[minute - 30][0]} over halv {BOKMÅL[following]}")
    assert {text: parse_time_phrase(text) for text in said} == dict.fromkeys(said, time(hour, minute))


@given(st.text(max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    parse_free_phrase(f"ledig {text}")
    parse_free_phrase(text)

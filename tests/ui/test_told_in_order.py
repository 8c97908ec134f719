"""What a screen reader says by itself while the book is worked, in order and not twice: AT-SPI, another process."""

from pathlib import Path
from typing import Any

import pytest

from receptionapp.domain.appointment import Standing
from tests.screen_reader import listen
from ui.words.appointments import standing_words

HERE = Path(__file__).parent
DAY = "Tuesday 24 November"

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return listen(HERE / "told_reader.py", str(HERE / "told_desk.py"), folder=tmp_path_factory.mktemp("data"))


def free(span: str) -> str:
    return f"{DAY} {span}, Ane Ødegård, free, Konsultasjon 20 minutes"


def own(standing: Standing) -> str:
    words = standing_words(standing, None)
    return f"{DAY} 08:20 to 08:40, Ane Ødegård, {words[:1].lower()}{words[1:]}, Solveig Johannessen, Konsultasjon"


def test_ten_steps_are_told_once_each(told: dict[str, Any]) -> None:
    steps = told["ten steps"]
    assert steps[0] == [f"focus: {free('08:20 to 08:40')}"]
    assert steps[-1] == [f"focus: {free('11:20 to 11:40')}"]
    assert [len(said) for said in steps] == [1] * 10
    assert len({said[0] for said in steps}) == 10


def test_at_the_end_nothing_is_told_again(told: dict[str, Any]) -> None:
    assert told["to the end"] == [f"focus: {free('11:40 to 12:00')}"]
    assert told["no further, and home"] == [f"focus: {free('08:00 to 08:20')}"]


def test_enter_tells_that_the_time_is_chosen_and_where_the_keyboard_is(told: dict[str, Any]) -> None:
    assert told["chosen"] == [f"chosen: {free('08:20 to 08:40')}", "focus: Find patient"]


def test_coming_back_to_the_book_is_coming_back_to_the_time(told: dict[str, Any]) -> None:
    assert told["back"] == ["focus: Appointment book", f"focus: {free('08:20 to 08:40')}"]


def test_a_booking_is_told_as_it_is_sent_and_when_it_is_certain(told: dict[str, Any]) -> None:
    assert told["send"] == [f"focus: {own(Standing.SENDING)}"]
    name, outcome = told["book"]
    assert name == f"name: {own(Standing.BOOKED)}"
    assert outcome.startswith("announced: Booked: Solveig Johannessen")


def test_what_another_desk_does_elsewhere_on_the_page_interrupts_nobody(told: dict[str, Any]) -> None:
    assert told["another_desk"] == []


def test_what_is_refused_is_told_once_with_what_still_stands(told: dict[str, Any]) -> None:
    (outcome,) = told["refuse"]
    assert outcome.startswith("announced: Not cancelled, it still stands: Solveig Johannessen")


def test_what_is_not_known_is_told_with_what_to_do(told: dict[str, Any]) -> None:
    name, outcome = told["lose"]
    assert name == f"name: {own(Standing.CANCELLING_UNKNOWN)}"
    assert outcome.startswith("announced: Not known if cancelled: Solveig Johannessen")
    assert "Look in Konfidens" in outcome


def test_after_cancelling_the_cursor_is_on_the_free_time(told: dict[str, Any]) -> None:
    focus, outcome = told["cancel"]
    assert focus == f"focus: {free('08:20 to 08:40')}"
    assert outcome.startswith("announced: Cancelled: Solveig Johannessen")


def test_locking_is_told_and_leads_to_the_pin(told: dict[str, Any]) -> None:
    assert told["lock"][-2:] == ["focus: PIN", "announced: This desk is locked"]
    assert not any("Solveig" in said for said in told["lock"])


def test_unlocking_leads_back_to_the_time(told: dict[str, Any]) -> None:
    assert told["unlock"][-1] == f"focus: {free('08:20 to 08:40')}"


def test_a_change_in_one_column_is_not_a_change_of_the_whole_book(told: dict[str, Any]) -> None:
    """Qt tells every child of what was reordered: only the column that has other times, each time it has."""
    assert told["children changed"] < 4 * 13

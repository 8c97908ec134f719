"""A booking in practice mode by keyboard, over AT-SPI from another process: what is heard, and what is there."""

from pathlib import Path
from typing import Any

import pytest

from tests.screen_reader import listen

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return listen(Path(__file__).parent / "heard_at_the_desk.py", folder=tmp_path_factory.mktemp("data"))


def test_what_is_found_is_said_with_how_many_there_are(heard: dict[str, Any]) -> None:
    count, _, first = heard["search"].partition(" found. ")
    assert int(count) > 1
    assert " Sol" in f" {first}"


def test_the_language_is_the_programs_and_not_the_computers(heard: dict[str, Any]) -> None:
    assert heard["languages"] == ["en_GB"] * 3  # on a computer that has none


def test_what_a_choice_is_about_is_told_by_its_label(heard: dict[str, Any]) -> None:
    """A combo box is named by what is chosen in it."""
    assert heard["labels"] == [["Care unit"], ["Service"]]


def test_each_entry_of_a_menu_is_found_once(heard: dict[str, Any]) -> None:
    assert len(set(heard["saved views"])) == len(heard["saved views"]) == 14
    assert "Nothing saved on F2" in heard["saved views"]


def test_each_hit_is_said_as_the_arrow_comes_to_it(heard: dict[str, Any]) -> None:
    assert heard["next hit"]
    assert heard["next hit"] not in heard["search"]


def chosen(heard: dict[str, Any]) -> str:
    """The name of the person whom Enter took."""
    return str(heard["next hit"]).partition(",")[0]


def test_the_outcome_is_said_and_the_book_has_it(heard: dict[str, Any]) -> None:
    assert heard["button"] == "Book"
    assert heard["outcome"].startswith("Booked")
    assert any(f", {chosen(heard)} born " in name for name in heard["booked"]), heard["booked"]


def test_the_list_is_a_table_with_headers_that_holds_the_same(heard: dict[str, Any]) -> None:
    assert heard["columns"] == ["Day", "Time", "Resource", "Status", "Service", "Patient"]
    assert chosen(heard) in " ".join(heard["cells"])


def test_the_program_ends_well_although_somebody_listens(heard: dict[str, Any]) -> None:
    """Qt asks about the book while it goes."""
    assert heard["ended with"] == 0

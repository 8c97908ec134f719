"""The book as a screen reader in another process finds it: AT-SPI, on a virtual screen, with a session bus."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.screen_reader import listen

HERE = Path(__file__).parent

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the reader found in a day of 20 resources."""
    return listen(HERE / "spoken_reader.py", str(HERE / "spoken_book.py"), folder=tmp_path_factory.mktemp("data"))


def test_every_free_time_and_appointment_of_twenty_resources_is_in_the_tree(found: dict[str, Any]) -> None:
    assert found["children"] == found["promised"] > 200
    assert found["roles"] == ["list item"]
    assert len(set(found["names"])) == len(found["names"])
    assert all(name.startswith("Tuesday 24 November") for name in found["names"])


def test_each_column_is_a_list_named_as_its_header(found: dict[str, Any]) -> None:
    roles, names, _ = zip(*found["columns"], strict=True)
    assert set(roles) == {"list"}
    assert len(set(names)) == len(names) == 20
    assert names[0] == "Ane Ødegård, Tuesday 24 November"
    assert found["parents"] == [True, True]


def test_a_column_says_what_it_holds_and_never_that_it_is_empty_when_nobody_knows(found: dict[str, Any]) -> None:
    said = {name.partition(",")[0]: description for _, name, description in found["columns"]}
    assert re.fullmatch(r"Free times: \d+\. Appointments: \d+", said["Ane Ødegård"])
    assert said["Tor Erik Håkonsen"] == "Not loaded"


def test_every_one_of_them_is_chosen_when_it_is_pressed_from_outside(found: dict[str, Any]) -> None:
    assert all(told.startswith("chosen ") for told in found["chosen"])
    assert len(set(found["chosen"])) == found["children"]


def test_free_time_is_said_in_a_whole_sentence(found: dict[str, Any]) -> None:
    assert "Tuesday 24 November 07:50 to 08:10, Ane Ødegård, free, Konsultasjon 20 minutes" in found["names"]


def test_an_appointment_is_said_with_its_standing_person_birth_date_and_service(found: dict[str, Any]) -> None:
    said = "08:10 to 08:30, Ane Ødegård, booked, Ingrid Åsheim born 25 May 2018, Førerkortattest"
    assert f"Tuesday 24 November {said}" in found["names"]


def test_pressing_from_outside_chooses_and_says_so(found: dict[str, Any]) -> None:
    assert found["actions"] == ["Press", "SetFocus"]
    assert ", free, " in found["pressed"]
    assert found["chosen_first"] == "chosen r0 06:30"  # half past seven in the clinic, in UTC
    assert found["selected"]


def test_an_item_has_a_place_on_the_screen(found: dict[str, Any]) -> None:
    x, y, width, height = found["extents"]
    assert x >= 0
    assert y >= 0
    assert width > 40
    assert height > 10


def test_after_turning_the_day_the_tree_is_the_other_day(found: dict[str, Any]) -> None:
    assert len(found["after"]) == found["turned"] > 0
    assert all(name.startswith("Wednesday 25 November") for name in found["after"])

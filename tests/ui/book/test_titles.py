"""What a column's header says when it is narrow, and whose names are easily mixed up."""

from dataclasses import replace

import made_up_days as made_up
import pytest

from receptionapp.domain.page import Page, ResourceDay, Span
from receptionapp.domain.patient import Person
from ui.book.contents import Contents, LayoutMemory
from ui.book.texts import column_titles


def test_a_title_goes_down_to_the_second_line_before_anything_is_cut() -> None:
    assert list(column_titles("Ingrid Bråthen, psykolog", "3 free"))[:3] == [
        ("Ingrid Bråthen, psykolog", "3 free"),
        ("Ingrid Bråthen", "psykolog · 3 free"),
        ("Ingrid Bråthen", "3 free"),
    ]


def test_a_long_name_is_broken_at_a_space_and_then_shortened() -> None:
    assert list(column_titles("Mohammed Al-Rashid", "3 free"))[1:] == [
        ("Mohammed", "Al-Rashid · 3 free"),
        ("M. Al-Rashid", "3 free"),
        ("Mohammed A.", "3 free"),
        ("MA", "3 free"),
    ]


def test_a_room_keeps_the_number_that_tells_it_from_the_others() -> None:
    assert all("1" in title for title, _ in column_titles("Grupperom 1", "9 free"))


@pytest.mark.parametrize(("reference", "mixed_up"), [("emr_id:7", True), ("emr_id:1", False)])
def test_two_people_of_one_name_on_one_day_are_told_apart(reference: str, mixed_up: bool) -> None:
    first = made_up.slot(made_up.TUESDAY, 600, 20)
    second = made_up.slot(made_up.TUESDAY, 640, 20, "r1")
    kari, other = Person("emr_id:1", "Kari", "Nordmann"), Person(reference, "Kari", "Nordmann")
    own = (
        replace(made_up.appointment(1, first), person=kari),
        replace(made_up.appointment(2, second), person=other),
    )
    columns = tuple(ResourceDay(made_up.TUESDAY, f"r{n}", (), (own[n],)) for n in range(2))
    contents = Contents(Page(made_up.clinic(2), made_up.OSLO, Span.DAY, columns), LayoutMemory())
    assert contents.has_namesake(0, kari) is mixed_up
    said = contents.sentence(1, contents.items(1)[0])
    assert said.endswith("somebody else of this name comes on the same day") is mixed_up

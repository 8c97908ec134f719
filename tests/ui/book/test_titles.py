"""What a column's header says when it is narrow, and whose names are easily mixed up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import made_up_days as made_up
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from receptionapp.domain.patient import Person
from ui.book.contents import Contents, LayoutCache
from ui.book.geometry import Geometry
from ui.book.headers import ColumnHeader
from ui.book.picture import _details, _name, make_column_picture
from ui.book.style import BookStyle
from ui.book.view import BookView
from ui.language import Language
from ui.theme import LIGHT


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
    contents = Contents(Page(made_up.clinic(2), made_up.OSLO, ViewSpan.DAY, columns), LayoutCache())
    assert contents.has_namesake(0, kari) is mixed_up
    said = contents.sentence(1, contents.items(1)[0])
    assert said.endswith("somebody else of this name comes on the same day") is mixed_up


def test_on_a_narrow_block_a_name_becomes_shorter_and_never_a_letter_with_dots(qapp: QApplication) -> None:
    inks = BookStyle(LIGHT, qapp.font(), 1.0)
    liv = Person("emr_id:1", "Liv", "Solberg")
    seen: list[str] = []
    for width in range(160, 8, -1):
        shown, font = _name(liv, inks.bold, width, inks)
        assert inks.advance(shown, font) <= width
        seen.append(shown)
    whole, *shorter, nothing = dict.fromkeys(seen)
    assert (whole, nothing) == ("Liv Solberg", "")
    assert set(shorter) <= {"L. Solberg", "Solberg", "Solber.", "Solbe.", "Solb.", "Sol.", "LS"}
    assert {"L. Solberg", "Solberg", "LS"} <= set(shorter)


def test_half_a_birth_date_is_never_shown(qapp: QApplication) -> None:
    inks = BookStyle(LIGHT, qapp.font(), 1.0)
    own = made_up.appointment(4, made_up.slot(made_up.TUESDAY, 600, 20))
    page = Page(made_up.clinic(1), made_up.OSLO, ViewSpan.DAY, (ResourceDay(made_up.TUESDAY, "r0", (), (own,)),))
    for width in range(10, 200):
        shown = _details(page, own, width, inks)
        assert shown in {"", "1962"} or shown.startswith("21.05.1962")


@pytest.mark.parametrize(("height", "hinted"), [(9.0, True), (8.5, True), (8.0, False), (3.0, False)])
def test_a_low_block_has_a_name_as_long_as_its_letters_can_be_read(
    qapp: QApplication, height: float, hinted: bool
) -> None:
    contents = Contents(made_up.full_page(days=1, resources=1, minutes=10), LayoutCache())
    made = make_column_picture(contents, 0, Geometry(1, 160, 7, 17, height / 10), BookStyle(LIGHT, qapp.font(), 1.0))
    assert len(made.low) == 24
    assert len(made.hints) == (24 if hinted else 0)


@pytest.fixture
def bokmål() -> Iterator[None]:
    before, language = QLocale(), Language()
    language.use("nb")
    yield
    language.stop()
    QLocale.setDefault(before)


@pytest.mark.parametrize(("width", "said"), [(4000, "120 ledige"), (700, "120")])
def test_a_count_in_a_narrow_header_has_no_word(qtbot: QtBot, bokmål: None, width: int, said: str) -> None:
    """All columns alike, and nothing of it is cut."""
    assert {summary for _, summary in a_header(qtbot, width)._made} == {said}


def a_header(qtbot: QtBot, width: int) -> ColumnHeader:
    """Of a week of four resources, each with 120 free times a day, painted."""
    monday = made_up.TUESDAY.replace(day=23)
    columns = tuple(
        replace(column, appointments=(), timeslots=tuple(free_day(column.day, column.resource_id)))
        for column in made_up.full_page(days=5, resources=4, minutes=60, first=monday).columns
    )
    book = BookView(LIGHT)
    qtbot.addWidget(book)
    book.resize(width, 600)
    book.show_page(Page(made_up.clinic(4), made_up.OSLO, ViewSpan.WEEK, columns))
    book.grab()
    header = book.findChild(ColumnHeader)
    assert isinstance(header, ColumnHeader)
    return header


def free_day(day: date, resource: str) -> list[Timeslot]:
    return [made_up.slot(day, 420 + 5 * n, 5, resource) for n in range(120)]

"""Columns that earn their width: who has nothing on a page is a rail's line, and empty hours are a step away."""

from dataclasses import replace

import made_up_days as made_up
import pytest
from practice_pages import practice_pages
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from receptionapp.domain.appointment import Standing
from receptionapp.domain.clinic_time import wall_minutes
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from ui.book.folding import EdgeButton
from ui.book.headers import ColumnHeader
from ui.book.view import BookView

DAY = made_up.TUESDAY


def a_page(*free: int, day_of: int = 4) -> Page:
    """Four resources; those named have half an hour at nine."""
    columns = tuple(
        ResourceDay(DAY, f"r{n}", (made_up.slot(DAY, 540, 30, f"r{n}"),) if n in free else ()) for n in range(day_of)
    )
    return Page(made_up.clinic(day_of), made_up.OSLO, ViewSpan.DAY, columns)


def button(book: BookView, name: str) -> EdgeButton:
    found = book.findChild(EdgeButton, name)
    assert isinstance(found, EdgeButton)
    return found


def shown(book: BookView) -> list[str]:
    assert book.contents is not None
    return [column.resource_id for column in book.contents.columns]


@pytest.mark.parametrize("one_service", [True, False], ids=["one service", "all services"])
def test_forty_days_of_the_practice_clinic_have_hardly_a_tenth_of_empty_ground_beyond_their_need(
    book: BookView, one_service: bool
) -> None:
    """Counted in columns × hours; what is needed: columns with something, from the first of it to the last."""
    ratios = []
    for page in practice_pages(40, one_service=one_service):
        book.show_page(page)
        assert book.contents is not None
        first, last = book.contents.frame.hours
        area = len(book.contents.columns) * (last - first)
        needed = needed_area(page)
        assert area == 0 if needed == 0 else True
        ratios += [area / needed] if needed else []
    assert len(ratios) >= 20
    assert max(ratios) <= 1.1


def needed_area(page: Page) -> int:
    columns, minutes = 0, []
    for column in page.columns:
        ours = [own.timeslot for own in column.appointments if own.standing is not Standing.REFUSED]
        things = [*(column.timeslots or ()), *ours]
        columns += bool(things)
        minutes += [wall_minutes(edge, column.day, page.zone) for slot in things for edge in (slot.start, slot.end)]
    return columns * max(-(-max(minutes) // 60) - min(minutes) // 60, 3) if minutes else 0


def test_the_rail_says_how_many_it_holds_and_who(book: BookView) -> None:
    book.show_page(a_page(1))
    rail = button(book, "foldedRail")
    assert shown(book) == ["r1"]
    assert rail.text().startswith("3 without free times")
    assert rail.accessibleName() == "3 without free times: Ane Ødegård, Kari Sæther-Nygård, Mohammed Al-Rashid"


def test_a_click_opens_the_rail_and_it_stays_open_on_other_days(book: BookView) -> None:
    book.show_page(a_page(1))
    QTest.mouseClick(button(book, "foldedRail"), Qt.MouseButton.LeftButton)
    assert shown(book) == ["r0", "r1", "r2", "r3"]
    tomorrow = tuple(replace(column, day=DAY.replace(day=25), timeslots=()) for column in a_page().columns)
    book.show_page(replace(a_page(), columns=tomorrow))
    assert len(shown(book)) == 4
    QTest.keyClick(button(book, "foldedRail"), Qt.Key.Key_Space)
    assert shown(book) == []


def test_nobody_is_folded_while_the_day_is_looked_at(book: BookView) -> None:
    book.show_page(a_page(0, 1))
    book.show_page(a_page(1, 3))
    assert shown(book) == ["r0", "r1", "r3"]


def test_hours_without_anything_are_one_step_away(book: BookView) -> None:
    book.show_page(a_page(1))
    assert book.contents is not None
    assert book.contents.frame.hours == (9, 12)
    assert button(book, "hoursAbove").text() == "07–09 ▴"
    assert button(book, "hoursBelow").accessibleName() == "Show 12:00 to 17:00 too"
    QTest.mouseClick(button(book, "hoursAbove"), Qt.MouseButton.LeftButton)
    assert book.contents is not None
    assert book.contents.frame.hours == (7, 17)
    assert not button(book, "hoursAbove").isVisible()


def test_earlier_hours_that_arrive_push_nothing_away_under_the_hand(book: BookView) -> None:
    book.show_page(a_page(1))
    assert book.contents is not None
    before = book.viewport().mapToGlobal(book.item_rect(0, book.contents.items(0)[0]).topLeft())
    page = a_page(1)
    early = (made_up.slot(DAY, 300, 30, "r1"), *(page.columns[1].timeslots or ()))
    book.show_page(replace(page, columns=(replace(page.columns[1], timeslots=early),)))
    assert book.contents is not None
    assert book.contents.frame.first_hour == 5
    after = book.viewport().mapToGlobal(book.item_rect(0, book.contents.items(0)[1]).topLeft())
    assert abs(after.y() - before.y()) <= 1


def test_who_is_not_ticked_is_said_with_a_way_to_show_them(book: BookView) -> None:
    wanted: list[None] = []
    book.everybody_wanted.connect(lambda: wanted.append(None))
    page = a_page(1)
    book.show_page(replace(page, columns=page.columns[1:]))
    unticked = button(book, "untickedRail")
    assert unticked.accessibleName() == "1 not ticked: show all: Ane Ødegård"
    QTest.keyClick(unticked, Qt.Key.Key_Space)
    assert len(wanted) == 1


def test_a_screen_reader_finds_the_buttons_after_the_columns(book: BookView) -> None:
    QAccessible.setActive(True)
    book.show_page(a_page(1))
    tree = QAccessible.queryAccessibleInterface(book)
    names = [tree.child(n).text(QAccessible.Text.Name) for n in range(tree.childCount())]
    QAccessible.setActive(False)
    assert names[0].startswith("Bo Lindqvist")
    assert names[1:3] == ["Show 07:00 to 09:00 too", "Show 12:00 to 17:00 too"]
    assert names[3].startswith("3 without free times")
    assert tree.indexOfChild(tree.child(3)) == 3


def test_all_names_are_shortened_in_one_way(book: BookView) -> None:
    book.resize(560, 600)
    book.show_page(a_page(0, 1, 2, 3))
    book.grab()
    header = book.findChild(ColumnHeader)
    assert isinstance(header, ColumnHeader)
    assert [upper for upper, _ in header._made] == ["Ane Ø.", "Bo L.", "Kari S.", "Mohammed A."]


def test_today_with_nothing_at_all_can_be_the_first_page(book: BookView) -> None:
    book.set_now(made_up.at(DAY, 600))
    book.show_page(a_page())
    assert shown(book) == []
    assert book.grab().width() == book.width()

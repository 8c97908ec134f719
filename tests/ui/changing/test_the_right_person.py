"""Who is booked is who was meant: numbers, namesakes, and answers to what was typed before."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget

from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import SearchTerm
from tests.ui.changing.conftest import Screen
from tests.waiting import until

TUVA = Person("emr_id:9001", "Tuva", "Testvik", date(1988, 4, 5))
OTHER_TUVA = Person("emr_id:9002", "Tuva", "Testvik", date(1988, 4, 5))
ANOTHER = Person("emr_id:9003", "Siv", "Kvamstad", date(1988, 4, 5))
KARI = Person("emr_id:9004", "Kari", "Hansen", date(1980, 3, 3))
HANNA = Person("emr_id:9005", "Hanna", "Hanssen", date(1981, 3, 3))
NUMBER = "05848810047"
"""Synthetic; it tells the birth date of the first three."""


def field(screen: Screen) -> QLineEdit:
    return next(f for f in screen.window.panel.findChildren(QLineEdit) if f.accessibleName() == "Find patient")


def hits(screen: Screen) -> QListWidget:
    found = screen.window.panel.findChildren(QListWidget)
    return next(h for h in found if h.accessibleName() == "Patients found")


def lines(screen: Screen) -> list[str]:
    return [hits(screen).item(row).text() for row in range(hits(screen).count())] if hits(screen).isVisible() else []


async def knows(screen: Screen, *people: Person) -> None:
    """The latest is found first."""
    for person in people:
        screen.counter.clock.now += timedelta(seconds=1)
        await screen.counter.ledger.remember_person(person)
    screen.window.panel.find_patient()


async def types(screen: Screen, text: str) -> list[str]:
    field(screen).setText("")
    QTest.keyClicks(field(screen), text)
    await until(lambda: lines(screen), f"the search for {text} gives a list")
    return lines(screen)


def chosen(screen: Screen) -> Person | None:
    return screen.window.panel.slot_form.picker.person


async def test_a_number_that_is_nobodys_here_chooses_nobody_born_that_day(screen: Screen) -> None:
    await knows(screen, ANOTHER)
    first, second, *_ = await types(screen, NUMBER)
    assert first.startswith("Nobody is known by this number\nRegister or look up in")
    assert "Siv Kvamstad" in second
    assert "same birth date" in second
    QTest.keyClick(field(screen), Qt.Key.Key_Return)
    assert chosen(screen) is None
    dialog = await until(lambda: screen.window.findChild(QDialog), "the number can be registered or looked up")
    assert NUMBER in [line.text() for line in dialog.findChildren(QLineEdit)]
    dialog.reject()


async def test_in_the_one_field_too(screen: Screen) -> None:
    await knows(screen, ANOTHER)
    screen.window.finder.take_focus()
    QApplication.clipboard().setText(NUMBER)
    screen.window.finder.field.paste()
    QTest.keyClick(screen.window.finder.field, Qt.Key.Key_Return)
    dialog = await until(lambda: screen.window.findChild(QDialog), "the number can be registered or looked up")
    assert chosen(screen) is None
    dialog.reject()


@pytest.mark.parametrize("typed", ["tuva testvik", NUMBER, f"tuva {NUMBER}", "05.04.1988"])
async def test_of_namesakes_none_is_taken_by_enter_and_each_says_so(screen: Screen, typed: str) -> None:
    other = replace(OTHER_TUVA, reference=screen.counter.somebody().reference)
    await knows(screen, TUVA, other)
    slot = screen.counter.free()[0]
    await screen.counter.book(slot, other)
    found = [line for line in await types(screen, typed) if "Tuva Testvik" in line]
    assert len(set(found)) == 2
    assert any(f"last here {slot.start:%d.%m.%Y}" in line for line in found)
    assert any("nothing booked from here" in line for line in found)
    before = chosen(screen)
    QTest.keyClick(field(screen), Qt.Key.Key_Return)
    assert chosen(screen) is before is None
    for dialog in screen.window.findChildren(QDialog):
        dialog.reject()


async def test_a_namesake_who_is_chosen_is_marked_on_the_form(screen: Screen) -> None:
    await knows(screen, TUVA, OTHER_TUVA)
    await types(screen, "tuva testvik")
    QTest.keyClick(field(screen), Qt.Key.Key_Down)
    QTest.keyClick(field(screen), Qt.Key.Key_Return)
    assert chosen(screen) in (TUVA, OTHER_TUVA)
    said = [label.text() for label in screen.window.panel.findChildren(QLabel) if label.isVisible()]
    assert any("another has this name and birth date" in text for text in said)


async def test_a_number_that_is_the_ehrs_own_id_chooses_its_own_person(screen: Screen) -> None:
    own = Person(f"national_number:{NUMBER}", "Tuva", "Testvik", date(1988, 4, 5))
    await knows(screen, OTHER_TUVA, own, ANOTHER)
    await types(screen, NUMBER)
    QTest.keyClick(field(screen), Qt.Key.Key_Return)
    assert chosen(screen) == own


@pytest.fixture
def slow_search(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """No search is answered before this is set."""
    goes_on, people = asyncio.Event(), screen.counter.ledger.find_people

    async def slowly(terms: Sequence[SearchTerm], limit: int = 50) -> tuple[Person, ...]:
        await goes_on.wait()
        return await people(terms, limit)

    goes_on.set()
    monkeypatch.setattr(screen.counter.ledger, "find_people", slowly)
    return goes_on


async def test_enter_takes_nobody_who_was_the_answer_to_fewer_letters(
    screen: Screen, slow_search: asyncio.Event
) -> None:
    await knows(screen, HANNA, KARI)
    assert "Kari Hansen" in (await types(screen, "han"))[0]
    slow_search.clear()
    asked: list[str] = []
    screen.window.panel.slot_form.picker.search_wanted.connect(asked.append)
    QTest.keyClicks(field(screen), "na hanssen")
    await until(lambda: asked, "the whole text is searched for")
    QTest.keyClick(field(screen), Qt.Key.Key_Return)
    assert chosen(screen) is None
    slow_search.set()
    await until(lambda: chosen(screen) is not None, "the press is kept until the answer is there")
    assert chosen(screen) == HANNA


async def test_enter_that_waited_takes_none_of_several(screen: Screen, slow_search: asyncio.Event) -> None:
    await knows(screen, HANNA, KARI)
    slow_search.clear()
    QTest.keyClicks(field(screen), "han")
    QTest.keyClick(field(screen), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    slow_search.set()
    await until(lambda: len(lines(screen)) > 2, "both are listed")
    assert chosen(screen) is None

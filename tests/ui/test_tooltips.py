"""What appears only for who points: nothing that is not elsewhere too, and Esc puts it away (EN 301 549, 11.1.4.13)."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from receptionapp.domain.appointment import OwnAppointment, Standing
from tests.ui.test_stretched_texts import Screen, own, shown, spoken
from ui.book import texts

__all__ = ["spoken"]  # a fixture


@pytest.fixture
def screen(qapp: QApplication, spoken: Callable[[str], None]) -> Iterator[Screen]:
    spoken("en")
    with shown() as made:
        yield made


def test_all_that_the_tooltip_of_an_appointment_says_is_on_its_card_or_read_aloud(screen: Screen) -> None:
    contents = screen.window.book.contents
    assert contents is not None
    for standing in set(Standing) - {Standing.REFUSED}:  # of what was refused the book has nothing
        found = contents.find_key(own(standing).key)
        assert found is not None
        index, item = found
        assert isinstance(item.what, OwnAppointment)
        screen.window.panel.show_appointment(item.what.key)
        elsewhere = [label.text() for label in screen.window.panel.card.findChildren(QLabel)]
        elsewhere.append(contents.sentence(index, item))  # has the standing in the same words
        said = texts.tooltip(contents.page, contents.columns[index], item.what)
        facts = [fact for line in said.splitlines() for fact in line.split(" · ")]
        assert len(facts) >= 5
        assert [fact for fact in facts if fact.casefold() not in "\n".join(elsewhere).casefold()] == [], standing


def test_esc_puts_a_tooltip_of_the_book_away_and_nothing_else(screen: Screen, qtbot: QtBot) -> None:
    book = screen.window.book
    key = own(Standing.BOOKED).key
    assert book.select_appointment(key)
    found = book.contents.find_key(key) if book.contents is not None else None
    assert found is not None
    centre = book.item_rect(*found).center()
    QApplication.sendEvent(
        book.viewport(), QHelpEvent(QEvent.Type.ToolTip, centre, book.viewport().mapToGlobal(centre))
    )
    assert QToolTip.isVisible()
    QTest.keyClick(book, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert book.selected is not None

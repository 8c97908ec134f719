"""The book's accessible objects outlive neither their place nor their book, however often pages and books change."""

import gc
from collections.abc import Iterator

import made_up_days as made_up
import pytest
import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.book.view import BookView
from ui.theme import LIGHT


@pytest.fixture
def reader(qapp: QApplication) -> Iterator[None]:
    """As though a screen reader were listening."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def heard(view: BookView) -> list[str]:
    """The names of all items, as Qt's cache hands them to a screen reader."""
    return [
        QAccessible.accessibleInterface(QAccessible.uniqueId(item)).text(QAccessible.Text.Name)
        for column in children(QAccessible.queryAccessibleInterface(view))
        for item in children(QAccessible.accessibleInterface(QAccessible.uniqueId(column)))
    ]


def children(thing: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [thing.child(n) for n in range(thing.childCount())]


@pytest.mark.usefixtures("reader")
def test_pages_and_books_come_and_go_without_harm(qapp: QApplication) -> None:
    for _ in range(5):
        view = BookView(LIGHT)
        view.resize(900, 600)
        view.show()
        for seed in range(6):
            page = made_up.busy_page(resources=4, seed=seed)
            view.show_page(page)
            assert len(heard(view)) == len(set(heard(view))) > 20
        shiboken6.delete(view)
        gc.collect()


@pytest.mark.usefixtures("reader")
def test_an_item_stays_the_same_object_while_its_place_is_in_the_book(book: BookView) -> None:
    page = made_up.busy_page(resources=2)
    book.show_page(page)
    column = QAccessible.queryAccessibleInterface(book).child(0)
    before = column.child(0)
    book.show_page(made_up.busy_page(resources=2))
    assert QAccessible.queryAccessibleInterface(book).child(0) is column
    assert column.child(0) is before
    assert before.isValid()


@pytest.mark.usefixtures("reader")
def test_the_cursor_is_the_child_that_has_the_focus(book: BookView, qtbot: QtBot) -> None:
    book.show_page(made_up.busy_page(resources=2))
    book.activateWindow()
    book.setFocus()
    qtbot.waitUntil(book.hasFocus)
    list_ = QAccessible.queryAccessibleInterface(book)
    column = list_.child(0)
    third = column.child(2)
    third.actionInterface().doAction("SetFocus")
    assert list_.focusChild() is third
    assert third.state().focused
    assert not column.child(1).state().focused


@pytest.mark.usefixtures("reader")
def test_what_lies_at_a_point_of_the_screen_is_found(book: BookView) -> None:
    book.show_page(made_up.busy_page(resources=2))
    list_ = QAccessible.queryAccessibleInterface(book)
    column = list_.child(1)
    item = column.child(3)
    centre = item.rect().center()
    assert list_.childAt(centre.x(), centre.y()) is column
    assert column.childAt(centre.x(), centre.y()) is item
    assert column.rect().contains(item.rect())
    assert list_.indexOfChild(column) == 1
    assert column.indexOfChild(item) == 3


@pytest.mark.usefixtures("reader")
def test_the_book_says_which_resources_are_not_loaded(book: BookView) -> None:
    book.show_page(made_up.busy_page())
    said = QAccessible.queryAccessibleInterface(book).text(QAccessible.Text.Description)
    assert said.endswith("Not loaded: Tor Erik Håkonsen")

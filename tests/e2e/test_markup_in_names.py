"""A server whose names are written as markup, with a picture to fetch: every tooltip shows them as they stand."""

import json
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget

from tests.e2e.program import Person, Program
from tests.people import made_up
from tests.watched_sandbox import WatchedSandbox
from ui.book.headers import ColumnHeader

MARKUP = "<img src='//elsewhere.example/seen.png'><b>Berg</b>"


async def test_a_name_that_is_markup_is_shown_as_it_stands_in_every_tooltip(
    connected: WatchedSandbox, program: Program
) -> None:
    resources = [{"id": each.id, "name": MARKUP} for each in connected.sandbox.care_units[0].resources]
    connected.answer_instead("GET", "*/resources", json.dumps(resources).encode(), times=9)
    person = await program.open()
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[-1])
    await takes_who_came_back(connected, person)
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")
    person.commands("list")

    said = [*tooltips_of_widgets(), *tooltips_in_the_book(person)]
    named = [shown(text) for text in said if "Berg" in text]
    assert len(named) > 4
    assert all(MARKUP in text for text in named)


async def takes_who_came_back(leyr: WatchedSandbox, person: Person) -> None:
    """A number that brings somebody else, who is taken for the right one."""
    patient = made_up()
    known = leyr.sandbox.patients()[0]
    back = {"id": known.id, "emr_id": known.emr_id, "first_name": MARKUP, "last_name": "Li"}
    leyr.answer_instead("POST", "*/patients", json.dumps(back).encode())
    dialog = await person.opens_new_patient(patient.full_name)
    person.fills_in(dialog, patient)
    person.clicks("Register", dialog)
    await person.waits_to_see("somebody of another name", dialog)
    person.clicks("Use ", dialog)
    await person.is_back_in_the_window()


def tooltips_of_widgets() -> Iterator[str]:
    for widget in QApplication.allWidgets():
        yield widget.toolTip()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from tooltips_of_model(widget.model())


def tooltips_of_model(model: QAbstractItemModel) -> Iterator[str]:
    nowhere = QModelIndex()
    for row in range(model.rowCount(nowhere)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(nowhere)):
            yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def tooltips_in_the_book(person: Person) -> Iterator[str]:
    book = person.window.book
    [(index, item)] = [(index, item) for index, item in person.items() if item.what in person.own()]
    yield hovers(book.viewport(), book.item_rect(index, item).center())
    for header in book.findChildren(ColumnHeader):
        yield hovers(header, QPoint(header.width() // 2, 8))


def hovers(widget: QWidget, point: QPoint) -> str:
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
    text = QToolTip.text()
    QToolTip.hideText()
    return text


def shown(tooltip: str) -> str:
    """What can be read of it."""
    if not Gui.mightBeRichText(tooltip):
        return tooltip
    document = QTextDocument()
    document.setHtml(tooltip)
    return document.toPlainText()

"""No field of any form changes under a wheel, completes what is typed, or keeps it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ui
from tests.qt_loop import application
from tests.ui.test_stretched_texts import shown, spoken
from ui.fields import Choice, NumberField, SuggestedText, TextField
from ui.panels.appointment_card import ChangePage

__all__ = ["spoken"]

BARE = {
    "QComboBox",
    "QFontComboBox",
    "QDateEdit",
    "QTimeEdit",
    "QDateTimeEdit",
    "QSpinBox",
    "QDoubleSpinBox",
    "QSlider",
    "QDial",
    "QCompleter",
    "QLineEdit",
}


def bare_fields(path: Path) -> Iterator[str]:
    """Where a field of Qt's own is made, or is made the base of another."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        made = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        for one in made:
            name = one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else ""
            if name in BARE:
                yield f"{path.name}:{node.lineno} {name}"


def test_every_form_takes_its_fields_from_one_file() -> None:
    files = [path for path in Path(ui.__path__[0]).rglob("*.py") if path.name != "fields.py"]
    assert len(files) > 50
    assert [found for path in files for found in bare_fields(path)] == []


def turn_wheel(widget: QWidget, notches: int = -1) -> None:
    """Over the middle of it, as the window system does: what one does not take goes to what it stands in."""
    middle = QPointF(widget.rect().center())
    turned = QPoint(0, 120 * notches)
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    application().sendEvent(widget, event)


def values() -> dict[QWidget, object]:
    """Of all fields in sight."""
    found: dict[QWidget, object] = {}
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        if isinstance(widget, QComboBox):
            found[widget] = widget.currentIndex(), widget.currentText()
        elif isinstance(widget, QAbstractSpinBox):
            found[widget] = widget.text()
        elif isinstance(widget, QCalendarWidget):
            found[widget] = widget.selectedDate()
        elif isinstance(widget, QAbstractSlider) and not isinstance(widget, QScrollBar):
            found[widget] = widget.value()
    return found


def test_a_wheel_over_any_field_of_any_window_changes_no_value(qapp: QApplication) -> None:
    seen: set[str] = set()
    with shown() as screen:
        for state in screen.everything():
            before = values()
            for field in before:
                for notches in (-1, 1, -3):
                    turn_wheel(field, notches)
                line = field.lineEdit() if isinstance(field, QComboBox) else None
                if line is not None:
                    turn_wheel(line)
                seen.add(field.accessibleName() or type(field).__name__)
            assert values() == before, state
    assert {"Service", "Care unit", "Reason for cancelling", "Begins at or after", "Patients", "Month"} <= seen


@pytest.mark.parametrize("focused", [False, True])
def test_the_form_scrolls_instead(qtbot: QtBot, focused: bool) -> None:
    area, page, field = QScrollArea(), QWidget(), Choice()
    field.addItems(["Kort time", "Lang time"])
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addStretch(1)
    page.setMinimumHeight(2000)
    area.setWidget(page)
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(200, 200)
    area.show()
    if focused:
        field.setFocus()
    handle = area.windowHandle()
    assert handle is not None
    QTest.wheelEvent(handle, QPointF(field.mapTo(area, field.rect().center())), QPoint(0, -120))
    assert field.currentText() == "Kort time"
    assert area.verticalScrollBar().value() > 0


def type_into(field: SuggestedText, text: str) -> None:
    line = field.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, text)


def test_a_reason_is_sent_as_it_was_typed(qtbot: QtBot) -> None:
    page = ChangePage()
    qtbot.addWidget(page)
    page.show()
    for typed in ("The clinic", "the", "BOOKED BY MISTAKE", "The patient asked for it, she is ill"):
        type_into(page._reason, typed)
        assert page._reason.currentText() == typed
        QTest.keyClick(page._reason.lineEdit(), Qt.Key.Key_Return)
        page._reason.clearFocus()
        assert page._reason.currentText() == typed


def test_a_reason_is_forgotten_with_its_appointment(qtbot: QtBot) -> None:
    page = ChangePage()
    qtbot.addWidget(page)
    page.show()
    field = page._reason
    line = field.lineEdit()
    type_into(field, "Una called, her son is ill")
    QTest.keyClick(line, Qt.Key.Key_Return)
    page.clear()
    assert field.currentText() == "The patient asked for it"
    assert [field.itemText(n) for n in range(field.count())] == [
        "The patient asked for it",
        "The clinic has to cancel",
        "Booked by mistake",
    ]
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Una" not in field.currentText()
    type_into(field, "Una")
    assert field.currentText() == "Una"


@pytest.mark.parametrize("made", [TextField, NumberField, lambda: SuggestedText(["Kort time"])])
def test_what_is_pasted_is_seen_as_it_is_judged(qtbot: QtBot, made: Callable[[], QWidget]) -> None:
    field = made()
    qtbot.addWidget(field)
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, QLineEdit)
    line.clear()
    QApplication.clipboard().setText("\u202dKari\u200b\u00a0４７\u202c")
    line.paste()
    assert (line.text(), line.cursorPosition()) == ("Kari 47", 7)
    line.setText("\ufeff4747123456\u202c")
    assert line.text() == "4747123456"


def test_what_nobody_sees_takes_no_room_in_a_field(qtbot: QtBot) -> None:
    pin = TextField(longest=4)
    qtbot.addWidget(pin)
    pin.insert("\u202d7294\u202c")
    assert pin.text() == "7294"
    QTest.keyClicks(pin, "1")
    assert pin.text() == "7294"

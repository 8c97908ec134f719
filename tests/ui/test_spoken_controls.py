"""What a screen reader says of every control, on every screen: each has a name, and no two are said alike."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QWidget

from tests.ui.test_stretched_texts import Screen, in_lines, in_the_calendar, shown, spoken

__all__ = ["spoken"]  # a fixture

Said = tuple[str, ...]


@pytest.fixture
def screen(qapp: QApplication, spoken: Callable[[str], None]) -> Iterator[Screen]:
    spoken("en")
    QAccessible.setActive(True)
    with shown() as made:
        yield made
    QAccessible.setActive(False)


def controls(window: QWidget) -> list[QWidget]:
    """All that Tab comes to. What stands in for another control, such as a combo box's line, is that control."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget.parent(), QComboBox) and widget.parent().lineEdit() is widget)
    ]


def said_of(widget: QWidget) -> Said:
    """Its role, its label or else its name, its name, and its description.

    On Linux a combo box is named by what is chosen, so that only a label says what it is for.
    """
    heard = QAccessible.queryAccessibleInterface(widget)
    related = heard.relations(QAccessible.RelationFlag.Label)
    labels = " ".join(label.text(QAccessible.Text.Name) for label, _ in related)
    name = "" if isinstance(widget, QComboBox) else heard.text(QAccessible.Text.Name)
    return heard.role().name, labels or name, name, heard.text(QAccessible.Text.Description)


def test_every_control_has_a_name_that_no_other_on_the_screen_has(screen: Screen) -> None:
    """If this fails: give the field a label with `setBuddy`, or an accessible name; tell two alike apart by either or
    by an accessible description."""
    nameless: dict[str, str] = {}
    alike: dict[str, str] = {}
    for state in screen.everything():
        by_window: dict[QWidget, Counter[Said]] = {}
        for widget in controls(screen.window):
            said = said_of(widget)
            if not said[1]:
                nameless[f"{where(widget)}"] = state
            by_window.setdefault(widget.window(), Counter())[said] += 1
        for counted in by_window.values():
            alike |= {str(said): state for said, count in counted.items() if count > 1}
    assert not nameless, in_lines(nameless)
    assert not alike, in_lines(alike)


def test_no_two_entries_of_a_menu_are_said_alike(screen: Screen) -> None:
    alike = [
        (menu.title(), text)
        for menu in screen.window.findChildren(QMenu)
        if not in_the_calendar(menu)
        for text, count in Counter(named(menu.actions())).items()
        if count > 1
    ]
    assert alike == []


def test_the_month_tells_what_its_parts_are(screen: Screen) -> None:
    parts = screen.window.side_panel.findChildren(QWidget)
    silent = [
        part.objectName()
        for part in parts
        if part.objectName().startswith("qt_calendar_") and part.objectName() != "qt_calendar_navigationbar"
        if not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    ]
    assert silent == []


def named(actions: list[QAction]) -> list[str]:
    return [action.text().replace("&", "") for action in actions if action.text() and not action.isSeparator()]


def where(widget: QWidget) -> str:
    path: list[str] = []
    thing: QObject | None = widget
    while thing is not None and len(path) < 4:
        path.append(type(thing).__name__)
        thing = thing.parent()
    return " in ".join(path)

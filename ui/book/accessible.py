"""The book for screen readers: a list of every free time and appointment, each said in one whole sentence.

PySide offers no table interface (`engineering.md` 1.8), so the list is flat, in the order of the columns. Children
are made when asked for, and stay the same objects while their place is in the book.

Qt's cache owns what it was told of, and deletes it for good only by `deleteAccessibleInterface`; Python must hold
every child until then.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from receptionapp.domain.layout import Item
from ui.book import texts
from ui.book.contents import Contents, Place

if TYPE_CHECKING:
    from ui.book.view import BookView

_CLASS_NAME = "BookView"
_NULL = VoidPtr(0)
_Family = dict[Place, "ItemAccessible"]


def install() -> None:
    """Make every book readable aloud. Once is enough; Qt asks our factory for each widget of the class."""
    if not _installed:
        QAccessible.installFactory(_made)
        _installed.append(True)


def page_changed(view: BookView) -> None:
    """Tell that the book holds other things, and give up the children that are no longer in it."""
    if not QAccessible.isActive():
        return
    book = QAccessible.queryAccessibleInterface(view)
    if isinstance(book, BookAccessible):
        book.prune()
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.ObjectReorder))


def cursor_moved(view: BookView) -> None:
    """Tell what the cursor is on, if the book has the focus."""
    position = _position_of_cursor(view)
    if QAccessible.isActive() and view.hasFocus() and position is not None:
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(position)
        QAccessible.updateAccessibility(event)


class BookAccessible(QAccessibleWidget):
    """The list."""

    def __init__(self, view: BookView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = ref(view)
        self._family: _Family = {}
        view.destroyed.connect(partial(_forget, self._family))  # holds the children, not the view

    def prune(self) -> None:
        """Forget the children whose place is not in the book any more."""
        contents = self._contents()
        gone = {
            place: child for place, child in self._family.items() if not contents or place not in contents.positions
        }
        for place in gone:
            del self._family[place]
        _forget(gone)

    def text(self, kind: QAccessible.Text) -> str:
        contents = self._contents()
        if kind is QAccessible.Text.Description and contents is not None:
            own = sum(len(contents.layout(n).appointments) for n in range(len(contents.columns)))
            free = sum(contents.starts(n) for n in range(len(contents.columns)))
            return texts.page_sentence(contents.page, free, own)
        return super().text(kind)

    def childCount(self) -> int:
        contents = self._contents()
        return len(contents.sequence) if contents else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view, contents = self._view(), self._contents()
        if view is None or contents is None or not 0 <= index < len(contents.sequence):
            return None
        place = contents.places[index]
        found = self._family.get(place)
        if found is None:
            found = self._family[place] = ItemAccessible(view, place)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        contents = self._contents()
        if contents is None or not isinstance(child, ItemAccessible):
            return -1
        return contents.positions.get(child.place, -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view, contents = self._view(), self._contents()
        found = view.item_at(view.viewport().mapFromGlobal(QPoint(x, y))) if view else None
        if found is None or contents is None:
            return None
        return self.child(contents.positions[contents.place(*found)])

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self._view()
        position = _position_of_cursor(view) if view and view.hasFocus() else None
        return None if position is None else self.child(position)

    def _contents(self) -> Contents | None:
        view = self._view()
        return view.contents if view is not None else None


class ItemAccessible(QAccessibleInterface):
    """One free time or appointment: its sentence, its state, where it is, and a press that chooses it."""

    def __init__(self, view: BookView, place: Place) -> None:
        super().__init__()
        self.place = place
        self._view = ref(view)
        self._actions = ItemActions(self)

    def isValid(self) -> bool:
        return self.found() is not None

    def found(self) -> tuple[BookView, int, Item] | None:
        """The view, the index of the column and the item, while they are there."""
        view = self._view()
        contents = view.contents if view is not None else None
        found = contents.find(self.place) if contents else None
        return (view, *found) if view is not None and found is not None else None

    def window(self) -> QWindow | None:  # type: ignore[override]
        view = self._view()
        return view.window().windowHandle() if view is not None else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self._view()
        return QAccessible.queryAccessibleInterface(view) if view is not None else None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        found = self.found()
        if found is None:
            return QRect()
        view, index, item = found
        rect = view.item_rect(index, item)
        return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing here can be written into."""

    def text(self, kind: QAccessible.Text) -> str:
        found = self.found()
        if found is None or kind is not QAccessible.Text.Name:
            return ""
        view, index, item = found
        contents = view.contents
        return contents.sentence(index, item) if contents else ""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        found = self.found()
        if found is None:
            state.invalid = True
            return state
        view, index, item = found
        state.focusable = state.selectable = True
        state.focused = view.hasFocus() and view.current == (index, item)
        state.selected = view.selected is item.what
        state.offscreen = not view.viewport().rect().intersects(view.item_rect(index, item))
        return state

    def object(self) -> None:  # type: ignore[override]
        """No QObject stands for an item."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """PySide turns the object returned into the pointer that Qt asks for. None would not become a null pointer."""
        return self._actions if kind is QAccessible.InterfaceType.ActionInterface else _NULL


class ItemActions(QAccessibleActionInterface):
    """What can be done to an item: choose it, or put the cursor on it."""

    def __init__(self, item: ItemAccessible) -> None:
        super().__init__()
        self._item = ref(item)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        accessible = self._item()
        found = accessible.found() if accessible is not None else None
        if found is None:
            return
        view, index, item = found
        if name == QAccessibleActionInterface.pressAction():
            view.choose(index, item)
        elif name == QAccessibleActionInterface.setFocusAction():
            view.setFocus()
            view.move_cursor(index, item)

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []


_installed: list[bool] = []


def _made(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from ui.book.view import BookView  # the view imports this module

    if class_name == _CLASS_NAME and isinstance(thing, BookView):
        return BookAccessible(thing)
    return None


def _forget(family: _Family) -> None:
    for child in family.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
    family.clear()


def _position_of_cursor(view: BookView) -> int | None:
    contents, current = view.contents, view.current
    return None if contents is None or current is None else contents.positions.get(contents.place(*current))

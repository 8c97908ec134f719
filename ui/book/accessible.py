"""The book for screen readers: a list for every column, and in it every free time and appointment in a sentence. PySide
offers no table interface (`docs/accessibility.md`).

Children are made when asked for, and stay the same objects while their place is in the book. Qt's cache deletes for
good only by `deleteAccessibleInterface`; Python must hold every child until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr, isValid

from receptionapp.domain.layout import Item
from ui.book import texts
from ui.book.contents import Contents, Place
from ui.book.readable import ReadableBook

_CLASS_NAMES = ("BookView", "TimesView")
_NULL = VoidPtr(0)
_ColumnKey = tuple[date, str]  # the day and the resource's id
_Columns = dict[_ColumnKey, "ColumnAccessible"]


def install() -> None:
    """Make every book readable aloud. Once is enough; Qt asks our factory for each widget of the class."""
    if not _installed:
        QAccessible.installFactory(_made)
        _installed.append(True)


def notify_page_changed(view: ReadableBook) -> None:
    """Tell what is new in the book, and give up what is no longer in it."""
    book = _listened_to(view)
    if book is not None:
        notify_cursor_moved(view)  # first: what the cursor has left need not be told anew
        book.renew()


def notify_cursor_moved(view: ReadableBook) -> None:
    """Tell what the cursor is on, if the book has the focus and that was not said last."""
    book = _listened_to(view)
    if book is not None and view.hasFocus():
        book.tell_focus()


def notify_focus_in(view: ReadableBook) -> None:
    """Tell it too, after Qt has told that the book has the focus: what is told last is where the user is."""
    book = _listened_to(view)
    if book is not None:
        book.focus_told = None
        QTimer.singleShot(0, view, partial(notify_cursor_moved, view))


def notify_selection_changed(view: ReadableBook, before: Place | None, after: Place | None) -> None:
    """Tell that one thing is not chosen any more, and another is."""
    book = _listened_to(view)
    if book is not None and before != after:
        book.tell(before, QAccessible.Event.SelectionRemove)
        book.tell(after, QAccessible.Event.SelectionAdd)


class BookAccessible(QAccessibleWidget):
    """The columns, from left to right, then the buttons around them. `focus_told` is the item last told to have the
    focus."""

    def __init__(self, view: ReadableBook) -> None:
        super().__init__(view, QAccessible.Role.Grouping, view.accessibleName())
        self.focus_told: ItemAccessible | None = None
        self._view = _while_it_lives(view)
        self._columns: _Columns = {}
        self._told: tuple[tuple[_ColumnKey, ...], tuple[str, ...]] = ((), ())
        view.destroyed.connect(partial(_forget_columns, self._columns))  # holds the columns, not the view

    def renew(self) -> None:
        """Forget the columns and items that are not in the book any more, and tell what is new."""
        contents = self._contents()
        keys = tuple((column.day, column.resource_id) for column in contents.columns) if contents else ()
        view = self._view()
        beside = tuple(button.objectName() for button in view.buttons) if view is not None else ()
        _forget_columns({key: self._columns.pop(key) for key in set(self._columns) - set(keys)})
        if (keys, beside) != self._told:
            self._told = keys, beside
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectReorder))
        for column in self._columns.values():
            column.renew()

    def tell_focus(self) -> None:
        item = self.focused_item()
        if item is not None and item is not self.focus_told:
            self.focus_told = item
            QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))

    def tell(self, place: Place | None, event: QAccessible.Event) -> None:
        """Tell that something happened to a place, if it is in the book."""
        item = self._item(place) if place is not None else None
        if item is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(item, event))

    def focused_item(self) -> ItemAccessible | None:
        """What the cursor is on, while the book has the focus."""
        view, contents = self._view(), self._contents()
        current = view.current if view is not None and view.hasFocus() else None
        return self._item(contents.place(*current)) if contents is not None and current is not None else None

    def text(self, kind: QAccessible.Text) -> str:
        contents = self._contents()
        if kind is QAccessible.Text.Description and contents is not None:
            own = len({own.key for column in contents.columns for own in column.appointments})
            free = sum(contents.starts(n) for n in range(len(contents.columns)))
            return texts.page_sentence(contents.page, free, own)
        return super().text(kind)

    def childCount(self) -> int:
        view = self._view()
        return self._column_count() + (len(view.buttons) if view is not None else 0)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view, count = self._view(), self._column_count()
        if index < count or view is None:
            return self._column(index)
        buttons = view.buttons[index - count : index - count + 1]
        return QAccessible.queryAccessibleInterface(buttons[0]) if buttons else None

    def _column_count(self) -> int:
        contents = self._contents()
        return len(contents.columns) if contents else 0

    def _column(self, index: int) -> ColumnAccessible | None:
        view, contents = self._view(), self._contents()
        if view is None or contents is None or not 0 <= index < len(contents.columns):
            return None
        column = contents.columns[index]
        key = column.day, column.resource_id
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = ColumnAccessible(view, key)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if isinstance(child, ColumnAccessible):
            index = child.index()
            return -1 if index is None else index
        view, thing = self._view(), child.object()
        beside = list(view.buttons) if view is not None else []
        return self._column_count() + beside.index(thing) if thing in beside else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self._view()
        if view is None:
            return None
        for button in view.buttons:
            if button.rect().contains(button.mapFromGlobal(QPoint(x, y))):
                return QAccessible.queryAccessibleInterface(button)
        index = view.column_at(view.viewport().mapFromGlobal(QPoint(x, y)))
        return None if index is None else self._column(index)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return self.focused_item()

    def _item(self, place: Place) -> ItemAccessible | None:
        contents = self._contents()
        index = contents.column_index(place.day, place.resource_id) if contents is not None else None
        column = self._column(index) if index is not None else None
        return column.item(place) if column is not None else None

    def _contents(self) -> Contents | None:
        view = self._view()
        return view.contents if view is not None else None


class _Part(QAccessibleInterface):
    """Something in the book that no QObject stands for."""

    def __init__(self, view: ReadableBook) -> None:
        super().__init__()
        self._view = _while_it_lives(view)

    @property
    def contents(self) -> Contents | None:
        view = self._view()
        return view.contents if view is not None else None

    def window(self) -> QWindow | None:  # type: ignore[override]
        view = self._view()
        return view.window().windowHandle() if view is not None else None

    def object(self) -> None:  # type: ignore[override]
        """None stands for it."""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing here can be written into."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """PySide turns an object returned into the pointer that Qt asks for. None would not become a null pointer."""
        return _NULL


class ColumnAccessible(_Part):
    """One resource on one day: the list of its items in walking order."""

    def __init__(self, view: ReadableBook, key: _ColumnKey) -> None:
        super().__init__(view)
        self._key = key
        self._items: dict[Place, ItemAccessible] = {}
        self._told = self._places()  # nobody knows of it yet, so nothing is new in it

    def index(self) -> int | None:
        """Where the column stands, while it is in the book."""
        contents = self.contents
        return contents.column_index(*self._key) if contents is not None else None

    def item(self, place: Place) -> ItemAccessible | None:
        """What stands at a place, if it is in this column."""
        view = self._view()
        if view is None or place not in self._places():
            return None
        found = self._items.get(place)
        if found is None:
            found = self._items[place] = ItemAccessible(view, place, self)
        return found

    def renew(self) -> None:
        """Forget the items that are gone; tell that there are others, or that one reads otherwise now."""
        places = self._places()
        gone = set(self._items) - set(places)
        _forget(self._items.pop(place) for place in gone)
        if places != self._told:
            self._told = places
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectReorder))
        for item in self._items.values():
            item.renew()

    def forget(self) -> None:
        _forget(self._items.values())
        self._items.clear()

    def isValid(self) -> bool:
        return self.index() is not None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self._view()
        return QAccessible.queryAccessibleInterface(view) if view is not None else None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        places = self._places()
        return self.item(places[index]) if 0 <= index < len(places) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view, contents = self._view(), self.contents
        found = view.item_at(view.viewport().mapFromGlobal(QPoint(x, y))) if view is not None else None
        return None if found is None or contents is None else self.item(contents.place(*found))

    def childCount(self) -> int:
        return len(self._places())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        places = self._places()
        return places.index(child.place) if isinstance(child, ItemAccessible) and child.place in places else -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def rect(self) -> QRect:
        view, index = self._view(), self.index()
        return _on_screen(view, view.column_rect(index)) if view is not None and index is not None else QRect()

    def text(self, kind: QAccessible.Text) -> str:
        contents, index = self.contents, self.index()
        if contents is None or index is None:
            return ""
        if kind is QAccessible.Text.Name:
            return texts.column_name(contents.page, contents.columns[index])
        if kind is QAccessible.Text.Description:
            return texts.column_sentence(contents.columns[index], contents.starts(index))
        return ""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        view, index = self._view(), self.index()
        state.invalid = index is None
        if view is not None and index is not None:
            state.offscreen = not view.viewport().rect().intersects(view.column_rect(index))
        return state

    def _places(self) -> tuple[Place, ...]:
        contents, index = self.contents, self.index()
        return contents.places(index) if contents is not None and index is not None else ()


class ItemAccessible(_Part):
    """One free time or appointment: its sentence, its state, where it is, and a press that chooses it."""

    def __init__(self, view: ReadableBook, place: Place, column: ColumnAccessible) -> None:
        super().__init__(view)
        self.place = place
        self._column = ref(column)
        self._actions = ItemActions(self)
        self._said = ""

    def isValid(self) -> bool:
        return self.found() is not None

    def found(self) -> tuple[ReadableBook, int, Item] | None:
        """The view, the index of the column and the item, while they are there."""
        view, contents = self._view(), self.contents
        found = contents.find(self.place) if contents is not None else None
        return (view, *found) if view is not None and found is not None else None

    def renew(self) -> None:
        """Tell if it reads otherwise than when it was read last."""
        before = self._said
        if before and self.text(QAccessible.Text.Name) != before:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return self._column()

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
        return _on_screen(found[0], found[0].item_rect(found[1], found[2])) if found is not None else QRect()

    def text(self, kind: QAccessible.Text) -> str:
        found, contents = self.found(), self.contents
        if found is None or contents is None or kind is not QAccessible.Text.Name:
            return ""
        self._said = contents.sentence(found[1], found[2])
        return self._said

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

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
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
    if class_name in _CLASS_NAMES and isinstance(thing, ReadableBook):
        return BookAccessible(thing)
    return None


def _listened_to(view: ReadableBook) -> BookAccessible | None:
    found = QAccessible.queryAccessibleInterface(view) if QAccessible.isActive() else None
    return found if isinstance(found, BookAccessible) else None


def _while_it_lives(view: ReadableBook) -> Callable[[], ReadableBook | None]:
    """A weak reference that ends with Qt's half of the view, which Python's half outlives a little."""
    found = ref(view)

    def living() -> ReadableBook | None:
        view = found()
        return view if view is not None and isValid(view) else None

    return living


def _on_screen(view: ReadableBook, rect: QRect) -> QRect:
    return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())


def _forget_columns(columns: _Columns) -> None:
    for column in columns.values():
        column.forget()
    _forget(columns.values())
    columns.clear()


def _forget(parts: Iterable[_Part]) -> None:
    for part in parts:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(part))

"""The whole program in this process, and a person in front of it: who reads, clicks and types, and knows no code."""

import asyncio
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from receptionapp.app import _parser
from receptionapp.desktop import session
from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.layout import FreeCell, Item
from tests.clocks import SuiteClock
from tests.people import MadeUp
from tests.qt_loop import application
from tests.waiting import until
from ui.main_window import MainWindow

W = TypeVar("W", bound=QWidget)

PARSER = _parser()
ENGLISH = ("--language", "en", "--theme", "light", "--size", "1440x900")


class Program:
    """Opened and closed as a person does; `person` sits in front of it while it is open."""

    def __init__(self) -> None:
        self._running: asyncio.Task[int] | None = None

    async def open(self, *words: str) -> "Person":
        await self.begin(*words)
        return Person(await until(self._window, "the window opens"))

    async def begin(self, *words: str) -> None:
        """Start it, whether a window opens or not."""
        options = PARSER.parse_args([*ENGLISH, *words])
        self._running = asyncio.create_task(session._sessions(application(), options, SuiteClock()), name="the program")

    async def next_window(self, last: MainWindow) -> "Person":
        """The window that takes the place of `last`."""

        def another() -> MainWindow | None:
            return next((window for window in _shown_windows() if window is not last), None)

        return Person(await until(another, "the next window opens"))

    async def close(self) -> int:
        """Close the window and wait until the program has ended; gives its exit code."""
        for window in _shown_windows():
            window.close()
        return await self.ended()

    async def ended(self) -> int:
        running, self._running = self._running, None
        return 0 if running is None else await asyncio.wait_for(running, 20)

    @property
    def is_open(self) -> bool:
        return self._running is not None

    def _window(self) -> MainWindow | None:
        if self._running and self._running.done():
            self._running.result()
            raise AssertionError("the program ended at once")
        return next(_shown_windows(), None)


def _shown_windows() -> Iterator[MainWindow]:
    return (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())


class Person:
    """At one window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    # Reading

    @property
    def message(self) -> str:
        return self.window.message_bar.text

    async def reads(self, words: str) -> str:
        """Wait until the message bar says something with these words; gives all of it."""
        await until(lambda: words in self.message, f"the message bar says “{words}”; it says “{self.message}”")
        return self.message

    def puts_the_message_away(self) -> None:
        """So that the next one can be told from it."""
        if self.message:
            self.clicks_on(self.field("Put the message away", QAbstractButton))
        assert not self.message

    def sees(self, words: str, where: QWidget | None = None) -> bool:
        """Whether a label or a button in sight has these words."""
        return any(words in text for text in self.texts(where))

    def texts(self, where: QWidget | None = None) -> list[str]:
        place = where or self.window
        shown = (w for w in place.findChildren(QWidget) if w.isVisible())
        return [w.text() for w in shown if isinstance(w, QLabel | QAbstractButton) and w.text()]

    async def waits_to_see(self, words: str, where: QWidget | None = None) -> None:
        await until(lambda: self.sees(words, where), f"“{words}” is in sight")

    # The book

    def items(self) -> list[tuple[int, Item]]:
        contents = self.window.book.contents
        return [(n, item) for n in range(len(contents.columns)) for item in contents.items(n)] if contents else []

    def free_cells(self) -> list[tuple[int, Item]]:
        return [(index, item) for index, item in self.items() if isinstance(item.what, FreeCell)]

    def own(self) -> list[OwnAppointment]:
        return [item.what for _, item in self.items() if isinstance(item.what, OwnAppointment)]

    @property
    def book_is_loaded(self) -> bool:
        page = self.window._store.snapshot.page()
        known = page is not None and all(column.timeslots is not None for column in page.columns)
        return known and self.window.actions_.next.isEnabled()

    async def sees_the_book(self) -> None:
        """Until every column on screen is known and commands can be given."""
        await until(lambda: self.book_is_loaded, f"the book is loaded; the bar says “{self.message}”")

    async def goes_to_a_day_with_free_times(self) -> list[tuple[int, Item]]:
        """Not today, whose times pass while one looks; the next day that has any."""
        await self.sees_the_book()
        for _ in range(14):
            before = self.window.book.contents
            self.commands("next")
            await until(lambda: self.window.book.contents is not before, "the book turns its page")  # noqa: B023
            await self.sees_the_book()
            if cells := self.free_cells():
                return cells
        raise AssertionError("nothing free in two weeks")

    async def sees_own(self) -> list[OwnAppointment]:
        """Our appointments on this page, as soon as there are any."""
        return await until(self.own, "an appointment of ours is on the page")

    def clicks_in_book(self, index: int, item: Item) -> None:
        book = self.window.book
        book.move_cursor(index, item)  # as one scrolls there
        self.clicks_at(book.viewport(), book.item_rect(index, item).center())

    def clicks_own(self, key: object) -> None:
        index, item = next(
            (index, item)
            for index, item in self.items()
            if isinstance(item.what, OwnAppointment) and item.what.key == key
        )
        self.clicks_in_book(index, item)

    # Hands

    def clicks_at(self, widget: QWidget, point: QPoint) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def clicks(self, words: str, where: QWidget | None = None) -> None:
        button = self.button(words, where)
        assert button.isEnabled(), f"“{words}” can't be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def clicks_on(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def button(self, words: str, where: QWidget | None = None) -> QAbstractButton:
        shown = [b for b in (where or self.window).findChildren(QAbstractButton) if b.isVisible() and words in b.text()]
        assert shown, f"no button “{words}” in sight, only {self.texts(where)}"
        return shown[0]

    def field(self, name: str, kind: type[W] = QLineEdit, where: QWidget | None = None) -> W:  # type: ignore[assignment]
        """By the name that a screen reader says."""
        found = [w for w in (where or self.window).findChildren(kind) if w.accessibleName() == name and w.isVisible()]
        assert found, f"no field “{name}” in sight"
        return found[0]

    def types(self, text: str, into: QWidget | None = None) -> None:
        """Key by key; letters that no key of a Latin keyboard has come as an input method sends them."""
        place = into or self.focus
        for character in text:
            if character <= "\xff":
                QTest.keyClicks(place, character)
            else:
                composed = QInputMethodEvent()
                composed.setCommitString(character)
                QApplication.sendEvent(place, composed)

    def presses_keys(self, *keys: str) -> None:
        """Keys such as "Ctrl+B" or "Down", to whatever has the keyboard."""
        for key in keys:
            QTest.keySequence(self.focus, key)

    def tabs_to(self, widget: QWidget) -> None:
        for _ in range(20):
            if self.focus is widget:
                return
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {widget}")

    def commands(self, name: str) -> None:
        """By the keys that the menu shows beside the command."""
        action = getattr(self.window.actions_, name)
        assert action.isEnabled(), f"“{action.text()}” can't be chosen"
        self.presses_keys(action.shortcut().toString())

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    # Whole deeds

    async def finds(self, typed: str) -> QListWidget:
        """Type into the search field and wait for the list of hits."""
        field = self.field("Find patient")
        field.clear()
        self.types(typed, field)
        return await until(lambda: self._hits(), f"the search for “{typed}” gives a list")

    def _hits(self) -> QListWidget | None:
        hits = self.window.panel.findChildren(QListWidget)
        return next((h for h in hits if h.accessibleName() == "Patients found" and h.isVisible()), None)

    async def opens_new_patient(self, typed: str) -> QDialog:
        hits = await self.finds(typed)
        last = hits.item(hits.count() - 1)
        assert "New patient" in last.text()
        self.clicks_at(hits.viewport(), hits.visualItemRect(last).center())
        return await self.dialog()

    async def dialog(self) -> QDialog:
        """The one that has opened, once it has the keyboard."""
        return await until(self._active_dialog, "a dialog opens")

    async def is_back_in_the_window(self) -> None:
        """A dialog has closed: elsewhere the window system hands the keyboard back, offscreen has nobody who does."""
        self.window.activateWindow()
        await until(lambda: QApplication.activeWindow() is self.window, "the window has the keyboard again")

    def _active_dialog(self) -> QDialog | None:
        active = QApplication.activeWindow()
        return active if isinstance(active, QDialog) else None

    def fills_in(self, dialog: QDialog, whom: MadeUp) -> None:
        for name, text in (
            ("National number", whom.number),
            ("First name", whom.first_name),
            ("Last name", whom.last_name),
        ):
            field = self.field(name, where=dialog)
            field.clear()
            self.types(text, field)

    async def registers(self, whom: MadeUp) -> None:
        dialog = await self.opens_new_patient(whom.full_name)
        self.fills_in(dialog, whom)
        self.clicks("Register", dialog)
        await self.reads("Patient registered")
        await self.is_back_in_the_window()

    def comments(self, text: str) -> None:
        self.types(text, self.field("Comment", QPlainTextEdit))

    async def books(self, whom: MadeUp, comment: str = "", told: str = "Booked") -> OwnAppointment:
        """All of it, from a click in the book to the outcome, which is `told`."""
        cells = await self.goes_to_a_day_with_free_times()
        self.clicks_in_book(*cells[len(cells) // 2])
        await self.registers(whom)
        if comment:
            self.comments(comment)
        self.puts_the_message_away()
        known = {own.key for own in self.own()}
        self.clicks("Book", self.window.panel)
        await self.reads(told)
        return next(own for own in self.own() if own.key not in known)

"""The one field (Ctrl+K), above the panel: what is typed there is looked for everywhere."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, PeopleFound
from ui.finder.popup import FinderPopup, spoken
from ui.finder.sources import FinderContext, Hit, find_hits, new_patient_hit
from ui.icons import icon
from ui.theme import Theme

translate = QCoreApplication.translate


class FinderField(QWidget):
    """Signals: people_wanted (text): look in the ledger; the store brings the answer.
    chosen (`hits.Found`): the user wants this one. The keyboard is back where it was by then."""

    people_wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self, store: BookStore, theme: Theme, keys: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look_around: Callable[[], FinderContext | None] | None = None
        self._answer = PeopleFound("", ())  # to the text that was asked for last, or its beginning
        self._enter_waits = False
        self._walked = False  # whether the mark was moved by hand
        self._came_from: QWidget | None = None
        self.setObjectName("finderBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.field.setPlaceholderText(translate("Finder", "Find anything ({keys})").format(keys=native))
        self.field.setAccessibleName(translate("Finder", "Find patients, free times, days and commands"))
        self.field.setToolTip(
            translate("Finder", "A name or birth date, “next free”, “friday”, “week 50”, or a command")
        )
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)  # edited is only what comes by keys, and not what is dictated
        self._mark = self.field.addAction(icon("search", theme, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.popup = FinderPopup(theme, self)
        self.popup.setAccessibleName(translate("Finder", "Found"))
        self.popup.taken.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.field)
        store.watch(self._on_found, PeopleFound)
        store.watch(self._on_clinic, ClinicLoaded)

    def set_theme(self, theme: Theme) -> None:
        self._mark.setIcon(icon("search", theme, "muted"))
        self.popup.set_theme(theme)

    def look_around_with(self, look_around: Callable[[], FinderContext | None]) -> None:
        """Where to look; None while there is nothing. Hand over a method of somebody who lives as long as this."""
        self._look_around = look_around

    def look_again(self) -> None:
        """There is more to find than when the text was typed."""
        if self._text:
            self.people_wanted.emit(self._text)
            self._show_hits()

    def take_focus(self) -> None:
        if not self.field.hasFocus():
            self._came_from = QApplication.focusWidget()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Close, and give the keyboard back to where it was."""
        came_from, self._came_from = self._came_from, None
        self.empty()
        if came_from is not None and shiboken6.isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()

    def forget(self, reference: str) -> None:
        """Somebody's details were wiped: nothing that was found stays if they are among it."""
        if any(person.reference == reference for person in self._answer.people):
            self.empty()

    # Typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Esc in the field are about the list."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(Qt.Key(event.key()))
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()  # the panel's shortcut would get it
                    return True
            elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and _moved_on(event):
                self.empty()
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walked = True
            self.popup.step(1 if key == Qt.Key.Key_Down else -1)
            self._say_marked()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    @property
    def _text(self) -> str:
        return self.field.text().strip()

    def _typed(self) -> None:
        self._enter_waits = self._walked = False
        if not self._text.startswith(self._answer.text):
            self._answer = PeopleFound(
                "", ()
            )  # until the answer comes, those for fewer letters are better than a list that jumps
        if not self._text:
            self.popup.forget()
            return
        if self._answer.text != self._text:
            self.people_wanted.emit(self._text)
        self._show_hits()

    def _on_clinic(self) -> None:
        """No time of the care unit before is offered in this one."""
        if self._text:
            self._show_hits()

    def _on_found(self, change: PeopleFound) -> None:
        if self.field.hasFocus() and change.text == self._text:
            self._answer = change
            self._show_hits()
            self._say_count()
            if self._enter_waits:
                self._enter()

    def _show_hits(self) -> None:
        around = self._look_around() if self._look_around else None
        if around is None:
            return
        hits = find_hits(self._text, self._answer, around)
        if not hits and self._answer.text == self._text:
            hits = (new_patient_hit(self._text),)
        if hits:
            window = self._popup_window()
            corner = QRect(self.field.mapTo(window, QPoint(0, 0)), self.field.size())
            self.popup.show_hits(hits, corner, window, stay=self._walked, mark=self._may_mark(hits[0]))
        else:
            self.popup.forget()

    def _may_mark(self, first: Hit) -> bool:
        """Whether Enter may take the first one: not of people whom name and birth date don't tell apart."""
        return not isinstance(first.what, Person) or first.what == self._answer.identified

    def _popup_window(self) -> QWidget:
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
        return window

    # Choosing

    def _enter(self) -> None:
        """Take what is marked; before the ledger has answered, the press is kept: the answer may be what is meant."""
        self._enter_waits = self._answer.text != self._text and bool(self._text)
        if not self._enter_waits and self.popup.marked is not None:
            self._take(self.popup.marked)

    def _take(self, hit: Hit) -> None:
        self.leave()
        self.chosen.emit(hit.what)

    def empty(self) -> None:
        """Nothing typed or found is left, and Ctrl+Z brings none of it back, as it would after `clear`."""
        self._enter_waits = self._walked = False
        self._answer = PeopleFound("", ())
        self.field.setText("")
        self.popup.forget()

    # Read aloud

    def _say_count(self) -> None:
        count = self.popup.count
        said = translate("Finder", "Nothing found") if not count else translate("Finder", "{count} found")
        marked = self.popup.marked
        self._say(". ".join([said.format(count=count), *([spoken(marked)] if marked else [])]))

    def _say_marked(self) -> None:
        if self.popup.marked is not None:
            self._say(spoken(self.popup.marked))

    def _say(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))


def _moved_on(event: QFocusEvent) -> bool:
    """Whether the keyboard went elsewhere for good, not to a menu or another program."""
    return event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)

"""Fields that guard what is in them. Every form takes its boxes from here (`tests/ui/test_fields.py`): Qt's own change
under a wheel meant for the form, complete what is typed, and keep it in their list. Lines show what was pasted as it
will be judged."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QMenu, QToolButton, QWidget

from receptionapp.domain.pasted_text import clean_text
from ui.labels import line_up
from ui.theme import Theme, icon, theme_of

translate = QCoreApplication.translate


class Choice(QComboBox):
    """A list to choose from. A wheel over it scrolls what it stands in, whether it has the keyboard or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the open list has the wheel for itself


class TextField(QLineEdit):
    """A line that is cleaned as it is typed or pasted (`clean_text`): what is seen is what is judged and sent.
    `longest` counts characters after that."""

    def __init__(self, text: str = "", longest: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(_Cleaning(longest, self))
        self.setText(text)


class _Cleaning(QValidator):
    def __init__(self, longest: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._longest = longest

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, clean_text(text)[: self._longest], len(clean_text(text[:at]))


class SuggestedText(Choice):
    """Free text, with some to choose from. It is sent as it was typed, and never kept."""

    def __init__(self, suggestions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setValidator(_Cleaning(None, self))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.addItems(suggestions)

    def begin_anew(self) -> None:
        """With the first suggestion; nothing that was typed comes back, with Ctrl+Z neither."""
        self.setCurrentIndex(0)
        self.setEditText(self.itemText(0))


class DayField(QDateEdit):
    """One stop for Tab: Qt would stop at day, month and year. The arrow keys and the mouse go from one to the other,
    and a wheel scrolls what it stands in."""

    def __init__(self, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(day, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.setCurrentSectionIndex(self.sectionCount() - 1 if forward else 0)
        return super().focusNextPrevChild(forward)


def send_on_ctrl_enter(form: QWidget, send: Callable[[], None]) -> None:
    """Ctrl with either Enter of the keyboard, from anywhere in the window; held down it counts once."""
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), form, send, context=Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)


class NumberField(TextField):
    """Dots for every digit as soon as the keyboard goes elsewhere; covered it can't be copied or heard. Signals:
    covered."""

    covered = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.cover()

    def cover(self) -> None:
        if self.text():
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self.covered.emit()

    def uncover(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal)


class CoveredNumber(QWidget):
    """The field with the button that shows what was typed until the keyboard goes elsewhere. Signals: shown."""

    shown = Signal()

    def __init__(self, field: NumberField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._show = QToolButton()
        self._show.setText(translate("CoveredNumber", "Show number"))
        self._show.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show.setProperty("kind", "link")
        self._show.hide()
        self._show.clicked.connect(self._uncover)
        field.covered.connect(self._show.show)
        field.textChanged.connect(self._on_text)
        line_up((field, 1), self._show, on=self, margins=0, spacing=4)

    def _uncover(self) -> None:
        self._field.uncover()
        self._show.hide()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _on_text(self, text: str) -> None:
        if not text:  # begun anew: what is being typed is seen, as the first time
            self._field.uncover()
            self._show.hide()


def managed_text() -> str:
    return translate("Fixed", "Set by your administrator")


def mark_line_managed(line: QLineEdit) -> None:
    """A field: its text can be copied, and a lock stands in it."""
    line.setReadOnly(True)
    line.addAction(icon("lock", theme_of(line.palette()), "muted"), QLineEdit.ActionPosition.TrailingPosition)
    _say_on(line)


def mark_managed(control: QWidget) -> None:
    """A box, a list of choices or a button."""
    control.setEnabled(False)
    _say_on(control)


def mark_menu_managed(menu: QMenu, theme: Theme) -> None:
    """A menu of choices: grey, with a lock, and why in its name."""
    action = menu.menuAction()
    action.setEnabled(False)
    action.setIcon(icon("lock", theme, "muted"))
    action.setText(f"{action.text()} ({managed_text().lower()})")


def _say_on(control: QWidget) -> None:
    control.setToolTip(managed_text())
    control.setAccessibleDescription(managed_text())

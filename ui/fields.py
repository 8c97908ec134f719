"""Fields that guard what is in them: a covered national number, and values that the administrator decided."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from ui.icons import icon
from ui.theme import Theme, theme_of

translate = QCoreApplication.translate


class NumberField(QLineEdit):
    """Dots for every digit as soon as the keyboard goes elsewhere. All of them: the first six are a birthday.

    Covered it can't be copied, and a screen reader says nothing of it. Signals: covered.
    """

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
    """The field with the button that shows what was typed, until the keyboard goes elsewhere again.

    Signals: shown: somebody asked for the number, which is to be written down.
    """

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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(field, 1)
        row.addWidget(self._show)

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

"""A national number that is covered once it is typed: whoever stands at the counter can read the screen too."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

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

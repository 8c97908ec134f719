"""Text on screen that is not a control. Plain text always: a patient's name must never be read as markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def label(role: str = "", text: str = "") -> QLabel:
    """A wrapping label. `role` is the style sheet's: title, heading, strong, muted, badge or none."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made

"""Text on screen that is not a control. Plain text always: a patient's name must never be read as markup."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

# How large and heavy against the system's font. Colours are the style sheet's.
_FONTS = {
    "title": (1.35, QFont.Weight.DemiBold),
    "strong": (1.0, QFont.Weight.DemiBold),
    "heading": (0.9, QFont.Weight.DemiBold),
    "badge": (0.9, QFont.Weight.DemiBold),
    "banner": (0.9, QFont.Weight.DemiBold),
    "fault": (0.9, QFont.Weight.Normal),
}


def label(role: str = "", text: str = "") -> QLabel:
    """A wrapping label. `role` is title, heading, strong, muted, badge, banner, fault or none."""
    made = QLabel(text)
    made.setProperty("role", role)
    size, weight = _FONTS.get(role, (1.0, QFont.Weight.Normal))
    font = made.font()
    font.setPointSizeF(font.pointSizeF() * size)
    font.setWeight(weight)
    made.setFont(font)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made

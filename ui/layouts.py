"""Rows and columns of widgets in one call."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part = (
    QWidget
    | QLayout
    | int
    | tuple[QWidget | QLayout | None, int]
    | tuple[QWidget | QLayout | None, int, Qt.AlignmentFlag]
)
"""A number is pixels of space. A tuple adds how much of the room left it takes (None: empty room), and how it lies."""

ROOM = (None, 1)
Margins = int | tuple[int, int, int, int]  # pixels


def stack(
    *parts: Part, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QVBoxLayout:
    """The parts below each other, on a widget or for another layout. None: the style's own margins and spacing."""
    made = QVBoxLayout(on) if on is not None else QVBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def line_up(
    *parts: Part, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QHBoxLayout:
    """The parts beside each other, likewise."""
    made = QHBoxLayout(on) if on is not None else QHBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def _fill(made: QBoxLayout, parts: tuple[Part, ...], margins: Margins | None, spacing: int | None) -> None:
    if margins is not None:
        made.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        made.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            made.addSpacing(part)
            continue
        what, stretch, *alignment = part if isinstance(part, tuple) else (part, 0)
        if what is None:
            made.addStretch(stretch)
        elif isinstance(what, QLayout):
            made.addLayout(what, stretch)
        else:
            made.addWidget(what, stretch, *alignment)

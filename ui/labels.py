"""Text on screen that is not a control, and rows and columns. Plain text always: no name is ever read as markup."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QResizeEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

# How large and heavy against the system's font. Colours are the style sheet's.
_FONTS = {
    "title": (1.35, QFont.Weight.DemiBold),
    "strong": (1.0, QFont.Weight.DemiBold),
    "heading": (0.9, QFont.Weight.DemiBold),
    "badge": (0.9, QFont.Weight.DemiBold),
    "banner": (0.9, QFont.Weight.DemiBold),
    "fault": (0.9, QFont.Weight.Normal),
}


class FittingLabel(QLabel):
    """One line that says as much as there is room for, and tells all of it to a screen reader."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._wordings: tuple[str, ...] = ("",)
        _dress(self, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_wordings(self, *wordings: str) -> None:
        """The same thing said in several lengths, the longest first."""
        self._wordings = wordings
        self.setAccessibleName(wordings[0])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        fitting = (w for w in self._wordings if metrics.horizontalAdvance(w) <= room)
        self.setText(next(fitting, self._wordings[-1]))


def label(role: str = "", text: str = "") -> QLabel:
    """A wrapping label. `role` is title, heading, strong, muted, badge, banner, fault or none."""
    made = QLabel(text)
    _dress(made, role)
    made.setWordWrap(True)
    return made


def heading_of(field: QWidget, text: str = "") -> QLabel:
    """What stands over a field, told as its label too: by default its accessible name."""
    made = label("heading", text or field.accessibleName())
    made.setBuddy(field)
    return made


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say it, wherever the keyboard is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def plain_tooltip(text: str) -> str:
    """A tooltip that shows exactly this text, which Qt else may read as markup."""
    return f"<span style='white-space: pre-wrap'>{escape(text)}</span>" if Qt.mightBeRichText(text) else text


def non_breaking(text: str) -> str:
    """The same words, which are not parted where a line ends."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def escape_mnemonic(text: str) -> str:
    """The same words on a button or in a menu, where a `&` would vanish and make a shortcut of the letter after it."""
    return text.replace("&", "&&")


def _dress(made: QLabel, role: str) -> None:
    made.setProperty("role", role)
    size, weight = _FONTS.get(role, (1.0, QFont.Weight.Normal))
    font = made.font()
    font.setPointSizeF(font.pointSizeF() * size)
    font.setWeight(weight)
    made.setFont(font)
    made.setTextFormat(Qt.TextFormat.PlainText)


Part = (
    QWidget
    | QLayout
    | int
    | tuple[QWidget | QLayout | None, int]
    | tuple[QWidget | QLayout | None, int, Qt.AlignmentFlag]
)
"""A number is pixels of space. A tuple adds how much of the room left it takes (None: empty room), and how it lies."""


def push_button(
    text: str,
    clicked: Callable[..., object] | SignalInstance | None = None,
    *,
    kind: str = "",
    name: str = "",
    auto_default: bool | None = None,
    default: bool = False,
) -> QPushButton:
    """`kind` is how the style sheet dresses it."""
    made = QPushButton(text)
    made.setObjectName(name)
    if kind:
        made.setProperty("kind", kind)
    if auto_default is not None:
        made.setAutoDefault(auto_default)
    made.setDefault(default)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


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

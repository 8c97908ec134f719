"""The look of the program: named colours for light and dark themes, and what Qt needs to wear them.

Colours are "#RRGGBB" strings. `tests/ui/test_theme.py` computes the contrast of every colour on every other that it is
laid on, as WCAG 2.1 and, for the two of high contrast, EN 301 549 ask for.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
_STYLE_FOLDER = _FOLDER.parent / "style"  # the style sheet, and pictures that it names
_SHEET = (_STYLE_FOLDER / "reception.qss").read_text(encoding="utf-8")
_STYLE = "fusion"

RHYTHM = 4  # pixels: every margin and gap is a multiple


@dataclass(frozen=True, slots=True)
class Theme:
    """A set of colours with roles. `dark` says which family; the rest are "#RRGGBB"."""

    dark: bool
    ground: str  # the window
    paper: str  # inputs, lists, panels
    raised: str  # buttons, headers
    hover: str  # what the pointer is over
    line: str  # quiet dividers
    edge: str  # the outline of a control
    scroll: str  # the handle of a scroll bar
    text: str
    muted: str  # secondary text
    faint: str  # disabled text
    accent: str
    accent_hover: str
    accent_ground: str  # chosen rows and cells
    on_accent: str
    free: str
    free_line: str  # between starts inside free time
    free_edge: str
    free_text: str
    not_offered: str
    hour_line: str
    not_loaded: str
    not_loaded_hatch: str
    past_shade: float  # how much black lies over time gone by; words under it stay readable
    now: str
    warning: str
    warning_ground: str
    danger: str
    danger_ground: str
    success: str
    success_ground: str
    services: tuple[str, ...]  # told apart with normal and colour-blind sight
    service_tint: float  # how much of a service's colour its ground holds
    service_edge: float = 0.45  # and its outline, between the two

    def service_colour(self, index: int) -> str:
        """The strong colour of the service at `index` in the clinic's list. More services than colours share them."""
        return self.services[index % len(self.services)]

    def service_ground(self, index: int) -> str:
        """The pale ground under text of the service at `index`."""
        return mixed(self.paper, self.service_colour(index), self.service_tint)

    def service_outline(self, index: int) -> str:
        """What parts that ground from what lies beside it."""
        return mixed(self.service_ground(index), self.service_colour(index), self.service_edge)


LIGHT = Theme(
    dark=False,
    ground="#F3F5F7",
    paper="#FFFFFF",
    raised="#FBFCFD",
    hover="#E9EEF3",
    line="#DCE1E6",
    edge="#848E98",
    scroll="#A3ABB4",
    text="#1A2129",
    muted="#55606B",
    faint="#98A1AA",
    accent="#2458A6",
    accent_hover="#1B4788",
    accent_ground="#DCE8F8",
    on_accent="#FFFFFF",
    free="#F6FCF9",
    free_line="#C4DFD3",
    free_edge="#3B8566",
    free_text="#1D6347",
    not_offered="#E6E9ED",
    hour_line="#D3D9DF",
    not_loaded="#F3F5F7",
    not_loaded_hatch="#BCC4CC",
    past_shade=0.06,
    now="#C8322B",
    warning="#8F5200",
    warning_ground="#FFF3DC",
    danger="#B3261E",
    danger_ground="#FCE9E7",
    success="#1D6B45",
    success_ground="#E4F4EB",
    services=(
        "#1C4ABC",
        "#B46B16",
        "#0C8E6F",
        "#6B3990",
        "#CA509E",
        "#24406B",
        "#6B4909",
        "#766FCA",
        "#632121",
        "#49733F",
    ),
    service_tint=0.13,
)

DARK = Theme(
    dark=True,
    ground="#171B20",
    paper="#1F242A",
    raised="#272D34",
    hover="#2F3740",
    line="#323A43",
    edge="#75808C",
    scroll="#566069",
    text="#E7EBEF",
    muted="#BEC8D1",
    faint="#69737D",
    accent="#7FB0F5",
    accent_hover="#A3C7F8",
    accent_ground="#243B5A",
    on_accent="#0E1A2B",
    free="#25322F",
    free_line="#3C5950",
    free_edge="#57A789",
    free_text="#93D6BC",
    not_offered="#14181C",
    hour_line="#262D34",
    not_loaded="#1B2026",
    not_loaded_hatch="#454F5A",
    past_shade=0.20,
    now="#FF7A6E",
    warning="#F2B84B",
    warning_ground="#3A2E17",
    danger="#FF8F85",
    danger_ground="#412321",
    success="#77CFA0",
    success_ground="#1D3529",
    services=(
        "#87AFEA",
        "#EBA821",
        "#48D7B0",
        "#BC8FFF",
        "#DF5BA1",
        "#9DB0CC",
        "#E2CE6D",
        "#6177D1",
        "#B67D7B",
        "#56A44A",
    ),
    service_tint=0.16,
)

LIGHT_CONTRAST = replace(
    LIGHT,
    ground="#FFFFFF",
    raised="#FFFFFF",
    hover="#E4E4E4",
    line="#5C5C5C",
    edge="#000000",
    scroll="#3D3D3D",
    text="#000000",
    muted="#262626",
    faint="#595959",
    accent="#0A2F73",
    accent_hover="#061F4E",
    accent_ground="#D9E6FB",
    free="#FFFFFF",
    free_line="#5F8A78",
    free_edge="#00462D",
    free_text="#003B26",
    not_offered="#DDDDDD",
    hour_line="#8C8C8C",
    not_loaded="#FFFFFF",
    not_loaded_hatch="#6E6E6E",
    now="#9E0000",
    warning="#5A3300",
    danger="#8A0F09",
    success="#0B4429",
    service_tint=0.08,
    service_edge=1.0,
)

DARK_CONTRAST = replace(
    DARK,
    ground="#000000",
    paper="#000000",
    raised="#0D0D0D",
    hover="#2B2B2B",
    line="#A0A0A0",
    edge="#FFFFFF",
    scroll="#C8C8C8",
    text="#FFFFFF",
    muted="#E6E6E6",
    faint="#A6A6A6",
    accent="#9CC8FF",
    accent_hover="#C6E0FF",
    accent_ground="#0D2C57",
    on_accent="#000000",
    free="#000000",
    free_line="#5E9C85",
    free_edge="#8CEBC6",
    free_text="#B4F5DC",
    not_offered="#2E2E2E",
    hour_line="#6E6E6E",
    not_loaded="#000000",
    not_loaded_hatch="#8A8A8A",
    now="#FF9A91",
    warning="#FFD27A",
    warning_ground="#261B00",
    danger="#FFB3AC",
    danger_ground="#330A07",
    success="#A0EBC2",
    success_ground="#06261A",
    service_tint=0.12,
    service_edge=1.0,
)

THEMES = {"light": LIGHT, "dark": DARK, "light-contrast": LIGHT_CONTRAST, "dark-contrast": DARK_CONTRAST}
"""By the word in the settings and on the command line. No two have the same `ground`, by which a widget tells."""


def mixed(base: str, colour: str, part: float) -> str:
    """`base` with `part` (0 to 1) of `colour` in it."""
    channels = zip(bytes.fromhex(base[1:]), bytes.fromhex(colour[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in channels)


def system_theme(app: QApplication) -> Theme:
    """The theme that the system asks for. Watch `colorSchemeChanged`, and `contrastPreferenceChanged` of
    `QStyleHints.accessibility`."""
    hints = app.styleHints()
    family = "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
    strong = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    return THEMES[f"{family}-contrast" if strong else family]


def theme_of(palette: QPalette) -> Theme:
    """The theme that a widget wears."""
    ground = palette.color(QPalette.ColorRole.Window).name().upper()
    return next((theme for theme in THEMES.values() if theme.ground == ground), LIGHT)


def style_sheet(roles: Mapping[str, object]) -> str:
    """The application's style sheet, with the colours of a theme by role."""
    check = _FOLDER / "controls" / ("check-dark.svg" if roles["dark"] else "check-light.svg")
    return _SHEET % {**roles, "check": check.as_posix()}


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole program. The sheet comes off first: to replace one lays out every widget again for each it
    dresses."""
    app.setStyleSheet("")
    if app.style().name() != _STYLE:  # which dresses every widget once more, even in the same style
        app.setStyle(_STYLE)
    app.setPalette(palette(theme))
    app.setFont(interface_font())
    chevron = _STYLE_FOLDER / f"chevron-{'dark' if theme.dark else 'light'}.svg"
    app.setStyleSheet(style_sheet({**asdict(theme), "chevron": chevron.as_posix()}))


@contextmanager
def without_style_sheet(app: QApplication) -> Iterator[None]:
    """Build a window of many parts without the style sheet, which Qt would apply for every parent: a third of the
    time."""
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def interface_font() -> QFont:
    """The system's font at the system's size; the others only where it lacks a letter or is missing."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setFamilies([font.family(), "Segoe UI", "SF Pro Text", "Inter", "Noto Sans", "DejaVu Sans"])
    return font


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, so that every standard widget follows it."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.paper,
        role.AlternateBase: theme.ground,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.edge,
        role.Dark: theme.edge,
        role.Shadow: theme.line,
    }
    made = QPalette()
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    return made


_SIZES = (16, 20, 24, 32, 48)


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in `colour` ("#RRGGBB"), `size` device-independent pixels square, for a screen of `ratio`."""
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def icon(name: str, theme: Theme, role: str = "text") -> QIcon:
    """The icon `name` in the colour that `theme` has for `role`, for buttons and menus; faint where they are off."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, getattr(theme, role), size))
        made.addPixmap(pixmap(name, theme.faint, size), QIcon.Mode.Disabled)
    return made


def swatch(colour: str) -> QIcon:
    """A dot of a colour, beside the name of what wears it in the book."""
    made = QPixmap(32, 32)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(6, 6, 20, 20)
    painter.end()
    return QIcon(made)

"""Pens, brushes, fonts and shapes of the book, made once for a theme, a font and a zoom, and stamped from there."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QStaticText, QTransform

from ui.theme import RHYTHM, Theme, mixed

_HATCH = 8  # pixels between the lines of a hatch
_TEXTS_KEPT = 6000
_LEAST_LETTERS = 5  # and a sign for what was cut off

NameKey = tuple[str, str, int, int]
"""First and last name, which font, and for how many pixels."""


class BookStyle:
    """Everything a painter needs of a theme. Times and names are laid out as text once and drawn many times."""

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self.font = QFont(font)
        self.bold = QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.small = QFont(font)
        self.small.setPointSizeF(max(font.pointSizeF() * 0.9, 6.0))
        self.tiny = QFont(font)
        self.tiny.setPointSizeF(max(font.pointSizeF() * 0.75, 6.0))
        self.tiny_height = QFontMetrics(self.tiny).height()
        self.line_height = QFontMetrics(self.font).height()
        self.small_height = QFontMetrics(self.small).height()
        self._metrics = {id(f): QFontMetrics(f) for f in (self.font, self.bold, self.small, self.tiny)}
        self._advances: dict[tuple[str, int], int] = {}
        self._texts: dict[tuple[str, int, int], QStaticText] = {}
        self.names: dict[NameKey, tuple[str, QFont]] = {}
        self._services: dict[int, ServiceStyle] = {}
        self.gutter = self.advance("00:00", self.font) + 20
        self.least_column = self.advance("00:00–00:00", self.small) + 16
        self.squeezed_column = self.advance("00:00", self.small) + 32  # of a day that is in sight whole by that
        self.least_week_column = self.advance("00:00", self.small) + 16  # a start is all that is told in words
        self.clock_width = self.advance("00:00", self.small)
        self.span_width = self.advance("00:00–00:00", self.small)
        self.least_bold = self.advance("Nordmann", self.bold)
        self.least_beside = self.advance("0000", self.small)
        self._make_brushes(theme)

    def _make_brushes(self, theme: Theme) -> None:
        self.paper = QColor(theme.paper)
        self.raised = QColor(theme.raised)
        self.text = QColor(theme.text)
        self.muted = QColor(theme.muted)
        self.free = QColor(theme.free)
        self.free_text = QColor(theme.free_text)
        self.free_line = QColor(theme.free_line)
        self.free_edge = QPen(QColor(theme.free_edge))
        self.not_offered = QColor(theme.not_offered)
        self.not_loaded = QColor(theme.not_loaded)
        self.not_loaded_hatch = self._hatch(theme.not_loaded, theme.not_loaded_hatch)
        self.hour_line = QPen(QColor(theme.hour_line))
        self.line = QColor(theme.line)
        self.day_line = QColor(mixed(theme.line, theme.edge, 0.6))
        self.tick = QColor(mixed(theme.free_line, theme.free_edge, 0.5))
        self.past = QColor("black")
        self.past.setAlphaF(theme.past_shade)
        self.accent = QColor(theme.accent)
        self.accent_ground = QColor(theme.accent_ground)
        self.on_accent = QColor(theme.on_accent)
        self.now = QColor(theme.now)
        self.now_shade = QColor(theme.now)
        self.now_shade.setAlphaF(0.25)
        self.warning = QColor(theme.warning)
        self.warning_ground = QColor(theme.warning_ground)
        self.warning_edge = QPen(self.warning, 2, Qt.PenStyle.CustomDashLine)
        self.warning_edge.setDashPattern([4, 2])
        self.thin_warning_edge = QPen(self.warning, 1, Qt.PenStyle.CustomDashLine)
        self.thin_warning_edge.setDashPattern([4, 3])
        self.cancelled_edge = QPen(QColor(theme.edge), 1, Qt.PenStyle.DotLine)
        self.hover_edge = QPen(self.accent, 1)
        self.chosen_edge = QPen(self.accent, 2)
        self.missing_edge = QPen(self.accent, 2, Qt.PenStyle.DashLine)
        self.cursor_halo = QPen(self.paper, 5)
        self.highlight_edge = QPen(QColor(theme.warning), 3)
        self.refused = QColor(theme.danger)
        self.refused_edge = QPen(self.refused, 2, Qt.PenStyle.DashLine)
        self.refused_hatch = self._hatch(theme.danger_ground, mixed(theme.danger_ground, theme.danger, 0.3))
        self.completed = QColor(mixed(theme.paper, theme.muted, 0.14))

    def service(self, index: int) -> "ServiceStyle":
        found = self._services.get(index)
        if found is None:
            found = self._services[index] = ServiceStyle(self, index)
        return found

    def advance(self, text: str, font: QFont) -> int:
        """The width of `text` in `font` (one of this object's own), pixels."""
        key = (text, id(font))
        found = self._advances.get(key)
        if found is None:
            if len(self._advances) > _TEXTS_KEPT:
                self._advances.clear()
            found = self._advances[key] = self._metrics[id(font)].horizontalAdvance(text)
        return found

    def fitted(self, text: str, font: QFont, width: int) -> QStaticText:
        """`text`, elided to `width` pixels, ready to be drawn in `font` (one of this object's own)."""
        key = (text, id(font), width)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.clear()
            fits = self.advance(text, font) <= width  # Qt would cut what is only a part of a pixel too wide
            elided = text if fits else self._metrics[id(font)].elidedText(text, Qt.TextElideMode.ElideRight, width)
            found = QStaticText(elided)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(QTransform(), font)
            self._texts[key] = found
        return found

    def first_that_fits(self, candidates: tuple[str, ...], font: QFont, width: int) -> str | None:
        """The first text that needs no cutting."""
        return next((text for text in candidates if self.advance(text, font) <= width), None)

    def truncated(self, text: str, font: QFont, width: int) -> str:
        """The text with as much of its end cut off as has no room; nothing, where hardly anything could be read."""
        found = self.fitted(text, font, width).text()
        return found if found == text or len(found) > _LEAST_LETTERS else ""

    def keep_name(self, key: NameKey, shown: tuple[str, QFont]) -> tuple[str, QFont]:
        """Remember how a name is shown: a page asks a thousand times."""
        if len(self.names) > _TEXTS_KEPT:
            self.names.clear()
        self.names[key] = shown
        return shown

    def name_font(self, width: int) -> QFont:
        """Bold, but where a column is so narrow that most names would have to be cut."""
        return self.bold if width >= self.least_bold else self.small

    def abbreviated(self, name: str, font: QFont, width: int) -> str:
        """The beginning of a name with a point after it, since half a name can be another's; nothing under three
        letters."""
        most = min(len(name) - 1, 12)
        shorter = (f"{name[:length].rstrip('-. ')}." for length in range(most, 2, -1))
        return next((text for text in shorter if self.advance(text, font) <= width), "")

    def label(self, text: str, font: QFont) -> QStaticText:
        """A short text that is never cut."""
        return self.fitted(text, font, 10_000)

    def hatch(self, ground: str, line: str) -> QBrush:
        return self._hatch(ground, line)

    def _hatch(self, ground: str, line: str) -> QBrush:
        tile = QPixmap(QSize(_HATCH, _HATCH) * self.ratio)
        tile.setDevicePixelRatio(self.ratio)
        tile.fill(QColor(ground))
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(line), 1.4))
        for shift in (-_HATCH, 0, _HATCH):
            painter.drawLine(shift - 1, _HATCH + 1, shift + _HATCH + 1, -1)
        painter.end()
        return QBrush(tile)


class ServiceStyle:
    """The colours of one service."""

    def __init__(self, inks: BookStyle, index: int) -> None:
        theme = inks.theme
        ground = theme.service_ground(index)
        self.bar = QColor(theme.service_colour(index))
        self.ground = QColor(ground)
        self.hatch = inks.hatch(theme.paper, mixed(theme.paper, theme.service_colour(index), 0.3))
        self.edge = QPen(QColor(theme.service_outline(index)), 1)
        self.dashed = QPen(self.bar, 1, Qt.PenStyle.CustomDashLine)
        self.dashed.setDashPattern([4, 3])


INSET = 8  # pixels from a shape's left edge to its words, past the bar

_RADIUS = 4.0
_LOW = 18  # pixels: in a lower shape a firm outline would run through the words
_HIGHEST_STAMP = 100  # pixels: higher shapes are few, and would fill the memory
_STAMPS_KEPT = 600


class Appearance(Enum):
    """How free time and the standing of an appointment are drawn: by shape, never by colour alone."""

    __hash__ = object.__hash__  # Enum hashes in Python, and stamps are looked up a thousand times a page

    FREE = auto()
    SOLID = auto()
    LOW = auto()  # booked, and too low for an outline
    QUIET = auto()  # over and done
    DASHED = auto()  # waits for the patient's code
    HATCHED = auto()  # under way
    UNKNOWN = auto()  # nobody knows yet
    CANCELLED = auto()  # cancelled, takes no time


class Shapes:
    """Draws shapes in the inks of one theme and screen."""

    def __init__(self, inks: BookStyle) -> None:
        self._inks = inks
        self._stamps: dict[tuple[Appearance, int, int, int], QPixmap] = {}
        self._free_stamps: dict[tuple[int, int, str], QPixmap] = {}

    def draw(self, painter: QPainter, rect: QRect, look: Appearance, service: int = 0) -> None:
        """Draw one shape; `service` is the index of its colour."""
        if rect.height() <= _HIGHEST_STAMP:
            painter.drawPixmap(rect.topLeft(), self._stamp(rect.width(), rect.height(), look, service))
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._shape(painter, rect, look, self._inks.service(service))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def draw_free(self, painter: QPainter, x: int, y: int, width: int, height: int, label: str) -> None:
        """Draw free time with its words, or none if `label` is empty."""
        if height > _HIGHEST_STAMP:
            self.draw(painter, QRect(x, y, width, height), Appearance.FREE)
            self._words(painter, x, y, height, label)
            return
        stamp = self._free_stamps.get((width, height, label))
        painter.drawPixmap(x, y, stamp or self._free_stamp(width, height, label))

    def draw_low(self, painter: QPainter, x: int, y: int, width: int, height: int, service: int) -> None:
        """Draw a booked appointment that is too low for words."""
        stamp = self._stamps.get((Appearance.LOW, service, width, height))
        painter.drawPixmap(x, y, stamp or self._stamp(width, height, Appearance.LOW, service))

    def _free_stamp(self, width: int, height: int, label: str) -> QPixmap:
        if len(self._free_stamps) >= _STAMPS_KEPT:
            self._free_stamps.clear()
        made = QPixmap(self._stamp(width, height, Appearance.FREE, 0))
        with QPainter(made) as painter:
            self._words(painter, 0, 0, height, label)
        self._free_stamps[width, height, label] = made
        return made

    def _words(self, painter: QPainter, x: int, y: int, height: int, label: str) -> None:
        inks = self._inks
        painter.setFont(inks.small)
        painter.setPen(inks.free_text)
        at = QPointF(x + INSET, y + min(3.0, (height - inks.small_height) / 2))
        painter.drawStaticText(at, inks.label(label, inks.small))

    def _stamp(self, width: int, height: int, look: Appearance, service: int) -> QPixmap:
        key = (look, service, width, height)
        found = self._stamps.get(key)
        if found is None:
            if len(self._stamps) >= _STAMPS_KEPT:
                self._stamps.clear()
            found = self._stamps[key] = QPixmap(QSize(width, height) * self._inks.ratio)
            found.setDevicePixelRatio(self._inks.ratio)
            found.fill(Qt.GlobalColor.transparent)
            with QPainter(found) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._shape(painter, QRect(0, 0, width, height), look, self._inks.service(service))
        return found

    def _shape(self, painter: QPainter, rect: QRect, look: Appearance, ink: ServiceStyle) -> None:
        self._choose_inks(painter, look, ink, rect.height())
        inset = 1.0 if look is Appearance.UNKNOWN and rect.height() > _LOW else 0.5
        inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        if look is Appearance.LOW:
            painter.drawRect(rect)
        elif look is Appearance.CANCELLED:
            painter.drawRect(inner)
        else:
            painter.drawRoundedRect(inner, _RADIUS, _RADIUS)
        if look in (Appearance.SOLID, Appearance.LOW, Appearance.QUIET, Appearance.DASHED, Appearance.HATCHED):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.bar)
            painter.drawRoundedRect(QRectF(rect.left(), rect.top(), RHYTHM, rect.height()), 2, 2)

    def _choose_inks(self, painter: QPainter, look: Appearance, ink: ServiceStyle, height: int) -> None:
        inks = self._inks
        match look:
            case Appearance.FREE:
                painter.setPen(inks.free_edge)
                painter.setBrush(inks.free)
            case Appearance.SOLID:
                painter.setPen(ink.edge)
                painter.setBrush(ink.ground)
            case Appearance.LOW:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink.ground)
            case Appearance.QUIET:
                painter.setPen(inks.line)
                painter.setBrush(inks.completed)
            case Appearance.DASHED:
                painter.setPen(ink.dashed)
                painter.setBrush(inks.paper)
            case Appearance.HATCHED:
                painter.setPen(ink.edge)
                painter.setBrush(ink.hatch)
            case Appearance.UNKNOWN:
                painter.setPen(inks.warning_edge if height > _LOW else inks.thin_warning_edge)
                painter.setBrush(inks.warning_ground)
            case Appearance.CANCELLED:
                painter.setPen(inks.cancelled_edge)
                painter.setBrush(Qt.BrushStyle.NoBrush)

"""The shapes of the book: how free time and each standing of an appointment look without their words.

A page holds the same few sizes over and over, so shapes are drawn once into stamps and copied from there. Free time
is stamped with its words: the same times stand in every column.
"""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.book.inks import Inks, ServiceInk
from ui.theme import RHYTHM

INSET = 8  # pixels from a shape's left edge to its words, past the bar

_RADIUS = 4.0
_LOW = 18  # pixels: in a lower shape a firm outline would run through the words
_HIGHEST_STAMP = 100  # pixels: higher shapes are few, and would fill the memory
_STAMPS_KEPT = 600


class Look(Enum):
    """How free time and the standing of an appointment are drawn: by shape, never by colour alone."""

    __hash__ = object.__hash__  # Enum hashes in Python, and stamps are looked up a thousand times a page

    FREE = auto()
    SOLID = auto()
    LOW = auto()  # booked, and too low for an outline
    QUIET = auto()  # over and done
    DASHED = auto()  # waits for the patient's code
    HATCHED = auto()  # under way
    UNKNOWN = auto()  # nobody knows yet
    GHOST = auto()  # cancelled, takes no time


class Shapes:
    """Draws shapes in the inks of one theme and screen."""

    def __init__(self, inks: Inks) -> None:
        self._inks = inks
        self._stamps: dict[tuple[Look, int, int, int], QPixmap] = {}
        self._free_stamps: dict[tuple[int, int, str], QPixmap] = {}

    def draw(self, painter: QPainter, rect: QRect, look: Look, service: int = 0) -> None:
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
            self.draw(painter, QRect(x, y, width, height), Look.FREE)
            self._words(painter, x, y, height, label)
            return
        stamp = self._free_stamps.get((width, height, label))
        painter.drawPixmap(x, y, stamp or self._free_stamp(width, height, label))

    def draw_low(self, painter: QPainter, x: int, y: int, width: int, height: int, service: int) -> None:
        """Draw a booked appointment that is too low for words."""
        stamp = self._stamps.get((Look.LOW, service, width, height))
        painter.drawPixmap(x, y, stamp or self._stamp(width, height, Look.LOW, service))

    def _free_stamp(self, width: int, height: int, label: str) -> QPixmap:
        if len(self._free_stamps) >= _STAMPS_KEPT:
            self._free_stamps.clear()
        made = QPixmap(self._stamp(width, height, Look.FREE, 0))
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

    def _stamp(self, width: int, height: int, look: Look, service: int) -> QPixmap:
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

    def _shape(self, painter: QPainter, rect: QRect, look: Look, ink: ServiceInk) -> None:
        self._choose_inks(painter, look, ink, rect.height())
        inset = 1.0 if look is Look.UNKNOWN and rect.height() > _LOW else 0.5
        inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        if look is Look.LOW:
            painter.drawRect(rect)
        elif look is Look.GHOST:
            painter.drawRect(inner)
        else:
            painter.drawRoundedRect(inner, _RADIUS, _RADIUS)
        if look in (Look.SOLID, Look.LOW, Look.QUIET, Look.DASHED, Look.HATCHED):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.bar)
            painter.drawRoundedRect(QRectF(rect.left(), rect.top(), RHYTHM, rect.height()), 2, 2)

    def _choose_inks(self, painter: QPainter, look: Look, ink: ServiceInk, height: int) -> None:
        inks = self._inks
        match look:
            case Look.FREE:
                painter.setPen(inks.free_edge)
                painter.setBrush(inks.free)
            case Look.SOLID:
                painter.setPen(ink.edge)
                painter.setBrush(ink.ground)
            case Look.LOW:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink.ground)
            case Look.QUIET:
                painter.setPen(inks.line)
                painter.setBrush(inks.completed)
            case Look.DASHED:
                painter.setPen(ink.dashed)
                painter.setBrush(inks.paper)
            case Look.HATCHED:
                painter.setPen(ink.edge)
                painter.setBrush(ink.hatch)
            case Look.UNKNOWN:
                painter.setPen(inks.warning_edge if height > _LOW else inks.thin_warning_edge)
                painter.setBrush(inks.warning_ground)
            case Look.GHOST:
                painter.setPen(inks.ghost_edge)
                painter.setBrush(Qt.BrushStyle.NoBrush)

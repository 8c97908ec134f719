"""Draws the pages of the day's sheet: the same on the screen, in a PDF and on a printer. Black on white, always."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPainter, QPdfWriter, QPen

from ui.printing.pages import HEIGHT, WIDTH, Box, Face, Page, Rule, Text
from ui.printing.paper import make_pdf

_UNITS_AN_INCH = 720
_INK = QColor(0, 0, 0)


def draw_page(painter: QPainter, page: Page) -> None:
    """In units, from the corner of the paper."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    fonts = {face: face.font for face in Face}
    face_now: Face | None = None
    painter.setPen(_INK)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for mark in page:
        match mark:
            case Text():
                if mark.face is not face_now:
                    face_now = mark.face
                    painter.setFont(fonts[face_now])
                painter.drawText(QPointF(mark.x, mark.y), mark.text)
            case Rule(x, y, width, thickness, height):
                across = QRectF(x, y - thickness / 2, width, thickness)
                painter.fillRect(QRectF(x, y, thickness, height) if height else across, _INK)
            case Box():
                painter.setPen(QPen(_INK, 6))
                painter.drawRect(QRectF(mark.x, mark.y, mark.side, mark.side))


def as_pdf(pages: Sequence[Page], title: str) -> bytes:
    """Call from any thread but the screen's, and wait. `title` is in the file for everybody to read."""
    return make_pdf(title, _UNITS_AN_INCH, 0, partial(_draw_all, pages))


def draw_on(device: QPagedPaintDevice, pages: Iterable[Page]) -> bool:
    """As large as the paper allows, in its middle. False where the device took nothing, or failed on the way."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    taken = True
    paper = QRectF(painter.viewport())
    scale = min(paper.width() / WIDTH, paper.height() / HEIGHT)
    for number, page in enumerate(pages):
        taken = taken and (number == 0 or device.newPage())
        painter.save()
        painter.translate((paper.width() - WIDTH * scale) / 2, (paper.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        draw_page(painter, page)
        painter.restore()
    return painter.end() and taken


def _draw_all(pages: Iterable[Page], writer: QPdfWriter) -> None:
    draw_on(writer, pages)

"""Draws the book's columns: grounds first, then hour lines, time gone by, appointments and marks."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.book.geometry import Geometry
from ui.book.inks import Inks, bar_rect
from ui.book.picture import Block, ColumnPicture, Look

_RADIUS = 4.0


def paint_column(painter: QPainter, column: ColumnPicture, dirty: QRect, geometry: Geometry, inks: Inks) -> None:
    """Draw the grounds of one column: not loaded, not offered, free, and the hour lines through them."""
    area = column.rect & dirty
    painter.fillRect(area, inks.not_offered if column.loaded else inks.not_loaded_hatch)
    _hour_lines(painter, area, geometry, inks)
    _free(painter, column, dirty, inks)


def _hour_lines(painter: QPainter, area: QRect, geometry: Geometry, inks: Inks) -> None:
    painter.setPen(inks.hour_line)
    for hour in range(geometry.first_hour, geometry.last_hour + 1):
        y = geometry.y(hour * 60) - 1
        if area.top() <= y <= area.bottom():
            painter.drawLine(area.left(), y, area.right(), y)


def _free(painter: QPainter, column: ColumnPicture, dirty: QRect, inks: Inks) -> None:
    painter.setPen(inks.free_edge)
    painter.setBrush(inks.free)
    painter.drawRects([rect.adjusted(0, 0, -1, -1) for rect in column.free if rect.intersects(dirty)])
    if column.ticks:
        painter.drawLines(column.ticks)
    if column.labels:
        painter.setFont(inks.small)
        painter.setPen(inks.free_text)
        top, bottom = dirty.top() - inks.small_height, dirty.bottom()
        for label in column.labels:
            if top <= label.at.y() <= bottom:
                painter.drawStaticText(label.at, label.text)


def paint_past(painter: QPainter, column: ColumnPicture, until: int, dirty: QRect, inks: Inks) -> None:
    """Dim a column down to the height `until`."""
    area = QRect(column.rect)
    area.setBottom(until - 1)
    painter.fillRect(area & dirty, inks.past)


def paint_blocks(painter: QPainter, column: ColumnPicture, dirty: QRect, inks: Inks) -> None:
    """Draw the appointments of one column."""
    for block in column.blocks:
        if block.rect.intersects(dirty):
            _block(painter, block, inks)


def _block(painter: QPainter, block: Block, inks: Inks) -> None:
    if block.look is Look.GHOST:
        _ghost(painter, block, inks)
    else:
        _shape(painter, block, inks)
    for line in block.lines:
        painter.setFont(line.font)
        painter.setPen(line.colour)
        painter.drawStaticText(line.at, line.text)
    if block.icon is not None:
        painter.drawPixmap(block.icon_at, block.icon)


def _shape(painter: QPainter, block: Block, inks: Inks) -> None:
    rect, ink = block.rect, block.service
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    match block.look:
        case Look.SOLID:
            painter.setPen(ink.edge)
            painter.setBrush(ink.ground)
        case Look.QUIET:
            painter.setPen(QPen(inks.line, 1))
            painter.setBrush(inks.completed)
        case Look.DASHED:
            painter.setPen(ink.dashed)
            painter.setBrush(inks.paper)
        case Look.HATCHED:
            painter.setPen(ink.edge)
            painter.setBrush(ink.hatch)
        case Look.UNKNOWN:
            painter.setPen(inks.warning_edge)
            painter.setBrush(inks.warning_ground)
            inner.adjust(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, _RADIUS, _RADIUS)
    if block.look is not Look.UNKNOWN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.bar)
        painter.drawRoundedRect(bar_rect(rect.left(), rect.top(), rect.height()), 2, 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _ghost(painter: QPainter, block: Block, inks: Inks) -> None:
    painter.setPen(inks.ghost_edge)
    painter.setBrush(inks.paper)
    painter.drawRect(block.rect.adjusted(0, 0, -1, -1))


def paint_now(painter: QPainter, left: int, right: int, y: int, inks: Inks) -> None:
    """The line of the present minute, with its dot at the left."""
    painter.fillRect(QRect(left, y - 1, right - left, 2), inks.now)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.now)
    painter.drawEllipse(QPointF(left + 5, y), 5, 5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_separators(painter: QPainter, lines: list[QLineF], day_lines: list[QLineF], inks: Inks) -> None:
    """The lines between resources, and the stronger ones between days."""
    painter.setPen(inks.line)
    painter.drawLines(lines)
    painter.setPen(inks.day_line)
    painter.drawLines(day_lines)

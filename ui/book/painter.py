"""Draws the book's columns: grounds first, then hour lines, time gone by, appointments and marks."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.book.geometry import Geometry
from ui.book.picture import Block, ColumnPicture, TextLine
from ui.book.style import Appearance, BookStyle, Shapes


def paint_ground(painter: QPainter, unloaded: list[QRect], dirty: QRect, geometry: Geometry, inks: BookStyle) -> None:
    """Draw what lies under everything, for all columns at once: not offered, not loaded, and the lines of the hours."""
    painter.fillRect(dirty, inks.not_offered)
    for rect in unloaded:
        painter.fillRect(rect & dirty, inks.not_loaded_hatch)
    painter.setPen(inks.hour_line)
    for hour in range(geometry.first_hour, geometry.last_hour + 1):
        y = geometry.y(hour * 60) - 1
        if dirty.top() <= y <= dirty.bottom():
            painter.drawLine(dirty.left(), y, dirty.right(), y)


def paint_column(painter: QPainter, column: ColumnPicture, dirty: QRect, shapes: Shapes, inks: BookStyle) -> None:
    """Draw the free time of one column, or why it is hatched."""
    _free(painter, column, dirty, shapes, inks)
    if column.note is not None:
        _note(painter, column.note, inks)


def _note(painter: QPainter, note: TextLine, inks: BookStyle) -> None:
    painter.fillRect(QRectF(note.at, note.text.size()).adjusted(-8, -4, 8, 4), inks.not_loaded)
    painter.setFont(note.font)
    painter.setPen(note.colour)
    painter.drawStaticText(note.at, note.text)


def _free(painter: QPainter, column: ColumnPicture, dirty: QRect, shapes: Shapes, inks: BookStyle) -> None:
    top, bottom = dirty.top(), dirty.bottom()
    for x, y, width, height, words in column.free:
        if y <= bottom and y + height > top:
            shapes.draw_free(painter, x, y, width, height, words)
    if column.ticks:
        painter.setPen(inks.free_line if column.each else inks.tick)
        painter.drawLines(column.ticks)
    if column.labels:
        painter.setFont(inks.small)
        painter.setPen(inks.free_text)
        for label in column.labels:
            if top - inks.small_height <= label.at.y() <= bottom:
                painter.drawStaticText(label.at, label.text)


def paint_past(painter: QPainter, column: ColumnPicture, until: int, dirty: QRect, inks: BookStyle) -> None:
    """Dim a column down to the height `until`."""
    area = QRect(column.rect)
    area.setBottom(until - 1)
    painter.fillRect(area & dirty, inks.past)


def paint_blocks(painter: QPainter, column: ColumnPicture, dirty: QRect, shapes: Shapes, inks: BookStyle) -> None:
    """Draw the appointments of one column."""
    top, bottom = dirty.top(), dirty.bottom()
    for x, y, width, height, service in column.low:
        if y <= bottom and y + height > top:
            shapes.draw_low(painter, x, y, width, height, service)
    if column.hints:
        painter.setFont(inks.tiny)
        painter.setPen(inks.text)
        for hint in column.hints:
            if top - inks.tiny_height <= hint.at.y() <= bottom:
                painter.drawStaticText(hint.at, hint.text)
    for block in column.blocks:
        if block.rect.intersects(dirty):
            shapes.draw(painter, block.rect, block.look, block.service)
            _words(painter, block)
            if block.look is Appearance.GHOST:
                _strike(painter, block, inks)


def _words(painter: QPainter, block: Block) -> None:
    for line in block.lines:
        painter.setFont(line.font)
        painter.setPen(line.colour)
        painter.drawStaticText(line.at, line.text)
    for at, icon in block.icons:
        painter.drawPixmap(at, icon)


def _strike(painter: QPainter, block: Block, inks: BookStyle) -> None:
    """Strike a cancelled appointment's name out, or the block where there is no room for one."""
    painter.setPen(inks.muted)
    if not block.lines:
        y = block.rect.center().y()
        painter.drawLine(block.rect.left() + 4, y, block.rect.right() - 4, y)
    for line in block.lines:
        middle = line.at + QPointF(0, line.text.size().height() / 2 + 1)
        painter.drawLine(middle, middle + QPointF(line.text.size().width(), 0))


def paint_now_line(painter: QPainter, left: int, right: int, y: int, inks: BookStyle) -> None:
    """The line of the present minute. Appointments lie on it, so that it strikes nobody's name out."""
    painter.fillRect(QRect(left, y - 1, right - left, 2), inks.now)


def paint_now_dot(painter: QPainter, left: int, right: int, y: int, inks: BookStyle) -> None:
    """The dot of the present minute, and a shade of its line over the appointments."""
    painter.fillRect(QRect(left, y - 1, right - left, 2), inks.now_shade)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.now)
    painter.drawEllipse(QPointF(left + 5, y), 5, 5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_separators(painter: QPainter, lines: list[QLineF], day_lines: list[QLineF], inks: BookStyle) -> None:
    """The lines between resources, and the stronger ones between days."""
    painter.setPen(inks.line)
    painter.drawLines(lines)
    painter.setPen(inks.day_line)
    painter.drawLines(day_lines)

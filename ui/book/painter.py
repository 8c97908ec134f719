"""Draws the book's columns: grounds first, then hour lines, time gone by, appointments and marks."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QStaticText

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


_RADIUS = 4.0
_REACH = 4  # pixels that a mark stands out around its rectangle


def mark_area(rect: QRect, inks: BookStyle) -> QRect:
    """All that a mark around `rect` may cover: its ring, and a label higher than a low cell."""
    return rect.adjusted(-_REACH, -_REACH, _REACH, max(_REACH, inks.small_height + 8 - rect.height()))


def paint_hover(painter: QPainter, rect: QRect, label: str | None, inks: BookStyle) -> None:
    """A thin outline; over free time also the start, which may be shown nowhere else."""
    _ring(painter, rect, inks.hover_edge)
    if label is not None:
        _chip(painter, rect, label, inks)


def paint_chosen(painter: QPainter, rect: QRect, label: str | None, inks: BookStyle) -> None:
    """The chosen free cell is filled; a chosen appointment keeps its face and gets a firm outline."""
    if label is not None:
        painter.fillRect(rect, inks.accent_ground)
        _chip(painter, rect, label, inks)
    _ring(painter, rect, inks.chosen_edge)


def paint_drop_target(painter: QPainter, rect: QRect, words: str, inks: BookStyle, *, refused: bool) -> None:
    """Where a dragged appointment would land: filled where it may, hatched and crossed by its reason where not."""
    if refused:
        painter.fillRect(rect, inks.refused_hatch)
        _ring(painter, rect, inks.refused_edge)
        _chip(painter, rect, words, inks, inks.refused)
    else:
        painter.fillRect(rect, inks.accent_ground)
        _ring(painter, rect, inks.chosen_edge)
        _chip(painter, rect, words, inks)


def paint_highlight(painter: QPainter, rect: QRect, strength: float, inks: BookStyle) -> None:
    """An outline around what changed elsewhere, `strength` from 1 to 0."""
    painter.setOpacity(strength)
    _ring(painter, rect.adjusted(-2, -2, 2, 2), inks.news_edge)
    painter.setOpacity(1.0)


def paint_hold(painter: QPainter, rect: QRect, labels: tuple[str, ...], inks: BookStyle) -> None:
    """A time that another desk has a form open for: a dashed outline, and the longest label that its width allows."""
    _ring(painter, rect, inks.warning_edge)
    words = inks.first_that_fits(labels, inks.small, rect.width() - 20)
    if words is None:
        return
    width = inks.advance(words, inks.small) + 12
    chip = QRectF(rect.right() - width - 3, rect.bottom() - inks.small_height - 4, width, inks.small_height + 2)
    _paint_chip(painter, chip, inks.label(words, inks.small), inks, inks.warning, inks.paper)


def paint_missing(painter: QPainter, rect: QRect, inks: BookStyle) -> None:
    """Where the chosen cell was: it is there no more, and the mark does not jump to another."""
    _ring(painter, rect, inks.gone_edge)


def paint_cursor(painter: QPainter, rect: QRect, inks: BookStyle) -> None:
    """The keyboard's cursor: a ring outside the cell, parted from any ground by a halo."""
    outer = rect.adjusted(-1, -1, 1, 1)
    _ring(painter, outer, inks.cursor_halo)
    _ring(painter, outer, inks.chosen_edge)


def _ring(painter: QPainter, rect: QRect, pen: QPen) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _chip(painter: QPainter, rect: QRect, label: str, inks: BookStyle, colour: QColor | None = None) -> None:
    chip = QRectF(rect.left() + 4, rect.top() + 1, inks.advance(label, inks.small) + 12, inks.small_height + 2)
    _paint_chip(painter, chip, inks.label(label, inks.small), inks, colour or inks.accent, inks.on_accent)


def _paint_chip(
    painter: QPainter, chip: QRectF, text: QStaticText, inks: BookStyle, ground: QColor, words: QColor
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(chip, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(inks.small)
    painter.setPen(words)
    painter.drawStaticText(QPointF(chip.left() + 6, chip.top() + 1), text)

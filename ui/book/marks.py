"""What lies over the calendar: the cell under the pointer, the chosen one, and the keyboard's cursor."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QStaticText

from ui.book.style import BookStyle

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

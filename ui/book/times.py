"""A day as rows of people with a button for each free start, and their appointments between them: nothing grey."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import clock_text
from receptionapp.domain.layout import FreeCell, Item, Placed
from receptionapp.domain.times import runs_of, wrap
from ui.book import texts
from ui.book.canvas import Canvas, mark_area, paint_block, paint_hold
from ui.book.contents import Contents, Place
from ui.book.cursor import CursorStep
from ui.book.geometry import DropTarget, Geometry, Scene
from ui.book.picture import colours_of, make_block
from ui.book.style import Appearance, BookStyle
from ui.book.view import BookView
from ui.theme import Theme

_GAP = 4  # pixels between pieces
_EDGE = 10  # pixels around a row
_BEFORE_RUN = 6
_LABELS = (220, 110, 0)  # pixels of a run's services at most: as many as leave everything in sight
_MOST_OWN = 260
_NAMES_PART = 0.28


_KEYS = {
    Qt.Key.Key_Left: CursorStep.UP,
    Qt.Key.Key_Right: CursorStep.DOWN,
    Qt.Key.Key_Up: CursorStep.LEFT,
    Qt.Key.Key_Down: CursorStep.RIGHT,
    Qt.Key.Key_Home: CursorStep.FIRST,
    Qt.Key.Key_End: CursorStep.LAST,
}


@dataclass(slots=True)
class Words:
    """A text in its place, which is no piece that can be chosen."""

    rect: QRect
    text: str = field(repr=False)
    font: QFont
    free: bool = False


@dataclass(slots=True)
class PersonRow:
    """One person's day. `items` and `rects` belong together."""

    rect: QRect
    words: list[Words] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rects: list[QRect] = field(default_factory=list)


class TimesGeometry(Geometry):
    """Rows instead of columns; a minute lies nowhere."""

    def __init__(self, rows: list[PersonRow], width: int) -> None:
        super().__init__(len(rows), width, 0, 24, 1.0)
        self.rows = rows
        self.height = rows[-1].rect.bottom() + 1 if rows else 0
        self._rects = {id(item): rect for row in rows for item, rect in zip(row.items, row.rects, strict=True)}

    def left(self, index: int) -> int:
        return 0

    def column_rect(self, index: int) -> QRect:
        return self.rows[index].rect

    def item_rect(self, index: int, item: Item) -> QRect:
        return self._rects.get(id(item), QRect())

    def row_at(self, y: int) -> int | None:
        """The row at a height."""
        return next((n for n, row in enumerate(self.rows) if row.rect.top() <= y <= row.rect.bottom()), None)


def lay_out_rows(contents: Contents, style: BookStyle, width: int, label: int) -> list[PersonRow]:
    """Every person's day below the one before, within `width` pixels, the services of a run in `label` pixels."""
    names = [contents.page.clinic.resource_name(column.resource_id) for column in contents.columns]
    widest = max((style.advance(name, style.bold) for name in names), default=0)
    left = _EDGE + min(widest, round(width * _NAMES_PART)) + 2 * _EDGE
    rows: list[PersonRow] = []
    top = 0
    for index, name in enumerate(names):
        rows.append(_lay_out_row(contents, index, name, style, (left, width), top, label))
        top = rows[-1].rect.bottom() + 1
    return rows


def _lay_out_row(
    contents: Contents, index: int, name: str, style: BookStyle, extent: tuple[int, int], top: int, label: int
) -> PersonRow:
    (left, width), column = extent, contents.columns[index]
    height = style.line_height + 6
    pieces: list[tuple[int, Item | str]] = []
    for run in runs_of(contents.items(index)):
        if run.service_ids and contents.page.service_id is None and label:
            said = ", ".join(map(contents.page.clinic.service_name, run.service_ids))
            pieces.append((min(style.advance(said, style.small), label) + _BEFORE_RUN + _GAP, said))
        pieces += [(_piece_width(item, style), item) for item in run.items]
    spots = wrap([w for w, _ in pieces], width - left - _EDGE, _GAP, [isinstance(piece, str) for _, piece in pieces])
    row = PersonRow(QRect())
    for (piece_width, piece), spot in zip(pieces, spots, strict=True):
        at = QRect(left + spot.x, top + _EDGE // 2 + spot.line * (height + _GAP), piece_width, height)
        if isinstance(piece, str):
            row.words.append(Words(at.adjusted(_BEFORE_RUN if spot.x else 0, 0, -_GAP, 0), piece, style.small))
        else:
            row.items.append(piece)
            row.rects.append(at)
    lines = spots[-1].line + 1 if spots else 1
    needed = max(lines * (height + _GAP), style.line_height + style.small_height)
    row.rect = QRect(0, top, width, needed + _EDGE)
    summary = texts.column_summaries(None if column.timeslots is None else contents.starts(index))[0]
    at = QRect(_EDGE, top + _EDGE // 2, left - 2 * _EDGE, style.line_height)
    row.words.append(Words(at, name, style.bold))
    below = QRect(_EDGE, at.bottom() + 1, at.width(), style.small_height)
    row.words.append(Words(below, summary, style.small, free=bool(contents.starts(index))))
    return row


def _piece_width(item: Item, style: BookStyle) -> int:
    if isinstance(item.what, FreeCell):
        return style.clock_width + 2 * _EDGE
    name = style.advance(texts.name_forms(item.what.person)[0], style.bold)
    return style.clock_width + _GAP + min(name + 64, _MOST_OWN)  # room for signs beside the name


class TimesCanvas(Canvas):
    """Draws rows of times."""

    def item_at(self, point: QPoint) -> tuple[int, Item] | None:
        geometry = self._scene.geometry
        index = geometry.row_at(point.y()) if isinstance(geometry, TimesGeometry) else None
        if index is None or not isinstance(geometry, TimesGeometry):
            return None
        row = geometry.rows[index]
        hit = (item for item, rect in zip(row.items, row.rects, strict=True) if rect.contains(point))
        return next(((index, item) for item in hit), None)

    def rect_of(self, place: Place) -> QRect | None:
        contents, geometry = self._scene.contents, self._scene.geometry
        found = contents.find(place) if contents else None
        return geometry.item_rect(*found) if geometry and found else None

    def paint(self, device: QPainter, region: QRegion, view: QRect) -> None:
        scene = self._scene
        device.fillRect(view, scene.style.paper)
        device.translate(-scene.left, -scene.top)
        dirty = region.boundingRect().translated(scene.left, scene.top)
        if scene.contents is not None and isinstance(scene.geometry, TimesGeometry):
            colour_of = colours_of(scene.contents.page, by_status=scene.by_status)
            for index, row in enumerate(scene.geometry.rows):
                if row.rect.intersects(dirty):
                    self._paint_row(device, row, index, scene.contents, colour_of)
        self._paint_marks(device, dirty)

    def _paint_row(
        self,
        device: QPainter,
        row: PersonRow,
        index: int,
        contents: Contents,
        colour_of: Callable[[OwnAppointment], int],
    ) -> None:
        style = self._scene.style
        device.fillRect(QRect(0, row.rect.bottom(), row.rect.width(), 1), style.line)
        if contents.columns[index].timeslots is None:
            device.fillRect(row.rect.adjusted(row.words[-1].rect.right() + _EDGE, 1, 0, -1), style.not_loaded_hatch)
        for words in row.words:
            self._paint_words(device, words)
        for item, rect in zip(row.items, row.rects, strict=True):
            if isinstance(item.what, FreeCell):
                self._paint_free(device, item, rect)
            else:
                placed = Placed(item.what, item.top, item.bottom)
                self._paint_own(device, placed, rect, index, contents, colour_of(item.what))

    def _paint_words(self, device: QPainter, words: Words) -> None:
        style = self._scene.style
        bold = words.font is style.bold
        device.setFont(words.font)
        device.setPen(style.text if bold else style.free_text if words.free else style.muted)
        rect = words.rect
        y = rect.top() + (rect.height() - (style.line_height if bold else style.small_height)) / 2
        device.drawStaticText(QPointF(rect.left(), y), style.fitted(words.text, words.font, rect.width()))

    def _paint_free(self, device: QPainter, item: Item, rect: QRect) -> None:
        style = self._scene.style
        self._shapes.draw(device, rect, Appearance.FREE)
        device.setFont(style.small)
        device.setPen(style.free_text)
        y = rect.top() + (rect.height() - style.small_height) / 2
        device.drawStaticText(QPointF(rect.left() + _EDGE, y), style.label(clock_text(item.top), style.small))

    def _paint_own(
        self,
        device: QPainter,
        placed: Placed[OwnAppointment],
        rect: QRect,
        index: int,
        contents: Contents,
        service: int,
    ) -> None:
        style = self._scene.style
        device.setFont(style.small)
        device.setPen(style.muted)
        y = rect.top() + (rect.height() - style.small_height) / 2
        device.drawStaticText(QPointF(rect.left(), y), style.label(clock_text(placed.top), style.small))
        beside = rect.adjusted(style.clock_width + _GAP, 0, 0, 0)
        block = make_block(placed, beside, rect.height(), contents, index, style, service)
        paint_block(device, block, self._shapes, style)

    def _paint_holds(self, device: QPainter, dirty: QRect) -> None:
        contents, geometry, style = self._scene.contents, self._scene.geometry, self._scene.style
        if contents is None or not isinstance(geometry, TimesGeometry) or not contents.page.holds:
            return
        for index, row in enumerate(geometry.rows):
            resource_id = contents.columns[index].resource_id
            for item, rect in zip(row.items, row.rects, strict=True):
                hold = contents.page.find_hold(resource_id, item.what.start, item.what.end)
                if hold is not None and isinstance(item.what, FreeCell) and mark_area(rect, style).intersects(dirty):
                    paint_hold(device, rect, texts.hold_labels(hold), style)


class TimesView(BookView):
    """The same as the grid to whoever uses it. Left and right go through a person's times, up and down to another."""

    trims_hours = False
    steps = _KEYS

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._header.hide()
        self._gutter.hide()

    def _make_canvas(self, scene: Scene) -> Canvas:
        return TimesCanvas(scene)

    def column_at(self, point: QPoint) -> int | None:
        geometry = self._scene.geometry
        return geometry.row_at(point.y() + self._scene.top) if isinstance(geometry, TimesGeometry) else None

    def find_drop_target(self, point: QPoint, own: OwnAppointment, held: int) -> DropTarget | None:
        found = self._canvas.item_at(point)
        if found is None or self._scene.geometry is None:
            return None
        index, item = found
        rect = self._scene.geometry.item_rect(index, item)
        if not isinstance(item.what, FreeCell):
            return DropTarget(rect, texts.taken_text(), None)
        services = {option.healthcare_service_id for option in item.what.options}
        if own.timeslot.healthcare_service_id not in services:
            return DropTarget(rect, texts.other_service_text(), None)
        return DropTarget(rect, clock_text(item.top), item.what)

    def tooltip_of(self, contents: Contents, index: int, item: Item) -> str:
        """Of a free time too, whose services may have no room."""
        return super().tooltip_of(contents, index, item) or contents.sentence(index, item)

    def _minute_at(self, y: int) -> float | None:
        return None

    def _update_now_strip(self, before: int | None) -> None:
        """The present minute is not shown."""

    def _refit(self) -> None:
        self.setViewportMargins(0, 0, self._edges.width, 0)
        view = self.viewport().geometry()
        self._edges.place(view, 0)
        contents = self._scene.contents
        if contents is None:
            return
        for label in _LABELS:
            geometry = TimesGeometry(lay_out_rows(contents, self._scene.style, view.width(), label), view.width())
            if geometry.height <= view.height():
                break
        self._canvas.set_geometry(geometry)
        self.horizontalScrollBar().setRange(0, 0)
        self.verticalScrollBar().setRange(0, max(geometry.height - view.height(), 0))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self._scene.style.line_height * 2)

"""The calendar itself: which columns are in sight, made ready once, drawn where dirty, and marks on it."""

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion, QStaticText

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import DayClock
from receptionapp.domain.layout import WHOLE_LANE, FreeCell, Item
from ui.book import texts
from ui.book.contents import Contents, Place
from ui.book.geometry import Geometry, Scene
from ui.book.picture import Block, ColumnPicture, TextLine, make_column_picture
from ui.book.style import Appearance, BookStyle, Shapes
from ui.words.formatting import clock_time


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
            paint_block(painter, block, shapes, inks)


def paint_block(painter: QPainter, block: Block, shapes: Shapes, inks: BookStyle) -> None:
    """Draw one appointment."""
    shapes.draw(painter, block.rect, block.appearance, block.service)
    _words(painter, block)
    if block.appearance is Appearance.CANCELLED:
        _strike(painter, block, inks)


def _words(painter: QPainter, block: Block) -> None:
    for line in block.lines:
        painter.setFont(line.font)
        painter.setPen(line.colour)
        painter.drawStaticText(line.at, line.text)
    for at, icon in block.icons:
        painter.drawPixmap(at, icon)


def _strike(painter: QPainter, block: Block, inks: BookStyle) -> None:
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
    _ring(painter, rect.adjusted(-2, -2, 2, 2), inks.highlight_edge)
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
    _ring(painter, rect, inks.missing_edge)


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


class Canvas:
    """Draws a scene, and says what lies where. Points and rectangles are of the whole, unscrolled calendar."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._pictures: dict[int, ColumnPicture] = {}
        self._shapes = Shapes(scene.style)

    def set_geometry(self, geometry: Geometry) -> None:
        """Take a new arrangement; whatever was made ready for the last is thrown away."""
        self._scene.geometry = geometry
        self._pictures.clear()

    def set_style(self, inks: BookStyle) -> None:
        """Draw in other inks from now on."""
        self._scene.style = inks
        self._shapes = Shapes(inks)
        self._pictures.clear()

    def forget_pictures(self) -> None:
        """Make everything ready anew: it is drawn by another rule."""
        self._pictures.clear()

    def item_at(self, point: QPoint) -> tuple[int, Item] | None:
        """What can be chosen at a point: appointments before the free time that they lie on."""
        contents, geometry = self._scene.contents, self._scene.geometry
        index = geometry.column_at(point.x()) if geometry else None
        if contents is None or geometry is None or index is None:
            return None
        minute = geometry.minute(point.y())
        hits = [
            item
            for item in contents.items(index)
            if item.top - 3 <= minute <= item.bottom + 3 and geometry.item_rect(index, item).contains(point)
        ]
        own = [item for item in hits if isinstance(item.what, OwnAppointment)]
        return (index, (own or hits)[-1]) if hits else None

    def rect_of(self, place: Place) -> QRect | None:
        """Where a place is, or was when it is gone; None on a column that is not shown."""
        contents, geometry = self._scene.contents, self._scene.geometry
        if contents is None or geometry is None:
            return None
        found = contents.find(place)
        if found is not None:
            return geometry.item_rect(*found)
        index = contents.column_index(place.day, place.resource_id)
        if index is None:
            return None
        clock = DayClock(place.day, contents.page.zone)
        return geometry.free_rect(index, *clock.span(place.start, place.end), WHOLE_LANE)

    def paint(self, device: QPainter, region: QRegion, view: QRect) -> None:
        """Draw what of `view` (the viewport) is in the dirty `region`, each dirty rectangle by itself."""
        scene = self._scene
        contents, geometry = scene.contents, scene.geometry
        if contents is None or geometry is None:
            device.fillRect(view, scene.style.not_offered)
            return
        device.translate(-scene.left, -scene.top)
        for rect in region:  # type: ignore[attr-defined]
            dirty = rect.translated(scene.left, scene.top)
            device.setClipRect(dirty)
            self._paint_dirty(device, dirty, contents, geometry)

    def _paint_dirty(self, device: QPainter, dirty: QRect, contents: Contents, geometry: Geometry) -> None:
        inks = self._scene.style
        indexes = geometry.columns_between(dirty.left(), dirty.right())
        pictures = [self._picture(index, contents, geometry) for index in indexes]
        unloaded = [column.rect for column in pictures if not column.loaded]
        paint_ground(device, unloaded, dirty, geometry, inks)
        for column in pictures:
            paint_column(device, column, dirty, self._shapes, inks)
        self._paint_past(device, indexes, pictures, dirty)
        self._paint_separators(device, indexes, dirty)
        now = self._now_line()
        if now is not None:
            paint_now_line(device, *now, inks)
        for column in pictures:
            paint_blocks(device, column, dirty, self._shapes, inks)
        if now is not None:
            paint_now_dot(device, *now, inks)
        self._paint_marks(device, dirty)

    def _picture(self, index: int, contents: Contents, geometry: Geometry) -> ColumnPicture:
        found = self._pictures.get(index)
        if found is None:
            found = make_column_picture(contents, index, geometry, self._scene.style, by_status=self._scene.by_status)
            self._pictures[index] = found
        return found

    def _paint_past(self, device: QPainter, indexes: range, pictures: list[ColumnPicture], dirty: QRect) -> None:
        scene = self._scene
        contents, geometry = scene.contents, scene.geometry
        if scene.today is None or scene.now_minute is None or contents is None or geometry is None:
            return
        for index, column in zip(indexes, pictures, strict=True):
            day = contents.columns[index].day
            if day < scene.today:
                paint_past(device, column, geometry.height, dirty, scene.style)
            elif day == scene.today:
                paint_past(device, column, geometry.y(scene.now_minute), dirty, scene.style)

    def _paint_separators(self, device: QPainter, indexes: range, dirty: QRect) -> None:
        contents, geometry = self._scene.contents, self._scene.geometry
        if contents is None or geometry is None:
            return
        between: list[QLineF] = []
        days: list[QLineF] = []
        for index in indexes:
            x = geometry.left(index + 1) - 1
            line = QLineF(x, dirty.top(), x, min(dirty.bottom(), geometry.height))
            last = index + 1 == geometry.count
            same_day = not last and contents.columns[index].day == contents.columns[index + 1].day
            (between if same_day or last else days).append(line)
        paint_separators(device, between, days, self._scene.style)

    def _now_line(self) -> tuple[int, int, int] | None:
        scene = self._scene
        contents, geometry = scene.contents, scene.geometry
        if scene.now_minute is None or contents is None or geometry is None:
            return None
        today = [n for n, column in enumerate(contents.columns) if column.day == scene.today]
        if today and geometry.first_hour * 60 <= scene.now_minute <= geometry.last_hour * 60:
            return geometry.left(today[0]), geometry.left(today[-1] + 1), geometry.y(scene.now_minute)
        return None

    def _paint_marks(self, device: QPainter, dirty: QRect) -> None:
        scene = self._scene
        chosen = self._marked(scene.chosen, dirty)
        if chosen is not None:
            rect, label, there = chosen
            if there:
                paint_chosen(device, rect, label, scene.style)
            else:
                paint_missing(device, rect, scene.style)
        hover = self._marked(scene.hover, dirty)
        if hover is not None and hover[2] and scene.hover != scene.chosen:
            paint_hover(device, hover[0], hover[1], scene.style)
        self._paint_holds(device, dirty)
        self._paint_carried(device, dirty)
        for place in scene.highlights:
            found = self._marked(place, dirty)
            if found is not None:
                paint_highlight(device, found[0], scene.highlight_strength, scene.style)
        cursor = self._marked(scene.cursor, dirty)
        if cursor is not None:
            paint_cursor(device, cursor[0], scene.style)
            if cursor[1] is not None and scene.cursor != scene.chosen:
                paint_hover(device, cursor[0], cursor[1], scene.style)

    def _paint_holds(self, device: QPainter, dirty: QRect) -> None:
        contents, geometry = self._scene.contents, self._scene.geometry
        if contents is None or geometry is None:
            return
        page = contents.page
        for hold in page.holds:
            day = hold.start.astimezone(page.zone).date()
            index = contents.column_index(day, hold.resource_id)
            if index is None or hold.care_unit_id != page.clinic.care_unit.id:
                continue
            rect = geometry.free_rect(index, *DayClock(day, page.zone).span(hold.start, hold.end), WHOLE_LANE)
            if mark_area(rect, self._scene.style).intersects(dirty):
                paint_hold(device, rect, texts.hold_labels(hold), self._scene.style)

    def _paint_carried(self, device: QPainter, dirty: QRect) -> None:
        scene = self._scene
        source = self._marked(scene.dragged_from, dirty)
        if source is not None:
            paint_missing(device, source[0], scene.style)
        carried = scene.drop_target
        if carried is not None and mark_area(carried.rect, scene.style).intersects(dirty):
            paint_drop_target(device, carried.rect, carried.words, scene.style, refused=carried.cell is None)

    def _marked(self, place: Place | None, dirty: QRect) -> tuple[QRect, str | None, bool] | None:
        """The rectangle of a mark, its start if it is on free time, and whether anything is there still."""
        contents = self._scene.contents
        rect = self.rect_of(place) if place else None
        if place is None or contents is None or rect is None:
            return None
        if not mark_area(rect, self._scene.style).intersects(dirty):
            return None
        found = contents.find(place)
        free = found is not None and isinstance(found[1].what, FreeCell)
        time = clock_time(found[1].what.start, contents.page.zone) if found and free else None
        return rect, time, found is not None

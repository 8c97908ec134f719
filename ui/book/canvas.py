"""The calendar itself: which columns are in sight, made ready once, drawn where dirty."""

from PySide6.QtCore import QLineF, QPoint, QRect
from PySide6.QtGui import QPainter, QRegion

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import DayClock, clock_text
from receptionapp.domain.layout import WHOLE_LANE, Item
from receptionapp.domain.page import FreeCell
from ui.book import painter, texts
from ui.book import painter as marks
from ui.book.contents import Contents, Place
from ui.book.geometry import Geometry
from ui.book.picture import ColumnPicture, make_column_picture
from ui.book.scene import Scene
from ui.book.style import BookStyle, Shapes


class Canvas:
    """Draws a scene, and says what lies where. Points and rectangles are of the whole, unscrolled calendar."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._pictures: dict[int, ColumnPicture] = {}
        self._shapes = Shapes(scene.inks)

    def rearrange(self, geometry: Geometry) -> None:
        """Take a new arrangement; whatever was made ready for the last is thrown away."""
        self._scene.geometry = geometry
        self._pictures.clear()

    def take_inks(self, inks: BookStyle) -> None:
        """Draw in other inks from now on."""
        self._scene.inks = inks
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
            device.fillRect(view, scene.inks.not_offered)
            return
        device.translate(-scene.left, -scene.top)
        for rect in region:  # type: ignore[attr-defined]
            dirty = rect.translated(scene.left, scene.top)
            device.setClipRect(dirty)
            self._paint_dirty(device, dirty, contents, geometry)

    def _paint_dirty(self, device: QPainter, dirty: QRect, contents: Contents, geometry: Geometry) -> None:
        inks = self._scene.inks
        indexes = geometry.columns_between(dirty.left(), dirty.right())
        pictures = [self._picture(index, contents, geometry) for index in indexes]
        unloaded = [column.rect for column in pictures if not column.loaded]
        painter.paint_ground(device, unloaded, dirty, geometry, inks)
        for column in pictures:
            painter.paint_column(device, column, dirty, self._shapes, inks)
        self._paint_past(device, indexes, pictures, dirty)
        self._paint_separators(device, indexes, dirty)
        now = self._now_line()
        if now is not None:
            painter.paint_now_line(device, *now, inks)
        for column in pictures:
            painter.paint_blocks(device, column, dirty, self._shapes, inks)
        if now is not None:
            painter.paint_now_dot(device, *now, inks)
        self._paint_marks(device, dirty)

    def _picture(self, index: int, contents: Contents, geometry: Geometry) -> ColumnPicture:
        found = self._pictures.get(index)
        if found is None:
            found = make_column_picture(contents, index, geometry, self._scene.inks, by_status=self._scene.by_status)
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
                painter.paint_past(device, column, geometry.height, dirty, scene.inks)
            elif day == scene.today:
                painter.paint_past(device, column, geometry.y(scene.now_minute), dirty, scene.inks)

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
        painter.paint_separators(device, between, days, self._scene.inks)

    def _now_line(self) -> tuple[int, int, int] | None:
        """Left, right and height of the present minute, if today is shown."""
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
                marks.paint_chosen(device, rect, label, scene.inks)
            else:
                marks.paint_missing(device, rect, scene.inks)
        hover = self._marked(scene.hover, dirty)
        if hover is not None and hover[2] and scene.hover != scene.chosen:
            marks.paint_hover(device, hover[0], hover[1], scene.inks)
        self._paint_holds(device, dirty)
        self._paint_carried(device, dirty)
        for place in scene.news:
            found = self._marked(place, dirty)
            if found is not None:
                marks.paint_highlight(device, found[0], scene.news_strength, scene.inks)
        cursor = self._marked(scene.cursor, dirty)
        if cursor is not None:
            marks.paint_cursor(device, cursor[0], scene.inks)
            if cursor[1] is not None and scene.cursor != scene.chosen:
                marks.paint_hover(device, cursor[0], cursor[1], scene.inks)

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
            if marks.mark_area(rect, self._scene.inks).intersects(dirty):
                marks.paint_hold(device, rect, texts.hold_labels(hold), self._scene.inks)

    def _paint_carried(self, device: QPainter, dirty: QRect) -> None:
        scene = self._scene
        source = self._marked(scene.carried_from, dirty)
        if source is not None:
            marks.paint_missing(device, source[0], scene.inks)
        carried = scene.carried
        if carried is not None and marks.mark_area(carried.rect, scene.inks).intersects(dirty):
            marks.paint_drop_target(device, carried.rect, carried.words, scene.inks, refused=carried.cell is None)

    def _marked(self, place: Place | None, dirty: QRect) -> tuple[QRect, str | None, bool] | None:
        """The rectangle of a mark, its start if it is on free time, and whether anything is there still."""
        contents = self._scene.contents
        rect = self.rect_of(place) if place else None
        if place is None or contents is None or rect is None:
            return None
        if not marks.mark_area(rect, self._scene.inks).intersects(dirty):
            return None
        found = contents.find(place)
        free = found is not None and isinstance(found[1].what, FreeCell)
        return rect, clock_text(found[1].top) if found and free else None, found is not None

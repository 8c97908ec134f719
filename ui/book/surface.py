"""The scrolled, zoomed surface of the book: the calendar, its headers, and the present minute. Knows no choosing."""

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import clinic_day, wall_minutes
from receptionapp.domain.frame import USUAL_HOURS, Frame, follow, unfold, widen_hours
from receptionapp.domain.layout import Item, Page
from ui.book.canvas import Canvas
from ui.book.contents import Contents, LayoutCache, Place
from ui.book.folding import FoldedEdges
from ui.book.geometry import PADDING, DropTarget, Geometry, Scene, find_drop_target
from ui.book.headers import ColumnHeader, TimeGutter
from ui.book.style import BookStyle
from ui.theme import Theme

_ROW_MINUTES = (30, 20, 15, 10, 5)  # zoom steps: how much time a line of text is high
_LEAST_ROW = 15  # minutes: a fitted day is never lower than a line of text for this much
_FIT = 0.0  # the scale that means: as the height allows


class BookSurface(QAbstractScrollArea):
    """Shows a `Page` in one painted viewport, between headers that stay in sight. Signals: unfolded (bool): it shows
    everybody, or again only who has something. everybody_wanted (): those that are not ticked too."""

    trims_hours = True
    unfolded = Signal(bool)
    everybody_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = LayoutCache()
        self._scene = Scene(BookStyle(theme, self.font(), self.devicePixelRatioF()))
        self._canvas = self._make_canvas(self._scene)
        self._header = ColumnHeader(self._scene, self)
        self._gutter = TimeGutter(self._scene, self)
        self._edges = FoldedEdges(self)
        self._edges.unfold_wanted.connect(self.unfold)
        self._edges.everybody_wanted.connect(self.everybody_wanted)
        self._edges.hours_wanted.connect(self._show_usual_hours)
        self._page: Page | None = None
        self._frame: Frame | None = None  # as it follows from page to page, whether it is unfolded or not
        self._unfolded = False
        self._now: datetime | None = None
        self._zoom = _FIT  # pixels a minute
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _make_canvas(self, scene: Scene) -> Canvas:
        return Canvas(scene)

    def find_drop_target(self, point: QPoint, own: OwnAppointment, held: int) -> DropTarget | None:
        """What letting go of `own` at a point of the unscrolled calendar would mean; `held` minutes below its start."""
        contents, geometry = self._scene.contents, self._scene.geometry
        return find_drop_target(contents, geometry, point, own, held) if contents and geometry else None

    def show_page(self, page: Page) -> None:
        """Show `page`. What is scrolled to stays in sight; a week that is opened begins with today."""
        minute, above = self._minute_at(0), self.viewport().y()
        is_opened = self._scene.contents is None or self._scene.contents.page.span is not page.span
        self._page = page
        self._frame = follow(self._frame, page)
        shown = unfold(self._frame, page) if self._unfolded else self._frame
        self._scene.contents = Contents(page, self._memory, shown)
        self._edges.show_page(page, self._frame, unfolded=self._unfolded, trims_hours=self.trims_hours)
        self._place_now()
        self._refit()
        if minute is not None:
            self._scroll_to_minute(minute, above - self.viewport().y())
        if is_opened:
            self._scroll_to_today()
        self._update_all()

    def unfold(self, unfolded: bool) -> None:
        """Show everybody and the usual hours, on every page from now on; or again only what has something on it."""
        if unfolded != self._unfolded:
            self._unfolded = unfolded
            self._frame = None
            self._show_again()
            self.unfolded.emit(unfolded)

    def _show_usual_hours(self) -> None:
        if self._frame is not None:
            self._frame = widen_hours(self._frame, *USUAL_HOURS)
            self._show_again()

    def _show_again(self) -> None:
        if self._page is not None:
            self.show_page(self._page)

    def set_theme(self, theme: Theme) -> None:
        self._remake_inks(theme)

    def colour_by_status(self, by_status: bool) -> None:
        """Colour appointments by how they stand, or by their service."""
        self._scene.by_status = by_status
        self._canvas.forget_pictures()
        self.viewport().update()

    def set_now(self, now: datetime) -> None:
        """Move the now line to an aware instant."""
        self._now = now
        before = (self._scene.today, self._scene.now_minute)
        self._place_now()
        if before == (self._scene.today, self._scene.now_minute):
            return
        if before[0] != self._scene.today:
            self.viewport().update()
            self._header.update()
        self._update_now_strip(before[1])

    @property
    def contents(self) -> Contents | None:
        """The page shown, with its columns laid out as far as they were needed."""
        return self._scene.contents

    def item_rect(self, index: int, item: Item) -> QRect:
        """Where an item is in the viewport, in pixels. It may lie outside of what is in sight."""
        geometry = self._scene.geometry
        if geometry is None:
            return QRect()
        return geometry.item_rect(index, item).translated(-self._scene.left, -self._scene.top)

    def item_rect_of(self, place: Place) -> QRect | None:
        """Where a place is in the viewport; None on a column that is not shown."""
        rect = self._canvas.rect_of(place)
        return None if rect is None else rect.translated(-self._scene.left, -self._scene.top)

    def item_at(self, point: QPoint) -> tuple[int, Item] | None:
        """What lies under a point of the viewport, with the index of its column."""
        scene = self._scene
        return self._canvas.item_at(point + QPoint(scene.left, scene.top))

    def column_rect(self, index: int) -> QRect:
        """Where a column is in the viewport, in pixels. It may lie outside of what is in sight."""
        geometry = self._scene.geometry
        if geometry is None:
            return QRect()
        return geometry.column_rect(index).translated(-self._scene.left, -self._scene.top)

    def column_at(self, point: QPoint) -> int | None:
        """The index of the column under a point of the viewport."""
        geometry = self._scene.geometry
        return None if geometry is None else geometry.column_at(point.x() + self._scene.left)

    def zoom_in(self) -> None:
        self._zoom_in(self.viewport().height() // 2)

    def zoom_out(self) -> None:
        self._zoom_out(self.viewport().height() // 2)

    def zoom_reset(self) -> None:
        """Fit the day to the height again."""
        self._zoom_to(_FIT, self.viewport().height() // 2)

    def _zoom_in(self, at: int) -> None:
        closer = [step for step in self._zoom_steps() if step > self._scale() * 1.05]
        if closer:
            self._zoom_to(closer[0], at)

    def _zoom_out(self, at: int) -> None:
        if self._zoom != _FIT:
            wider = [step for step in self._zoom_steps() if self._fitted() * 1.05 < step < self._scale() * 0.95]
            self._zoom_to(wider[-1] if wider else _FIT, at)

    def _zoom_to(self, scale: float, at: int) -> None:
        """Zoom to pixels a minute, keeping the time at the height `at` of the viewport where it is."""
        minute = self._minute_at(at)
        self._zoom = scale
        self._refit()
        if minute is not None:
            self._scroll_to_minute(minute, at)
        self.viewport().update()
        self._gutter.update()

    def _zoom_steps(self) -> list[float]:
        row = self._scene.style.small_height + 6
        return [row / minutes for minutes in _ROW_MINUTES]

    def _fitted(self) -> float:
        contents = self._scene.contents
        hours = contents.frame.hours_to_fit if contents else USUAL_HOURS[1] - USUAL_HOURS[0]
        room = (self.viewport().height() - 2 * PADDING) / (hours * 60)
        return max(room, self._scene.style.small_height / _LEAST_ROW)

    def _scale(self) -> float:
        return self._zoom or self._fitted()

    def _hours(self) -> tuple[int, int]:
        return self._scene.contents.frame.hours if self._scene.contents else USUAL_HOURS

    def _refit(self) -> None:
        gutter, header = self._gutter.wanted_width(), self._header.wanted_height()
        edges = self._edges
        self.setViewportMargins(gutter, header + edges.height_above, edges.width, edges.height_below)
        view = self.viewport().geometry()
        self._header.setGeometry(0, 0, view.right() + 1, header)
        edges.place(view, header)
        self._gutter.setGeometry(view.left() - gutter, view.top(), gutter, view.height())
        contents = self._scene.contents
        if contents is None:
            return
        count = len(contents.columns)
        width = max(view.width(), count * self._least_column(view.width() // max(count, 1)))
        geometry = Geometry(count, width, *self._hours(), self._scale())
        self._canvas.set_geometry(geometry)
        self.verticalScrollBar().setRange(0, max(geometry.height - view.height(), 0))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self._scene.style.line_height * 2)
        self.horizontalScrollBar().setRange(0, max(width - view.width(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setSingleStep(max(width // max(count, 1) // 2, 1))

    def _least_column(self, room: int) -> int:
        """Pixels. Where all columns can be in sight with the ends of free times left out, they are."""
        inks, contents = self._scene.style, self._scene.contents
        if contents is not None and len(contents.days) > 1:
            return inks.least_week_column
        return inks.squeezed_column if room >= inks.squeezed_column else inks.least_column

    def _minute_at(self, y: int) -> float | None:
        geometry = self._scene.geometry
        return None if geometry is None else geometry.minute(y + self._scene.top)

    def _scroll_to_minute(self, minute: float, y: int) -> None:
        if self._scene.geometry is not None:
            self.verticalScrollBar().setValue(self._scene.geometry.y_exact(minute) - y)

    def _scroll_to_today(self) -> None:
        scene = self._scene
        if scene.contents is not None and scene.geometry is not None:
            of_today = (n for n, column in enumerate(scene.contents.columns) if column.day == scene.today)
            first = next(of_today, None)
            if first is not None:
                self.horizontalScrollBar().setValue(scene.geometry.left(first))

    def _bring_into_view(self, place: Place) -> None:
        rect = self._canvas.rect_of(place)
        if rect is None:
            return
        for bar, low, high, size in (
            (self.horizontalScrollBar(), rect.left() - 4, rect.right() + 8, self.viewport().width()),
            (self.verticalScrollBar(), rect.top() - 12, rect.bottom() + 12, self.viewport().height()),
        ):
            if low < bar.value():
                bar.setValue(low)
            elif high > bar.value() + size:
                bar.setValue(min(high - size, low))

    def _place_now(self) -> None:
        if self._now is not None and self._scene.contents is not None:
            zone = self._scene.contents.page.zone
            self._scene.today = clinic_day(self._now, zone)
            self._scene.now_minute = wall_minutes(self._now, self._scene.today, zone)

    def _update_now_strip(self, before: int | None) -> None:
        geometry = self._scene.geometry
        if geometry is None or self._scene.now_minute is None:
            return
        heights = [geometry.y(minute) for minute in (before, self._scene.now_minute) if minute is not None]
        top = min(heights) - 12 - self._scene.top
        height = max(heights) - min(heights) + 24
        self.viewport().update(0, top, self.viewport().width(), height)
        self._gutter.update(0, top, self._gutter.width(), height)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scene.style.ratio != self.devicePixelRatioF():
            self._remake_inks(self._scene.style.theme)
        with QPainter(self.viewport()) as painter:
            self._canvas.paint(painter, event.region(), self.viewport().rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._scene.left = self.horizontalScrollBar().value()
        self._scene.top = self.verticalScrollBar().value()
        self.viewport().scroll(dx, dy)
        if dx:
            self._header.update()
        if dy:
            self._gutter.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._remake_inks(self._scene.style.theme)

    def _remake_inks(self, theme: Theme) -> None:
        self._canvas.set_style(BookStyle(theme, self.font(), self.devicePixelRatioF()))
        self._refit()
        self._update_all()

    def _update_all(self) -> None:
        self.viewport().update()
        self._header.update()
        self._gutter.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        if event.angleDelta().y() > 0:
            self._zoom_in(int(event.position().y()))
        elif event.angleDelta().y() < 0:
            self._zoom_out(int(event.position().y()))
        event.accept()

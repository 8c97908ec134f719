"""The book: a calendar of columns, each one resource on one day, painted in one scrolled widget."""

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import clinic_day, wall_minutes
from receptionapp.domain.layout import Item
from receptionapp.domain.page import FreeCell, Page
from ui.book import accessible, cursor, texts
from ui.book.canvas import Canvas
from ui.book.contents import Contents, LayoutMemory, Place
from ui.book.cursor import Step
from ui.book.geometry import PADDING, Geometry
from ui.book.headers import ColumnHeader, TimeGutter
from ui.book.inks import Inks
from ui.book.marks import mark_area
from ui.book.scene import Scene
from ui.theme import Theme

_ROW_MINUTES = (30, 20, 15, 10, 5)  # zoom steps: how much time a line of text is high
_LEAST_ROW = 15  # minutes: a fitted day is never lower than a line of text for this much
_KEYS = {
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Home: Step.FIRST,
    Qt.Key.Key_End: Step.LAST,
}
_CTRL_KEYS = {Qt.Key.Key_Home: Step.FIRST_OF_ALL, Qt.Key.Key_End: Step.LAST_OF_ALL}


class BookView(QAbstractScrollArea):
    """Shows a `Page`; tells what is chosen in it.

    Signals: `cell_chosen` (FreeCell) and `appointment_chosen` (the appointment's key, a UUID) by click, Space or
    Enter; `activated` (the same objects) by double click or Enter, after them; `selection_cleared` by Esc.
    """

    cell_chosen = Signal(object)
    appointment_chosen = Signal(object)
    activated = Signal(object)
    selection_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.install()
        self._memory = LayoutMemory()
        self._scene = Scene(Inks(theme, self.font(), self.devicePixelRatioF()))
        self._canvas = Canvas(self._scene)
        self._header = ColumnHeader(self._scene, self)
        self._gutter = TimeGutter(self._scene, self)
        self._now: datetime | None = None
        self._zoom: float | None = None  # pixels a minute, or None to fit the day to the height
        self._cursor: Place | None = None
        self._pressed: Place | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(texts.book_name())

    # What is shown

    def show_page(self, page: Page) -> None:
        """Show `page`. Scroll, cursor and selection stay where they are."""
        minute = self._minute_at(0)
        self._scene.contents = Contents(page, self._memory)
        self._place_now()
        self._refit()
        if minute is not None:
            self._scroll_to_minute(minute, 0)
        self.viewport().update()
        self._header.update()
        self._gutter.update()
        accessible.page_changed(self)

    def set_theme(self, theme: Theme) -> None:
        self._remake_inks(theme)

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

    # What is chosen

    @property
    def selected(self) -> FreeCell | OwnAppointment | None:
        """What is chosen, as the page shown now has it; None where nothing is chosen or it is not there any more."""
        found = self._found(self._scene.chosen)
        return None if found is None else found[1].what

    @property
    def current(self) -> tuple[int, Item] | None:
        """What the keyboard's cursor is on, with the index of its column."""
        return self._found(self._cursor)

    def select_cell(self, resource_id: str, day: date, start: datetime) -> bool:
        """Choose a free cell, as by a click but without a signal, and scroll to it. False if it is not there."""
        return self._select(Place(day, resource_id, start, start))

    def select_appointment(self, key: UUID) -> bool:
        """Choose one of our appointments likewise."""
        contents = self._scene.contents
        found = contents.find_key(key) if contents else None
        if contents is None or found is None:
            return False
        return self._select(contents.place(*found))

    def clear_selection(self) -> None:
        """Choose nothing."""
        if self._scene.chosen is not None:
            self._mark_changed(self._scene.chosen)
            self._scene.chosen = None
            self.selection_cleared.emit()

    def choose(self, index: int, item: Item) -> None:
        """What a click on `item` of the column `index` does."""
        contents = self._scene.contents
        if contents is None:
            return
        self._set_chosen(contents.place(index, item))
        if isinstance(item.what, OwnAppointment):
            self.appointment_chosen.emit(item.what.key)
        else:
            self.cell_chosen.emit(item.what)

    def move_cursor(self, index: int, item: Item) -> None:
        """Put the keyboard's cursor on `item` of the column `index`, and scroll to it."""
        contents = self._scene.contents
        if contents is not None:
            self._set_cursor(contents.place(index, item))
            self._show_cursor(shown=True)
            self._bring_into_view(contents.place(index, item))

    def item_rect(self, index: int, item: Item) -> QRect:
        """Where an item is in the viewport, in pixels. It may lie outside of what is in sight."""
        geometry = self._scene.geometry
        if geometry is None:
            return QRect()
        return geometry.item_rect(index, item).translated(-self._scene.left, -self._scene.top)

    def item_at(self, point: QPoint) -> tuple[int, Item] | None:
        """What lies under a point of the viewport, with the index of its column."""
        scene = self._scene
        return self._canvas.item_at(point + QPoint(scene.left, scene.top))

    # Zoom

    def zoom_in(self) -> None:
        self._zoom_to(next((step for step in self._zoom_steps() if step > self._scale() * 1.05), None), None)

    def zoom_out(self) -> None:
        steps = [step for step in self._zoom_steps() if self._fitted() * 1.05 < step < self._scale() * 0.95]
        if self._zoom is not None:
            self._zoom_to(steps[-1] if steps else 0.0, None)

    def zoom_reset(self) -> None:
        """Fit the day to the height again."""
        self._zoom_to(0.0, None)

    def _zoom_steps(self) -> list[float]:
        row = self._scene.inks.small_height + 6
        return [row / minutes for minutes in _ROW_MINUTES]

    def _fitted(self) -> float:
        first, last = self._hours()
        room = (self.viewport().height() - 2 * PADDING) / ((last - first) * 60)
        return max(room, self._scene.inks.small_height / _LEAST_ROW)

    def _scale(self) -> float:
        return self._zoom if self._zoom is not None else self._fitted()

    def _zoom_to(self, scale: float | None, at: int | None) -> None:
        """Zoom to pixels a minute (0 to fit), keeping the time at the height `at` of the viewport where it is."""
        if scale is None:
            return
        height = self.viewport().height() // 2 if at is None else at
        minute = self._minute_at(height)
        self._zoom = scale or None
        self._refit()
        if minute is not None:
            self._scroll_to_minute(minute, height)
        self.viewport().update()
        self._gutter.update()

    # Geometry

    def _hours(self) -> tuple[int, int]:
        return self._scene.contents.hours if self._scene.contents else (7, 17)

    def _refit(self) -> None:
        """Work out where everything lies, for the page, the zoom and the size there are now."""
        gutter, header = self._gutter.wanted_width(), self._header.wanted_height()
        self.setViewportMargins(gutter, header, 0, 0)
        view = self.viewport().geometry()
        self._header.setGeometry(0, view.top() - header, view.right() + 1, header)
        self._gutter.setGeometry(view.left() - gutter, view.top(), gutter, view.height())
        contents = self._scene.contents
        if contents is None:
            return
        count = len(contents.columns)
        width = max(view.width(), count * self._scene.inks.least_column)
        geometry = Geometry(count, width, *self._hours(), self._scale())
        self._canvas.rearrange(geometry)
        self.verticalScrollBar().setRange(0, max(geometry.height - view.height(), 0))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self._scene.inks.line_height * 2)
        self.horizontalScrollBar().setRange(0, max(width - view.width(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setSingleStep(max(width // max(count, 1) // 2, 1))

    def _minute_at(self, y: int) -> float | None:
        geometry = self._scene.geometry
        return None if geometry is None else geometry.minute(y + self._scene.top)

    def _scroll_to_minute(self, minute: float, y: int) -> None:
        if self._scene.geometry is not None:
            self.verticalScrollBar().setValue(self._scene.geometry.y_exact(minute) - y)

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

    # Marks

    def _found(self, place: Place | None) -> tuple[int, Item] | None:
        contents = self._scene.contents
        return contents.find(place) if contents and place else None

    def _select(self, place: Place) -> bool:
        found = self._found(place)
        if found is None or self._scene.contents is None:
            return False
        self._set_chosen(self._scene.contents.place(*found))
        self._bring_into_view(place)
        return True

    def _set_chosen(self, place: Place) -> None:
        self._mark_changed(self._scene.chosen)
        self._scene.chosen = place
        self._mark_changed(place)
        self._set_cursor(place)

    def _set_cursor(self, place: Place | None) -> None:
        self._mark_changed(self._cursor)
        self._cursor = place
        self._show_cursor(shown=self._scene.cursor is not None)
        accessible.cursor_moved(self)

    def _show_cursor(self, *, shown: bool) -> None:
        """The ring is only seen while the book is worked by keyboard."""
        self._scene.cursor = self._cursor if shown else None
        self._mark_changed(self._cursor)

    def _mark_changed(self, place: Place | None) -> None:
        rect = self._canvas.rect_of(place) if place else None
        if rect is not None:
            area = mark_area(rect, self._scene.inks)
            self.viewport().update(area.translated(-self._scene.left, -self._scene.top))

    def _set_hover(self, point: QPoint | None) -> None:
        found = self.item_at(point) if point is not None else None
        contents = self._scene.contents
        place = contents.place(*found) if contents and found else None
        if place != self._scene.hover:
            self._mark_changed(self._scene.hover)
            self._scene.hover = place
            self._mark_changed(place)

    # Now

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
        if self._scene.inks.ratio != self.devicePixelRatioF():
            self._remake_inks(self._scene.inks.theme)
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
        if event.type() == QEvent.Type.FontChange:
            self._remake_inks(self._scene.inks.theme)
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(texts.book_name())
            self._remake_inks(self._scene.inks.theme)

    def _remake_inks(self, theme: Theme) -> None:
        self._canvas.take_inks(Inks(theme, self.font(), self.devicePixelRatioF()))
        self._refit()
        self.viewport().update()
        self._header.update()
        self._gutter.update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(None)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        found, contents = self.item_at(event.pos()), self._scene.contents
        if found is None or contents is None or not isinstance(found[1].what, OwnAppointment):
            QToolTip.hideText()
            return
        index, item = found
        said = texts.tooltip(contents.page, contents.columns[index], found[1].what)
        QToolTip.showText(event.globalPos(), said, self.viewport(), self.item_rect(index, item))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._place_at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Chosen on release, so that a press on the wrong time can be taken back by moving away."""
        place = self._place_at(event)
        found = self._found(place)
        if event.button() is Qt.MouseButton.LeftButton and found is not None and place == self._pressed:
            self._show_cursor(shown=False)
            self.choose(*found)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.item_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and found is not None:
            self._activate(found[1])

    def _place_at(self, event: QMouseEvent) -> Place | None:
        found, contents = self.item_at(event.position().toPoint()), self._scene.contents
        return contents.place(*found) if found and contents else None

    def _activate(self, item: Item) -> None:
        self.activated.emit(item.what.key if isinstance(item.what, OwnAppointment) else item.what)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = int(event.position().y())
            steps = self._zoom_steps()
            if event.angleDelta().y() > 0:
                self._zoom_to(next((step for step in steps if step > self._scale() * 1.05), None), at)
            elif event.angleDelta().y() < 0 and self._zoom is not None:
                lower = [step for step in steps if self._fitted() * 1.05 < step < self._scale() * 0.95]
                self._zoom_to(lower[-1] if lower else 0.0, at)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            event.ignore()  # the window's: it steps through days with some of them

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return self._ctrl_key(key)
        if modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        if key in _KEYS:
            self._step(_KEYS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose_current(activate=key != Qt.Key.Key_Space)
        elif key == Qt.Key.Key_Escape and self._scene.chosen is not None:
            self.clear_selection()
        else:
            return False
        return True

    def _ctrl_key(self, key: Qt.Key) -> bool:
        if key in _CTRL_KEYS:
            self._step(_CTRL_KEYS[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.zoom_reset()
        else:
            return False
        return True

    def _step(self, step: Step) -> None:
        contents = self._scene.contents
        place = cursor.moved(contents, self._cursor, step, self._scene.now_minute) if contents else None
        if place is not None:
            self._set_cursor(place)
            self._show_cursor(shown=True)
            self._bring_into_view(place)

    def _choose_current(self, *, activate: bool) -> None:
        current = self.current
        if current is not None:
            self._show_cursor(shown=True)
            self.choose(*current)
            if activate:
                self._activate(current[1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            if self._cursor is None and self._scene.contents is not None:
                self._cursor = cursor.entered(self._scene.contents, self._scene.now_minute)
            self._show_cursor(shown=True)
        accessible.cursor_moved(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_cursor(shown=False)

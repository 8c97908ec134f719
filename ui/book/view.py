"""The book: a calendar of columns, each one resource on one day, worked by pointer, keyboard and screen reader."""

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QToolTip, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.layout import FreeCell, Item, Page, ViewSpan
from receptionapp.domain.week_counts import is_counted
from ui.book import accessible, cursor, texts
from ui.book.canvas import mark_area
from ui.book.change_highlights import ChangeHighlights, places_changed_elsewhere
from ui.book.contents import Contents, Place
from ui.book.cursor import CursorStep
from ui.book.drag import DragController
from ui.book.list_view import ListView
from ui.book.readable import ReadableBook
from ui.book.week_matrix import WeekMatrix
from ui.labels import plain_tooltip
from ui.theme import Theme

_KEYS = {
    Qt.Key.Key_Up: CursorStep.UP,
    Qt.Key.Key_Down: CursorStep.DOWN,
    Qt.Key.Key_Left: CursorStep.LEFT,
    Qt.Key.Key_Right: CursorStep.RIGHT,
    Qt.Key.Key_Home: CursorStep.FIRST,
    Qt.Key.Key_End: CursorStep.LAST,
}
_CTRL_KEYS = {Qt.Key.Key_Home: CursorStep.FIRST_OF_ALL, Qt.Key.Key_End: CursorStep.LAST_OF_ALL}


class BookView(ReadableBook):
    """Shows a `Page`. Signals: `cell_chosen` (FreeCell), `appointment_chosen` (key) by click, Space or Enter;
    `activated` (the same) by double click or Enter, after them; `selection_cleared` by Esc; `move_proposed`
    (OwnAppointment, FreeCell); `entered_empty` by Enter where there is nothing to choose."""

    steps = _KEYS
    entered_empty = Signal()
    cell_chosen = Signal(object)
    appointment_chosen = Signal(object)
    activated = Signal(object)
    selection_cleared = Signal()
    move_proposed = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        accessible.install()
        self._cursor: Place | None = None
        self._pressed: Place | None = None
        self.dragging = DragController(self, self._scene)
        self.dragging.dropped.connect(self.move_proposed)
        self._news = ChangeHighlights(self, self._scene)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(texts.book_name())

    def show_page(self, page: Page) -> None:
        """Show `page`. Scroll, cursor and selection stay where they are."""
        before = self._scene.contents
        super().show_page(page)
        if before is not None and self._scene.contents is not None:
            self._news.highlight(places_changed_elsewhere(before, self._scene.contents))
        accessible.notify_page_changed(self)

    def place_at(self, point: QPoint) -> Place | None:
        """What stands at a point of the viewport."""
        found, contents = self.item_at(point), self._scene.contents
        return contents.place(*found) if found and contents else None

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
            before = self._scene.chosen
            self._mark_changed(before)
            self._scene.chosen = None
            accessible.notify_selection_changed(self, before, None)
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
        before = self._scene.chosen
        self._mark_changed(before)
        self._scene.chosen = place
        self._mark_changed(place)
        self._set_cursor(place)
        accessible.notify_selection_changed(self, before, place)

    def _set_cursor(self, place: Place | None) -> None:
        self._mark_changed(self._cursor)
        self._cursor = place
        self._show_cursor(shown=self._scene.cursor is not None)
        accessible.notify_cursor_moved(self)

    def _show_cursor(self, *, shown: bool) -> None:
        """The ring is only seen while the book is worked by keyboard."""
        self._scene.cursor = self._cursor if shown else None
        self._mark_changed(self._cursor)

    def _mark_changed(self, place: Place | None) -> None:
        rect = self._canvas.rect_of(place) if place else None
        if rect is not None:
            area = mark_area(rect, self._scene.style)
            self.viewport().update(area.translated(-self._scene.left, -self._scene.top))

    def _set_hover(self, point: QPoint | None) -> None:
        found = self.item_at(point) if point is not None else None
        contents = self._scene.contents
        place = contents.place(*found) if contents and found else None
        if place != self._scene.hover:
            self._mark_changed(self._scene.hover)
            self._scene.hover = place
            self._mark_changed(place)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(None)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        found, contents = self.item_at(event.pos()), self._scene.contents
        said = self.tooltip_of(contents, *found) if found and contents else ""
        if found is None or not said:
            QToolTip.hideText()
            return
        index, item = found
        QToolTip.showText(event.globalPos(), plain_tooltip(said), self.viewport(), self.item_rect(index, item))

    def tooltip_of(self, contents: Contents, index: int, item: Item) -> str:
        """An appointment in full; nothing for free time, which is read where it stands."""
        if not isinstance(item.what, OwnAppointment):
            return ""
        namesake = contents.has_namesake(index, item.what.person)
        return texts.tooltip(contents.page, contents.columns[index], item.what, namesake=namesake)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.dragging.move(event.position().toPoint()):
            self._set_hover(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self.place_at(event.position().toPoint())
            found = self._found(self._pressed)
            if self._pressed is not None and found is not None and isinstance(found[1].what, OwnAppointment):
                self.dragging.press(found[1].what, self._pressed, event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Chosen on release, so that a press on the wrong time can be taken back by moving away."""
        if self.dragging.release():
            self._pressed = None
            return
        place = self.place_at(event.position().toPoint())
        found = self._found(place)
        if event.button() is Qt.MouseButton.LeftButton and found is not None and place == self._pressed:
            self._show_cursor(shown=False)
            self.choose(*found)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.item_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and found is not None:
            self._activate(found[1])

    def _activate(self, item: Item) -> None:
        self.activated.emit(item.what.key if isinstance(item.what, OwnAppointment) else item.what)

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
        if key in self.steps:
            self._step(self.steps[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose_current(activate=key != Qt.Key.Key_Space)
        elif key == Qt.Key.Key_Escape and self.dragging.active:
            self.dragging.stop()
        elif key == Qt.Key.Key_Escape and QToolTip.isVisible():
            QToolTip.hideText()
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

    def _step(self, step: CursorStep) -> None:
        contents = self._scene.contents
        place = cursor.next_place(contents, self._cursor, step, self._scene.now_minute) if contents else None
        if place is not None:
            self._set_cursor(place)
            self._show_cursor(shown=True)
            self._bring_into_view(place)

    def _choose_current(self, *, activate: bool) -> None:
        current = self.current
        if current is None and activate and not (self._scene.contents and self._scene.contents.sequence):
            self.entered_empty.emit()
        if current is not None:
            self._show_cursor(shown=True)
            self.choose(*current)
            if activate:
                self._activate(current[1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            if self._cursor is None and self._scene.contents is not None:
                self._cursor = cursor.first_place(self._scene.contents, self._scene.now_minute)
            self._show_cursor(shown=True)
        accessible.notify_focus_in(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_cursor(shown=False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(texts.book_name())


class BookArea(QStackedWidget):
    """Signals: as the grid's, from whichever is shown; day_wanted (date, resource id): out of a counted week."""

    day_wanted = Signal(object, str)
    everybody_wanted = Signal()
    entered_empty = Signal()
    cell_chosen = Signal(object)
    appointment_chosen = Signal(object)
    activated = Signal(object)
    selection_cleared = Signal()

    def __init__(self, grid: BookView, times: BookView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.times = times
        self._page: Page | None = None
        self._listed = False
        self._as_times = False
        self._week_in_full = False
        self.list = ListView(theme)
        self.matrix = WeekMatrix(theme)
        self.matrix.day_wanted.connect(self.day_wanted)
        self.matrix.entered_empty.connect(self.entered_empty)
        for part in (grid, self.list, self.matrix, times):
            self.addWidget(part)
        for view in (grid, self.list, times):
            view.cell_chosen.connect(self.cell_chosen)
            view.appointment_chosen.connect(self.appointment_chosen)
            view.selection_cleared.connect(self.selection_cleared)
        grid.activated.connect(self.activated)
        for view in (grid, self.list, times):
            view.entered_empty.connect(self.entered_empty)
        times.activated.connect(self.activated)
        times.dragging.may_move = lambda own: grid.dragging.may_move(own)  # who decides that knows the grid
        times.move_proposed.connect(grid.move_proposed)
        for view in (grid, times):
            view.everybody_wanted.connect(self.everybody_wanted)
            view.unfolded.connect(self.unfold)
        self.list.activated_.connect(self.activated)

    def set_theme(self, theme: Theme) -> None:
        self._grid.set_theme(theme)
        self.list.set_theme(theme)
        self.times.set_theme(theme)
        self.matrix.set_theme(theme)

    def show_page(self, page: Page) -> None:
        self._page = page
        if self._counts(page):
            self.matrix.show_page(page)
        else:
            self._grid.show_page(page)
        if self._as_times:
            self.times.show_page(page)
        self.list.show_page(page)
        self._turn()

    def show_list(self, listed: bool) -> None:
        """Change over, with what is chosen, and with the keyboard if it was here."""
        self._listed = listed
        self._turn()

    def show_times(self, as_times: bool) -> None:
        """A day as rows of times, or as the grid again, likewise."""
        self._as_times = as_times
        if as_times and self._page is not None:
            self.times.show_page(self._page)
        self._turn()

    def unfold(self, unfolded: bool) -> None:
        """Everybody and all hours, or only what has something on it."""
        self._grid.unfold(unfolded)
        self.times.unfold(unfolded)

    def set_now(self, now: datetime) -> None:
        self._grid.set_now(now)
        self.times.set_now(now)

    def colour_by_status(self, by_status: bool) -> None:
        self._grid.colour_by_status(by_status)
        self.times.colour_by_status(by_status)

    def show_week_in_full(self, in_full: bool) -> None:
        """The week of up to five people as a grid, and not as counts."""
        self._week_in_full = in_full
        if self._page is not None:
            self.show_page(self._page)

    def go_to(self, resource_id: str, day: date) -> None:
        """Put the keyboard on a person's day in the grid."""
        shown = self._shown
        contents = shown.contents if isinstance(shown, BookView) else None
        index = contents.column_index(day, resource_id) if contents else None
        items = contents.items(index) if contents and index is not None else ()
        if isinstance(shown, BookView) and items and index is not None:
            shown.move_cursor(index, items[0])
        self.take_focus()

    def _counts(self, page: Page) -> bool:
        return is_counted(page, grid_wished=self._week_in_full)

    def _turn(self) -> None:
        counted = self._page is not None and self._counts(self._page)
        of_a_day = self._page is None or self._page.span is ViewSpan.DAY
        day: QWidget = self.times if self._as_times and of_a_day else self._grid
        wanted = self.list if self._listed else self.matrix if counted else day
        before = self._shown
        if wanted is before:
            return
        had_focus = before.hasFocus()
        chosen = before.selected
        self.setCurrentWidget(wanted)
        if isinstance(chosen, OwnAppointment):
            self._shown.select_appointment(chosen.key)
        elif chosen is not None and self._page is not None:
            self._shown.select_cell(chosen.resource_id, clinic_day(chosen.start, self._page.zone), chosen.start)
        if had_focus:
            self.take_focus()

    def take_focus(self) -> None:
        self._shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select_cell(self, resource_id: str, day: date, start: datetime) -> bool:
        """Choose a free time, as by a click but without a signal. False if it is not on the page."""
        return self._shown.select_cell(resource_id, day, start)

    def select_appointment(self, key: UUID) -> bool:
        """Choose one of our appointments likewise."""
        return self._shown.select_appointment(key)

    def clear_selection(self) -> None:
        self._grid.clear_selection()
        self.times.clear_selection()
        self.list.clear_selection()

    @property
    def current(self) -> FreeCell | OwnAppointment | None:
        """What the keyboard's cursor is on in the grid or the times, else what is chosen."""
        shown = self._shown
        cursor = shown.current if isinstance(shown, BookView) else None
        return cursor[1].what if cursor else shown.selected

    @property
    def _shown(self) -> BookView | ListView | WeekMatrix:
        shown = self.currentWidget()
        return shown if isinstance(shown, ListView | WeekMatrix | BookView) else self._grid

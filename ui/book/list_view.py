"""The book as a plain table, chosen from and activated as the grid is, for those who read or hear rows."""

from datetime import UTC, date, datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.page import FreeCell, Page, Span
from ui.book.contents import Place
from ui.book.list_model import Column, Index, ListModel, Row
from ui.theme import Theme

translate = QCoreApplication.translate

# The widest that a column is expected to hold.
_FIXED = {Column.DAY: "Wed 30 Sep.", Column.TIME: "00:00–00:00", Column.STATUS: "Awaiting code"}
_PADDING = 28  # pixels beside a cell's text
_PARTS = {Column.RESOURCE: 0.3, Column.SERVICE: 0.3}  # of what is left; the rest is for a name and a birth date


class ListView(QTableView):
    """Signals: as the grid's (`ui.book.view.BookView`)."""

    cell_chosen = Signal(object)
    appointment_chosen = Signal(object)
    activated_ = Signal(object)
    selection_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ListModel(theme, self)
        self._page: Page | None = None
        self._chosen: Place | None = None
        self.setModel(self._model)
        self.setObjectName("listView")
        self.setAccessibleName(translate("ListView", "Appointment book as a list"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out_columns()

    def set_theme(self, theme: Theme) -> None:
        self._model.set_theme(theme)
        self._mark(self._chosen)

    def show_page(self, page: Page) -> None:
        """Show `page`. Rows are only made while somebody can see them."""
        self._page = page
        if self.isVisible():
            self._show_rows()

    @property
    def selected(self) -> FreeCell | OwnAppointment | None:
        """What is chosen, as the page shown now has it."""
        number = self._model.find(self._chosen) if self._chosen else None
        row = self._model.row_at(number) if number is not None else None
        return row.item.what if row and row.item else None

    def select_cell(self, resource_id: str, day: date, start: datetime) -> bool:
        """Choose a free time without a signal, and scroll to it. False if it is not there."""
        start = start.astimezone(UTC)
        return self._select(Place(day, resource_id, start, start))

    def select_appointment(self, key: UUID) -> bool:
        """Choose one of our appointments likewise."""
        for number in range(self._model.rowCount()):
            row = self._model.row_at(number)
            if row and row.place and row.place.key == key:
                return self._select(row.place)
        return False

    def clear_selection(self) -> None:
        """Choose nothing."""
        if self._chosen is not None:
            self._chosen = None
            self.selectionModel().clear()
            self.selection_cleared.emit()

    # Keyboard and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex(), activate=key != Qt.Key.Key_Space)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else self._model.rowCount() - 1)
        elif key == Qt.Key.Key_Escape and self._chosen is not None:
            self.clear_selection()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()), activate=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()), activate=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _choose(self, index: Index, *, activate: bool) -> None:
        row = self._model.row_at(index.row()) if index.isValid() else None
        if row is None or row.item is None:
            return
        what = row.item.what
        self._chosen = row.place
        if isinstance(what, OwnAppointment):
            self.appointment_chosen.emit(what.key)
        else:
            self.cell_chosen.emit(what)
        if activate:
            self.activated_.emit(what.key if isinstance(what, OwnAppointment) else what)

    # Rows

    def _show_rows(self) -> None:
        if self._page is None:
            return
        current, scrolled = self._current_place(), self.verticalScrollBar().value()
        if self._model.show_page(self._page):
            self.setColumnHidden(Column.DAY, self._page.span is Span.DAY)
            self._share_width()
            self._mark(current or self._chosen)
            self.verticalScrollBar().setValue(scrolled)

    def _current_place(self) -> Place | None:
        row: Row | None = self._model.row_at(self.currentIndex().row())
        return row.place if row else None

    def _select(self, place: Place) -> bool:
        number = self._model.find(place)
        if number is None:
            return False
        self._chosen = place
        self._go_to(number)
        return True

    def _go_to(self, number: int) -> None:
        index = self._model.index(number, Column.TIME)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _mark(self, place: Place | None) -> None:
        """Put the cursor back on what it was on, without scrolling there."""
        number = self._model.find(place) if place else None
        if number is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._model.index(number, Column.TIME), flags)

    def _lay_out_columns(self) -> None:
        metrics = self.fontMetrics()
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(metrics.height() + 14)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(Column.PATIENT, QHeaderView.ResizeMode.Stretch)
        for column, widest in _FIXED.items():
            columns.resizeSection(column, metrics.horizontalAdvance(widest) + _PADDING)

    def _share_width(self) -> None:
        columns = self.horizontalHeader()
        room = self.viewport().width() - sum(columns.sectionSize(column) for column in _FIXED)
        for column, part in _PARTS.items():
            columns.resizeSection(column, round(room * part))

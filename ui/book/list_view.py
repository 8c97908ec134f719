"""The book as a plain table of free starts and appointments, for those who read or listen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.layout import FreeCell, Item, Page, ResourceDay, ViewSpan
from ui.book import texts
from ui.book.contents import LayoutCache, Place, place_of
from ui.labels import plain_tooltip
from ui.theme import Theme, swatch
from ui.words.appointments import standing_text
from ui.words.formatting import minutes, person_line, short_day, time_range

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    DAY = 0
    TIME = 1
    RESOURCE = 2
    STATUS = 3
    SERVICE = 4
    PATIENT = 5


@dataclass(frozen=True, slots=True)
class Row:
    """`item` is None where nothing is known of a resource's day: its absence must not look like "nothing free"."""

    column: ResourceDay
    item: Item | None

    @property
    def place(self) -> Place | None:
        return place_of(self.column, self.item) if self.item else None


def rows_of(page: Page, memory: LayoutCache) -> tuple[Row, ...]:
    """All rows by time; at one time in the order of the book's columns."""
    timed = []
    for number, column in enumerate(page.columns):
        if column.timeslots is None:
            timed.append((day_bounds(column.day, page.zone)[0], number, Row(column, None)))
        items = memory.layout(column, page.zone).items
        timed += [(item.what.start, number, Row(column, item)) for item in items]
    timed.sort(key=lambda row: row[:2])
    return tuple(row for *_, row in timed)


class ListModel(QAbstractTableModel):
    """Texts are made when a cell is looked at; a page only costs its rows."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._rows: tuple[Row, ...] = ()
        self._memory = LayoutCache()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.beginResetModel()
        self._theme = theme
        self._swatches: dict[str | None, QIcon] = {}
        self.endResetModel()

    def show_page(self, page: Page) -> bool:
        """False where the rows are those that are shown already: nothing happens then."""
        rows = rows_of(page, self._memory)
        if self._page is not None and rows == self._rows and page.clinic == self._page.clinic:
            return False
        self.beginResetModel()
        self._page, self._rows = page, rows
        self.endResetModel()
        return True

    def row_at(self, number: int) -> Row | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return not any(row.item for row in self._rows)

    def find(self, place: Place) -> int | None:
        """The row with the same thing; else whatever that column has at that start."""
        number = next((n for n, row in enumerate(self._rows) if row.place == place), None)
        if number is not None:
            return number
        at = (place.day, place.resource_id, place.start)
        places = ((n, row.place) for n, row in enumerate(self._rows))
        return next((n for n, other in places if other and (other.day, other.resource_id, other.start) == at), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.DAY: translate("ListView", "Day"),
            Column.TIME: translate("ListView", "Time"),
            Column.RESOURCE: translate("ListView", "Resource"),
            Column.STATUS: translate("ListView", "Status"),
            Column.SERVICE: translate("ListView", "Service"),
            Column.PATIENT: translate("ListView", "Patient"),
        }.get(Column(section))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        page = self._page
        if row is None or page is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(page, row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self._text(page, row, column))
            case Qt.ItemDataRole.AccessibleTextRole if column is Column.TIME and row.item is not None:
                return texts.sentence(page, row.column, row.item)
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(row, column)
            case Qt.ItemDataRole.DecorationRole if column is Column.SERVICE:
                return self._swatch(page, row)
        return None

    def _text(self, page: Page, row: Row, column: Column) -> str:
        what = row.item.what if row.item else None
        match column:
            case Column.DAY:
                return short_day(row.column.day)
            case Column.TIME:
                return time_range(what.start, _end(what), page.zone) if what else "–"
            case Column.RESOURCE:
                return page.clinic.resource_name(row.column.resource_id)
            case Column.STATUS:
                return _status(what)
            case Column.SERVICE:
                return _services(page, what)
            case Column.PATIENT:
                return person_line(what.person) if isinstance(what, OwnAppointment) else ""

    def _colour(self, row: Row, column: Column) -> QColor | None:
        if row.item is None:
            return QColor(self._theme.muted)
        if column is Column.STATUS and isinstance(row.item.what, FreeCell):
            return QColor(self._theme.free_text)
        return None

    def _swatch(self, page: Page, row: Row) -> QIcon | None:
        """The colour the service has in the grid; several services have none in common, and get the grey one."""
        if row.item is None:
            return None
        service_id = _service_id(row.item.what)
        if service_id not in self._swatches:
            ids = [service.id for service in page.clinic.services]
            colour = self._theme.service_colour(ids.index(service_id)) if service_id in ids else self._theme.line
            self._swatches[service_id] = swatch(colour)
        return self._swatches[service_id]


def _end(what: FreeCell | OwnAppointment) -> datetime:
    """A free time ends where its longest service does; the grid cuts its cell at the next start."""
    return max(option.end for option in what.options) if isinstance(what, FreeCell) else what.end


def _service_id(what: FreeCell | OwnAppointment) -> str | None:
    if isinstance(what, OwnAppointment):
        return what.timeslot.healthcare_service_id
    return what.options[0].healthcare_service_id if len(what.options) == 1 else None


def _status(what: FreeCell | OwnAppointment | None) -> str:
    if what is None:
        return texts.not_loaded_text()
    return translate("ListView", "Free") if isinstance(what, FreeCell) else standing_text(what)


def _services(page: Page, what: FreeCell | OwnAppointment | None) -> str:
    if what is None:
        return ""
    options = what.options if isinstance(what, FreeCell) else (what.timeslot,)
    if len(options) == 1:
        [slot] = options
        return f"{page.clinic.service_name(slot.healthcare_service_id)}, {minutes(slot.start, slot.end)}"
    return ", ".join(page.clinic.service_name(slot.healthcare_service_id) for slot in options)


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
    entered_empty = Signal()

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
            if activate and self._model.is_empty:
                self.entered_empty.emit()
            return
        what = row.item.what
        self._chosen = row.place
        if isinstance(what, OwnAppointment):
            self.appointment_chosen.emit(what.key)
        else:
            self.cell_chosen.emit(what)
        if activate:
            self.activated_.emit(what.key if isinstance(what, OwnAppointment) else what)

    def _show_rows(self) -> None:
        if self._page is None:
            return
        current, scrolled = self._current_place(), self.verticalScrollBar().value()
        if self._model.show_page(self._page):
            self.setColumnHidden(Column.DAY, self._page.span is ViewSpan.DAY)
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

"""The page on screen as rows: one for each free start and each appointment, in the order of the clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.layout import Item
from receptionapp.domain.page import FreeCell, Page, ResourceDay
from ui.book import texts
from ui.book.contents import LayoutMemory, Place, place_of
from ui.icons import swatch
from ui.labels import tip
from ui.theme import Theme
from ui.words.formatting import minutes, person_line, short_day, time_range
from ui.words.standing import standing_text

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


def rows_of(page: Page, memory: LayoutMemory) -> tuple[Row, ...]:
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
        self._memory = LayoutMemory()
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

    def find(self, place: Place) -> int | None:
        """The row with the same thing; else whatever that column has at that start."""
        number = next((n for n, row in enumerate(self._rows) if row.place == place), None)
        if number is not None:
            return number
        at = (place.day, place.resource_id, place.start)
        places = ((n, row.place) for n, row in enumerate(self._rows))
        return next((n for n, other in places if other and (other.day, other.resource_id, other.start) == at), None)

    # Qt's questions

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
                return tip(self._text(page, row, column))
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

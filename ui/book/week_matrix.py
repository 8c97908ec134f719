"""The week of many people: a row a person and a column a day, with how much is free and how full that is."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from receptionapp.domain.layout import Page, ResourceDay
from receptionapp.domain.week_counts import DayCount, count_day, week_rows
from ui.book import texts
from ui.book.style import BookStyle
from ui.labels import plain_tooltip
from ui.theme import Theme
from ui.words.formatting import day_titles
from ui.words.holidays import holiday_name

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex

_GAP = 8  # pixels
_BAR = 4


COUNT = Qt.ItemDataRole.UserRole  # a `DayCount`


class MatrixModel(QAbstractTableModel):
    """Counts are made when a cell is first looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._rows: tuple[tuple[str, dict[date, ResourceDay]], ...] = ()
        self.days: tuple[date, ...] = ()
        self._counts: dict[int, tuple[ResourceDay, DayCount]] = {}

    def show_page(self, page: Page) -> None:
        rows = week_rows(page)
        days = tuple(dict.fromkeys(column.day for column in page.columns))
        same = days == self.days and [r for r, _ in rows] == [r for r, _ in self._rows]
        if not same:
            self.beginResetModel()
        self._page, self._rows, self.days = page, rows, days
        kept = {id(column): column for column in page.columns}
        self._counts = {key: found for key, found in self._counts.items() if kept.get(key) is found[0]}
        if not same:
            self.endResetModel()
        elif rows and days:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(days) - 1))

    def column_at(self, index: Index) -> ResourceDay | None:
        """Whose day stands there."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        return self._rows[index.row()][1].get(self.days[index.column()])

    def find(self, resource_id: str, day: date) -> QModelIndex:
        """Where somebody's day stands; an invalid index where it does not."""
        row = next((n for n, (resource, _) in enumerate(self._rows) if resource == resource_id), -1)
        return self.index(row, self.days.index(day)) if row >= 0 and day in self.days else QModelIndex()

    def find_key(self, key: UUID) -> QModelIndex:
        """Likewise of one of our appointments."""
        columns = self._page.columns if self._page else ()
        column = next((c for c in columns if any(own.key == key for own in c.appointments)), None)
        return self.find(column.resource_id, column.day) if column else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.days)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._page is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._page.clinic.resource_name(self._rows[section][0])
        day = self.days[section]
        return "\n".join(filter(None, (day_titles(day)[1], holiday_name(day))))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self.column_at(index)
        if column is None or self._page is None:
            return None
        count = self._count(column)
        if role == COUNT:
            return count
        if role == Qt.ItemDataRole.DisplayRole:
            return texts.column_summaries(count.free)[1]
        name = texts.column_name(self._page, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {count_text(count)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{name}\n{count_text(count)}\n{fullness_text()}")
        return None

    def _count(self, column: ResourceDay) -> DayCount:
        found = self._counts.get(id(column))
        if found is None:
            found = self._counts[id(column)] = column, count_day(column)
        return found[1]


def count_text(count: DayCount) -> str:
    """What a cell says aloud: "Free times: 3. Appointments: 2. 40 % booked"."""
    if count.free is None:
        return texts.not_loaded_text()
    said = texts.counts_sentence(count.free, count.own)
    if count.fullness is None:
        return said
    return translate("WeekMatrix", "{said}. {percent} % booked").format(said=said, percent=round(count.fullness * 100))


def fullness_text() -> str:
    """What the bar is of."""
    return translate(
        "WeekMatrix", "The bar: what is booked from here, of the time offered to us. What others booked is not known."
    )


class CellPainter(QStyledItemDelegate):
    """A number, ours at the right, and the bar below."""

    def __init__(self, style: BookStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self.style_ = style

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        inks, rect = self.style_, option.rect
        count = index.data(COUNT)
        if not isinstance(count, DayCount):
            return
        painter.fillRect(rect, inks.not_loaded_hatch if count.free is None else inks.paper)
        painter.setPen(inks.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        self._paint_words(painter, rect, count, texts.column_summaries(count.free)[1])
        if count.fullness is not None:
            self._paint_bar(painter, rect, count.fullness)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(inks.accent, 3 if focused else 1))
            painter.drawRect(QRectF(rect).adjusted(2, 2, -2, -2))

    def _paint_words(self, painter: QPainter, rect: QRect, count: DayCount, number: str) -> None:
        inks = self.style_
        font = inks.bold if count.free else inks.font
        top = rect.center().y() - inks.line_height // 2 - _BAR // 2
        painter.setFont(font)
        painter.setPen(inks.free_text if count.free else inks.muted)
        painter.drawStaticText(rect.left() + _GAP, top, inks.label(number, font))
        if count.own:
            words = inks.label(str(count.own), inks.small)
            right = rect.right() - _GAP - inks.advance(str(count.own), inks.small)
            painter.setFont(inks.small)
            painter.setPen(inks.text)
            painter.drawStaticText(right, top, words)
            painter.fillRect(right - _GAP, top + inks.small_height // 2 - 2, 4, 4, inks.accent)

    def _paint_bar(self, painter: QPainter, rect: QRect, fullness: float) -> None:
        room = QRectF(rect.left() + _GAP, rect.bottom() - _BAR - 4, rect.width() - 2 * _GAP, _BAR)
        painter.fillRect(room, self.style_.free_line)
        painter.fillRect(QRectF(room.left(), room.top(), room.width() * fullness, _BAR), self.style_.accent)


class WeekMatrix(QTableView):
    """Signals: day_wanted (date, resource id) by a click or Enter."""

    day_wanted = Signal(object, str)
    entered_empty = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MatrixModel(self)
        self.setModel(self._model)
        self.setObjectName("weekMatrix")
        self.setAccessibleName(translate("WeekMatrix", "Week: free times by person and day"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        style = BookStyle(theme, self.font(), self.devicePixelRatioF())
        self.setItemDelegate(CellPainter(style, self))
        self.verticalHeader().setDefaultSectionSize(style.line_height + 2 * _BAR + 12)

    def show_page(self, page: Page) -> None:
        """Show `page`, a week. What is chosen stays."""
        self._model.show_page(page)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))

    @property
    def selected(self) -> None:
        """Nothing that could be booked or looked at is chosen here."""

    def select_cell(self, resource_id: str, day: date, _start: object) -> bool:
        """Put the cursor on a person's day. False if it is not there."""
        return self._go_to(self._model.find(resource_id, day))

    def select_appointment(self, key: UUID) -> bool:
        """Likewise on the day of one of our appointments."""
        return self._go_to(self._model.find_key(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: Index) -> None:
        column = self._model.column_at(index)
        if column is not None:
            self.day_wanted.emit(column.day, column.resource_id)
        else:
            self.entered_empty.emit()

    def _go_to(self, index: QModelIndex) -> bool:
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier

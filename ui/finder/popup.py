"""The list under the one field. A child of the window that never takes the keyboard: the field keeps it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.finder.sources import Hit, HitGroup
from ui.icons import pixmap
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

WIDTH = 440
ROW, HEADING = 32, 28  # pixels high
MARGIN = 4
ICON = 16

_HIT = Qt.ItemDataRole.UserRole


class FinderPopup(QListView):
    """Signals: taken (Hit): one was clicked."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = _Lines(self)
        self._painter = _LinePainter(theme, self)
        self.setObjectName("finderPopup")
        self.setModel(self._lines)
        self.setItemDelegate(self._painter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._click)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.viewport().update()

    def show_hits(self, hits: Sequence[Hit], corner: QRect, window: QWidget, *, stay: bool, mark: bool = True) -> None:
        """List them below `corner`, the field in the coordinates of `window`. The first is marked if `mark`; with
        `stay`, what is marked stays so."""
        marked = self.marked if stay else None
        self._lines.show(hits)
        self._mark(next((row for row in self._lines.hit_rows if self._lines.hit(row) == marked), None))
        if self.marked is None and self._lines.hit_rows and mark:
            self._mark(self._lines.hit_rows[0])
        height = sum(ROW if self._lines.hit(row) else HEADING for row in range(self._lines.rowCount()))
        height = min(height + 2 * MARGIN + 2, window.height() - corner.bottom() - 16)
        width = min(max(WIDTH, corner.width()), corner.right())
        self.setGeometry(corner.right() - width + 1, corner.bottom() + 5, width, height)
        self.show()
        self.raise_()
        self.scrollTo(self.currentIndex())

    @property
    def marked(self) -> Hit | None:
        return self._lines.hit(self.currentIndex().row())

    @property
    def count(self) -> int:
        """How many hits are listed."""
        return len(self._lines.hit_rows)

    def forget(self) -> None:
        """Nothing found, nothing marked."""
        self.hide()
        self._lines.show(())

    def step(self, count: int) -> None:
        """Mark the hit `count` further on, round the ends."""
        rows = self._lines.hit_rows
        if rows:
            now = rows.index(self.currentIndex().row()) if self.currentIndex().row() in rows else -1
            self._mark(rows[(now + count) % len(rows) if now >= 0 or count > 0 else -1])

    def _mark(self, row: int | None) -> None:
        self.setCurrentIndex(self._lines.index(row) if row is not None else QModelIndex())
        if row is not None and row == self._lines.hit_rows[0]:
            self.scrollToTop()

    def _click(self, index: QModelIndex) -> None:
        hit = self._lines.hit(index.row())
        if hit is not None:
            self.taken.emit(hit)


class _Lines(QAbstractListModel):
    """Hits, with the heading of its group above each group's first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Hit | HitGroup] = []
        self.hit_rows: list[int] = []

    def show(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self._lines = []
        for hit in hits:
            if not self._lines or (isinstance(before := self._lines[-1], Hit) and before.group is not hit.group):
                self._lines.append(hit.group)
            self._lines.append(hit)
        self.hit_rows = [row for row, line in enumerate(self._lines) if isinstance(line, Hit)]
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, Hit) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == _HIT:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(line) if isinstance(line, Hit) else line.heading
        return None


def spoken(hit: Hit) -> str:
    return f"{hit.title}, {hit.detail}" if hit.detail else hit.title


class _LinePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW if isinstance(index.data(_HIT), Hit) else HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_HIT)
        rect, state, font = option.rect, option.state, QFont(option.font)
        painter.save()
        if isinstance(line, Hit):
            self._paint_ground(painter, rect, state)
            self._paint_hit(painter, rect, font, line)
        else:
            self._paint_heading(painter, rect, font, line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        marked = bool(state & QStyle.StateFlag.State_Selected)
        if not marked and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent_ground if marked else self.theme.hover))
        painter.drawRoundedRect(rect, 4, 4)
        if marked:  # not by a pale colour alone
            painter.setBrush(QColor(self.theme.accent))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 6, 3, rect.height() - 12), 1.5, 1.5)

    def _paint_heading(self, painter: QPainter, rect: QRect, font: QFont, group: HitGroup) -> None:
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        within = rect.adjusted(12, 0, -12, -3)
        painter.drawText(within, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, group.heading)

    def _paint_hit(self, painter: QPainter, rect: QRect, font: QFont, hit: Hit) -> None:
        ratio = painter.device().devicePixelRatioF()
        mark = pixmap(hit.group.value, self.theme.muted, ICON, ratio)
        painter.drawPixmap(rect.left() + 12, rect.top() + (rect.height() - ICON) // 2, mark)
        metrics = QFontMetrics(font)
        within = rect.adjusted(12 + ICON + 8, 0, -12, 0)
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, within.width())
        room = max(within.width() - metrics.horizontalAdvance(title) - 16, within.width() // 4)
        detail = metrics.elidedText(hit.detail, Qt.TextElideMode.ElideRight, room)
        taken = metrics.horizontalAdvance(detail) + 16 if detail else 0
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, within.width() - taken)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(within, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(within, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)

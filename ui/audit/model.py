"""The lines of the record as a table. Pages are added at the end; a new question begins anew."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from receptionapp.domain.audit import AuditLine
from ui.audit.words import of_deed, of_detail, of_outcome
from ui.labels import tip

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_IN_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class RecordModel(QAbstractTableModel):
    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._lines: list[AuditLine] = []
        self._said: dict[int, tuple[str, ...]] = {}  # rows that were looked at

    @property
    def last(self) -> AuditLine | None:
        return self._lines[-1] if self._lines else None

    def line(self, row: int) -> AuditLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show(self, lines: tuple[AuditLine, ...]) -> None:
        self.beginResetModel()
        self._lines = list(lines)
        self._said.clear()
        self.endResetModel()

    def add(self, lines: tuple[AuditLine, ...]) -> None:
        if lines:
            self.beginInsertRows(_ROOT, len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(headings())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _IN_WORDS:
            return None
        cells = self._cells(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:  # the whole line, whichever cell is asked for first
            return ", ".join(cell for cell in cells if cell) if index.column() == 0 else cells[index.column()]
        return tip(cells[index.column()]) or None

    def _cells(self, row: int) -> tuple[str, ...]:
        if row not in self._said:
            self._said[row] = self._words(self._lines[row])
        return self._said[row]

    def _words(self, line: AuditLine) -> tuple[str, ...]:
        about = "  ·  ".join(part for part in (of_detail(line.detail), line.leyr_reference) if part)
        return (
            line.at.astimezone(self._zone).strftime("%d.%m.%Y  %H:%M:%S"),
            line.user or translate("Record", "nobody"),
            of_deed(line.deed),
            of_outcome(line.outcome),
            line.name or line.patient or "",
            about,
            line.desk,
        )


def headings() -> tuple[str, ...]:
    """In the order of the columns."""
    return (
        translate("Record", "Time"),
        translate("Record", "Who"),
        translate("Record", "What"),
        translate("Record", "Outcome"),
        translate("Record", "Patient"),
        translate("Record", "More"),
        translate("Record", "Desk"),
    )

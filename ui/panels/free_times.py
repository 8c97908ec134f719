"""The found free times, to be walked through with the arrow keys: each with when it was read and how it stands."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from receptionapp.domain.page import FreeCell
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, FreeTimeChecked
from ui.finder.sources import when_text, who_text
from ui.icons import pixmap
from ui.labels import tip
from ui.panels.certainty_line import SURE_FOR
from ui.theme import Theme

translate = QCoreApplication.translate

PAUSE = 250  # ms on a row before it is read again, so that walking past asks nothing

_CELL = Qt.ItemDataRole.UserRole
_CHECKED = Qt.ItemDataRole.UserRole + 1


class FreeTimesList(QListWidget):
    """Signals: check_wanted (FreeCell): somebody looks at this one. taken (FreeCell): Enter or double click."""

    check_wanted = Signal(object)
    taken = Signal(object)

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._one_service = False
        self._take_first = False
        self.setAccessibleName(translate("NextFree", "Free times found"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._want_check)
        self.currentItemChanged.connect(self._pause_on_row)
        self.itemDoubleClicked.connect(self._take)
        store.changed.connect(self._on_changed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in range(self.count()):
            self._dress(self.item(row))

    def start_anew(self, *, one_service: bool) -> None:
        """Other times are being looked for; with `one_service` chosen above, its name is not said on each row."""
        self._one_service = one_service
        self._take_first = False
        self.clear()

    def add(self, cells: tuple[FreeCell, ...]) -> None:
        """Further times, all later than those that are there. The mark stays where it is."""
        for cell in cells:
            item = QListWidgetItem()
            item.setData(_CELL, cell)
            self._dress(item)
            self.addItem(item)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        if self._take_first and self.count():
            self._take(self.item(0))

    @property
    def cells(self) -> tuple[FreeCell, ...]:
        return tuple(self.item(row).data(_CELL) for row in range(self.count()))

    def checked_of(self, item: QListWidgetItem) -> FreeTimeChecked | None:
        """What reading it again has told, if that was done."""
        checked: FreeTimeChecked | None = item.data(_CHECKED)
        return checked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_first = False
            super().keyPressEvent(event)
        elif item := self.currentItem():
            self._take(item)
        else:
            self._take_first = True  # pressed before the first has come: it is what is meant

    def _take(self, item: QListWidgetItem) -> None:
        self._take_first = False
        self.taken.emit(item.data(_CELL))

    def _pause_on_row(self) -> None:
        self._pause.start()

    def _want_check(self) -> None:
        item = self.currentItem()
        if item is None or not self.isVisible():
            return
        checked = self.checked_of(item)
        if checked is None or datetime.now(checked.at.tzinfo) - checked.at > SURE_FOR:
            self.check_wanted.emit(item.data(_CELL))

    def _on_changed(self, change: Change) -> None:
        if not isinstance(change, FreeTimeChecked):
            return
        for row in range(self.count()):
            item = self.item(row)
            cell: FreeCell = item.data(_CELL)
            if (cell.start, cell.resource_id) == (change.cell.start, change.cell.resource_id):
                item.setData(_CHECKED, change)
                self._dress(item)

    def _dress(self, item: QListWidgetItem) -> None:
        snapshot = self._store.snapshot
        cell: FreeCell = item.data(_CELL)
        if snapshot.clinic is None:
            return
        sign, colour, words = self._certainty(self.checked_of(item))
        when = when_text(cell, snapshot)
        item.setText(f"{when}{words}\n{who_text(cell, snapshot.clinic, one_service=self._one_service)}")
        item.setToolTip(tip(who_text(cell, snapshot.clinic, one_service=False)))
        item.setIcon(QIcon(pixmap(sign, colour, 20, self.devicePixelRatioF())))

    def _certainty(self, checked: FreeTimeChecked | None) -> tuple[str, str, str]:
        """A sign, its colour, and words that say the same."""
        theme = self._theme
        if checked is None:
            return "clock", theme.muted, ""
        if checked.offered is None:
            return "unknown", theme.warning, "  ·  " + translate("NextFree", "not read again")
        if checked.offered:
            return "check", theme.success, "  ·  " + translate("NextFree", "still free")
        return "cancelled", theme.danger, "  ·  " + translate("NextFree", "gone")

"""At the top of the window, only while there is something to see to: one line a task, leading to its appointment."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from receptionapp.domain.open_task import OpenTask, TaskKind
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    CapabilitiesKnown,
    Change,
    ConfirmedInEhr,
    OutcomeChecked,
    TimeslotsLoaded,
)
from ui.icons import icon
from ui.labels import label, plain_tooltip
from ui.layouts import line_up
from ui.theme import Theme
from ui.words.appointments import task_text

translate = QCoreApplication.translate

LINES = 4  # more are scrolled to, so that the book keeps its room
_ICON = QSize(28, 16)  # wider than the picture, so that words begin where those of the strips above do
_KEY = Qt.ItemDataRole.UserRole
_ICONS = {
    TaskKind.UNKNOWN: ("unknown", "warning"),
    TaskKind.CODE: ("code", "accent"),
    TaskKind.TWO: ("warning", "danger"),
    TaskKind.OFFERED: ("unknown", "warning"),
}


class TasksStrip(QFrame):
    """Signals: task_chosen (key): go to that appointment. left: Esc was pressed."""

    task_chosen = Signal(object)
    left = Signal()

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._tasks: tuple[OpenTask, ...] = ()
        self.setProperty("role", "tasks")
        self._lines = _Lines()
        self._lines.setAccessibleName(translate("Tasks", "Open tasks"))
        self._lines.itemClicked.connect(self._choose)
        self._lines.entered_on.connect(self._choose)
        self._lines.left.connect(self.left)
        self._count = label("strong")
        self._count.setWordWrap(False)
        line_up(
            (self._lines, 1), (self._count, 0, Qt.AlignmentFlag.AlignTop), on=self, margins=(2, 4, 12, 4), spacing=12
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        store.watch(
            self._on_changed, OutcomeChecked, CapabilitiesKnown, AppointmentsChanged, TimeslotsLoaded, ConfirmedInEhr
        )
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said, one text a task."""
        return tuple(self._lines.item(row).text() for row in range(self._lines.count()))

    def take_focus(self) -> None:
        """To the first task, or the one chosen last. Does nothing while there is none."""
        if self.isVisible():
            self._lines.setCurrentRow(max(0, self._lines.currentRow()))
            self._lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, OutcomeChecked | CapabilitiesKnown) or (
            isinstance(change, AppointmentsChanged) and self._store.snapshot.open_tasks() != self._tasks
        ):
            self._show()
        elif isinstance(change, TimeslotsLoaded | ConfirmedInEhr):
            self._show_doubts()

    def _show_doubts(self) -> None:
        """Of all that a read brings only what is offered again matters here, which is seldom anything."""
        shown = {task.appointment.key for task in self._tasks if task.kind is TaskKind.OFFERED}
        if shown != self._store.snapshot.offered_again:
            self._show()

    def _show(self) -> None:
        """The line that was chosen stays chosen."""
        snapshot = self._store.snapshot
        emr = snapshot.emr
        chosen = self._lines.currentItem().data(_KEY) if self._lines.currentItem() else None
        self._tasks = snapshot.open_tasks()
        self._lines.clear()
        for task in self._tasks:
            text = task_text(task, snapshot.looks.get(task.appointment.key), snapshot.zone, emr)
            name, role = _ICONS[task.kind]
            item = QListWidgetItem(icon(name, self._theme, role), text)
            item.setData(_KEY, task.appointment.key)
            item.setToolTip(plain_tooltip(text))
            self._lines.addItem(item)
            if task.appointment.key == chosen:
                self._lines.setCurrentItem(item)
        self._lines.fit(LINES)
        self._count.setText(translate("Tasks", "{count} in all").format(count=len(self._tasks)))
        self._count.setVisible(len(self._tasks) > LINES)  # fewer are all in sight
        self.setVisible(bool(self._tasks))

    def _choose(self, item: QListWidgetItem) -> None:
        key: UUID = item.data(_KEY)
        self.task_chosen.emit(key)


class _Lines(QListWidget):
    """Enter chooses as a click does; the arrow keys only walk."""

    entered_on = Signal(QListWidgetItem)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setIconSize(_ICON)

    def fit(self, most: int) -> None:
        """As high as its lines, but not more than so many."""
        shown = min(self.count(), most)
        self.setFixedHeight(shown * max(1, self.sizeHintForRow(0)) + 2 * self.frameWidth() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self.entered_on.emit(item)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

"""Quiet strips: a test connection, a desk without users, a newer version, open tasks."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy, QToolButton, QWidget

from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.open_task import OpenTask, TaskKind
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    CapabilitiesKnown,
    Change,
    ConfirmedInEhr,
    DayBegan,
    OutcomeChecked,
    ProfileKnown,
    TimeslotsLoaded,
)
from receptionapp.system.updates import Update
from ui.labels import label, line_up, plain_tooltip, push_button
from ui.theme import Theme, icon
from ui.words.appointments import task_text

translate = QCoreApplication.translate

STRIPE = 12  # pixels, of a stripe and of the gap beside it
STRIPED = 96  # pixels, at either end


class ProfileStrip(QFrame):
    """Shows itself where the store says that the connection is a test."""

    def __init__(self, store: BookStore, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "test")
        words = label(
            "banner", translate("ProfileBand", "TEST CONNECTION: made-up people only. Book no real patient here.")
        )
        words.setProperty("kind", "test")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line_up(words, on=self, margins=(STRIPED, 0, STRIPED, 0))
        store.watch(self._show_profile, ProfileKnown)
        if store.snapshot.profile is not ConnectionProfile.TEST:
            self.hide()  # and not shown otherwise: without a parent yet, it would be a window

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.warning))
        for left in (0, self.width() - STRIPED):
            _stripe(painter, QRect(left, 0, STRIPED, self.height()))
        painter.end()

    def _show_profile(self, change: ProfileKnown) -> None:
        self.setVisible(change.profile is ConnectionProfile.TEST)


def _stripe(painter: QPainter, area: QRect) -> None:
    painter.setClipRect(area)
    height = area.height()
    for left in range(area.left() - height, area.right() + STRIPE, 2 * STRIPE):
        corners = ((left, height), (left + height, 0), (left + height + STRIPE, 0), (left + STRIPE, height))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


class FirstUserStrip(QFrame):
    """Signals: wanted: name the first one now. Put off, it is gone until the next start."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("kind", "waiting")
        begin = push_button(translate("FirstUserBand", "Name the first one …"), self.wanted)
        later = push_button(translate("FirstUserBand", "Later"), self.hide)
        line_up(
            (
                label(
                    "",
                    translate(
                        "FirstUserBand",
                        "Nobody is named at this desk yet: it can't lock, and the record can't tell who did what.",
                    ),
                ),
                1,
            ),
            begin,
            later,
            on=self,
            margins=(12, 4, 8, 4),
            spacing=8,
        )
        self.hide()


class UpdateStrip(QFrame):
    """Hidden until `show_update`. Opens the link only when it is pressed."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._link = ""
        self.setProperty("role", "update")
        self._words = label("muted")
        self._where = QToolButton()
        self._where.setText(translate("UpdateNotice", "Where to get it"))
        self._where.setProperty("kind", "link")
        self._where.clicked.connect(self._open)
        away = QToolButton()
        away.setAutoRaise(True)
        away.setText("×")
        away.setAccessibleName(translate("UpdateNotice", "Put the notice away"))
        away.setToolTip(away.accessibleName())
        away.clicked.connect(self.hide)
        line_up((self._words, 1), self._where, away, on=self, margins=(12, 2, 8, 2), spacing=8)
        self.hide()

    def show_update(self, update: Update) -> None:
        """Its text comes from outside: plain, one line, and no more than its length."""
        available = translate("UpdateNotice", "Version {version} is available.").format(version=update.version)
        news = update.news.get(self._language) or update.news.get("en", "")
        self._words.setText(f"{available} {news}".strip())
        self._link = update.link
        self._where.setToolTip(plain_tooltip(update.link))
        self.show()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link))


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
    escape_pressed = Signal()

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
        self._lines.left.connect(self.escape_pressed)
        self._count = label("strong")
        self._count.setWordWrap(False)
        line_up(
            (self._lines, 1), (self._count, 0, Qt.AlignmentFlag.AlignTop), on=self, margins=(2, 4, 12, 4), spacing=12
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        store.watch(
            self._on_changed, OutcomeChecked, CapabilitiesKnown, AppointmentsChanged, TimeslotsLoaded, ConfirmedInEhr
        )
        store.watch(self._show, DayBegan)
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
            check = snapshot.outcome_checks.get(task.appointment.key)
            text = task_text(task, check, snapshot.zone, emr, self._store.now())
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

"""The one field (Ctrl+K), above the panel: what is typed there is looked for everywhere."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded, DayBegan, PeopleFound
from ui.fields import TextField
from ui.finder.sources import FinderContext, Hit, HitGroup, Remark, find_hits, new_patient_hit
from ui.labels import announce, line_up
from ui.theme import Theme, icon, pixmap

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


translate = QCoreApplication.translate


class FinderField(QWidget):
    """Signals: people_wanted (text): look in the ledger; the store brings the answer.
    chosen (`hits.Found`): the user wants this one. The keyboard is back where it was by then."""

    people_wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self, store: BookStore, theme: Theme, keys: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look_around: Callable[[], FinderContext | None] | None = None
        self._answer = PeopleFound("", ())  # to the text that was asked for last, or its beginning
        self._enter_waits = False
        self._walked = False  # whether the mark was moved by hand
        self._came_from: QWidget | None = None
        self.setObjectName("finderBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = TextField()
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.field.setPlaceholderText(translate("Finder", "Find anything ({keys})").format(keys=native))
        self.field.setAccessibleName(translate("Finder", "Find patients, free times, days and commands"))
        self.field.setToolTip(
            translate("Finder", "A name or birth date, “next free”, “friday”, “week 50”, or a command")
        )
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)  # edited is only what comes by keys, and not what is dictated
        self._mark = self.field.addAction(icon("search", theme, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.popup = FinderPopup(theme, self)
        self.popup.setAccessibleName(translate("Finder", "Found"))
        self.popup.taken.connect(self._take)
        line_up(self.field, on=self, margins=(16, 8, 16, 8))
        store.watch(self._on_found, PeopleFound)
        store.watch(self._on_clinic, ClinicLoaded, DayBegan)

    def set_theme(self, theme: Theme) -> None:
        self._mark.setIcon(icon("search", theme, "muted"))
        self.popup.set_theme(theme)

    def set_context_source(self, look_around: Callable[[], FinderContext | None]) -> None:
        """Where to look; None while there is nothing. Hand over a method of somebody who lives as long as this."""
        self._look_around = look_around

    def search_again(self) -> None:
        """There is more to find than when the text was typed."""
        if self._text:
            self.people_wanted.emit(self._text)
            self._show_hits()

    def take_focus(self) -> None:
        if not self.field.hasFocus():
            self._came_from = QApplication.focusWidget()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_and_return(self) -> None:
        """Close, and give the keyboard back to where it was."""
        came_from, self._came_from = self._came_from, None
        self.clear_for_good()
        if came_from is not None and shiboken6.isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()

    def forget(self, reference: str) -> None:
        """Somebody's details were wiped: nothing that was found stays if they are among it."""
        if any(person.reference == reference for person in self._answer.people):
            self.clear_for_good()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Esc in the field are about the list."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(Qt.Key(event.key()))
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()  # the panel's shortcut would get it
                    return True
            elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and _moved_on(event):
                self.clear_for_good()
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walked = True
            self.popup.step(1 if key == Qt.Key.Key_Down else -1)
            self._say_marked()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.close_and_return()
        else:
            return False
        return True

    @property
    def _text(self) -> str:
        return self.field.text().strip()

    def _typed(self) -> None:
        self._enter_waits = self._walked = False
        if not self._text.startswith(self._answer.text):
            self._answer = PeopleFound(
                "", ()
            )  # until the answer comes, those for fewer letters are better than a list that jumps
        if not self._text:
            self.popup.forget()
            return
        if self._answer.text != self._text:
            self.people_wanted.emit(self._text)
        self._show_hits()

    def _on_clinic(self) -> None:
        """No time of the care unit before is offered in this one, and no "tomorrow" of the day before."""
        if self._text:
            self._show_hits()

    def _on_found(self, change: PeopleFound) -> None:
        if self.field.hasFocus() and change.text == self._text:
            self._answer = change
            self._show_hits()
            self._say_count()
            if self._enter_waits:
                self._enter()

    def _show_hits(self) -> None:
        around = self._look_around() if self._look_around else None
        if around is None:
            return
        hits = find_hits(self._text, self._answer, around)
        if not hits and self._answer.text == self._text:
            hits = (new_patient_hit(self._text),)
        if hits:
            window = self._popup_window()
            corner = QRect(self.field.mapTo(window, QPoint(0, 0)), self.field.size())
            self.popup.show_hits(hits, corner, window, stay=self._walked, mark=self._may_mark(hits[0]))
        else:
            self.popup.forget()

    def _may_mark(self, first: Hit) -> bool:
        """Whether Enter may take the first one: not of people whom name and birth date don't tell apart."""
        return not isinstance(first.target, Person | Remark) or first.target == self._answer.identified

    def _popup_window(self) -> QWidget:
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
        return window

    def _enter(self) -> None:
        """Take what is marked; before the ledger has answered, the press is kept: the answer may be what is meant."""
        self._enter_waits = self._answer.text != self._text and bool(self._text)
        if not self._enter_waits and self.popup.marked is not None:
            self._take(self.popup.marked)

    def _take(self, hit: Hit) -> None:
        if isinstance(hit.target, Remark):
            return
        self.close_and_return()
        self.chosen.emit(hit.target)

    def clear_for_good(self) -> None:
        """Nothing typed or found is left, and Ctrl+Z brings none of it back, as it would after `clear`."""
        self._enter_waits = self._walked = False
        self._answer = PeopleFound("", ())
        self.field.setText("")
        self.popup.forget()

    def _say_count(self) -> None:
        count = self.popup.count
        said = translate("Finder", "Nothing found") if not count else translate("Finder", "{count} found")
        marked = self.popup.marked
        self._say(". ".join([said.format(count=count), *([spoken(marked)] if marked else [])]))

    def _say_marked(self) -> None:
        if self.popup.marked is not None:
            self._say(spoken(self.popup.marked))

    def _say(self, text: str) -> None:
        announce(self.field, text)


def _moved_on(event: QFocusEvent) -> bool:
    """Whether the keyboard went elsewhere for good, not to a menu or another program."""
    return event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)

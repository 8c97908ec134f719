"""A press that hits what has just taken the place of something else, as of a double click on "Book", presses
nothing."""

from weakref import ref

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QPlainTextEdit, QTextEdit, QWidget

from ui.book.view import BookView

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SecondClickGuard(QObject):
    """Within the double-click interval a press counts only if it hits what the press before it hit, or what stood there
    already. Enter that is held down counts once, except where it begins a new line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._at = 0  # ms, as events are stamped
        self._point = QPoint()
        self._target: tuple[object, ...] = ()
        self._stood: frozenset[tuple[object, ...]] = frozenset()
        self._stamp: tuple[int, QEvent.Type] | None = None  # of the press that was judged last
        self._drops = False
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESSES and isinstance(watched, QWidget) and isinstance(event, QMouseEvent):
            return self._drops_press(watched, event)
        if kind == QEvent.Type.MouseButtonRelease and isinstance(watched, QWidget):
            return self._drops
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.isAutoRepeat():
            return event.key() in _ENTER and not isinstance(watched, QPlainTextEdit | QTextEdit)
        return False

    def _drops_press(self, widget: QWidget, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        stamp = (event.timestamp(), event.type())
        if self._drops and stamp == self._stamp:
            return True
        if stamp == self._stamp:  # the same press, handed on to a parent
            return False
        self._stamp = stamp
        self._drops = self._hits_another(widget, event)
        if not self._drops:
            self._target = _target(widget, event.position().toPoint())
            self._stood = _buttons_in(widget.window())
        self._at, self._point = event.timestamp(), event.globalPosition().toPoint()
        return self._drops

    def _hits_another(self, widget: QWidget, event: QMouseEvent) -> bool:
        if event.timestamp() - self._at > QApplication.doubleClickInterval():
            return False
        target = _target(widget, event.position().toPoint())
        if not self._target or target == self._target:
            return False
        moved = (event.globalPosition().toPoint() - self._point).manhattanLength()
        is_new = isinstance(widget, QAbstractButton) and _standing(widget) not in self._stood
        return is_new or moved <= QApplication.startDragDistance()


def _target(widget: QWidget, point: QPoint) -> tuple[object, ...]:
    """What a press there means, so that two can be compared."""
    if isinstance(widget, QAbstractButton):
        return ref(widget), widget.text()
    around = widget.parent()
    if isinstance(around, BookView) and around.viewport() is widget:
        return ref(widget), around.place_at(point)
    if isinstance(around, QAbstractItemView) and around.viewport() is widget:
        index = around.indexAt(point)
        return ref(widget), index.row(), index.data(), index.data(Qt.ItemDataRole.UserRole)
    return (ref(widget),)


def _buttons_in(window: QWidget) -> frozenset[tuple[object, ...]]:
    return frozenset(_standing(button) for button in window.findChildren(QAbstractButton) if button.isVisible())


def _standing(button: QAbstractButton) -> tuple[object, ...]:
    corner = button.mapToGlobal(QPoint(0, 0))
    return id(button), button.text(), corner.x(), corner.y()

"""When nobody has touched the keyboard or the mouse for a while."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    )
)


class IdleWatch(QObject):
    """Listens at the program's own windows, so that only what a person does costs a call.

    Signals: idle: for so long nobody has been here. Once, until somebody has.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._limit = 0.0
        self._touched = time.monotonic()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen_at)
            self._listen_at(app.focusWindow())

    def watch(self, seconds: float) -> None:
        """From now on; 0 stops it."""
        self._limit = seconds
        self._touched = time.monotonic()
        if seconds:
            self._timer.start(int(seconds * 1000))
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = time.monotonic()
        return False

    def _listen_at(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _look(self) -> None:
        left = self._limit - (time.monotonic() - self._touched)
        if left <= 0:
            self.idle.emit()
        else:
            self._timer.start(int(left * 1000) + 1)

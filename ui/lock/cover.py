"""Takes everything about anybody off the screen, puts it back, and notices when nobody is there.

Nothing is painted over or hidden: what the window shows, and dialogs, are taken out of the tree that screen readers
walk.
"""

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QClipboard, QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid


@dataclass(frozen=True, slots=True)
class _Dialog:
    dialog: QWidget
    parent: QWidget | None
    flags: Qt.WindowType
    modality: Qt.WindowModality
    focus: QWidget | None


class ScreenCover(QObject):
    """Before `window`, with `page` in front."""

    def __init__(self, window: QMainWindow, page: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._aside = QWidget()  # never shown, and so in nobody's tree
        window.destroyed.connect(self._aside.deleteLater)
        self._page.setParent(self._aside)
        self._content: QWidget | None = None
        self._children: list[QWidget] = []
        self._dialogs: list[_Dialog] = []
        self._opened_behind: list[QWidget] = []
        self._menus: list[QAction] = []
        self._focus: QWidget | None = None
        self._copied_here = False
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)

    @property
    def is_covering(self) -> bool:
        return self._content is not None

    @property
    def holds_dialogs(self) -> bool:
        """Whether some dialog was open, with something half typed in it perhaps."""
        return any(map(isValid, (*(kept.dialog for kept in self._dialogs), *self._opened_behind)))

    def cover(self) -> None:
        """Cover everything. What is under way goes on behind it."""
        if self.is_covering:
            return
        self._focus = QApplication.focusWidget()
        while popup := QApplication.activePopupWidget():
            popup.close()
        QToolTip.hideText()
        self.clear_own_clipboard()
        for widget in QApplication.topLevelWidgets():
            self._take_aside(widget)
        self._content = self._take_out_content()
        for child in self._window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child is not self._window.menuBar() and not child.isWindow():
                self._children.append(child)
                child.hide()
                child.setParent(self._aside)
        self._menus = [action for action in self._window.menuBar().actions() if action.isVisible()]
        for action in self._menus:
            action.setVisible(False)
        self._window.setCentralWidget(self._page)
        self._page.show()
        self._application().installEventFilter(self)

    def uncover(self) -> None:
        """Put everything back, and the keyboard where it was."""
        if self._content is None:
            return
        self._take_opened_aside()
        self._application().removeEventFilter(self)
        self._take_out_content()
        self._window.setCentralWidget(self._content)
        self._content.show()
        self._content = None
        for child in self._children:
            if isValid(child):
                child.setParent(self._window)
        self._children.clear()
        for action in self._menus:
            action.setVisible(True)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        kept, self._dialogs = self._dialogs, []
        for dialog in kept:
            if isValid(dialog.dialog):
                _bring_back(dialog)

    def discard_dialogs(self) -> None:
        """Close those that were open, as with Esc: nothing of them is sent."""
        self._take_opened_aside()
        kept, self._dialogs = self._dialogs, []
        for dialog in reversed(kept):
            if not isValid(dialog.dialog):
                continue
            if isinstance(dialog.dialog, QDialog):
                dialog.dialog.reject()
            dialog.dialog.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What opens while it is locked waits like the rest; Qt asks here just before it is on the screen."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._must_wait(watched):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._opened_behind.append(watched)
            QTimer.singleShot(0, self, self._take_opened_aside)
        return False

    def _must_wait(self, widget: QWidget) -> bool:
        passing = widget.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
        return widget.isWindow() and not passing and not isinstance(widget, QMainWindow) and widget is not self._aside

    def _take_opened_aside(self) -> None:
        """Also just before everything is put back; and one that was closed meanwhile may be opened again later."""
        opened, self._opened_behind = self._opened_behind, []
        for widget in filter(isValid, opened):
            self._take_aside(widget)
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)

    def _take_aside(self, widget: QWidget) -> None:
        if not widget.isVisible() or not self._must_wait(widget):
            return
        if isinstance(widget, QFileDialog):
            widget.reject()  # the system's own, which can't be kept: it is opened again by one press
            return
        parent, flags = widget.parentWidget(), widget.windowFlags()
        self._dialogs.append(_Dialog(widget, parent, flags, widget.windowModality(), widget.focusWidget()))
        widget.hide()
        widget.setParent(self._aside, Qt.WindowType.Widget)

    def _note_copy(self) -> None:
        """Note that the clipboard was filled from this program, which had the keyboard; not every platform can be
        asked."""
        self._copied_here = QGuiApplication.focusWindow() is not None

    def clear_own_clipboard(self) -> None:
        """It may be a name. What another program put on the clipboard is not ours to take away."""
        clipboard = QGuiApplication.clipboard()
        if self._copied_here or clipboard.ownsClipboard():
            clipboard.clear()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._copied_here = False

    def _take_out_content(self) -> QWidget:
        """Take the content out of the window and return it, in one step, so that it is dressed anew only once."""
        content = self._window.centralWidget()
        if content is None:
            raise RuntimeError("the window is empty")
        content.setParent(self._aside)
        return content

    def _application(self) -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101, there is no widget without one
        return app


def _bring_back(kept: _Dialog) -> None:
    geometry = kept.dialog.geometry()
    kept.dialog.setParent(kept.parent if kept.parent is None or isValid(kept.parent) else None, kept.flags)
    kept.dialog.setGeometry(geometry)
    kept.dialog.setWindowModality(kept.modality)
    kept.dialog.show()
    kept.dialog.activateWindow()
    if kept.focus is not None and isValid(kept.focus):
        kept.focus.setFocus(Qt.FocusReason.OtherFocusReason)


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
    """Listens at the program's own windows. Signals: idle: for so long nobody has been here; once, until somebody
    has."""

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

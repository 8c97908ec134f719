"""A dialog that is always large enough for its texts (Qt's own keeps its size), and one that asks where to save."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QScrollArea, QWidget

_AROUND = 48  # pixels of the screen that a dialog leaves: its title bar, and a bar of the system's
_LEAST = 120  # pixels of a page that are always in sight


class GrowingDialog(QDialog):
    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._grow()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        width = max(self.width(), layout.totalMinimumSize().width())
        height = max(self.height(), layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0)
        if self.findChild(PageOfFields) is not None:
            height = min(height, self.screen().availableSize().height() - _AROUND)
        self.resize(width, height)


class PageOfFields(QScrollArea):
    """What is between a dialog's edge and its buttons: as high as it needs to be, and scrolled on a low screen."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def bring_to_sight(self, part: QWidget) -> None:
        """Scroll until a part of the page is seen, once all that was just shown has its place."""
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part))

    def heightForWidth(self, width: int) -> int:
        return self._page.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), _LEAST)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What gets higher in the page does so in the dialog: Qt ends at a scroll area."""
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def ask_where_to_save(parent: QWidget, title: str, name: str, then: Callable[[str], None]) -> None:
    """The file that is chosen goes to `then`. Not the system's own `exec`: the program goes on behind it."""
    ending = Path(name).suffix.removeprefix(".")
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    asking = QFileDialog(parent, title, str(Path(folder) / name), f"{ending.upper()} (*.{ending})")
    asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asking.setDefaultSuffix(ending)
    asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asking.fileSelected.connect(then)
    asking.open()

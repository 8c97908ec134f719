"""A dialog that is always large enough for its texts. Qt's own keeps its size when a wrapped text gets longer."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog


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
        self.resize(width, height)

"""An outline around one control, and an arrow to it: the tour means this one. It takes no clicks and no keyboard."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import theme_of

ROOM = 3  # pixels between the control and the outline
ARROW = 12  # pixels that the arrow on the left takes: an outline alone looks like the keyboard's


class Mark(QWidget):
    """Follows its control wherever it goes, and hides with it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._control: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def control(self) -> QWidget | None:
        """What is outlined, if anything is."""
        return self._control

    def show_on(self, control: QWidget | None) -> None:
        """Outline this one; None outlines nothing."""
        if control is not self._control:
            if self._control is not None and shiboken6.isValid(self._control):
                self._control.removeEventFilter(self)
            self._control = control
            if control is not None:
                control.installEventFilter(self)
        self.follow()

    def follow(self) -> None:
        """Be where the control now is: what moves its parents moves it too."""
        control, window = self._control, self._window
        if (
            control is None
            or not shiboken6.isValid(control)
            or not control.isVisible()
            or not window.isAncestorOf(control)
        ):
            self.hide()
            return
        corner = control.mapTo(window, QPoint(0, 0))
        around = QRect(corner, control.size()).adjusted(-ROOM - ARROW, -ROOM, ROOM, ROOM)
        self.setGeometry(around.intersected(window.rect()))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self.follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme_of(self.palette()).accent)
        painter.setPen(QPen(accent, 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(ARROW + 1, 1, -1, -1), 7, 7)
        middle = min(self.height() / 2, 24.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        corners = (QPointF(1, middle - 6), QPointF(ARROW - 2, middle), QPointF(1, middle + 6))
        painter.drawPolygon(corners)
        painter.end()

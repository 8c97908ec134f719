"""The tour's card, which says the task, and the outline around the control that the tour means."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from receptionapp.services.tour_progress import TourProgress, TourTask
from ui.labels import label
from ui.layouts import ROOM, line_up, stack
from ui.theme import theme_of

translate = QCoreApplication.translate

LEAST_HEIGHT = 60  # the same for one line and for two at this font: the book must not jump from hint to hint


class TourCard(QFrame):
    """Signals: started, put_off: the answer to the offer. skipped, ended: out of a task, or out of the tour.
    look_wanted: into the practice clinic's EHR. guide_wanted: read on."""

    started = Signal()
    put_off = Signal()
    skipped = Signal()
    ended = Signal()
    look_wanted = Signal()
    guide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tour")
        self._steps = _Steps()
        self._heading = label("strong")
        self._words = label()
        self._buttons = {
            signal: _button(text, kind)
            for signal, text, kind in (
                ("look_wanted", "", ""),
                ("started", translate("Tour", "Start the tour"), "primary"),
                ("put_off", translate("Tour", "Not now"), ""),
                ("skipped", translate("Tour", "Skip this task"), ""),
                ("guide_wanted", translate("Tour", "Open the guide"), ""),
                ("ended", translate("Tour", "End the tour"), ""),
            )
        }
        words = stack(ROOM, self._heading, self._words, ROOM, spacing=4)
        row = line_up(
            (self._steps, 0, Qt.AlignmentFlag.AlignVCenter), 8, (words, 1), on=self, margins=(16, 8, 12, 8), spacing=8
        )
        for name, button in self._buttons.items():
            button.clicked.connect(getattr(self, name))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def text(self) -> str:
        """What the card says; nothing while it is hidden."""
        return "" if self.isHidden() else f"{self._heading.text()} {self._words.text()}"

    def offer(self) -> None:
        """Ask whether to begin."""
        self._steps.hide()
        self._tell(
            translate("Tour", "New here? Learn it by doing"),
            translate("Tour", "Five short tasks with made-up patients, about ten minutes. You can stop at any time."),
            "started",
            "put_off",
        )

    def show_task(self, progress: TourProgress, heading: str, words: str, look: str = "") -> None:
        """One thing to do now. `look` is the text of the button that looks into the EHR, where that is the thing."""
        self._steps.show_progress(progress)
        self._buttons["look_wanted"].setText(look)
        self._tell(heading, words, *(["look_wanted"] if look else []), "skipped", "ended")

    def show_end(self, progress: TourProgress, heading: str, words: str) -> None:
        self._steps.show_progress(progress)
        self._tell(heading, words, "guide_wanted", "ended")

    @property
    def look_button(self) -> QPushButton:
        """The one that looks into the EHR."""
        return self._buttons["look_wanted"]

    def take_focus(self) -> None:
        first = next(button for button in self._buttons.values() if not button.isHidden())
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, heading: str, words: str, *buttons: str) -> None:
        said = (heading, words)
        is_new = self.isHidden() or said != (self._heading.text(), self._words.text())
        self._heading.setText(heading)
        self._words.setText(words)
        for name, button in self._buttons.items():
            button.setVisible(name in buttons)
        self._buttons["ended"].setText(
            translate("Tour", "Close") if "guide_wanted" in buttons else translate("Tour", "End the tour")
        )
        self.show()
        if is_new:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{heading} {words}"))


class _Steps(QWidget):
    """A dot a task: filled when done, ringed while it is meant, small where it was skipped or is to come."""

    def __init__(self) -> None:
        super().__init__()
        self._progress = TourProgress()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_progress(self, progress: TourProgress) -> None:
        self._progress = progress
        count = translate("Tour", "{done} of {all} tasks done").format(done=len(progress.done), all=len(TourTask))
        self.setAccessibleName(count)
        self.setToolTip(count)
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(16 * len(TourTask), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, lesson in enumerate(TourTask):
            done, now = lesson in self._progress.done, lesson is self._progress.lesson
            painter.setPen(QPen(QColor(theme.accent if done or now else theme.edge), 2))
            painter.setBrush(QColor(theme.accent if done else theme.paper))
            size = 10 if done or now else 6
            painter.drawEllipse(QRectF(16 * index + 8 - size / 2, 10 - size / 2, size, size))
        painter.end()


def _button(text: str, kind: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on it must not take the keyboard from the book
    made.setAutoDefault(True)
    return made


GAP = 3  # pixels between the control and the outline
ARROW = 12  # pixels that the arrow on the left takes: an outline alone looks like the keyboard's


class ControlOutline(QWidget):
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
        around = QRect(corner, control.size()).adjusted(-GAP - ARROW, -GAP, GAP, GAP)
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

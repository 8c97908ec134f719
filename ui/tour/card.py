"""The tour's card: which task, what to do now, and the ways out. It has a row of its own, so that it covers nothing."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from receptionapp.services.tour_progress import Lesson, Progress
from ui.labels import label
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
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self._heading)
        words.addWidget(self._words)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addLayout(words, 1)
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

    def show_task(self, progress: Progress, heading: str, words: str, look: str = "") -> None:
        """One thing to do now. `look` is the text of the button that looks into the EHR, where that is the thing."""
        self._steps.show_progress(progress)
        self._buttons["look_wanted"].setText(look)
        self._tell(heading, words, *(["look_wanted"] if look else []), "skipped", "ended")

    def show_end(self, progress: Progress, heading: str, words: str) -> None:
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
        self._progress = Progress()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_progress(self, progress: Progress) -> None:
        self._progress = progress
        count = translate("Tour", "{done} of {all} tasks done").format(done=len(progress.done), all=len(Lesson))
        self.setAccessibleName(count)
        self.setToolTip(count)
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(16 * len(Lesson), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, lesson in enumerate(Lesson):
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

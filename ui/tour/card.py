"""The tour's card, which says the task, and the outline around the control that the tour means."""

from collections.abc import Mapping

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from receptionapp.services.tour_progress import TourHint, TourProgress, TourTask
from ui.labels import ROOM, announce, label, line_up, push_button, stack
from ui.theme import theme_of

translate = QCoreApplication.translate


def task_heading(progress: TourProgress) -> str:
    """What has just been done, and the task that is next."""
    lesson = progress.task
    if lesson is None:
        return translate("Tour", "That was the tour")
    number = list(TourTask).index(lesson) + 1
    task = f"{number}. {_TASKS[lesson]()}"
    return f"✓ {_praise(progress)} {task}" if progress.latest is not None else task


def hint_text(progress: TourProgress, hint: TourHint, facts: Mapping[str, str]) -> str:
    """`facts` are the keys of the commands by their names, the EHR's name, somebody's name and a made-up number."""
    own = _IN_LESSON.get((progress.task, hint)) if progress.task else None
    return (own or _HINTS[hint])().format_map(facts)


def closing_text(progress: TourProgress, facts: Mapping[str, str]) -> str:
    """The last words."""
    said = translate("Tour", "{guide} opens the guide at any time. The tour can be taken again from the Help menu.")
    return " ".join([*([_praise(progress)] if progress.latest else []), said.format_map(facts)])


def look_button_text(emr: str) -> str:
    return translate("Tour", "Look in {emr}").format(emr=emr)


def _praise(progress: TourProgress) -> str:
    if progress.latest is TourTask.UNKNOWN and progress.contradicted:
        return translate(
            "Tour",
            "Settled, but the EHR does have it: at a real desk that patient would come, and nobody would expect it.",
        )
    return _PRAISE[progress.latest]() if progress.latest else ""


_TASKS = {
    TourTask.NEXT_FREE: lambda: translate("Tour", "Book the next free time"),
    TourTask.MOVE: lambda: translate("Tour", "Find an appointment and move it"),
    TourTask.CANCEL: lambda: translate("Tour", "Cancel an appointment"),
    TourTask.REGISTER: lambda: translate("Tour", "Register a new patient and book"),
    TourTask.UNKNOWN: lambda: translate("Tour", "When the answer never comes"),
}

_PRAISE = {
    TourTask.NEXT_FREE: lambda: translate("Tour", "Booked."),
    TourTask.MOVE: lambda: translate("Tour", "Moved."),
    TourTask.CANCEL: lambda: translate("Tour", "Cancelled."),
    TourTask.REGISTER: lambda: translate("Tour", "Registered and booked."),
    TourTask.UNKNOWN: lambda: translate("Tour", "Settled: now everybody knows how it stands."),
}

_HINTS = {
    TourHint.WAIT: lambda: translate("Tour", "Sent. The practice clinic is answering …"),
    TourHint.SEARCH: lambda: translate("Tour", "Press {next_free}. The earliest free times are looked for."),
    TourHint.TAKE_TIME: lambda: translate(
        "Tour", "Choose a time with the arrow keys and press Enter, or click it twice. It is read once more."
    ),
    TourHint.CHOOSE_TIME: lambda: translate(
        "Tour", "Click a free time in the book, or press {go_to_book}, walk with the arrow keys and press Enter."
    ),
    TourHint.FIND_PATIENT: lambda: translate(
        "Tour", "Type a few letters of a name, for example “{name}”. Press Enter when the right one is marked."
    ),
    TourHint.BOOK: lambda: translate(
        "Tour", "Read the time and the name back to the caller. Then press {book}, or the Book button."
    ),
    TourHint.CHOOSE_APPOINTMENT: lambda: translate(
        "Tour",
        "Click an appointment in the book; the one you booked will do. By keyboard: {go_to_book}, arrow keys, Enter.",
    ),
    TourHint.MOVE: lambda: translate("Tour", "Press {move}, or the button Move to another time."),
    TourHint.CHOOSE_NEW_TIME: lambda: translate(
        "Tour",
        "Choose the new time in the book, with a click or with the arrow keys and Enter. Esc keeps the old time.",
    ),
    TourHint.MOVE_NOW: lambda: translate("Tour", "Compare from and to beside the book, then press Enter on Move."),
    TourHint.CANCEL: lambda: translate(
        "Tour", "Choose the reason, then press Cancel the appointment. By keyboard: {go_to_panel}, then Tab and Enter."
    ),
    TourHint.NEW_PATIENT: lambda: translate(
        "Tour", "Press {new_patient}. Invent a name; a national number that nobody has is {number}."
    ),
    TourHint.FILL_IN: lambda: translate("Tour", "The made-up number is {number}. Enter sends it. Invent the name."),
    TourHint.OPEN_TASK: lambda: translate(
        "Tour", "The line at the top says what to tell the caller. Press {go_to_tasks} and Enter, or click it."
    ),
    TourHint.LOOK: lambda: translate(
        "Tour",
        "The answer was lost on the way: nobody here knows if it is booked. Do not book again. Look in {emr} first; "
        "in practice, press the button here.",
    ),
    TourHint.IT_IS_THERE: lambda: translate(
        "Tour", "{emr} has the appointment. Press “It is in {emr}” beside the book, and it counts as booked."
    ),
    TourHint.IT_IS_GONE: lambda: translate(
        "Tour", "{emr} does not have it. Press “It is not in {emr}” beside the book; then you may book again."
    ),
}

_IN_LESSON = {
    (TourTask.REGISTER, TourHint.CHOOSE_TIME): lambda: translate(
        "Tour", "Now the time: click a free one in the book, or press {next_free}. The patient stays chosen."
    ),
    (TourTask.UNKNOWN, TourHint.CHOOSE_TIME): lambda: translate(
        "Tour", "Book once more, for whom you like: {next_free}, or a click in the book. This time the line will fail."
    ),
}


LEAST_HEIGHT = 60  # the same for one line and for two at this font: the book must not jump from hint to hint


class TourCard(QFrame):
    """Signals: started, put_off: the answer to the offer. skipped, ended: out of a task, or out of the tour.
    ehr_look_wanted: into the practice clinic's EHR. guide_wanted: read on."""

    started = Signal()
    put_off = Signal()
    skipped = Signal()
    ended = Signal()
    ehr_look_wanted = Signal()
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
                ("ehr_look_wanted", "", ""),
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
        self._buttons["ehr_look_wanted"].setText(look)
        self._tell(heading, words, *(["ehr_look_wanted"] if look else []), "skipped", "ended")

    def show_end(self, progress: TourProgress, heading: str, words: str) -> None:
        self._steps.show_progress(progress)
        self._tell(heading, words, "guide_wanted", "ended")

    @property
    def look_button(self) -> QPushButton:
        """The one that looks into the EHR."""
        return self._buttons["ehr_look_wanted"]

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
            announce(self, f"{heading} {words}")


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
            done, now = lesson in self._progress.done, lesson is self._progress.task
            painter.setPen(QPen(QColor(theme.accent if done or now else theme.edge), 2))
            painter.setBrush(QColor(theme.accent if done else theme.paper))
            size = 10 if done or now else 6
            painter.drawEllipse(QRectF(16 * index + 8 - size / 2, 10 - size / 2, size, size))
        painter.end()


def _button(text: str, kind: str) -> QPushButton:
    made = push_button(text, kind=kind)
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

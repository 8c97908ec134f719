"""What a test has proven so far: a line for each step, with a shape and a word that say the same."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from receptionapp.domain.connection import ConnectionStep
from ui.icons import pixmap
from ui.labels import label
from ui.theme import theme_of

translate = QCoreApplication.translate

_SIZE = 16  # pixels, of the shape


class StepState(StrEnum):
    AHEAD = "ahead"
    PASSED = "passed"
    FAILED = "failed"


class StepList(QWidget):
    """All steps, none of them tried yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("StepList", "Steps of the test"))
        self._states = dict.fromkeys(ConnectionStep, StepState.AHEAD)
        self._shapes = {step: QLabel() for step in ConnectionStep}
        self._sentences = {step: label("", _sentence(step)) for step in ConnectionStep}
        self._words = {step: label("muted") for step in ConnectionStep}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(ConnectionStep):
            self._shapes[step].setFixedWidth(_SIZE)
            self._words[step].setWordWrap(False)
            self._words[step].setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            grid.addWidget(self._shapes[step], row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._sentences[step], row, 1)
            grid.addWidget(self._words[step], row, 2, Qt.AlignmentFlag.AlignRight)
        self.begin()

    def begin(self) -> None:
        """Nothing is proven any more."""
        for step in ConnectionStep:
            self._show(step, StepState.AHEAD)

    def mark(self, step: ConnectionStep, *, passed: bool) -> None:
        self._show(step, StepState.PASSED if passed else StepState.FAILED)
        said = f"{self._sentences[step].text()}: {self._words[step].text()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _show(self, step: ConnectionStep, state: StepState) -> None:
        theme = theme_of(self.palette())
        name, colour, role = {
            StepState.AHEAD: ("clock", theme.muted, "muted"),
            StepState.PASSED: ("check", theme.success, "success"),
            StepState.FAILED: ("close", theme.danger, "fault"),
        }[state]
        word = self._words[step]
        self._shapes[step].setPixmap(pixmap(name, colour, _SIZE, self.devicePixelRatioF()))
        word.setText(_word(state))
        word.setProperty("role", role)
        word.style().polish(word)


def _sentence(step: ConnectionStep) -> str:
    return {
        ConnectionStep.ADDRESS: translate("StepList", "Leyr's address is reached"),
        ConnectionStep.CERTIFICATE: translate("StepList", "The line is safe"),
        ConnectionStep.CREDENTIALS: translate("StepList", "Client id and secret are accepted"),
        ConnectionStep.EMR: translate("StepList", "The EHR answers"),
        ConnectionStep.CARE_UNITS: translate("StepList", "There are care units"),
    }[step]


def _word(state: StepState) -> str:
    return {
        StepState.AHEAD: translate("StepList", "not tried"),
        StepState.PASSED: translate("StepList", "yes"),
        StepState.FAILED: translate("StepList", "stopped here"),
    }[state]

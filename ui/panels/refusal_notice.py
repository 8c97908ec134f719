"""In a form: why what was wished did not come about, and the nearest free times to take instead."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from receptionapp.domain.intent import Outcome, WriteNotice
from receptionapp.domain.timeslot import Timeslot
from receptionapp.store.snapshot import Snapshot
from ui.labels import escape_mnemonic, label
from ui.words.formatting import long_day
from ui.words.sentences import notice_sentence

translate = QCoreApplication.translate


class RefusalNotice(QFrame):
    """Hidden but for a refusal. Signals: alternative_wanted (Timeslot)."""

    alternative_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "message")
        self.setProperty("kind", Outcome.REFUSED.value)
        self._text = label()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.addWidget(self._text)
        self._slots: dict[QPushButton, Timeslot] = {}
        self.hide()

    def clear(self) -> None:
        for button in self._slots:
            button.deleteLater()
        self._slots = {}
        self.hide()

    def show_refusal(self, headline: str, notice: WriteNotice, snapshot: Snapshot) -> None:
        self.clear()
        sentence = notice_sentence(notice, snapshot.zone, snapshot.emr)
        text = f"{headline} {sentence.why}"
        if notice.alternatives:
            text += "\n" + translate("SlotForm", "Nearest free times:")
        self._text.setText(text)
        for slot in notice.alternatives:
            local = slot.start.astimezone(snapshot.zone)
            name = snapshot.clinic.resource_name(slot.resource_id) if snapshot.clinic else ""
            button = QPushButton(f"{long_day(local.date())}  {local:%H:%M}\n{escape_mnemonic(name)}")
            button.setProperty("kind", "choice")
            button.clicked.connect(self._chosen)
            self._slots[button] = slot
            self._column.addWidget(button)
        self.show()

    def _chosen(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.alternative_wanted.emit(self._slots[button])

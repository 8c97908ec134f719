"""Notes about a chosen time: whether it still is free, who at another desk works on it, and why a wish for it was
refused."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.intent import Outcome, WriteNotice
from receptionapp.domain.layout import FreeCell
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import DayBegan, FreeTimeChecked, HoldsKnown, LedgerReachable
from receptionapp.store.snapshot import Snapshot
from ui.book.texts import hold_text
from ui.labels import escape_mnemonic, label, line_up, push_button, stack
from ui.words.formatting import clock_time, long_day, moment_text
from ui.words.sentences import notice_sentence

translate = QCoreApplication.translate

SURE_FOR = timedelta(seconds=60)


class AvailabilityLine(QWidget):
    """Hidden but for a time that came from a search."""

    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._cell: FreeCell | None = None
        self._slot: Timeslot | None = None
        self._last: FreeTimeChecked | None = None
        self._words = label("muted")
        line_up((self._words, 1), on=self, margins=0)
        store.watch(self._on_checked, FreeTimeChecked)
        store.watch(self._show, DayBegan)
        self.hide()

    @property
    def is_watching(self) -> bool:
        """Whether the time in the form came from a search."""
        return self._cell is not None

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def show_cell(self, cell: FreeCell | None) -> bool:
        """Say how this one stands; None: nothing is to be said. False when it has to be read again first."""
        self._cell = cell
        last = self._last_of(cell)
        if last is not None and self._store.now() - last.at > SURE_FOR:
            self._last = last = None
        self._show()
        return last is not None

    def show_slot(self, slot: Timeslot | None) -> None:
        """Which of the cell's services is meant."""
        self._slot = slot
        self._show()

    def _on_checked(self, change: FreeTimeChecked) -> None:
        self._last = change
        self._show()

    def _show(self) -> None:
        cell, last = self._cell, self._last_of(self._cell)
        self.setVisible(cell is not None)
        if cell is None:
            return
        if last is None:
            self._show_words(translate("Certainty", "Reading it again …"), "muted")
        elif last.offered is None:
            self._show_words(translate("Certainty", "Could not be read again. Booking will try once more."), "warning")
        elif self._slot in last.offered:
            time = moment_text(last.at, self._store.now(), self._store.snapshot.zone)
            self._show_words(translate("Certainty", "✓ Still free, read {time}").format(time=time), "success")
        else:
            self._show_words(translate("Certainty", "Taken meanwhile. Choose another time."), "fault")

    def _last_of(self, cell: FreeCell | None) -> FreeTimeChecked | None:
        last = self._last
        same = cell and last and (last.cell.start, last.cell.resource_id) == (cell.start, cell.resource_id)
        return last if same else None

    def _show_words(self, text: str, role: str) -> None:
        self._words.setText(text)
        self._words.setProperty("role", role)
        self._words.style().polish(self._words)


class HoldLine(QLabel):
    """Shows itself only while there is something to say."""

    def __init__(self, store: BookStore) -> None:
        super().__init__()
        self._store = store
        self._slot: Timeslot | None = None
        self.setWordWrap(True)
        self.setProperty("role", "badge")
        self.setProperty("kind", "unknown")
        self.hide()
        store.watch(self._show_hold, HoldsKnown, LedgerReachable)

    def show_slot(self, slot: Timeslot | None) -> None:
        self._slot = slot
        self._show_hold()

    def _show_hold(self) -> None:
        clinic, slot = self._store.snapshot.clinic, self._slot
        found = None
        if clinic is not None and slot is not None:
            where = (clinic.care_unit.id, slot.resource_id, slot.start, slot.end)
            found = next((hold for hold in self._store.snapshot.holds if hold.is_on(*where)), None)
        if found is None:
            self.hide()
            return
        said = translate("SlotForm", "This time is {in_use}. Ask there before you book it.")
        self.setText(said.format(in_use=hold_text(found)))
        self.show()


class RefusalNotice(QFrame):
    """Hidden but for a refusal. Signals: alternative_wanted (Timeslot)."""

    alternative_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "message")
        self.setProperty("kind", Outcome.REFUSED.value)
        self._text = label()
        self._column = stack(self._text, on=self, margins=(12, 8, 12, 8))
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
            day, time = clinic_day(slot.start, snapshot.zone), clock_time(slot.start, snapshot.zone)
            name = snapshot.clinic.resource_name(slot.resource_id) if snapshot.clinic else ""
            button = push_button(f"{long_day(day)}  {time}\n{escape_mnemonic(name)}", self._choose, kind="choice")
            self._slots[button] = slot
            self._column.addWidget(button)
        self.show()

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.alternative_wanted.emit(self._slots[button])

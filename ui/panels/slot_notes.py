"""Notes under a chosen time: whether it still is free, and who at another desk works on it."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from receptionapp.domain.page import FreeCell
from receptionapp.domain.timeslot import Timeslot
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, FreeTimeChecked, HoldsKnown, LedgerReachable
from ui.book.texts import hold_text
from ui.labels import label
from ui.words.formatting import clock_time

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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        store.changed.connect(self._on_changed)
        self.hide()

    @property
    def watches(self) -> bool:
        """Whether the time in the form came from a search."""
        return self._cell is not None

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def watch(self, cell: FreeCell | None) -> bool:
        """Say how this one stands; None: nothing is to be said. False when it has to be read again first."""
        self._cell = cell
        last = self._last_of(cell)
        if last is not None and self._store.now() - last.at > SURE_FOR:
            self._last = last = None
        self._show()
        return last is not None

    def of_slot(self, slot: Timeslot | None) -> None:
        """Which of the cell's services is meant."""
        self._slot = slot
        self._show()

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, FreeTimeChecked):
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
            time = clock_time(last.at, self._store.snapshot.zone)
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
        store.changed.connect(self._on_changed)

    def of_slot(self, slot: Timeslot | None) -> None:
        self._slot = slot
        self._show_hold()

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, HoldsKnown | LedgerReachable):
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

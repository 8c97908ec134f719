"""Under a chosen time: that somebody at another desk works on it too. It is advice; the time can be booked."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from receptionapp.domain.timeslot import Timeslot
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, HoldsKnown, LedgerInReach
from ui.book.texts import hold_text

translate = QCoreApplication.translate


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
        if isinstance(change, HoldsKnown | LedgerInReach):
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

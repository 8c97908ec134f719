"""Tells the other desks which time the form for booking is open for, and that it is no more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from receptionapp.domain.timeslot import Timeslot
from receptionapp.store.book_store import BookStore
from ui.panels.slot_form import SlotForm

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk
    from receptionapp.services.other_desks import OtherDesks


class Holding(QObject):
    """Does nothing at a desk that has its ledger alone."""

    def __init__(self, store: BookStore, form: SlotForm, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._others: OtherDesks | None = None
        form.open_for.connect(self._tell)

    def attach(self, desk: "Desk") -> None:
        self._others = desk.other_desks

    def _tell(self, slot: Timeslot | None) -> None:
        clinic = self._store.snapshot.clinic
        if self._others is None:
            return
        if slot is None or clinic is None:
            self._others.let_go()
        else:
            self._others.hold(clinic.care_unit.id, slot)

"""The ledger's appointments on screen: what this clinic's desks booked, or tried to."""

from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.outcome import Reading, ReadingFailed
from receptionapp.ledger.errors import LedgerError, of_ledger
from receptionapp.ledger.ledger import Ledger
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, Told


class Appointments:
    """Reads the ledger for the book."""

    def __init__(self, ledger: Ledger, store: BookStore) -> None:
        self._ledger = ledger
        self._store = store

    async def load_view(self) -> None:
        """Read our appointments of the week on screen."""
        snapshot = self._store.snapshot
        if snapshot.clinic is None:
            return
        start, _ = day_bounds(snapshot.view.week[0], snapshot.zone)
        _, end = day_bounds(snapshot.view.week[-1], snapshot.zone)
        try:
            ours = await self._ledger.appointments(snapshot.clinic.care_unit.id, start, end)
        except LedgerError as error:
            self._store.apply(Told(ReadingFailed(Reading.LEDGER, of_ledger(error))))
            return
        self._store.apply(AppointmentsChanged(tuple(ours)))

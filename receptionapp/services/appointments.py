"""This clinic's appointments on screen, and what an earlier run or a lost desk left unsettled."""

from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.intent import ReadFailure, ReadSubject, Stage
from receptionapp.ledger.errors import LedgerError, problem_from_ledger_error
from receptionapp.ledger.ledger import Ledger
from receptionapp.services.reconciliation import Reconciliation
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, UserNotified


class LedgerAppointments:
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
            self._store.apply(UserNotified(ReadFailure(ReadSubject.LEDGER, problem_from_ledger_error(error))))
            return
        self._store.apply(AppointmentsChanged(tuple(ours)))


class UnfinishedWork:
    """Reads it from the ledger."""

    def __init__(self, ledger: Ledger, store: BookStore, reconciling: Reconciliation) -> None:
        self._ledger = ledger
        self._store = store
        self._reconciling = reconciling

    async def resume(self) -> None:
        """Show all open tasks, and follow every outcome that is unknown until it is settled. Raises LedgerError."""
        tasks = await self._ledger.open_tasks()
        rows = [own for task in tasks for own in (task.appointment, task.new) if own is not None]
        self._store.apply(AppointmentsChanged(tuple(rows)))
        for task in tasks:
            if task.intent is not None and task.intent.stage is Stage.UNKNOWN:
                self._reconciling.follow(task.intent.id)

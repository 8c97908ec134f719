"""What was left unsettled: by an earlier run of this desk, or by another desk that is gone."""

from receptionapp.domain.intent import Stage
from receptionapp.ledger.ledger import Ledger
from receptionapp.services.reconciling import Reconciling
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged


class Left:
    """Reads it from the ledger."""

    def __init__(self, ledger: Ledger, store: BookStore, reconciling: Reconciling) -> None:
        self._ledger = ledger
        self._store = store
        self._reconciling = reconciling

    async def see_to(self) -> None:
        """Show all open tasks, and follow every outcome that is unknown until it is settled. Raises LedgerError."""
        tasks = await self._ledger.open_tasks()
        rows = [own for task in tasks for own in (task.appointment, task.new) if own is not None]
        self._store.apply(AppointmentsChanged(tuple(rows)))
        for task in tasks:
            if task.intent is not None and task.intent.stage is Stage.UNKNOWN:
                self._reconciling.follow(task.intent.id)

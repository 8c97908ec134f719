"""That somebody saw a patient is written down: who, whom and when."""

from itertools import count
from uuid import UUID

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.audit import Deed
from receptionapp.domain.outcome import Reading, ReadingFailed
from receptionapp.domain.patient import Person
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import audit
from receptionapp.ledger.errors import LedgerError
from receptionapp.ledger.ledger import Ledger
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Told


class Looking:
    """One look is one line: the same user with the same card still open writes no second one."""

    def __init__(self, ledger: Ledger, store: BookStore, tasks: TaskBag) -> None:
        self._ledger = ledger
        self._store = store
        self._tasks = tasks
        self._last: tuple[object, ...] = ()
        self._numbers = count(1)

    def opened(self, appointment: OwnAppointment) -> None:
        """The card of an appointment, with the patient on it, is on the screen."""
        self._note(Deed.OPENED, appointment.person.reference, appointment.key)

    def picked(self, person: Person | None) -> None:
        """One of those whom a search found was chosen. None is a choice that was taken back."""
        if person is not None:
            self._note(Deed.PICKED, person.reference)

    def showed_number(self) -> None:
        """The number of somebody who is being registered, and has no reference yet."""
        self._last = ()
        self._note(Deed.SHOWED_NUMBER, None)

    def _note(self, deed: Deed, patient: str | None, appointment: UUID | None = None) -> None:
        look = (self._ledger.writer.user, deed, patient, appointment)
        if look == self._last:
            return
        self._last = look
        self._tasks.start(f"write:look:{next(self._numbers)}", self._write(deed, patient, appointment))

    async def _write(self, deed: Deed, patient: str | None, appointment: UUID | None) -> None:
        try:
            await self._ledger.write(lambda entry: audit.write(entry, deed, patient=patient, appointment=appointment))
        except LedgerError:
            self._last = ()
            self._store.apply(Told(ReadingFailed(Reading.LEDGER, Problem(Reason.LEDGER_FAILED))))

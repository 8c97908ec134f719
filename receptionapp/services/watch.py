"""Who is at the desk and what they look at: made once a ledger is open, beside the `Desk`."""

from dataclasses import dataclass

from receptionapp.ledger.ledger import Ledger
from receptionapp.services.auditing import Auditing
from receptionapp.services.disclosing import Disclosing
from receptionapp.services.looking import Looking
from receptionapp.services.printing import Printing
from receptionapp.services.tasks import TaskBag
from receptionapp.services.users import Users
from receptionapp.store.book_store import BookStore
from receptionapp.store.presence import PresenceStore
from receptionapp.store.record import RecordStore


@dataclass(frozen=True, slots=True)
class Watch:
    users: Users
    looking: Looking
    auditing: Auditing
    disclosing: Disclosing
    printing: Printing

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        store: BookStore,
        presence: PresenceStore,
        record: RecordStore,
        tasks: TaskBag,
        *,
        practice: bool,
        backups: int = 0,
    ) -> "Watch":
        return cls(
            Users(ledger, presence, tasks, practice=practice),
            Looking(ledger, store, tasks),
            Auditing(ledger, presence, record, tasks),
            Disclosing(ledger, store, presence, tasks, backups),
            Printing(ledger, store, tasks),
        )

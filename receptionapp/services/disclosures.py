"""Everything about one person: gathered, given out as a file, and wiped. Each is a line of the record."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.disclosure import Disclosure
from receptionapp.domain.patient import Person
from receptionapp.ledger import audit, personal_data, users
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import LedgerError, LedgerRefusal, NotInLedger, StillNeeded
from receptionapp.ledger.ledger import Ledger
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import PersonWiped
from receptionapp.store.presence import PresenceStore
from receptionapp.store.results import (
    DisclosureFailed,
    DisclosureFailure,
    DisclosureGathered,
    DisclosureSaved,
    PersonDetailsWiped,
    Results,
)
from receptionapp.system.paths import is_disk_full, write_atomically

Make = Callable[[Disclosure], Callable[[], bytes]]
"""Called on this thread with all that there is; what it returns makes the file's content on another one."""


class Disclosures:
    """For administrators; for anybody while no users are named. `backups` is how many daily copies are kept."""

    def __init__(self, ledger: Ledger, store: BookStore, presence: PresenceStore, tasks: TaskBag, backups: int) -> None:
        self._ledger = ledger
        self._store = store
        self._presence = presence
        self._tasks = tasks
        self.backups = backups
        self.results = Results()

    def gather(self, person: Person) -> None:
        """What there is; told as `DisclosureGathered`."""
        self._tasks.start("read:held", self._gather(person))

    def save(self, person: Person, path: Path, make: Make) -> None:
        """Write a file, whole or not at all; answered by `DisclosureSaved`. A file that is there is replaced once the
        new one is whole."""
        self._tasks.start("write:held:save", self._save(person, path, make))

    def wipe(self, person: Person) -> None:
        """The person's details, from the ledger and from every screen; told as `PersonDetailsWiped`."""
        self._tasks.start("write:held:wipe", self._wipe(person))

    async def _gather(self, person: Person) -> None:
        try:
            self.results.publish(DisclosureGathered(await self._read(person)))
        except LedgerError:
            self.results.publish(DisclosureFailed(DisclosureFailure.LEDGER))

    async def _save(self, person: Person, path: Path, make: Make) -> None:
        try:
            await self._ledger.write(lambda entry: self._note_export(entry, person, path))
            found = await self._read(person)
            await asyncio.to_thread(write_atomically, path, make(found))
        except users.NotAdministrator:
            self.results.publish(DisclosureFailed(DisclosureFailure.NOT_ADMINISTRATOR))
        except LedgerError:
            self.results.publish(DisclosureFailed(DisclosureFailure.LEDGER))
        except OSError as error:
            self.results.publish(
                DisclosureFailed(DisclosureFailure.DISK_FULL if is_disk_full(error) else DisclosureFailure.NOT_WRITABLE)
            )
        else:
            self.results.publish(DisclosureSaved())

    async def _wipe(self, person: Person) -> None:
        try:
            await self._ledger.write(lambda entry: self._wipe_in(entry, person))
        except users.NotAdministrator:
            self.results.publish(DisclosureFailed(DisclosureFailure.NOT_ADMINISTRATOR))
        except StillNeeded:
            self.results.publish(DisclosureFailed(DisclosureFailure.STILL_NEEDED))
        except NotInLedger:
            self.results.publish(DisclosureFailed(DisclosureFailure.NOTHING))
        except (LedgerError, LedgerRefusal):
            self.results.publish(DisclosureFailed(DisclosureFailure.LEDGER))
        else:
            self._store.apply(PersonWiped(person.reference))
            self.results.publish(PersonDetailsWiped(await self._log_is_emptied()))

    async def _log_is_emptied(self) -> bool:
        """A reader of the file may hold its log; then the next wiping or the end of the program empties it."""
        try:
            await self._ledger.truncate_log()
        except LedgerError:
            return False
        return True

    async def _read(self, person: Person) -> Disclosure:
        emr = self._ledger.writer.emr
        return await self._ledger.read(lambda connection: personal_data.read_disclosure(connection, emr, person))

    def _note_export(self, entry: Entry, person: Person, path: Path) -> None:
        self._require_administrator(entry)
        kind = path.suffix.lower().removeprefix(".")
        audit.add_line(entry, AuditAction.EXPORTED, patient=person.reference, detail=f"everything_{kind}")

    def _wipe_in(self, entry: Entry, person: Person) -> None:
        self._require_administrator(entry)
        personal_data.wipe_person(entry, person.reference)

    def _require_administrator(self, entry: Entry) -> None:
        if self._presence.presence.users:
            users.require_administrator(entry)

"""The named people at this desk: who unlocks it, who takes over, and who is added."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.clock import Clock
from receptionapp.domain.user import PRACTICE_USERS, User
from receptionapp.ledger import audit, users
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import LedgerError, NotInLedger
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.users import Clocks, MustWait
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import UserChanged
from receptionapp.store.presence import Presence, PresenceStore, Refusal, RefusalReason
from receptionapp.system.credentials import hash_pin, is_pin


class Users:
    """Nothing is raised; all is told through the store."""

    def __init__(
        self,
        ledger: Ledger,
        store: PresenceStore,
        book: BookStore,
        tasks: TaskBag,
        clock: Clock,
        *,
        practice: bool,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._book = book
        self._tasks = tasks
        self._practice = practice
        self._clocks = Clocks(clock)

    def _write_as(self, user: str) -> None:
        """From now on the record is written, and the book worked, in this name."""
        self._ledger.set_user(user)
        self._book.apply(UserChanged(user))

    async def begin(self) -> None:
        """Read who there is. A desk with named users begins locked, and practice as the first of the made-up ones.
        Raises LedgerError."""
        known = await self._ledger.read(users.all_users)
        if self._practice and not known:
            known = await self._ledger.write(_add_made_up)
        first = next((user for user in known if user.active), None) if self._practice else None
        self._write_as(first.name if first else "")
        locked = not self._practice and any(user.active for user in known)
        self._store.apply(Presence(known, first, locked=locked, is_read=True))

    def lock(self, why: str) -> None:
        """At once; that it was is written down afterwards. `why` is "idle", "key" or "system"."""
        presence = self._store.presence
        if presence.locked or not presence.active:
            return
        self._store.apply(replace(presence, locked=True))
        self._tasks.start("write:lock", self._note_lock(why))

    def unlock(self, user: UUID, pin: str) -> None:
        """Try to become this user. The answer is a change of the presence, or a Refusal."""
        self._tasks.start("write:pin", self._unlock(user, pin))

    def add(self, name: str, pin: str, administrator: bool) -> None:
        """The first one is an administrator, and is at the desk from then on."""
        self._tasks.start("write:user", self._add(name, pin, administrator))

    def rename(self, user: UUID, name: str) -> None:
        self._change(lambda entry: users.rename(entry, user, name))

    def set_active(self, user: UUID, active: bool) -> None:
        self._change(lambda entry: users.set_active(entry, user, active))

    def set_administrator(self, user: UUID, administrator: bool) -> None:
        self._change(lambda entry: users.set_administrator(entry, user, administrator))

    def set_pin(self, user: UUID, pin: str) -> None:
        self._tasks.start("write:user", self._set_pin(user, pin))

    async def _note_lock(self, why: str) -> None:
        try:
            await self._ledger.write(lambda entry: audit.add_line(entry, AuditAction.LOCKED, detail=why))
        except LedgerError:
            self._refuse(RefusalReason.LEDGER_FAILED)

    async def _unlock(self, user: UUID, pin: str) -> None:
        try:
            guess = await self._ledger.write(lambda entry: users.begin_pin_attempt(entry, user, self._clocks))
            if isinstance(guess, MustWait):
                self._refuse(RefusalReason.MUST_WAIT, guess.seconds)
                return
            if not await asyncio.to_thread(is_pin, guess.pin_hash, pin):
                seconds = await self._ledger.write(lambda entry: users.reject_pin_attempt(entry, guess, self._clocks))
                self._refuse(RefusalReason.WRONG_PIN, seconds)
                return
            before = self._store.presence.user
            deed = AuditAction.SWITCHED if before is not None and before.key != user else AuditAction.UNLOCKED
            known = await self._ledger.write(lambda entry: users.accept_pin_attempt(entry, guess, deed))
            everybody = await self._ledger.read(users.all_users)
        except NotInLedger:
            self._refuse(RefusalReason.LEFT)
        except LedgerError:
            self._refuse(RefusalReason.LEDGER_FAILED)
        else:
            self._write_as(known.name)
            self._store.apply(Presence(everybody, known, locked=False, is_read=True))

    async def _add(self, name: str, pin: str, administrator: bool) -> None:
        first = not self._store.presence.users
        pin_hash = await asyncio.to_thread(hash_pin, pin)
        added = await self._write_change(lambda entry: users.add(entry, name, pin_hash, administrator=administrator))
        if added is not None and first:
            self._write_as(added.name)
            self._store.apply(replace(self._store.presence, user=added))
        if added is not None:
            self._store.done.emit()

    async def _set_pin(self, user: UUID, pin: str) -> None:
        pin_hash = await asyncio.to_thread(hash_pin, pin)
        if await self._write_change(lambda entry: users.set_pin(entry, user, pin_hash)) is not None:
            self._store.done.emit()

    def _change(self, work: Callable[[Entry], User]) -> None:
        self._tasks.start("write:user", self._change_and_notify(work))

    async def _change_and_notify(self, work: Callable[[Entry], User]) -> None:
        if await self._write_change(work) is not None:
            self._store.done.emit()

    async def _write_change(self, work: Callable[[Entry], User]) -> User | None:
        """None if it was refused, which is told. Whoever is here may have been renamed by it."""
        try:
            changed = await self._ledger.write(work)
            everybody = await self._ledger.read(users.all_users)
        except users.NameInUse:
            self._refuse(RefusalReason.NAME_IN_USE)
        except users.LastAdministrator:
            self._refuse(RefusalReason.LAST_ADMINISTRATOR)
        except users.NotAdministrator:
            self._refuse(RefusalReason.NOT_ADMINISTRATOR)
        except NotInLedger:
            self._refuse(RefusalReason.LEFT)
        except LedgerError:
            self._refuse(RefusalReason.LEDGER_FAILED)
        else:
            presence = self._store.presence
            here = next((user for user in everybody if presence.user and user.key == presence.user.key), None)
            if here is not None:
                self._write_as(here.name)
            self._store.apply(replace(presence, users=everybody, user=here))
            return changed
        return None

    def _refuse(self, why: RefusalReason, seconds: int = 0) -> None:
        self._store.refused.emit(Refusal(why, seconds))


def _add_made_up(entry: Entry) -> tuple[User, ...]:
    first, *others = PRACTICE_USERS
    chief = users.add(entry, first.name, first.pin_hash)
    as_chief = replace(entry, writer=replace(entry.writer, user=chief.name))
    for other in others:
        users.add(as_chief, other.name, other.pin_hash)
    return users.all_users(entry.connection)

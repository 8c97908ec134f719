"""Who is at the desk, and whether the desk is locked: what every screen of users and the lock page watch."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.user import User


@dataclass(frozen=True, slots=True)
class Presence:
    """`users` are all of the ledger's. `user` is None while nobody has given a name, and while `locked` who was
    there."""

    users: tuple[User, ...] = ()
    user: User | None = None
    locked: bool = False
    is_read: bool = False

    @property
    def active(self) -> tuple[User, ...]:
        """Those who can unlock this desk."""
        return tuple(user for user in self.users if user.active)

    @property
    def may_administer(self) -> bool:
        """Whether users and the record are open to whoever is here: an administrator, or anybody before there is
        one."""
        if self.locked or not self.is_read:
            return False
        return not self.users or (self.user is not None and self.user.administrator)


class RefusalReason(StrEnum):
    """Why a PIN, or a change of a user, was not taken."""

    WRONG_PIN = "wrong_pin"
    MUST_WAIT = "must_wait"
    LEFT = "left"  # not active any more
    NAME_IN_USE = "name_in_use"
    LAST_ADMINISTRATOR = "last_administrator"
    NOT_ADMINISTRATOR = "not_administrator"
    LEDGER_FAILED = "ledger_failed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`seconds` until the next PIN is taken; 0 if at once."""

    why: RefusalReason
    seconds: int = 0


class PresenceStore(QObject):
    """Holds the current `Presence`. Signals: changed (what it was before), refused (Refusal), done: a change of a
    user was written."""

    changed = Signal(object)
    refused = Signal(object)
    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presence = Presence()

    @property
    def presence(self) -> Presence:
        return self._presence

    def apply(self, presence: Presence) -> None:
        """Replace it and tell everybody. Call from the UI thread only."""
        before, self._presence = self._presence, presence
        self.changed.emit(before)

"""What the screen of everything that is held about a person is told."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.disclosure import Disclosure


class DisclosureFailure(StrEnum):
    """Why it was not read, saved or wiped."""

    LEDGER = "ledger"  # the ledger could not be read or written
    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"  # that folder, or a file that another program holds
    NOT_ADMINISTRATOR = "not_administrator"
    STILL_NEEDED = "still_needed"
    NOTHING = "nothing"  # the ledger has no details of that person


@dataclass(frozen=True, slots=True)
class Gathered:
    disclosure: Disclosure = field(repr=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """Whole, and on the disk."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """The details are gone from the ledger. `log_emptied` is False where its log still has them for a while."""

    log_emptied: bool = True


@dataclass(frozen=True, slots=True)
class DisclosureFailed:
    """Nothing was saved, or nothing wiped."""

    why: DisclosureFailure


DisclosureResult = Gathered | Saved | Wiped | DisclosureFailed


class HeldStore(QObject):
    """Keeps nothing: what is held about a person is shown and forgotten. Signals: told (one of `DisclosureResult`)."""

    told = Signal(object)

    def tell(self, what: DisclosureResult) -> None:
        """Call from the UI thread only."""
        self.told.emit(what)

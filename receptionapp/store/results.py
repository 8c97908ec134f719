"""What the screens of disclosure, printing and the record of who did what are told."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.audit import AuditFilter, AuditLine, ChainCheck
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
class DisclosureGathered:
    disclosure: Disclosure = field(repr=False)


@dataclass(frozen=True, slots=True)
class DisclosureSaved:
    """Whole, and on the disk."""


@dataclass(frozen=True, slots=True)
class PersonDetailsWiped:
    """The details are gone from the ledger. `log_emptied` is False where its log still has them for a while."""

    log_emptied: bool = True


@dataclass(frozen=True, slots=True)
class DisclosureFailed:
    """Nothing was saved, or nothing wiped."""

    why: DisclosureFailure


DisclosureResult = DisclosureGathered | DisclosureSaved | PersonDetailsWiped | DisclosureFailed


class PrintTarget(StrEnum):
    """Where the day was put."""

    PAPER = "paper"
    PDF = "pdf"


class PrintFailure(StrEnum):
    """Why it was not."""

    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"  # that folder, or a file that another program holds
    PRINTER = "printer"  # it took nothing


@dataclass(frozen=True, slots=True)
class DayLoaded:
    """Our appointments of the day are in the store as the ledger has them now; not so where it could not be read."""

    day: date
    read: bool


@dataclass(frozen=True, slots=True)
class DayPrinted:
    """It is on the disk, or with the printer. `noted` is False where the record could not be written yet."""

    where: PrintTarget
    noted: bool


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """Nothing was saved, or nothing printed."""

    why: PrintFailure


PrintResult = DayLoaded | DayPrinted | PrintFailed


@dataclass(frozen=True, slots=True)
class AuditPageRead:
    """Lines that were asked for; `after` is the last one of the page before, None for the first page."""

    question: AuditFilter
    after: AuditLine | None
    lines: tuple[AuditLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class AuditChainChecked:
    """How far the chain was followed, of so many lines."""

    chain: ChainCheck
    of: int


@dataclass(frozen=True, slots=True)
class AuditNamesRead:
    """Every user name in the record."""

    names: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AuditExported:
    """So many lines are in the file; None if it could not be written."""

    lines: int | None


@dataclass(frozen=True, slots=True)
class AuditNotRead:
    """The ledger could not be read."""


AuditResult = AuditPageRead | AuditChainChecked | AuditNamesRead | AuditExported | AuditNotRead


class Results(QObject):
    """Keeps nothing: what is told is shown and forgotten. Signals: result (one of the results above)."""

    result = Signal(object)

    def publish(self, what: DisclosureResult | PrintResult | AuditResult) -> None:
        """Call from the UI thread only."""
        self.result.emit(what)

"""What the screen of the record of who did what is told."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.audit import AuditLine, AuditQuestion, Chain


@dataclass(frozen=True, slots=True)
class PageRead:
    """Lines that were asked for; `after` is the last one of the page before, None for the first page."""

    question: AuditQuestion
    after: AuditLine | None
    lines: tuple[AuditLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ChainFollowed:
    """How far the chain was followed, of so many lines."""

    chain: Chain
    of: int


@dataclass(frozen=True, slots=True)
class NamesRead:
    """Every user name in the record."""

    names: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """So many lines are in the file; None if it could not be written."""

    lines: int | None


@dataclass(frozen=True, slots=True)
class NotRead:
    """The ledger could not be read."""


AuditResult = PageRead | ChainFollowed | NamesRead | Exported | NotRead


class RecordStore(QObject):
    """Keeps nothing: lines are many and each is shown once. Signals: told (one of `AuditResult`)."""

    told = Signal(object)

    def tell(self, what: AuditResult) -> None:
        """Call from the UI thread only."""
        self.told.emit(what)

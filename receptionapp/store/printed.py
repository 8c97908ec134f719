"""What the screen that prints the day is told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Where(StrEnum):
    """Where the day was put."""

    PAPER = "paper"
    PDF = "pdf"


class NoPrint(StrEnum):
    """Why it was not."""

    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"  # that folder, or a file that another program holds
    PRINTER = "printer"  # it took nothing


@dataclass(frozen=True, slots=True)
class DayRead:
    """Our appointments of the day are in the store as the ledger has them now; not so where it could not be read."""

    day: date
    read: bool


@dataclass(frozen=True, slots=True)
class DayPrinted:
    """It is on the disk, or with the printer. `noted` is False where the record could not be written yet."""

    where: Where
    noted: bool


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """Nothing was saved, or nothing printed."""

    why: NoPrint


class PrintedStore(QObject):
    """Keeps nothing. Signals: told (DayRead, Done or NotDone)."""

    told = Signal(object)

    def tell(self, what: DayRead | DayPrinted | PrintFailed) -> None:
        """Call from the UI thread only."""
        self.told.emit(what)

"""The one place where what is on screen changes."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.clock import Clock
from receptionapp.store.change import Change
from receptionapp.store.snapshot import Snapshot


class BookStore(QObject):
    """Holds the current `Snapshot`.

    Signals:
        changed: a `Change`, after it was applied. A screen reads `snapshot` when it is shown and then listens.
    """

    changed = Signal(object)

    def __init__(self, snapshot: Snapshot, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._clock = clock

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def now(self) -> datetime:
        """The present instant for whatever a screen shows, aware, in UTC."""
        return self._clock()

    def apply(self, change: Change) -> None:
        """Replace the snapshot and tell everybody. Call from the UI thread only."""
        self._snapshot = change.on(self._snapshot)
        self.changed.emit(change)

    def hold(self, key: UUID) -> None:
        """Keep this appointment, in place of the one that was held, whatever week is looked at: it is beside the book.
        Nothing on screen changes by that."""
        self._snapshot = replace(self._snapshot, held=key)

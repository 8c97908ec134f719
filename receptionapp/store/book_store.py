"""The one place where what is on screen changes."""

from PySide6.QtCore import QObject, Signal

from receptionapp.store.change import Change
from receptionapp.store.snapshot import Snapshot


class BookStore(QObject):
    """Holds the current `Snapshot`.

    Signals:
        changed: a `Change`, after it was applied. A screen reads `snapshot` when it is shown and then listens.
    """

    changed = Signal(object)

    def __init__(self, snapshot: Snapshot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def apply(self, change: Change) -> None:
        """Replace the snapshot and tell everybody. Call from the UI thread only."""
        self._snapshot = change.on(self._snapshot)
        self.changed.emit(change)

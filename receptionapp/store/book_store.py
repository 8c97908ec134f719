"""The one place where what is on screen changes, and the last problems with Leyr for support."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.clock import Clock
from receptionapp.domain.outcome import WriteNotice
from receptionapp.store.change import Change, UserNotified
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

    def today(self) -> date:
        """The clinic's day now."""
        return clinic_day(self._clock(), self._snapshot.zone)

    def apply(self, change: Change) -> None:
        """Replace the snapshot and tell everybody. Call from the UI thread only."""
        self._snapshot = change.on(self._snapshot)
        self.changed.emit(change)

    def hold(self, key: UUID) -> None:
        """Keep this appointment, in place of the one that was held, whatever week is looked at: it is beside the book.
        Nothing on screen changes by that."""
        self._snapshot = replace(self._snapshot, held=key)


KEPT = 20


@dataclass(frozen=True, slots=True)
class RecentProblem:
    """`at` is UTC; `what` the verb or what was read; `reason` a `Reason`."""

    at: datetime
    what: str
    reason: str
    reference: str | None


class RecentProblems:
    """Keeps the latest problems that the store was told about, at most `KEPT`."""

    def __init__(self, store: BookStore) -> None:
        self._now = store.now
        self._kept: deque[RecentProblem] = deque(maxlen=KEPT)
        store.changed.connect(self._on_changed)

    @property
    def latest(self) -> tuple[RecentProblem, ...]:
        """The newest last."""
        return tuple(self._kept)

    def _on_changed(self, change: Change) -> None:
        if not isinstance(change, UserNotified) or change.what.problem is None:
            return
        told, problem = change.what, change.what.problem
        what = told.verb if isinstance(told, WriteNotice) else f"read {told.what}"
        self._kept.append(RecentProblem(self._now(), str(what), problem.reason.value, problem.reference))

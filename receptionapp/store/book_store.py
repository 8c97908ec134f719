"""The one place where what is on screen changes, and the last problems with Leyr for support."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from receptionapp.domain.clock import Clock
from receptionapp.domain.intent import WriteNotice
from receptionapp.store.change import Change, UserNotified
from receptionapp.store.snapshot import Snapshot


class _Topic(QObject):
    """Tells those who watch one kind of change. A signal, so that Qt lets go of a watcher that is deleted."""

    changed = Signal(object)


class BookStore(QObject):
    """Holds the current `Snapshot`. A screen reads `snapshot` when it is shown, and watches what it shows."""

    changed = Signal(object)

    def __init__(self, snapshot: Snapshot, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._clock = clock
        self._topics: dict[type[Change], _Topic] = {}

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def now(self) -> datetime:
        """The present instant for whatever a screen shows, aware, in UTC."""
        return self._clock()

    def today(self) -> date:
        """The clinic's day now."""
        return self._clock.today(self._snapshot.zone)

    def watch(self, handler: Callable[[Any], None] | Callable[[], None], *kinds: type[Change]) -> None:
        """Call `handler` with each change of these kinds after it was applied; nobody else is woken by it."""
        for kind in kinds:
            self._topics.setdefault(kind, _Topic(self)).changed.connect(handler)

    def unwatch(self, handler: Callable[[Any], None] | Callable[[], None], *kinds: type[Change]) -> None:
        """End a `watch` before the watcher is deleted."""
        for kind in kinds:
            self._topics[kind].changed.disconnect(handler)

    def apply(self, change: Change) -> None:
        """Replace the snapshot and tell everybody. Call from the UI thread only."""
        self._snapshot = change.apply_to(self._snapshot)
        if topic := self._topics.get(type(change)):
            topic.changed.emit(change)
        self.changed.emit(change)

    def pin(self, key: UUID) -> None:
        """Keep this appointment, in place of the one that was held, whatever week is looked at: it is beside the book.
        Nothing on screen changes by that."""
        self._snapshot = replace(self._snapshot, pinned=key)


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
        store.watch(self._on_changed, UserNotified)

    @property
    def latest(self) -> tuple[RecentProblem, ...]:
        """The newest last."""
        return tuple(self._kept)

    def _on_changed(self, change: UserNotified) -> None:
        if change.what.problem is None:
            return
        told, problem = change.what, change.what.problem
        what = told.verb if isinstance(told, WriteNotice) else f"read {told.what}"
        self._kept.append(RecentProblem(self._now(), str(what), problem.reason.value, problem.reference))

"""The last things that went wrong with Leyr, for support: when, what, and Leyr's own reference. Nobody's name."""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from receptionapp.domain.outcome import Notice
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, Told

KEPT = 20


@dataclass(frozen=True, slots=True)
class Trouble:
    """`at` is UTC; `what` the verb or what was read; `reason` a `Reason`."""

    at: datetime
    what: str
    reason: str
    reference: str | None


class Troubles:
    """Hears of every problem where all of them are told."""

    def __init__(self, store: BookStore) -> None:
        self._kept: deque[Trouble] = deque(maxlen=KEPT)
        store.changed.connect(self._on_changed)

    @property
    def latest(self) -> tuple[Trouble, ...]:
        """The newest last."""
        return tuple(self._kept)

    def _on_changed(self, change: Change) -> None:
        if not isinstance(change, Told) or change.what.problem is None:
            return
        told, problem = change.what, change.what.problem
        what = told.verb if isinstance(told, Notice) else f"read {told.what}"
        self._kept.append(Trouble(datetime.now(UTC), str(what), problem.reason.value, problem.reference))

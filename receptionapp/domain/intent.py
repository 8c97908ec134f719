"""One wished write, from the wish to its settled outcome."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Verb(StrEnum):
    CREATE_PATIENT = "create_patient"
    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    CONFIRM = "confirm"


class Stage(StrEnum):
    PREPARED = "prepared"  # written down, not sent
    SENT = "sent"  # may have left this machine
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


_NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.PREPARED: frozenset({Stage.SENT, Stage.REFUSED}),
    Stage.SENT: frozenset({Stage.DONE, Stage.REFUSED, Stage.UNKNOWN}),
    Stage.UNKNOWN: frozenset({Stage.DONE, Stage.REFUSED}),
    Stage.DONE: frozenset(),
    Stage.REFUSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Intent:
    """A wish with an id of its own, random and never derived from the slot: one that was cancelled may be wished again.

    `subject` is the key of the ledger's appointment it is about; None for a patient to be created.
    `created_at` and `settled_at` are UTC.
    """

    id: UUID
    verb: Verb
    stage: Stage
    created_at: datetime
    subject: UUID | None = None
    settled_at: datetime | None = None
    leyr_reference: str | None = None
    reason: str | None = None  # a `Reason` value when refused or unknown


def may_become(now: Stage, then: Stage) -> bool:
    """The life cycle: prepared → sent → done | refused | unknown; prepared → refused; unknown → done | refused."""
    return then in _NEXT[now]


def after_crash(stage: Stage) -> Stage:
    """What a restart makes of an open intent: one never sent is refused, one sent is unknown."""
    return {Stage.PREPARED: Stage.REFUSED, Stage.SENT: Stage.UNKNOWN}.get(stage, stage)

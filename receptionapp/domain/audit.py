"""Who did what, about whom and when: one line of the record that nobody rewrites, and how lines are asked for."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

NOBODY = ""
"""The user of a line that was written while no named user was at the desk."""


class AuditAction(StrEnum):
    """What was done. A write of an appointment has the name of its `Verb`, so that both read alike."""

    CREATE_PATIENT = "create_patient"
    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    CONFIRM = "confirm"
    SETTLE = "settle"  # a person said what became of an appointment, having looked in the EHR
    OVERRIDE = "override"  # a warning was read and not followed; `detail` says which
    OPENED = "opened"  # an appointment's card, with the patient on it
    PICKED = "picked"  # one of those whom a search found
    SHOWED_NUMBER = "showed_number"  # a typed national number, after it was covered
    EXPORTED = "exported"  # something about the patient left the program
    PRINTED = "printed"  # the day, on paper or as PDF; `detail` says which day, how many people, and how they are named
    WIPED = "wiped"
    PUT_OFF = "put_off"  # nothing was wiped, since the clock may be wrong
    RESTORED = "restored"  # a copy took the place of the ledger; `detail` is where what was there is kept
    BROUGHT = "brought"  # a desk's own ledger, to the shared one; `detail` tells where its record ended
    CONNECTION_ADDED = (
        "connection_added"  # to those that may open the ledger; `detail` says by what right, and its digest
    )
    UNLOCKED = "unlocked"  # also the first time at start
    LOCKED = "locked"
    SWITCHED = "switched"  # from one user to another; the line is the new one's
    WRONG_PIN = "wrong_pin"  # the line is the one's who was guessed at
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    AUDIT_READ = "audit_read"
    AUDIT_EXPORTED = "audit_exported"


VIEW_ACTIONS = (
    AuditAction.OPENED,
    AuditAction.PICKED,
    AuditAction.SHOWED_NUMBER,
    AuditAction.EXPORTED,
    AuditAction.PRINTED,
)
"""What shows somebody a patient without changing anything."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """`patient` is Leyr's typed reference, `appointment` our own key, `leyr_reference` Leyr's word for support.
    `number` counts from 1 without gaps; `at` is UTC; `outcome` is a `Stage` or None; `detail` is never of a patient.
    `hash` binds the line to all before it. `name` is read beside the line and is not part of it."""

    number: int
    at: datetime
    desk: str
    user: str = field(repr=False)
    action: str
    outcome: str | None
    patient: str | None = field(repr=False)
    appointment: UUID | None
    leyr_reference: str | None
    detail: str | None = field(repr=False)
    hash: bytes = field(repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are wanted: from `start` (included) to `end` (excluded), UTC; None and "" do not narrow."""

    start: datetime | None = None
    end: datetime | None = None
    user: str | None = field(default=None, repr=False)
    actions: tuple[AuditAction, ...] = ()
    patient: str | None = field(default=None, repr=False)


class ChainFault(StrEnum):
    """What an unbroken chain rules out."""

    MISSING = "missing"  # a line before this one was taken out
    ALTERED = "altered"  # the line is not the one that was written, or one before it is not
    CUT = "cut"  # the last lines were taken off


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How far the chain was followed: `lines` of them, the last with the hash `head`. `is_intact` once the end was
    reached and all is as it was written; `fault` is at the line `at_line`."""

    lines: int = 0
    head: bytes = bytes(32)
    is_intact: bool = False
    fault: ChainFault | None = None
    at_line: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing left to follow."""
        return self.is_intact or self.fault is not None

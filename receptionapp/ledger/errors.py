"""Everything the ledger raises.

LedgerError(fault)         the disk or the file: said to the user, not a bug
└─ OtherConnection(keys)   it belongs to other connections than the one that opens it
LedgerRefusal              the record does not allow what was asked; nothing was written
├─ OverlapsOwn(by)         an appointment of ours may already take that time
├─ AlreadyUnderWay(intent) another wish about the same appointment is not settled yet
├─ BeingMoved(to)           the one that takes its place is not surely booked yet, or is there already
├─ WrongStanding(standing) not possible for an appointment that stands so
├─ WrongStage(now, then)   not a step of the life cycle (`may_become`), such as an answer to a settled intent
├─ IdInUse(by)             Leyr's answer names an appointment that the ledger holds as another one
├─ UnfitText               a text holds what no database can keep, such as a zero
├─ StillNeeded             a person's details, for an appointment that is to come or whose outcome is open
└─ NotInLedger             no such key

Anything else is a bug. No message holds personal data.
"""

from enum import StrEnum

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import Intent, Stage
from receptionapp.domain.problem import Problem, Reason


class LedgerFault(StrEnum):
    DISK_FULL = "disk_full"
    LOCKED = "locked"  # another program holds the file
    DAMAGED = "damaged"
    WRONG_KEY = "wrong_key"  # the file is encrypted with another key, or its first bytes are damaged
    NOT_WRITABLE = "not_writable"  # read-only, no permission, or something else lies in its place
    DISK_FAILED = "disk_failed"  # the disk answered with an error
    NEWER_SCHEMA = "newer_schema"  # written by a newer version of this program
    SERVER_GONE = "server_gone"  # the shared ledger can't be reached; surely nothing was written
    COMMIT_UNKNOWN = "commit_unknown"  # the line to it broke at the last moment; it may have been written
    BAD_ADDRESS = "bad_address"  # of the server; nothing was sent there
    NOT_VERIFIED = "not_verified"  # the server's certificate is not one that is trusted, or it has none
    REFUSED = "refused"  # the server does not let this desk in: user, password or database
    BAD_ENCODING = "bad_encoding"  # the server's database can't keep every letter
    UNEXPECTED = "unexpected"  # the database said no, for a reason that this program has no word for
    MOVED = "moved"  # the ledger goes on elsewhere; this file is only kept
    OTHER_CONNECTION = "other_connection"  # it belongs to another clinic, or to the test or the live side of this one


class LedgerError(Exception):
    """The record could not be read or written. What was asked for was not written, not even in part, unless the fault
    is COMMIT_UNKNOWN: then it was written whole or not at all."""

    def __init__(self, fault: LedgerFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class OtherConnection(LedgerError):
    """`keys` are those of the connections that the ledger belongs to."""

    def __init__(self, keys: frozenset[str]) -> None:
        super().__init__(LedgerFault.OTHER_CONNECTION)
        self.keys = keys


class LedgerRefusal(Exception):
    """The record does not allow it."""


class OverlapsOwn(LedgerRefusal):
    def __init__(self, by: OwnAppointment) -> None:
        super().__init__(f"the time is taken by appointment {by.key}, which is {by.standing}")
        self.by = by


class AlreadyUnderWay(LedgerRefusal):
    def __init__(self, intent: Intent) -> None:
        super().__init__(f"{intent.verb} {intent.id} is {intent.stage}")
        self.intent = intent


class BeingMoved(LedgerRefusal):
    def __init__(self, to: OwnAppointment) -> None:
        super().__init__(f"appointment {to.key} takes its place and is {to.standing}")
        self.to = to


class WrongStanding(LedgerRefusal):
    def __init__(self, standing: Standing) -> None:
        super().__init__(f"not possible for an appointment that is {standing}")
        self.standing = standing


class WrongStage(LedgerRefusal):
    def __init__(self, now: Stage, then: Stage) -> None:
        super().__init__(f"an intent that is {now} can't become {then}")
        self.now = now
        self.then = then


class IdInUse(LedgerRefusal):
    def __init__(self, by: OwnAppointment) -> None:
        super().__init__(f"appointment {by.key} already goes by that id")
        self.by = by


class UnfitText(LedgerRefusal):
    def __init__(self) -> None:
        super().__init__("a text holds what no database can keep")


class StillNeeded(LedgerRefusal):
    def __init__(self) -> None:
        super().__init__("an appointment is still to come, or not settled")


class NotInLedger(LedgerRefusal):
    def __init__(self) -> None:
        super().__init__("no such key in the ledger")


_REASONS: dict[LedgerFault, Reason] = {
    LedgerFault.SERVER_GONE: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.COMMIT_UNKNOWN: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.REFUSED: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.NOT_VERIFIED: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.LOCKED: Reason.LEDGER_LOCKED,
    LedgerFault.NEWER_SCHEMA: Reason.LEDGER_NEWER,
    LedgerFault.NOT_WRITABLE: Reason.LEDGER_NOT_WRITABLE,
    LedgerFault.DAMAGED: Reason.LEDGER_DAMAGED,
    LedgerFault.UNEXPECTED: Reason.LEDGER_DAMAGED,
}
_REFUSALS: dict[type[LedgerRefusal], Reason] = {
    OverlapsOwn: Reason.OWN_OVERLAP,
    BeingMoved: Reason.BEING_MOVED,
    AlreadyUnderWay: Reason.UNDER_WAY_ELSEWHERE,
    WrongStanding: Reason.SETTLED_MEANWHILE,
    UnfitText: Reason.TEXT_UNFIT,
    WrongStage: Reason.SETTLED_MEANWHILE,
}


def problem_from_ledger_error(error: LedgerError | LedgerRefusal) -> Problem:
    """This computer's disk is blamed only where it is to blame."""
    if isinstance(error, LedgerRefusal):
        return Problem(_REFUSALS.get(type(error), Reason.REFUSED))
    return Problem(_REASONS.get(error.fault, Reason.LEDGER_FAILED))

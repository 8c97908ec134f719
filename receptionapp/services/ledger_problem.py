"""What the ledger's failures mean for who wanted something written."""

from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerError, LedgerFault, LedgerRefusal

_REASONS: dict[LedgerFault | None, Reason] = {
    LedgerFault.SERVER_GONE: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.COMMIT_UNKNOWN: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.REFUSED: Reason.LEDGER_OUT_OF_REACH,
    LedgerFault.LOCKED: Reason.LEDGER_LOCKED,
    LedgerFault.NEWER_SCHEMA: Reason.LEDGER_NEWER,
    LedgerFault.NOT_WRITABLE: Reason.LEDGER_NOT_WRITABLE,
}


def of_ledger(error: LedgerError | LedgerRefusal) -> Problem:
    """A shared ledger that can't be reached is no matter of this computer's disk."""
    fault = error.fault if isinstance(error, LedgerError) else None
    return Problem(_REASONS.get(fault, Reason.LEDGER_FAILED))

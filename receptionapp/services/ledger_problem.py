"""What the ledger's failures mean for who wanted something written."""

from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger.errors import LedgerError, LedgerFault, LedgerRefusal

_OUT_OF_REACH = (LedgerFault.SERVER_GONE, LedgerFault.COMMIT_UNKNOWN, LedgerFault.REFUSED)


def of_ledger(error: LedgerError | LedgerRefusal) -> Problem:
    """A shared ledger that can't be reached is no matter of this computer's disk."""
    gone = isinstance(error, LedgerError) and error.fault in _OUT_OF_REACH
    return Problem(Reason.LEDGER_OUT_OF_REACH if gone else Reason.LEDGER_FAILED)

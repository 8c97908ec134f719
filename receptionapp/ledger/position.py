"""Whether the ledger is still the one that was read before: a server put back from a copy gives the same revisions
again, and only the chain of the record (`audit.py`) tells the two histories apart."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from receptionapp.ledger import entry
from receptionapp.ledger.audit import FIRST_HASH
from receptionapp.ledger.schema import audit, audit_chain, ledger_meta


@dataclass(frozen=True, slots=True)
class LedgerPosition:
    """How far the ledger was written at some moment: its revision, and the record's last line with its hash."""

    revision: int = 0
    line: int = 0
    hash: bytes = FIRST_HASH


def current_position(connection: Connection) -> LedgerPosition:
    joined = ledger_meta.outerjoin(audit_chain, audit_chain.c.id == ledger_meta.c.id)
    query = select(ledger_meta.c.revision, audit_chain.c.lines, audit_chain.c.head).select_from(joined)
    revision, line, head = connection.execute(query).one()
    return LedgerPosition(revision) if line is None else LedgerPosition(revision, line, bytes(head))


def continues_from(connection: Connection, before: LedgerPosition) -> bool:
    """Whether everything that was there at `before` is still there."""
    if entry.latest(connection) < before.revision:
        return False
    found = connection.execute(select(audit.c.hash).where(audit.c.number == before.line)).scalar_one_or_none()
    return before.line == 0 or (found is not None and bytes(found) == before.hash)

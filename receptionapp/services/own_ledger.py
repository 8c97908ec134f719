"""Opens the ledger file of one connection, and notes whose it is."""

import asyncio
from pathlib import Path

from receptionapp.domain.clock import Clock
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.ledger.connections import Admission
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import LedgerError, LedgerFault, OtherConnection
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.system.ledger_files import LedgerFiles


async def open_own_ledger(
    files: LedgerFiles,
    file: Path,
    key: LedgerKey | None,
    identity: ConnectionIdentity,
    writer: Writer,
    clock: Clock,
) -> Ledger:
    """Open the file as this connection's. Raises LedgerError; OtherConnection where the file says that it is another's,
    which is noted, so that the next `choose` finds another file."""
    ledger = await Ledger.open(SqliteFile(file, key), writer, clock)
    try:
        said = await asyncio.to_thread(files.has_new_credentials, identity)
        await ledger.claim(identity, Admission.NEW_CREDENTIALS if said else Admission.NONE)
        await asyncio.to_thread(files.give, identity, file)
    except BaseException as error:
        await ledger.close()
        if isinstance(error, OtherConnection):
            await asyncio.to_thread(files.assign, error.keys, file)
        if isinstance(error, OSError):
            raise LedgerError(LedgerFault.NOT_WRITABLE) from error
        raise
    return ledger

"""The server of the ledger that desks share, with the password that this desk has for it."""

from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.postgres import BadAddress, PostgresServer, ServerAddress
from receptionapp.system.credentials import KeyStoreError, managed_ledger_password, read_secret, server_account


async def find_server(url: str) -> PostgresServer:
    """May wait for a person to unlock the key store. Raises LedgerError(BAD_ADDRESS)."""
    password = managed_ledger_password()
    if password is None:
        try:
            password = await read_secret(server_account(url))
        except KeyStoreError:
            password = None  # the server says whether it needs one
    try:
        return PostgresServer(ServerAddress.read(url, password or ""))
    except BadAddress as error:
        raise LedgerError(LedgerFault.BAD_ADDRESS) from error

"""Opens the ledger that the desks of a clinic share, and says who this desk is there."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from receptionapp.system.credentials import KeyStoreError, managed_ledger_password, read_secret, server_account
from receptionapp.system.desk_identity import desk_name, new_desk_id, read_desk_id
from receptionapp.system.paths import DataFolder
from receptionapp.system.redaction import Redaction
from receptionapp.system.settings import Settings

if TYPE_CHECKING:
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.ledger.listening import Listening
    from receptionapp.ledger.postgres import PostgresServer


@dataclass(frozen=True, slots=True)
class Joined:
    """A shared ledger that is open, and what is heard from the other desks on it."""

    ledger: "Ledger"
    listening: "Listening"


async def join(settings: Settings, folder: DataFolder, emr: str, redaction: Redaction) -> Joined:
    """Open it as this desk. Raises LedgerError.

    Where another program goes by this desk's id, as after the data folder was copied to a second computer, this desk
    takes a new one: the two must not settle each other's wishes.
    """
    from receptionapp.ledger.entry import Writer
    from receptionapp.ledger.errors import LedgerError, LedgerFault
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.ledger.listening import DeskIdInUse, Listening

    server = await _server(settings, redaction)
    new_id = partial(new_desk_id, folder.desk)
    try:
        desk_id = await asyncio.to_thread(read_desk_id, folder.desk)
        ledger = await Ledger.open(server, Writer(emr, desk_name(settings.desk), desk_id=desk_id))
        try:
            try:
                listening = await Listening.begin(server, desk_id, new_id)
            except DeskIdInUse:
                desk_id = await asyncio.to_thread(new_id)
                ledger.become(desk_id)
                listening = await Listening.begin(server, desk_id, new_id)
        except BaseException:
            await ledger.close()
            raise
    except OSError as error:
        raise LedgerError(LedgerFault.NOT_WRITABLE) from error
    return Joined(ledger, listening)


async def _server(settings: Settings, redaction: Redaction) -> "PostgresServer":
    from receptionapp.ledger.errors import LedgerError, LedgerFault
    from receptionapp.ledger.postgres import PostgresServer
    from receptionapp.ledger.server_address import BadAddress, ServerAddress

    password = managed_ledger_password()
    if password is None:
        try:
            password = await read_secret(server_account(settings.ledger_url))
        except KeyStoreError:
            password = None  # the server says whether it needs one
    redaction.hide(password or "")
    try:
        return PostgresServer(ServerAddress.read(settings.ledger_url, password or ""))
    except BadAddress as error:
        raise LedgerError(LedgerFault.BAD_ADDRESS) from error

"""`reception ledger connections` and `add-connection`: who may open the ledger that this desk uses, file or server."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from receptionapp.domain.clock import Clock
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import AlreadyRunning, DataFolder, SingleInstance, desk_name, read_desk_id
from receptionapp.system.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from receptionapp.ledger.database import LedgerLocation
    from receptionapp.ledger.ledger import Ledger

T = TypeVar("T")


def show(folder: DataFolder, settings: Settings, clock: Clock) -> int:
    """The exit code. Raises LedgerError, NoLedgerKey, OSError."""
    from receptionapp.ledger.connections import read_connections

    files = LedgerFiles(folder)
    if not settings.ledger_url and not files.choose(settings.identity).is_file():
        print("There is no ledger yet.")
        return 2
    place = asyncio.run(_place(settings, files.choose(settings.identity)))
    for known in asyncio.run(_with(place, folder, settings, clock, lambda ledger: ledger.read(read_connections))):
        kind = "test" if known.test else "live"
        now = "  (set at this desk)" if settings.identity and known.key == settings.identity.key else ""
        print(f"{known.url}  {known.emr}  {known.client_id}  {kind}{now}")
    return 0


def add(folder: DataFolder, settings: Settings, clock: Clock) -> int:
    """On a server, let the connection that is set in. For a desk's own ledger: the clinic has new credentials, so the
    ledger of the earlier ones is theirs too. The exit code. Raises LedgerError, NoLedgerKey, OSError."""
    from receptionapp.ledger.connections import Admission

    identity = settings.identity
    if identity is None:
        print("No connection is set. Nothing was changed.")
        return 2
    try:
        with SingleInstance(folder.lock):
            files = LedgerFiles(folder)
            file = files.choose(identity) if settings.ledger_url else files.of_same_clinic(identity)
            if file is None:
                print("No ledger of the same address, EHR and test mark is here, or this connection has one already.")
                return 2
            place = asyncio.run(_place(settings, file))
            admit = lambda ledger: ledger.claim(identity, Admission.ADMINISTRATOR)  # noqa: E731
            asyncio.run(_with(place, folder, settings, clock, admit))
            if not settings.ledger_url:
                files.give(identity, file)
    except AlreadyRunning:
        print("Reception is open on this computer. Close it, then try again. Nothing was changed.")
        return 1
    print("This connection may open the ledger from now on. The record of who did what tells of it.")
    return 0


async def _place(settings: Settings, file: "Path") -> "LedgerLocation":
    from receptionapp.ledger.sqlite_file import SqliteFile
    from receptionapp.services.ledger_key import find_existing_key
    from receptionapp.services.ledger_server import find_server

    if settings.ledger_url:
        return await find_server(settings.ledger_url)
    return SqliteFile(file, await find_existing_key(file))


async def _with(
    place: "LedgerLocation",
    folder: DataFolder,
    settings: Settings,
    clock: Clock,
    work: "Callable[[Ledger], Awaitable[T]]",
) -> T:
    from receptionapp.ledger.entry import Writer
    from receptionapp.ledger.ledger import Ledger

    writer = Writer(settings.emr, desk_name(settings.desk))
    if settings.ledger_url:
        writer = replace(writer, desk_id=read_desk_id(folder.desk))
    ledger = await Ledger.open(place, writer, clock)
    try:
        return await work(ledger)
    finally:
        await ledger.close()

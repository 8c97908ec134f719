"""`reception ledger migrate --to URL`: this desk's ledger goes on at the clinic's server."""

import asyncio
import getpass
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from receptionapp.domain.clock import Clock
from receptionapp.system.credentials import KeyStoreError, managed_ledger_password, save_secret, server_account
from receptionapp.system.paths import AlreadyRunning, DataFolder, SingleInstance, desk_name, read_desk_id
from receptionapp.system.policy import NO_POLICY
from receptionapp.system.settings import load, save

if TYPE_CHECKING:
    from receptionapp.ledger.key import LedgerKey
    from receptionapp.ledger.postgres import ServerAddress
    from receptionapp.ledger.server_migration import TableCount


def migrate(url: str, ledger: Path, folder: DataFolder, key: "LedgerKey | None", clock: Clock, *, dry_run: bool) -> int:
    """The exit code: 0 done, 1 refused or failed, and nothing was changed then. Raises LedgerError, OSError."""
    from receptionapp.ledger.postgres import BadAddress, ServerAddress
    from receptionapp.ledger.server_migration import AlreadyThere, NotAllThere

    try:
        address = ServerAddress.read(url, managed_ledger_password() or "")
        if not address.password and _somebody_can_type():
            address = address.with_password(getpass.getpass(f"Password of {address.user}: "))
        with SingleInstance(folder.lock):
            return _migrate(address, ledger, folder, key, clock(), dry_run=dry_run)
    except BadAddress as error:
        return _say_failed(f"The address can't be used: {error}.")
    except AlreadyRunning:
        return _say_failed("Reception is open on this computer. Close it, then try again.")
    except AlreadyThere:
        return _say_failed("A part of this ledger is on that server already, and a part is not. Ask for support.")
    except NotAllThere:
        return _say_failed("The server counted other rows than were copied, so all of it was taken back.")


def _somebody_can_type() -> bool:
    """Windows says of NUL that it is a terminal too, and gives the frozen program no input at all."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    console, mode = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno())), ctypes.c_ulong()
    return bool(ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(mode)))


def _migrate(
    address: "ServerAddress", ledger: Path, folder: DataFolder, key: "LedgerKey | None", at: datetime, *, dry_run: bool
) -> int:
    from receptionapp.ledger.postgres import PostgresServer
    from receptionapp.ledger.server_migration import copy_to_server, mark_moved
    from receptionapp.ledger.sqlite_file import SqliteFile

    file, server, settings = SqliteFile(ledger, key), PostgresServer(address), load(folder.settings).settings
    desk = read_desk_id(folder.desk), desk_name(settings.desk)
    source = file.open().engine
    try:
        target = server.open().engine
        try:
            counted = copy_to_server(
                source, target, server.fault, desk, at, settings.identity, dry_run=dry_run, progress=_tell_progress
            )
        finally:
            target.dispose()
        _tell_counted(counted)
        if dry_run:
            print("This was a trial: nothing was changed.")
            return 0
        _remember(address, folder)  # first: ended in between, the same command goes on from here
        mark_moved(source, file.fault, address.url)
    finally:
        source.dispose()
    print(f"This desk's ledger goes on at {address.url}. The file is kept: {ledger}")
    return 0


def _remember(address: "ServerAddress", folder: DataFolder) -> None:
    """The desk opens the server's ledger from now on."""
    save(folder.settings, replace(load(folder.settings, environ={}, policy=NO_POLICY).settings, ledger_url=address.url))
    if not address.password:
        return
    try:
        asyncio.run(save_secret(server_account(address.url), address.password))
    except KeyStoreError:
        print("This computer has no key store for the password: set RECEPTION_LEDGER_PASSWORD for the program.")


def _tell_progress(table: str, done: int, there: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{table}: {done} of {there} ", end="\n" if done == there else "", file=sys.stderr, flush=True)


def _tell_counted(counted: "tuple[TableCount, ...]") -> None:
    if not counted:
        print("All of it is on the server already.")
    for each in counted:
        rest = f", {each.kept_back} known there already or kept in the file only" if each.kept_back else ""
        print(f"{each.table}: {each.new} of {each.there} copied{rest}")


def _say_failed(sentence: str) -> int:
    print(f"{sentence} Nothing was changed.", file=sys.stderr)
    return 1

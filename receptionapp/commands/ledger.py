"""`reception ledger …`: the recovery key, copies, and whether all is whole. For administrators, without a window.

Exit 0: done, or all is well; 1: it failed, or something is wrong; 2: nothing to work on, or no key for it.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from receptionapp.domain.clock import Clock
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import DataFolder, data_folder
from receptionapp.system.settings import Settings, load

if TYPE_CHECKING:
    from receptionapp.ledger.key import LedgerKey
    from receptionapp.ledger.verification import Verdict

_KEY_WARNING = """\
Who has this key and a copy of the ledger can read every patient in it. Keep it on paper, locked away from the computer:
if the computer's key store is lost, nothing else opens the ledger. Clear this screen afterwards.
"""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The words of `reception ledger`."""
    ledger = commands.add_parser("ledger", help="the record of what this desk booked: recovery key, copies, check")
    deeds = ledger.add_subparsers(dest="deed", required=True)
    deeds.add_parser("key", help="print the recovery key, to be kept on paper")
    backup = deeds.add_parser("backup", help="copy it to a new file, also while the program is open")
    backup.add_argument("file", type=Path)
    restore = deeds.add_parser("restore", help="put a copy in its place; the present one is kept beside it")
    restore.add_argument("file", type=Path)
    migrate = deeds.add_parser("migrate", help="let it go on as part of a ledger that several desks share")
    migrate.add_argument("--to", required=True, metavar="URL", help="postgresql://user@server/database")
    migrate.add_argument("--dry-run", action="store_true", help="do all of it and take it back")
    deeds.add_parser("connections", help="print which connections may open it")
    deeds.add_parser("add-connection", help="let the connection that is set open it, or the shared one, from now on")
    verify = deeds.add_parser("verify", help="read all of it and tell what is wrong")
    verify.add_argument("--json", action="store_true")


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Carry out one of them; the exit code."""
    folder = data_folder(practice=False)
    settings = load(folder.settings).settings
    if options.deed in ("connections", "add-connection"):
        from receptionapp.commands import connections

        deed = connections.add if options.deed == "add-connection" else connections.show
        work = partial(deed, folder, settings, clock)
    else:
        ledger = LedgerFiles(folder).choose(settings.identity)
        work = partial(_do_with_key, options, ledger, folder, settings, clock)
    return _sentences(options, work)


def _do_with_key(
    options: argparse.Namespace, ledger: Path, folder: DataFolder, settings: Settings, clock: Clock
) -> int:
    from receptionapp.services.ledger_key import find_existing_key

    if options.deed == "verify" and settings.ledger_url:
        return _verify_server(settings.ledger_url, as_json=options.json)
    source = options.file if options.deed == "restore" else ledger
    if not source.is_file():
        return _say_failed(f"There is no file {source}.", 2)
    return _do(options, ledger, folder, settings, asyncio.run(find_existing_key(source)), clock)


def _sentences(options: argparse.Namespace, work: Callable[[], int]) -> int:
    """Its exit code, and what it raises in words."""
    from receptionapp.ledger.errors import LedgerError
    from receptionapp.services.ledger_key import NoLedgerKey

    try:
        return work()
    except NoLedgerKey as error:
        why = _NO_KEY.get(error.fault, f"the key store failed ({error.fault})")
        return _say_failed(f"The ledger can't be opened: {why}.", 2)
    except LedgerError as error:
        return _say_failed(f"{_FAULTS.get(error.fault, f'It failed: {error.fault}')}. Nothing was changed.", 1)
    except FileExistsError:
        return _say_failed(f"{options.file} is there already. Nothing was overwritten.", 1)
    except OSError as error:
        return _say_failed(f"It failed: {error.strerror}. Nothing was changed.", 1)


def _do(
    options: argparse.Namespace,
    ledger: Path,
    folder: DataFolder,
    settings: Settings,
    key: "LedgerKey | None",
    clock: Clock,
) -> int:
    if options.deed == "key":
        return _show_key(key)
    if options.deed == "backup":
        from receptionapp.ledger.backup import back_up

        back_up(ledger, key, options.file.absolute())
        print(f"Copied to {options.file}." + ("" if key else " It is not encrypted, as the ledger is not."))
        return 0
    if options.deed == "migrate":
        from receptionapp.commands.migrate import migrate

        return migrate(options.to, ledger, folder, key, clock, dry_run=options.dry_run)
    if options.deed == "restore":
        return _restore(options.file, ledger, folder, settings, key, clock)
    from receptionapp.ledger.verification import verify_file

    return _tell(verify_file(ledger, key), as_json=options.json)


def _verify_server(url: str, *, as_json: bool) -> int:
    """The ledger that desks share is the one, not the file that this desk may have had before."""
    from receptionapp.ledger.verification import verify_server
    from receptionapp.services.ledger_server import find_server

    return _tell(verify_server(asyncio.run(find_server(url))), as_json=as_json)


def _show_key(key: "LedgerKey | None") -> int:
    if key is None:
        return _say_failed("The ledger is not encrypted yet: open the program once.", 2)
    print(_KEY_WARNING, file=sys.stderr)
    print(key.grouped)
    return 0


def _restore(
    source: Path, ledger: Path, folder: DataFolder, settings: Settings, key: "LedgerKey | None", clock: Clock
) -> int:
    from receptionapp.ledger.backup import restore
    from receptionapp.ledger.entry import Writer
    from receptionapp.system.paths import AlreadyRunning, SingleInstance, desk_name

    folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    writer, files, identity = Writer(settings.emr, desk_name(settings.desk)), LedgerFiles(folder), settings.identity
    try:
        with SingleInstance(folder.lock):
            same_clinic = frozenset(key for key, file in files.read().items() if file == ledger)
            aside = restore(source, ledger, key, writer, clock(), identity, same_clinic)
    except AlreadyRunning:
        return _say_failed("Reception is open on this computer. Close it, then try again. Nothing was changed.", 1)
    print("The copy is the ledger now. What was booked after it was made is in the EHR only.")
    if aside is not None:
        print(f"The ledger that was there is kept: {aside}")
    return 0


def _tell(verdict: "Verdict", *, as_json: bool) -> int:
    findings, unchecked = verdict.findings, verdict.not_checkable
    if as_json:
        found = [{"flaw": f.flaw, "count": f.count, "appointments": [str(key) for key in f.keys]} for f in findings]
        print(json.dumps({"whole": not findings, "findings": found, "not_checkable": unchecked}, indent=2))
    elif not findings:
        print("The ledger is whole.")
    else:
        for finding in findings:
            print(_FLAWS[finding.flaw].format(count=finding.count))
            for key in finding.keys:
                print(f"  appointment {key}")
    if unchecked and not as_json:
        print(_NOT_CHECKABLE.format(count=unchecked))
    return 1 if findings else 0


def _say_failed(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


_NO_KEY = {
    "missing": "its key is not in this user's key store. Set RECEPTION_LEDGER_KEY to the recovery key",
    "wrong": "the key that is there was not the one it was written with. Set RECEPTION_LEDGER_KEY to the recovery key",
    "unreadable": "RECEPTION_LEDGER_KEY must be 64 hexadecimal digits",
    "store_locked": "the key store is locked",
}

_FAULTS = {
    "wrong_key": "The file is encrypted with another key, or is no ledger",
    "damaged": "The file is damaged, or is no ledger",
    "locked": "Another program holds the file",
    "disk_full": "The disk is full",
    "not_writable": "The file or its folder can't be written to",
    "disk_failed": "The disk answered with an error",
    "other_connection": "It belongs to another connection than the one that is set",
    "moved": "This ledger goes on at a server already",
    "server_gone": "The server can't be reached",
    "commit_unknown": "The server was lost at the last moment: run the same command again, which finds out",
    "bad_address": "The address of the shared ledger can't be used",
    "not_verified": "The server's certificate can't be verified: name the clinic's root with sslrootcert",
    "refused": "The server does not let this user in, or has no such database",
    "newer_schema": "It was written by a newer version of this program",
}

_FLAWS = {
    "pages": "The file is damaged or was changed by something else, in {count} places. Put back a copy.",
    "references": "{count} rows name others that are not there. Put back a copy.",
    "version": "It was written by another version of this program. Open the program once, then verify again.",
    "life_cycle": "{count} appointments do not stand as the wish about them has it. Look in the EHR how they stand.",
    "names": "{count} appointments say other things of their patient than the patient's own row does. Ask for support.",
    "overlap": "{count} appointments share time on a resource. Look in the EHR which of them stand.",
    "audit": "The record of who did what was changed by something else.",
    "changed": "{count} appointments or wishes were changed by something else. Look in the EHR how they stand.",
    "gone": "{count} appointments or wishes that the record tells of are not there. Look in the EHR how they stand.",
    "untold": "{count} appointments or wishes are there of which the record has nothing, or the record was emptied.",
    "rules": "{count} of the database's own rules are missing or changed. Ask for support.",
}

_NOT_CHECKABLE = (
    "{count} appointments or wishes were last changed by an earlier version, whose record does not say enough to check "
    "them against it."
)

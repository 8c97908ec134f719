"""Makes an encrypted ledger of one that an earlier version wrote in the open.

The open file is there until the encrypted one is on the disk and has been compared with it; then it is replaced in one
step. Ended at any point, the next start finds either of the two whole, and begins again or goes on.
"""

from pathlib import Path
from typing import Any

from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.sqlite_file import (
    BUSY_SECONDS,
    COMPANIONS,
    companion,
    connect,
    driver,
    require_whole,
    sync,
    sync_folder,
)

UNFINISHED = ".encrypting"
"""At the end of the name of an encrypted copy that is not whole yet."""

# `sqlcipher_export` is a function of SQL, which can tell of what went wrong in it by words only.
_SAID = {
    "database or disk is full": LedgerFault.DISK_FULL,
    "database disk image is malformed": LedgerFault.DAMAGED,
    "file is not a database": LedgerFault.DAMAGED,
}


def encrypt(path: Path, key: LedgerKey) -> None:
    """The log is worked into the file first, and removed. Raises the driver's errors, LedgerError and OSError; the
    file is as it was then."""
    copy = companion(path, UNFINISHED)
    _remove(copy)
    try:
        _copy(path, copy, key)
        _require_whole(copy, key)
        sync(copy)
    except BaseException:
        _remove(copy)
        raise
    copy.replace(path)
    sync_folder(path.parent)


def _remove(copy: Path) -> None:
    for suffix in COMPANIONS:
        companion(copy, suffix).unlink(missing_ok=True)


def _require_whole(path: Path, key: LedgerKey) -> None:
    opened = connect(path, key)
    try:
        require_whole(opened, key)
    finally:
        opened.close()


def _copy(path: Path, copy: Path, key: LedgerKey) -> None:
    opened = driver(key).connect(str(path), timeout=BUSY_SECONDS, isolation_level=None)
    try:
        opened.execute("PRAGMA cipher_log_level = NONE")
        opened.execute("PRAGMA locking_mode = EXCLUSIVE")  # nobody writes meanwhile, and no log is left behind
        if opened.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise LedgerError(LedgerFault.LOCKED)
        opened.execute(f"ATTACH DATABASE ? AS encrypted KEY {key.literal}", (str(copy),))
        _export(opened, driver(key).Error)
        if _counts(opened, "main") != _counts(opened, "encrypted"):
            raise LedgerError(LedgerFault.DAMAGED)
        opened.execute("DETACH DATABASE encrypted")
    finally:
        opened.close()


def _export(opened: Any, errors: type[Exception]) -> None:
    try:
        opened.execute("SELECT sqlcipher_export('encrypted')").fetchall()
    except errors as error:
        raise LedgerError(_SAID.get(str(error), LedgerFault.DISK_FAILED)) from error


def _counts(opened: Any, schema: str) -> dict[str, int]:
    """How many rows every table has."""
    named = opened.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'").fetchall()  # noqa: S608
    return {name: opened.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0] for (name,) in named}  # noqa: S608

"""Connections to a file of SQLite's, with Python's own driver or, where there is a key, with SQLCipher's."""

import sqlite3
from pathlib import Path
from typing import Any

from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey

BUSY_SECONDS = 5
_CACHED_KIB = 32 * 1024  # a search may touch some thousand rows all over the file


def driver(key: LedgerKey | None) -> Any:
    """SQLCipher's build of SQLite where a key is given, else Python's own."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


def connect(path: Path | None, key: LedgerKey | None = None) -> Any:
    """A connection of the driver's, in which nothing is begun by itself.

    FULL syncs the log at every commit, and `fullfsync` makes a Mac's disk really write it. Temporary tables stay in
    memory, since they can hold names; what is deleted is overwritten. SQLCipher's own log goes to the screen.
    """
    made = driver(key).connect(
        ":memory:" if path is None else str(path),
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    if key is not None:
        made.execute("PRAGMA cipher_log_level = NONE")
        made.execute(f"PRAGMA key = {key.literal}")
    kept = ("synchronous = FULL", "fullfsync = ON", "foreign_keys = ON", "temp_store = MEMORY", "secure_delete = ON")
    for pragma in (*kept, f"cache_size = -{_CACHED_KIB}"):
        made.execute(f"PRAGMA {pragma}")
    return made


def require_whole(opened: Any, key: LedgerKey | None = None) -> None:
    """Read all of the file. Raises LedgerError(DAMAGED) and the driver's errors."""
    if key is not None and opened.execute("PRAGMA cipher_integrity_check").fetchall():
        raise LedgerError(LedgerFault.DAMAGED)
    if opened.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise LedgerError(LedgerFault.DAMAGED)

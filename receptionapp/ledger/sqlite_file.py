"""The ledger as an SQLite file, encrypted or not: how it is opened, and how damage is told from another's key."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from errno import ENOENT, ENOSPC
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from receptionapp.ledger import opening
from receptionapp.ledger.database import Opened, sorted_failures, transact
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.files import move_aside
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.sqlite_driver import connect, driver

CHECKED_AT_START = 16 * 2**20
"""Files up to this many bytes (some 30,000 appointments) are read through at start: `quick_check` takes 0.7 ms a
megabyte. Of larger ones only what opening reads anyway is checked (header, length, tables, version); damage further
in shows when it is read, as LedgerError(DAMAGED)."""

_FAULTS = {
    sqlite3.SQLITE_FULL: LedgerFault.DISK_FULL,
    sqlite3.SQLITE_BUSY: LedgerFault.LOCKED,
    sqlite3.SQLITE_LOCKED: LedgerFault.LOCKED,
    sqlite3.SQLITE_CORRUPT: LedgerFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: LedgerFault.DAMAGED,
    sqlite3.SQLITE_READONLY: LedgerFault.NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: LedgerFault.NOT_WRITABLE,
    sqlite3.SQLITE_PERM: LedgerFault.NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: LedgerFault.DISK_FAILED,
}


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A ledger in a file, whose folder must be there; None is one in memory.

    With a `key` the file is encrypted by SQLCipher, and one of an earlier version that is not becomes so first.
    """

    path: Path | None
    key: LedgerKey | None = None

    def open(self) -> Opened:
        """Open or create the file. A damaged one is moved aside and a new one begun.

        Raises LedgerError: a newer file and one of another key (WRONG_KEY) are never touched.
        """
        if self.path is None:
            return Opened(self._open_sound())
        with sorted_failures(self.fault):
            if not is_bereft(self.path):
                try:
                    self._make_ours(self.path)
                    return Opened(self._open_sound())
                except LedgerError as error:
                    if error.fault is not LedgerFault.DAMAGED:
                        raise
            moved_aside = move_aside(self.path)
            return Opened(self._open_sound(), moved_aside)

    def fault(self, error: BaseException) -> LedgerFault | None:
        """The low byte of SQLite's code is the kind; the rest tells details of it."""
        if isinstance(error, OSError):
            return LedgerFault.DISK_FULL if error.errno == ENOSPC else LedgerFault.NOT_WRITABLE
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _FAULTS.get(code & 0xFF)

    def _make_ours(self, path: Path) -> None:
        if self.key is None:
            return
        mark = mark_of(path)
        if mark is None and path.is_file():
            from receptionapp.ledger import encrypting  # once in the life of a file

            with sorted_failures(self.fault):
                encrypting.encrypt(path, self.key)
        elif mark is not None and mark != self.key.mark:
            raise LedgerError(LedgerFault.WRONG_KEY)

    def _open_sound(self) -> Engine:
        """Raises LedgerError(DAMAGED) with the file closed, so that it can be moved on Windows too."""
        made = engine(self.path, self.key)
        try:
            transact(made, self._bring_to_head, self.fault)
            with sorted_failures(self.fault):
                keep_wal(made)
        except BaseException:
            made.dispose()
            raise
        return made

    def _bring_to_head(self, connection: Connection) -> None:
        opening.bring_to_head(connection)
        if not is_sound(connection, self.path):
            raise LedgerError(LedgerFault.DAMAGED)


def engine(path: Path | None, key: LedgerKey | None = None) -> Engine:
    """An engine with one connection, for use on one thread. None is a ledger in memory.

    Transactions begin IMMEDIATE: a writer waits for another program's lock at the start, where waiting is harmless,
    and never fails halfway because somebody wrote in between.
    """
    made = create_engine(
        "sqlite://", module=driver(key), creator=lambda: connect(path, key), poolclass=StaticPool, hide_parameters=True
    )
    event.listen(made, "begin", _begin)
    if path is not None:
        event.listen(made, "begin", _still_there(path))
    return made


def keep_wal(engine: Engine) -> None:
    """Turn on the write-ahead log, which the file then remembers. Not before the file is known to be ours."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def is_sound(connection: Connection, path: Path | None) -> bool:
    """Whether a look at the file, as long as start allows, finds no damage."""
    if path is None or path.stat().st_size > CHECKED_AT_START:
        return True
    verdict: str = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return verdict == "ok"


def is_bereft(path: Path) -> bool:
    """Whether a ledger was here and its contents are gone: an empty file, or a log without its file.

    SQLite would take both for a new database, and throw the log away.
    """
    if path.exists():
        return path.is_file() and path.stat().st_size == 0
    return Path(f"{path}-wal").exists()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _still_there(path: Path) -> Callable[[Connection], None]:
    """Raises OSError once the file or its log was deleted, moved or replaced, or the file was cut short. Other systems
    than Windows allow that while it is open, and SQLite would go on writing what nobody will ever read again."""
    opened: dict[Path, os.stat_result] = {}
    length = 0  # of the file, which never shrinks: nothing here vacuums
    log = Path(f"{path}-wal")  # made with the first use of it

    def look(_: Connection) -> None:
        nonlocal length
        for each in (path, log) if log in opened or log.exists() else (path,):
            found = each.stat()
            if not os.path.samestat(opened.setdefault(each, found), found):
                raise FileNotFoundError(ENOENT, "the ledger was replaced")
        now = path.stat().st_size
        if now < length:
            raise FileNotFoundError(ENOENT, "the ledger was cut short")
        length = now

    return look

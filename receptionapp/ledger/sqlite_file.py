"""The ledger as an SQLite file: how it is opened, how damage is told, and how a damaged one is put aside."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from receptionapp.ledger import opening
from receptionapp.ledger.database import Opened, sorted_failures, transact
from receptionapp.ledger.errors import LedgerError, LedgerFault

CHECKED_AT_START = 16 * 2**20
"""Files up to this many bytes (some 30,000 appointments) are read through at start: `quick_check` takes 0.7 ms a
megabyte. Of larger ones only what opening reads anyway is checked (header, length, tables, version); damage further
in shows when it is read, as LedgerError(DAMAGED)."""

_BUSY_SECONDS = 5
_CACHED_KIB = 32 * 1024  # a search may touch some thousand rows all over the file
_COMPANIONS = ("", "-wal", "-shm")

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
    """A ledger in a file, whose folder must be there; None is one in memory."""

    path: Path | None

    def open(self) -> Opened:
        """Open or create the file. A damaged one is moved aside and a new one begun.

        Raises LedgerError: a newer file is never touched.
        """
        if self.path is None:
            return Opened(self._open_sound())
        with sorted_failures(self.fault):
            if not is_bereft(self.path):
                try:
                    return Opened(self._open_sound())
                except LedgerError as error:
                    if error.fault is not LedgerFault.DAMAGED:
                        raise
            moved_aside = move_aside(self.path)
            return Opened(self._open_sound(), moved_aside)

    def fault(self, error: BaseException) -> LedgerFault | None:
        """The low byte of SQLite's code is the kind; the rest tells details of it."""
        if isinstance(error, OSError):
            return LedgerFault.NOT_WRITABLE
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _FAULTS.get(code & 0xFF)

    def _open_sound(self) -> Engine:
        """Raises LedgerError(DAMAGED) with the file closed, so that it can be moved on Windows too."""
        made = engine(self.path)
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


def engine(path: Path | None) -> Engine:
    """An engine with one connection, for use on one thread. None is a ledger in memory.

    Transactions begin IMMEDIATE: a writer waits for another program's lock at the start, where waiting is harmless,
    and never fails halfway because somebody wrote in between.
    """
    url = "sqlite://" if path is None else f"sqlite:///{path}"
    made = create_engine(url, poolclass=StaticPool, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(made, "connect", _set_up)
    event.listen(made, "begin", _begin)
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


def move_aside(path: Path) -> Path:
    """Rename the file, with its log if SQLite could not work that into the file, to a name that nothing has.

    Raises OSError.
    """
    target = next(name for name in _names_aside(path) if not any(_companion(name, c).exists() for c in _COMPANIONS))
    for companion in _COMPANIONS:
        source = _companion(path, companion)
        if source.exists():
            source.rename(_companion(target, companion))
    return target


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    """FULL syncs the log at every commit, and `fullfsync` makes a Mac's disk really write it. Temporary tables stay
    in memory, since they can hold names."""
    connection.isolation_level = None  # the driver begins nothing by itself
    kept = ("synchronous = FULL", "fullfsync = ON", "foreign_keys = ON", "temp_store = MEMORY")
    for pragma in (*kept, f"cache_size = -{_CACHED_KIB}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _names_aside(path: Path) -> Iterator[Path]:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    for attempt in count():
        again = f"-{attempt}" if attempt else ""
        yield path.with_name(f"{path.stem}.damaged-{stamp}{again}{path.suffix}")


def _companion(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)

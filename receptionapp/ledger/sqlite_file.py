"""The ledger as an SQLite file, encrypted or not: how it is opened, how damage is told from a wrong key, and how the
file is moved aside."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import ENOENT, ENOSPC
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from receptionapp.ledger import opening
from receptionapp.ledger.database import OpenedDatabase, transact, translate_errors
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey, mark_of

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

    Raises the driver's errors, with the file closed: Windows lets nobody move a damaged file that is open.
    """
    made = driver(key).connect(
        ":memory:" if path is None else str(path),
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if path is not None:
            keep_private(path)
        _set_up(made, key)
    except BaseException:
        made.close()
        raise
    return made


def keep_private(path: Path) -> None:
    """For its owner alone, also where it was made before: SQLite gives its log the same rights."""
    for each in (companion(path, suffix) for suffix in COMPANIONS):
        with suppress(OSError):  # somebody else's, who decides
            if os.name == "posix" and each.stat().st_mode & 0o077:
                each.chmod(0o600)


def _set_up(made: Any, key: LedgerKey | None) -> None:
    if key is not None:
        made.execute("PRAGMA cipher_log_level = NONE")
        made.execute(f"PRAGMA key = {key.literal}")
    kept = ("synchronous = FULL", "fullfsync = ON", "foreign_keys = ON", "temp_store = MEMORY", "secure_delete = ON")
    for pragma in (*kept, f"cache_size = -{_CACHED_KIB}"):
        made.execute(f"PRAGMA {pragma}")


def require_whole(opened: Any, key: LedgerKey | None = None) -> None:
    """Read all of the file. Raises LedgerError(DAMAGED) and the driver's errors."""
    if key is not None and opened.execute("PRAGMA cipher_integrity_check").fetchall():
        raise LedgerError(LedgerFault.DAMAGED)
    if opened.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise LedgerError(LedgerFault.DAMAGED)


COMPANIONS = ("", "-wal", "-shm")
"""What SQLite keeps beside a file, by the ends of the names; the file itself first."""


def move_aside(path: Path, why: str = "damaged") -> Path:
    """Rename the file, with its log if it has one, to a name that nothing has. Raises OSError."""
    target = name_aside(path, why)
    for suffix in COMPANIONS:
        source = companion(path, suffix)
        if source.exists():
            source.rename(companion(target, suffix))
    return target


def name_aside(path: Path, why: str) -> Path:
    """A name beside the file that nothing has, not even a log, with when the file or its log was written last (UTC)."""
    return next(name for name in _names_aside(path, why) if not any(companion(name, s).exists() for s in COMPANIONS))


def companion(path: Path, suffix: str) -> Path:
    """The file, or its log, by one of `COMPANIONS`."""
    return path.with_name(path.name + suffix)


def sync(path: Path) -> None:
    """Not before this returns is the file sure to be on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """The same for new names in it. Windows sees to names itself and can't be asked to."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _names_aside(path: Path, why: str) -> Iterator[Path]:
    there = [file for file in (companion(path, suffix) for suffix in COMPANIONS) if file.exists()]
    written = max(file.stat().st_mtime for file in there)
    stamp = datetime.fromtimestamp(written, UTC).strftime("%Y%m%dT%H%M%SZ")
    for attempt in count():
        again = f"-{attempt}" if attempt else ""
        yield path.with_name(f"{path.stem}.{why}-{stamp}{again}{path.suffix}")


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

    With a `key` the file is encrypted by SQLCipher.
    """

    path: Path | None
    key: LedgerKey | None = None

    def open(self) -> OpenedDatabase:
        """Open or create the file. A damaged one is moved aside and a new one begun.

        Raises LedgerError: a newer file and one of another key (WRONG_KEY) are never touched.
        """
        if self.path is None:
            return OpenedDatabase(self._open_sound())
        with translate_errors(self.fault):
            if not has_lost_contents(self.path):
                try:
                    self._require_ours(self.path)
                    return OpenedDatabase(self._open_sound())
                except LedgerError as error:
                    if error.fault is not LedgerFault.DAMAGED:
                        raise
            moved_aside = move_aside(self.path)
            return OpenedDatabase(self._open_sound(), moved_aside)

    def fault(self, error: BaseException) -> LedgerFault | None:
        """The low byte of SQLite's code is the kind; the rest tells details of it."""
        if isinstance(error, OSError):
            return LedgerFault.DISK_FULL if error.errno == ENOSPC else LedgerFault.NOT_WRITABLE
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _FAULTS.get(code & 0xFF)

    def _require_ours(self, path: Path) -> None:
        """Raises LedgerError(WRONG_KEY) for a file of another key and for a sound one that is not encrypted: neither is
        ever touched. Raises LedgerError(DAMAGED) for what not even SQLite could read without a key."""
        if self.key is None or not path.is_file():
            return
        mark = mark_of(path)
        if mark is None:
            with translate_errors(self.fault), closing(connect(path)) as opened:
                require_whole(opened)
        if mark != self.key.mark:
            raise LedgerError(LedgerFault.WRONG_KEY)

    def _open_sound(self) -> Engine:
        """Raises LedgerError(DAMAGED) with the file closed, so that it can be moved on Windows too."""
        made = engine(self.path, self.key)
        try:
            transact(made, self._bring_to_head, self.fault)
            with translate_errors(self.fault):
                enable_wal(made)
        except BaseException:
            made.dispose()
            raise
        return made

    def _bring_to_head(self, connection: Connection) -> None:
        opening.migrate_to_latest(connection)
        if not is_undamaged(connection, self.path):
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


def enable_wal(engine: Engine) -> None:
    """Turn on the write-ahead log; the file keeps that setting. Call it only when the file is known to be a ledger of
    this program."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def is_undamaged(connection: Connection, path: Path | None) -> bool:
    """Whether a check that is short enough for the start finds no damage."""
    if path is None or path.stat().st_size > CHECKED_AT_START:
        return True
    verdict: str = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return verdict == "ok"


def has_lost_contents(path: Path) -> bool:
    """Whether a ledger was here and is gone: an empty file, or a log without one. SQLite would take both for a new
    database."""
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

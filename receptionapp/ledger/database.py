"""The ledger's own thread: all its work is done there, one transaction after the other, and awaited from outside.

Failures are sorted here once (the idea is qutebrowser's `misc/sql.py`): what the disk or the file did becomes
LedgerError, everything else is a bug and passes through.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from receptionapp.ledger import person_words, sqlite_file
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.schema import HEAD, ledger_meta, metadata

T = TypeVar("T")

_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)  # as Alembic itself makes it

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


class Database:
    """An open ledger file. `moved_aside` is where a damaged one was put, so that this one could be begun."""

    def __init__(self, thread: ThreadPoolExecutor, engine: Engine, moved_aside: Path | None) -> None:
        self._thread = thread
        self._engine = engine
        self.moved_aside = moved_aside

    @classmethod
    async def open(cls, path: Path | None) -> Self:
        """Open or create the file; None is a ledger in memory. The folder must be there.

        A damaged file is moved aside and a new one begun. Raises LedgerError: a newer file is never touched.
        """
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        try:
            engine, moved_aside = await asyncio.get_running_loop().run_in_executor(thread, _open, path)
        except BaseException:
            thread.shutdown()
            raise
        return cls(thread, engine, moved_aside)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction, which is on the disk when this returns.

        Work that was asked for is done even if nobody waits for it any longer: cancelling the caller must not lose
        Leyr's answer. Raises LedgerError, and what `work` raises; nothing was written then.
        """
        return await asyncio.shield(
            asyncio.get_running_loop().run_in_executor(self._thread, _transact, self._engine, work)
        )

    async def close(self) -> None:
        """Finish what was asked for, then close the file and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()


def _transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    with _sorted_failures(), engine.begin() as connection:
        return work(connection)


def _open(path: Path | None) -> tuple[Engine, Path | None]:
    if path is None:
        return _open_sound(None), None
    with _sorted_failures():
        if not sqlite_file.is_bereft(path):
            try:
                return _open_sound(path), None
            except LedgerError as error:
                if error.fault is not LedgerFault.DAMAGED:
                    raise
        moved_aside = sqlite_file.move_aside(path)
        return _open_sound(path), moved_aside


def _open_sound(path: Path | None) -> Engine:
    """Raises LedgerError(DAMAGED) with the file closed, so that it can be moved on Windows too."""
    engine = sqlite_file.engine(path)
    try:
        _transact(engine, lambda connection: _bring_to_head(connection, path))
        with _sorted_failures():
            sqlite_file.keep_wal(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _bring_to_head(connection: Connection, path: Path | None) -> None:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        _create(connection)
        return
    if "alembic_version" not in tables:
        raise LedgerError(LedgerFault.DAMAGED)  # a database, but no ledger
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if version != HEAD:
        from receptionapp.ledger import migrations  # Alembic's import costs some 150 ms, and is rarely needed

        migrations.upgrade(connection, version)
        person_words.make_anew(connection)
    if not sqlite_file.is_sound(connection, path):
        raise LedgerError(LedgerFault.DAMAGED)


def _create(connection: Connection) -> None:
    """What all migrations together make, without Alembic."""
    metadata.create_all(connection)
    connection.execute(ledger_meta.insert().values(id=1, revision=0))
    connection.execute(text(_VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


@contextmanager
def _sorted_failures() -> Iterator[None]:
    """Turn what the disk or the file did into LedgerError, and let bugs pass."""
    try:
        yield
    except DBAPIError as error:
        fault = _fault(error.orig)
        if fault is None:
            raise
        raise LedgerError(fault) from error
    except sqlite3.Error as error:
        fault = _fault(error)
        if fault is None:
            raise
        raise LedgerError(fault) from error
    except OSError as error:
        raise LedgerError(LedgerFault.NOT_WRITABLE) from error


def _fault(error: BaseException | None) -> LedgerFault | None:
    """The low byte of SQLite's code is the kind; the rest tells details of it."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _FAULTS.get(code & 0xFF)

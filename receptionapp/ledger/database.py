"""The ledger's own thread: its work is done there, one transaction after the other. Failures are sorted here once: the
disk's, the file's and the server's become LedgerError; everything else is a bug and passes through, and so does a
broken rule of the tables."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound

from receptionapp.ledger.errors import LedgerError, LedgerFault, UnfitText

T = TypeVar("T")

ClassifyError = Callable[[BaseException], LedgerFault | None]


@dataclass(frozen=True, slots=True)
class OpenedDatabase:
    """An engine for use on one thread, and where a damaged file was put, so that this one could be begun."""

    engine: Engine
    moved_aside: Path | None = None


class LedgerLocation(Protocol):
    """Where a ledger is kept. Both are called on the ledger's thread, which may wait."""

    def open(self) -> OpenedDatabase:
        """Open or create it, and bring it to today's tables. Raises LedgerError, with nothing left open."""

    def fault(self, error: BaseException) -> LedgerFault | None:
        """What the driver's error says of the disk, the file or the server; None for a bug of ours."""


class Database:
    """An open ledger."""

    def __init__(self, thread: ThreadPoolExecutor, place: LedgerLocation, opened: OpenedDatabase) -> None:
        self._thread = thread
        self._engine = opened.engine
        event.listen(self._engine, "before_cursor_execute", _require_fit_text)
        self._sort = place.fault
        self.moved_aside = opened.moved_aside

    @classmethod
    async def open(cls, place: LedgerLocation) -> Self:
        """Open or create the ledger. Raises LedgerError. If cancelled, what is opened all the same is closed on its
        thread."""
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        opening = thread.submit(place.open)
        try:
            opened = await asyncio.wrap_future(opening)
        except BaseException:
            opening.add_done_callback(_close_unwanted)
            thread.shutdown(wait=opening.done())
            raise
        return cls(thread, place, opened)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction, which is on the disk when this returns; also if nobody waits for it any longer.

        Raises LedgerError, and what `work` raises; nothing was written then.
        """
        return await asyncio.shield(
            asyncio.get_running_loop().run_in_executor(self._thread, transact, self._engine, work, self._sort)
        )

    async def truncate_log(self) -> None:
        """Work the log of a file into it, and cut it off: what was deleted is in neither then. Raises LedgerError."""
        await asyncio.get_running_loop().run_in_executor(self._thread, _empty_log, self._engine, self._sort)

    async def close(self) -> None:
        """Finish what was asked for, then close the file or the connection and end the thread. Nothing is taken on any
        more, or it would open the file again and nobody would close it."""
        closing = self._thread.submit(self._engine.dispose)
        self._thread.shutdown(wait=False)
        await asyncio.wrap_future(closing)


def _require_fit_text(_c: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, _many: bool) -> None:
    """Raises UnfitText. PostgreSQL takes no zero in a text, and no database half of a surrogate pair."""
    for row in parameters if isinstance(parameters, list) else (parameters,):
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and ("\0" in value or _is_broken(value)):
                raise UnfitText


def _is_broken(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


def _close_unwanted(opening: Future[OpenedDatabase]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().engine.dispose()


def _empty_log(engine: Engine, sort: ClassifyError) -> None:
    if engine.dialect.name != "sqlite":
        return
    with translate_errors(sort):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()


def transact(engine: Engine, work: Callable[[Connection], T], sort: ClassifyError) -> T:
    """Do `work` in one transaction on this thread. Raises LedgerError, and what `work` raises.

    A server that is gone while it commits may have done so: COMMIT_UNKNOWN. Whatever fails before was not written.
    """
    done = False
    try:
        with translate_errors(sort), engine.begin() as connection:
            result = work(connection)
            done = True
    except LedgerError as error:
        if done and error.fault is LedgerFault.SERVER_GONE:
            raise LedgerError(LedgerFault.COMMIT_UNKNOWN) from error
        raise
    return result


@contextmanager
def translate_errors(sort: ClassifyError) -> Iterator[None]:
    """Turn what the disk, the file or the server did into LedgerError, and let bugs pass."""
    try:
        yield
    except LedgerError:
        raise
    except Exception as error:
        fault = sort((error.orig or error) if isinstance(error, DBAPIError) else error)
        if fault is None and isinstance(error, NoResultFound):
            fault = LedgerFault.DAMAGED  # a row that is in every ledger, such as that of `ledger_meta`
        if fault is None and isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
            fault = LedgerFault.UNEXPECTED
        if fault is None:
            raise
        raise LedgerError(fault) from error

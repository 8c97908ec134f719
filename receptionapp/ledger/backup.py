"""Copies of a ledger's file with the same key, made from one moment while it is in use, and put back."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.ledger import audit, connections, entry, opening
from receptionapp.ledger.connections import Admission
from receptionapp.ledger.database import transact, translate_errors
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.sqlite_file import (
    COMPANIONS,
    SqliteFile,
    companion,
    connect,
    driver,
    engine,
    keep_private,
    name_aside,
    require_whole,
    sync,
    sync_folder,
)

_PAGES = 256  # copied at a time, a megabyte
_UNFINISHED = ".unfinished"
_ROOM = 2  # times the ledger's size: what is booked goes before a copy of it


def back_up(path: Path, key: LedgerKey | None, target: Path) -> None:
    """Copy the ledger to `target`, which appears only once it is whole and on the disk. Raises FileExistsError,
    LedgerError."""
    if target.exists():
        raise FileExistsError(target)
    with translate_errors(SqliteFile(path, key).fault):
        copy = _copy(path, key, target)
        copy.replace(target)
        sync_folder(target.parent)


def back_up_daily(path: Path, key: LedgerKey | None, folder: Path, today: date, kept: int) -> bool:
    """Today's copy in `folder`, and no more than the newest `kept`. True if one was made. Raises LedgerError."""
    target = folder / f"{path.stem}-{today.isoformat()}{path.suffix}"
    with translate_errors(SqliteFile(path, key).fault):
        folder.mkdir(mode=0o700, exist_ok=True)
        for earlier in folder.glob(f"{path.stem}-*{path.suffix}"):
            keep_private(earlier)
        if target.exists():
            return False
        if shutil.disk_usage(folder).free < _ROOM * path.stat().st_size:
            raise LedgerError(LedgerFault.DISK_FULL)
        back_up(path, key, target)
        for old in sorted(folder.glob(f"{path.stem}-????-??-??{path.suffix}"))[:-kept]:
            old.unlink()
        for left in folder.glob(f"{path.stem}-*{_UNFINISHED}"):  # by a computer that was turned off
            left.unlink()
    return True


def restore(
    source: Path,
    path: Path,
    key: LedgerKey | None,
    writer: Writer,
    at: datetime,
    identity: ConnectionIdentity | None = None,
    same_clinic: frozenset[str] = frozenset(),
) -> Path | None:
    """Put a copy in the place of the ledger, which nobody may have open. Where the one that was there is kept now.

    Its record of who did what tells of it, with `writer` and `at` (UTC). Ended at any point, the ledger is the one that
    was there or the copy, and whole. `identity` is the connection that is set; `same_clinic` are the keys of all that
    the ledger in its place belongs to. Raises LedgerError: OTHER_CONNECTION, WRONG_KEY, DAMAGED, MOVED or NEWER_SCHEMA
    where the copy can't be used; nothing was changed then.
    """
    with translate_errors(SqliteFile(source, key).fault):
        if mark_of(source) != (None if key is None else key.mark):
            raise LedgerError(LedgerFault.WRONG_KEY)
        copy = _copy(source, key, path, _require_ledger)
        aside = name_aside(path, "replaced") if path.exists() else None
        try:
            _tell_restored(copy, key, writer, at, aside, identity, same_clinic)
            sync(copy)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        if aside is not None:
            _keep(path, aside)
            _work_log_in(path, key)
        for log in COMPANIONS[1:]:  # or SQLite would work the old one's into the new file
            companion(path, log).unlink(missing_ok=True)
        copy.replace(path)
        sync_folder(path.parent)
    return aside


def _copy(path: Path, key: LedgerKey | None, target: Path, also: Callable[[Any], None] = lambda made: None) -> Path:
    """Beside `target`, whole, closed and on the disk. What it raises, or what `also` raises of it, leaves none."""
    copy = companion(target, _UNFINISHED)
    copy.unlink(missing_ok=True)
    try:
        with _connected(path, key) as source, _connected(copy, key) as made:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees this moment
            source.backup(made, pages=_PAGES)
            source.execute("ROLLBACK")
            made.execute("PRAGMA journal_mode = DELETE")  # one file, without a log
            require_whole(made, key)
            also(made)
        sync(copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _require_ledger(opened: Any) -> None:
    named = opened.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'intents')")
    if named.fetchone() != (2,):
        raise LedgerError(LedgerFault.DAMAGED)


def _tell_restored(
    copy: Path,
    key: LedgerKey | None,
    writer: Writer,
    at: datetime,
    aside: Path | None,
    identity: ConnectionIdentity | None,
    same_clinic: frozenset[str],
) -> None:
    """In the copy itself, before it takes its place: so there is no moment at which its record does not tell."""

    def tell(connection: Connection) -> None:
        opening.migrate_to_latest(connection)
        written = entry.begin(connection, writer, at)
        if identity is not None:
            known = connections.keys_of(connections.read_connections(connection))
            by = Admission.NEW_CREDENTIALS if known & same_clinic else Admission.NONE
            connections.admit(written, identity, by)
        audit.add_line(written, AuditAction.RESTORED, detail=None if aside is None else aside.name)
        audit.write_lines(written)

    made = engine(copy, key)
    try:
        transact(made, tell, SqliteFile(copy, key).fault)
    finally:
        made.dispose()


def _work_log_in(path: Path, key: LedgerKey | None) -> None:
    """Merge the log into the file before it is removed; one that can't be opened stays whole where it was put aside."""
    with suppress(driver(key).Error), _connected(path, key) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")


def _keep(path: Path, aside: Path) -> None:
    """Copied and not renamed: there is a ledger in its place at every moment, so that no start begins a new one."""
    for suffix in COMPANIONS:
        if companion(path, suffix).exists():
            shutil.copy2(companion(path, suffix), companion(aside, suffix))
            sync(companion(aside, suffix))
    sync_folder(path.parent)


@contextmanager
def _connected(path: Path, key: LedgerKey | None) -> Iterator[Any]:
    opened = connect(path, key)
    try:
        yield opened
    finally:
        opened.close()

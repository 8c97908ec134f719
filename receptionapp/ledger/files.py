"""A ledger's file and its logs as files: put aside under a dated name, and surely on the disk."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

COMPANIONS = ("", "-wal", "-shm")
"""What SQLite keeps beside a file, by the ends of the names; the file itself first."""


def move_aside(path: Path, why: str = "damaged") -> Path:
    """Rename the file, with its log if SQLite could not work that into the file, to a name that nothing has.

    Raises OSError.
    """
    target = name_aside(path, why)
    for suffix in COMPANIONS:
        source = companion(path, suffix)
        if source.exists():
            source.rename(companion(target, suffix))
    return target


def name_aside(path: Path, why: str) -> Path:
    """A dated name beside the file that nothing has, not even a log."""
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
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    for attempt in count():
        again = f"-{attempt}" if attempt else ""
        yield path.with_name(f"{path.stem}.{why}-{stamp}{again}{path.suffix}")

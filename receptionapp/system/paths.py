"""Where this program keeps its files, and how a file is written whole or not at all."""

import errno
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Self
from uuid import UUID, uuid4

import platformdirs

from receptionapp.system.file_reading import read_file

DATA_DIR_VARIABLE = "RECEPTION_DATA_DIR"


class FolderNotWritable(Exception):
    """The data folder can't be made or written to. `folder` is which one; nothing was changed in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"not writable: {folder}")
        self.folder = folder


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One folder with everything that belongs together: settings, ledger, logs and the lock."""

    root: Path

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def ledger(self) -> Path:
        """Of practice mode, and of the first connection. Ask `ledger_files.py` which one is a connection's."""
        return self.root / "ledger.sqlite3"

    @property
    def ledgers(self) -> Path:
        """Which connection has which ledger."""
        return self.root / "ledgers.json"

    @property
    def clinic(self) -> Path:
        """The clinic as it was read last, for a start without a line."""
        return self.root / "clinic.json"

    @property
    def desk(self) -> Path:
        """The id by which desks that share a ledger tell this one apart."""
        return self.root / "desk"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def log(self) -> Path:
        return self.root / "logs" / "reception.log"

    @property
    def lock(self) -> Path:
        return self.root / "lock"


def data_folder(*, practice: bool, environ: Mapping[str, str] = os.environ) -> DataFolder:
    """The folder for real work, or the one for practice; `RECEPTION_DATA_DIR` goes first. Nothing is created."""
    chosen = environ.get(DATA_DIR_VARIABLE)
    base = Path(chosen).expanduser().absolute() if chosen else platformdirs.user_data_path("Reception", appauthor=False)
    return DataFolder(base / ("practice" if practice else "clinic"))


def require_writable(folder: DataFolder) -> None:
    """Make the folder, readable by its owner alone, and write to it once: only that tells. Raises FolderNotWritable."""
    try:
        folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder.root) as probe:
            probe.write(b"writable")
    except OSError as error:
        raise FolderNotWritable(folder.root) from error


_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_atomically(path: Path, make: Callable[[], bytes]) -> None:
    """Raises OSError; a file that was there before is untouched then, and nothing is left beside it."""
    content = make()
    handle, partial = mkstemp(dir=path.parent, prefix=".reception-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            Path(partial).unlink()
        raise


def is_disk_full(error: OSError) -> bool:
    """Whether it was for want of room on the disk."""
    return error.errno in _FULL


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AlreadyRunning(Exception):
    """Another program has the data folder."""


class SingleInstance:
    """A held lock, which the operating system drops with the process. Not QLockFile, whose process id can name a
    stranger."""

    def __init__(self, path: Path) -> None:
        """Take the lock. The folder must exist. Raises AlreadyRunning, or OSError where locking is not possible."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except (BlockingIOError, PermissionError) as error:  # what POSIX and what Windows say of a held lock
            os.close(self._handle)
            raise AlreadyRunning from error
        except OSError:
            os.close(self._handle)
            raise

    def release(self) -> None:
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


DESK_VARIABLE = "RECEPTION_DESK"


def desk_name(chosen: str, environ: Mapping[str, str] = os.environ) -> str:
    """What other desks read: the environment's word, the setting's, or the computer's name."""
    return environ.get(DESK_VARIABLE, "").strip() or chosen.strip() or platform.node()


def read_desk_id(path: Path) -> UUID:
    """The id kept in the file, or a new one. Raises OSError."""
    try:
        return UUID(read_file(path).decode("ascii").strip())
    except (FileNotFoundError, ValueError):
        return new_desk_id(path)


def new_desk_id(path: Path) -> UUID:
    """From now on another desk than before. Raises OSError."""
    made = uuid4()
    write_atomically(path, f"{made}\n".encode)
    return made

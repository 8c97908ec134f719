"""One running program per data folder, and the random id by which desks on one ledger are told apart."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

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
        return UUID(path.read_text("ascii").strip())
    except (FileNotFoundError, ValueError):
        return new_desk_id(path)


def new_desk_id(path: Path) -> UUID:
    """From now on another desk than before. Raises OSError."""
    made = uuid4()
    path.write_text(f"{made}\n", "ascii")
    return made

"""Reading files that may be anything by now: a pipe, a device, JSON without end."""

import json
import os
import stat
from pathlib import Path
from typing import Any


class DoubledKey(ValueError):
    """One object has this key twice."""

    def __init__(self, key: str) -> None:
        super().__init__("a key twice")
        self.key = key


def read_file(path: Path) -> bytes:
    """Of a regular file; a pipe would keep its reader waiting. Raises OSError, and ValueError for anything else."""
    with open(path, "rb", opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("not a regular file")
        return file.read()


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def parse_json(content: bytes) -> Any:
    """Raises ValueError, also where it is nested too deep to be read."""
    try:
        return json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


class KeysOnce(dict[str, Any]):
    """Raises DoubledKey where a key is set twice."""

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self:
            raise DoubledKey(key)
        super().__setitem__(key, value)


def object_with_keys_once(pairs: list[tuple[str, Any]]) -> KeysOnce:
    """For `object_pairs_hook`, since JSON itself lets the last one win. Raises DoubledKey."""
    made = KeysOnce()
    for key, value in pairs:
        made[key] = value
    return made

"""Which files of the program a frame is entered in, on all threads, between two moments."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
LEYRS_SIDE = "receptionapp/sandbox/"  # stands in for Leyr: the program would reach it over the network


class FilesEntered:
    """Made before the program starts its threads: each of them has to carry the recorder from its beginning."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self._recording = False
        self._names: dict[str, str | None] = {}

    @contextmanager
    def installed(self) -> Iterator[None]:
        threading.setprofile(self._enter)
        sys.setprofile(self._enter)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]

    @contextmanager
    def recording(self) -> Iterator[None]:
        self._recording = True
        try:
            yield
        finally:
            self._recording = False

    def _enter(self, frame: FrameType, event: str, _argument: object) -> None:
        if self._recording and event == "call":
            path = frame.f_code.co_filename
            if path not in self._names:
                self._names[path] = _ours(path)
            if name := self._names[path]:
                self.files.add(name)


def _ours(path: str) -> str | None:
    """The path below the repository, of a file of the program that is not on Leyr's side."""
    try:
        name = Path(path).resolve().relative_to(ROOT).as_posix()
    except ValueError:
        return None
    return name if name.startswith(("receptionapp/", "ui/")) and not name.startswith(LEYRS_SIDE) else None

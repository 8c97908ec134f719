"""Reports of what went wrong in the program itself: written beside the log, read by whoever wants to, sent by nobody.

A report has versions, types of errors, files, lines and functions, and the last lines of the log, which are redacted.
It has no texts of errors, no local values, nothing of the ledger.
"""

import faulthandler
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from receptionapp.system.redaction import Redaction
from receptionapp.system.stacks import without_folders

KEPT = 10
LOG_LINES = 60
_LOG_BYTES = 20_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrashReports:
    """`versions` are what every report begins with."""

    folder: Path
    log: Path
    versions: Mapping[str, str]
    redaction: Redaction

    def write(self, what: str, stack: Iterable[str], at: datetime | None = None) -> str:
        """Write a report and forget the oldest; the text is given back, also where no disk takes it."""
        at = at or datetime.now(UTC)
        text = self._text(what, stack, at)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"crash-{at:%Y%m%dT%H%M%S.%fZ}.txt").write_text(text, encoding="utf-8")
            for old in sorted(self.folder.glob("crash-*.txt"))[:-KEPT]:
                old.unlink()
        except OSError:
            _log.warning("a crash report could not be written")
        return text

    def _text(self, what: str, stack: Iterable[str], at: datetime) -> str:
        lines = [
            f"Reception: {what}",
            f"{at:%Y-%m-%d %H:%M:%S} UTC",
            "",
            *(f"{name}: {value}" for name, value in self.versions.items()),
            "",
            "Where",
            *stack,
            "",
            "The last lines of the log",
            *_last_lines(self.log),
            "",
        ]
        return self.redaction(without_folders("\n".join(lines)))


class HardFaults:
    """Python's own last words in a crash that nothing survives: a file that is empty unless there was one.

    Where somebody listens already (`python -X faulthandler`, a test runner), it is left to them.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: TextIOWrapper | None = None

    def last(self) -> str:
        """What the last run left, which is taken away."""
        try:
            text = self._file.read_text(encoding="utf-8", errors="replace")
            self._file.unlink()
        except OSError:
            return ""
        return text

    def listen(self) -> None:
        if faulthandler.is_enabled():
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._open = self._file.open("w", encoding="utf-8")
        except OSError:
            _log.warning("a crash of this run would leave no trace")
            return
        faulthandler.enable(self._open, all_threads=True)

    def close(self) -> None:
        """The run has come to its end: nothing is left behind."""
        if self._open is None:
            return
        faulthandler.disable()
        self._open.close()
        self._open = None
        self._file.unlink(missing_ok=True)


def _last_lines(log: Path) -> list[str]:
    """Without the source that tracebacks quote."""
    try:
        with log.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _LOG_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [line for line in lines if not line.startswith("    ")][-LOG_LINES:]

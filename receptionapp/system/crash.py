"""What is kept when the program fails: where in the code, on which versions, that the last run did not end properly,
and which page it showed.

Reports have no texts of errors, no local values, nothing of the ledger: the text of an error can hold a name, and so
can the path to a home folder. Errors of our own are told in full, since each promises that its text can be logged.
"""

import faulthandler
import json
import logging
import platform
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path, PurePath
from typing import Any

from receptionapp import __version__
from receptionapp.system.file_reading import parse_json, read_file
from receptionapp.system.logs import Redaction
from receptionapp.system.paths import write_atomically

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastView:
    """What was on the screen. `noted_on` is the clinic's day on which it was."""

    noted_on: date
    day: date
    week: bool = False
    care_unit_id: str = ""
    service_id: str | None = None
    hidden_resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastRun:
    """`began` is UTC in ISO 8601. `restarts`: it ended as it should, to begin again at once."""

    began: str
    process: int
    version: str
    looked: LastView | None = None
    restarts: bool = False


def read(file: Path) -> LastRun | None:
    """None after a run that came to its end, before the first, or where it can't be read."""
    try:
        values: dict[str, Any] = parse_json(read_file(file))
        looked = values.pop("looked")
        return LastRun(**values, looked=_looked(looked) if looked else None)
    except OSError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        return LastRun("", 0, "")


def write(file: Path, run: LastRun) -> None:
    """Whole or not at all. Raises OSError."""
    write_atomically(file, json.dumps(asdict(run), default=str).encode)


def _looked(values: dict[str, Any]) -> LastView:
    values = values | {name: date.fromisoformat(values[name]) for name in ("noted_on", "day")}
    return LastView(**values | {"hidden_resources": tuple(values["hidden_resources"])})


_OURS = ("receptionapp.", "ui.")
_ROOTS = ("receptionapp", "ui", "tests", "site-packages", "lib")
_FILE = re.compile(r'File "([^"]+)"')


def error_lines(error: BaseException) -> Iterator[str]:
    """The error and all behind it, the first one first: "file:line in function", outermost first, then the type."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from error_lines(behind)
        yield "and then"
    for frame in traceback.extract_tb(error.__traceback__, limit=-40):
        yield f"  {short_path(frame.filename)}:{frame.lineno} in {frame.name}"
    kind = type(error)
    text = f": {error}" if kind.__module__.startswith(_OURS) else ""
    yield f"{kind.__module__}.{kind.__qualname__}{text}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from error_lines(part)


def short_path(path: str) -> str:
    """The path from the package on, without the folders that tell whose computer it is."""
    parts = PurePath(path.replace("\\", "/")).parts
    for root in _ROOTS:
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else ""


def without_folders(text: str) -> str:
    """A traceback, by Python or by `faulthandler`, with every path cut short."""
    return _FILE.sub(lambda found: f'File "{short_path(found[1])}"', text)


def versions() -> dict[str, str]:
    """Names and versions; nothing that tells whose computer it is."""
    return {
        "program": __version__ + (", packaged" if getattr(sys, "frozen", False) else ""),
        "Python": platform.python_version(),
        "Qt": _qt(),
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
    }


def _qt() -> str:
    loaded = sys.modules.get("PySide6")
    if loaded is not None:
        return str(loaded.__version__)
    from importlib import metadata  # slow, and only without a window

    try:
        return metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        return "unknown"


KEPT = 10
LOG_LINES = 60
_LOG_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class CrashReports:
    """`versions` are what every report begins with."""

    folder: Path
    log: Path
    versions: Mapping[str, str]
    redaction: Redaction

    def write(self, what: str, stack: Iterable[str], at: datetime) -> str:
        """Write a report and forget the oldest; the text is given back, also where no disk takes it."""
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


class HardCrashFile:
    """The file for Python's own report of a hard crash, unless somebody listens already (`python -X faulthandler`)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: TextIOWrapper | None = None

    def take_last(self) -> str:
        """What the last run left, which is taken away."""
        try:
            text = read_file(self._file).decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError):
            text = ""
        with suppress(OSError):
            self._file.unlink()
        return text

    def enable(self) -> None:
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

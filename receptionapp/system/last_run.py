"""A file that is there while the program runs: found at a start, it tells that the last run did not come to its end.

It also keeps what was looked at, so that the next start opens the same page. Nothing in it is about a person.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Looked:
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
    looked: Looked | None = None
    restarts: bool = False


def read(file: Path) -> LastRun | None:
    """None after a run that came to its end, or before the first. Raises nothing: what can't be read tells only that
    there was a run."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    try:
        values: dict[str, Any] = json.loads(content)
        looked = values.pop("looked")
        return LastRun(**values, looked=_looked(looked) if looked else None)
    except (ValueError, TypeError, KeyError, AttributeError):
        return LastRun("", 0, "")


def write(file: Path, run: LastRun) -> None:
    """Whole or not at all. Raises OSError."""
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(run), default=str), encoding="utf-8")
    os.replace(temporary, file)


def _looked(values: dict[str, Any]) -> Looked:
    values = values | {name: date.fromisoformat(values[name]) for name in ("noted_on", "day")}
    return Looked(**values | {"hidden_resources": tuple(values["hidden_resources"])})

"""Looking for a newer version at most once a day, and remembering what was seen, so that nobody can go back on it."""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from receptionapp.system.update_feed import OFF, FeedRefused, Update, read_feed


@dataclass(frozen=True, slots=True)
class Seen:
    """`asked_on` is when the feed was last asked; `issued` and `version` are the newest that were signed; `trouble` is
    why the last one was not believed."""

    asked_on: str = ""
    issued: str = ""
    version: str = ""
    trouble: str = ""


def recall(file: Path) -> Seen:
    """Raises nothing: without a memory the feed is asked again."""
    try:
        values = json.loads(file.read_bytes())
        return Seen(**{name: str(values[name]) for name in asdict(Seen())})
    except (OSError, ValueError, TypeError, KeyError):
        return Seen()


def look(address: str, key: str, current: str, file: Path, today: date) -> Update | None:
    """The newer version there is, if it was not asked for today already. Blocks; raises nothing."""
    seen = recall(file)
    if not address or address == OFF or seen.asked_on == today.isoformat():
        return None
    seen = replace(seen, asked_on=today.isoformat(), trouble="")
    found: Update | None = None
    try:
        found = read_feed(address, key)
        if found.issued.isoformat() < seen.issued or (seen.version and _older(found, seen.version)):
            raise FeedRefused("older than one seen before")
        seen = replace(seen, issued=found.issued.isoformat(), version=found.version)
    except FeedRefused as refused:
        found, seen = None, replace(seen, trouble=str(refused))
    _remember(file, seen)
    return found if found is not None and found.newer_than(current) else None


def _older(found: Update, version: str) -> bool:
    return replace(found, version=version).newer_than(found.version)


def _remember(file: Path, seen: Seen) -> None:
    temporary = file.with_suffix(".tmp")
    try:
        temporary.write_text(json.dumps(asdict(seen)), encoding="utf-8")
        os.replace(temporary, file)
    except OSError:
        return  # asked again at the next start

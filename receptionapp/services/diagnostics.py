"""What support needs to know about one desk, as English text that the user reads first: no secrets, ids or patients."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from receptionapp.domain.clinic import Capabilities, ConnectionProfile
from receptionapp.store.book_store import RecentProblem
from receptionapp.system.settings import Settings
from receptionapp.system.updates import UpdateMemory

Section = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """How Leyr is reached. The host says which Leyr; path and ids stay here."""

    profile: ConnectionProfile
    url: str
    emr: str
    capabilities: Capabilities | None = None
    pace: str = ""


def settings_facts(settings: Settings, profile: ConnectionProfile | None = None) -> ConnectionFacts:
    return ConnectionFacts(profile or settings.profile, settings.leyr_url, settings.emr)


def connection_sections(line: ConnectionFacts) -> Iterator[Section]:
    practice = line.profile is ConnectionProfile.PRACTICE
    host = "inside the program" if practice else urlsplit(line.url).hostname or "not connected"
    values = {"profile": line.profile, "Leyr": host, "EHR": line.emr or "none"}
    yield "Connection", values | ({"pace": line.pace} if line.pace else {})
    if line.capabilities is not None:
        table = {action.value: support.value for action, support in line.capabilities.support.items()}
        yield "What the EHR can do", table


def ledger_file_section(file: Path) -> Section:
    """Where the program is not open: the file is there or not, and it is not opened for this."""
    try:
        size = f"{file.stat().st_size / 1e6:.1f} MB"
    except OSError:
        size = "no file"
    return "Ledger", {"size": size, "more": "in the open program, under Help"}


def updates_section(feed: str, seen: UpdateMemory) -> Section:
    values = {"feed": urlsplit(feed).hostname or "off", "asked": seen.asked_on or "never", "newest": seen.version}
    return "Notice of new versions", values | ({"not believed": seen.trouble} if seen.trouble else {})


def problems_section(troubles: Sequence[RecentProblem]) -> Section:
    """The newest first."""
    lines = {
        f"{trouble.at:%Y-%m-%d %H:%M:%S} UTC, {number}": f"{trouble.what}: {trouble.reason}"
        + (f", reference {trouble.reference}" if trouble.reference else "")
        for number, trouble in enumerate(reversed(troubles), 1)
    }
    return "Last errors", lines or {"none": "since the program was opened"}


def as_text(sections: Sequence[Section]) -> str:
    return "\n".join(line for section in sections for line in _lines(*section))


def _lines(title: str, values: Mapping[str, object]) -> Iterator[str]:
    yield title
    yield from (f"  {name}: {value}" for name, value in values.items())
    yield ""

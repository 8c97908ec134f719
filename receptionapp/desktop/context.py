"""What a session has from its beginning to its end: its data folder, its stores, and its settings, which are written
down at every change."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.clock import Clock
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.presence import PresenceStore
from receptionapp.store.results import Results
from receptionapp.system.logs import Redaction
from receptionapp.system.paths import DataFolder
from receptionapp.system.policy import Policy
from receptionapp.system.settings import Settings, load, save


class SettingsFile:
    """As at first until `load`. `tell` is called when a change could not be written down; it holds all
    the same until the program is closed."""

    def __init__(self, file: Path, tell: Callable[[], None]) -> None:
        self._file = file
        self._tell = tell
        self._now = Settings()

    @property
    def current(self) -> Settings:
        return self._now

    def load(self, policy: Policy) -> Path | None:
        """Returns where a damaged file was put aside."""
        loaded = load(self._file, policy=policy)
        self._now = loaded.settings
        return loaded.moved_aside

    def override(self, settings: Settings) -> None:
        """For this run only."""
        self._now = settings

    def save(self, settings: Settings) -> None:
        self._now = settings
        try:
            save(self._file, settings)
        except OSError:
            self._tell()


CLINIC_ZONE = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class SessionContext:
    """`options` are the words of the command line."""

    options: argparse.Namespace
    clock: Clock
    practice: bool
    folder: DataFolder
    settings: SettingsFile
    store: BookStore
    presence: PresenceStore
    audit_results: Results
    tasks: TaskBag
    redaction: Redaction

    @property
    def profile(self) -> ConnectionProfile:
        """Whose patients they are."""
        return ConnectionProfile.PRACTICE if self.practice else self.settings.current.profile

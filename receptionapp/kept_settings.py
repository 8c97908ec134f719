"""The settings of one data folder as they are now: every change is written down at once."""

from collections.abc import Callable
from pathlib import Path

from receptionapp.system.policy import Policy
from receptionapp.system.settings import Settings, load, save


class KeptSettings:
    """As at first until they are `read`. `tell` is called when a change could not be written down; it holds all
    the same until the program is closed."""

    def __init__(self, file: Path, tell: Callable[[], None]) -> None:
        self._file = file
        self._tell = tell
        self._now = Settings()

    @property
    def now(self) -> Settings:
        return self._now

    def read(self, policy: Policy) -> Path | None:
        """Returns where a damaged file was put aside."""
        loaded = load(self._file, policy=policy)
        self._now = loaded.settings
        return loaded.moved_aside

    def follow(self, settings: Settings) -> None:
        """For this run only."""
        self._now = settings

    def keep(self, settings: Settings) -> None:
        self._now = settings
        try:
            save(self._file, settings)
        except OSError:
            self._tell()

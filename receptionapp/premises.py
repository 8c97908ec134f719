"""What a session has from its beginning to its end, and all that belong to it share."""

import argparse
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from receptionapp.domain.profile import Profile
from receptionapp.kept_settings import KeptSettings
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.presence import PresenceStore
from receptionapp.store.record import RecordStore
from receptionapp.system.paths import DataFolder
from receptionapp.system.redaction import Redaction

CLINIC_ZONE = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Premises:
    """`options` are the words of the command line."""

    options: argparse.Namespace
    practice: bool
    folder: DataFolder
    settings: KeptSettings
    store: BookStore
    presence: PresenceStore
    record: RecordStore
    tasks: TaskBag
    redaction: Redaction

    @property
    def profile(self) -> Profile:
        """Whose patients they are."""
        return Profile.PRACTICE if self.practice else self.settings.now.profile

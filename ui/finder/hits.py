"""What the one field can find."""

from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from receptionapp.domain.clinic import HealthcareService, Resource
from receptionapp.domain.date_phrase import DatePhrase
from receptionapp.domain.free_times import Wish
from receptionapp.domain.page import FreeCell
from receptionapp.domain.patient import Person

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody this desk does not know yet, to be registered: what was typed."""

    typed: str = field(repr=False)


Found = Person | Newcomer | FreeCell | Wish | DatePhrase | Resource | HealthcareService | QAction


class Group(Enum):
    """The value is the name of its icon."""

    PATIENTS = "person"
    FREE_TIMES = "clock"
    DAYS = "calendar"
    SHOWN = "filter"
    COMMANDS = "next"

    @property
    def heading(self) -> str:
        return {
            Group.PATIENTS: translate("Finder", "Patients"),
            Group.FREE_TIMES: translate("Finder", "Free times"),
            Group.DAYS: translate("Finder", "Days"),
            Group.SHOWN: translate("Finder", "Show in the book"),
            Group.COMMANDS: translate("Finder", "Commands"),
        }[self]


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list: `title`, and in paler letters `detail`. `what` is what Enter does something with."""

    group: Group
    title: str = field(repr=False)
    detail: str = field(repr=False)
    what: Found = field(repr=False)

"""The dialog that prints the day tells on the sheet what is not known, and who is at the desk now."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.services.printing import Printing
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded
from receptionapp.store.results import DayLoaded, Results
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from ui.printing.dialog import PrintDialog
from ui.printing.pages import Text

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
CLINIC = Clinic(CareUnit("u", "Klinikken"), (Resource("r", "Åse Lie"),), (HealthcareService("s", "Konsultasjon"),))
NOT_READ = "could not be read just now"


class Opened:
    """With whoever is at the desk in `by`."""

    def __init__(self, parent: QWidget) -> None:
        store = BookStore(Snapshot(View(TUESDAY), ZoneInfo("Europe/Oslo")), StoppedClock(TUESDAY_MORNING))
        store.apply(ClinicLoaded((CLINIC.care_unit,), CLINIC))
        self.printed = Results()
        self.by = "Nina Berg"
        service = cast(Printing, SimpleNamespace(results=self.printed, read=lambda _day: None))
        self.dialog = PrintDialog(TUESDAY, store, service, lambda: self.by, parent, initials_only=False)
        self.dialog.show()

    @property
    def foot(self) -> str:
        return " ".join(mark.text for mark in self.dialog._pages[0] if isinstance(mark, Text))


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1200, 800)
    made = Opened(parent)
    yield made
    made.dialog.close()


def test_until_the_day_is_read_the_sheet_says_that_some_may_be_missing(opened: Opened) -> None:
    assert NOT_READ in opened.foot
    opened.printed.publish(DayLoaded(MONDAY, True))  # of a dialog that was closed meanwhile
    assert NOT_READ in opened.foot
    opened.printed.publish(DayLoaded(TUESDAY, True))
    assert NOT_READ not in opened.foot


def test_it_is_printed_by_who_has_taken_the_desk_over(opened: Opened) -> None:
    opened.dialog.hide()  # behind the lock page
    opened.by = "Ola Dahl"
    opened.dialog.show()
    assert "by Ola Dahl." in opened.foot
    assert "Nina" not in opened.foot

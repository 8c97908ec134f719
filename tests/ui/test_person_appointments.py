"""Whoever is chosen for a free time is shown with what was booked for them before."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import HistoryFound
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import TUESDAY_MORNING, StoppedClock
from ui.panels.patient_picker import PersonAppointments

OSLO = ZoneInfo("Europe/Oslo")
KARI = Person("emr_id:1", "Kari", "Nordmann")
OTHER = Person("emr_id:2", "Ola", "Nordmann")
TODAY = TUESDAY_MORNING.date()


def own(days: int, standing: Standing = Standing.BOOKED, unit: str = "cu") -> OwnAppointment:
    start = datetime.combine(TODAY + timedelta(days=days), time(12), OSLO).astimezone(UTC)
    slot = Timeslot(start, start + timedelta(minutes=20), "r", "s")
    return OwnAppointment(UUID(int=days + 1000), unit, slot, KARI, standing)


@pytest.fixture
def store():
    clinic = Clinic(CareUnit("cu", "Storgata"), (Resource("r", "Ane Berg"),), (HealthcareService("s", "Samtale"),))
    units = (clinic.care_unit, CareUnit("cu 2", "Havna"))
    view = View(TODAY)
    return BookStore(replace(Snapshot(view, OSLO, clinic=clinic), care_units=units), StoppedClock(TUESDAY_MORNING))


@pytest.fixture
def shown(qtbot, store):
    widget = PersonAppointments(store)
    qtbot.addWidget(widget)
    widget.show_person(KARI)
    return widget


def lines(widget):
    found = widget.findChild(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def test_what_is_to_come_stands_first_and_the_next_one_on_top(shown, store):
    store.apply(HistoryFound(KARI.reference, (own(9), own(2), own(-3), own(-30))))
    days = [shown.findChild(QListWidget).item(row).data(Qt.ItemDataRole.UserRole) for row in range(4)]
    assert [(day - TODAY).days for day in days] == [2, 9, -3, -30]
    assert shown.findChild(QLabel).text() == "Booked from here: 2 to come, 2 past"


def test_a_line_says_with_whom_for_what_and_how_it_stands(shown, store):
    store.apply(HistoryFound(KARI.reference, (own(2), own(-3, Standing.CANCELLED), own(-9, unit="cu 2"))))
    first, second, third = lines(shown)
    assert first.endswith("Ane Berg  ·  Samtale")
    assert "Cancelled" in second
    assert third.endswith("Havna")


def test_what_never_was_an_appointment_is_not_there(shown, store):
    store.apply(HistoryFound(KARI.reference, (own(2, Standing.REFUSED),)))
    assert lines(shown) == []
    assert shown.findChild(QLabel).text() == "Nothing was booked from here before"


def test_a_late_answer_about_somebody_else_shows_nothing(shown, store):
    shown.show_person(OTHER)
    store.apply(HistoryFound(KARI.reference, (own(2),)))
    assert shown.isHidden()


def test_enter_shows_the_day_in_the_book(qtbot, shown, store):
    store.apply(HistoryFound(KARI.reference, (own(2), own(-3))))
    shown.show()
    days = []
    shown.day_wanted.connect(days.append)
    QTest.keyClick(shown.findChild(QListWidget), Qt.Key.Key_Down)
    QTest.keyClick(shown.findChild(QListWidget), Qt.Key.Key_Return)
    assert len(days) == 1

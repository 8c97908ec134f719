"""The window with a real desk behind it: clicks and keys on one side, a sandbox over loopback on the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.layout import FreeCell
from tests.qt_loop import application
from tests.services.conftest import care_units, clock, counter, leyr, profile, serve
from tests.services.counter import Counter
from ui.main_window import MainWindow
from ui.theme import LIGHT

__all__ = ["care_units", "clock", "counter", "leyr", "profile", "serve"]

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Screen:
    """The window and who types at it. `keys` counts key presses."""

    window: MainWindow
    counter: Counter
    keys: int = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.keys += 1
        QTest.keyClick(self.focus, key, modifiers)

    @property
    def focus(self) -> QWidget:
        return application().focusWidget() or self.window

    async def booked(self) -> OwnAppointment:
        """An appointment of tomorrow, with tomorrow on screen."""
        day = self.counter.free()[0].start.astimezone(self.counter.store.snapshot.zone).date()
        self.counter.desk.navigation.go(day)
        own = await self.counter.booked()
        await self.counter.rest()
        return own

    def choose(self, own: OwnAppointment) -> None:
        """As a click on it does."""
        self.window.book_area.select_appointment(own.key)
        self.window.panel.show_appointment(own.key)
        self.window.book_area.take_focus()

    def free_cell(self, own: OwnAppointment) -> FreeCell:
        """A free time of the same service on the same day."""
        page = self.counter.store.snapshot.page()
        slots = [slot for column in page.columns for slot in column.timeslots or ()]
        service_id = own.timeslot.healthcare_service_id
        slot = next(s for s in slots if s.healthcare_service_id == service_id and not s.overlaps(own.start, own.end))
        return FreeCell(slot.start, slot.end, slot.resource_id, (slot,))

    def now(self, own: OwnAppointment) -> OwnAppointment:
        return self.counter.own(own)


@pytest.fixture
async def screen(counter: Counter) -> AsyncIterator[Screen]:
    window = MainWindow(counter.store, LIGHT, "en", practice=True)
    window.attach(counter.desk)
    window.show()
    window.activateWindow()
    yield Screen(window, counter)
    window.allow_close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

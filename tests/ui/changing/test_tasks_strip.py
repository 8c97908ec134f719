"""The strip of open tasks: only there when there is one, one line each, and a way to the appointment."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.intent import MoveRequest
from receptionapp.store.change import AppointmentsChanged
from tests.ui.changing.conftest import CTRL, Screen
from tests.waiting import until


async def unknown(screen: Screen) -> OwnAppointment:
    """A booking whose answer was lost, after the first look at it."""
    screen.counter.leyr.fail("drop_before", "POST")
    own = (await screen.counter.book(screen.counter.free()[0])).appointment
    await until(lambda: screen.counter.store.snapshot.outcome_checks, "it was looked into")
    return own


async def two(screen: Screen) -> OwnAppointment:
    """The old one of a move whose second half failed."""
    own = await screen.booked()
    screen.counter.leyr.fail("emr_error_400", "PATCH")
    slot = screen.free_cell(own).options[0]
    screen.counter.desk.moving.move(MoveRequest(own, slot, "Flyttet"))
    await screen.counter.rest()
    return screen.now(own)


def card_button(screen: Screen, text: str) -> QPushButton:
    return next(b for b in screen.window.panel.card.findChildren(QPushButton) if b.text() == text and b.isVisible())


async def test_without_a_task_it_takes_no_room(screen: Screen) -> None:
    await screen.booked()
    assert not screen.window.tasks_strip.isVisible()


async def test_an_unknown_booking_says_what_to_tell_the_caller_and_what_a_look_showed(screen: Screen) -> None:
    await unknown(screen)
    (line,) = screen.window.tasks_strip.lines
    assert line.startswith("Not known if booked: ")
    assert "Tell the caller that the time will be confirmed later." in line
    assert "it probably did not go through" in line


@pytest.mark.parametrize("profile", ["two_step"])
async def test_one_that_waits_for_a_code_is_a_line(screen: Screen) -> None:
    await screen.counter.booked()
    assert screen.window.tasks_strip.lines[0].startswith("Not booked yet: ")
    assert "Ask the caller for the code" in screen.window.tasks_strip.lines[0]


async def test_two_appointments_are_a_line_until_the_old_one_is_removed(screen: Screen) -> None:
    own = await two(screen)
    (line,) = screen.window.tasks_strip.lines
    assert line.startswith("Two appointments, one to remove: ")
    screen.window.panel.show_appointment(own.key)
    card_button(screen, "Remove the old appointment").click()
    await screen.counter.rest()
    assert not screen.window.tasks_strip.isVisible()


async def test_somebody_can_say_that_it_is_removed(screen: Screen) -> None:
    own = await two(screen)
    screen.window.panel.show_appointment(own.key)
    card_button(screen, "It is removed in Konfidens").click()
    await screen.counter.rest()
    assert screen.now(own).standing is Standing.CANCELLED
    assert not screen.window.tasks_strip.isVisible()


async def test_by_keyboard_a_line_leads_to_its_appointment(screen: Screen) -> None:
    own = await unknown(screen)
    screen.counter.desk.navigation.go(screen.counter.store.snapshot.view.day + timedelta(days=14))
    screen.press(Qt.Key.Key_D, CTRL)
    screen.press(Qt.Key.Key_Return)
    await screen.counter.rest()
    assert screen.counter.store.snapshot.view.day == own.start.astimezone(screen.counter.store.snapshot.zone).date()
    assert screen.window.panel.card.appointment.key == own.key
    assert screen.window.book.selected.key == own.key
    assert screen.focus is card_button(screen, "It is in Konfidens")


async def test_a_hidden_resource_is_shown_again(screen: Screen) -> None:
    own = await unknown(screen)
    screen.counter.desk.navigation.show_resource(own.timeslot.resource_id, False)
    screen.press(Qt.Key.Key_D, CTRL)
    screen.press(Qt.Key.Key_Return)
    await screen.counter.rest()
    assert screen.window.book.selected.key == own.key


async def test_esc_leads_back_to_the_book(screen: Screen) -> None:
    await unknown(screen)
    screen.press(Qt.Key.Key_D, CTRL)
    screen.press(Qt.Key.Key_Escape)
    assert screen.focus is screen.window.book


async def test_how_many_there_are_is_said_when_not_all_are_in_sight(screen: Screen) -> None:
    own = await screen.booked()

    def lost(count: int) -> None:
        keys = [UUID(int=n + 1) for n in range(count)]
        unknown = (replace(own, key=key, standing=Standing.BOOKING_UNKNOWN) for key in keys)
        screen.counter.store.apply(AppointmentsChanged(tuple(unknown)))

    said = screen.window.tasks_strip.findChild(QLabel)
    lost(4)
    assert not said.isVisible()
    lost(5)
    assert said.isVisible()
    assert said.text() == "5 in all"


async def test_it_has_a_name_and_whole_sentences_for_a_screen_reader(screen: Screen) -> None:
    await unknown(screen)
    lines = screen.window.tasks_strip.findChild(QListWidget)
    assert lines.accessibleName() == "Open tasks"
    assert lines.item(0).toolTip() == lines.item(0).text() == screen.window.tasks_strip.lines[0]

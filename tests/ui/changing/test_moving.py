"""Moving, by click alone and by keyboard alone; all roads lead to the same form and the same service."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from receptionapp.domain.appointment import Standing
from receptionapp.domain.clinic import CareUnit
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.problem import Problem, Reason
from receptionapp.store import snapshot
from receptionapp.store.change import AppointmentsChanged, ClinicLoaded
from tests.ui.changing.conftest import CTRL, Screen
from tests.waiting import until
from ui.words.appointments import why_not_move


def texts(screen: Screen) -> str:
    return "\n".join(label.text() for label in screen.window.panel.move_form.findChildren(QLabel))


def button(screen: Screen, text: str) -> QPushButton:
    found = screen.window.panel.findChildren(QPushButton)
    return next(b for b in found if b.text() == text and b.isVisible())


async def test_by_keyboard_it_takes_at_most_six_keys(screen: Screen) -> None:
    own = await screen.booked()
    screen.choose(own)
    screen.press(Qt.Key.Key_X, CTRL)
    assert "Choose the new time in the book." in texts(screen)
    while not isinstance(screen.window.book_area.current, FreeCell):
        screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_V, CTRL)
    screen.press(Qt.Key.Key_Return)
    await screen.counter.rest()
    assert screen.keys <= 6
    assert screen.now(own).standing is Standing.CANCELLED
    assert screen.window.message_bar.text.startswith("Moved: ")


async def test_what_is_cut_stays_when_its_week_is_forgotten(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "KEPT_WEEKS", 1)
    own = await screen.booked()
    other, last = await screen.counter.booked(), await screen.counter.booked()
    screen.choose(own)
    screen.press(Qt.Key.Key_X, CTRL)
    store, browsing = screen.counter.store, screen.counter.desk.navigation
    day = store.snapshot.view.day
    for weeks in (1, 2):
        browsing.go(day + timedelta(weeks=weeks))
        await screen.counter.rest()
    assert store.snapshot.appointments.keys() == {own.key, last.key}  # the last deed can be undone
    screen.press(Qt.Key.Key_Escape)
    assert screen.window.panel.card.appointment == own
    assert screen.window.panel.card.isVisible()
    browsing.go(day)
    await screen.counter.rest()
    assert screen.now(other) == other


async def test_next_free_looks_for_the_service_that_is_moved(screen: Screen) -> None:
    own = await screen.booked()
    screen.choose(own)
    screen.press(Qt.Key.Key_X, CTRL)
    screen.press(Qt.Key.Key_G, CTRL)
    await screen.counter.rest()
    found = screen.window.panel.next_free.times.cells
    services = {slot.healthcare_service_id for cell in found for slot in cell.options}
    assert services == {own.timeslot.healthcare_service_id}
    screen.press(Qt.Key.Key_Return)
    await screen.counter.rest()
    assert screen.window.panel.moving is not None
    assert "Another service" not in texts(screen)


async def test_another_service_is_said_before_it_is_moved(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.show_appointment(own.key)
    cell = screen.free_cell(own)
    names = screen.counter.store.snapshot.clinic
    other = next(s.id for s in names.services if s.id != own.timeslot.healthcare_service_id)
    slot = replace(cell.options[0], healthcare_service_id=other)
    screen.window.panel.propose_move(own, replace(cell, options=(slot,)))
    old = names.service_name(own.timeslot.healthcare_service_id)
    assert f"Another service: {names.service_name(other)}, not {old}." in texts(screen)


async def test_enter_on_a_free_time_proposes_it_too(screen: Screen) -> None:
    own = await screen.booked()
    screen.choose(own)
    screen.press(Qt.Key.Key_X, CTRL)
    while not isinstance(screen.window.book_area.current, FreeCell):
        screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    assert screen.focus is button(screen, "Move")


async def test_by_click_old_and_new_are_shown_before_anything_is_sent(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.show_appointment(own.key)
    button(screen, "Move to another time").click()
    screen.window.book.cell_chosen.emit(screen.free_cell(own))
    said = texts(screen)
    assert f"{own.start:%H:%M}" in said
    assert f"{screen.free_cell(own).start:%H:%M}" in said
    assert "booked first, then the old one is cancelled" in said
    assert "two messages" in said
    assert screen.counter.leyr.writes == []
    button(screen, "Move").click()
    await screen.counter.rest()
    assert [call.method for call in screen.counter.leyr.writes] == ["POST", "PATCH"]


@pytest.mark.parametrize("profile", ["full"])
async def test_where_the_emr_moves_there_is_no_talk_of_two_messages(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.propose_move(own, screen.free_cell(own))
    assert "two messages" not in texts(screen)
    button(screen, "Move").click()
    await screen.counter.rest()
    assert [call.method for call in screen.counter.leyr.writes] == ["PATCH"]


async def test_a_drop_proposes_in_one_call(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.propose_move(own, screen.free_cell(own))
    assert screen.window.panel.moving == own
    assert button(screen, "Move").isEnabled()


async def test_esc_in_the_book_keeps_the_old_time(screen: Screen) -> None:
    own = await screen.booked()
    screen.choose(own)
    screen.press(Qt.Key.Key_X, CTRL)
    screen.press(Qt.Key.Key_Escape)
    assert screen.window.panel.moving is None
    assert screen.window.panel.card.isVisible()
    assert screen.counter.leyr.writes == []


async def test_esc_in_the_form_keeps_the_old_time(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.propose_move(own, screen.free_cell(own))
    screen.press(Qt.Key.Key_Escape)
    assert screen.window.panel.moving is None
    assert screen.window.panel.card.appointment == own


async def test_a_time_that_is_gone_keeps_the_form_with_others_to_choose_from(screen: Screen) -> None:
    screen.window.resize(1024, 480)
    own = await screen.booked()
    cell = screen.free_cell(own)
    screen.window.panel.propose_move(own, cell)
    screen.counter.leyr.sandbox.outside.book(cell.resource_id, cell.start, cell.end)
    button(screen, "Move").click()
    await screen.counter.rest()
    assert "Not moved." in texts(screen)
    assert screen.window.panel.moving is not None
    choices = [b for b in screen.window.panel.move_form.findChildren(QPushButton) if b.property("kind") == "choice"]
    await until(lambda: not choices[-1].visibleRegion().isEmpty(), "the page scrolls to them")
    choices[0].click()
    await screen.counter.rest()
    button(screen, "Move").click()
    await screen.counter.rest()
    assert screen.now(own).standing is Standing.CANCELLED


async def test_afterwards_the_new_one_is_on_the_right(screen: Screen) -> None:
    own = await screen.booked()
    cell = screen.free_cell(own)
    screen.window.panel.propose_move(own, cell)
    button(screen, "Move").click()
    await screen.counter.rest()
    assert screen.window.panel.card.appointment.start == cell.start


async def test_what_is_past_or_not_surely_booked_is_greyed_with_the_reason(screen: Screen) -> None:
    own = await screen.booked()
    await screen.counter.cancel(own)
    screen.window.panel.start_move(screen.now(own))
    assert screen.window.panel.moving is None
    store = screen.counter.store
    assert why_not_move(screen.now(own), store.snapshot, store.now()) == "Only what is surely booked can be moved."


async def test_undo_is_offered_beside_the_message_and_in_the_menu(screen: Screen) -> None:
    own = await screen.booked()
    undo = next(b for b in screen.window.message_bar.findChildren(QPushButton) if b.text() == "Undo")
    assert undo.isVisible()
    assert screen.window.actions_.undo.text().startswith("Undo: cancel the booking of ")
    undo.click()
    await screen.counter.rest()
    assert screen.now(own).standing is Standing.CANCELLED
    assert not undo.isVisible()
    assert not screen.window.actions_.undo.isEnabled()


async def test_ctrl_z_undoes_from_the_book(screen: Screen) -> None:
    own = await screen.booked()
    screen.choose(own)
    screen.press(Qt.Key.Key_Z, CTRL)
    await screen.counter.rest()
    assert screen.now(own).standing is Standing.CANCELLED


async def test_ctrl_z_in_a_text_field_belongs_to_the_text(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.find_patient()
    screen.press(Qt.Key.Key_K)
    screen.press(Qt.Key.Key_Z, CTRL)
    await screen.counter.rest()
    assert screen.now(own).standing is Standing.BOOKED
    assert screen.window.panel.slot_form.picker.text == ""


async def test_ctrl_x_in_a_text_field_belongs_to_the_text(screen: Screen) -> None:
    own = await screen.booked()
    screen.choose(own)
    screen.window.panel.find_patient()
    screen.press(Qt.Key.Key_X, CTRL)
    assert screen.window.panel.moving is None


async def test_what_is_moved_stays_in_its_care_unit(screen: Screen) -> None:
    own = await screen.booked()
    panel, cell = screen.window.panel, screen.free_cell(own)
    panel.start_move(own)
    panel.propose_move(own, cell)
    store = screen.counter.store
    elsewhere = replace(store.snapshot.clinic, care_unit=CareUnit("u/2", "Avdelingen"))
    store.apply(ClinicLoaded((*store.snapshot.care_units, elsewhere.care_unit), elsewhere))
    assert not panel.move_form.time_chosen
    panel.show_cell(cell)
    assert not panel.move_form.time_chosen
    assert "Show that care unit to choose its new time." in texts(screen)


async def test_of_several_other_services_none_is_chosen_for_a_move(screen: Screen) -> None:
    own = await screen.booked()
    panel, cell = screen.window.panel, screen.free_cell(own)
    others = tuple(replace(cell.options[0], healthcare_service_id=f"other {n}") for n in range(2))
    panel.propose_move(own, replace(cell, options=others))
    assert not panel.move_form.time_chosen
    assert "is not offered at" in texts(screen)
    panel.propose_move(own, replace(cell, options=others[:1]))
    assert panel.move_form.time_chosen


async def test_what_was_cancelled_elsewhere_is_not_said_to_stand(screen: Screen) -> None:
    """Cancelled at another desk, of which this one has not heard when Move is pressed."""
    own = await screen.booked()
    panel, cell, ledger = screen.window.panel, screen.free_cell(own), screen.counter.ledger
    panel.propose_move(own, cell)
    intent, _ = await ledger.prepare_cancel(own.key, "Syk")
    await ledger.mark_sent(intent.id)
    await ledger.settle_gone(intent.id, Problem(Reason.APPOINTMENT_NOT_FOUND))
    button(screen, "Move").click()
    await screen.counter.rest()
    said = screen.window.message_bar.text
    assert said.startswith("Not moved, it is cancelled: ")
    assert "stands as before" not in said
    assert panel.moving is None
    assert panel.card.appointment.standing is Standing.CANCELLED


async def test_what_is_heard_to_be_cancelled_is_not_moved_any_more(screen: Screen) -> None:
    own = await screen.booked()
    screen.window.panel.propose_move(own, screen.free_cell(own))
    screen.counter.store.apply(AppointmentsChanged((replace(own, standing=Standing.CANCELLED),)))
    assert screen.window.panel.moving is None
    assert screen.window.panel.card.isVisible()

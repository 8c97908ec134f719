"""A day at the desk: by keyboard alone, in practice mode, with a time that goes while the panel is open."""

import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from receptionapp.domain.appointment import Standing
from tests.e2e.program import Program
from tests.people import made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


async def test_by_keyboard_alone_a_patient_is_registered_booked_and_cancelled(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await program.open(), made_up("Jørn", "Ødegård")
    await person.goes_to_a_day_with_free_times()

    person.commands("go_to_book")
    person.presses_keys("Ctrl+Home", "Return")  # the first free time, and on to the search field
    person.types(patient.full_name)
    await until(person._hits, "the list of hits opens")
    person.presses_keys("Return")  # the only line: New patient …
    await person.dialog()
    person.types(patient.number)
    person.presses_keys("Return")  # names were typed in the search field already
    await person.reads("Patient registered")
    await person.is_back_in_the_window()

    panel = person.window.panel
    await until(lambda: person.focus is person.button("Book", panel), "the Book button has the keyboard")
    QTest.keyClick(person.focus, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert person.focus is person.field("Comment", QPlainTextEdit)
    person.types("Kommer med følge")
    person.presses_keys("Ctrl+Return")
    await person.reads("Booked")
    [held] = connected.through_leyr()
    assert (held.status, held.comment) == ("booked", "Kommer med følge")

    person.commands("go_to_panel")
    person.tabs_to(person.button("Cancel the appointment"))
    person.presses_keys("Return")
    await person.reads("Cancelled")
    [held] = connected.through_leyr()
    assert held.status == "cancelled"


async def test_with_the_patient_known_a_booking_is_a_few_keys(connected: WatchedSandbox, program: Program) -> None:
    person, patient = await program.open(), made_up("Bjørg", "Åsheim")
    await person.books(patient)
    person.puts_the_message_away()
    await person.goes_to_a_day_with_free_times()
    person.commands("go_to_book")
    person.presses_keys("Ctrl+Home", "Return")
    person.types("åsh")
    hits = await until(person._hits, "the list of hits opens")
    assert patient.full_name in hits.item(0).text()
    assert f"{patient.born:%d.%m.%Y}" in hits.item(0).text()
    person.presses_keys("Return", "Return")
    await person.reads("Booked")
    assert [a.status for a in connected.through_leyr()] == ["booked", "booked"]


async def test_an_appointment_under_the_cursor_is_cancelled_with_at_most_four_keys(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    own = await person.books(made_up())
    person.puts_the_message_away()
    person.commands("go_to_book")
    assert person.window.book.select_appointment(own.key)
    keys = ("Return", "Tab", "Tab", "Return")  # Move is first in the panel: a second Enter by mistake cancels nothing
    for key in keys:
        person.presses_keys(key)
    assert len(keys) <= 4
    await person.reads("Cancelled")
    [held] = connected.through_leyr()
    assert held.status == "cancelled"


async def test_practice_mode_books_and_cancels_without_a_socket(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("practice mode must not touch the network")

    for way_out in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, way_out, no_network)
    person = await program.open("--practice")
    assert person.sees("Practice mode: made-up people")
    own = await person.books(made_up(), "Øvelse")
    person.clicks_own(own.key)
    person.clicks("Cancel the appointment")
    await person.reads("Cancelled")
    await program.close()

    person = await program.open("--practice")
    await person.goes_to_a_day_with_free_times()
    assert own.key in {a.key for a in await person.sees_own() if a.standing is Standing.CANCELLED}


async def test_a_reason_of_her_own_goes_to_the_ehr(connected: WatchedSandbox, program: Program) -> None:
    person = await program.open()
    own = await person.books(made_up())
    person.clicks_own(own.key)
    reason = person.field("Reason for cancelling", QComboBox)
    reason.setFocus()
    reason.lineEdit().selectAll()
    person.types("Pasienten er på ferie", reason.lineEdit())
    person.clicks("Cancel the appointment")
    await person.reads("Cancelled")
    [held] = connected.through_leyr()
    assert held.comment == "Pasienten er på ferie"


async def test_a_time_taken_while_the_panel_is_open_keeps_what_is_typed_and_offers_three_others(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await program.open(), made_up()
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[len(cells) // 2])
    await person.registers(patient)
    person.comments("Husk røntgenbilder")
    slot = person.window.panel.slot_form.slot
    connected.sandbox.outside.book(slot.resource_id, slot.start, slot.end)

    person.clicks("Book", person.window.panel)
    assert "Not booked" in await person.reads("no longer free")
    panel = person.window.panel
    assert person.sees(patient.full_name, panel)
    assert person.field("Comment", QPlainTextEdit).toPlainText() == "Husk røntgenbilder"
    assert person.sees("Nearest free times", panel)
    offers = panel.slot_form._trouble._slots
    assert len(offers) == 3

    button, offered = next(iter(offers.items()))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: panel.slot_form.slot == offered, "the offered time is in the form")
    person.clicks("Book", panel)
    await person.reads("Booked")
    [held] = [a for a in connected.through_leyr() if a.comment == "Husk røntgenbilder"]
    assert (held.span.start, held.resource_id) == (offered.start, offered.resource_id)


async def test_two_presses_of_book_are_one_booking(connected: WatchedSandbox, program: Program) -> None:
    person, patient = await program.open(), made_up()
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[0])
    await person.registers(patient)
    connected.forget_calls()
    kept = connected.keep_back("POST", "*/appointments")
    button = person.button("Book", person.window.panel)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    person.presses_keys("Ctrl+Return")
    await kept.reached()
    assert person.sees("Booking …", person.window.panel)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    kept.release()
    await person.reads("Booked")
    assert len(connected.writes) == 1
    assert len(connected.through_leyr()) == 1


@pytest.mark.parametrize("profile", ["two_step"])
async def test_where_the_ehr_wants_a_code_the_booking_waits_for_it(connected: WatchedSandbox, program: Program) -> None:
    person = await program.open()
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[0])
    patient = made_up()
    dialog = await person.opens_new_patient(patient.full_name)
    person.fills_in(dialog, patient)
    person.types("91234567", person.field("Phone", where=dialog))
    person.clicks("Register", dialog)
    await person.reads("Patient registered")
    person.clicks("Book", person.window.panel)
    assert "Not booked yet" in await person.reads("waits for a code")
    person.types("1234", person.field("Code from the patient's message"))
    person.clicks("Confirm with the code")
    await person.reads("Confirmed")
    [held] = connected.through_leyr()
    assert held.status == "booked"


async def test_names_reach_the_ehr_as_they_are_written(connected: WatchedSandbox, program: Program) -> None:
    person = await program.open()
    for first, last in (("Ægir Ørjan", "D’Angelo-Østgård"), ("Å" * 80, "ø" * 80), ("Nguyễn", "O’Brien")):
        patient = made_up(first, last)
        await person.books(patient)
        [held] = [known for known in connected.sandbox.patients() if known.external_id == patient.number]
        assert (held.first_name, held.last_name) == (first, last)
        assert patient.full_name in person.message
    await program.close()

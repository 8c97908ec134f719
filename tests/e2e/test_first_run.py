"""A newcomer: from an empty folder to the first booking, through the real window against a real server."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from tests.e2e.program import Person, Program
from tests.e2e.test_starting import Drawer, drawer, fills_in_connection  # noqa: F401, a fixture
from tests.people import made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


async def test_from_an_empty_folder_to_the_first_booking(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
    data_dir: Path,
) -> None:
    assert list(data_dir.glob("*")) == []  # noqa: ASYNC240
    clicks = 0

    def click(person: Person, words: str, where: object = None) -> None:
        nonlocal clicks
        clicks += 1
        person.clicks(words, where)  # type: ignore[arg-type]

    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    click(person, "Connect to Leyr")
    dialog = await person.dialog()
    assert person.field("EHR code", where=dialog).hasFocus()  # the address is there, as Leyr's documents have it
    person.types("Konfidens")  # by the name that people know; the code is the program's to know
    assert person.sees("Konfidens can: show free times, book, cancel", dialog)
    assert person.sees("It can't, through Leyr:", dialog)
    await fills_in_connection(person, leyr, **{"EHR code": "Konfidens", "Client secret": "mistyped"})
    click(person, "This is a test connection", dialog)  # else no made-up number may be sent
    click(person, "Test and connect", dialog)
    await person.waits_to_see("does not accept this program's client id or secret", dialog)
    secret = person.field("Client secret", QLineEdit, dialog)
    assert person.field("Client id", where=dialog).text() == leyr.sandbox.client_id  # nothing typed is lost
    secret.clear()
    person.types(leyr.sandbox.client_secret, secret)
    click(person, "Test and connect", dialog)
    await person.waits_to_see("Which care unit is this desk at?", dialog)
    assert person.field("Care units", QListWidget, dialog) is person.focus
    person.presses_keys("Down", "Return")
    form = await until(lambda: (d := person._active_dialog()) is not dialog and d, "asked who works here")
    person.types("Nina Berg", person.field("Name", where=form))
    for name in ("PIN", "The same PIN again"):
        person.types("7294", person.field(name, where=form))
    click(person, "Save", form)
    await person.is_back_in_the_window()
    await person.sees_the_book()
    second = leyr.sandbox.care_units[1]
    assert person.window.windowTitle().startswith(second.name)
    await until(lambda: not person.sees("Nobody is named at this desk yet"), "somebody is named")
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[0])
    whom = made_up("Kari", "Nordmann")
    await person.registers(whom)
    person.puts_the_message_away()
    click(person, "Book", person.window.panel)
    await person.reads("Booked")
    by_hand = 4  # the free time, “New patient …”, “Register”, and the message put away
    assert clicks + by_hand == 10


async def test_who_looks_something_up_in_between_finds_what_was_typed(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr)
    person.clicks("Cancel", await person.dialog())
    await person.is_back_in_the_window()
    person.clicks("Connect to Leyr")
    dialog = await person.dialog()
    assert person.field("Leyr's address, with /api", where=dialog).text() == leyr.url
    assert person.field("Client id", where=dialog).text() == leyr.sandbox.client_id
    secret = person.field("Client secret", QLineEdit, dialog)
    assert secret.text() == ""  # that one is not kept anywhere before it is tested
    assert person.focus is secret
    person.types(leyr.sandbox.client_secret, secret)
    person.clicks("Test and connect", dialog)
    await person.waits_to_see("Which care unit is this desk at?", dialog)
    person.presses_keys("Escape")  # the connection stands; the first care unit is opened
    form = await until(lambda: (d := person._active_dialog()) is not dialog and d, "asked who works here")
    person.clicks("Cancel", form)
    await person.is_back_in_the_window()
    await person.sees_the_book()
    await person.waits_to_see("Nobody is named at this desk yet")  # and it can be done at any time


@pytest.mark.parametrize("fixed", ["language", "theme"])
async def test_what_the_administrator_chose_is_shown_with_a_lock(
    program: Program, monkeypatch: pytest.MonkeyPatch, fixed: str
) -> None:
    monkeypatch.setenv(f"RECEPTION_{fixed.upper()}", {"language": "en", "theme": "dark"}[fixed])
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    menu = {"language": person.window.menus.languages, "theme": person.window.menus.themes}[fixed]
    assert not menu.menuAction().isEnabled()
    assert "set by your administrator" in menu.menuAction().text()
    assert not menu.menuAction().icon().isNull()


async def test_a_test_that_is_cancelled_connects_nothing(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr)
    dialog = await person.dialog()
    person.clicks("Test and connect", dialog)
    person.presses_keys("Escape")
    await person.is_back_in_the_window()
    await until(lambda: leyr.calls("GET", "*/care-units"), "the answer was on its way")
    person.clicks("Connect to Leyr")
    await person.dialog()
    assert drawer.kept == {}
    assert person.sees("Welcome to Reception")


async def test_who_presses_enter_again_while_it_is_tested_does_not_cancel_the_test(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr)
    dialog = await person.dialog()
    person.button("Test and connect", dialog).setFocus()
    person.presses_keys("Return")
    cancel, testing = person.button("Cancel", dialog), person.button("Testing …", dialog)
    assert isinstance(cancel, QPushButton)
    assert not cancel.hasFocus()
    assert not cancel.isDefault()
    assert not testing.isEnabled()
    person.types("t", person.field("Client secret", QLineEdit, dialog))
    assert not testing.isEnabled()  # one test at a time, whatever is typed meanwhile
    person.presses_keys("Return")
    await person.waits_to_see("Which care unit is this desk at?", dialog)

"""A ledger belongs to a connection: what was booked over one is never shown, or cancelled, over another."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from receptionapp.app import run
from receptionapp.domain.appointment import OwnAppointment
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.sqlite_file import connect as connect_file
from receptionapp.sandbox import Sandbox
from receptionapp.system.paths import data_folder
from tests.clocks import SuiteClock
from tests.e2e.conftest import connect
from tests.e2e.program import Person, Program
from tests.e2e.test_starting import (  # noqa: F401, a fixture
    Drawer,
    chooses_first_care_unit,
    drawer,
    fills_in_connection,
    puts_off_naming_the_first,
)
from tests.people import made_up
from tests.postgres import TestServer, own_server, postgres  # noqa: F401, fixtures
from tests.small_clinic import SMALL_CLINIC
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox, watched
from ui.dialogs.whose_ledger import WhoseLedgerDialog

TESTED = made_up("Kari", "Testmann")
TEST_BOX = "This is a test connection"


@pytest.fixture
def live() -> Iterator[WatchedSandbox]:
    """The clinic itself, with the same EHR, and the same ids for other people."""
    with watched(Sandbox("konfidens", care_units=SMALL_CLINIC, now=SuiteClock())) as served:
        yield served


def writes(leyr: WatchedSandbox) -> int:
    return len(leyr.calls("POST", "*")) + len(leyr.calls("PUT", "*")) + len(leyr.calls("DELETE", "*"))


async def types_connection(person: Person, leyr: WatchedSandbox, *, test: bool, **changes: str) -> QDialog:
    """Up to the moment after “Test and connect”."""
    person.window.menus.connect_wanted.emit()
    await fills_in_connection(person, leyr, **changes)
    dialog = await person.dialog()
    box = person.button(TEST_BOX, dialog)
    if box.isChecked() is not test:
        person.clicks_on(box)
    person.clicks("Test and connect", dialog)
    return dialog


async def connects_first(program: Program, leyr: WatchedSandbox, *, test: bool) -> Person:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    await types_connection(person, leyr, test=test)
    await chooses_first_care_unit(person)
    await person.sees_the_book()
    await puts_off_naming_the_first(person)
    return person


async def knows(person: Person, name: str) -> bool:
    """Whether a search on this desk finds them."""
    person.clicks_in_book(*(await person.goes_to_a_day_with_free_times())[0])
    hits = await person.finds(name)
    return any(
        name in hits.item(row).text() for row in range(hits.count()) if "New patient" not in hits.item(row).text()
    )


async def sees_nothing_of(person: Person, booked: OwnAppointment, name: str) -> None:
    await person.goes_to_a_day_with_free_times()
    shown = {column.day for column in person.window.book.contents.columns}
    assert booked.timeslot.start.date() in shown  # the very day
    assert person.own() == []
    assert not await knows(person, name)


async def test_what_was_booked_over_a_test_connection_is_not_there_over_the_live_one(
    leyr: WatchedSandbox,
    live: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await connects_first(program, leyr, test=True)
    booked = await person.books(TESTED)
    assert await knows(person, "Testmann")
    first = person.window
    await types_connection(person, live, test=False)
    person = await program.next_window(first)
    await sees_nothing_of(person, booked, "Testmann")
    assert (writes(leyr) > 0, writes(live)) == (
        True,
        0,
    )  # nothing about the test patient can be asked of the clinic: nobody is there to choose
    await program.close()
    person = await program.open()
    await sees_nothing_of(person, booked, "Testmann")
    assert writes(live) == 0


def rotate(leyr: WatchedSandbox, client_id: str) -> None:
    """Leyr gives the clinic another client id."""
    leyr.sandbox.client_id = client_id


async def is_asked_whose_it_is(person: Person) -> QDialog:
    await until(lambda: isinstance(person._active_dialog(), WhoseLedgerDialog), "asked whose ledger it is")
    return await person.dialog()


async def test_the_same_clinic_with_new_credentials_keeps_its_appointments(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await connects_first(program, leyr, test=True)
    booked = await person.books(TESTED)
    rotate(leyr, "rotated")
    first = person.window
    await types_connection(person, leyr, test=True)
    person.clicks("The same clinic with new credentials", await is_asked_whose_it_is(person))
    person = await program.next_window(first)
    assert await knows(person, "Testmann")
    await program.close()
    person = await program.open()  # not asked again
    await person.goes_to_a_day_with_free_times()
    assert [own.key for own in await person.sees_own()] == [booked.key]
    assert "practice" not in "".join(file.name for file in data_folder(practice=False).root.iterdir())


async def test_another_clinic_begins_empty_and_the_first_finds_its_appointments_again(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await connects_first(program, leyr, test=True)
    booked = await person.books(TESTED)
    earlier = leyr.sandbox.client_id
    rotate(leyr, "neighbour")
    first = person.window
    await types_connection(person, leyr, test=True)
    person.clicks("Another clinic", await is_asked_whose_it_is(person))
    person = await program.next_window(first)
    await sees_nothing_of(person, booked, "Testmann")
    rotate(leyr, earlier)
    second = person.window
    await types_connection(person, leyr, test=True)
    person = await program.next_window(second)
    assert await knows(person, "Testmann")


async def test_escape_goes_back_and_nothing_has_changed(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await connects_first(program, leyr, test=True)
    folder = data_folder(practice=False)
    before = folder.ledgers.read_text(), folder.settings.read_text()
    rotate(leyr, "rotated")
    dialog = await types_connection(person, leyr, test=True)
    assert not person.button("The same clinic", await is_asked_whose_it_is(person)).hasFocus()
    person.presses_keys("Return")  # “Go back” has the keyboard
    await person.waits_to_see("Test and connect", dialog)  # it can be tried again
    person.clicks("Test and connect", dialog)
    await is_asked_whose_it_is(person)
    person.presses_keys("Escape")
    await person.waits_to_see("Test and connect", dialog)  # it can be tried again
    assert (folder.ledgers.read_text(), folder.settings.read_text()) == before
    assert len(drawer.kept) == 1


async def test_a_connection_from_the_environment_is_never_asked_about_and_never_mixed(
    leyr: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(monkeypatch, leyr.url)
    person = await program.open()
    booked = await person.books(TESTED)
    await program.close()
    rotate(leyr, "rotated")
    connect(monkeypatch, leyr.url, CLIENT_ID="rotated")
    person = await program.open()
    await sees_nothing_of(person, booked, "Testmann")
    await program.close()
    rotate(leyr, "practice")
    connect(monkeypatch, leyr.url)
    person = await program.open()
    assert await knows(person, "Testmann")


async def test_settings_that_name_another_client_id_at_the_start_are_asked_about(
    leyr: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    await connects_first(program, leyr, test=True)
    await program.close()
    file = data_folder(practice=False).settings
    file.write_text(file.read_text().replace('"practice"', '"rotated"'))
    rotate(leyr, "rotated")
    person = await program.open()
    await is_asked_whose_it_is(person)
    person.presses_keys("Escape")
    await person.waits_to_see("Welcome to Reception")


async def test_todays_ledger_stays_with_the_connection_that_it_was_used_with(
    leyr: WatchedSandbox,
    live: WatchedSandbox,
    program: Program,
    drawer: Drawer,  # noqa: F811
) -> None:
    person = await connects_first(program, leyr, test=True)
    booked = await person.books(TESTED)
    await program.close()
    folder = data_folder(practice=False)
    folder.ledgers.unlink()  # an earlier version knew nothing of connections
    forget_whose_it_is(folder.ledger)
    person = await program.open()
    await person.sees_the_book()
    first = person.window
    await types_connection(person, live, test=False)
    person = await program.next_window(first)
    await sees_nothing_of(person, booked, "Testmann")
    second = person.window
    await types_connection(person, leyr, test=True)
    person = await program.next_window(second)
    assert await knows(person, "Testmann")


def forget_whose_it_is(file: Path) -> None:
    made = connect_file(file, LedgerKey.read("5eed" * 16))
    made.execute("DELETE FROM connections")
    made.close()


async def test_a_shared_ledger_refuses_a_connection_until_an_administrator_adds_it(
    leyr: WatchedSandbox,
    program: Program,
    postgres: TestServer,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = await asyncio.to_thread(postgres.new_database)
    monkeypatch.setenv("RECEPTION_LEDGER_URL", address.url)
    monkeypatch.setenv("RECEPTION_LEDGER_PASSWORD", address.password)
    connect(monkeypatch, leyr.url)
    person = await program.open()
    await person.books(TESTED)
    await program.close()
    rotate(leyr, "rotated")
    connect(monkeypatch, leyr.url, CLIENT_ID="rotated")
    person = await program.open()
    await person.waits_to_see("The clinic's server does not know this connection to Leyr.")
    await program.close()
    assert await asyncio.to_thread(run, ["ledger", "add-connection"], SuiteClock()) == 0
    assert await asyncio.to_thread(run, ["ledger", "connections"], SuiteClock()) == 0
    shown = capsys.readouterr().out
    assert [name in shown for name in ("practice  test", "rotated  test  (set at this desk)")] == [True, True]
    person = await program.open()
    assert await knows(person, "Testmann")
    await program.close()
    connect(monkeypatch, leyr.url, CLIENT_ID="rotated", TEST="no")
    assert await asyncio.to_thread(run, ["ledger", "add-connection"], SuiteClock()) == 1  # test and live, never

"""Opening the program: not connected yet, wrongly connected, twice, or onto a disk that fails."""

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from receptionapp.system.paths import SingleInstance, data_folder
from tests.e2e.program import Person, Program
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox


class Drawer(KeyringBackend):
    """A key store in memory; empty and locked for good where `works` is False."""

    priority = 1

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if not self.works:
            raise NoKeyringError
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.works:
            raise NoKeyringError
        self.kept[service, username] = password


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    made = Drawer()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


async def fills_in_connection(person: Person, leyr: WatchedSandbox, **changes: str) -> None:
    known = {
        "Leyr's address, with /api": leyr.url,
        "EHR code": leyr.emr,
        "Client id": leyr.sandbox.client_id,
        "Client secret": leyr.sandbox.client_secret,
    }
    dialog = await person.dialog()
    for name, text in (known | changes).items():
        field = person.field(name, where=dialog)
        field.clear()
        person.types(text, field)


async def chooses_first_care_unit(person: Person) -> None:
    dialog = await person.dialog()
    await person.waits_to_see("Which care unit is this desk at?", dialog)
    person.clicks("Open the book", dialog)


async def puts_off_naming_the_first(person: Person) -> None:
    person.clicks("Cancel", await person.dialog())
    await person.is_back_in_the_window()


async def test_with_no_settings_it_welcomes_and_offers_practice_and_a_connection(program: Program) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    assert person.button("Open practice mode").isEnabled()
    assert person.button("Connect to Leyr").isEnabled()
    assert await program.close() == 0


async def test_from_the_welcome_one_click_opens_practice_mode(program: Program) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Open practice mode")
    first = person.window
    person = await program.next_window(first)
    assert person.sees("Practice mode: made-up people")
    await person.sees_the_book()


def is_in_a_file(secret: str, folder: Path) -> bool:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return any(secret.encode() in file.read_bytes() for file in files)


async def test_a_connection_is_tried_kept_and_used_at_the_next_start(
    leyr: WatchedSandbox, program: Program, drawer: Drawer, data_dir: Path
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr)
    person.clicks("Test and connect", await person.dialog())
    await chooses_first_care_unit(person)
    await person.sees_the_book()
    await program.close()
    assert list(drawer.kept.values()) == [leyr.sandbox.client_secret]
    assert not is_in_a_file(leyr.sandbox.client_secret, data_dir)

    person = await program.open()
    await person.sees_the_book()


async def test_a_connection_that_does_not_work_says_why_and_keeps_what_is_typed(
    leyr: WatchedSandbox, program: Program, drawer: Drawer
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    dialog = await person.dialog()
    for name, wrong, words in (  # the same words never twice in a row
        ("Client secret", "wrong", "does not accept this program's client id or secret"),
        ("EHR code", "konfident", "does not know this EHR code"),
        ("Client id", "somebody", "does not accept this program's client id or secret"),
        ("Leyr's address, with /api", "http://127.0.0.1:9/api", "Leyr can't be reached"),
    ):
        assert not person.sees(words, dialog)
        await fills_in_connection(person, leyr, **{name: wrong})
        person.clicks("Test and connect", dialog)
        await person.waits_to_see(words, dialog)
        assert person.field(name, where=dialog).text() == wrong
        assert drawer.kept == {}
    await fills_in_connection(person, leyr)
    person.clicks("Test and connect", dialog)
    await chooses_first_care_unit(person)
    await person.sees_the_book()


async def test_each_step_that_is_proven_is_ticked_and_the_one_it_stops_at_is_named(
    leyr: WatchedSandbox, program: Program, drawer: Drawer
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr, **{"EHR code": "konfident"})
    dialog = await person.dialog()
    person.clicks("Test and connect", dialog)
    await person.waits_to_see("stopped here", dialog)
    texts = person.texts(dialog)
    first = texts.index("Leyr's address is reached")
    assert texts[first : first + 10] == [
        "Leyr's address is reached",
        "yes",
        "The line is safe",
        "yes",
        "Client id and secret are accepted",
        "yes",
        "The EHR answers",
        "stopped here",
        "There are care units",
        "not tried",
    ]
    assert leyr.calls("*", "*/timeslots") == []


async def test_a_test_connection_is_marked_as_one_and_a_real_one_is_not(
    leyr: WatchedSandbox, program: Program, drawer: Drawer
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    for is_test in (True, False):
        person.window.menus.connect_wanted.emit()
        await fills_in_connection(person, leyr)
        dialog = await person.dialog()
        box = person.button("This is a test connection", dialog)
        assert box.isChecked() is not is_test
        person.clicks_on(box)
        person.clicks("Test and connect", dialog)
        if is_test:
            await chooses_first_care_unit(person)
        else:  # a window of its own: nothing of the test connection is in it
            person = await program.next_window(person.window)
        title = "TEST CONNECTION"
        await until(lambda: (title in person.window.windowTitle()) is is_test, "the title says it")  # noqa: B023
        await person.sees_the_book()
        assert person.sees("TEST CONNECTION: made-up people only.") is is_test
        if is_test:
            await puts_off_naming_the_first(person)


@pytest.mark.parametrize("address", ["http://api.leyr.io/api", "api.leyr.io", "https://", "https://user@host/api"])
async def test_an_address_that_cannot_be_one_is_refused_before_anything_is_sent(
    leyr: WatchedSandbox, program: Program, drawer: Drawer, address: str
) -> None:
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr, **{"Leyr's address, with /api": address})
    dialog = await person.dialog()
    person.clicks("Test and connect", dialog)
    await person.waits_to_see("can't be used", dialog)
    assert leyr.door.calls == []


async def test_without_a_key_store_it_connects_and_says_that_the_secret_is_not_kept(
    leyr: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: Drawer(works=False))
    person = await program.open()
    await person.waits_to_see("Welcome to Reception")
    person.clicks("Connect to Leyr")
    await fills_in_connection(person, leyr)
    person.clicks("Test and connect", await person.dialog())
    await chooses_first_care_unit(person)
    await person.reads("Connected, but only until the program closes.")
    await person.sees_the_book()


@pytest.mark.noise("key store did not give the secret")
async def test_a_secret_that_is_gone_is_asked_for_again(
    leyr: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: Drawer(works=False))
    monkeypatch.setenv("RECEPTION_LEYR_URL", leyr.url)
    monkeypatch.setenv("RECEPTION_LEYR_EMR", leyr.emr)
    monkeypatch.setenv("RECEPTION_LEYR_CLIENT_ID", leyr.sandbox.client_id)
    person = await program.open()
    dialog = await person.dialog()
    assert person.sees("The client secret is not in this computer's key store. Enter it again.", dialog)
    assert person.field("Leyr's address, with /api", where=dialog).isReadOnly()
    assert person.field("Client secret", QLineEdit, dialog).text() == ""


async def refused(program: Program) -> str:
    """What the program says when it does not open, and its end after OK."""
    await program.begin()
    box = await until(_box, "a message says why it does not open")
    text = box.text()
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    assert await program.ended() == 1
    return text


def _box() -> QMessageBox | None:
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    return next(shown, None)


@pytest.fixture
def file_in_the_way(data_dir: Path) -> Path:
    """Where the data folder should be; tests may run as root, for whom every folder can be written."""
    data_dir.write_text("not a folder")
    return data_dir


async def test_a_data_folder_that_cannot_be_written_is_named_and_nothing_is_opened(
    program: Program, file_in_the_way: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = await refused(program)
    assert text.startswith("Reception can't write to its data folder, so it was not opened.")
    assert str(file_in_the_way) in text
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.wine_fault("msvcrt.locking refuses with whatever error number the last failure left", run=False)
async def test_a_second_program_says_that_the_first_is_open(program: Program) -> None:
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    with SingleInstance(folder.lock):
        assert await refused(program) == "Reception is already open on this computer."


async def test_a_damaged_ledger_is_moved_aside_and_said_and_the_program_opens(
    connected: WatchedSandbox, program: Program
) -> None:
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    folder.ledger.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    person = await program.open()
    text = await person.reads("This desk's record of appointments was damaged, so a new one was begun.")
    [aside] = folder.root.glob("ledger.damaged-*.sqlite3")
    assert aside.name in text
    await person.sees_the_book()


async def test_damaged_settings_are_moved_aside_and_said(program: Program) -> None:
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    folder.settings.write_text('{"leyr_url": ')
    person = await program.open()
    text = await person.reads("The settings could not be read, so they are as at first.")
    [aside] = folder.root.glob("settings.damaged-*.json")
    assert aside.name in text


async def test_the_care_unit_of_last_time_is_shown_again(connected: WatchedSandbox, program: Program) -> None:
    person = await program.open()
    await person.sees_the_book()
    second = connected.sandbox.care_units[1]
    person.window.side_panel.care_unit_chosen.emit(second.id)
    await until(lambda: person.window.windowTitle().startswith(second.name), "the other care unit is open")
    await program.close()
    person = await program.open()
    await person.sees_the_book()
    assert person.window.windowTitle().startswith(second.name)

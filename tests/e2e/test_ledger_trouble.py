"""A record that does not open: what the receptionist reads and can choose, and that no old one is ever lost for it."""

import asyncio
from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoStore
from keyring.errors import KeyringLocked
from PySide6.QtWidgets import QPlainTextEdit

from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.key import LedgerKey, mark_of
from receptionapp.ledger.ledger import Ledger
from receptionapp.system.paths import data_folder
from tests.e2e.program import Person, Program
from tests.people import made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

UseStore = Callable[[KeyringBackend], None]


class Store(KeyringBackend):
    """A key store of this test's own, which can be locked, forget, or lie."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.failure: Exception | None = None
        self.forgets = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.failure:
            raise self.failure
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.failure:
            raise self.failure
        if not self.forgets:
            self.kept[username] = password


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """A desk whose key is in its key store."""
    monkeypatch.delenv("RECEPTION_LEDGER_KEY")
    made = Store()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


class OnDisk:
    """The ledger of real work, as a file."""

    def __init__(self) -> None:
        self._path = data_folder(practice=False).ledger

    @property
    def is_there(self) -> bool:
        return self._path.exists()

    @property
    def content(self) -> bytes:
        return self._path.read_bytes()

    @property
    def mark(self) -> bytes | None:
        return mark_of(self._path)

    def kept_aside(self) -> list[bytes]:
        return [file.read_bytes() for file in self._path.parent.glob("ledger.*-*.sqlite3")]

    def put_a_folder_in_its_place(self) -> None:
        self._path.mkdir(parents=True)

    def take_the_folder_away(self) -> None:
        self._path.rmdir()


@pytest.fixture
def ledger() -> OnDisk:
    return OnDisk()


def what_is_said(person: Person) -> str:
    return person.window.ledger_strip.text


async def reads_in_the_notice(person: Person, words: str) -> None:
    await until(lambda: words in what_is_said(person), f"the notice says “{words}”; it says “{what_is_said(person)}”")


def free_times_are_known(person: Person) -> bool:
    contents = person.window.book.contents
    return contents is not None and all(column.timeslots is not None for column in contents.columns)


async def booked_once(program: Program) -> None:
    """One appointment in the ledger, and the program closed again."""
    person = await program.open()
    await person.books(made_up())
    await program.close()


async def is_open(person: Person) -> None:
    await person.sees_the_book()
    assert what_is_said(person) == ""


async def test_the_key_is_made_at_the_first_start_and_found_at_the_next(
    connected: WatchedSandbox, program: Program, store: Store, ledger: OnDisk
) -> None:
    await booked_once(program)
    [key] = store.kept.values()
    assert ledger.mark == LedgerKey.read(key).mark
    person = await program.open()
    await is_open(person)
    assert list(store.kept.values()) == [key]


async def test_without_its_key_the_record_stays_and_the_recovery_key_opens_it(
    connected: WatchedSandbox, program: Program, store: Store, ledger: OnDisk
) -> None:
    await booked_once(program)
    [(account, key)] = store.kept.items()
    content = ledger.content
    store.kept.clear()

    person = await program.open()
    await reads_in_the_notice(person, "its key is not in this computer's key store")
    await until(lambda: free_times_are_known(person), "free times are in sight all the same")
    assert not person.window.actions_.next_free.isEnabled()
    assert ledger.content == content

    person.clicks("Try again")
    await reads_in_the_notice(person, "its key is not in this computer's key store")

    await types_key(person, LedgerKey.new().grouped)
    await reads_in_the_notice(person, "this key is not the one")
    assert ledger.content == content

    await types_key(person, LedgerKey.read(key).grouped)
    await is_open(person)
    assert store.kept == {account: key}
    assert ledger.kept_aside() == []


async def types_key(person: Person, text: str) -> None:
    await until(lambda: person.button("Enter the recovery key").isEnabled(), "a key can be entered")
    person.clicks("Enter the recovery key")
    dialog = await person.dialog()
    person.field("Recovery key", QPlainTextEdit, dialog).setPlainText(text)
    person.clicks("Open the record", dialog)
    await person.is_back_in_the_window()


async def test_a_changed_key_is_told_and_a_new_record_is_begun_only_after_two_words(
    connected: WatchedSandbox, program: Program, store: Store, ledger: OnDisk
) -> None:
    await booked_once(program)
    [account] = store.kept
    content = ledger.content
    store.kept[account] = LedgerKey.new().digits

    person = await program.open()
    await reads_in_the_notice(person, "this key is not the one")
    person.clicks("Begin a new record")
    dialog = await person.dialog()
    assert person.sees("can't be cancelled or moved from here", dialog)
    person.clicks("Cancel", dialog)
    await person.is_back_in_the_window()
    assert ledger.content == content

    person.clicks("Begin a new record")
    person.clicks("Put the old record aside", await person.dialog())
    await person.is_back_in_the_window()
    await is_open(person)
    assert ledger.kept_aside() == [content]


@pytest.mark.parametrize("why", ["locked", "forgetful", "none"])
async def test_nothing_is_written_before_the_key_is_safe(
    connected: WatchedSandbox, program: Program, store: Store, ledger: OnDisk, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    says = {"locked": "key store is locked", "forgetful": "does not answer as it should", "none": "has no key store"}
    if why == "none":
        monkeypatch.setattr(keyring, "get_keyring", NoStore)
    store.failure = KeyringLocked("no") if why == "locked" else None
    store.forgets = why == "forgetful"

    person = await program.open()
    await reads_in_the_notice(person, says[why])
    assert not ledger.is_there
    assert not person.sees("recovery key")

    monkeypatch.setattr(keyring, "get_keyring", lambda: store)
    store.failure, store.forgets = None, False
    person.clicks("Try again")
    await is_open(person)
    assert ledger.mark == LedgerKey.read(*store.kept.values()).mark


async def test_other_faults_say_what_to_do_and_can_be_tried_again(
    connected: WatchedSandbox, program: Program, ledger: OnDisk
) -> None:
    ledger.put_a_folder_in_its_place()
    person = await program.open()
    await reads_in_the_notice(person, "can't be written to")
    assert not person.sees("recovery key")
    ledger.take_the_folder_away()
    person.clicks("Try again")
    await is_open(person)


async def test_a_key_of_the_administrators_that_is_none_is_named(
    connected: WatchedSandbox, program: Program, ledger: OnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECEPTION_LEDGER_KEY", "secret")
    person = await program.open()
    await reads_in_the_notice(person, "RECEPTION_LEDGER_KEY must be 64 hexadecimal digits")
    assert not ledger.is_there


async def test_the_notice_stays_when_the_language_changes(
    connected: WatchedSandbox, program: Program, store: Store
) -> None:
    store.failure = KeyringLocked("no")
    person = await program.open()
    await reads_in_the_notice(person, "key store is locked")
    person.window.menus.language_chosen.emit("nb")
    other = await program.next_window(person.window)
    await until(lambda: what_is_said(other), "the notice is in the new window too")
    store.failure = None
    other.clicks_on(other.window.ledger_strip.again)
    await other.sees_the_book()


async def test_closed_while_the_record_is_being_opened_it_is_let_go(
    connected: WatchedSandbox, program: Program, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def recover(_ledger: Ledger) -> None:
        begun.set()
        await never.wait()

    closed: list[Ledger] = []
    close = Ledger.close

    async def note_closing(ledger: Ledger) -> None:
        closed.append(ledger)
        await close(ledger)

    monkeypatch.setattr(Ledger, "recover", recover)
    monkeypatch.setattr(Ledger, "close", note_closing)
    await program.open()
    await begun.wait()
    assert not closed
    await program.close()
    assert closed


async def test_a_record_that_fails_at_its_first_use_is_tried_again_like_one_that_does_not_open(
    connected: WatchedSandbox, program: Program, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    recover = Ledger.recover

    async def fails(_ledger: Ledger) -> None:
        raise LedgerError(LedgerFault.DISK_FAILED)

    monkeypatch.setattr(Ledger, "recover", fails)
    person = await program.open()
    await until(lambda: what_is_said(person), "the notice says why")
    assert not person.window.actions_.next_free.isEnabled()
    monkeypatch.setattr(Ledger, "recover", recover)
    person.clicks("Try again")
    await is_open(person)

"""Values are planted in every user story, and then looked for in every byte that the program wrote and sent.

The ledger is looked through too, for it is encrypted. Left out are what must hold them: bodies of requests.
"""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from tests.e2e.conftest import connect
from tests.e2e.program import Person, Program
from tests.people import MadeUp, made_up
from tests.qt_loop import application
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

SECRET = "Plantet+hemmelighet/1=="
WRONG_SECRET = "Plantet-feil-hemmelighet"
PHONE = "99991357"
EMAIL = "plantet.adresse@klinikk.example"
COMMENT = "Plantetkommentar om noe privat"
FIRST_NAME, LAST_NAME = "Qvistiane", "Plantetsæther"


class Titles(QObject):
    """Every title that any window had."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowTitleChange, QEvent.Type.Show) and isinstance(watched, QWidget):
            self.seen |= {watched.windowTitle(), watched.windowIconText()}
        return False


@pytest.fixture
def titles() -> Iterator[Titles]:
    watch, app = Titles(), application()
    app.installEventFilter(watch)
    yield watch
    app.removeEventFilter(watch)


@pytest.fixture
def copied() -> Iterator[list[str]]:
    """What anything put on the clipboard."""
    texts: list[str] = []
    clipboard = QApplication.clipboard() if application() else None
    assert clipboard is not None
    note = clipboard.dataChanged.connect(lambda: texts.append(clipboard.text()))
    yield texts
    clipboard.dataChanged.disconnect(note)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own log of addresses is another machine's; here it would share the program's log file."""
    monkeypatch.setattr(logging.getLogger("uvicorn.access"), "disabled", True)


@pytest.fixture
def planted() -> MadeUp:
    return made_up(FIRST_NAME, LAST_NAME)


def telling(patient: MadeUp) -> bytes:
    """Leyr's answer with everything in it that it could know."""
    said = f"{patient.full_name} ({patient.number}, +47{PHONE}, {EMAIL}) {COMMENT}"
    problem = {"details": said, "emr_error": {"patient": said}, "path": ["body", said]}
    return json.dumps({"code": "EMR_ERROR", "title": said, "detail": said, "errors": [problem]}).encode()


async def test_no_story_leaves_a_planted_value_outside_the_ledger(
    leyr: WatchedSandbox,
    program: Program,
    planted: MadeUp,
    titles: Titles,
    copied: list[str],
    elsewhere: None,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    leyr.sandbox.client_secret = SECRET
    connect(monkeypatch, leyr.url, EMR=leyr.emr, CLIENT_SECRET=WRONG_SECRET)
    person = await program.open()
    await person.reads("client")
    await program.close()

    connect(monkeypatch, leyr.url, EMR=leyr.emr, CLIENT_SECRET=SECRET)
    person = await program.open()
    await registers_books_and_cancels(person, planted)
    await is_refused_and_not_answered(person, leyr, planted)
    await crashes_everywhere(person, planted)
    await copies_all_there_is_for_support(person)
    assert await program.close() == 0
    person = await program.open()
    await person.sees_the_book()
    assert await program.close() == 0

    out, err = capfd.readouterr()
    written = {str(file.relative_to(data_dir)): file.read_bytes() for file in files(data_dir)}
    [log] = (text for name, text in written.items() if name.endswith("reception.log"))
    assert log.count(b"builtins.ValueError") == 3
    assert any("crash-" in name for name in written)
    assert len(copied) == 2
    places = written | {
        "names of files": "\n".join(written).encode(),
        "stdout": out.encode(),
        "stderr": err.encode(),
        "titles of windows": "\n".join(titles.seen).encode(),
        "clipboard": "\n".join(copied).encode(),
        "addresses": "\n".join(f"{call.path}?{call.query}" for call in leyr.calls()).encode(),
    }
    assert len(leyr.writes) > 4
    assert findings(places, planted) == []


def test_the_search_itself_finds_what_is_there(planted: MadeUp) -> None:
    for value in values(planted):
        for spelt in spellings(value):
            assert findings({"a place": b"x" + spelt + b"y"}, planted)


async def registers_books_and_cancels(person: Person, patient: MadeUp) -> None:
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[-1])
    for typed in (patient.full_name, patient.number, PHONE, EMAIL):
        await person.finds(typed)
    dialog = await person.opens_new_patient(patient.full_name)
    person.fills_in(dialog, patient)
    person.types(PHONE, person.field("Phone (may be left out)", where=dialog))
    person.types(EMAIL, person.field("E-mail (may be left out)", where=dialog))
    person.clicks("Register", dialog)
    await person.reads("Patient registered")
    person.comments(COMMENT)
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")
    [own] = person.own()
    person.clicks_own(own.key)
    person.clicks("Cancel the appointment")
    await person.reads("Cancelled")


async def is_refused_and_not_answered(person: Person, leyr: WatchedSandbox, patient: MadeUp) -> None:
    for status, words in ((400, "Not booked"), (500, "Not known")):
        leyr.answer_instead("POST", "*/appointments", telling(patient), status=status)
        person.clicks_in_book(*person.free_cells()[0])
        if not person.sees("Change", person.window.panel):
            hits = await person.finds(LAST_NAME)
            person.clicks_at(hits.viewport(), hits.visualItemRect(hits.item(0)).center())
        person.clicks("Book", person.window.panel)
        await person.reads(words)
    leyr.answer_instead("GET", "*/timeslots", telling(patient), status=400, times=50)
    person.presses_keys("F9")
    await until(lambda: leyr.door.instead[-1].times < 50, "the book is read again")
    leyr.door.instead.clear()
    leyr.answer_instead("POST", "*/patients", telling(patient), status=422)
    person.clicks_in_book(*person.free_cells()[-1])
    if person.sees("Change", person.window.panel):
        person.clicks("Change", person.window.panel)
    dialog = await person.opens_new_patient(patient.full_name)
    person.fills_in(dialog, made_up(FIRST_NAME, LAST_NAME[:-3]))
    person.clicks("Register", dialog)
    await until(lambda: not leyr.door.instead[-1].times, "the refusal is there")
    await person.waits_to_see("not", dialog)
    dialog.reject()


async def crashes_everywhere(person: Person, patient: MadeUp) -> None:
    """A bug in a click, in a task and in the loop, each with a person in its message, its cause and its notes."""
    said = f"{patient.full_name} {patient.number} {PHONE} {EMAIL} {COMMENT} {SECRET}"

    def crash() -> None:
        try:
            {}[said]
        except KeyError as error:
            error.add_note(said)
            raise ValueError(f"no such patient: {said}") from error

    async def crash_later() -> None:
        crash()

    QTimer.singleShot(0, crash)
    await person.reads("Something in the program failed.")
    desk = person.window._desk
    assert desk is not None
    desk.tasks.start("read:something", crash_later())
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(crash)
    await asyncio.sleep(0)
    await person.reads("Something in the program failed.")


async def copies_all_there_is_for_support(person: Person) -> None:
    """The report of the last crash, and diagnostics, which tell of all that went wrong before."""
    person.clicks("What happened", person.window.message_bar)
    dialog = await person.dialog()
    person.clicks("Copy", dialog)
    dialog.close()
    await person.is_back_in_the_window()
    person.window.actions_.diagnostics.trigger()
    dialog = await person.dialog()
    text = person.field("Diagnostics", QPlainTextEdit, dialog).toPlainText()
    for words in ("profile: test", "Leyr: 127.0.0.1", "EHR: konfidens", "book: emr_refused", "intents done: ", "Qt: "):
        assert words in text
    person.clicks("Copy", dialog)
    dialog.close()


def files(folder: Path) -> list[Path]:
    everything = (file for file in folder.rglob("*") if file.is_file())
    return [file for file in everything if not file.name.startswith("sandbox.sqlite3")]


def values(patient: MadeUp) -> tuple[str, ...]:
    number = patient.number
    secrets = (SECRET, WRONG_SECRET)
    return (FIRST_NAME, LAST_NAME, number, f"{number[:6]} {number[6:]}", PHONE, EMAIL, COMMENT, *secrets)


def spellings(value: str) -> set[bytes]:
    plain = {value, value.upper(), value.lower(), repr(value)[1:-1], json.dumps(value)[1:-1]}
    return {spelt.encode() for each in plain for spelt in (each, quote(each, safe=""), quote_plus(each))}


def findings(places: dict[str, bytes], patient: MadeUp) -> list[str]:
    return [
        f"“{value}” in {place}: …{text[max(0, at - 80) : at + 80]!r}"
        for place, text in places.items()
        for value in values(patient)
        for spelt in spellings(value)
        if (at := text.find(spelt)) >= 0
    ]

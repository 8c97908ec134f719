"""What goes wrong on the way: a clear sentence each time, and nothing lost."""

import asyncio
import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from receptionapp.domain.appointment import Standing
from receptionapp.domain.layout import FreeCell
from receptionapp.leyr.transport import Timeouts
from receptionapp.sandbox import FAULTS
from receptionapp.services import desk as desk_module
from tests.e2e.conftest import connect
from tests.e2e.program import Person, Program
from tests.people import made_up
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox

UNREACHED = "http://127.0.0.1:9/api"  # nobody listens on the discard port


async def ready_to_book(person: Person) -> None:
    cells = await person.goes_to_a_day_with_free_times()
    person.clicks_in_book(*cells[len(cells) // 2])
    await person.registers(made_up())
    person.comments("Viktig beskjed")


def nothing_typed_is_lost(person: Person) -> bool:
    form = person.window.panel.slot_form
    return form.picker.person is not None and person.field("Comment", QPlainTextEdit).toPlainText() == "Viktig beskjed"


def is_for_people(text: str) -> None:
    """No code, no exception and no unfilled place as the text."""
    assert not re.search(r"[{}]|Error|Exception|Traceback|None|_[A-Z]|HTTP|\b[45]\d\d\b", text), text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"CLIENT_ID": "somebody-else"}, "does not accept this program's client id or secret"),
        ({"CLIENT_SECRET": "wrong"}, "does not accept this program's client id or secret"),
        ({"EMR": "konfident"}, "does not know this EHR code"),
    ],
)
async def test_wrong_settings_are_named(
    leyr: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], words: str
) -> None:
    connect(monkeypatch, leyr.url, **wrong)
    person = await program.open()
    text = await person.reads(words)
    assert text.startswith("The clinic could not be read.")
    assert "Contact your administrator" in text
    is_for_people(re.sub(r"Reference:\s\S+", "", text))
    assert await program.close() == 0


async def test_with_no_network_at_the_start_it_says_so_and_reads_when_asked_again(
    leyr: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(monkeypatch, UNREACHED)
    person = await program.open()
    text = await person.reads("Leyr can't be reached; nothing was sent.")
    is_for_people(text)


async def test_a_network_that_comes_back_is_used_after_refresh(connected: WatchedSandbox, program: Program) -> None:
    connected.fail("drop_before", times=4)  # as often as a read is tried
    person = await program.open()
    await person.reads("The clinic could not be read. The line broke")
    await until(person.window.actions_.refresh.isEnabled, "it can be tried again")
    person.commands("refresh")
    await person.sees_the_book()


async def test_a_network_that_goes_in_the_middle_leaves_the_book_as_it_was(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    cells = await person.goes_to_a_day_with_free_times()
    connected.fail("drop_before", times=1000)
    person.commands("refresh")
    await person.reads("could not be read")
    assert len(person.free_cells()) == len(cells)
    person.clicks_in_book(*person.free_cells()[0])
    assert isinstance(person.window.book.selected, FreeCell)


async def test_a_line_that_breaks_after_the_booking_was_sent_is_unknown_and_a_person_settles_it(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    await ready_to_book(person)
    connected.fail("drop_after", "POST")
    person.clicks("Book", person.window.panel)
    text = await person.reads("Not known if booked")
    assert "Do not book it again before that." in text
    is_for_people(text)
    [own] = await person.sees_own()
    assert own.standing is Standing.BOOKING_UNKNOWN
    person.clicks_own(own.key)
    person.clicks("It is in Konfidens")
    await person.reads("Booked")


async def test_a_booking_refused_on_the_way_keeps_what_is_typed_and_can_be_pressed_again(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    await ready_to_book(person)
    for fault, words in (
        ("emr_error_401", "did not let Leyr in; the link between them must be renewed"),
        ("emr_error_400", "did not accept this"),
        ("rate_limited", "Leyr asks for a pause."),
        ("rate_limited_retry_after", "Wait 1 s, then try again."),
        ("errors_missing", "The request was refused. Nothing was changed."),
        ("unknown_error_code", "The request was refused. Nothing was changed."),
    ):
        person.puts_the_message_away()
        connected.fail(fault, "POST")
        person.clicks("Book", person.window.panel)
        text = await person.reads(words)
        assert text.startswith("Not booked")
        is_for_people(re.sub(r"Reference:\s\S+|says: “.*”", "", text))
        assert nothing_typed_is_lost(person)
        assert connected.through_leyr() == []
    person.clicks("Book", person.window.panel)
    await person.reads("Booked")
    assert len(connected.through_leyr()) == 1


async def test_a_booking_whose_answer_is_lost_is_said_to_be_unknown_and_why(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    for fault, words in (
        ("html_502", "Leyr is not available right now."),
        ("broken_json", "The answer could not be read."),
        ("truncated", "The line broke before the answer came."),
        ("emr_error_500", "failed while answering"),
        ("unknown_error", "Leyr could not say what went wrong."),
    ):
        await ready_to_book(person)
        person.puts_the_message_away()
        connected.forget_calls()
        connected.fail(fault, "POST")
        person.clicks("Book", person.window.panel)
        text = await person.reads(words)
        assert text.startswith("Not known if booked")
        is_for_people(re.sub(r"Reference:\s\S+|says: “.*”", "", text))
        assert len(connected.writes) == 1


async def test_silence_is_unknown_until_the_answer_comes_after_all(
    impatient: None, connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    await ready_to_book(person)
    kept = connected.keep_back("POST", "*/appointments")
    person.clicks("Book", person.window.panel)
    await person.reads("No answer came in time.")
    assert person.message.startswith("Not known if booked")
    kept.release()
    await person.reads("Booked")
    assert len(connected.through_leyr()) == 1


async def test_silence_in_a_read_says_that_no_answer_came(
    impatient: None, connected: WatchedSandbox, program: Program
) -> None:
    connected.fail(replace(FAULTS["slow"], delay=60), times=1000)
    person = await program.open()
    assert "No answer came in time." in await person.reads("The clinic could not be read.")


async def test_a_window_closed_while_a_booking_is_under_way_waits_for_it(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    await ready_to_book(person)
    kept = connected.keep_back("POST", "*/appointments")
    person.clicks("Book", person.window.panel)
    await kept.reached()
    closing = asyncio.create_task(program.close())
    await until(lambda: not person.window.isEnabled(), "the window takes no more")
    kept.release()
    assert await closing == 0

    person = await program.open()
    await person.goes_to_a_day_with_free_times()
    [own] = await person.sees_own()
    assert own.standing is Standing.BOOKED
    assert own.appointment_id == connected.through_leyr()[0].id


async def test_a_window_closed_on_a_booking_that_never_ends_says_at_the_next_start_that_it_is_unknown(
    connected: WatchedSandbox, program: Program, client_defaults: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "CLOSING_WAIT", 0.05)
    client_defaults["timeouts"] = Timeouts(close=0.05)
    person = await program.open()
    await ready_to_book(person)
    kept = connected.keep_back("POST", "*/appointments")
    person.clicks("Book", person.window.panel)
    await kept.reached()
    await program.close()
    kept.release()

    person = await program.open()
    await person.goes_to_a_day_with_free_times()
    [own] = await person.sees_own()
    assert own.standing is Standing.BOOKING_UNKNOWN
    person.clicks_own(own.key)
    await person.waits_to_see("Look in Konfidens and say here what you found.")


async def test_a_cancellation_whose_answer_is_lost_is_said_to_be_unknown(
    connected: WatchedSandbox, program: Program
) -> None:
    person = await program.open()
    own = await person.books(made_up())
    connected.fail("drop_after", "PATCH")
    person.clicks_own(own.key)
    person.clicks("Cancel the appointment")
    text = await person.reads("Not known if cancelled")
    assert "Until then it may still stand." in text
    person.clicks("It is not in Konfidens", person.window.panel)
    await person.reads("Cancelled")


async def test_after_a_start_without_network_refresh_opens_the_care_unit_that_was_set(
    connected: WatchedSandbox, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = connected.sandbox.care_units[1]
    monkeypatch.setenv("RECEPTION_CARE_UNIT", second.id)
    connected.fail("drop_before", times=4)
    person = await program.open()
    await person.reads("The clinic could not be read.")
    await until(person.window.actions_.refresh.isEnabled, "it can be tried again")
    person.commands("refresh")
    await person.sees_the_book()
    assert person.window.windowTitle().startswith(second.name)


async def test_while_nobody_answers_at_the_start_the_program_can_be_closed(
    connected: WatchedSandbox, program: Program, client_defaults: dict[str, object]
) -> None:
    client_defaults["timeouts"] = Timeouts(close=0.05)
    kept = connected.keep_back("GET", "*/care-units")
    await program.open()
    await kept.reached()
    assert await program.close() == 0
    kept.release()

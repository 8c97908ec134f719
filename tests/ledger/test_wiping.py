"""Details of people whom nobody needs to recognise any longer are gone, and nothing else is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import parse_person_search
from receptionapp.ledger.errors import NotInLedger, StillNeeded
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.schema import audit
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import StoppedClock, SuiteClock

BOOKED_ON = datetime(2026, 5, 20, tzinfo=UTC)
AFTER = datetime(2026, 6, 2, tzinfo=UTC)  # the appointments are on 1 June
BLANK = Person("emr_id:1", "", "", None, None)
OTHER = Person("emr_id:2", "Kari", "Bjørnsen", date(1990, 1, 2), "+4799990030")


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(BOOKED_ON)


@pytest.fixture
async def ledger(open_ledger: Callable[..., object], clock: StoppedClock) -> Ledger:
    return await open_ledger(now=clock)


async def book(ledger: Ledger, made, person: Person | None = None, hour: int = 9):
    slot = made.timeslot(hour=hour)
    intent, own = await ledger.prepare_booking("cu", slot, person or made.person, "sore throat")
    await ledger.mark_sent(intent.id)
    await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=slot))
    return own


async def find(ledger: Ledger, text: str) -> tuple[Person, ...]:
    return await ledger.find_people(parse_person_search(text, date(2026, 6, 1)))


async def test_after_the_last_appointment_the_details_go_and_the_appointment_stays(ledger, made):
    own = await book(ledger, made)

    assert await ledger.wipe_old(AFTER) == 1

    after = await ledger.appointment(own.key)
    assert after.person == BLANK
    assert after.person.is_wiped
    assert after.comment is None
    assert (after.start, after.appointment_id) == (own.start, "a9")
    assert await find(ledger, "bjornsen") == ()
    assert await ledger.wipe_old(AFTER) == 0


async def test_words_that_somebody_else_has_stay(ledger, made, clock):
    await book(ledger, made)
    await ledger.remember_person(OTHER)
    clock.now = AFTER
    await ledger.wipe_person("emr_id:1")
    assert await find(ledger, "bjornsen") == (OTHER,)
    assert await find(ledger, "ornse") == (OTHER,)


async def test_nobody_is_wiped_before_the_last_appointment_is_over(ledger, made):
    own = await book(ledger, made)
    assert await ledger.wipe_old(own.start) == 0


async def test_nobody_is_wiped_who_was_handled_since(ledger, made, clock):
    await book(ledger, made)
    clock.now = AFTER
    await ledger.remember_person(made.person)
    assert await ledger.wipe_old(AFTER) == 0
    assert await ledger.wipe_old(AFTER + timedelta(seconds=1)) == 1


async def test_nobody_is_wiped_about_whom_something_is_open(ledger, made):
    intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
    await ledger.mark_sent(intent.id)
    assert await ledger.wipe_old(AFTER) == 0
    with pytest.raises(StillNeeded):
        await ledger.wipe_person("emr_id:1")


async def test_at_their_own_wish_people_are_wiped_unless_an_appointment_is_to_come(ledger, made, clock):
    own = await book(ledger, made)
    with pytest.raises(StillNeeded):
        await ledger.wipe_person("emr_id:1")
    clock.now = AFTER
    await ledger.wipe_person("emr_id:1")
    assert (await ledger.appointment(own.key)).person == BLANK
    told = select(audit.c.patient).where(audit.c.deed == AuditAction.WIPED)
    assert await ledger.read(lambda connection: connection.execute(told).scalars().all()) == ["emr_id:1"]
    with pytest.raises(NotInLedger):
        await ledger.wipe_person("emr_id:9")


async def test_somebody_who_comes_again_is_whole_again(ledger, made):
    own = await book(ledger, made)
    await ledger.wipe_old(AFTER)
    await book(ledger, made, hour=11)
    assert (await ledger.appointment(own.key)).person == made.person
    assert await find(ledger, "bjornsen") == (made.person,)


async def test_a_few_at_a_time_and_the_longest_unhandled_first(ledger, made, clock):
    for number in range(5):
        clock.now = BOOKED_ON + timedelta(hours=number)
        await ledger.remember_person(replace(OTHER, reference=f"emr_id:{number}", first_name=f"Nr{number}x"))
    assert await ledger.wipe_old(AFTER, limit=2) == 2
    assert await find(ledger, "nr0x") == await find(ledger, "nr1x") == ()
    assert len(await find(ledger, "bjornsen")) == 3


async def test_who_is_booked_for_at_that_very_moment_is_still_known(ledger, made, clock):
    await book(ledger, made)
    clock.now = AFTER + timedelta(days=1)
    _, (_, own) = await asyncio.gather(
        ledger.wipe_old(AFTER), ledger.prepare_booking("cu", made.timeslot(hour=15), made.person, "again")
    )
    assert await ledger.appointment(own.key) == own
    assert await find(ledger, "bjornsen") == (made.person,)


async def test_a_clock_that_goes_back_wipes_nobody_and_loses_no_order(ledger, made, clock):
    clock.now = AFTER
    first = await book(ledger, made, hour=9)
    clock.now = AFTER - timedelta(hours=1)
    second = await book(ledger, made, OTHER, hour=10)
    assert await ledger.wipe_old(clock.now - timedelta(hours=1)) == 0
    assert [own.key for own in await ledger.appointments("cu", made.start, made.end)] == [first.key, second.key]


def found_in(folder: Path) -> set[str]:
    words = ("Bjørnsen", "bjornsen", "+4791234567", "91234567", "sore throat", "Åse-Marie", "19850314", "1985-03-14")
    content = b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
    return {word for word in words if word.encode() in content}


async def test_no_byte_of_file_or_log_keeps_what_was_wiped(made, tmp_path):
    """In a file that is not encrypted, so that its bytes can be looked through."""
    ledger = await Ledger.open(SqliteFile(tmp_path / "ledger.sqlite3"), made.writer, SuiteClock())
    for number in range(120):  # so many that pages are split and emptied
        person = replace(made.person, reference=f"emr_id:{number}")
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(resource=f"r{number}"), person, "sore throat")
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer(id=f"a{number}"))
    assert found_in(tmp_path)

    while await ledger.wipe_old(datetime(2100, 1, 1, tzinfo=UTC)):
        pass
    await ledger.truncate_log()

    assert found_in(tmp_path) == set()
    await ledger.close()
    assert found_in(tmp_path) == set()

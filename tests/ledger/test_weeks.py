"""The week on screen, which is asked for at every step, and a patient's appointments through the years."""

from dataclasses import replace
from datetime import timedelta

from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.position import LedgerPosition
from receptionapp.ledger.sqlite_file import SqliteFile
from tests.clocks import SuiteClock


async def test_a_week_that_nobody_wrote_in_is_the_same_week(ledger, made):
    await ledger.prepare_booking("cu", made.timeslot(9), made.person)
    first = await ledger.appointments("cu", made.start, made.end)
    assert await ledger.appointments("cu", made.start, made.end) is first


async def test_a_week_is_read_again_when_another_program_has_written(path, made):
    ours = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    theirs = await Ledger.open(SqliteFile(path), replace(made.writer, desk="desk 2"), SuiteClock())
    assert await ours.appointments("cu", made.start, made.end) == ()
    _, booked = await theirs.prepare_booking("cu", made.timeslot(9), made.person)
    assert await ours.appointments("cu", made.start, made.end) == (booked,)
    await ours.close()
    await theirs.close()


async def test_a_changed_name_is_in_the_weeks_that_were_read_before_and_other_desks_hear_of_it(ledger, made):
    """Also where the person is only looked up again, and no appointment is touched."""
    await ledger.prepare_booking("cu", made.timeslot(9), made.person)
    before = await ledger.appointments("cu", made.start, made.end)
    before_that, _ = await ledger.read_changes_after(LedgerPosition(), 0)
    married = replace(made.person, last_name="Bjørnsen-Dahl", phone="+4799990010")
    await ledger.remember_person(married)
    after = await ledger.appointments("cu", made.start, made.end)
    assert after == (replace(before[0], person=married),)
    assert (await ledger.read_changes_after(before_that, 10))[1] == after
    before_that, _ = await ledger.read_changes_after(LedgerPosition(), 0)
    await ledger.remember_person(married)
    assert (await ledger.read_changes_after(before_that, 10))[1] == ()


async def test_each_care_unit_has_a_week_of_its_own(ledger, made):
    _, booked = await ledger.prepare_booking("cu", made.timeslot(9), made.person)
    assert await ledger.appointments("cu", made.start, made.end) == (booked,)
    assert await ledger.appointments("cu 2", made.start, made.end) == ()


async def test_many_weeks_back_and_forth_are_all_right(ledger, made):
    booked = []
    for n in range(6):
        slot = made.timeslot(9)
        later = timedelta(weeks=n)
        slot = replace(slot, start=slot.start + later, end=slot.end + later)
        booked.append((await ledger.prepare_booking("cu", slot, made.person))[1])
    for n in (*range(6), *reversed(range(6))):
        week = (made.start + timedelta(weeks=n), made.end + timedelta(weeks=n - 1, days=6))
        assert await ledger.appointments("cu", *week) == (booked[n],)


async def test_a_patients_appointments_are_found_in_every_care_unit_the_latest_first(ledger, made):
    _, early = await ledger.prepare_booking("cu", made.timeslot(9), made.person)
    _, late = await ledger.prepare_booking("cu 2", made.timeslot(15, resource="r/2"), made.person)
    other = replace(made.person, reference="emr_id:2")
    await ledger.prepare_booking("cu", made.timeslot(10), other)
    assert await ledger.history(made.person) == (late, early)
    assert await ledger.history(replace(made.person, reference="emr_id:3")) == ()

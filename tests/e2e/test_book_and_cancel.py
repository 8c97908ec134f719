"""The main job, through the real window, against a real server."""

from receptionapp.domain.appointment import Standing
from tests.e2e.program import Program
from tests.people import made_up
from tests.watched_sandbox import WatchedSandbox


async def test_a_receptionist_registers_a_patient_books_and_cancels(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await program.open(), made_up()
    own = await person.books(patient, "Trenger tolk")

    [held] = connected.through_leyr()
    assert (held.id, held.status, held.comment) == (own.appointment_id, "booked", "Trenger tolk")
    assert (held.span.start, held.resource_id) == (own.start, own.timeslot.resource_id)
    assert patient.full_name in person.message

    person.clicks_own(own.key)
    person.clicks("Cancel the appointment")
    await person.reads("Cancelled")
    [held] = connected.through_leyr()
    assert held.status == "cancelled"
    assert [a.standing for a in person.own()] == [Standing.CANCELLED]
    assert await program.close() == 0


async def test_what_was_booked_is_there_after_a_restart_and_can_be_cancelled(
    connected: WatchedSandbox, program: Program
) -> None:
    person, patient = await program.open(), made_up()
    own = await person.books(patient)
    assert await program.close() == 0

    person = await program.open()
    await person.goes_to_a_day_with_free_times()
    [found] = await person.sees_own()
    assert (found.key, found.appointment_id) == (own.key, own.appointment_id)
    person.clicks_own(found.key)
    person.clicks("Cancel the appointment")
    await person.reads("Cancelled")
    [held] = connected.through_leyr()
    assert held.status == "cancelled"

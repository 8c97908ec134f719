"""What the EHR remembers, and where."""

import sqlite3

import pytest

from receptionapp.sandbox.calendar import Span


async def book_one(clinic, clock, file):
    sandbox = clinic(file=file)
    unit = sandbox.care_units[0]
    resource = unit.resources[3]
    day = Span(clock.now, clock.now.replace(day=5))
    timeslot = sandbox.diary.free_timeslots([resource], resource.services, day, sandbox.now())[0]
    booked = sandbox.outside.book(resource.id, timeslot.span.start, timeslot.span.end)
    sandbox.close()
    return booked


async def test_a_file_keeps_its_appointments_and_people_between_starts(clinic, clock, tmp_path):
    file = tmp_path / "practice.sqlite"
    booked = await book_one(clinic, clock, file)
    again = clinic(file=file)
    assert booked in again.appointments()
    assert len(again.patients()) == 300


async def test_without_a_file_nothing_is_kept(clinic, clock):
    booked = await book_one(clinic, clock, None)
    assert booked not in clinic().appointments()


async def test_a_file_of_another_version_starts_afresh(clinic, clock, tmp_path):
    file = tmp_path / "practice.sqlite"
    booked = await book_one(clinic, clock, file)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    again = clinic(file=file)
    assert booked not in again.appointments()
    assert len(again.patients()) == 300


def test_a_file_that_is_no_database_is_refused(clinic, tmp_path):
    file = tmp_path / "practice.sqlite"
    file.write_bytes(b"minutes of the last meeting" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        clinic(file=file)


def test_a_transaction_that_fails_leaves_nothing(clinic, clock):
    sandbox = clinic()
    before = sandbox.appointments()

    def fail_half_way():
        with sandbox.store.transaction():
            sandbox.outside.book("10-2004", clock.now, clock.now.replace(hour=8))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert sandbox.appointments() == before

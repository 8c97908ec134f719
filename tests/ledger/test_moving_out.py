"""A desk's own ledger becomes part of the shared one."""

import asyncio
import subprocess
from dataclasses import replace
from datetime import date
from unittest.mock import Mock
from uuid import uuid4

import pytest
from sqlalchemy import text

from receptionapp.commands.migrate import migrate
from receptionapp.domain.appointment import Standing
from receptionapp.domain.audit import AuditAction, AuditFilter
from receptionapp.domain.intent import Stage
from receptionapp.domain.person_search import parse_person_search
from receptionapp.ledger import server_migration, users, verification
from receptionapp.ledger.audit import head, read_page, verify
from receptionapp.ledger.errors import LedgerFault
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.position import LedgerPosition
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.server_migration import AlreadyThere, copy_to_server, mark_moved
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.ledger.users import Clocks
from receptionapp.system.paths import data_folder
from receptionapp.system.settings import load
from tests.clocks import SuiteClock
from tests.reception_at import command_at_now

DESK = uuid4(), "front"


async def ran(command):
    return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)


def quietly(_table, _done, _there):
    pass


@pytest.fixture
def server(postgres):
    return PostgresServer(postgres.emptied())


@pytest.fixture
async def filled(path, made):
    """A ledger of one desk: one appointment booked, one wish sent, one cancelled."""
    return await fill(path, made)


async def fill(path, made, resource="r/1"):
    ledger = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    for hour in (9, 10):
        slot = made.timeslot(hour, resource=resource)
        intent, own = await ledger.prepare_booking("cu", slot, made.person)
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, made.answer(id=f"{resource}/{hour}", slot=slot))
    cancel, _ = await ledger.prepare_cancel(own.key)
    await ledger.mark_sent(cancel.id)
    await ledger.settle_cancelled(cancel.id, made.answer("cancelled", f"{resource}/10", made.timeslot(10)))
    sent, _ = await ledger.prepare_booking("cu", made.timeslot(11, resource=resource), made.person)
    await ledger.mark_sent(sent.id)
    everything = await ledger.appointments("cu", made.start, made.end)
    await ledger.close()
    return everything


def move(path, server, **values):
    source, target = SqliteFile(path).open().engine, server.open().engine
    try:
        return copy_to_server(
            source, target, server.fault, DESK, SuiteClock()(), dry_run=values.get("dry_run", False), progress=quietly
        )
    finally:
        source.dispose()
        target.dispose()


async def test_everything_is_there_afterwards_and_goes_on(filled, path, server, made):
    desk = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    own = await desk.read(head)
    await desk.close()
    counted = {each.table: each for each in move(path, server)}
    assert (counted["appointments"].new, counted["intents"].new, counted["people"].new) == (3, 4, 1)
    ledger = await Ledger.open(server, replace(made.writer, desk_id=DESK[0]), SuiteClock())
    assert await ledger.appointments("cu", made.start, made.end) == filled
    assert await ledger.find_people(parse_person_search("bjørn", date(2026, 6, 1))) == (made.person,)
    told = (await ledger.read(lambda c: read_page(c, "konfidens", AuditFilter())))[0]
    assert (told.action, told.desk) == (AuditAction.BROUGHT, "front")
    assert told.detail == f"lines {own.lines}; end {own.head.hex()}"
    assert [intent.stage for intent in await ledger.recover()] == [Stage.UNKNOWN]
    assert (await ledger.read(verify)).is_intact
    await ledger.close()


async def test_a_second_desk_brings_its_own_and_finds_the_people_there(filled, path, server, made, tmp_path):
    move(path, server)
    other = tmp_path / "other.sqlite3"
    await fill(other, made, resource="r/2")
    counted = {each.table: each for each in move(other, server)}
    assert (counted["appointments"].new, counted["people"].new, counted["audit"].new) == (3, 0, 0)
    ledger = await Ledger.open(server, replace(made.writer, desk_id=DESK[0]), SuiteClock())
    assert len(await ledger.appointments("cu", made.start, made.end)) == 6
    assert {own.person for own in await ledger.appointments("cu", made.start, made.end)} == {made.person}
    assert await ledger.read(verification.verify) == verification.Verdict()
    await ledger.read(lambda c: c.execute(text("UPDATE appointments SET healthcare_service_id = 'another'")))
    assert [(f.flaw, f.count) for f in (await ledger.read(verification.verify)).findings] == [("changed", 6)]
    await ledger.close()


async def test_a_person_whom_the_server_knows_is_named_everywhere_as_the_server_has_it(filled, path, server, made):
    married = replace(made.person, last_name="Bjørnsen-Dahl")
    shared = await Ledger.open(server, replace(made.writer, desk_id=uuid4()), SuiteClock())
    await shared.remember_person(married)
    await asyncio.to_thread(move, path, server)
    assert {own.person for own in await shared.appointments("cu", made.start, made.end)} == {married}
    assert (await shared.read(verification.verify)).findings == ()
    await shared.close()


async def test_who_guessed_wrong_at_the_desk_waits_no_longer_at_the_server(path, server, made):
    """Each counts its own time: a year at the desk is not a year at a server of today."""
    desk = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    nina = await desk.write(lambda entry: users.add(entry, "Nina", "pin"))
    begun = Clocks(SuiteClock(), uptime=lambda: 1.0)
    await desk.write(lambda entry: users.begin_pin_attempt(entry, nina.key, begun))
    year = Clocks(SuiteClock(), uptime=lambda: 365 * 24 * 3600.0)
    guess = await desk.write(lambda entry: users.begin_pin_attempt(entry, nina.key, year))
    await desk.write(lambda entry: users.reject_pin_attempt(entry, guess, year))
    await desk.close()
    await asyncio.to_thread(move, path, server)
    shared = await Ledger.open(server, replace(made.writer, desk_id=DESK[0]), SuiteClock())
    assert isinstance(
        await shared.write(lambda entry: users.begin_pin_attempt(entry, nina.key, Clocks(SuiteClock()))),
        users.PinAttempt,
    )
    await shared.close()


async def test_a_trial_leaves_nothing_there(filled, path, server, made):
    assert move(path, server, dry_run=True)
    ledger = await Ledger.open(server, replace(made.writer, desk_id=DESK[0]), SuiteClock())
    assert await ledger.appointments("cu", made.start, made.end) == ()
    assert (await ledger.read_changes_after(LedgerPosition(), 0))[0].revision == 0
    await ledger.close()


async def test_what_is_there_is_not_copied_twice(filled, path, server):
    move(path, server)
    assert move(path, server) == ()


async def test_a_ledger_that_went_on_after_it_was_copied_is_refused(filled, path, server, made):
    move(path, server)
    ledger = await Ledger.open(SqliteFile(path), made.writer, SuiteClock())
    await ledger.prepare_booking("cu", made.timeslot(14), made.person)
    await ledger.close()
    with pytest.raises(AlreadyThere):
        move(path, server)


async def test_a_ledger_that_was_moved_opens_no_more(filled, path, made):
    place = SqliteFile(path)
    engine = place.open().engine
    mark_moved(engine, place.fault, "postgresql://reception@server/ledger")
    engine.dispose()
    with made.raises_fault(LedgerFault.MOVED):
        await Ledger.open(place, made.writer, SuiteClock())
    assert path.exists()


async def test_the_command_moves_it_and_the_settings_name_the_server(data_dir, server, made):
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    await fill(folder.ledger, made)
    command = command_at_now("ledger", "migrate", "--to", server.address.url)
    for extra, said in ((["--dry-run"], "nothing was changed"), ([], "goes on at")):
        done = await ran([*command, *extra])
        assert (done.returncode, done.stderr) == (0, "")
        assert "appointments: 3 of 3 copied" in done.stdout
        assert said in done.stdout
    assert load(folder.settings).settings.ledger_url == server.address.url
    again = await ran(command)
    assert again.returncode == 1
    assert "goes on at a server already" in again.stderr
    ledger = await Ledger.open(server, made.writer, SuiteClock())
    standings = [own.standing for own in await ledger.appointments("cu", made.start, made.end)]
    assert standings == [Standing.BOOKED, Standing.CANCELLED, Standing.SENDING]
    verify_command = command_at_now("ledger", "verify")
    assert (await ran(verify_command)).stdout == "The ledger is whole.\n"
    await ledger.read(lambda c: c.execute(text("UPDATE appointments SET standing = 'cancelled'")))
    assert "2 appointments or wishes were changed" in (await ran(verify_command)).stdout
    await ledger.close()


async def test_ended_before_the_file_was_marked_the_same_command_goes_on(data_dir, server, made, monkeypatch, capsys):
    folder = data_folder(practice=False)
    folder.root.mkdir(parents=True)
    await fill(folder.ledger, made)

    def again():
        return asyncio.to_thread(migrate, server.address.url, folder.ledger, folder, None, SuiteClock(), dry_run=False)

    with monkeypatch.context() as ended:
        ended.setattr(server_migration, "mark_moved", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            await again()
    assert load(folder.settings).settings.ledger_url == server.address.url
    assert await again() == 0
    assert "All of it is on the server already." in capsys.readouterr().out
    with made.raises_fault(LedgerFault.MOVED):
        await again()

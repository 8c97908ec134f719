"""Several desks on one ledger, on a real server."""

import asyncio
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from receptionapp.domain.appointment import AWAITING_CONFIRMATION, Standing
from receptionapp.domain.intent import Stage
from receptionapp.domain.problem import Problem, Reason
from receptionapp.ledger import entry as sharing
from receptionapp.ledger import migrations, opening
from receptionapp.ledger import notifications as listening_module
from receptionapp.ledger.errors import LedgerFault, OverlapsOwn
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.notifications import (
    DeskIdChanged,
    DeskIdInUse,
    HoldsChanged,
    LedgerWritten,
    NotificationListener,
    ServerLost,
    ServerReached,
)
from receptionapp.ledger.position import LedgerPosition
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.schema import people
from tests.clocks import StoppedClock, SuiteClock
from tests.postgres import until_somebody_waits


@pytest.fixture
def server(postgres):
    return PostgresServer(postgres.emptied())


@pytest.fixture
async def desk(server, made):
    """Opens the shared ledger as one more desk."""
    opened = []

    async def opener(name="desk", now=None):
        ledger = await Ledger.open(server, replace(made.writer, desk=name, desk_id=uuid4()), now or SuiteClock())
        opened.append(ledger)
        return ledger

    yield opener
    for ledger in opened:
        await ledger.close()


@pytest.fixture
async def listen(server):
    begun = []

    async def listener(ledger):
        begun.append(await NotificationListener.start(server, ledger.writer.desk_id))
        return begun[-1]

    yield listener
    for listening in begun:
        await listening.aclose()


class TestOneBook:
    async def test_of_many_desks_that_want_one_time_one_gets_it(self, desk, made):
        desks = [await desk() for _ in range(4)]
        wishes = await asyncio.gather(
            *(each.prepare_booking("cu", made.timeslot(), made.person) for each in desks), return_exceptions=True
        )
        assert [type(wish) for wish in wishes if isinstance(wish, Exception)] == [OverlapsOwn] * 3
        assert len(await desks[0].appointments("cu", made.start, made.end)) == 1

    async def test_a_desk_hears_of_anothers_booking_and_reads_it(self, desk, listen, made):
        here, there = await desk(), await desk()
        listening = await listen(here)
        before, _ = await here.read_changes_after(LedgerPosition(), 0)
        _, own = await there.prepare_booking("cu", made.timeslot(), made.person)
        heard = await listening.notifications.get()
        assert heard == LedgerWritten(before.revision + 1)
        now, changed = await here.read_changes_after(before, 10)
        assert (now.revision, changed) == (before.revision + 1, (own,))

    async def test_a_desk_does_not_hear_itself(self, desk, listen, made):
        here, there = await desk(), await desk()
        listening = await listen(here)
        await here.prepare_booking("cu", made.timeslot(9), made.person)
        await there.prepare_booking("cu", made.timeslot(10), made.person)
        assert isinstance(await listening.notifications.get(), LedgerWritten)
        assert listening.notifications.empty()

    async def test_what_is_said_holds_nothing_personal(self, desk, postgres, server, made):
        with postgres.admin(server.address.database) as ear:
            ear.execute(f"LISTEN {sharing.CHANGES_CHANNEL}")
            ledger = await desk()
            await ledger.prepare_booking("cu", made.timeslot(), made.person)
            [said] = ear.notifies(timeout=5, stop_after=1)
        assert said.payload.split() == ["1", str(ledger.writer.desk_id)]


class TestHolds:
    async def test_a_hold_is_seen_at_other_desks_until_it_is_let_go(self, desk, listen, made):
        here, there = await desk("front"), await desk("back")
        listening = await listen(here)
        slot = made.timeslot()
        await there.hold_timeslot("cu", slot)
        assert await listening.notifications.get() == HoldsChanged()
        [hold] = await here.holds_of_others()
        assert (hold.desk, hold.user, hold.resource_id, hold.start) == ("back", "Nina", "r/1", slot.start)
        assert await there.holds_of_others() == ()
        await there.release_hold()
        assert await here.holds_of_others() == ()

    async def test_a_hold_ends_by_itself(self, desk, made, monkeypatch):
        monkeypatch.setattr(sharing, "HOLD_LASTS", timedelta(0))
        here, there = await desk(), await desk()
        await there.hold_timeslot("cu", made.timeslot())
        assert await here.holds_of_others() == ()

    async def test_a_hold_forbids_nothing(self, desk, made):
        here, there = await desk(), await desk()
        await there.hold_timeslot("cu", made.timeslot())
        await here.prepare_booking("cu", made.timeslot(), made.person)


class TestDesksThatAreGone:
    async def left(self, ledger, made):
        """One wish that was sent, one that was not."""
        intent, _ = await ledger.prepare_booking("cu", made.timeslot(9), made.person)
        await ledger.mark_sent(intent.id)
        await ledger.prepare_booking("cu", made.timeslot(10), made.person)

    async def test_a_desk_leaves_the_wishes_of_another_alone(self, desk, made):
        here, there = await desk("same name"), await desk("same name")
        await self.left(there, made)
        assert await here.recover() == ()
        assert [intent.stage for intent in await there.recover()] == [Stage.UNKNOWN, Stage.REFUSED]

    async def test_what_a_desk_left_that_is_gone_is_everybodys_task_after_a_while(self, desk, made):
        long_ago = SuiteClock()() - sharing.ABANDONED_AFTER - timedelta(seconds=1)
        here, there = await desk(), await desk(now=StoppedClock(long_ago))
        await self.left(there, made)
        assert [intent.stage for intent in await here.take_over()] == [Stage.UNKNOWN, Stage.REFUSED]
        [task] = await here.open_tasks()
        assert task.appointment.standing is Standing.BOOKING_UNKNOWN
        assert await here.take_over() == ()

    async def test_not_while_that_desk_is_at_work(self, desk, listen, made):
        long_ago = SuiteClock()() - sharing.ABANDONED_AFTER - timedelta(seconds=1)
        here, there = await desk(), await desk(now=StoppedClock(long_ago))
        await listen(there)
        await self.left(there, made)
        assert await here.take_over() == ()

    async def test_and_not_at_once(self, desk, made):
        here, there = await desk(), await desk()
        await self.left(there, made)
        assert await here.take_over() == ()

    async def test_two_programs_can_not_be_the_same_desk(self, desk, listen):
        ledger = await desk()
        await listen(ledger)
        with pytest.raises(DeskIdInUse):
            await listen(ledger)

    async def test_an_answer_that_comes_after_another_took_over_still_settles(self, desk, made):
        long_ago = SuiteClock()() - sharing.ABANDONED_AFTER - timedelta(seconds=1)
        here, there = await desk(), await desk(now=StoppedClock(long_ago))
        intent, _ = await there.prepare_booking("cu", made.timeslot(), made.person)
        await there.mark_sent(intent.id)
        await here.take_over()
        own = await there.settle_booked(intent.id, made.answer())
        assert own.standing is Standing.BOOKED


def end_connections(postgres, database, but_listeners=True):
    with postgres.admin() as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() "
            "AND (NOT %s OR query NOT LIKE 'LISTEN%%')",
            (database, but_listeners),
        )


def raised_or(answer):
    if isinstance(answer, Exception):
        raise answer
    return answer


class TestLostLine:
    async def test_an_idle_connection_that_was_ended_is_made_again(self, desk, postgres, server, made):
        ledger = await desk()
        end_connections(postgres, server.address.database)
        await ledger.prepare_booking("cu", made.timeslot(), made.person)

    async def test_what_is_written_is_on_its_disk_whatever_the_servers_habit(self, desk, postgres, server, made):
        name = server.address.database
        with postgres.admin() as admin:
            admin.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        try:
            ledger = await desk()
            kept = await ledger.read(
                lambda connection: connection.execute(text("SHOW synchronous_commit")).scalar_one()
            )
        finally:
            with postgres.admin() as admin:
                admin.execute(f'ALTER DATABASE "{name}" RESET synchronous_commit')
        assert kept == "on"

    async def test_in_the_middle_nothing_was_written_and_it_is_said_so(self, desk, postgres, server, made):
        ledger = await desk()

        def work(entry):
            end_connections(postgres, server.address.database)
            entry.connection.execute(text("UPDATE ledger_meta SET revision = 99"))

        with made.raises_fault(LedgerFault.SERVER_GONE):
            await ledger.write(work)
        assert (await ledger.read_changes_after(LedgerPosition(), 0))[0].revision == 0

    @pytest.mark.parametrize("took_place", [True, False])
    async def test_at_the_commit_it_is_asked_afterwards_whether_it_took_place(
        self, desk, postgres, server, made, took_place
    ):
        """The line breaks just after the server was told to commit, or just before it hears of it."""
        ledger = await desk()
        engine = ledger._database._engine
        dialect = engine.dialect
        commit, broken = dialect.do_commit, []

        def breaking(connection):
            if broken or not took_place:
                if not broken:
                    broken.append(end_connections(postgres, server.address.database))
                return commit(connection)
            commit(connection)
            broken.append(end_connections(postgres, server.address.database))
            connection.execute("SELECT 1")  # as a driver that waits for the answer finds the line closed

        dialect.do_commit = breaking
        wish = ledger.prepare_booking("cu", made.timeslot(), made.person)
        if took_place:
            intent, own = await wish
            assert await ledger.appointments("cu", made.start, made.end) == (own,)
            await ledger.mark_sent(intent.id)
        else:
            with made.raises_fault(LedgerFault.SERVER_GONE):
                await wish
            assert await ledger.appointments("cu", made.start, made.end) == ()

    async def test_who_writes_next_does_not_hide_that_the_one_before_took_place(self, desk, postgres, server, made):
        """The line breaks after a booking is committed, while the next wish waits for its turn already."""
        ledger = await desk()
        dialect = ledger._database._engine.dialect
        commit, broken = dialect.do_commit, []

        def breaking(connection):
            commit(connection)
            if not broken:
                broken.append(end_connections(postgres, server.address.database))
                connection.execute("SELECT 1")

        dialect.do_commit = breaking
        (_, first), (_, second) = await asyncio.gather(
            ledger.prepare_booking("cu", made.timeslot(9), made.person),
            ledger.prepare_booking("cu", made.timeslot(10), made.person),
        )
        assert await ledger.appointments("cu", made.start, made.end) == (first, second)

    async def test_a_desks_first_write_is_waited_for_too_while_the_server_is_at_it(self, desk, postgres, server, made):
        ledger, asking = await desk(), await desk()
        write_id = uuid4()
        engine = ledger._database._engine
        with engine.connect() as slow:
            sharing.next_revision(slow, ledger.writer.desk_id, "desk", write_id)
            asked = asyncio.create_task(
                asking.read(lambda c: sharing.was_committed(c, ledger.writer.desk_id, write_id))
            )
            with postgres.admin(server.address.database) as admin:
                await asyncio.to_thread(until_somebody_waits, admin)
            slow.commit()
        assert await asked

    async def test_closing_waits_for_all_that_was_asked_for(self, desk, server, made):
        ledger = await Ledger.open(server, replace(made.writer, desk_id=uuid4()), SuiteClock())
        other = await desk()
        slots = [made.timeslot(hour) for hour in (9, 10, 11)]
        wishes = [asyncio.create_task(ledger.prepare_booking("cu", slot, made.person)) for slot in slots]
        await asyncio.sleep(0)
        await ledger.close()
        assert len(await asyncio.gather(*wishes)) == len(await other.appointments("cu", made.start, made.end)) == 3

    async def test_who_listens_is_told_of_the_loss_and_of_the_return(self, desk, listen, postgres, server):
        ledger = await desk()
        listening = await listen(ledger)
        end_connections(postgres, server.address.database, but_listeners=False)
        assert [await listening.notifications.get() for _ in range(2)] == [ServerLost(), ServerReached()]

    async def test_a_desk_whose_id_a_copied_folder_took_meanwhile_goes_on_as_another(
        self, desk, postgres, server, monkeypatch
    ):
        monkeypatch.setattr(listening_module, "OWN_CONNECTION_GONE_AFTER", 0)
        monkeypatch.setattr(listening_module, "_WAITS", (0.01,))
        ledger, new = await desk(), uuid4()
        listening = await NotificationListener.start(server, ledger.writer.desk_id, lambda: new)
        async with postgres.taken_by_another(server.address.database, ledger.writer.desk_id):
            assert [await listening.notifications.get() for _ in range(3)] == [
                ServerLost(),
                DeskIdChanged(new),
                ServerReached(),
            ]
            assert sharing.lock_key(new) in await ledger.read(sharing.connected_desks)
        assert listening.holds_id
        await listening.aclose()

    async def test_an_id_that_may_be_held_by_its_own_broken_connection_is_kept(self, desk, listen, postgres, server):
        ledger = await desk()
        listening = await listen(ledger)
        async with postgres.taken_by_another(server.address.database, ledger.writer.desk_id):
            assert await listening.notifications.get() == ServerLost()
            assert not listening.holds_id
        assert await listening.notifications.get() == ServerReached()

    async def test_where_no_new_id_can_be_kept_it_is_tried_again(self, desk, postgres, server, monkeypatch):
        monkeypatch.setattr(listening_module, "OWN_CONNECTION_GONE_AFTER", 0)
        monkeypatch.setattr(listening_module, "_WAITS", (0.01,))
        ledger, new = await desk(), uuid4()
        answers = iter([OSError("no room"), new])
        listening = await NotificationListener.start(server, ledger.writer.desk_id, lambda: raised_or(next(answers)))
        async with postgres.taken_by_another(server.address.database, ledger.writer.desk_id):
            assert [await listening.notifications.get() for _ in range(3)] == [
                ServerLost(),
                DeskIdChanged(new),
                ServerReached(),
            ]
        await listening.aclose()

    async def test_leyrs_answer_is_written_when_the_server_is_back(self, made):
        from tests.postgres import own_server

        with own_server() as postgres:
            place = PostgresServer(postgres.new_database())
            ledger = await Ledger.open(place, replace(made.writer, desk_id=uuid4()), SuiteClock())
            listening = await NotificationListener.start(place, ledger.writer.desk_id)
            intent, _ = await ledger.prepare_booking("cu", made.timeslot(), made.person)
            await ledger.mark_sent(intent.id)
            await asyncio.to_thread(postgres.stop)
            assert await listening.notifications.get() == ServerLost()
            with made.raises_fault(LedgerFault.SERVER_GONE):
                await ledger.prepare_booking("cu", made.timeslot(11), made.person)
            settling = asyncio.create_task(ledger.settle_booked(intent.id, made.answer()))
            await asyncio.to_thread(postgres.start)
            assert (await settling).standing is Standing.BOOKED
            assert await listening.notifications.get() == ServerReached()
            await listening.aclose()
            await ledger.close()

    async def test_a_fault_tells_nothing_of_the_row_that_it_is_about(self, desk, made):
        """PostgreSQL repeats it, and SQLAlchemy repeats PostgreSQL."""
        ledger = await desk()
        await ledger.remember_person(made.person)
        twice = insert(people).from_select(people.c.keys(), select(people))
        with pytest.raises(IntegrityError) as raised:
            await ledger.write(lambda entry: entry.connection.execute(twice))
        told = f"{raised.value} {raised.value.orig}"
        assert "people" in told
        known = [row.key for row in await ledger.read(lambda c: c.execute(select(people.c.key)).all())]
        assert str(known[0]) not in told


class TestRuleOfTheDatabase:
    async def test_what_writes_past_this_program_is_refused_too(self, ledger, made, monkeypatch):
        from receptionapp.ledger import transitions

        _, first = await ledger.prepare_booking("cu", made.timeslot(), made.person)
        monkeypatch.setattr(transitions, "_require_free", lambda *_, **__: None)
        with pytest.raises(OverlapsOwn) as refused:
            await ledger.prepare_booking("cu", made.timeslot(9, 10), made.person)
        assert refused.value.by == first
        await ledger.prepare_booking("cu", made.timeslot(9, 20), made.person)

    async def test_what_leyr_says_is_written_down_even_if_it_overlaps(self, ledger, made):
        keys = []
        for hour in (9, 10):
            intent, own = await ledger.prepare_booking("cu", made.timeslot(hour), made.person)
            await ledger.mark_sent(intent.id)
            await ledger.settle_booked(intent.id, made.answer(id=f"a{hour}", slot=made.timeslot(9)))
            keys.append(own.key)
        assert [(await ledger.appointment(key)).standing for key in keys] == [Standing.BOOKED] * 2

    async def test_a_late_answer_for_a_time_that_another_has_by_now_is_refused_in_so_many_words(self, ledger, made):
        """A move of which a person said that it came to nothing; its time went to somebody else, and now its code is
        awaited."""
        booking, own = await ledger.prepare_booking("cu", made.timeslot(9), made.person)
        await ledger.mark_sent(booking.id)
        await ledger.settle_booked(booking.id, made.answer(id="a/9", slot=made.timeslot(9)))
        move, old, _ = await ledger.prepare_move(own.key, made.timeslot(10))
        await ledger.mark_sent(move.id)
        await ledger.settle_unknown(move.id, Problem(Reason.NO_ANSWER))
        await ledger.settle_by_hand(old.key, exists=True)
        _, taken = await ledger.prepare_booking("cu", made.timeslot(10), replace(made.person, reference="emr_id:2"))
        late = made.answer(AWAITING_CONFIRMATION, "a/10", made.timeslot(10))
        with pytest.raises(OverlapsOwn) as refused:
            await ledger.apply_late_answer(move.id, late)
        assert refused.value.by == taken


def make_next_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on ledgers are opened by a program whose appointments have a column more."""
    (folder / "r9999_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = '9999', '{opening.HEAD}'\n"
        "def upgrade(): op.add_column('appointments', sa.Column('of_the_next', sa.String()))\n"
    )
    settings = migrations.config()
    versions = Path(migrations.__file__).parent / "versions"
    settings.set_main_option("version_locations", f"{versions}{os.pathsep}{folder}")
    settings.set_main_option("path_separator", "os")
    monkeypatch.setattr(migrations, "config", lambda: settings)
    monkeypatch.setattr(opening, "HEAD", "9999")


class TestOpening:
    async def test_two_desks_that_begin_at_once_make_one_ledger(self, postgres, made):
        place = PostgresServer(postgres.new_database())
        ledgers = await asyncio.gather(*(Ledger.open(place, made.writer, SuiteClock()) for _ in range(3)))
        assert [(await ledger.read_changes_after(LedgerPosition(), 0))[0].revision for ledger in ledgers] == [0, 0, 0]
        for ledger in ledgers:
            await ledger.close()

    async def test_a_newer_ledger_is_refused(self, postgres, made):
        place = PostgresServer(postgres.new_database())
        await (await Ledger.open(place, made.writer, SuiteClock())).close()
        with postgres.admin(place.address.database) as admin:
            admin.execute("UPDATE alembic_version SET version_num = '9999'")
        with made.raises_fault(LedgerFault.NEWER_SCHEMA):
            await Ledger.open(place, made.writer, SuiteClock())

    async def test_a_desk_of_an_older_version_writes_nothing_once_another_has_changed_the_tables(self, postgres, made):
        """Also one that begins to write while they are being changed."""
        place = PostgresServer(postgres.new_database())
        older = await Ledger.open(place, replace(made.writer, desk_id=uuid4()), SuiteClock())
        _, before = await older.prepare_booking("cu", made.timeslot(9), made.person)
        with postgres.admin(place.address.database) as newer, postgres.admin(place.address.database) as admin:
            newer.execute("BEGIN")
            newer.execute("SELECT id FROM ledger_meta FOR UPDATE")
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
            writing = asyncio.create_task(older.prepare_booking("cu", made.timeslot(10), made.person))
            await asyncio.to_thread(until_somebody_waits, admin)
            newer.execute("COMMIT")
            with made.raises_fault(LedgerFault.NEWER_SCHEMA):
                await writing
        assert await older.appointments("cu", made.start, made.end) == (before,)
        await older.close()

    async def test_the_tables_are_not_changed_while_a_desk_of_an_older_version_writes(
        self, postgres, made, tmp_path, monkeypatch
    ):
        place = PostgresServer(postgres.new_database())
        older = await Ledger.open(place, replace(made.writer, desk_id=uuid4()), SuiteClock())
        engine = older._database._engine
        with engine.connect() as slow, postgres.admin(place.address.database) as admin:
            sharing.next_revision(slow, uuid4(), "older", uuid4())
            make_next_version(tmp_path, monkeypatch)
            newer = asyncio.create_task(Ledger.open(place, made.writer, SuiteClock()))
            await asyncio.to_thread(until_somebody_waits, admin)
            slow.execute(text("SELECT key FROM appointments"))  # does not wait for who changes the table
            slow.commit()
            await (await newer).close()
            admin.execute("SELECT of_the_next FROM appointments")
        await older.close()

    @pytest.mark.parametrize("change", [{"database": "none_such"}, {"user": "nobody"}])
    async def test_a_desk_that_is_not_let_in_is_told_so(self, server, made, change):
        place = PostgresServer(replace(server.address, **change))
        with made.raises_fault(LedgerFault.REFUSED):
            await Ledger.open(place, made.writer, SuiteClock())

    async def test_a_server_that_is_not_there_is_told(self, server, made):
        place = PostgresServer(replace(server.address, host="127.0.0.1", port=1))
        with made.raises_fault(LedgerFault.SERVER_GONE):
            await Ledger.open(place, made.writer, SuiteClock())

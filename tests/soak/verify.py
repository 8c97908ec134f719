"""Somebody with the key of a ledger changes it and leaves the record alone: how often does `verify` find it?

One edit at a time, in a ledger that has had a long working life. What stands in the way of an edit (triggers, foreign
keys) is put aside for it and back again, so that it is the edit that has to be found.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, create_engine, delete, inspect, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool

from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import Stage
from receptionapp.ledger import audit
from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.postgres import PostgresServer
from receptionapp.ledger.schema import appointments, audit_chain, intents, people
from receptionapp.ledger.schema import audit as lines
from receptionapp.ledger.sqlite_file import SqliteFile, connect, driver
from receptionapp.ledger.verification import verify, verify_file
from tests.soak.working_life import WorkingLife

T = TypeVar("T")

STEPS = 1_500
"""Of the working life: some 300 appointments."""

RAM = Path("/dev/shm")  # noqa: S108 - what the disk does is tried elsewhere


class Editor:
    """What somebody can do to an open ledger."""

    def __init__(self, connection: Connection, draw: Random) -> None:
        self._connection = connection
        self._draw = draw
        self._is_sqlite = connection.dialect.name == "sqlite"

    def edit(self, kind: str) -> None:
        """Make one edit of that kind."""
        KINDS[kind](self)

    def set(self, *columns: Column[Any]) -> None:
        """Another value in one of these columns of one row: one that another row has, or one near the present one."""
        column = self._draw.choice(columns)
        key, now = self._draw.choice(self._rows(column.table, column))
        known = sorted({value for _, value in self._rows(column.table, column)} - {now, None}, key=str)
        with self._unguarded():
            while True:
                value = self._other(column, now, known)
                try:
                    with self._connection.begin_nested():
                        self._write(column, key, value)
                except IntegrityError:
                    continue
                return

    def shift(self) -> None:
        """An appointment at another time, as long as before."""
        key, start, end = self._draw.choice(self._rows(appointments, appointments.c.starts_at, appointments.c.ends_at))
        later = (end - start) * self._draw.choice([-3, -2, -1, 1, 2, 3])
        where = appointments.c.key == key
        with self._unguarded():
            self._connection.execute(
                update(appointments).where(where).values(starts_at=start + later, ends_at=end + later)
            )

    def give_to_another(self) -> None:
        """An appointment becomes another patient's, with all that is written of that one beside it."""
        key, whose = self._draw.choice(self._rows(appointments, appointments.c.person_key))
        persons = self._rows(people, people.c.reference, people.c.first_name, people.c.last_name, people.c.birth_date)
        other = self._draw.choice([person for person in persons if person[0] != whose])
        values = dict(zip(("person_key", "patient", "first_name", "last_name", "birth_date"), other, strict=True))
        self._connection.execute(update(appointments).where(appointments.c.key == key).values(**values))

    def delete_row(self, table: Table) -> None:
        [key] = self._draw.choice(self._rows(table))
        with self._unguarded():
            self._connection.execute(delete(table).where(_key(table) == key))

    def delete_whole(self) -> None:
        """An appointment with its wishes."""
        [key] = self._draw.choice(self._rows(appointments))
        with self._unguarded():
            self._connection.execute(delete(intents).where(intents.c.subject == key))
            self._connection.execute(delete(appointments).where(appointments.c.key == key))

    def drop_trigger(self) -> None:
        name, table = self._draw.choice(self._triggers())
        self._run(f"DROP TRIGGER {name}" + ("" if self._is_sqlite else f" ON {table}"))

    def weaken_trigger(self) -> None:
        """It is there and does nothing."""
        name, table = self._draw.choice(self._triggers())
        if self._is_sqlite:
            self._run(f"DROP TRIGGER {name}")
            self._run(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT 1; END")
        elif self._draw.random() < 0.5:
            self._run(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        else:
            nothing = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            self._run(f"CREATE OR REPLACE FUNCTION {self._function(name)}() {nothing}")

    def drop_index(self) -> None:
        found = {index["name"] for index in inspect(self._connection).get_indexes("appointments")}
        unique = sorted(name for name in found if name and name.startswith("uq_"))
        self._run(f"DROP INDEX {self._draw.choice(unique)}")

    def empty_record(self) -> None:
        with self._unguarded():
            self._connection.execute(delete(lines))
            self._connection.execute(update(audit_chain).values(lines=0, head=audit.FIRST_HASH))

    # How

    def _rows(self, table: Table, *columns: Column[Any]) -> list[Any]:
        """In an order that a seed always finds again: keys are random."""
        order = (table.c.created_at, table.c.revision)
        return list(self._connection.execute(select(_key(table), *columns).order_by(*order)))

    def _other(self, column: Column[Any], now: Any, known: list[Any]) -> Any:
        words = {"standing": Standing, "standing_before": Standing, "stage": Stage}.get(column.name)
        choices = [word.value for word in words if word != now] if words else known
        if choices and (words or self._draw.random() < 0.7):
            return self._draw.choice(choices)
        return now + 60 if isinstance(now, int) else f"{now or ''}-{self._draw.randrange(1000)}"

    def _write(self, column: Column[Any], key: Any, value: Any) -> None:
        self._connection.execute(update(column.table).where(_key(column.table) == key).values({column.name: value}))

    @contextmanager
    def _unguarded(self) -> Iterator[None]:
        if not self._is_sqlite:
            self._run("SET LOCAL session_replication_role = replica")
            yield
            self._run("SET LOCAL session_replication_role = origin")
            return
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = self._connection.execute(text(query)).all()
        for name, _ in triggers:
            self._run(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            self._run(statement)

    def _triggers(self) -> list[tuple[str, str]]:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if not self._is_sqlite:
            query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        return sorted((name, table) for name, table in self._connection.execute(text(query)))

    def _function(self, trigger: str) -> str:
        query = "SELECT tgfoid::regproc::text FROM pg_trigger WHERE tgname = :name"
        return str(self._connection.execute(text(query), {"name": trigger}).scalar_one())

    def _run(self, statement: str) -> None:
        self._connection.exec_driver_sql(statement)


def _key(table: Table) -> Column[Any]:
    [key] = table.primary_key
    return key


KINDS: dict[str, Callable[[Editor], None]] = {
    "status": lambda e: e.set(appointments.c.standing, appointments.c.leyr_status),
    "time": lambda e: e.shift(),
    "one end of the time": lambda e: e.set(appointments.c.start_offset, appointments.c.end_offset),
    "resource": lambda e: e.set(appointments.c.resource_id, appointments.c.care_unit_id),
    "service": lambda e: e.set(appointments.c.healthcare_service_id),
    "patient's reference": lambda e: e.set(appointments.c.patient, people.c.reference),
    "another patient": Editor.give_to_another,
    "Leyr's id": lambda e: e.set(appointments.c.appointment_id, appointments.c.confirmation_id),
    "outcome": lambda e: e.set(intents.c.stage, intents.c.standing_before, intents.c.reason),
    "appointment deleted": lambda e: e.delete_row(appointments),
    "wish deleted": lambda e: e.delete_row(intents),
    "appointment and wishes deleted": Editor.delete_whole,
    "trigger dropped": Editor.drop_trigger,
    "trigger weakened": Editor.weaken_trigger,
    "unique index dropped": Editor.drop_index,
    "record emptied": Editor.empty_record,
}


def try_edits(edits: int, seed: int, find: Callable[[Callable[[Connection], None]], bool]) -> dict[str, Any]:
    """`find` carries out an edit on a copy, and says whether it was found. Each kind is as often drawn."""
    draw = Random(seed)
    drawn = [kind for kind, _ in zip(_over_and_over(draw), range(edits), strict=False)]
    found, missed = Counter[str](), Counter[str]()
    for kind in drawn:
        (found if find(lambda c, k=kind: Editor(c, draw).edit(k)) else missed)[kind] += 1  # type: ignore[misc]
    return {
        "seed": seed,
        "edits": edits,
        "found": found.total(),
        "missed": dict(missed),
        "kinds": {kind: drawn.count(kind) for kind in KINDS},
    }


def _over_and_over(draw: Random) -> Iterator[str]:
    while True:
        yield from draw.sample(list(KINDS), len(KINDS))


def edit_file(edits: int, seed: int, steps: int = STEPS) -> dict[str, Any]:
    """In a file, encrypted, of which each edit has a copy. Raises AssertionError where `verify` finds something before
    any edit."""
    with tempfile.TemporaryDirectory(dir=RAM if RAM.is_dir() else None) as folder:
        path, key = Path(folder) / "ledger.sqlite3", LedgerKey.new()
        asyncio.run(WorkingLife(SqliteFile(path, key), seed).live(steps))
        assert not verify_file(path, key).findings, verify_file(path, key)

        def find(edit: Callable[[Connection], None]) -> bool:
            copy = Path(folder) / "edited.sqlite3"
            shutil.copy(path, copy)
            engine = create_engine(
                "sqlite://", module=driver(key), creator=lambda: connect(copy, key), poolclass=StaticPool
            )
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.exec_driver_sql("BEGIN")
                edit(connection)
                connection.commit()
            engine.dispose()
            return bool(verify_file(copy, key).findings)

        return try_edits(edits, seed, find)


def edit_server(server: PostgresServer, edits: int, seed: int, steps: int = STEPS) -> dict[str, Any]:
    """The same of a ledger that desks share; each edit is rolled back."""
    asyncio.run(WorkingLife(server, seed).live(steps))
    engine = server.engine()
    try:
        with engine.connect() as connection:
            assert not verify(connection).findings, verify(connection)

            def find(edit: Callable[[Connection], None]) -> bool:
                edit(connection)
                found = bool(verify(connection).findings)
                connection.rollback()
                return found

            return try_edits(edits, seed, find)
    finally:
        engine.dispose()


def soak(edits: int, seed: int) -> dict[str, Any]:
    """Half of them in a file, half on a server. `failed` if more than one in a hundred is missed."""
    from tests.postgres import own_server

    began = time.perf_counter()
    sys.stderr.write(f"seed {seed}\n")
    in_file = edit_file(edits - edits // 2, seed)
    with own_server() as server:
        on_server = edit_server(PostgresServer(server.new_database()), edits // 2, seed)
    both = [Counter[str](part["missed"]) for part in (in_file, on_server)]
    found = in_file["found"] + on_server["found"]
    return {
        "seed": seed,
        "edits": edits,
        "found": found,
        "missed": dict(both[0] + both[1]),
        "kinds": dict(Counter[str](in_file["kinds"]) + Counter[str](on_server["kinds"])),
        "failed": edits - found > edits // 100,
        "seconds": round(time.perf_counter() - began, 1),
    }

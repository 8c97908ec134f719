"""A shared ledger that fails just when a write has left the desk: a real PostgreSQL, behind a line that can be cut."""

import asyncio
from random import Random

import psycopg

from receptionapp.ledger.postgres import PostgresServer, ServerAddress
from tests.half_open import Line
from tests.postgres import TestServer

ODD = ("53200", "53400", "54000", "22P02", "55000", "0A000", "P0001", "23514", "53100", "XX000", "40001", "57014")
FAULTS = ("reset", "half open", "read-only", "failover", *ODD)


class FailingLedger:
    """`prepare` before a wish, `fail` when its write has come, `heal` when the desk has said something."""

    def __init__(self, server: TestServer, address: ServerAddress, line: Line, rng: Random) -> None:
        """`address` is the near end of the line."""
        self._server = server
        self._database = address.database
        self._line = line
        self._rng = rng
        self.place = PostgresServer(address)
        self.fault = ""

    async def prepare(self) -> None:
        self.fault = self._rng.choice(FAULTS)
        if self.fault == "failover":
            await asyncio.to_thread(self._copy)

    async def fail(self) -> None:
        match self.fault:
            case "reset":
                self._line.refuses = True
                self._line.cut()
            case "half open":
                self._line.open.clear()
            case "read-only":
                await self._run(f'ALTER DATABASE "{self._database}" SET default_transaction_read_only = on')
                self._line.cut()
            case "failover":
                self._line.cut()
                await asyncio.to_thread(self._put_back)
            case state if state in ODD:
                await self._run(
                    "CREATE OR REPLACE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION 'odd' USING ERRCODE = '{state}'; END $$",
                    "CREATE OR REPLACE TRIGGER odd BEFORE UPDATE ON intents EXECUTE FUNCTION odd()",
                )

    async def heal(self) -> None:
        if self.fault == "half open":
            self._line.cut()
        self._line.open.set()
        self._line.refuses = False
        if self.fault == "read-only":
            await self._run(f'ALTER DATABASE "{self._database}" RESET default_transaction_read_only')
            self._line.cut()
        if self.fault in ODD:
            await self._run("DROP TRIGGER IF EXISTS odd ON intents")
        self.fault = ""

    async def _run(self, *statements: str) -> None:
        def work() -> None:
            with self._server.admin(self._database) as admin:
                admin.execute("SET default_transaction_read_only = off")
                for statement in statements:
                    admin.execute(statement)

        await asyncio.to_thread(work)

    def _tables(self, admin: psycopg.Connection) -> list[str]:
        rows = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return [name for (name,) in rows if name != "alembic_version"]

    def _copy(self) -> None:
        with self._server.admin(self._database) as admin:
            admin.execute("DROP SCHEMA IF EXISTS before CASCADE")
            admin.execute("CREATE SCHEMA before")
            for name in self._tables(admin):
                admin.execute(f"CREATE TABLE before.{name} AS TABLE public.{name}")

    def _put_back(self) -> None:
        """What came after the copy is lost, as with a server that took over from one that was ahead of it."""
        with self._server.admin(self._database) as admin, admin.transaction():
            admin.execute("SET LOCAL session_replication_role = replica")
            for name in self._tables(admin):
                admin.execute(f"DELETE FROM public.{name}")  # noqa: S608
                admin.execute(f"INSERT INTO public.{name} SELECT * FROM before.{name}")  # noqa: S608

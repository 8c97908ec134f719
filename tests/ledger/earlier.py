"""Ledgers as an earlier version of the program left them, table by table (`f3abd2b.*.sql`, written by f3abd2b)."""

from pathlib import Path

import psycopg

from receptionapp.ledger.key import LedgerKey
from receptionapp.ledger.postgres import PostgresServer, ServerAddress
from receptionapp.ledger.sqlite_file import connect, enable_wal, engine

_HERE = Path(__file__).parent


def leave_file(path: Path, key: LedgerKey | None = None) -> None:
    opened = connect(path, key)
    opened.execute("PRAGMA foreign_keys = OFF")  # a dump has its tables in the order of their names
    opened.executescript((_HERE / "f3abd2b.sqlite.sql").read_text("utf-8"))
    opened.close()
    made = engine(path, key)
    enable_wal(made)
    made.dispose()


def leave_on_server(address: ServerAddress) -> None:
    with psycopg.connect(**PostgresServer(address).connect_arguments()) as opened:
        opened.execute((_HERE / "f3abd2b.postgres.sql").read_bytes())

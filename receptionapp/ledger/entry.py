"""One writing transaction: on which connection, in whose name, when, and under which revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from receptionapp.ledger.schema import ledger_meta


@dataclass(frozen=True, slots=True)
class Writer:
    """In whose name the ledger is written: the EHR's code, this desk, and the named person at it ("" if nobody)."""

    emr: str
    desk: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What every writing function needs. `at` is UTC."""

    connection: Connection
    writer: Writer
    at: datetime
    revision: int

    @property
    def change(self) -> dict[str, Any]:
        """The columns that every change sets."""
        return {"changed_at": self.at, "revision": self.revision}

    @property
    def creation(self) -> dict[str, Any]:
        """The columns that every new row sets."""
        return {
            "desk_name": self.writer.desk,
            "user_name": self.writer.user,
            "created_at": self.at,
            **self.change,
        }


def begin(connection: Connection, writer: Writer, at: datetime) -> Entry:
    """Take the next revision. On PostgreSQL this row is also the lock that puts writers in line."""
    bump = update(ledger_meta).values(revision=ledger_meta.c.revision + 1).returning(ledger_meta.c.revision)
    return Entry(connection, writer, at, connection.execute(bump).scalar_one())

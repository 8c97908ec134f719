"""One writing transaction: on which connection, in whose name, when, and under which revision."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from receptionapp.ledger import sharing
from receptionapp.ledger.schema import ledger_meta


@dataclass(frozen=True, slots=True)
class Writer:
    """In whose name the ledger is written: the EHR's code, this desk, and the named person at it ("" if nobody).

    `desk_id` tells this desk from others on the same ledger; None where it has the ledger alone.
    """

    emr: str
    desk: str
    user: str = field(default="", repr=False)
    desk_id: UUID | None = None


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


def latest(connection: Connection) -> int:
    """The revision as it is now."""
    return int(connection.execute(select(ledger_meta.c.revision)).scalar_one())


def begin(connection: Connection, writer: Writer, at: datetime, write_id: UUID | None = None) -> Entry:
    """Take the next revision. On PostgreSQL this row is also the lock that puts writers in line. `write_id` names the
    transaction, where it may have to be asked for afterwards (`sharing.py`)."""
    if writer.desk_id is not None and write_id is not None:
        revision = sharing.next_revision(connection, writer.desk_id, writer.desk, write_id)
        return Entry(connection, writer, at, revision)
    bump = update(ledger_meta).values(revision=ledger_meta.c.revision + 1).returning(ledger_meta.c.revision)
    return Entry(connection, writer, at, connection.execute(bump).scalar_one())

"""One writing transaction: in whose name, when, under which revision, and what desks on one server do for each
other."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Connection, Uuid, cast, delete, func, literal, select, text, update

from receptionapp.domain.appointment import SlotHold, Timeslot
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.schema import HEAD, alembic_version, desks, ledger_meta, slot_holds


@dataclass(frozen=True, slots=True)
class Writer:
    """The EHR's code, this desk, and the named person at it ("" if nobody). `desk_id` is None where it has the ledger
    alone."""

    emr: str
    desk: str
    user: str = field(default="", repr=False)
    desk_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What every writing function needs. `at` is UTC. `lines` and what was changed are for the record, which is written
    at the end (`audit.write_lines`)."""

    connection: Connection
    writer: Writer
    at: datetime
    revision: int
    lines: list[dict[str, Any]] = field(default_factory=list, repr=False)
    changed_appointments: set[UUID] = field(default_factory=set)
    changed_intents: set[UUID] = field(default_factory=set)

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
    transaction, where it may have to be asked for afterwards (`entry.py`)."""
    if writer.desk_id is not None and write_id is not None:
        revision = next_revision(connection, writer.desk_id, writer.desk, write_id)
        return Entry(connection, writer, at, revision)
    bump = update(ledger_meta).values(revision=ledger_meta.c.revision + 1).returning(ledger_meta.c.revision)
    return Entry(connection, writer, at, connection.execute(bump).scalar_one())


CHANGES_CHANNEL = "reception_news"
HOLDS_CHANNEL = "reception_holds"

HOLD_LASTS = timedelta(seconds=45)
"""How long a hold lasts that nobody renews."""

ABANDONED_AFTER = timedelta(minutes=5)
"""A wish of a desk that is not there any more is settled by another after this. No request is on its way for so long:
an answer is listened for at most 120 seconds."""


def next_revision(connection: Connection, desk_id: UUID, desk: str, write_id: UUID) -> int:
    """Take the next revision and with it the lock that puts writers in line, note which write this is, and let the
    other desks hear of it when it is committed: one statement, for one journey to the server.

    Raises LedgerError(NEWER_SCHEMA) where a newer program has changed the tables since this one opened them. The row
    that tells is read with a lock, since whoever waited would else read how it was before.
    """
    from sqlalchemy.dialects import postgresql  # read only where it is spoken (`schema.py`)

    raised = ledger_meta.c.revision + 1
    bump = update(ledger_meta).values(revision=raised).returning(ledger_meta.c.revision).cte("bump")
    note = postgresql.insert(desks).values(desk_id=desk_id, desk_name=desk, write_id=write_id)
    latest = {"desk_name": note.excluded.desk_name, "write_id": note.excluded.write_id}
    noted = note.on_conflict_do_update(index_elements=[desks.c.desk_id], set_=latest).returning(desks.c.desk_id)
    news = func.pg_notify(CHANGES_CHANNEL, func.concat(bump.c.revision, " ", literal(desk_id, Uuid)))
    version = select(alembic_version.c.version_num).with_for_update(read=True).scalar_subquery()
    query = select(bump.c.revision, version, news).add_cte(noted.cte("noted"))
    revision, version_now, _ = connection.execute(query).one()
    if version_now != HEAD:
        raise LedgerError(LedgerFault.NEWER_SCHEMA)
    return int(revision)


def was_committed(connection: Connection, desk_id: UUID, write_id: UUID) -> bool:
    """Whether that write of this desk took place. It waits for the writers' lock: then the server has ended it."""
    connection.execute(select(ledger_meta.c.id).with_for_update())
    latest = select(desks.c.write_id).where(desks.c.desk_id == desk_id)
    return connection.execute(latest).scalar_one_or_none() == write_id


def lock_key(desk_id: UUID) -> int:
    """The desk's own number among the server's advisory locks: 63 bits of its random id."""
    return desk_id.int >> 65


def connected_desks(connection: Connection) -> frozenset[int]:
    """The `lock_key` of every desk that is connected."""
    query = text(
        "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return frozenset(connection.execute(query).scalars())


def hold_timeslot(connection: Connection, writer: "Writer", care_unit_id: str, timeslot: Timeslot) -> None:
    """Say that this desk works on that time, in place of another it may have held, or go on saying so."""
    from sqlalchemy.dialects import postgresql

    values = {
        "desk_name": writer.desk,
        "user_name": writer.user,
        "emr": writer.emr,
        "care_unit_id": care_unit_id,
        "resource_id": timeslot.resource_id,
        "starts_at": timeslot.start,
        "ends_at": timeslot.end,
        "expires_at": _server_now() + HOLD_LASTS // timedelta(microseconds=1),
    }
    row = postgresql.insert(slot_holds).values(desk_id=writer.desk_id, **values)
    connection.execute(row.on_conflict_do_update(index_elements=[slot_holds.c.desk_id], set_=values))
    _tell_of_holds(connection)


def release_hold(connection: Connection, writer: "Writer") -> None:
    connection.execute(delete(slot_holds).where(slot_holds.c.desk_id == writer.desk_id))
    _tell_of_holds(connection)


def holds_of_others(connection: Connection, writer: "Writer") -> tuple[SlotHold, ...]:
    """What other desks work on now."""
    table = slot_holds.c
    columns = (table.care_unit_id, table.resource_id, table.starts_at, table.ends_at, table.desk_name, table.user_name)
    query = select(*columns).where(table.emr == writer.emr, table.desk_id != writer.desk_id, _not_over())
    return tuple(SlotHold(*row) for row in connection.execute(query.order_by(table.starts_at, table.desk_id)))


def _not_over() -> ColumnElement[bool]:
    left: ColumnElement[bool] = cast(slot_holds.c.expires_at, BigInteger) > _server_now()
    return left


def _server_now() -> Any:
    """The server's clock, in microseconds since 1970: desks' own may differ."""
    return cast(func.extract("epoch", func.clock_timestamp()) * 1_000_000, BigInteger)


def _tell_of_holds(connection: Connection) -> None:
    connection.execute(select(func.pg_notify(HOLDS_CHANNEL, "")))

"""A desk's own ledger goes on as part of the one that the clinic's desks share, in one transaction of the server.

Rows keep their keys. A person whom the server already knows is not changed there; copied appointments refer to that
person. All copied rows get one new revision, so that the other desks notice them. The file is kept and marked: it opens
no more, so that no desk goes back to it unseen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, Table, func, insert, select, update
from sqlalchemy.dialects import postgresql

from receptionapp.domain.audit import AuditAction
from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.ledger import audit as record
from receptionapp.ledger import connections
from receptionapp.ledger import entry as sharing
from receptionapp.ledger.database import ClassifyError, transact
from receptionapp.ledger.entry import Entry, Writer
from receptionapp.ledger.errors import OtherConnection
from receptionapp.ledger.people import copy_details_to_appointments
from receptionapp.ledger.schema import (
    appointments,
    audit,
    audit_chain,
    intents,
    ledger_meta,
    name_words,
    people,
    people_words,
    users,
)

_AT_ONCE = 2_000  # rows

Row = dict[str, Any]
OnProgress = Callable[[str, int, int], None]
"""Called with the name of a table, how many of its rows are done, and how many there are."""


class AlreadyThere(Exception):
    """Some rows of this ledger are on that server and others are not: something else has copied them."""


class NotAllThere(Exception):
    """After copying, the server counts other numbers than were copied. Nothing was kept there."""


class _TakenBack(Exception):
    def __init__(self, counted: "tuple[TableCount, ...]") -> None:
        super().__init__()
        self.counted = counted


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows by table: in the file, new on the server, and left in the file because the server has its own."""

    table: str
    there: int
    new: int

    @property
    def kept_back(self) -> int:
        return self.there - self.new


def copy_to_server(
    file: Engine,
    server: Engine,
    sort: ClassifyError,
    desk: tuple[UUID, str],
    at: datetime,
    identity: ConnectionIdentity | None = None,
    *,
    dry_run: bool,
    progress: OnProgress,
) -> tuple[TableCount, ...]:
    """Copy everything; `dry_run` does the same and takes it back. The file is not written: see `mark_moved`.

    Where COMMIT_UNKNOWN is raised, call it again: it finds out. Empty if all of it is there already, as after a
    computer that failed before the file was marked. `desk` is this desk's id and name; `at` (UTC) goes
    into the record. `identity` is the desk's connection, whose the file is if it does not say so itself; a server that
    has connections must know all of the file's.

    Raises LedgerError, OtherConnection, AlreadyThere, NotAllThere.
    """
    with file.connect() as source:

        def work(target: Connection) -> tuple[TableCount, ...]:
            if _is_there(source, target):
                return ()
            counted = _Move(source, target, desk, at, progress).run(identity)
            if dry_run:
                raise _TakenBack(counted)
            return counted

        try:
            return transact(server, work, sort)
        except _TakenBack as taken_back:
            return taken_back.counted


def mark_moved(file: Engine, sort: ClassifyError, url: str) -> None:
    """From now on the file opens as LedgerError(MOVED). `url` is the server's, without a password."""
    transact(file, lambda connection: connection.execute(update(ledger_meta).values(moved_to=url)), sort)


def _is_there(source: Connection, target: Connection) -> bool:
    """Whether all is there. Raises AlreadyThere when only a part is."""
    mine = set(source.execute(select(appointments.c.key)).scalars())
    mine |= set(source.execute(select(intents.c.id)).scalars())
    theirs = set(target.execute(select(appointments.c.key)).scalars())
    theirs |= set(target.execute(select(intents.c.id)).scalars())
    if mine & theirs and not mine <= theirs:
        raise AlreadyThere
    return bool(mine) and mine <= theirs


class _Move:
    def __init__(
        self, source: Connection, target: Connection, desk: tuple[UUID, str], at: datetime, progress: OnProgress
    ) -> None:
        self._source = source
        self._target = target
        self._desk_id, self._desk_name = desk
        self._at = at
        self._progress = progress
        self._revision = sharing.next_revision(target, self._desk_id, self._desk_name, uuid4())

    def run(self, identity: ConnectionIdentity | None) -> tuple[TableCount, ...]:
        self._join(identity)
        known = {(row.emr, row.reference): row.key for row in self._target.execute(_person_keys())}
        same = {
            row.key: known[row.emr, row.reference]
            for row in self._source.execute(_person_keys())
            if (row.emr, row.reference) in known
        }
        named = set(self._target.execute(select(users.c.name)).scalars())
        counted = [
            self._copy(people, lambda row: None if row["key"] in same else self._here(row)),
            self._copy(people_words, lambda row: None if row["person_key"] in same else row),
            self._copy(name_words, dict, may_be_there=True),
            self._copy_appointments(same),
            self._copy(intents, lambda row: {"desk_id": self._desk_id, **_set(self._here(_of_person(row, same)))}),
            self._copy(users, lambda row: None if row["name"] in named else _on_other_clock(self._here(row))),
            self._copy_audit(),
        ]
        self._count_again(counted)
        self._tell()
        return tuple(counted)

    def _join(self, identity: ConnectionIdentity | None) -> None:
        mine = connections.read_connections(self._source) or ((identity,) if identity else ())
        known = connections.keys_of(connections.read_connections(self._target))
        if known and connections.keys_of(mine) - known:
            raise OtherConnection(known)
        entry = Entry(self._target, Writer("", self._desk_name, desk_id=self._desk_id), self._at, self._revision)
        for each in () if known else mine:
            connections.add(entry, each)

    def _here(self, row: Row) -> Row:
        return {**row, "revision": self._revision}

    def _copy_appointments(self, same: Mapping[UUID, UUID]) -> TableCount:
        counted = self._copy(appointments, lambda row: self._here(_of_person(row, same)))
        if same:
            copy_details_to_appointments(self._target, appointments.c.revision == self._revision, self._revision)
        return counted

    def _copy_audit(self) -> TableCount:
        """A chain goes on from where it is; two can't be made one."""
        if self._target.execute(select(audit_chain.c.lines)).scalar_one_or_none():
            there = self._count(self._source, audit)
            return TableCount(audit.name, there, 0)
        counted = self._copy(audit, dict)
        self._copy(audit_chain, dict)
        return counted

    def _tell(self) -> None:
        """Add a line about the move to the server's record. It holds the last hash of the file's record, which
        identifies it, and vouches for what was brought without lines."""
        end = record.head(self._source)
        writer = Writer("", self._desk_name, desk_id=self._desk_id)
        entry = Entry(self._target, writer, self._at, self._revision)
        record.add_line(entry, AuditAction.BROUGHT, detail=f"lines {end.lines}; end {end.head.hex()}")
        recorded = record.read_recorded_digests(self._target)
        for keys, key in ((entry.changed_appointments, appointments.c.key), (entry.changed_intents, intents.c.id)):
            brought = select(key).where(key.table.c.revision == self._revision)
            keys |= {k for k in self._target.execute(brought).scalars() if not record.is_recorded(recorded, k)}
        record.write_lines(entry)

    def _copy(self, table: Table, as_there: Callable[[Row], Row | None], *, may_be_there: bool = False) -> TableCount:
        there, done, new = self._count(self._source, table), 0, 0
        add = postgresql.insert(table).on_conflict_do_nothing() if may_be_there else insert(table)
        for rows in self._rows(table):
            fitting = [row for row in map(as_there, rows) if row is not None]
            if fitting:
                self._target.execute(add, fitting)
            done, new = done + len(rows), new + len(fitting)
            self._progress(table.name, done, there)
        return TableCount(table.name, there, new)

    def _rows(self, table: Table) -> Iterator[list[Row]]:
        found = self._source.execute(select(table).order_by(*table.primary_key))
        for some in found.mappings().partitions(_AT_ONCE):
            yield [dict(row) for row in some]

    def _count(self, connection: Connection, table: Table) -> int:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    def _count_again(self, counted: list[TableCount]) -> None:
        """What the server has under this revision must be what was copied."""
        new = {each.table: each.new for each in counted}
        for table in (people, appointments, intents, users):
            query = select(func.count()).where(table.c.revision == self._revision)
            if self._target.execute(query).scalar_one() != new[table.name]:
                raise NotAllThere


def _person_keys() -> Any:
    return select(people.c.key, people.c.emr, people.c.reference)


def _of_person(row: Row, same: Mapping[UUID, UUID]) -> Row:
    return {**row, "person_key": same.get(row["person_key"], row["person_key"])}


def _on_other_clock(user: Row) -> Row:
    """`waits_until` is of the file's own `pin_clock`, and would be any time from now to years from now."""
    return {**user, "waits_until": 0}


def _set(row: Row) -> Row:
    """A wish of a desk that had its ledger alone has no desk's id yet."""
    return {name: value for name, value in row.items() if name != "desk_id" or value is not None}

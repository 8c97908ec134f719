"""The record of who did what: written in the transaction of the deed itself, never changed, chained line to line.

Each line's hash is SHA-256 over the hash of the line before and its own text; how many there are and the last hash are
kept beside them, so that a cut end shows too. What that does not stop is in `docs/threats.md`.

A line has digests of the appointments and wishes that were changed with it, over the columns that decide what is shown
or sent. So whoever changes a row and leaves the record alone is found (`verification.py`). Nothing that can be wiped is
digested: with the rest of the row beside it, the digest of a comment would give the comment away. Nor is what changes
when a ledger moves to a server: who goes by which key, revisions, and the ids of desks.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from receptionapp.domain.audit import AuditAction, AuditFilter, AuditLine, ChainCheck, ChainFault
from receptionapp.domain.intent import Stage
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.schema import EPOCH, MICROSECOND, appointments, audit, audit_chain, intents, people

FIRST_HASH = bytes(32)
"""What stands for the hash before the first line."""

SLICE = 10_000
"""Lines that are followed at a time: some 0.15 s, during which nothing else can be written."""

PAGE = 200
"""Lines on a page of the screen."""


def add_line(
    entry: Entry,
    deed: AuditAction,
    *,
    outcome: str | None = None,
    patient: str | None = None,
    appointment: UUID | None = None,
    leyr_reference: str | None = None,
    detail: str | None = None,
    user: str | None = None,
) -> None:
    """Add one line, to be written by `write_lines`. `user` is who did it, if not the entry's writer; the rest is as in
    `AuditLine`."""
    entry.lines.append(
        {
            "desk_name": entry.writer.desk,
            "user_name": entry.writer.user if user is None else user,
            "emr": entry.writer.emr,
            "deed": deed.value,
            "outcome": None if outcome is None else str(outcome),
            "patient": patient,
            "appointment": appointment,
            "leyr_reference": leyr_reference,
            "detail": None if detail is None else str(detail),
        }
    )


def write_lines(entry: Entry) -> None:
    """The last step of a transaction. Its last line has the digests of all that was changed."""
    if not entry.lines:
        return
    row = entry.connection.execute(select(audit_chain.c.lines, audit_chain.c.head)).one_or_none()
    if row is None:
        entry.connection.execute(insert(audit_chain).values(id=1, lines=0, head=FIRST_HASH))
    number, head = (row.lines, bytes(row.head)) if row else (0, FIRST_HASH)
    microseconds = (entry.at - EPOCH) // MICROSECOND
    for left, values in zip(range(len(entry.lines))[::-1], entry.lines, strict=True):
        number += 1
        changed = None if left else digest_changed(entry) or None
        head = _hash(head, [number, microseconds, *values.values()], changed)
        entry.connection.execute(insert(audit).values(number=number, at=entry.at, **values, digests=changed, hash=head))
    entry.connection.execute(update(audit_chain).values(lines=number, head=head))


def add_line_about(entry: Entry, deed: AuditAction, appointment: UUID, **values: Any) -> None:
    """A line about one of our appointments, and so about its patient."""
    whose = select(people.c.reference).join_from(appointments, people).where(appointments.c.key == appointment)
    reference = entry.connection.execute(whose).scalar_one_or_none()
    add_line(entry, deed, appointment=appointment, patient=reference, **values)


def read_page(
    connection: Connection, emr: str, question: AuditFilter, after: AuditLine | None = None, limit: int = PAGE
) -> tuple[AuditLine, ...]:
    """The newest lines that are asked for; or the newest older than `after`."""
    if len(question.actions) > 1:  # one after the other, each by its index: asked for together, all would be sorted
        each = (
            read_page(connection, emr, replace(question, actions=(deed,)), after, limit) for deed in question.actions
        )
        return tuple(sorted(chain.from_iterable(each), key=lambda line: (line.at, line.number), reverse=True)[:limit])
    query = _SELECT.where(*_wanted(emr, question))
    if after is not None:
        older = and_(audit.c.at == after.at, audit.c.number < after.number)
        query = query.where(or_(audit.c.at < after.at, older), audit.c.at <= after.at)
    rows = connection.execute(query.order_by(audit.c.at.desc(), audit.c.number.desc()).limit(limit))
    return tuple(_line(row) for row in rows)


def read_slice(connection: Connection, emr: str, question: AuditFilter, number: int) -> tuple[AuditLine, ...]:
    """The next lines after `number`, in the order in which they were written, for an export; none at the end."""
    query = _SELECT.where(*_wanted(emr, question), audit.c.number > number)
    return tuple(_line(row) for row in connection.execute(query.order_by(audit.c.number).limit(5_000)))


def user_names(connection: Connection) -> tuple[str, ...]:
    """Everybody who is in the record, by whatever name at the time."""
    names: list[str] = []
    last = ""
    while True:  # a name at a time over the index: of a million lines, DISTINCT would read each
        following = select(audit.c.user_name).where(audit.c.user_name > last).order_by(audit.c.user_name).limit(1)
        found = connection.execute(following).scalar_one_or_none()
        if found is None:
            return tuple(names)
        names.append(found)
        last = found


def head(connection: Connection) -> ChainCheck:
    """The end of the chain as it is noted, not followed: what to keep outside."""
    row = connection.execute(select(audit_chain.c.lines, audit_chain.c.head)).one_or_none()
    return ChainCheck() if row is None else ChainCheck(row.lines, bytes(row.head))


def verify(connection: Connection) -> ChainCheck:
    """Follow the whole chain, in one transaction: some 15 s a million lines. `whole` or `fault` says what was found."""
    so_far = ChainCheck()
    while not so_far.is_complete:
        so_far = verify_slice(connection, so_far)
    return so_far


def verify_slice(connection: Connection, so_far: ChainCheck) -> ChainCheck:
    """Follow the chain for one more slice. Each may be a transaction of its own: lines are only ever added."""
    query = _CHAINED.where(audit.c.number > so_far.lines).order_by(audit.c.number).limit(SLICE)
    rows = connection.execute(query).all()
    number, head_so_far = so_far.lines, so_far.head
    for row in rows:
        fields = list(row)
        written, changed = bytes(fields.pop()), fields.pop()
        if fields[0] != number + 1:
            return ChainCheck(number, head_so_far, fault=ChainFault.MISSING, at_line=number + 1)
        if _hash(head_so_far, fields, changed) != written:
            return ChainCheck(number, head_so_far, fault=ChainFault.ALTERED, at_line=fields[0])
        number, head_so_far = fields[0], written
    if len(rows) == SLICE:
        return ChainCheck(number, head_so_far)
    noted = head(connection)
    if (noted.lines, noted.head) == (number, head_so_far):
        return ChainCheck(number, head_so_far, is_intact=True)
    fault = ChainFault.CUT if noted.lines >= number else ChainFault.ALTERED
    return ChainCheck(number, head_so_far, fault=fault, at_line=number + 1)


def _hash(before: bytes, fields: Sequence[Any], changed: bytes | None) -> bytes:
    """The canonical text of a line: its columns in the order of the table, as a JSON list without spaces. A line of an
    earlier version has no digests."""
    fields = [*fields, bytes(changed).hex()] if changed else fields
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def _wanted(emr: str, question: AuditFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if question.start is not None:
        wanted.append(audit.c.at >= question.start)
    if question.end is not None:
        wanted.append(audit.c.at < question.end)
    if question.user is not None:
        wanted.append(audit.c.user_name == question.user)
    if question.actions:
        wanted.append(audit.c.deed.in_(question.actions))
    if question.patient is not None:
        wanted += [audit.c.emr == emr, audit.c.patient == question.patient]
    return wanted


_FIELDS = (
    audit.c.desk_name,
    audit.c.user_name,
    audit.c.emr,
    audit.c.deed,
    audit.c.outcome,
    audit.c.patient,
    audit.c.appointment,
    audit.c.leyr_reference,
    audit.c.detail,
    audit.c.hash,
)
_CHAINED: Select[Any] = select(
    audit.c.number, type_coerce(audit.c.at, BigInteger), *_FIELDS[:-1], audit.c.digests, audit.c.hash
)
_SELECT: Select[Any] = select(audit.c.number, audit.c.at, *_FIELDS, people.c.first_name, people.c.last_name).join_from(
    audit, people, and_(people.c.emr == audit.c.emr, people.c.reference == audit.c.patient), isouter=True
)


def _line(row: Any) -> AuditLine:
    return AuditLine(
        row.number,
        row.at,
        row.desk_name,
        row.user_name,
        row.deed,
        row.outcome,
        row.patient,
        row.appointment,
        row.leyr_reference,
        row.detail,
        bytes(row.hash),
        f"{row.first_name or ''} {row.last_name or ''}".strip(),
    )


_LENGTH = 33  # bytes: which table, the row's key, and half a SHA-256
_AT_ONCE = 1_000  # keys, of which a database takes so many in one statement
_APPOINTMENT, _INTENT = b"a", b"i"


class DigestedRow(NamedTuple):
    """`mark` says which row it is. `appointment` is the one that it is or is about."""

    mark: bytes
    digest: bytes
    appointment: UUID | None
    revision: int

    @property
    def is_intent(self) -> bool:
        return self.mark[:1] == _INTENT


def digest_changed(entry: Entry) -> bytes:
    """Of all rows that this transaction changed, as a line has them."""
    rows = read_digested_rows(entry.connection, entry.changed_appointments, entry.changed_intents)
    return b"".join(sorted(row.mark + row.digest for row in rows))


def read_recorded_digests(connection: Connection) -> dict[bytes, bytes]:
    """The latest digest of each row by its mark, as the record has it."""
    query = select(audit.c.digests).where(audit.c.digests.is_not(None)).order_by(audit.c.number)
    recorded: dict[bytes, bytes] = {}
    for line in connection.execute(query).scalars():
        for at in range(0, len(line), _LENGTH):
            recorded[bytes(line[at : at + 17])] = bytes(line[at + 17 : at + _LENGTH])
    return recorded


def is_recorded(recorded: Collection[bytes], key: UUID) -> bool:
    """Whether the record has a digest of the appointment or wish with this key; keys of both are random."""
    return _APPOINTMENT + key.bytes in recorded or _INTENT + key.bytes in recorded


def read_digested_rows(
    connection: Connection, of_appointments: Collection[UUID] | None = None, of_intents: Collection[UUID] | None = None
) -> Iterator[DigestedRow]:
    """As the tables have them now: these, or (None) all."""
    for row in _read(connection, _APPOINTMENTS, appointments.c.key, of_appointments):
        revision, *fields = row
        yield DigestedRow(_APPOINTMENT + _uuid(row.key).bytes, _digest(fields), _uuid(row.key), revision)
    for row in _read(connection, _INTENTS, intents.c.id, of_intents):
        revision, *fields = row
        fields[2] = Stage.PREPARED if row.stage == Stage.SENT else row.stage  # that it was sent has no line
        subject = None if row.subject is None else _uuid(row.subject)
        yield DigestedRow(_INTENT + _uuid(row.id).bytes, _digest(fields), subject, revision)


def _read(
    connection: Connection, query: Select[Any], key: ColumnElement[Any], keys: Collection[UUID] | None
) -> Iterator[Any]:
    if keys is None:
        yield from connection.execute(query)
        return
    wanted = list(keys)
    for at in range(0, len(wanted), _AT_ONCE):
        yield from connection.execute(query.where(key.in_(wanted[at : at + _AT_ONCE])))


def _digest(fields: list[Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=lambda key: key.hex)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _uuid(stored: UUID | str) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)


def _as_stored(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """As the driver gives it, which is quicker: keys apart, both databases give the same."""
    return cast("ColumnElement[Any]", type_coerce(column, String))


_APPOINTMENTS: Select[Any] = select(
    type_coerce(appointments.c.revision, BigInteger),
    *(
        _as_stored(appointments.c[name])
        for name in (
            "key",
            "emr",
            "care_unit_id",
            "appointment_id",
            "confirmation_id",
            "patient",
            "resource_id",
            "healthcare_service_id",
            "starts_at",
            "start_offset",
            "ends_at",
            "end_offset",
            "standing",
            "leyr_status",
            "replaced_by",
            "desk_name",
            "user_name",
            "created_at",
            "changed_at",
        )
    ),
)
_INTENTS: Select[Any] = select(
    type_coerce(intents.c.revision, BigInteger),
    *(
        _as_stored(column)
        for column in (
            intents.c.id,
            intents.c.verb,
            intents.c.stage,
            intents.c.subject,
            people.c.reference,
            intents.c.standing_before,
            intents.c.settled_at,
            intents.c.leyr_reference,
            intents.c.reason,
            intents.c.desk_name,
            intents.c.user_name,
            intents.c.created_at,
        )
    ),
).join_from(intents, people, isouter=True)

"""The record of who did what: written in the transaction of the deed itself, never changed, chained line to line.

Each line's hash is SHA-256 over the hash of the line before and its own text; how many there are and the last hash are
kept beside them, so that a cut end shows too. What that does not stop is in `docs/threats.md`.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, and_, insert, or_, select, type_coerce, update

from receptionapp.domain.audit import AuditAction, AuditFilter, AuditLine, ChainCheck, ChainFault
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.schema import EPOCH, MICROSECOND, appointments, audit, audit_chain, people

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
    """Add one line. `user` is who did it, where that is not the entry's writer; the rest is as in `AuditLine`."""
    row = entry.connection.execute(select(audit_chain.c.lines, audit_chain.c.head)).one_or_none()
    if row is None:
        entry.connection.execute(insert(audit_chain).values(id=1, lines=0, head=FIRST_HASH))
    number = row.lines + 1 if row else 1
    values: dict[str, Any] = {
        "number": number,
        "at": entry.at,
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
    microseconds = (entry.at - EPOCH) // MICROSECOND
    head = _hash(bytes(row.head) if row else FIRST_HASH, [number, microseconds, *list(values.values())[2:]])
    entry.connection.execute(insert(audit).values(**values, hash=head))
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
        written = bytes(fields.pop())
        if fields[0] != number + 1:
            return ChainCheck(number, head_so_far, fault=ChainFault.MISSING, at_line=number + 1)
        if _hash(head_so_far, fields) != written:
            return ChainCheck(number, head_so_far, fault=ChainFault.ALTERED, at_line=fields[0])
        number, head_so_far = fields[0], written
    if len(rows) == SLICE:
        return ChainCheck(number, head_so_far)
    noted = head(connection)
    if (noted.lines, noted.head) == (number, head_so_far):
        return ChainCheck(number, head_so_far, is_intact=True)
    fault = ChainFault.CUT if noted.lines >= number else ChainFault.ALTERED
    return ChainCheck(number, head_so_far, fault=fault, at_line=number + 1)


def _hash(before: bytes, fields: Sequence[Any]) -> bytes:
    """The canonical text of a line: its columns in the order of the table, as a JSON list without spaces."""
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
_CHAINED: Select[Any] = select(audit.c.number, type_coerce(audit.c.at, BigInteger), *_FIELDS)
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

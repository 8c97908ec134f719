"""Rows of our own appointments, as domain values."""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, String, insert, select, text, type_coerce, update

from receptionapp.domain.appointment import Appointment, OwnAppointment, Standing, Timeslot
from receptionapp.domain.patient import Person
from receptionapp.ledger import people
from receptionapp.ledger.entry import Entry
from receptionapp.ledger.errors import IdInUse, NotInLedger
from receptionapp.ledger.schema import EPOCH, appointments
from receptionapp.ledger.schema import people as people_table

LONGEST = timedelta(days=30)
"""No timeslot is longer: Leyr is never asked for more than 30 days at once (`leyr-api.md` 3.5). It lets a search for
what overlaps a time begin at an index position instead of at the first appointment ever made."""

_GONE = tuple(standing for standing in Standing if not standing.takes_time)


def add(
    entry: Entry, key: UUID, care_unit_id: str, timeslot: Timeslot, person: Person, comment: str | None
) -> OwnAppointment:
    """A new appointment that is about to be asked for. One that it replaces must say so already (`overlap.py`)."""
    person = people.complete(entry, person)
    own = OwnAppointment(key, care_unit_id, timeslot, person, Standing.SENDING, comment=comment)
    entry.changed_appointments.add(key)
    entry.connection.execute(
        insert(appointments).values(
            key=own.key,
            emr=entry.writer.emr,
            care_unit_id=care_unit_id,
            person_key=people.remember(entry, person),
            resource_id=timeslot.resource_id,
            healthcare_service_id=timeslot.healthcare_service_id,
            **_times(timeslot.start, timeslot.end),
            standing=own.standing,
            comment=comment,
            patient=person.reference,
            first_name=person.first_name,
            last_name=person.last_name,
            birth_date=person.birth_date,
            phone=person.phone,
            **entry.creation,
        )
    )
    return own


def change(entry: Entry, key: UUID, standing: Standing, **values: Any) -> OwnAppointment:
    """Let it stand so from now on; `values` are further columns."""
    where = appointments.c.key == key
    entry.changed_appointments.add(key)
    entry.connection.execute(update(appointments).where(where).values(standing=standing, **values, **entry.change))
    return get(entry.connection, key)


def apply_answer(entry: Entry, key: UUID, standing: Standing, answer: Appointment) -> OwnAppointment:
    """Take over Leyr's id, status, and time and resource where they differ. Raises IdInUse."""
    own = get(entry.connection, key)
    values: dict[str, Any] = {"appointment_id": answer.id, "leyr_status": answer.status, "confirmation_id": None}
    if (answer.start, answer.end) != (own.start, own.end):
        values |= _times(answer.start, answer.end)
    if answer.resource_id is not None:
        values["resource_id"] = answer.resource_id
    if standing.takes_time:
        _require_free_id(entry, own, answer.id)
    return change(entry, key, standing, **values)


def get(connection: Connection, key: UUID) -> OwnAppointment:
    """Raises NotInLedger."""
    row = connection.execute(_SELECT.where(appointments.c.key == key)).one_or_none()
    if row is None:
        raise NotInLedger
    return _own(row)


def confirmation_id(connection: Connection, key: UUID) -> str | None:
    """The id to which the code belongs: of the cancellation if one waits for its code, else of the appointment."""
    row = connection.execute(
        select(appointments.c.confirmation_id, appointments.c.appointment_id).where(appointments.c.key == key)
    ).one()
    found: str | None = row.confirmation_id or row.appointment_id
    return found


def between(
    connection: Connection, emr: str, care_unit_id: str, start: datetime, end: datetime
) -> tuple[OwnAppointment, ...]:
    """Every appointment, in whatever standing, that shares time with `start` to `end` (excluded), in order of start."""
    query = _SELECT.where(*_shares_time(emr, care_unit_id, start, end)).order_by(appointments.c.starts_at)
    return tuple([_own(row) for row in connection.execute(query).all()])


def changed_after(connection: Connection, emr: str, revision: int, most: int) -> tuple[OwnAppointment, ...]:
    """What was written in later revisions, the latest first, at most `most`."""
    query = _SELECT.where(appointments.c.emr == emr, appointments.c.revision > revision)
    latest = query.order_by(appointments.c.revision.desc()).limit(most)
    return tuple(_own(row) for row in connection.execute(latest))


def find_taking(
    connection: Connection, emr: str, care_unit_id: str | None, timeslot: Timeslot, *, but: UUID | None = None
) -> OwnAppointment | None:
    """One of ours, other than `but`, that may stand and takes some of this time of this resource. `care_unit_id` None:
    of any care unit."""
    query = _SELECT.where(
        *_shares_time(emr, care_unit_id, timeslot.start, timeslot.end),
        appointments.c.resource_id == timeslot.resource_id,
        appointments.c.standing.not_in(_GONE),
    )
    if but is not None:
        query = query.where(appointments.c.key != but)
    row = connection.execute(query.limit(1)).one_or_none()
    return None if row is None else _own(row)


def history(connection: Connection, emr: str, reference: str) -> tuple[OwnAppointment, ...]:
    """Every appointment of the person with this typed id, of any care unit and standing, the latest first."""
    person = select(people_table.c.key).where(people_table.c.emr == emr, people_table.c.reference == reference)
    query = _SELECT.where(appointments.c.person_key == person.scalar_subquery())
    return tuple(_own(row) for row in connection.execute(query.order_by(appointments.c.starts_at.desc())))


def with_standing(connection: Connection, emr: str, standings: tuple[Standing, ...]) -> tuple[OwnAppointment, ...]:
    """Every appointment that stands so, in order of start."""
    query = _SELECT.where(appointments.c.emr == emr, appointments.c.standing.in_(standings))
    return tuple(_own(row) for row in connection.execute(query.order_by(appointments.c.starts_at)))


def being_replaced(connection: Connection, emr: str) -> tuple[OwnAppointment, ...]:
    """Every appointment that still may stand although another was put in its place, or is about to be."""
    query = _SELECT.where(appointments.c.emr == emr, *_BEING_REPLACED)
    return tuple(_own(row) for row in connection.execute(query.order_by(appointments.c.starts_at)))


def replaced_by(entry: Entry, key: UUID) -> OwnAppointment | None:
    """The one that still may stand and whose place the appointment `key` takes."""
    query = _SELECT.where(appointments.c.emr == entry.writer.emr, appointments.c.replaced_by == key, *_BEING_REPLACED)
    row = entry.connection.execute(query).one_or_none()
    return None if row is None else _own(row)


# As the index has it, word for word, or SQLite does not use it.
_BEING_REPLACED = (
    appointments.c.replaced_by.is_not(None),
    text("appointments.standing NOT IN ('cancelled', 'refused')"),
)

_COLUMNS = (
    appointments.c.key,
    appointments.c.care_unit_id,
    appointments.c.resource_id,
    appointments.c.healthcare_service_id,
    appointments.c.starts_at,
    appointments.c.start_offset,
    appointments.c.ends_at,
    appointments.c.end_offset,
    appointments.c.standing,
    appointments.c.appointment_id,
    appointments.c.leyr_status,
    appointments.c.comment,
    appointments.c.cancel_reason,
    appointments.c.replaced_by,
    appointments.c.changed_at,
    *people.COLUMNS_BESIDE,
)

# Values are as the driver gives them: SQLAlchemy's own way from these to Python's took longer than finding them.
_SELECT: Select[Any] = select(*[cast("ColumnElement[Any]", type_coerce(column, String)) for column in _COLUMNS])

_STANDINGS = {standing.value: standing for standing in Standing}


def _own(row: Any) -> OwnAppointment:
    start = _instant(row.starts_at, row.start_offset)
    end = _instant(row.ends_at, row.end_offset)
    return OwnAppointment(
        key=_uuid(row.key),
        care_unit_id=row.care_unit_id,
        timeslot=Timeslot(start, end, row.resource_id, row.healthcare_service_id),
        person=Person(row.patient, row.first_name, row.last_name, _date(row.birth_date), row.phone),
        standing=_STANDINGS[row.standing],
        appointment_id=row.appointment_id,
        leyr_status=row.leyr_status,
        comment=row.comment,
        cancel_reason=row.cancel_reason,
        replaced_by=None if row.replaced_by is None else _uuid(row.replaced_by),
        changed_at=EPOCH + timedelta(microseconds=row.changed_at),
    )


def _uuid(stored: UUID | str) -> UUID:
    """PostgreSQL has a type for it, SQLite keeps its digits."""
    return UUID(int=int(stored, 16)) if isinstance(stored, str) else stored


def _date(stored: date | str | None) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


@lru_cache(1024)  # many appointments begin or end at the same time
def _instant(microseconds: int, offset: int) -> datetime:
    return (EPOCH + timedelta(microseconds=microseconds)).astimezone(timezone(timedelta(seconds=offset)))


def _times(start: datetime, end: datetime) -> dict[str, Any]:
    return {"starts_at": start, "start_offset": _offset(start), "ends_at": end, "end_offset": _offset(end)}


def _offset(time: datetime) -> int:
    offset = time.utcoffset()
    if offset is None:
        raise ValueError("a time without an offset is no instant")
    return int(offset.total_seconds())


def _shares_time(emr: str, care_unit_id: str | None, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    in_unit = () if care_unit_id is None else (appointments.c.care_unit_id == care_unit_id,)
    return (
        appointments.c.emr == emr,
        *in_unit,
        appointments.c.starts_at > start - LONGEST,
        appointments.c.starts_at < end,
        appointments.c.ends_at > start,
    )


def _require_free_id(entry: Entry, own: OwnAppointment, appointment_id: str) -> None:
    query = _SELECT.where(
        appointments.c.emr == entry.writer.emr,
        appointments.c.care_unit_id == own.care_unit_id,
        appointments.c.appointment_id == appointment_id,
        appointments.c.standing.not_in(_GONE),
        appointments.c.key != own.key,
    )
    row = entry.connection.execute(query).one_or_none()
    if row is not None:
        raise IdInUse(_own(row))

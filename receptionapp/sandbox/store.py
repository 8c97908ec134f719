"""The EHR's memory: appointments and patients behind one SQLite connection that all threads share, one at a time."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from receptionapp.sandbox.calendar import Span
from receptionapp.sandbox.people import Patient

BOOKED = "booked"
AWAITING_CONFIRMATION = "awaiting_confirmation"
COMPLETED = "completed"
CANCELLED = "cancelled"
UNLISTED = "rescheduled"  # a status that no page lists, for clients to stumble over (11)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment (`leyr-api.md` 3.9). `status` is an open set (4.1): outside changes may set any word."""

    id: str
    status: str
    care_unit_id: str
    resource_id: str
    healthcare_service_id: str | None
    patient_emr_id: str | None
    span: Span
    comment: str | None = None

    cancels: str | None = None
    """Set on a cancellation that waits for its code: the id of the appointment that it will cancel (4.4)."""

    @property
    def takes_time(self) -> bool:
        """Whether it keeps its resource busy. An unknown status does: it is never free time (4.1)."""
        return self.status != CANCELLED and self.cancels is None


_VERSION = 1
_TABLES = """
CREATE TABLE patient (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, emr_id TEXT UNIQUE NOT NULL, care_unit_id TEXT NOT NULL,
    first_name TEXT NOT NULL, last_name TEXT NOT NULL, external_id TEXT UNIQUE, phones TEXT NOT NULL,
    emails TEXT NOT NULL);
CREATE TABLE appointment (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, care_unit_id TEXT NOT NULL, resource_id TEXT NOT NULL,
    healthcare_service_id TEXT, patient_emr_id TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, comment TEXT,
    cancels TEXT);
CREATE INDEX appointment_time ON appointment (start, "end");
CREATE TABLE block (
    id TEXT PRIMARY KEY, resource_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL);
"""


class Store:
    """Patients, appointments and blocked times, in seconds since 1970 UTC; usable from any thread and process."""

    def __init__(self, file: Path | None) -> None:
        """Open `file` or a memory of its own. A file of another version is emptied. Raises sqlite3.Error."""
        self._lock = RLock()
        self._connection = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        try:
            self.is_new = self._version() != _VERSION
            if self.is_new:
                self._make_tables()
        except sqlite3.Error:
            self._connection.close()
            raise

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, with nobody else writing meanwhile. Inside another transaction it is part of that one."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def save_patients(self, *patients: Patient) -> None:
        """Write each patient, in place of the one with the same Leyr id."""
        rows = [
            (
                patient.id,
                patient.emr_id,
                patient.care_unit_id,
                patient.first_name,
                patient.last_name,
                patient.external_id,
                json.dumps(patient.phones),
                json.dumps(patient.emails),
            )
            for patient in patients
        ]
        with self._lock:
            self._connection.executemany(
                "INSERT INTO patient (id, emr_id, care_unit_id, first_name, last_name, external_id, phones, emails)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name,"
                " last_name = excluded.last_name, phones = excluded.phones, emails = excluded.emails",
                rows,
            )

    def patients(self) -> list[Patient]:
        """Everybody, in the order they were created."""
        return self._patients("ORDER BY number")

    def patient_by_emr_id(self, emr_id: str) -> Patient | None:
        return next(iter(self._patients("WHERE emr_id = ?", (emr_id,))), None)

    def patient_by_external_id(self, external_id: str) -> Patient | None:
        return next(iter(self._patients("WHERE external_id = ?", (external_id,))), None)

    def patient_count(self) -> int:
        return int(self._rows("SELECT count(*) FROM patient")[0][0])

    def save_appointment(self, appointment: Appointment) -> None:
        """Write the appointment, in place of the one with the same id."""
        row = (
            appointment.id,
            appointment.status,
            appointment.care_unit_id,
            appointment.resource_id,
            appointment.healthcare_service_id,
            appointment.patient_emr_id,
            *_seconds(appointment.span),
            appointment.comment,
            appointment.cancels,
        )
        self._rows("INSERT OR REPLACE INTO appointment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def appointment(self, appointment_id: str) -> Appointment | None:
        rows = self._rows("SELECT * FROM appointment WHERE id = ?", (appointment_id,))
        return _appointment(rows[0]) if rows else None

    def appointments(self) -> list[Appointment]:
        """Every stored appointment, whatever its status, by start."""
        return [_appointment(row) for row in self._rows("SELECT * FROM appointment ORDER BY start, id")]

    def appointments_within(self, span: Span) -> list[Appointment]:
        """Every stored appointment that overlaps `span`, whatever its status, by start."""
        start, end = _seconds(span)
        query = 'SELECT * FROM appointment WHERE start < ? AND "end" > ? ORDER BY start, id'
        return [_appointment(row) for row in self._rows(query, (end, start))]

    def ids_starting_with(self, start: str) -> frozenset[str]:
        """The ids of the stored appointments that start with `start`."""
        return frozenset(row[0] for row in self._rows("SELECT id FROM appointment WHERE id GLOB ?", (f"{start}*",)))

    def save_block(self, block_id: str, resource_id: str, span: Span) -> None:
        self._rows("INSERT INTO block VALUES (?, ?, ?, ?)", (block_id, resource_id, *_seconds(span)))

    def delete_block(self, block_id: str) -> bool:
        """Whether there was such a block."""
        return bool(self._rows("DELETE FROM block WHERE id = ? RETURNING id", (block_id,)))

    def blocks_within(self, span: Span) -> list[tuple[str, Span]]:
        """The resource id and time of every block that overlaps `span`."""
        start, end = _seconds(span)
        rows = self._rows('SELECT resource_id, start, "end" FROM block WHERE start < ? AND "end" > ?', (end, start))
        return [(resource_id, _span(start, end)) for resource_id, start, end in rows]

    def _rows(self, query: str, values: tuple[str | int | None, ...] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def _patients(self, ending: str, values: tuple[str, ...] = ()) -> list[Patient]:
        columns = "id, emr_id, care_unit_id, first_name, last_name, external_id, phones, emails"
        query = f"SELECT {columns} FROM patient {ending}"  # noqa: S608 - the endings are the literals above
        return [
            Patient(*row[:6], *(tuple(json.loads(words)) for words in row[6:])) for row in self._rows(query, values)
        ]

    def _version(self) -> int:
        return int(self._rows("PRAGMA user_version")[0][0])

    def _make_tables(self) -> None:
        for (table,) in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            self._rows(f'DROP TABLE "{table}"')
        self._connection.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {_VERSION};COMMIT;")


def _seconds(span: Span) -> tuple[int, int]:
    return int(span.start.timestamp()), int(span.end.timestamp())


def _span(start: int, end: int) -> Span:
    return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


def _appointment(row: tuple) -> Appointment:  # type: ignore[type-arg]
    appointment_id, status, care_unit, resource, service, patient, start, end, comment, cancels = row
    return Appointment(
        appointment_id, status, care_unit, resource, service, patient, _span(start, end), comment, cancels
    )

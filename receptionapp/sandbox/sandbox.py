"""One Leyr server with one clinic behind it: its state, its switches, its faults, and changes from outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from receptionapp.sandbox.booking import Booking, new_id
from receptionapp.sandbox.calendar import Span, Timeslot, instant
from receptionapp.sandbox.clinic import CARE_UNITS, PROFILES, CareUnit, Resource, Settings
from receptionapp.sandbox.diary import Diary
from receptionapp.sandbox.errors import refused
from receptionapp.sandbox.faults import FaultPlan
from receptionapp.sandbox.people import Patient, made_up_patients
from receptionapp.sandbox.store import BOOKED, CANCELLED, UNLISTED, Appointment, Store


class OutsideChanges:
    """Changes as if done in Konfidens, unchecked. Raises LeyrProblem `INVALID_RESOURCE_ID`,
    `INVALID_APPOINTMENT_ID`."""

    def __init__(self, store: Store, diary: Diary, care_units: tuple[CareUnit, ...]) -> None:
        self._store = store
        self._diary = diary
        self._resources = {resource.id: resource for unit in care_units for resource in unit.resources}

    def book(
        self,
        resource_id: str,
        start: datetime,
        end: datetime,
        *,
        healthcare_service_id: str | None = None,
        patient_emr_id: str | None = None,
        status: str = BOOKED,
    ) -> Appointment:
        """An appointment made in the EHR; `status` may be a word that Leyr does not document."""
        resource = self._resource(resource_id)
        appointment = Appointment(
            id=new_id(),
            status=status,
            care_unit_id=resource.care_unit_id,
            resource_id=resource_id,
            healthcare_service_id=healthcare_service_id,
            patient_emr_id=patient_emr_id,
            span=_span(start, end),
        )
        self._store.save_appointment(appointment)
        return appointment

    def set_status(self, appointment_id: str, status: str) -> Appointment:
        """Any appointment, whoever made it, with another status; `cancelled` frees its time."""
        with self._store.transaction():
            appointment = self._diary.appointment(appointment_id)
            if appointment is None:
                raise refused("INVALID_APPOINTMENT_ID", "The appointment does not exist.")
            changed = replace(appointment, status=status)
            self._store.save_appointment(changed)
            return changed

    def cancel(self, appointment_id: str) -> Appointment:
        return self.set_status(appointment_id, CANCELLED)

    def block(self, resource_id: str, start: datetime, end: datetime) -> str:
        """Take time for something without a patient ("activity", 9.1). Gives the id of the block."""
        block_id = new_id()
        self._store.save_block(block_id, self._resource(resource_id).id, _span(start, end))
        return block_id

    def unblock(self, block_id: str) -> bool:
        """Whether there was such a block to remove."""
        return self._store.delete_block(block_id)

    def _resource(self, resource_id: str) -> Resource:
        if resource_id not in self._resources:
            raise refused("INVALID_RESOURCE_ID", "The resource does not exist.")
        return self._resources[resource_id]


def _span(start: datetime, end: datetime) -> Span:
    return Span(start.astimezone(UTC), end.astimezone(UTC))


PRACTICE_CLIENT_ID = "practice"
PRACTICE_CLIENT_SECRET = "practice-secret"  # noqa: S105 - opens nothing but made-up people

UNLISTED_APPOINTMENT_ID = "A_unlisted-status"
"""The fixture appointment whose status no page lists (11); on 7 January 2026, so that it takes no future time."""


class Sandbox:
    """A made-up clinic group behind Leyr, usable from any thread. `settings` may be replaced; `faults` and `outside`
    make things go wrong."""

    def __init__(
        self,
        profile: str = "konfidens",
        *,
        file: Path | None = None,
        now: Callable[[], datetime],
        seed: int = 1,
        settings: Settings | None = None,
        care_units: tuple[CareUnit, ...] = CARE_UNITS,
    ) -> None:
        """A clinic in `file`, or in memory. The same `seed` gives the same clinic. Raises KeyError (profile),
        sqlite3.Error."""
        self.profile = PROFILES[profile]
        self.settings = settings or Settings()
        self.client_id = PRACTICE_CLIENT_ID
        self.client_secret = PRACTICE_CLIENT_SECRET
        self.care_units = care_units
        self.faults = FaultPlan()
        self._now = now
        self.store = Store(file)
        self.diary = Diary(self.store, self.care_units, seed)
        self.outside = OutsideChanges(self.store, self.diary, self.care_units)
        if self.store.is_new:
            self._fill(seed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Nothing may be asked afterwards."""
        self.store.close()

    def now(self) -> datetime:
        """The time of the sandbox, in UTC."""
        return self._now().astimezone(UTC)

    def care_unit(self, care_unit_id: str) -> CareUnit | None:
        return next((unit for unit in self.care_units if unit.id == care_unit_id), None)

    def booking(self, unit: CareUnit) -> Booking:
        """How appointments of `unit` change, by the settings and the time of this moment."""
        return Booking(self.store, self.diary, unit, self.settings, self.now(), self.profile.two_step)

    def appointments(self) -> list[Appointment]:
        """The truth: every appointment that came through Leyr or was changed since, whatever its status, by start."""
        return self.store.appointments()

    def free_timeslots(self, care_unit_id: str, start: datetime, end: datetime) -> list[Timeslot]:
        """What a client is offered of a care unit from `start` up to `end`. Raises KeyError for an unknown unit."""
        unit = self.care_unit(care_unit_id)
        if unit is None:
            raise KeyError(care_unit_id)
        span = Span(start.astimezone(UTC), end.astimezone(UTC))
        return self.diary.free_timeslots(unit.resources, unit.services, span, self.now())

    def patients(self) -> list[Patient]:
        """Everybody the EHR knows."""
        return self.store.patients()

    def _fill(self, seed: int) -> None:
        with self.store.transaction():
            patients = made_up_patients(seed, tuple(unit.id for unit in self.care_units))
            self.store.save_patients(*patients)
            resource = self.care_units[0].resources[0]
            day = datetime(2026, 1, 7, tzinfo=UTC).date()
            self.store.save_appointment(
                Appointment(
                    id=UNLISTED_APPOINTMENT_ID,
                    status=UNLISTED,
                    care_unit_id=resource.care_unit_id,
                    resource_id=resource.id,
                    healthcare_service_id=resource.services[0].id,
                    patient_emr_id=patients[0].emr_id,
                    span=Span(instant(day, 10 * 60), instant(day, 10 * 60 + resource.services[0].minutes)),
                )
            )

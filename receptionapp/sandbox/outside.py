"""What people do in the EHR itself, without a word to the client of Leyr."""

from dataclasses import replace
from datetime import UTC, datetime

from receptionapp.sandbox.appointment import BOOKED, CANCELLED, Appointment
from receptionapp.sandbox.booking import new_id
from receptionapp.sandbox.calendar import Span
from receptionapp.sandbox.clinic import CareUnit, Resource
from receptionapp.sandbox.diary import Diary
from receptionapp.sandbox.errors import refused
from receptionapp.sandbox.store import Store


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

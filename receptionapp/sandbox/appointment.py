"""An appointment as the EHR holds it."""

from dataclasses import dataclass

from receptionapp.sandbox.calendar import Span

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

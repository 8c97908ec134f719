"""The life of an appointment: booked, moved, cancelled, confirmed. Each change is one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from receptionapp.sandbox.calendar import Span
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource, Settings
from receptionapp.sandbox.diary import Diary
from receptionapp.sandbox.errors import refused
from receptionapp.sandbox.people import Patient
from receptionapp.sandbox.store import AWAITING_CONFIRMATION, BOOKED, CANCELLED, UNLISTED, Appointment, Store

CONFIRMATION_CODE = "1234"
"""The code that the patient would get by SMS; always the same here (11)."""


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """What POST appointments asks for. No resource or no service: whichever is free then (3.9)."""

    span: Span
    patient: Patient
    resource: Resource | None
    service: HealthcareService | None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """Writes to the diary of one care unit, for one call. Raises LeyrProblem and changes nothing where a rule says no:
    also `INVALID_APPOINTMENT_ID` and `INVALID_COMMENT_LENGTH` (both DOC 6.3)."""

    store: Store
    diary: Diary
    unit: CareUnit
    settings: Settings
    now: datetime
    two_step: bool
    """Whether bookings and cancellations wait for a code (DOC 4.3, 4.4)."""

    def book(self, wish: BookingRequest) -> Appointment:
        """A new appointment in a free timeslot: `NO_TIMESLOTS_AVAILABLE` (DOC 6.3), `AMBIGUOUS_TIMESLOTS` (INF 3.9)."""
        self._check_comment(wish.comment)
        with self.store.transaction():
            resources = (wish.resource,) if wish.resource else self.unit.resources
            services = (wish.service,) if wish.service else self.unit.services
            free = self.diary.free_timeslots(resources, services, _first_moment(wish.span), self.now)
            fitting = [timeslot for timeslot in free if timeslot.span == wish.span]
            if not fitting:
                raise refused("NO_TIMESLOTS_AVAILABLE", "No timeslots are available for the given values.")
            if len(fitting) > 1:
                raise refused("AMBIGUOUS_TIMESLOTS", "More than one timeslot fits the given values.")
            appointment = Appointment(
                id=new_id(),
                status=self._first_status(),
                care_unit_id=self.unit.id,
                resource_id=fitting[0].resource_id,
                healthcare_service_id=fitting[0].healthcare_service_id,
                patient_emr_id=wish.patient.emr_id,
                span=wish.span,
                comment=wish.comment,
            )
            self.store.save_appointment(appointment)
            return appointment

    def cancel(self, appointment_id: str, comment: str | None) -> Appointment:
        """The cancelled appointment; in two steps a *new* one that waits for a code (DOC 4.4). No deadline (question
        16)."""
        self._check_comment(comment)
        with self.store.transaction():
            appointment = self.existing(appointment_id)
            if appointment.status == CANCELLED:
                if self.settings.second_cancel == "invalid_appointment_id":
                    raise refused("INVALID_APPOINTMENT_ID", "The appointment is cancelled already.")
                return appointment
            cancelled = replace(
                appointment, status=CANCELLED, comment=appointment.comment if comment is None else comment
            )
            if self.two_step:
                cancelled = replace(cancelled, id=new_id(), status=AWAITING_CONFIRMATION, cancels=appointment.id)
            self.store.save_appointment(cancelled)
            return cancelled

    def move(
        self, appointment_id: str, span: Span | None, resource: Resource | None, comment: str | None
    ) -> Appointment:
        """At another time, with another resource or comment (DOC 5); what is not given stays.
        `NO_TIMESLOTS_AVAILABLE`."""
        self._check_comment(comment)
        with self.store.transaction():
            old = self.existing(appointment_id)
            moved = replace(
                old,
                span=span or old.span,
                resource_id=resource.id if resource else old.resource_id,
                comment=old.comment if comment is None else comment,
            )
            if span or resource:
                self._check_free(old, moved)
                if self.settings.move_changes_id:
                    self.store.save_appointment(replace(old, status=CANCELLED))
                    moved = replace(moved, id=new_id())
            self.store.save_appointment(moved)
            return moved

    def confirm(self, appointment_id: str, code: str) -> Appointment:
        """The booking or cancellation that the code lets take effect (DOC 4.3, 4.4; status after it, `BAD_INPUT`:
        INF)."""
        with self.store.transaction():
            waiting = self.existing(appointment_id)
            if waiting.status != AWAITING_CONFIRMATION:
                raise refused("BAD_INPUT", "The appointment does not wait for a code.")
            if code != CONFIRMATION_CODE:
                raise refused("BAD_INPUT", "The code is wrong.", path="confirmation")
            if waiting.cancels:
                self.store.save_appointment(replace(self.existing(waiting.cancels), status=CANCELLED))
            confirmed = replace(waiting, status=CANCELLED if waiting.cancels else BOOKED)
            self.store.save_appointment(confirmed)
            return confirmed

    def existing(self, appointment_id: str) -> Appointment:
        """The appointment, which must be of this care unit (INF 3.11, from the path)."""
        appointment = self.diary.appointment(appointment_id, self.now)
        if appointment is None or appointment.care_unit_id != self.unit.id:
            status = self.settings.unknown_id_status
            raise refused("INVALID_APPOINTMENT_ID", "The appointment does not exist.", status=status)
        return appointment

    def _first_status(self) -> str:
        if self.settings.booking_status == "unlisted":
            return UNLISTED
        return AWAITING_CONFIRMATION if self.two_step else BOOKED

    def _check_free(self, old: Appointment, moved: Appointment) -> None:
        resource = self.unit.resource(moved.resource_id)
        service = self.unit.service(moved.healthcare_service_id or "")
        free = self.diary.free_timeslots(
            (resource,) if resource else (),
            (service,) if service else (),
            _first_moment(moved.span),
            self.now,
            without=None if self.settings.own_timeslot_counts_as_busy else old,
        )
        if not any(timeslot.span == moved.span for timeslot in free):
            raise refused("NO_TIMESLOTS_AVAILABLE", "No timeslots are available for the given values.")

    def _check_comment(self, comment: str | None) -> None:
        limit = self.settings.comment_limit
        if comment and len(comment) > limit:
            raise refused("INVALID_COMMENT_LENGTH", f"A comment has at most {limit} characters.")


def new_id() -> str:
    """An id for an appointment or a block."""
    return f"A_{uuid4()}"


def _first_moment(span: Span) -> Span:
    """Only timeslots that start when `span` does start within this."""
    return Span(span.start, span.start + timedelta(seconds=1))

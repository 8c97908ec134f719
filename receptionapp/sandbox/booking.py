"""The life of an appointment: booked, moved, cancelled, confirmed. Each change is one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from receptionapp.sandbox.appointment import AWAITING_CONFIRMATION, BOOKED, CANCELLED, Appointment
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.clinic_time import Span
from receptionapp.sandbox.diary import Diary
from receptionapp.sandbox.errors import refused
from receptionapp.sandbox.people import Patient
from receptionapp.sandbox.settings import Settings
from receptionapp.sandbox.store import Store

CONFIRMATION_CODE = "1234"
"""The code that the patient would get by SMS; always the same here (11)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What POST appointments asks for. No resource or no service: whichever is free then (3.9)."""

    span: Span
    patient: Patient | None
    resource: Resource | None
    service: HealthcareService | None
    comment: str | None = None


class Booking:
    """Writes to the diary. Raises LeyrProblem and changes nothing where a rule says no."""

    def __init__(self, store: Store, diary: Diary) -> None:
        self._store = store
        self._diary = diary

    def book(
        self, unit: CareUnit, wish: Wish, settings: Settings, now: datetime, *, status: str = BOOKED
    ) -> Appointment:
        """A new appointment in a timeslot that is free at this moment.

        Raises LeyrProblem: `NO_TIMESLOTS_AVAILABLE` (DOC 6.3), `AMBIGUOUS_TIMESLOTS` when several fit (INF 3.9),
        `INVALID_COMMENT_LENGTH` (DOC 6.3).
        """
        _check_comment(wish.comment, settings)
        with self._store.transaction():
            fitting = [
                timeslot
                for timeslot in self._diary.free_timeslots(
                    (wish.resource,) if wish.resource else unit.resources,
                    (wish.service,) if wish.service else unit.services,
                    _first_moment(wish.span),
                    now,
                )
                if timeslot.span == wish.span
            ]
            if not fitting:
                raise refused("NO_TIMESLOTS_AVAILABLE", "No timeslots are available for the given values.")
            if len(fitting) > 1:
                raise refused("AMBIGUOUS_TIMESLOTS", "More than one timeslot fits the given values.")
            appointment = Appointment(
                id=new_id(),
                status=status,
                care_unit_id=unit.id,
                resource_id=fitting[0].resource_id,
                healthcare_service_id=fitting[0].healthcare_service_id,
                patient_emr_id=wish.patient.emr_id if wish.patient else None,
                span=wish.span,
                comment=wish.comment,
            )
            self._store.save_appointment(appointment)
            return appointment

    def cancel(
        self, appointment_id: str, comment: str | None, settings: Settings, now: datetime, *, two_step: bool
    ) -> Appointment:
        """The cancelled appointment; in two steps a *new* one that waits for a code while the old stands (DOC 4.4).

        Raises LeyrProblem: `INVALID_APPOINTMENT_ID`, `INVALID_COMMENT_LENGTH`.
        """
        _check_comment(comment, settings)
        with self._store.transaction():
            appointment = self.existing(appointment_id, settings, now)
            if appointment.status == CANCELLED:
                if settings.second_cancel == "invalid_appointment_id":
                    raise refused("INVALID_APPOINTMENT_ID", "The appointment is cancelled already.")
                return appointment
            comment = appointment.comment if comment is None else comment
            if two_step:
                cancelled = replace(
                    appointment, id=new_id(), status=AWAITING_CONFIRMATION, comment=comment, cancels=appointment.id
                )
            else:
                cancelled = replace(appointment, status=CANCELLED, comment=comment)
            self._store.save_appointment(cancelled)
            return cancelled

    def move(
        self,
        unit: CareUnit,
        appointment_id: str,
        span: Span | None,
        resource: Resource | None,
        comment: str | None,
        settings: Settings,
        now: datetime,
    ) -> Appointment:
        """The appointment at another time, with another resource, or with another comment (DOC 5).

        What is not given stays. Raises LeyrProblem: `INVALID_APPOINTMENT_ID`, `NO_TIMESLOTS_AVAILABLE`,
        `INVALID_COMMENT_LENGTH`.
        """
        _check_comment(comment, settings)
        with self._store.transaction():
            old = self.existing(appointment_id, settings, now)
            moved = replace(
                old,
                span=span or old.span,
                resource_id=resource.id if resource else old.resource_id,
                comment=old.comment if comment is None else comment,
            )
            if span or resource:
                self._check_free(unit, old, moved, settings, now)
            if settings.move_changes_id and moved != old:
                self._store.save_appointment(replace(old, status=CANCELLED))
                moved = replace(moved, id=new_id())
            self._store.save_appointment(moved)
            return moved

    def confirm(self, appointment_id: str, code: str, settings: Settings, now: datetime) -> Appointment:
        """The booking or cancellation that the code lets take effect (DOC 4.3, 4.4; the status after it is INF).

        Raises LeyrProblem: `INVALID_APPOINTMENT_ID`; `BAD_INPUT` for a wrong code or when none is awaited (INF).
        """
        with self._store.transaction():
            waiting = self.existing(appointment_id, settings, now)
            if waiting.status != AWAITING_CONFIRMATION:
                raise refused("BAD_INPUT", "The appointment does not wait for a code.")
            if code != CONFIRMATION_CODE:
                raise refused("BAD_INPUT", "The code is wrong.", path="confirmation")
            if waiting.cancels:
                original = self.existing(waiting.cancels, settings, now)
                self._store.save_appointment(replace(original, status=CANCELLED))
            confirmed = replace(waiting, status=CANCELLED if waiting.cancels else BOOKED)
            self._store.save_appointment(confirmed)
            return confirmed

    def existing(self, appointment_id: str, settings: Settings, now: datetime) -> Appointment:
        """The appointment. Raises LeyrProblem: `INVALID_APPOINTMENT_ID` (DOC 6.3)."""
        appointment = self._diary.appointment(appointment_id, now)
        if appointment is None:
            status = settings.unknown_id_status
            raise refused("INVALID_APPOINTMENT_ID", "The appointment does not exist.", status=status)
        return appointment

    def _check_free(
        self, unit: CareUnit, old: Appointment, moved: Appointment, settings: Settings, now: datetime
    ) -> None:
        resource, service = unit.resource(moved.resource_id), unit.service(moved.healthcare_service_id or "")
        timeslots = self._diary.free_timeslots(
            (resource,) if resource else (),
            (service,) if service else (),
            _first_moment(moved.span),
            now,
            without=None if settings.own_timeslot_counts_as_busy else old,
        )
        if not any(timeslot.span == moved.span for timeslot in timeslots):
            raise refused("NO_TIMESLOTS_AVAILABLE", "No timeslots are available for the given values.")


def new_id() -> str:
    """An id for an appointment or a block."""
    return f"A_{uuid4()}"


def _first_moment(span: Span) -> Span:
    """Timeslots that start exactly when `span` does start within this."""
    return Span(span.start, span.start + timedelta(seconds=1))


def _check_comment(comment: str | None, settings: Settings) -> None:
    if comment and len(comment) > settings.comment_limit:
        raise refused("INVALID_COMMENT_LENGTH", f"A comment has at most {settings.comment_limit} characters.")

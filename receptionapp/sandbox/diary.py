"""The EHR's appointment book: what the clinic booked by itself, what came through Leyr, and what is still free."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from receptionapp.sandbox.appointment import COMPLETED, Appointment
from receptionapp.sandbox.calendar import Timeslot, free_timeslots
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.clinic_time import Span, clinic_dates, instant
from receptionapp.sandbox.outside_bookings import OUTSIDE_ID_START, outside_bookings, place_of
from receptionapp.sandbox.store import Store


class Diary:
    """Appointments and free time. An outside booking is computed until something changes it; then it is stored."""

    def __init__(self, store: Store, care_units: tuple[CareUnit, ...], seed: int) -> None:
        self._store = store
        self._resources = {resource.id: resource for unit in care_units for resource in unit.resources}
        self._seed = seed

    def appointment(self, appointment_id: str, now: datetime | None = None) -> Appointment | None:
        """The appointment with this id, whoever made it; None if there is none. `now` completes past visits."""
        stored = self._store.appointment(appointment_id)
        if stored:
            return stored
        resource_id, day = place_of(appointment_id) or (None, None)
        if day is None or resource_id not in self._resources:
            return None
        bookings = outside_bookings(self._seed, self._resources[resource_id], day)
        return next((_as_of(now, booking) for booking in bookings if booking.id == appointment_id), None)

    def appointments(self, resources: Iterable[Resource], span: Span, now: datetime) -> list[Appointment]:
        """The appointments of `resources` that overlap `span`, whatever their status, by start."""
        resources = tuple(resources)
        wanted = {resource.id for resource in resources}
        found = [
            appointment
            for appointment in self._store.appointments_within(span)
            if appointment.resource_id in wanted and appointment.cancels is None
        ]
        changed = self._store.ids_starting_with(OUTSIDE_ID_START)
        for day in clinic_dates(span.start, span.end):
            for resource in resources:
                found += (
                    _as_of(now, booking)
                    for booking in outside_bookings(self._seed, resource, day)
                    if booking.span.overlaps(span) and booking.id not in changed
                )
        return sorted(found, key=lambda appointment: (appointment.span, appointment.id))

    def free_timeslots(
        self,
        resources: Iterable[Resource],
        services: Iterable[HealthcareService],
        span: Span,
        now: datetime,
        *,
        without: Appointment | None = None,
    ) -> list[Timeslot]:
        """The timeslots that start within `span` and after `now`, by start; those that `without` takes are free."""
        services = frozenset(services)
        offering = [resource for resource in resources if services.intersection(resource.services)]
        days = tuple(clinic_dates(span.start, span.end))
        whole_days = Span(instant(days[0], 0), instant(days[-1], 1440))
        stored = self._stored_time(whole_days, without)
        changed = self._store.ids_starting_with(OUTSIDE_ID_START) | ({without.id} if without else frozenset())
        found = [
            timeslot
            for resource in offering
            for day in days
            for timeslot in free_timeslots(
                resource,
                services,
                day,
                stored[resource.id]
                + [b.span for b in outside_bookings(self._seed, resource, day) if b.id not in changed],
            )
            if span.start <= timeslot.span.start < span.end and timeslot.span.start > now
        ]
        return sorted(found, key=lambda timeslot: timeslot.span)

    def _stored_time(self, span: Span, without: Appointment | None) -> defaultdict[str, list[Span]]:
        """Resource id to what stored appointments and blocks take of `span`."""
        taken = defaultdict(list)
        for appointment in self._store.appointments_within(span):
            if appointment.takes_time and (without is None or appointment.id != without.id):
                taken[appointment.resource_id].append(appointment.span)
        for resource_id, block in self._store.blocks_within(span):
            taken[resource_id].append(block)
        return taken


def _as_of(now: datetime | None, booking: Appointment) -> Appointment:
    """The EHR completes past visits (DOC 4.1); nobody has touched this one."""
    return replace(booking, status=COMPLETED) if now and booking.span.end <= now else booking

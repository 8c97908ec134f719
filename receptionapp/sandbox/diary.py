"""The EHR's appointment book: what the clinic booked by itself, what came through Leyr, and what is free."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from random import Random

from receptionapp.sandbox.calendar import (
    Span,
    Timeslot,
    clinic_dates,
    free_timeslots,
    instant,
    is_in_the_calendar,
    working_spans,
)
from receptionapp.sandbox.clinic import CareUnit, HealthcareService, Resource
from receptionapp.sandbox.people import SEEDED_PATIENTS, seeded_emr_id
from receptionapp.sandbox.store import BOOKED, COMPLETED, Appointment, Store

OUTSIDE_ID_START = "K-"
_LONGEST_RUN = 4
_WEEKDAY_EFFECT = (1.15, 1.1, 1.0, 0.95, 0.8, 1.0, 1.0)  # everyone wants Monday, nobody Friday afternoon


@lru_cache(maxsize=1024)
def outside_bookings(seed: int, resource: Resource, day: date) -> tuple[Appointment, ...]:
    """The appointments of `resource` on `day`, in order; never by the clock, so a day does not fill up meanwhile."""
    rng = Random(f"{seed}/{resource.id}/{day}")  # noqa: S311 - made-up bookings, not secrets
    share = min(0.95, resource.demand * _WEEKDAY_EFFECT[day.weekday()] * rng.uniform(0.85, 1.25))
    booked = (
        booking for working in working_spans(resource, day) for booking in _clusters(rng, resource, working, share)
    )
    return tuple(
        Appointment(
            id=f"{OUTSIDE_ID_START}{day:%Y%m%d}-{number}-{resource.id}",
            status=BOOKED,
            care_unit_id=resource.care_unit_id,
            resource_id=resource.id,
            healthcare_service_id=service.id,
            patient_emr_id=seeded_emr_id(rng.randrange(SEEDED_PATIENTS)),
            span=span,
        )
        for number, (service, span) in enumerate(booked)
    )


def place_of(appointment_id: str) -> tuple[str, date] | None:
    """The resource id and date of an outside booking, read from its id; None for any other id."""
    parts = appointment_id.removeprefix(OUTSIDE_ID_START).split("-", 2)
    if len(parts) != 3:
        return None
    try:
        day = date.fromisoformat(parts[0])
    except ValueError:
        return None
    return (parts[2], day) if is_in_the_calendar(day) else None


def _clusters(rng: Random, resource: Resource, working: Span, share: float) -> Iterator[tuple[HealthcareService, Span]]:
    """Runs of bookings back to back with gaps between, as on a real day; about `share` of the time is booked."""
    mean_length = sum((service.length for service in resource.services), start=resource.step * 0)
    mean_run = mean_length / len(resource.services) * (1 + _LONGEST_RUN) / 2
    mean_gap = mean_run * (1 - share) / share
    start = working.start
    booking = rng.random() < share
    while start < working.end:
        if not booking:
            start += max(1, round(mean_gap * rng.uniform(0.4, 1.6) / resource.step)) * resource.step
        else:
            for _ in range(rng.randint(1, _LONGEST_RUN)):
                fitting = [service for service in resource.services if start + service.length <= working.end]
                if not fitting:
                    return
                service = rng.choice(fitting)
                yield service, Span(start, start + service.length)
                start += service.length
        booking = not booking


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

"""What the clinic has booked by itself, in the EHR: made up for each resource and date, the same on every look."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from random import Random

from receptionapp.sandbox.appointment import BOOKED, Appointment
from receptionapp.sandbox.calendar import working_spans
from receptionapp.sandbox.clinic import HealthcareService, Resource
from receptionapp.sandbox.clinic_time import Span, is_in_the_calendar
from receptionapp.sandbox.people import SEEDED_PATIENTS, seeded_emr_id

OUTSIDE_ID_START = "K-"
_LONGEST_RUN = 4
_WEEKDAY_EFFECT = (1.15, 1.1, 1.0, 0.95, 0.8, 1.0, 1.0)  # everyone wants Monday, nobody Friday afternoon


@lru_cache(maxsize=1024)
def outside_bookings(seed: int, resource: Resource, day: date) -> tuple[Appointment, ...]:
    """The appointments of `resource` on `day`, in order. They depend on the arguments alone, never on the clock:
    a day does not fill up silently while somebody practises.
    """
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

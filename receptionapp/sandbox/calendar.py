"""From working hours to free timeslots. Nothing is stored slot by slot, so any date in the future works."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from receptionapp.sandbox.clinic import HealthcareService, Resource
from receptionapp.sandbox.clinic_time import Span, instant
from receptionapp.sandbox.public_holidays import public_holidays


@dataclass(frozen=True, slots=True)
class Timeslot:
    """A free time of one resource for one service (`leyr-api.md` 3.5)."""

    span: Span
    resource_id: str
    healthcare_service_id: str


@lru_cache(maxsize=1024)
def working_spans(resource: Resource, day: date) -> tuple[Span, ...]:
    """When `resource` works on `day`, in order and apart from each other; empty on its days off and on holidays."""
    if day in public_holidays(day.year) and not resource.open_on_holidays:
        return ()
    return tuple(Span(instant(day, start), instant(day, end)) for start, end in resource.week[day.weekday()])


def free_timeslots(
    resource: Resource, services: Collection[HealthcareService], day: date, taken: Iterable[Span]
) -> Iterator[Timeslot]:
    """Every timeslot of `services` that fits in the working time of `day` between what is `taken`.

    Timeslots start on the resource's own steps, counted from when it comes to work, so those of a service that is
    longer than the step overlap each other (INF 3.5). A service that the resource does not offer gives none.
    """
    taken = sorted(taken)
    offered = [service for service in resource.services if service in services]
    for working in working_spans(resource, day):
        for gap in _gaps(working, taken):
            for service in offered:
                for span in _fitting(gap, service, working.start, resource):
                    yield Timeslot(span, resource.id, service.id)


def _gaps(working: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What is left of `working` without `taken`, which is sorted."""
    free_from = working.start
    for span in taken:
        if not span.overlaps(working):
            continue
        if span.start > free_from:
            yield Span(free_from, span.start)
        free_from = max(free_from, span.end)
    if free_from < working.end:
        yield Span(free_from, working.end)


def _fitting(gap: Span, service: HealthcareService, first_step: datetime, resource: Resource) -> Iterator[Span]:
    steps_before = -((first_step - gap.start) // resource.step)
    start = first_step + steps_before * resource.step
    while (end := start + service.length) <= gap.end:
        yield Span(start, end)
        start += resource.step

"""Days of the practice clinic as the book shows them, straight from the stand-in for Leyr."""

from collections.abc import Iterator
from datetime import date, timedelta

import made_up_days as made_up

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from receptionapp.sandbox import Sandbox
from receptionapp.store.snapshot import split_by_column, without_taken
from tests.clocks import SuiteClock

FIRST = date(2026, 11, 30)


def practice_pages(days: int, *, one_service: bool) -> Iterator[Page]:
    """So many days of the first care unit, with three appointments of ours on each that has free times. With one
    service, that of each day in turn."""
    with Sandbox("konfidens", now=SuiteClock()) as sandbox:
        unit = sandbox.care_units[0]
        clinic = Clinic(
            CareUnit(unit.id, unit.name),
            tuple(Resource(r.id, r.name) for r in unit.resources),
            tuple(HealthcareService(s.id, s.name) for s in unit.services),
        )
        for number in range(days):
            day = FIRST + timedelta(days=number)
            start, end = day_bounds(day, made_up.OSLO)
            slots = [
                Timeslot(s.span.start, s.span.end, s.resource_id, s.healthcare_service_id)
                for s in sandbox.free_timeslots(unit.id, start, end)
            ]
            ours = tuple(made_up.appointment(n, slot) for n, slot in enumerate(slots[:: max(len(slots) // 3, 1)][:3]))
            service = clinic.services[number % len(clinic.services)].id if one_service else None
            yield _page(clinic, day, [s for s in slots if service in (None, s.healthcare_service_id)], ours, service)


def _page(
    clinic: Clinic, day: date, slots: list[Timeslot], ours: tuple[OwnAppointment, ...], service: str | None
) -> Page:
    split = split_by_column(slots, [day], [r.id for r in clinic.resources], made_up.OSLO)
    columns = []
    for (_, resource), free in split.items():
        own = tuple(a for a in ours if a.timeslot.resource_id == resource)
        columns.append(ResourceDay(day, resource, without_taken(free, own), own))
    return Page(clinic, made_up.OSLO, ViewSpan.DAY, tuple(columns), service)

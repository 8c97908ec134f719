"""A made-up Norwegian clinic, with days of any size, for the book's tests, pictures and benchmark."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import CareUnit, Clinic, HealthcareService, Resource
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from receptionapp.domain.patient import Person

OSLO = ZoneInfo("Europe/Oslo")
TUESDAY = date(2026, 11, 24)
RESOURCES = (
    "Ane Ødegård",
    "Bo Lindqvist",
    "Kari Sæther-Nygård",
    "Mohammed Al-Rashid",
    "Siri Bjørnstad",
    "Tor Erik Håkonsen",
    "Laboratoriet",
    "Akuttrom 2",
)
SERVICES = (
    ("Konsultasjon", 20),
    ("Utvidet konsultasjon", 40),
    ("Blodprøve", 10),
    ("Vaksine", 15),
    ("Svangerskapskontroll", 30),
    ("Førerkortattest", 30),
)
PEOPLE = (
    "Kari Nordmann",
    "Ola Hansen",
    "Ingrid Åsheim",
    "Per-Christian Bjerkeløkken",
    "Fatima Yusuf",
    "Jørgen Ødegaard",
    "Nils Aslak Mikkelsen Sara",
    "Liv Berg",
    "Sigrid D'Angelo",
    "Åse Lund",
)


def clinic(resources: int = 8) -> Clinic:
    """A clinic of any number of resources and six services."""
    names = [RESOURCES[n] if n < len(RESOURCES) else f"Behandler {n + 1}" for n in range(resources)]
    return Clinic(
        CareUnit("unit", "Solsiden legesenter"),
        tuple(Resource(f"r{n}", name) for n, name in enumerate(names)),
        tuple(HealthcareService(f"s{n}", name) for n, (name, _) in enumerate(SERVICES)),
    )


def at(day: date, minutes: int) -> datetime:
    """The instant at wall minutes of a day in Oslo, as Leyr sends it: in UTC."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), OSLO).astimezone(UTC)


def slot(day: date, minutes: int, length: int, resource: str = "r0", service: str = "s0") -> Timeslot:
    start = at(day, minutes)
    return Timeslot(start, start + timedelta(minutes=length), resource, service)


def person(number: int) -> Person:
    first, _, last = PEOPLE[number % len(PEOPLE)].rpartition(" ")
    born = date(1934 + number * 7 % 85, 1 + number % 12, 1 + number * 5 % 28)
    return Person(f"emr_id:{number % len(PEOPLE)}", first, last, born)


def appointment(number: int, timeslot: Timeslot, standing: Standing = Standing.BOOKED) -> OwnAppointment:
    return OwnAppointment(UUID(int=number + 1), "unit", timeslot, person(number), standing, f"a{number}")


def busy_day(day: date, resource: int, *, service: int | None = None, seed: int = 1) -> ResourceDay:
    """A day as a receptionist sees it: free runs, own appointments in every standing, time that is not offered."""
    rng = random.Random(f"{seed}{day}{resource}")
    name = f"r{resource}"
    timeslots: list[Timeslot] = []
    appointments: list[OwnAppointment] = []
    minute = 8 * 60 if resource % 3 else 7 * 60 + 30
    close = 16 * 60 if resource % 4 else 15 * 60
    standings = [*Standing] * 2 + [Standing.BOOKED] * 30
    while minute < close:
        length = rng.choice((20, 20, 40, 30, 60))
        if not 11 * 60 + 20 <= minute < 12 * 60:
            kind = rng.random()
            if kind < 0.42:
                _offer(timeslots, day, minute, length, name, service)
            elif kind < 0.8:
                kept = rng.choice((20, 20, 30, 40))
                taken = slot(day, minute, min(kept, length), name, f"s{rng.randrange(6)}")
                standing = rng.choice(standings)
                appointments.append(appointment(rng.randrange(10**6), taken, standing))
                if standing is Standing.CANCELLED:
                    _offer(timeslots, day, minute, length, name, service)
        minute += length
    return ResourceDay(day, name, tuple(timeslots), tuple(appointments), at(day, 7 * 60))


def _offer(timeslots: list[Timeslot], day: date, minute: int, length: int, name: str, service: int | None) -> None:
    for number, (_, needs) in enumerate(SERVICES):
        if service is None or service == number:
            for start in range(minute, minute + length - needs + 1, max(needs, 10)):
                timeslots.append(slot(day, start, needs, name, f"s{number}"))


def busy_page(
    *, days: int = 1, resources: int = 8, service: int | None = None, first: date = TUESDAY, seed: int = 1
) -> Page:
    """Days × resources as they come on a real morning; two columns are not loaded where there are eight or more."""
    shown = [first + timedelta(days=n) for n in range(days)]
    columns = [
        ResourceDay(day, f"r{n}") if resources >= 8 and n == 5 else busy_day(day, n, service=service, seed=seed)
        for day in shown
        for n in range(resources)
    ]
    chosen = None if service is None else f"s{service}"
    return Page(clinic(resources), OSLO, ViewSpan.DAY if days == 1 else ViewSpan.WEEK, tuple(columns), chosen)


def full_page(*, days: int, resources: int, minutes: int, first: date = TUESDAY) -> Page:
    """A page for the benchmark: ten hours of slots of `minutes`, three of five free, the rest own appointments."""
    columns: list[ResourceDay] = []
    for number in range(days):
        day = first + timedelta(days=number)
        for resource in range(resources):
            name = f"r{resource}"
            slots = [slot(day, 7 * 60 + n * minutes, minutes, name, f"s{n % 6}") for n in range(600 // minutes)]
            own = tuple(
                appointment(n + 1000 * (resource + 1) + 10**6 * number, taken)
                for n, taken in enumerate(slots)
                if (n * 7 + resource) % 5 >= 3
            )
            free = tuple(taken for n, taken in enumerate(slots) if (n * 7 + resource) % 5 < 3)
            columns.append(ResourceDay(day, name, free, own))
    return Page(clinic(resources), OSLO, ViewSpan.DAY if days == 1 else ViewSpan.WEEK, tuple(columns))

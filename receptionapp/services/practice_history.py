"""The appointments that practice mode finds in its ledger, on the page that it shows first and around it."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.patient import Patient, Person
from receptionapp.domain.practice_days import DAYS_AFTER, FirstPage, bookings, lacking
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import LeyrError
from receptionapp.services.patients import person_from_patient

COMMENTS = ("", "", "", "Ringer ved forsinkelse", "Trenger tolk")


async def seed_ledger(
    client: LeyrClient, ledger: Ledger, patients: Sequence[Patient], page: FirstPage, zone: ZoneInfo
) -> None:
    """The first time, add `patients` to the ledger. Whenever the first page lacks appointments, book some of these
    people on and around it. Raises LedgerError, LeyrError; what a write came to is in the ledger then."""
    people = await _known(ledger, [person_from_patient(patient, clinic_day(page.at, zone)) for patient in patients])
    standing = await _standing(ledger, page, zone)
    begins = {day: [own.start for own in ours] for day, ours in standing.items()}
    if not lacking(begins.get(page.day, ()), page.at):
        return
    free = await _free(client, page, standing, zone)
    random = Random(page.day.toordinal())  # noqa: S311, made-up bookings need no secrecy
    busy = {day: {own.person.reference for own in ours} for day, ours in standing.items()}
    for day, slot in bookings(free, begins, page):
        there = busy.setdefault(day, set())
        idle = [person for person in people if person.reference not in there]
        if not idle:
            return
        person = random.choice(idle)
        there.add(person.reference)
        booking = _book(client, ledger, page.care_unit_id, slot, person, random.choice(COMMENTS))
        await _through(asyncio.create_task(booking, name="practice booking"))


async def _known(ledger: Ledger, people: Sequence[Person]) -> Sequence[Person]:
    """Whom of them the ledger knows: all, but for those whose details somebody has wiped."""
    if not await ledger.knows_anybody():
        await ledger.remember_people(people)
    return await ledger.known_people([person.reference for person in people])


async def _standing(ledger: Ledger, page: FirstPage, zone: ZoneInfo) -> dict[date, list[OwnAppointment]]:
    start, _ = day_bounds(clinic_day(page.at, zone), zone)
    _, end = day_bounds(page.day + timedelta(days=DAYS_AFTER), zone)
    found: defaultdict[date, list[OwnAppointment]] = defaultdict(list)
    for own in await ledger.appointments(page.care_unit_id, start, end):
        if own.standing.takes_time:
            found[clinic_day(own.start, zone)].append(own)
    return found


async def _free(
    client: LeyrClient, page: FirstPage, standing: Mapping[date, Sequence[OwnAppointment]], zone: ZoneInfo
) -> dict[date, list[Timeslot]]:
    _, end = day_bounds(page.day + timedelta(days=DAYS_AFTER), zone)
    found: defaultdict[date, list[Timeslot]] = defaultdict(list)
    for service in await client.services(page.care_unit_id):
        for slot in await client.timeslots(page.care_unit_id, page.at, end, service_id=service.id):
            day = clinic_day(slot.start, zone)
            if not any(_takes(own, slot) for own in standing.get(day, ())):
                found[day].append(slot)
    return found


def _takes(own: OwnAppointment, slot: Timeslot) -> bool:
    return own.timeslot.resource_id == slot.resource_id and slot.overlaps(own.start, own.end)


async def _book(
    client: LeyrClient, ledger: Ledger, care_unit_id: str, slot: Timeslot, person: Person, comment: str
) -> None:
    intent, _ = await ledger.prepare_booking(care_unit_id, slot, person, comment or None)
    await ledger.mark_sent(intent.id)
    try:
        answer = await client.book(care_unit_id, slot, person.reference, comment)
    except LeyrError as error:
        settle = ledger.settle_unknown if error.may_have_happened else ledger.settle_refused
        await settle(intent.id, error.problem)
        raise
    await ledger.settle_booked(intent.id, answer)


async def _through(booking: asyncio.Task[None]) -> None:
    """To its end, also when the window is closed meanwhile: a newcomer must not find an outcome that is not known."""
    try:
        await asyncio.shield(booking)
    except asyncio.CancelledError:
        await asyncio.wait([booking])
        raise

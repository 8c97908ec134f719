"""A clinic that has been at work for a while: what practice mode finds in its ledger at the first start."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from receptionapp.domain.patient import Patient
from receptionapp.domain.timeslot import Timeslot
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.services.patients import person_of

SEED = 7
DAYS = 7
APPOINTMENTS = 24


async def rehearse(client: LeyrClient, ledger: Ledger, patients: Iterable[Patient], now: datetime) -> None:
    """Let the ledger know the patients, and book some of them into the week from `now` on, as a desk would have."""
    known = [person_of(patient, now.date()) for patient in patients]
    for person in known:
        await ledger.remember_person(person)
    care_unit = (await client.care_units())[0]
    random = Random(SEED)  # noqa: S311, made-up bookings need no secrecy
    slots: list[Timeslot] = []
    for service in await client.services(care_unit.id):
        slots += await client.timeslots(care_unit.id, now, now + timedelta(days=DAYS), service_id=service.id)
    random.shuffle(slots)
    comments = ("", "", "", "Ringer ved forsinkelse", "Trenger tolk")
    for slot, person in zip(islice(_apart(slots), APPOINTMENTS), random.sample(known, APPOINTMENTS), strict=False):
        comment = random.choice(comments)
        intent, _ = await ledger.prepare_booking(care_unit.id, slot, person, comment or None)
        await ledger.mark_sent(intent.id)
        await ledger.settle_booked(intent.id, await client.book(care_unit.id, slot, person.reference, comment))


def _apart(slots: Iterable[Timeslot]) -> Iterator[Timeslot]:
    """Only such as do not share time with an earlier one of the same resource."""
    taken: list[Timeslot] = []
    for slot in slots:
        if not any(t.resource_id == slot.resource_id and t.overlaps(slot.start, slot.end) for t in taken):
            taken.append(slot)
            yield slot

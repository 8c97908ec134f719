"""Behind the practice clinic: the past that it begins with, and what the tour needs there that no EHR would do."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Protocol

from receptionapp.domain.appointment import CANCELLED, OwnAppointment
from receptionapp.domain.patient import Patient
from receptionapp.domain.timeslot import Timeslot
from receptionapp.ledger.ledger import Ledger
from receptionapp.leyr.client import LeyrClient
from receptionapp.services.patients import person_from_patient
from receptionapp.services.tasks import TaskBag

BOOKINGS = "/api/emrs/*/appointments"
LOST = "drop_after"  # carried out, and then the line is gone
_EARLIEST_BIRTHDAY, _BIRTHDAYS = date(1950, 1, 1), 18_000


class _Span(Protocol):
    @property
    def start(self) -> datetime: ...


class _Held(Protocol):
    @property
    def resource_id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def span(self) -> _Span: ...


class _Faults(Protocol):
    def next_calls(self, fault: str, times: int = 1, *, method: str = "*", path: str = "*") -> None: ...
    def clear(self) -> None: ...


class PracticeClinic(Protocol):
    """The sandbox, as far as the tour goes."""

    @property
    def faults(self) -> _Faults: ...
    def appointments(self) -> Sequence[_Held]: ...


class PracticeControls:
    """Loses an answer when asked to, and looks into the made-up EHR."""

    def __init__(self, clinic: PracticeClinic, tasks: TaskBag) -> None:
        self._clinic = clinic
        self._tasks = tasks
        self._random = Random()  # noqa: S311, made-up people need no secrecy

    def lose_an_answer(self) -> None:
        """The next booking is carried out, and its answer does not come."""
        self._clinic.faults.next_calls(LOST, method="POST", path=BOOKINGS)

    def answer_again(self) -> None:
        """Stop losing answers."""
        self._clinic.faults.clear()

    def look_in_ehr(self, own: OwnAppointment, tell: Callable[[bool], None]) -> None:
        """Tell whether the EHR has this appointment, once it has been read."""
        self._tasks.start(f"read:practice EHR:{own.key}", self._look(own, tell))

    def made_up_number(self) -> str:
        """A valid national number that no person has; another one each time."""
        from receptionapp.sandbox.people import synthetic

        while True:
            born = _EARLIEST_BIRTHDAY + timedelta(days=self._random.randrange(_BIRTHDAYS))
            if number := synthetic(born, self._random.randrange(500)):
                return number

    async def _look(self, own: OwnAppointment, tell: Callable[[bool], None]) -> None:
        held = await asyncio.to_thread(self._clinic.appointments)
        tell(any(_is(a, own) for a in held))


def _is(held: _Held, own: OwnAppointment) -> bool:
    return held.resource_id == own.timeslot.resource_id and held.span.start == own.start and held.status != CANCELLED


SEED = 7
DAYS = 7
APPOINTMENTS = 24


async def seed_ledger(client: LeyrClient, ledger: Ledger, patients: Iterable[Patient], now: datetime) -> None:
    """Let the ledger know the patients, and book some of them into the week from `now` on, as a desk would have."""
    known = [person_from_patient(patient, now.date()) for patient in patients]
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

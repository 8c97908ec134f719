"""Practice mode behind the screen: which page it begins with, and what the tour needs there that no EHR would do."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import CANCELLED, OwnAppointment, Timeslot
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.practice_days import FirstPage, suits
from receptionapp.services.tasks import TaskBag

if TYPE_CHECKING:
    from receptionapp.sandbox.sandbox import Sandbox
    from receptionapp.sandbox.store import Appointment

BOOKINGS = "/api/emrs/*/appointments"
LOST = "drop_after"  # carried out, and then the line is gone
_EARLIEST_BIRTHDAY, _BIRTHDAYS = date(1950, 1, 1), 18_000


class PracticeControls:
    """Loses an answer when asked to, and looks into the made-up EHR."""

    def __init__(self, clinic: "Sandbox", tasks: TaskBag) -> None:
        self._clinic = clinic
        self._tasks = tasks
        self._random = Random()  # noqa: S311, made-up people need no secrecy

    def lose_next_answer(self) -> None:
        """The next booking is carried out, and its answer does not come."""
        self._clinic.faults.next_calls(LOST, method="POST", path=BOOKINGS)

    def stop_losing_answers(self) -> None:
        """Stop losing answers."""
        self._clinic.faults.clear()

    def look_up_in_ehr(self, own: OwnAppointment, tell: Callable[[bool], None]) -> None:
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


def _is(held: "Appointment", own: OwnAppointment) -> bool:
    return held.resource_id == own.timeslot.resource_id and held.span.start == own.start and held.status != CANCELLED


LOOK_AHEAD = 30
"""Days. The longest run of days on which a clinic is closed, over Christmas or Easter, has five."""


def choose_first_page(clinic: "Sandbox", care_unit_id: str | None, zone: ZoneInfo, now: datetime) -> FirstPage:
    """The first clinic day from `now` (UTC) on with enough left to be booked; today if there is none in 30 days."""
    unit = next((unit for unit in clinic.care_units if unit.id == care_unit_id), clinic.care_units[0])
    ours = [
        held.span.start for held in clinic.appointments() if held.care_unit_id == unit.id and held.status != CANCELLED
    ]
    today = clinic_day(now, zone)
    for day in (today + timedelta(days=n) for n in range(LOOK_AHEAD)):
        start, end = day_bounds(day, zone)
        free = [
            Timeslot(found.span.start, found.span.end, found.resource_id, found.healthcare_service_id)
            for found in clinic.free_timeslots(unit.id, start, end)
        ]
        if suits(free, [begin for begin in ours if start <= begin < end], now):
            return FirstPage(unit.id, day, now)
    return FirstPage(unit.id, today, now)

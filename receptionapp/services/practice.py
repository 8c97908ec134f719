"""Behind the practice clinic: what the tour needs there that no EHR would do."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Protocol

from receptionapp.domain.appointment import CANCELLED, OwnAppointment
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

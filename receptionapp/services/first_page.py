"""Which page practice mode begins with. Asks the made-up clinic itself, before anything is read through the client:
the page must be known before it is shown, since what is shown never moves by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import CANCELLED, Timeslot
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.practice_days import FirstPage, suits

LOOK_AHEAD = 30
"""Days. The longest run of days on which a clinic is closed, over Christmas or Easter, has five."""


class _Span(Protocol):
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


class _Free(Protocol):
    @property
    def span(self) -> _Span: ...
    @property
    def resource_id(self) -> str: ...
    @property
    def healthcare_service_id(self) -> str: ...


class _Held(Protocol):
    @property
    def care_unit_id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def span(self) -> _Span: ...


class _CareUnit(Protocol):
    @property
    def id(self) -> str: ...


class PracticeClinic(Protocol):
    """The sandbox, as far as its pages go."""

    @property
    def care_units(self) -> Sequence[_CareUnit]: ...
    def free_timeslots(self, care_unit_id: str, start: datetime, end: datetime) -> Sequence[_Free]: ...
    def appointments(self) -> Sequence[_Held]: ...


def choose_first_page(clinic: PracticeClinic, care_unit_id: str | None, zone: ZoneInfo, now: datetime) -> FirstPage:
    """The first clinic day from `now` (UTC) on with enough left to be booked; today if there is none in 30 days."""
    unit = next((unit for unit in clinic.care_units if unit.id == care_unit_id), clinic.care_units[0])
    ours = [held.span.start for held in clinic.appointments() if held.care_unit_id == unit.id and _stands(held)]
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


def _stands(held: _Held) -> bool:
    return held.status != CANCELLED

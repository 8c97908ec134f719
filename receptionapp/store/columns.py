"""The columns of the book, made once for what they are made of: frozen values are told by identity, and a day has
thousands."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from operator import is_
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.timeslot import Timeslot

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
TimeSpan = tuple[datetime, datetime]
Column = tuple[date, str]  # clinic day and resource
ColumnAppointments = tuple[OwnAppointment, ...]


class AppointmentsByColumn:
    """Our appointments of one care unit by column, in order. Only what is different in the next mapping is moved."""

    def __init__(self, care_unit_id: str, zone: ZoneInfo) -> None:
        self.care_unit_id = care_unit_id
        self.zone = zone
        self._seen: Mapping[UUID, OwnAppointment] = {}
        self._columns: dict[Column, ColumnAppointments] = {}

    def of(self, appointments: Mapping[UUID, OwnAppointment], column: Column) -> ColumnAppointments:
        if appointments is not self._seen:
            self._take(appointments)
        return self._columns.get(column, ())

    def _take(self, appointments: Mapping[UUID, OwnAppointment]) -> None:
        before, self._seen = self._seen, appointments
        changed: dict[Column, list[OwnAppointment]] = {}
        for own in self._only_in(before, appointments):
            self._list(changed, own).remove(own)
        for own in self._only_in(appointments, before):
            self._list(changed, own).append(own)
        for column, ours in changed.items():
            self._columns[column] = tuple(sorted(ours, key=lambda own: (own.start, own.end, own.key)))
            if not ours:
                del self._columns[column]

    def _only_in(
        self, these: Mapping[UUID, OwnAppointment], those: Mapping[UUID, OwnAppointment]
    ) -> list[OwnAppointment]:
        unit = self.care_unit_id
        return [own for key, own in these.items() if those.get(key) is not own and own.care_unit_id == unit]

    def _list(self, changed: dict[Column, list[OwnAppointment]], own: OwnAppointment) -> list[OwnAppointment]:
        column = own.start.astimezone(self.zone).date(), own.timeslot.resource_id
        ours = changed.get(column)
        if ours is None:
            ours = changed[column] = list(self._columns.get(column, ()))
        return ours


class LastResultCache(Generic[K, T]):
    """The last thing made for each key, with what it was made of: the very same objects make the very same thing."""

    def __init__(self) -> None:
        self._made: dict[K, tuple[tuple[object, ...], T]] = {}

    def get(self, key: K, *sources: object) -> T | None:
        found = self._made.get(key)
        return found[1] if found and all(map(is_, found[0], sources)) else None

    def keep(self, key: K, made: T, *sources: object) -> T:
        self._made[key] = (sources, made)
        return made

    def keep_only(self, wanted: Callable[[K], bool]) -> None:
        """Forget what is kept for other keys."""
        self._made = {key: made for key, made in self._made.items() if wanted(key)}


def without_taken(timeslots: tuple[Timeslot, ...], ours: ColumnAppointments) -> tuple[Timeslot, ...]:
    """The timeslots that share no instant with an appointment that takes its time; quickest where both are in order."""
    taken = _merged([own.timeslot for own in ours if own.standing.takes_time])
    if not taken:
        return timeslots
    free: list[Timeslot] = []
    at, last = 0, len(taken) - 1
    for slot in timeslots:
        start = slot.start
        if at and start < taken[at - 1][1]:
            at = 0
        while at < last and taken[at][1] <= start:
            at += 1
        if not (taken[at][0] < slot.end and start < taken[at][1]):
            free.append(slot)
    return tuple(free)


def _merged(timeslots: list[Timeslot]) -> list[TimeSpan]:
    """What these, in order of their start, cover: joined where they touch or overlap."""
    joined: list[TimeSpan] = []
    for slot in timeslots:
        start, end = slot.start, slot.end
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined

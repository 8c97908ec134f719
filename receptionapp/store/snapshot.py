"""The frozen whole of what is known at this desk, and the page of the book that it makes."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from operator import is_
from types import MappingProxyType
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, SlotHold, Standing, Timeslot
from receptionapp.domain.clinic import Capabilities, CareUnit, Clinic, ConnectionProfile
from receptionapp.domain.clinic_time import clinic_days
from receptionapp.domain.day_sheet import KnownDay
from receptionapp.domain.intent import OutcomeCheck, Undoable
from receptionapp.domain.layout import Page, ResourceDay, ViewSpan
from receptionapp.domain.open_task import OpenTask, open_tasks

SATURDAY = 5  # as `date.weekday` counts

Week = tuple[str, date]  # care unit and Monday
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
            for ours in self._lists(changed, own):
                ours.remove(own)
        for own in self._only_in(appointments, before):
            for ours in self._lists(changed, own):
                ours.append(own)
        for column, ours in changed.items():
            self._columns[column] = tuple(sorted(ours, key=lambda own: (own.start, own.end, own.key)))
            if not ours:
                del self._columns[column]

    def _only_in(
        self, these: Mapping[UUID, OwnAppointment], those: Mapping[UUID, OwnAppointment]
    ) -> list[OwnAppointment]:
        unit = self.care_unit_id
        return [own for key, own in these.items() if those.get(key) is not own and own.care_unit_id == unit]

    def _lists(
        self, changed: dict[Column, list[OwnAppointment]], own: OwnAppointment
    ) -> Iterator[list[OwnAppointment]]:
        """One of each day that it is on: over midnight it is on both."""
        for day in clinic_days(own.start, own.end, self.zone):
            column = day, own.timeslot.resource_id
            if column not in changed:
                changed[column] = list(self._columns.get(column, ()))
            yield changed[column]


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
    joined: list[TimeSpan] = []
    for slot in timeslots:
        start, end = slot.start, slot.end
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True, slots=True)
class SlotKey:
    """What one answer about timeslots is about. `service_id` None means all services."""

    care_unit_id: str
    day: date
    resource_id: str
    service_id: str | None


@dataclass(frozen=True, slots=True)
class LoadedSlots:
    """`revision` counts requests as they start: of two answers, the one asked for later is the truer."""

    timeslots: tuple[Timeslot, ...]
    fetched_at: datetime  # UTC
    revision: int


@dataclass(frozen=True, slots=True)
class View:
    """What the user looks at. Date, scroll and selection move only when the user moves them."""

    day: date
    span: ViewSpan = ViewSpan.DAY
    service_id: str | None = None
    hidden_resources: frozenset[str] = frozenset()

    @property
    def week(self) -> tuple[date, ...]:
        """The seven days, Monday first, that hold the day. Timeslots are asked for by the week."""
        monday = monday_of(self.day)
        return tuple(monday + timedelta(days=n) for n in range(7))

    @property
    def days(self) -> tuple[date, ...]:
        """The days on screen."""
        return (self.day,) if self.span is ViewSpan.DAY else self.week


class SnapshotCache:
    """What was made of earlier snapshots and is made again only of other parts. Handed on from one to the next."""

    def __init__(self) -> None:
        self.own: AppointmentsByColumn | None = None
        self.of_service: LastResultCache[SlotKey, LoadedSlots] = LastResultCache()
        self.columns: LastResultCache[Column, ResourceDay] = LastResultCache()
        self.starts: LastResultCache[Column, int] = LastResultCache()

    def forget(self, mondays: Set[date]) -> None:
        """Keep what is of these weeks."""
        self.of_service.keep_only(lambda key: monday_of(key.day) in mondays)
        self.columns.keep_only(lambda column: monday_of(column[0]) in mondays)
        self.starts.keep_only(lambda column: monday_of(column[0]) in mondays)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the screens show. A new one replaces it whole; nobody changes it in place.

    `outcome_checks` has the latest look into each unknown outcome, by the key of its appointment, and `in_flight` until
    when (UTC) it may still come true, so that nobody can say that it did not. `offered_again` are the keys of booked
    ones whose time Leyr offers as free; not of those in `confirmed_in_ehr`, of which somebody has said in this run that
    they are there. `recent_weeks` are those that were looked at or read, the latest at the end, and `pinned` is the key
    of the appointment beside the book, of whatever week (`evict_old_weeks`). `holds` are what other desks work on.
    `user` is the name of who is at the desk, "" if nobody has given one, and `undoables` what each user can undo.
    `ledger_reachable` is False while a shared ledger is lost: nothing can be booked, and what other desks do is not
    seen."""

    view: View
    zone: ZoneInfo
    profile: ConnectionProfile = ConnectionProfile.LIVE
    capabilities: Capabilities | None = None
    care_units: tuple[CareUnit, ...] = ()
    clinic: Clinic | None = None
    slots: Mapping[SlotKey, LoadedSlots] = field(default_factory=lambda: MappingProxyType({}))
    appointments: Mapping[UUID, OwnAppointment] = field(default_factory=lambda: MappingProxyType({}))
    outcome_checks: Mapping[UUID, OutcomeCheck] = field(default_factory=lambda: MappingProxyType({}))
    in_flight: Mapping[UUID, datetime] = field(default_factory=lambda: MappingProxyType({}))
    offered_again: frozenset[UUID] = frozenset()
    confirmed_in_ehr: frozenset[UUID] = frozenset()
    holds: tuple[SlotHold, ...] = ()
    ledger_reachable: bool = True
    user: str = field(default="", repr=False)
    undoables: Mapping[str, Undoable] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    recent_weeks: tuple[Week, ...] = ()
    pinned: UUID | None = None
    reads_under_way: int = 0
    cache: SnapshotCache = field(default_factory=SnapshotCache, repr=False, compare=False)

    @property
    def emr(self) -> str:
        """What the journal system is called; before it is known, Leyr stands for it."""
        return self.capabilities.name if self.capabilities else "Leyr"

    @property
    def undoable(self) -> Undoable | None:
        """What whoever is here did last, if it can be taken back. Another user's is not theirs to take back."""
        return self.undoables.get(self.user)

    @property
    def week(self) -> Week | None:
        """The week on screen, or None before the clinic is known."""
        return (self.clinic.care_unit.id, self.view.week[0]) if self.clinic else None

    def slots_of(self, day: date, resource_id: str, service_id: str | None) -> LoadedSlots | None:
        """The truest answer there is for one resource on one day, or None. One about all services also answers for one
        of them."""
        if self.clinic is None:
            return None
        care_unit_id = self.clinic.care_unit.id
        everything = self.slots.get(SlotKey(care_unit_id, day, resource_id, None))
        if service_id is None:
            return everything
        key = SlotKey(care_unit_id, day, resource_id, service_id)
        chosen = self.slots.get(key)
        if everything is None or (chosen is not None and chosen.revision > everything.revision):
            return chosen
        return self.cache.of_service.get(key, everything) or self._only_service(key, everything)

    def _only_service(self, key: SlotKey, everything: LoadedSlots) -> LoadedSlots:
        timeslots = tuple(slot for slot in everything.timeslots if slot.healthcare_service_id == key.service_id)
        return self.cache.of_service.keep(key, replace(everything, timeslots=timeslots), everything)

    def open_tasks(self) -> tuple[OpenTask, ...]:
        """What somebody has to see to. An earlier run's was read at the start."""
        return open_tasks(self.appointments.values(), self.offered_again)

    def shown_resources(self) -> tuple[str, ...]:
        if self.clinic is None:
            return ()
        return tuple(r.id for r in self.clinic.resources if r.id not in self.view.hidden_resources)

    def oldest_answer(self) -> datetime | None:
        """When the oldest of what is on screen was read, UTC; None while something on screen is not loaded."""
        ages = [
            loaded.fetched_at if (loaded := self.slots_of(day, resource, self.view.service_id)) else None
            for day in self.view.days
            for resource in self.shown_resources()
        ]
        known = [age for age in ages if age is not None]
        return min(known) if known and len(known) == len(ages) else None

    def page(self) -> Page | None:
        """The page on screen, or None before the clinic is known."""
        if self.clinic is None:
            return None
        own = self._own_by_column(self.clinic.care_unit.id)
        resources = self.shown_resources()
        days = {
            day: tuple(
                self._column(day, resource, own.of(self.appointments, (day, resource))) for resource in resources
            )
            for day in self.view.days
        }
        columns = tuple(c for day, of_day in days.items() if self._worth_showing(day, of_day) for c in of_day)
        return Page(self.clinic, self.zone, self.view.span, columns, self.view.service_id, self.holds)

    def free_starts(self, day: date) -> int | None:
        """How many times can be booked on any day, of the resources and the service that are looked at; None while not
        all of them are loaded."""
        if self.clinic is None:
            return None
        own = self._own_by_column(self.clinic.care_unit.id)
        resources = self.shown_resources()
        if any(self.slots_of(day, resource, self.view.service_id) is None for resource in resources):
            return None
        columns = (self._column(day, resource, own.of(self.appointments, (day, resource))) for resource in resources)
        return sum(map(self.count_starts, columns))

    def count_starts(self, column: ResourceDay) -> int:
        """How many times can be booked in one column."""
        key, starts = (column.day, column.resource_id), self.cache.starts
        found = starts.get(key, column)
        if found is None:
            found = starts.keep(key, len({slot.start for slot in column.timeslots or ()}), column)
        return found

    def known_day(self, day: date, resource_id: str) -> KnownDay:
        """One resource on any day, shown or not: with the free times of all services, else with those of the chosen
        one, else with none loaded. Raises ValueError before the clinic is known."""
        if self.clinic is None:
            raise ValueError("no clinic is open")
        ours = self._own_by_column(self.clinic.care_unit.id).of(self.appointments, (day, resource_id))
        for service_id in dict.fromkeys((None, self.view.service_id)):
            if loaded := self.slots_of(day, resource_id, service_id):
                return KnownDay(_resource_day(day, resource_id, loaded, ours), service_id)
        return KnownDay(_resource_day(day, resource_id, None, ours))

    def _worth_showing(self, day: date, columns: tuple[ResourceDay, ...]) -> bool:
        """In the week, a Saturday or Sunday without anything in it takes no room."""
        weekend = self.view.span is ViewSpan.WEEK and day.weekday() >= SATURDAY and day != self.view.day
        return not weekend or any(column.timeslots or column.appointments for column in columns)

    def _column(self, day: date, resource_id: str, ours: ColumnAppointments) -> ResourceDay:
        loaded = self.slots_of(day, resource_id, self.view.service_id)
        columns = self.cache.columns
        return columns.get((day, resource_id), loaded, ours) or columns.keep(
            (day, resource_id), _resource_day(day, resource_id, loaded, ours), loaded, ours
        )

    def _own_by_column(self, care_unit_id: str) -> AppointmentsByColumn:
        own = self.cache.own
        if own is None or own.care_unit_id != care_unit_id or own.zone is not self.zone:
            own = self.cache.own = AppointmentsByColumn(care_unit_id, self.zone)
        return own


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _resource_day(day: date, resource_id: str, loaded: LoadedSlots | None, ours: ColumnAppointments) -> ResourceDay:
    """What Leyr offers, less what we know to be taken."""
    if loaded is None:
        return ResourceDay(day, resource_id, None, ours)
    return ResourceDay(day, resource_id, without_taken(loaded.timeslots, ours), ours, loaded.fetched_at)


def split_by_column(
    timeslots: Iterable[Timeslot], days: Iterable[date], resource_ids: Iterable[str], zone: ZoneInfo
) -> dict[tuple[date, str], tuple[Timeslot, ...]]:
    """Sort one answer into clinic days and resources. Every asked-for column is there, empty if nothing is free."""
    columns: dict[tuple[date, str], list[Timeslot]] = {(d, r): [] for d in days for r in resource_ids}
    for slot in timeslots:
        column = columns.get((slot.start.astimezone(zone).date(), slot.resource_id))
        if column is not None:
            column.append(slot)
    return {key: tuple(sorted(column, key=lambda s: (s.start, s.end))) for key, column in columns.items()}


KEPT_WEEKS = 12
"""Beside the week on screen: as many as a search for free time looks through, so that the same search asks for nothing
twice. A full week of 20 resources and 6 services is 30,000 timeslots: 2 MB, and 3 ms of each full collection."""

_SETTLED = frozenset(
    {Standing.BOOKED, Standing.CANCELLED, Standing.COMPLETED, Standing.REFUSED, Standing.OTHER}
)  # the others are being written, or are tasks


def move_to_end(weeks: tuple[Week, ...], these: Iterable[Week]) -> tuple[Week, ...]:
    """The weeks, the one that was looked at or read last at the end."""
    latest = tuple(dict.fromkeys(these))
    if weeks[-len(latest) :] == latest:
        return weeks
    return (*(week for week in weeks if week not in latest), *latest)


def evict_old_weeks(snapshot: Snapshot) -> Snapshot:
    """The snapshot less the weeks that are too many. Never the week on screen, nor appointments that something is still
    to be done about: a task, a write, an undo, what the panel shows."""
    on_screen = snapshot.week
    others = [week for week in snapshot.recent_weeks if week != on_screen]
    if len(others) <= KEPT_WEEKS:
        return snapshot
    gone = set(others[:-KEPT_WEEKS])
    weeks = tuple(week for week in snapshot.recent_weeks if week not in gone)
    kept = set(weeks)
    snapshot.cache.forget({monday for _, monday in kept})
    return replace(
        snapshot,
        recent_weeks=weeks,
        slots=MappingProxyType(
            {key: slots for key, slots in snapshot.slots.items() if (key.care_unit_id, monday_of(key.day)) in kept}
        ),
        appointments=_appointments(snapshot, kept),
    )


def _appointments(snapshot: Snapshot, kept: set[Week]) -> MappingProxyType[UUID, OwnAppointment]:
    days = {(unit, day) for unit, monday in kept for day in _about(monday)}
    known = snapshot.appointments
    stays = {key: own for key, own in known.items() if (own.care_unit_id, own.timeslot.start.toordinal()) in days}
    needed = set(_needed(snapshot)) - stays.keys()
    return MappingProxyType({**stays, **{key: known[key] for key in needed}})


def _about(monday: date) -> Iterator[int]:
    """The ordinals of a week's days, and of a day on either side: whatever zone a time is written in, it is kept."""
    first = (monday - timedelta(days=1)).toordinal()
    return iter(range(first, first + 9))


def _needed(snapshot: Snapshot) -> Iterator[UUID]:
    """The appointments that stay whatever their week, and the other halves of their moves."""
    known = snapshot.appointments
    wanted = {*snapshot.outcome_checks, *snapshot.in_flight, *snapshot.offered_again}
    if snapshot.pinned is not None:
        wanted.add(snapshot.pinned)
    for undoable in snapshot.undoables.values():
        wanted |= {own.key for own in (undoable.appointment, undoable.old) if own is not None}
    for key, own in known.items():
        unfinished = own.standing not in _SETTLED or (own.replaced_by is not None and own.standing.takes_time)
        if unfinished or key in wanted or own.replaced_by in wanted:
            yield key
            if own.replaced_by is not None and own.replaced_by in known:
                yield own.replaced_by

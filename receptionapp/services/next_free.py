"""The next free times that suit a wish: from what is loaded, then by asking forward, a week at a time."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID, uuid4

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.clinic_time import clinic_day, week_days
from receptionapp.domain.clock import Clock
from receptionapp.domain.free_times import FreeTimeCriteria, FreeTimeSearch, SearchState, next_free_times
from receptionapp.domain.layout import FreeCell
from receptionapp.services.availability import Availability
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import FreeTimeChecked, FreeTimesFound
from receptionapp.store.snapshot import LoadedSlots, Snapshot

WEEKS = 12  # looked through by one search
ENOUGH = 20  # answers at a time, and the rest of those that begin with the last
KNOWN_FOR = timedelta(minutes=5)  # an older answer is called old on screen too, and is asked for anew


class FreeTimeFinder:
    """Searches and re-checks, told as `FreeTimesFound` and `FreeTimeChecked`. No week is left out, so the first is the
    next."""

    def __init__(self, store: BookStore, availability: Availability, tasks: TaskBag, clock: Clock) -> None:
        self._store = store
        self._availability = availability
        self._tasks = tasks
        self._clock = clock
        self._wanted: UUID | None = None

    def search(self, search: FreeTimeSearch) -> None:
        """Look through the next 12 weeks until there are about 20 answers. A search under way is given up."""
        self._wanted = search.id
        self._tasks.start(f"read:next free:{search.id}", self._search(search))

    def stop(self) -> None:
        """Give up the search under way; what a call under way brings is kept in the store."""
        self._wanted = None

    def check(self, cell: FreeCell) -> None:
        """Read a found time again before anybody relies on it: its resource's day, in one call, so that the book
        tells the same."""
        self._tasks.start(f"read:check:{cell.resource_id}:{cell.start.timestamp()}", self._check(cell))

    def known_free_times(self, wish: FreeTimeCriteria, count: int) -> tuple[FreeCell, ...]:
        """The first answers without asking anybody: none from beyond the first week that is not loaded."""
        found: list[FreeCell] = []
        now = self._clock()
        first = clinic_day(now, self._store.snapshot.zone)
        for week in range(WEEKS):
            days = _days_of(first, week)
            if not self._knows(days, wish):
                break
            found += _first(self._cells(days, wish, now), count - len(found))
            if len(found) >= count:
                break
        return tuple(found[:count])

    def find_first(
        self, wish: FreeTimeCriteria, after: datetime, weeks: int, tell: Callable[[FreeCell | None, date], None]
    ) -> None:
        """Tell the first free time from `after` (aware) on, and up to which clinic day was looked: out of what is
        loaded, else read, through at most so many weeks. None where there is none or a week could not be read."""
        self._tasks.start(f"read:first free:{uuid4()}", self._find_first(wish, after, weeks, tell))

    async def _find_first(
        self, wish: FreeTimeCriteria, after: datetime, weeks: int, tell: Callable[[FreeCell | None, date], None]
    ) -> None:
        first = clinic_day(after, self._store.snapshot.zone)
        searched_to = first - timedelta(days=1)
        for days in (_days_of(first, week) for week in range(weeks)):
            if not self._knows(days, wish):
                service_id = _only(wish.service_ids)
                resource_ids = self._resources(wish if service_id is None else FreeTimeCriteria())
                if not await self._availability.load_days(days, resource_ids, service_id):
                    break
            cell = next(self._cells(days, wish, after), None)
            if cell is not None:
                tell(cell, days[-1])
                return
            searched_to = days[-1]
        tell(None, searched_to)

    async def _search(self, search: FreeTimeSearch) -> None:
        after = search.after or self._clock()
        first = clinic_day(after, self._store.snapshot.zone)
        missing = ENOUGH
        oldest: datetime | None = None
        for week in range(WEEKS):
            days = _days_of(first, week)
            if not await self._have(search, week, days):
                return
            cells = _first(self._cells(days, search.criteria, after), missing)
            missing -= len(cells)
            oldest = min(filter(None, (oldest, self._read_at(days, search.criteria))), default=None)
            if missing <= 0:
                self._tell(
                    search, cells, week + 1, _day_of(cells[-1], self._store.snapshot), SearchState.ENOUGH, oldest
                )
                return
            state = SearchState.GOING if week + 1 < WEEKS else SearchState.ENDED
            self._tell(search, cells, week + 1, days[-1], state, oldest)
            await asyncio.sleep(0)  # let the screen paint between two weeks

    async def _have(self, search: FreeTimeSearch, week: int, days: Sequence[date]) -> bool:
        """Ask for a week that is not known. False when the search ends there."""
        if self._wanted != search.id:
            return False
        if self._knows(days, search.criteria):
            return True
        self._tell(search, (), week, days[0] - timedelta(days=1), SearchState.GOING)
        service_id = _only(search.criteria.service_ids)
        resource_ids = self._resources(
            search.criteria if service_id is None else FreeTimeCriteria()
        )  # one call tells of them all
        read = await self._availability.load_days(days, resource_ids, service_id)
        if self._wanted != search.id:
            return False
        if not read:
            self._tell(search, (), week, days[0] - timedelta(days=1), SearchState.FAILED)
        return read

    def _knows(self, days: Sequence[date], wish: FreeTimeCriteria) -> bool:
        read_at = self._read_at(days, wish)
        return read_at is not None and self._clock() - read_at <= KNOWN_FOR

    def _read_at(self, days: Sequence[date], wish: FreeTimeCriteria) -> datetime | None:
        """When the oldest answer about these days was read; None while one of them is missing."""
        answers = self._answers(days, wish)
        known = [answer.fetched_at for answer in answers if answer is not None]
        return min(known) if known and len(known) == len(answers) else None

    def _answers(self, days: Sequence[date], wish: FreeTimeCriteria) -> list[LoadedSlots | None]:
        snapshot, service_id = self._store.snapshot, _only(wish.service_ids)
        return [snapshot.slots_of(day, resource, service_id) for day in days for resource in self._resources(wish)]

    def _cells(self, days: Sequence[date], wish: FreeTimeCriteria, after: datetime) -> Iterator[FreeCell]:
        snapshot = self._store.snapshot
        answers = self._answers(days, wish)
        timeslots = (slot for answer in answers if answer for slot in answer.timeslots)
        taken = _Taken(snapshot)
        free = (slot for slot in next_free_times(timeslots, after, snapshot.zone, wish) if not taken.has(slot))
        for (start, resource_id), options in groupby(free, key=lambda slot: (slot.start, slot.resource_id)):
            together = tuple(options)
            yield FreeCell(start, max(slot.end for slot in together), resource_id, together)

    def _resources(self, wish: FreeTimeCriteria) -> tuple[str, ...]:
        clinic = self._store.snapshot.clinic
        wanted = wish.resource_ids
        return tuple(r.id for r in clinic.resources if wanted is None or r.id in wanted) if clinic else ()

    async def _check(self, cell: FreeCell) -> None:
        asked = self._clock()
        day = _day_of(cell, self._store.snapshot)
        await self._availability.load_column(day, cell.resource_id)
        answer = self._store.snapshot.slots_of(day, cell.resource_id, None)
        offered = None
        if answer is not None and answer.fetched_at >= asked:
            offered = tuple(slot for slot in cell.options if slot in answer.timeslots)
        self._store.apply(FreeTimeChecked(cell, offered, self._clock()))

    def _tell(
        self,
        search: FreeTimeSearch,
        cells: Sequence[FreeCell],
        weeks: int,
        searched_to: date,
        state: SearchState,
        read_at: datetime | None = None,
    ) -> None:
        self._store.apply(FreeTimesFound(search.id, tuple(cells), weeks, searched_to, state, read_at))


class _Taken:
    """The times of our own appointments, which Leyr's answers from before them still offer."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._times: dict[str, list[tuple[datetime, datetime]]] = {}
        for own in snapshot.appointments.values():
            if own.standing.takes_time:
                self._times.setdefault(own.timeslot.resource_id, []).append((own.start, own.end))

    def has(self, slot: Timeslot) -> bool:
        return any(slot.overlaps(start, end) for start, end in self._times.get(slot.resource_id, ()))


def _first(cells: Iterator[FreeCell], count: int) -> list[FreeCell]:
    """At least `count` of them where there are as many; those that begin together stay together."""
    taken: list[FreeCell] = []
    for cell in cells:
        if len(taken) >= count and cell.start != taken[-1].start:
            break
        taken.append(cell)
    return taken


def _days_of(first: date, week: int) -> tuple[date, ...]:
    """The days of the nth week from the one that `first` is in; of that one, only those from `first` on."""
    days = week_days(first + timedelta(weeks=week))
    return days if week else tuple(day for day in days if day >= first)


def _day_of(cell: FreeCell, snapshot: Snapshot) -> date:
    return clinic_day(cell.start, snapshot.zone)


def _only(ids: Collection[str] | None) -> str | None:
    """The one service that is wished for; None where there are several, since one call is for one or for all."""
    return next(iter(ids)) if ids is not None and len(ids) == 1 else None

"""Free timeslots on screen, asked for with as few Leyr calls as possible."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.clinic import Action, Clinic
from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.clock import Clock
from receptionapp.domain.free_times import nearest_free_times
from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.errors import LeyrError
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ReadsUnderWay, TimeslotsLoaded, UserNotified
from receptionapp.store.snapshot import LoadedSlots, split_by_column

FRESH_FOR = timedelta(seconds=60)
SORT_IN_THREAD_FROM = 1000  # timeslots; a larger answer is sorted into columns on another thread
REFRESH_EVERY = timedelta(seconds=120)  # never under 60 s: `leyr-api.md` 7


@dataclass(frozen=True, slots=True)
class TimeslotQuery:
    """One timeslot call: for one resource, for one service, or (both None) for everything."""

    resource_id: str | None = None
    service_id: str | None = None


def plan_queries(
    resource_ids: Sequence[str], service_ids: Sequence[str], chosen: str | None
) -> tuple[TimeslotQuery, ...]:
    """The fewest calls that tell all free time of these resources: one with a service, else by resource or by
    service."""
    if not resource_ids or not service_ids:
        return ()
    if chosen is not None:
        return (TimeslotQuery(service_id=chosen),)
    if len(service_ids) < len(resource_ids):
        return tuple(TimeslotQuery(service_id=service) for service in service_ids)
    return tuple(TimeslotQuery(resource_id=resource) for resource in resource_ids)


class Availability:
    """Keeps the timeslots of the shown week fresh in the store."""

    def __init__(self, client: LeyrClient, store: BookStore, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._revisions = count(1)

    async def load_view(self, *, again: bool = False) -> None:
        """Read the week on screen where it is not known or older than a minute; all of it when `again`."""
        snapshot = self._store.snapshot
        if snapshot.clinic is None:
            return
        await self._load(
            snapshot.clinic, snapshot.view.week, snapshot.shown_resources(), snapshot.view.service_id, again
        )

    async def load_days(self, days: Sequence[date], resource_ids: Sequence[str], service_id: str | None) -> bool:
        """Read clinic days that may not be on screen, where they are not known or older than a minute. Whether all of
        them are known now; why not is told through the store."""
        clinic = self._store.snapshot.clinic
        if clinic is None:
            return False
        await self._load(clinic, days, resource_ids, service_id, again=False)
        return all(self._is_fresh(days, resource_id, service_id) for resource_id in resource_ids)

    async def load_column(self, day: date, resource_id: str) -> None:
        """Read one resource's clinic day again, in one call: after a write, when the book must tell the truth."""
        clinic = self._store.snapshot.clinic
        if clinic is not None:
            await self._read_together(clinic, (day,), (resource_id,), (TimeslotQuery(resource_id=resource_id),), None)

    async def load_columns_of(self, appointments: Iterable[OwnAppointment]) -> None:
        """Read every clinic day again that one of them is on, each resource for itself. Another care unit may be on
        screen by now, which does not know their resources."""
        snapshot = self._store.snapshot
        shown = snapshot.clinic.care_unit.id if snapshot.clinic else None
        columns = {
            (own.start.astimezone(snapshot.zone).date(), own.timeslot.resource_id)
            for own in appointments
            if own.care_unit_id == shown
        }
        if self._client.capabilities.can(Action.READ_TIMESLOTS):
            for day, resource_id in sorted(columns):
                await self.load_column(day, resource_id)

    async def offers(self, care_unit_id: str, slot: Timeslot) -> bool:
        """Whether Leyr offers exactly that time now. Raises LeyrError."""
        offered = await self._client.timeslots(
            care_unit_id, slot.start, slot.end, resource_id=slot.resource_id, service_id=slot.healthcare_service_id
        )
        return slot in offered

    async def nearest_to(self, care_unit_id: str, slot: Timeslot) -> tuple[Timeslot, ...]:
        """The three free times nearest to one that is gone, read anew."""
        day = slot.start.astimezone(self._store.snapshot.zone).date()
        service_id = slot.healthcare_service_id
        offered = await self.read_service_week(care_unit_id, day, service_id)
        return tuple(
            nearest_free_times(offered, slot.start, service_id, resource_id=slot.resource_id, now=self._clock())
        )

    async def read_service_week(self, care_unit_id: str, day: date, service_id: str) -> Sequence[Timeslot]:
        """All free time of one service in the week from `day` on, in one call; nothing when it can't be read."""
        days = tuple(day + timedelta(days=n) for n in range(7))
        try:
            return await self._timeslots(care_unit_id, days, TimeslotQuery(service_id=service_id))
        except LeyrError:
            return ()

    async def _load(
        self, clinic: Clinic, days: Sequence[date], resource_ids: Sequence[str], chosen: str | None, again: bool
    ) -> None:
        stale = [r for r in resource_ids if again or not self._is_fresh(days, r, chosen)]
        if stale:
            queries = plan_queries(stale, [service.id for service in clinic.services], chosen)
            await self._read_together(clinic, days, stale, queries, chosen)

    def _is_fresh(self, days: Iterable[date], resource_id: str, chosen: str | None) -> bool:
        answers = (self._store.snapshot.slots_of(day, resource_id, chosen) for day in days)
        return all(answer and self._clock() - answer.fetched_at < FRESH_FOR for answer in answers)

    async def _read_together(
        self,
        clinic: Clinic,
        days: Sequence[date],
        resource_ids: Sequence[str],
        queries: Sequence[TimeslotQuery],
        chosen: str | None,
    ) -> None:
        """Ask all queries at once. Answers by resource are shown as they come; answers by service only when all are
        there, since a column with a service missing would draw free time as not offered."""
        self._store.apply(ReadsUnderWay(+1))
        revision = next(self._revisions)
        by_resource = all(query.resource_id for query in queries)
        failed: list[LeyrError] = []
        answers: list[Timeslot] = []

        async def ask(query: TimeslotQuery) -> None:
            try:
                timeslots = await self._timeslots(clinic.care_unit.id, days, query)
            except LeyrError as error:
                failed.append(error)
                return
            if by_resource and query.resource_id:
                await self._show(clinic, days, [query.resource_id], chosen, timeslots, revision)
            else:
                answers.extend(timeslots)

        try:
            await asyncio.gather(*(ask(query) for query in queries))
            if not failed and not (by_resource and queries):
                await self._show(clinic, days, resource_ids, chosen, answers, revision)
        finally:
            self._store.apply(ReadsUnderWay(-1))
        if failed:
            self._store.apply(UserNotified(ReadFailure(ReadSubject.TIMESLOTS, failed[0].problem)))

    async def _timeslots(self, care_unit_id: str, days: Sequence[date], query: TimeslotQuery) -> Sequence[Timeslot]:
        zone = self._store.snapshot.zone
        start, _ = day_bounds(days[0], zone)
        _, end = day_bounds(days[-1], zone)
        start = max(start, self._this_minute())
        if start >= end:
            return ()  # the past: Leyr offers nothing there
        return await self._client.timeslots(
            care_unit_id, start, end, resource_id=query.resource_id, service_id=query.service_id
        )

    def _this_minute(self) -> datetime:
        return self._clock().replace(second=0, microsecond=0)

    async def _show(
        self,
        clinic: Clinic,
        days: Sequence[date],
        resource_ids: Iterable[str],
        chosen: str | None,
        timeslots: Sequence[Timeslot],
        revision: int,
    ) -> None:
        loaded = LoadedSlots((), self._clock(), revision)
        split = partial(split_by_column, timeslots, days, resource_ids, self._store.snapshot.zone)
        columns = await asyncio.to_thread(split) if len(timeslots) > SORT_IN_THREAD_FROM else split()
        self._store.apply(TimeslotsLoaded(clinic.care_unit.id, chosen, columns, loaded))

"""Milliseconds to look through eight loaded weeks of 20 resources for a time that nobody has: the longest search.

p95 of the service's own search without asking Leyr.
"""

import time as clock
from datetime import datetime, time
from typing import cast

from receptionapp.domain.clinic_time import clinic_day, week_days
from receptionapp.domain.free_times import FreeTimeCriteria
from receptionapp.services.availability import Availability
from receptionapp.services.next_free import FreeTimeFinder
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import TimeslotsLoaded
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View
from tests.benchmarks.measuring import application, made_up, p, tell
from tests.clocks import MONDAY_MORNING, StoppedClock

WEEKS, RESOURCES, MINUTES = 8, 20, 15
NOBODY = FreeTimeCriteria(earliest=time(23))


def loaded_store(now: datetime) -> BookStore:
    store = BookStore(
        Snapshot(View(clinic_day(now, made_up.OSLO)), made_up.OSLO, clinic=made_up.clinic(RESOURCES)), StoppedClock(now)
    )
    first = week_days(clinic_day(now, made_up.OSLO))[0]
    page = made_up.full_page(days=7 * (WEEKS + 1), resources=RESOURCES, minutes=MINUTES, first=first)
    columns = {(column.day, column.resource_id): column.timeslots or () for column in page.columns}
    store.apply(TimeslotsLoaded("unit", None, columns, LoadedSlots((), now, 1)))
    return store


def main() -> None:
    application()
    now = MONDAY_MORNING
    store = loaded_store(now)
    search = FreeTimeFinder(store, cast(Availability, None), TaskBag(lambda _name, _error: None), StoppedClock(now))
    times: list[float] = []
    for _ in range(20):
        began = clock.perf_counter()
        found = search.known_free_times(NOBODY, 20)
        times.append((clock.perf_counter() - began) * 1000)
        assert not found
    assert len(search.known_free_times(FreeTimeCriteria(earliest=time(10)), 20)) == 20
    tell({"next_free_ms": p(0.95, times)})


if __name__ == "__main__":
    main()

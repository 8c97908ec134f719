"""The first page of practice mode at any quarter of an hour, without a window: chosen by what the program chooses it
with, and filled by what the program makes its bookings with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import Timeslot
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.practice_days import DAYS_AFTER, FirstPage, bookings, lacking
from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.booking import BookingRequest
from receptionapp.sandbox.calendar import Span
from receptionapp.sandbox.calendar import Timeslot as Offered
from receptionapp.sandbox.store import Appointment
from receptionapp.services.practice import choose_first_page
from tests.clocks import StoppedClock

OSLO = ZoneInfo("Europe/Oslo")
DAYS = 400
FROM, UNTIL = time(7), time(20)
QUARTER = timedelta(minutes=15)
LEAST_FREE, LEAST_OURS = 8, 3  # the figures that are promised, whatever the program aims at


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees who opens practice mode then. `ahead` are those of ours that have not begun."""

    at: datetime
    day: date
    free: int
    ours: int
    ahead: int

    @property
    def is_enough(self) -> bool:
        return self.free >= LEAST_FREE and self.ours >= LEAST_OURS and self.ahead >= 1


class PracticeClinic:
    """A made-up clinic, as `choose_first_page` looks at it: nobody has booked anything in it yet, or what one start has
    booked is there at the next. What it has is read anew only when something was booked, as there are 21,200 starts.
    """

    def __init__(self) -> None:
        self._clock = StoppedClock()
        self._sandbox = Sandbox(now=self._clock)
        self._offered: dict[datetime, list[Offered]] = {}
        self._held: list[Appointment] | None = None
        self._fixtures = {held.id for held in self._sandbox.appointments()}
        self.care_units = self._sandbox.care_units

    def close(self) -> None:
        self._sandbox.close()

    def appointments(self) -> list[Appointment]:
        if self._held is None:
            self._held = [held for held in self._sandbox.appointments() if held.id not in self._fixtures]
        return self._held

    def free_timeslots(self, care_unit_id: str, start: datetime, end: datetime) -> list[Offered]:
        now = self._clock.now
        if start not in self._offered:
            self._clock.now = min(start, now)
            self._offered[start] = self._sandbox.free_timeslots(care_unit_id, start, end)
            self._clock.now = now
        return [offered for offered in self._offered[start] if offered.span.start > now]

    def open_new(self, now: datetime) -> Seen:
        """As at the first start ever; nothing of it is kept."""
        page = self._choose(now)
        there = [slot for day, slot in self._planned(page, [page.day])]
        left = [slot for slot in self._free(page.day) if not any(_share_time(slot, other) for other in there)]
        return _seen(page, left, [slot.start for slot in there])

    def open_again(self, now: datetime) -> Seen:
        """What is booked now is there at the next start too."""
        page = self._choose(now)
        today = clinic_day(now, OSLO)
        days = [today + timedelta(days=n) for n in range((page.day - today).days + DAYS_AFTER + 1)]
        unit = self.care_units[0]
        for _, slot in self._planned(page, days):
            self._held = None
            self._offered.clear()
            resource, service = unit.resource(slot.resource_id), unit.service(slot.healthcare_service_id)
            wish = BookingRequest(Span(slot.start, slot.end), self._sandbox.patients()[0], resource, service)
            self._sandbox.booking(unit).book(wish)
        return _seen(page, self._free(page.day), self._ours().get(page.day, []))

    def _choose(self, now: datetime) -> FirstPage:
        self._clock.now = now
        return choose_first_page(self, None, OSLO, now)

    def _planned(self, page: FirstPage, days: Iterable[date]) -> list[tuple[date, Timeslot]]:
        ours = self._ours()
        if not lacking(ours.get(page.day, ()), page.at):
            return []
        return list(bookings({day: self._free(day) for day in days}, ours, page))

    def _free(self, day: date) -> list[Timeslot]:
        found = self.free_timeslots(self.care_units[0].id, *day_bounds(day, OSLO))
        return [Timeslot(f.span.start, f.span.end, f.resource_id, f.healthcare_service_id) for f in found]

    def _ours(self) -> dict[date, list[datetime]]:
        starts: defaultdict[date, list[datetime]] = defaultdict(list)
        for held in self.appointments():
            starts[clinic_day(held.span.start, OSLO)].append(held.span.start)
        return starts


def every_quarter(days: Iterable[date]) -> tuple[int, list[Seen]]:
    """How many pages were looked at, each day's in a clinic that is new and in one that is kept, and those that have
    too little."""
    clinic, kept = PracticeClinic(), PracticeClinic()
    seen = [page for now in quarters(days) for page in (clinic.open_new(now), kept.open_again(now))]
    clinic.close()
    kept.close()
    return len(seen), [page for page in seen if not page.is_enough]


def quarters(days: Iterable[date]) -> Iterator[datetime]:
    """Every quarter of an hour from 07:00 to 20:00 in Oslo, in UTC."""
    for day in days:
        now = datetime.combine(day, FROM, OSLO)
        while now.time() <= UNTIL:
            yield now.astimezone(UTC)
            now += QUARTER


def _seen(page: FirstPage, free: Iterable[Timeslot], ours: list[datetime]) -> Seen:
    cells = {(slot.resource_id, slot.start) for slot in free}
    return Seen(page.at, page.day, len(cells), len(ours), sum(start > page.at for start in ours))


def _share_time(one: Timeslot, other: Timeslot) -> bool:
    return one.resource_id == other.resource_id and one.overlaps(other.start, other.end)

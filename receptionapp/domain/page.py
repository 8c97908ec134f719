"""One page of the book: what is known of the shown resources on the shown days. All a calendar needs to be drawn."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, SlotHold, Timeslot
from receptionapp.domain.clinic import Clinic


class ViewSpan(StrEnum):
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class ResourceDay:
    """One resource on one clinic day. `timeslots` is None while nothing is known
    (`docs/decisions/0010-what-is-not-offered-is-not-empty.md`). `fetched_at` is UTC."""

    day: date
    resource_id: str
    timeslots: tuple[Timeslot, ...] | None = None
    appointments: tuple[OwnAppointment, ...] = ()
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Days × resources, in the order of the columns. With `service_id`, `timeslots` holds only that service's. `zone`
    is the clinic's. `holds` are what other desks have a form open for."""

    clinic: Clinic
    zone: ZoneInfo
    span: ViewSpan
    columns: tuple[ResourceDay, ...]
    service_id: str | None = None
    holds: tuple[SlotHold, ...] = ()

    def hold_on(self, resource_id: str, start: datetime, end: datetime) -> SlotHold | None:
        """What another desk has a form open for that shares time with this."""
        unit = self.clinic.care_unit.id
        return next((hold for hold in self.holds if hold.is_on(unit, resource_id, start, end)), None)


@dataclass(frozen=True, slots=True)
class FreeCell:
    """One start that can be booked in one column, with every timeslot that begins there. `end` is where the cell stops
    on screen: the next start in that column, or the longest option's end."""

    start: datetime
    end: datetime
    resource_id: str
    options: tuple[Timeslot, ...]


KEYS = range(2, 9)  # F2 to F8


@dataclass(frozen=True, slots=True)
class SavedView:
    """The resources, the span and the service (None for all) of one care unit. `key` is the number of the F key."""

    care_unit_id: str
    key: int
    name: str
    resource_ids: tuple[str, ...]
    span: ViewSpan = ViewSpan.DAY
    service_id: str | None = None

"""The day on paper: what a list of each resource holds, and what it must not (with initials, nothing more of a
name)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic_time import DayClock, clinic_day, repetition
from receptionapp.domain.layout import ResourceDay, lay_out_column


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What is to be on it. Phone numbers are left out beside initials: they say as much as a name."""

    initials_only: bool = False
    phones: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One appointment, from wall minute `top` to `bottom`. `who` is "" where the ledger has let the details go; `born`
    and `phone` are None where not known or not wanted. There is never a national number or a comment."""

    top: int
    bottom: int
    who: str = field(repr=False)
    born: date | None = field(repr=False)
    phone: str | None = field(repr=False)
    service_id: str
    standing: Standing
    status: str | None = None
    exact: tuple[datetime, datetime] | None = None
    """Its instants where the minutes don't tell them: over midnight, and in the hour that the clock shows twice."""


@dataclass(frozen=True, slots=True)
class FreeSpans:
    """What Leyr offered at `read_at` (UTC), in wall minutes, joined where they touch; of `service_id`, or of all."""

    spans: tuple[tuple[int, int], ...]
    read_at: datetime | None
    service_id: str | None = None
    exact: tuple[tuple[datetime, datetime], ...] = ()
    """The same as instants, on a day on which the clock is changed."""


@dataclass(frozen=True, slots=True)
class ResourceSheet:
    """One resource's list. `free` is None where nothing is known: it is never to be taken for a full day."""

    resource_id: str
    rows: tuple[SheetRow, ...]
    free: FreeSpans | None


@dataclass(frozen=True, slots=True)
class DaySheet:
    """`people` is how many different ones are on it. `is_past`: nothing can be free any more."""

    day: date
    lists: tuple[ResourceSheet, ...]
    people: int
    is_past: bool = False

    @property
    def appointments(self) -> int:
        """Those that stand, or may."""
        return sum(row.standing.takes_time for one in self.lists for row in one.rows)

    @property
    def free_read_at(self) -> datetime | None:
        """When the oldest of the free times on it were read, UTC; None where there are none."""
        return min((one.free.read_at for one in self.lists if one.free and one.free.read_at), default=None)


@dataclass(frozen=True, slots=True)
class PrintNote:
    """What the record has of a day that was printed."""

    day: date
    people: int
    initials_only: bool


@dataclass(frozen=True, slots=True)
class KnownDay:
    """What is known of one resource's day; its free times are those of `service_id` only, unless None."""

    column: ResourceDay
    service_id: str | None = None


def make_day_sheet(day: date, known: Iterable[KnownDay], wish: SheetOptions, zone: ZoneInfo, now: datetime) -> DaySheet:
    """The lists in the order given. `now` is an instant: times that have begun are not offered any more."""
    columns = tuple(known)
    kept = [[own for own in one.column.appointments if _belongs(own, wish)] for one in columns]
    lists = tuple(
        ResourceSheet(one.column.resource_id, _rows(ours, day, wish, zone), _free(one, zone, now))
        for one, ours in zip(columns, kept, strict=True)
    )
    people = {own.person.reference for ours in kept for own in ours}
    return DaySheet(day, lists, len(people), day < clinic_day(now, zone))


def _belongs(own: OwnAppointment, wish: SheetOptions) -> bool:
    return own.standing.takes_time or (wish.cancelled and own.standing is Standing.CANCELLED)


def _rows(ours: list[OwnAppointment], day: date, wish: SheetOptions, zone: ZoneInfo) -> tuple[SheetRow, ...]:
    clock = DayClock(day, zone)
    ordered = sorted(ours, key=lambda own: (own.start, own.end, own.key))
    return tuple(_row(own, clock, wish) for own in ordered)


def _row(own: OwnAppointment, clock: DayClock, wish: SheetOptions) -> SheetRow:
    span = clock.span(own.start, own.end)
    told = (span[1] - span[0]) * 60 == (own.end - own.start).total_seconds()
    repeated = repetition(own.start, clock.zone) or repetition(own.end, clock.zone)
    person, whole = own.person, not wish.initials_only
    return SheetRow(
        *span,
        who=person.full_name if whole else person.initials,
        born=person.birth_date if whole else None,
        phone=person.phone if whole and wish.phones else None,
        service_id=own.timeslot.healthcare_service_id,
        standing=own.standing,
        status=own.leyr_status if own.standing is Standing.OTHER else None,
        exact=None if told and not repeated else (own.start, own.end),
    )


def _free(known: KnownDay, zone: ZoneInfo, now: datetime) -> FreeSpans | None:
    column = known.column
    if column.timeslots is None:
        return None
    ahead = tuple(slot for slot in column.timeslots if slot.start >= now)
    regions = lay_out_column(ResourceDay(column.day, column.resource_id, ahead), zone).regions
    exact = _joined(ahead) if DayClock(column.day, zone).changes else ()
    return FreeSpans(tuple((r.top, r.bottom) for r in regions), column.fetched_at, known.service_id, exact)


def _joined(timeslots: tuple[Timeslot, ...]) -> tuple[tuple[datetime, datetime], ...]:
    spans: list[tuple[datetime, datetime]] = []
    for slot in sorted(timeslots, key=lambda slot: slot.start.timestamp()):
        start, end = slot.start.astimezone(UTC), slot.end.astimezone(UTC)
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)

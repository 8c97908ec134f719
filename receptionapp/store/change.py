"""Everything that can change on screen, one frozen value a kind. Who watches the store asks only for its kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from receptionapp.domain.appointment import OwnAppointment, SlotHold, Standing, Timeslot
from receptionapp.domain.clinic import Capabilities, CareUnit, Clinic, ConnectionProfile
from receptionapp.domain.clinic_time import clinic_day, day_bounds
from receptionapp.domain.free_times import SearchState
from receptionapp.domain.intent import Outcome, OutcomeCheck, ReadFailure, WriteNotice, undoable_from
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.open_task import is_offered_again
from receptionapp.domain.patient import Person
from receptionapp.domain.person_search import find_namesakes
from receptionapp.store.snapshot import LoadedSlots, SlotKey, Snapshot, View, evict_old_weeks, monday_of, move_to_end


class Change:
    """What it makes of the snapshot; an answer is told and not kept."""

    __slots__ = ()

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return snapshot


@dataclass(frozen=True, slots=True)
class ViewMoved(Change):
    """The user went somewhere else in the book."""

    view: View

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        moved = replace(snapshot, view=self.view)
        return replace(moved, recent_weeks=move_to_end(snapshot.recent_weeks, [moved.week])) if moved.week else moved


@dataclass(frozen=True, slots=True)
class ProfileKnown(Change):
    """What the line leads to: practice, a test, or real patients."""

    profile: ConnectionProfile

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, profile=self.profile)


@dataclass(frozen=True, slots=True)
class CapabilitiesKnown(Change):
    capabilities: Capabilities

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, capabilities=self.capabilities)


@dataclass(frozen=True, slots=True)
class ClinicLoaded(Change):
    """A care unit was opened, or its resources and services were read again."""

    care_units: tuple[CareUnit, ...]
    clinic: Clinic

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        view = snapshot.view
        if view.service_id not in {service.id for service in self.clinic.services}:
            view = replace(view, service_id=None)
        return replace(snapshot, care_units=self.care_units, clinic=self.clinic, view=view)


@dataclass(frozen=True, slots=True)
class TimeslotsLoaded(Change):
    """One answer, sorted into columns. `columns` holds every (clinic day, resource) that was asked for."""

    care_unit_id: str
    service_id: str | None
    columns: Mapping[tuple[date, str], tuple[Timeslot, ...]]
    loaded: LoadedSlots  # its `fetched_at` and `revision` hold for all columns

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        slots = dict(snapshot.slots)
        for (day, resource_id), timeslots in self.columns.items():
            key = SlotKey(self.care_unit_id, day, resource_id, self.service_id)
            known = slots.get(key)
            if known is None or known.revision < self.loaded.revision:
                slots[key] = replace(self.loaded, timeslots=timeslots)
        offered_again = snapshot.offered_again - self._judged(snapshot) | self._offered_again(snapshot)
        weeks = move_to_end(snapshot.recent_weeks, ((self.care_unit_id, monday_of(day)) for day, _ in self.columns))
        return evict_old_weeks(
            replace(snapshot, slots=MappingProxyType(slots), offered_again=offered_again, recent_weeks=weeks)
        )

    def _judged(self, snapshot: Snapshot) -> frozenset[UUID]:
        known = snapshot.appointments
        return frozenset(key for key in snapshot.offered_again if self._column_of(known[key], snapshot) is not None)

    def _offered_again(self, snapshot: Snapshot) -> frozenset[UUID]:
        """Of ours in these columns. What is not of these days is passed over at once: thousands may be known."""
        if not self.columns:
            return frozenset()
        days = [day for day, _ in self.columns]
        start, end = day_bounds(min(days), snapshot.zone)[0], day_bounds(max(days), snapshot.zone)[1]
        of_these_days = (own for own in snapshot.appointments.values() if start <= own.start < end)
        booked = (own for own in of_these_days if own.standing is Standing.BOOKED)
        columns = ((own, self._column_of(own, snapshot)) for own in booked if own.key not in snapshot.confirmed_in_ehr)
        return frozenset(
            own.key for own, column in columns if column and is_offered_again(own, column, self.loaded.fetched_at)
        )

    def _column_of(self, own: OwnAppointment, snapshot: Snapshot) -> tuple[Timeslot, ...] | None:
        """What this answer says about its day and resource, if it says anything about its service."""
        slot = own.timeslot
        if own.care_unit_id != self.care_unit_id or self.service_id not in (None, slot.healthcare_service_id):
            return None
        return self.columns.get((clinic_day(own.start, snapshot.zone), slot.resource_id))


@dataclass(frozen=True, slots=True)
class ReadsUnderWay(Change):
    """`difference` is +1 when a read starts and -1 when it ends."""

    difference: int

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, reads_under_way=snapshot.reads_under_way + self.difference)


@dataclass(frozen=True, slots=True)
class AppointmentsChanged(Change):
    """Rows of the ledger as they now are."""

    appointments: tuple[OwnAppointment, ...]

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        snapshot = evict_old_weeks(snapshot)  # before these are in it: whoever asked for them looks at them next
        merged = {**snapshot.appointments, **{a.key: a for a in self.appointments}}
        looks = {key: look for key, look in snapshot.outcome_checks.items() if merged[key].standing.unknown}
        on_its_way = {key: until for key, until in snapshot.in_flight.items() if merged[key].standing.unknown}
        return replace(
            snapshot,
            appointments=MappingProxyType(merged),
            outcome_checks=MappingProxyType(looks),
            in_flight=MappingProxyType(on_its_way),
            offered_again=snapshot.offered_again - self._not_booked(),
        )

    def _not_booked(self) -> frozenset[UUID]:
        return frozenset(own.key for own in self.appointments if own.standing is not Standing.BOOKED)


@dataclass(frozen=True, slots=True)
class ConfirmedInEhr(Change):
    """Somebody has looked in the EHR: this appointment is there although Leyr offers its time."""

    key: UUID

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        one = frozenset({self.key})
        return replace(
            snapshot, confirmed_in_ehr=snapshot.confirmed_in_ehr | one, offered_again=snapshot.offered_again - one
        )


@dataclass(frozen=True, slots=True)
class OutcomeChecked(Change):
    """A look into an unknown outcome, which did not settle it."""

    key: UUID
    check: OutcomeCheck

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        if self.key not in snapshot.appointments:
            return snapshot
        return replace(snapshot, outcome_checks=MappingProxyType({**snapshot.outcome_checks, self.key: self.check}))


@dataclass(frozen=True, slots=True)
class InFlightChanged(Change):
    """The request about these, whose answer never came, may still take effect until `until` (UTC); None: no longer."""

    keys: frozenset[UUID]
    until: datetime | None

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        others = {key: until for key, until in snapshot.in_flight.items() if key not in self.keys}
        these = dict.fromkeys(self.keys & snapshot.appointments.keys(), self.until) if self.until else {}
        return replace(snapshot, in_flight=MappingProxyType({**others, **these}))


@dataclass(frozen=True, slots=True)
class HoldsKnown(Change):
    """What other desks work on, all of it."""

    holds: tuple[SlotHold, ...]

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, holds=self.holds)


@dataclass(frozen=True, slots=True)
class LedgerReachable(Change):
    """The shared ledger was lost, or is back."""

    reachable: bool

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, ledger_reachable=self.reachable, holds=snapshot.holds if self.reachable else ())


@dataclass(frozen=True, slots=True)
class UserNotified(Change):
    """Something happened that the user must know: the outcome of a write, or a read that failed."""

    what: WriteNotice | ReadFailure

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        if not isinstance(self.what, WriteNotice):
            return snapshot
        if self.what.undo and self.what.outcome is Outcome.REFUSED:  # nothing changed: it may be tried again
            return snapshot
        others = {user: what for user, what in snapshot.undoables.items() if user != self.what.by}
        undoable = undoable_from(self.what)
        mine = {self.what.by: undoable} if undoable is not None else {}
        return replace(snapshot, undoables=MappingProxyType({**others, **mine}))


@dataclass(frozen=True, slots=True)
class UserChanged(Change):
    """Somebody else is at the desk: the name, "" for nobody named."""

    user: str = field(repr=False)

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, user=self.user)


@dataclass(frozen=True, slots=True)
class PeopleFound(Change):
    """`text` tells a late answer from the newest. `by_number`: a typed national number is nobody's here; `people` have
    its birth date. `latest` has the latest appointment of namesakes, by reference."""

    text: str = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    by_number: bool = False
    latest: Mapping[str, OwnAppointment] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @property
    def namesakes(self) -> frozenset[str]:
        """References of those whom name and birth date don't tell from another."""
        return find_namesakes(self.people)

    @property
    def identified(self) -> Person | None:
        """The first of those found, if Enter may take it: not where only the birth date fits, nor of namesakes."""
        first = next(iter(self.people), None)
        return None if self.by_number or first is None or first.reference in self.namesakes else first


@dataclass(frozen=True, slots=True)
class EmrPeopleFound(Change):
    """Persons whom the EHR itself knows for a text, asked for by a press. None: it could not be asked."""

    text: str = field(repr=False)
    people: tuple[Person, ...] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class HistoryFound(Change):
    """What this clinic's desks booked for the person with this typed id, the latest first."""

    reference: str = field(repr=False)
    appointments: tuple[OwnAppointment, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonWiped(Change):
    """At whatever desk, the details of the person with this typed id were wiped: no screen may keep them."""

    reference: str = field(repr=False)

    def apply_to(self, snapshot: Snapshot) -> Snapshot:
        blank = Person(self.reference, "", "")
        theirs = {
            key: replace(own, person=blank, comment=None, cancel_reason=None)
            for key, own in snapshot.appointments.items()
            if own.person.reference == self.reference
        }
        others = {
            user: last
            for user, last in snapshot.undoables.items()
            if last.appointment.person.reference != self.reference
        }
        return replace(
            snapshot,
            appointments=MappingProxyType({**snapshot.appointments, **theirs}),
            undoables=MappingProxyType(others),
        )


@dataclass(frozen=True, slots=True)
class SimilarPeopleFound(Change):
    """Nothing was sent: the person whom `request` would register may be one of `known`."""

    request: UUID
    new: Person = field(repr=False)
    known: tuple[Person, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FreeTimesFound(Change):
    """Later than all told before. `slots` has the weeks read for it; `searched_to` is the last day looked through."""

    search_id: UUID
    cells: tuple[FreeCell, ...]
    weeks: int
    searched_to: date
    state: SearchState
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FreeTimeChecked(Change):
    """A found time was read again. `offered` are those of its options that still are free; None: it can't be read."""

    cell: FreeCell
    offered: tuple[Timeslot, ...] | None
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class DayBegan(Change):
    """Midnight has passed at the clinic, or the computer slept over it."""

    day: date

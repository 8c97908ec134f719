"""A desk of the clinic without its screen: the real client over a real socket, a real ledger, the real store."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from receptionapp.domain.appointment import OwnAppointment, Standing, Timeslot
from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.intent import BookRequest, CreateRequest, ReadFailure, Verb, WriteNotice
from receptionapp.domain.patient import Person
from receptionapp.ledger.entry import Writer
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.sqlite_file import SqliteFile
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from receptionapp.sandbox.store import Appointment
from receptionapp.services.desk import Desk
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, UserNotified
from receptionapp.store.snapshot import Snapshot, View
from tests.clocks import StoppedClock
from tests.waiting import until
from tests.watched_sandbox import WatchedSandbox
from ui.words.sentences import notice_sentence

OSLO = ZoneInfo("Europe/Oslo")
ENDING = ("start:", "read:", "write:")  # how the names of tasks begin that come to an end
UNHURRIED = Limits(under_way=8, per_second=1000, burst=1000)


async def no_wait(_seconds: float) -> None:
    """Between tries of a read."""


@dataclass
class Counter:
    """Where a receptionist stands. `told` is all that the screen was told, in order."""

    leyr: WatchedSandbox
    file: Path
    clock: StoppedClock
    timeouts: Any = None  # `Timeouts`, or what a test can change
    told: list[WriteNotice | ReadFailure] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)

    async def open(self) -> None:
        """As at the start of the program: the ledger recovered, the first care unit shown."""
        self.store = BookStore(
            Snapshot(View(self.clock().astimezone(OSLO).date()), OSLO, ConnectionProfile.TEST), self.clock
        )
        self.store.changed.connect(self._heard)
        self.tasks = TaskBag(lambda _, error: self.failed.append(error))
        self.ledger = await Ledger.open(SqliteFile(self.file), Writer(self.leyr.emr, "desk 1"), self.clock)
        await self.ledger.recover()
        self.client = LeyrClient(self.leyr.connection(), limits=UNHURRIED, timeouts=self.timeouts, sleep=no_wait)
        self.desk = Desk.create(self.client, self.ledger, self.store, self.tasks, self.clock)

    async def open_clinic(self) -> None:
        self.desk.navigation.open_care_unit(None)
        await self.rest()

    async def close(self) -> None:
        await self.desk.aclose()
        assert not self.failed, self.failed

    async def crash(self) -> None:
        """End without a word to anybody: whatever is under way is never heard of again."""
        await self.tasks.aclose()
        await self.client.aclose()
        await self.ledger.close()

    async def rest(self) -> None:
        """Wait until everything that was asked for has ended; what goes on for ever (`reconcile:`) goes on."""
        while any(self.tasks.is_running(prefix) for prefix in ENDING):
            for prefix in ENDING:
                await self.tasks.wait_for(prefix, 15)

    def _heard(self, change: Change) -> None:
        if isinstance(change, UserNotified):
            self.told.append(change.what)

    @property
    def notices(self) -> list[WriteNotice]:
        return [what for what in self.told if isinstance(what, WriteNotice)]

    @property
    def care_unit_id(self) -> str:
        assert self.store.snapshot.clinic
        return self.store.snapshot.clinic.care_unit.id

    def screen(self, notice: WriteNotice) -> str:
        return notice_sentence(notice, OSLO, "Konfidens").text

    # People and times

    def somebody(self, nth: int = 0) -> Person:
        """A patient whom the EHR knows."""
        seeded = self.leyr.sandbox.patients()[nth]
        return Person(f"emr_id:{seeded.emr_id}", seeded.first_name, seeded.last_name)

    def free(self) -> list[Timeslot]:
        """All free times of the shown week that are on screen, from tomorrow on, earliest first."""
        snapshot = self.store.snapshot
        slots = [
            slot
            for day in snapshot.view.week[1:]
            for resource in snapshot.shown_resources()
            if (loaded := snapshot.slots_of(day, resource, snapshot.view.service_id))
            for slot in loaded.timeslots
        ]
        taken = [a for a in snapshot.appointments.values() if a.standing.takes_time]
        open_ = [s for s in slots if not any(_same_time(s, a) for a in taken)]
        return sorted(open_, key=lambda s: (s.start, s.resource_id, s.healthcare_service_id))

    # Deeds

    async def book(self, slot: Timeslot, person: Person | None = None, comment: str = "") -> WriteNotice:
        request = BookRequest(self.care_unit_id, slot, person or self.somebody(), comment)
        self.desk.booking.book(request)
        await self.rest()
        return next(notice for notice in self.notices if notice.request == request.id)

    async def booked(self) -> OwnAppointment:
        """Any free time, booked without trouble, with nothing noted about how."""
        notice = await self.book(self.free()[0])
        assert notice.appointment
        self.leyr.forget_calls()
        return notice.appointment

    async def cancel(self, own: OwnAppointment, reason: str = "Syk") -> WriteNotice:
        self.desk.booking.cancel(own, reason)
        await self.rest()
        return [notice for notice in self.notices if notice.verb is Verb.CANCEL][-1]

    async def confirm(self, own: OwnAppointment, code: str) -> WriteNotice:
        self.desk.booking.confirm(own, code)
        await self.rest()
        return [notice for notice in self.notices if notice.verb is Verb.CONFIRM][-1]

    async def create(self, request: CreateRequest) -> WriteNotice:
        self.desk.patients.create(request)
        await self.rest()
        return next(notice for notice in self.notices if notice.request == request.id)

    async def becomes(self, own: OwnAppointment, standing: Standing) -> None:
        await until(lambda: self.own(own).standing is standing, f"the appointment is {standing}")

    def own(self, own: OwnAppointment) -> OwnAppointment:
        """As it stands on screen now."""
        return self.store.snapshot.appointments[own.key]

    # The truth

    def held(self, slot: Timeslot) -> list[Appointment]:
        """What the EHR really has at that time through Leyr, and has not cancelled."""
        return [
            a
            for a in self.leyr.through_leyr()
            if a.resource_id == slot.resource_id and a.span.start == slot.start and a.status != "cancelled"
        ]


def _same_time(slot: Timeslot, own: OwnAppointment) -> bool:
    return own.timeslot.resource_id == slot.resource_id and slot.overlaps(own.start, own.end)

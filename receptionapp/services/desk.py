"""All use cases of one connection, made and closed together; and those that need the ledger and not Leyr."""

import asyncio
from dataclasses import dataclass

from receptionapp.domain.clock import Clock
from receptionapp.ledger.ledger import Ledger
from receptionapp.ledger.notifications import NotificationListener
from receptionapp.ledger.verification import LedgerStatistics
from receptionapp.leyr.client import LeyrClient
from receptionapp.services.appointments import LedgerAppointments, UnfinishedWork
from receptionapp.services.audit_log import AuditLog, ViewAudit
from receptionapp.services.availability import REFRESH_EVERY, Availability
from receptionapp.services.booking import Booking
from receptionapp.services.clinics import ClinicPreload
from receptionapp.services.disclosures import Disclosures
from receptionapp.services.moving import Moving, Undo
from receptionapp.services.navigation import Navigation
from receptionapp.services.next_free import FreeTimeFinder
from receptionapp.services.other_desks import OtherDesks
from receptionapp.services.patients import Patients
from receptionapp.services.printing import Printing
from receptionapp.services.reconciliation import InFlightRequests, Reconciliation
from receptionapp.services.tasks import TaskBag
from receptionapp.services.users import Users
from receptionapp.services.writing import Writing
from receptionapp.store.book_store import BookStore
from receptionapp.store.presence import PresenceStore
from receptionapp.store.results import Results

CLOSING_WAIT = 5.0  # seconds for a write under way when the window closes; then its intent is unknown at next start


@dataclass(frozen=True, slots=True)
class Desk:
    """What the screen may ask for."""

    navigation: Navigation
    booking: Booking
    moving: Moving
    undo: Undo
    reconciliation: Reconciliation
    patients: Patients
    next_free: FreeTimeFinder
    availability: Availability
    tasks: TaskBag
    other_desks: OtherDesks | None
    _unfinished: UnfinishedWork
    _client: LeyrClient
    _ledger: Ledger

    @classmethod
    def create(
        cls,
        client: LeyrClient,
        ledger: Ledger,
        store: BookStore,
        tasks: TaskBag,
        clock: Clock,
        look: ClinicPreload | None = None,
        listening: NotificationListener | None = None,
    ) -> "Desk":
        """`listening` where other desks share the ledger; it is closed with the desk."""
        look = look or ClinicPreload.create(client, store, clock)
        availability, clinics = look.availability, look.clinics
        appointments = LedgerAppointments(ledger, store)
        reconciling = Reconciliation(client, ledger, store, availability, tasks, clock, InFlightRequests(clock.elapsed))
        writing = Writing(client, ledger, store, availability, reconciling, tasks)
        booking = Booking(client, ledger, writing, reconciling, tasks)
        moving = Moving(client, ledger, booking, writing, tasks)
        left = UnfinishedWork(ledger, store, reconciling)
        return cls(
            Navigation(store, clinics, availability, appointments, tasks, clock),
            booking,
            moving,
            Undo(store, booking, moving, writing, tasks),
            reconciling,
            Patients(client, ledger, store, tasks, clock),
            FreeTimeFinder(store, availability, tasks, clock),
            availability,
            tasks,
            None if listening is None else OtherDesks(ledger, listening, store, tasks, left.resume),
            left,
            client,
            ledger,
        )

    def start(self, store: BookStore, care_unit_id: str | None) -> None:
        """Show what an earlier run left unsettled, open the care unit, and keep its times fresh."""
        self.tasks.start("start:recover", self._unfinished.resume())
        if self.other_desks is not None:
            self.other_desks.start()
        self.navigation.start(care_unit_id)
        self.tasks.start("keep fresh", self._keep_fresh(store))

    async def ledger_statistics(self) -> LedgerStatistics:
        """Raises LedgerError."""
        return await self._ledger.statistics()

    async def aclose(self) -> None:
        """Let writes come to their end, for at most 5 seconds, then close the line and the record. What the line still
        hears while it is being closed is written down."""
        await self.tasks.wait_for("write:", CLOSING_WAIT)
        await self.tasks.aclose()
        if self.other_desks is not None:
            await self.other_desks.aclose()
        await self._client.aclose()
        await self.tasks.wait_for("write:", CLOSING_WAIT)  # an answer that came in the last moment
        await self.tasks.aclose()
        await self._ledger.close()

    async def _keep_fresh(self, store: BookStore) -> None:
        """Read what is on screen again, slowly and for ever; after a start without network, the clinic itself."""
        while True:
            await asyncio.sleep(REFRESH_EVERY.total_seconds())
            if store.snapshot.clinic is None or not self.navigation.clinic_is_read:
                self.navigation.refresh()
            else:
                await self.availability.load_view(again=True)


@dataclass(frozen=True, slots=True)
class LedgerServices:
    users: Users
    view_audit: ViewAudit
    audit_log: AuditLog
    disclosures: Disclosures
    printing: Printing

    @classmethod
    def create(
        cls,
        ledger: Ledger,
        store: BookStore,
        presence: PresenceStore,
        record: Results,
        tasks: TaskBag,
        clock: Clock,
        *,
        practice: bool,
        backups: int = 0,
    ) -> "LedgerServices":
        return cls(
            Users(ledger, presence, store, tasks, clock, practice=practice),
            ViewAudit(ledger, store, tasks),
            AuditLog(ledger, presence, record, tasks),
            Disclosures(ledger, store, presence, tasks, backups),
            Printing(ledger, store, tasks),
        )

"""The desk at this window, from when it is opened until it is left: its line, its ledger, and who is at it."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from receptionapp.desktop.context import SessionContext
from receptionapp.desktop.ledger_opening import LedgerOpening, join_shared_ledger
from receptionapp.desktop.support import Support
from receptionapp.desktop.window_host import WindowHost
from receptionapp.domain.clock import Clock
from receptionapp.domain.intent import ReadFailure, ReadSubject
from receptionapp.domain.problem import Problem, Reason
from receptionapp.store.change import UserNotified, ViewMoved
from receptionapp.system.ledger_files import LedgerFiles
from receptionapp.system.paths import DataFolder, desk_name

if TYPE_CHECKING:
    from receptionapp.domain.practice_days import FirstPage
    from receptionapp.ledger.key import LedgerKey
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.ledger.notifications import NotificationListener
    from receptionapp.leyr.calling import OnWait
    from receptionapp.leyr.client import LeyrClient
    from receptionapp.leyr.connection import Connection
    from receptionapp.sandbox import Sandbox
    from receptionapp.services.clinics import ClinicCache, ClinicPreload
    from receptionapp.services.desk import Desk, LedgerServices
    from receptionapp.services.tour_progress import TourProgress
    from ui.controllers.tour import TourController

PRACTICE_UNDER_WAY = 2
"""Requests under way to the clinic in this process, whose threads take turns with the screen: with eight, a week of 20
resources holds it up for twice as long and is there no sooner."""


@dataclass(frozen=True, slots=True)
class LeyrLink:
    """A client, and the sandbox it speaks to in practice mode. `emr` names the EHR's share of the ledger."""

    client: "LeyrClient"
    emr: str
    sandbox: "Sandbox | None" = None

    async def close_sandbox(self) -> None:
        if self.sandbox is not None:
            await asyncio.to_thread(self.sandbox.close)

    async def choose_first_page(self, care_unit_id: str | None, zone: ZoneInfo, now: datetime) -> "FirstPage | None":
        """In practice mode, the page to begin with at `now` (UTC); None for a real clinic, which begins with today."""
        if self.sandbox is None:
            return None
        from receptionapp.services.practice import choose_first_page

        return await asyncio.to_thread(choose_first_page, self.sandbox, care_unit_id, zone, now)

    async def seed_practice(self, ledger: "Ledger", page: "FirstPage", zone: ZoneInfo) -> None:
        """Fill that page and the days around it, if they lack appointments. Raises LedgerError, LeyrError."""
        if self.sandbox is None:
            return
        from receptionapp.domain.patient import Patient
        from receptionapp.services.practice_history import seed_ledger

        seeded = await asyncio.to_thread(self.sandbox.patients)
        patients = [Patient(p.id, p.emr_id, p.first_name, p.last_name, p.external_id, p.phones) for p in seeded]
        await seed_ledger(self.client, ledger, patients[: len(patients) // 2], page, zone)


async def connect_to_leyr(connection: "Connection", on_wait: "OnWait") -> LeyrLink:
    """`on_wait` hears of every read that is tried again."""
    await asyncio.to_thread(import_module, "receptionapp.leyr.client")
    from receptionapp.leyr.client import LeyrClient

    return LeyrLink(LeyrClient(connection, on_wait=on_wait), connection.emr)


async def open_practice_clinic(folder: DataFolder, clock: Clock) -> LeyrLink:
    """Connect inside the process: no socket and no limit on the pace. The clinic is kept in a file between starts."""
    sandbox_module = await asyncio.to_thread(import_module, "receptionapp.sandbox")
    await asyncio.to_thread(import_module, "receptionapp.leyr.client")
    from receptionapp.leyr.client import LeyrClient
    from receptionapp.leyr.connection import Connection
    from receptionapp.leyr.pace import Limits

    sandbox = await asyncio.to_thread(lambda: sandbox_module.Sandbox(file=folder.root / "sandbox.sqlite3", now=clock))
    app = await asyncio.to_thread(sandbox_module.create_app, sandbox)
    connection = Connection("http://127.0.0.1/api", sandbox.profile.emr, sandbox.client_id, sandbox.client_secret)
    client = LeyrClient(connection, asgi_app=app, limits=Limits(PRACTICE_UNDER_WAY, per_second=1000, burst=1000))
    return LeyrLink(client, "practice", sandbox)


translate = QCoreApplication.translate
_log = logging.getLogger(__name__)

FIRST_READ_HEAD_START = (
    0.3  # seconds that the first free times have before SQLAlchemy is read, which holds up the screen
)


class DeskLifecycle:
    """One line and one desk at a time, or none yet."""

    def __init__(self, premises: SessionContext, screen: WindowHost, support: Support) -> None:
        self._premises = premises
        self._settings = premises.settings
        self._screen = screen
        self._support = support
        self._line: LeyrLink | None = None
        self._desk: Desk | None = None
        self._watch: LedgerServices | None = None
        self._opening: LedgerOpening | None = None
        self._listening: NotificationListener | None = None
        self._tour: TourController | None = None
        screen.window_replaced.connect(self._show_again)

    @property
    def link(self) -> LeyrLink | None:
        return self._line

    @property
    def desk(self) -> "Desk | None":
        """None before the ledger is open."""
        return self._desk

    async def open(self, line: LeyrLink, *, names_first_user: bool = False) -> None:
        """Show free times first; nothing can be booked before the ledger is open and the desk is attached."""
        self._line = line
        await asyncio.to_thread(import_module, "receptionapp.services.clinics")
        from receptionapp.services.clinics import ClinicPreload

        tasks = self._premises.tasks
        look = ClinicPreload.create(line.client, self._premises.store, self._premises.clock, self._kept_clinic())
        page = await self._turn_to_first_page(line)
        tasks.start("read:first look", look.load(self._settings.current.care_unit_id or None))
        await tasks.wait_for("read:first look", FIRST_READ_HEAD_START)
        await asyncio.to_thread(import_module, "receptionapp.services.desk")
        tasks.start("ledger", self._open_record(line, look, page, names_first_user))

    async def _turn_to_first_page(self, line: LeyrLink) -> "FirstPage | None":
        """Before there is a page on the screen. One that was on it when the last run broke off comes first."""
        store = self._premises.store
        wished = self._settings.current.care_unit_id or None
        page = await line.choose_first_page(wished, store.snapshot.zone, store.now())
        if page is not None and not self._support.shows_last_page:
            store.apply(ViewMoved(replace(store.snapshot.view, day=page.day)))
        return page

    def _kept_clinic(self) -> "ClinicCache | None":
        """None in practice mode: its connection is inside the program and is always there."""
        if self._premises.practice:
            return None
        from receptionapp.services.clinics import ClinicCache

        identity = self._settings.current.identity
        return None if identity is None else ClinicCache(self._premises.folder.clinic, identity.key)

    async def close(self) -> None:
        self._screen.desk_user.detach()
        self._screen.printing.detach()
        self._watch = None
        if self._desk is not None:
            await self._desk.aclose()
            self._desk = self._listening = None
        if self._line is not None:
            await self._line.client.aclose()
            await self._line.close_sandbox()
            self._line = None

    async def _open_record(
        self, line: LeyrLink, look: "ClinicPreload", page: "FirstPage | None", names_first_user: bool
    ) -> None:
        """Open the ledger, which may have to wait for a person, and then enable everything."""
        from receptionapp.ledger.errors import LedgerError
        from receptionapp.services.desk import Desk

        ledger = await self._open_ledger(line.emr)
        if ledger is None:
            return
        try:
            await self._seed_practice(line, ledger, page)
        except BaseException as error:  # also when the window is closed meanwhile
            await self._close_ledger(ledger)
            if not isinstance(error, LedgerError):
                raise
            self._tell_of_no_ledger()
            return
        store, tasks, clock = self._premises.store, self._premises.tasks, self._premises.clock
        self._desk = Desk.create(line.client, ledger, store, tasks, clock, look=look, listening=self._listening)
        if not await self._begin_watch(ledger):
            return
        self._screen.window.attach(self._desk)
        self._support.note_timing("desk open")
        tasks.start("updates", self._support.new_versions.run(self._settings.current, lambda: self._screen.window))
        self._desk.start(store, self._settings.current.care_unit_id or None)
        self._keep_house(ledger)
        self._lead(line)
        if names_first_user:
            self._screen.desk_user.ask_for_first_user()

    async def _seed_practice(self, line: LeyrLink, ledger: "Ledger", page: "FirstPage | None") -> None:
        """Book before a time can be chosen. A refusal of the made-up clinic keeps no desk closed. Raises
        LedgerError."""
        from receptionapp.leyr.errors import LeyrError
        from receptionapp.services.appointments import LedgerAppointments

        if page is None:
            return
        store = self._premises.store
        try:
            await line.seed_practice(ledger, page, store.snapshot.zone)
        except LeyrError as error:
            _log.warning("practice mode begins without all its appointments: %s", error)
        await self._premises.tasks.wait_for("read:first look", None)
        await LedgerAppointments(ledger, store).load_view()

    async def _open_ledger(self, emr: str) -> "Ledger | None":
        from receptionapp.ledger.entry import Writer
        from receptionapp.ledger.ledger import Ledger
        from receptionapp.ledger.sqlite_file import SqliteFile
        from receptionapp.services.own_ledger import open_own_ledger

        folder, settings, clock = self._premises.folder, self._settings.current, self._premises.clock
        files, identity = LedgerFiles(folder), None if self._premises.practice else settings.identity
        shared = bool(settings.ledger_url) and identity is not None
        writer = Writer(emr, desk_name(settings.desk))

        async def open_with(file: Path | None, key: "LedgerKey | None") -> Ledger:
            if shared:
                joined = await join_shared_ledger(settings, folder, emr, self._premises.redaction, clock)
                self._listening, opened = joined.listening, joined.ledger
            elif identity is None or file is None:
                opened = await Ledger.open(SqliteFile(folder.ledger), writer, clock)
            else:
                opened = await open_own_ledger(files, file, key, identity, writer, clock)
            try:
                await opened.recover()
            except BaseException:  # also when the window is closed meanwhile
                await self._close_ledger(opened)
                raise
            return opened

        find_file = None if shared or identity is None else partial(files.choose, identity)
        self._opening = LedgerOpening(find_file, open_with, self._screen.window.ledger_strip)
        ledger = await self._opening.open()
        if ledger is not None and ledger.moved_aside is not None:
            self._screen.show_message(
                translate("Session", "This desk's record of appointments was damaged, so a new one was begun."),
                translate(
                    "Session",
                    "Appointments booked before are still in the EHR, but can't be cancelled from here. "
                    "The damaged file was kept for your administrator: {file}",
                ).format(file=ledger.moved_aside.name),
            )
        return ledger

    async def _close_ledger(self, ledger: "Ledger") -> None:
        if self._listening is not None:
            await self._listening.aclose()
            self._listening = None
        await ledger.close()

    def _tell_of_no_ledger(self) -> None:
        self._premises.store.apply(UserNotified(ReadFailure(ReadSubject.LEDGER, Problem(Reason.LEDGER_FAILED))))

    def _keep_house(self, ledger: "Ledger") -> None:
        """Not in practice mode, whose made-up people need no copies."""
        if self._premises.practice:
            return
        from receptionapp.services.housekeeping import BackupPlan, Housekeeping, RetentionRules

        opening = self._opening
        copies = None
        if opening is not None and opening.file is not None:
            copies = BackupPlan(opening.file, opening.key, self._premises.folder.backups)
        rules = RetentionRules.from_settings(self._settings.current)
        house = Housekeeping(ledger, rules, copies, self._tell_of_no_copy, self._premises.clock)
        self._premises.tasks.start("housekeeping", house.run())

    def _tell_of_no_copy(self) -> None:
        self._screen.show_message(
            translate("Session", "Today's copy of this desk's record could not be made."),
            translate("Session", "What is booked is written down all the same. Check that the disk is not full."),
        )

    async def _begin_watch(self, ledger: "Ledger") -> bool:
        """Called before any patient is shown. A desk with named users starts locked, so their names must be read first.
        Returns False if that was given up."""
        from receptionapp.services.desk import LedgerServices

        watch = LedgerServices.create(
            ledger,
            self._premises.store,
            self._premises.presence,
            self._premises.audit_results,
            self._premises.tasks,
            self._premises.clock,
            practice=self._premises.practice,
            backups=self._daily_copies(),
        )
        if self._opening is None or not await self._opening.read_until_done(watch.users.begin):
            return False
        self._watch = watch
        self._attend()
        return True

    def _daily_copies(self) -> int:
        """How many daily copies this desk keeps: 0 in practice mode, and where a server has copies of its own."""
        if self._premises.practice or self._settings.current.ledger_url:
            return 0
        from receptionapp.services.housekeeping import RetentionRules

        return RetentionRules.from_settings(self._settings.current).backups

    def _attend(self) -> None:
        if self._watch is not None and self._desk is not None:
            self._screen.desk_user.attach(self._watch, self._desk)
            self._screen.printing.attach(self._watch.printing)

    def _lead(self, line: LeyrLink, progress: "TourProgress | None" = None) -> None:
        """In practice mode, offer the tour once. After that it is in the Help menu."""
        if line.sandbox is None:
            return
        from receptionapp.services.practice import PracticeControls
        from ui.controllers.tour import TourController

        tasks = self._premises.tasks
        self._tour = TourController(self._screen.window, self._premises.store, PracticeControls(line.sandbox, tasks))
        self._tour.met.connect(self._keep_tour_met)
        if progress is not None:
            self._tour.begin(progress)
        elif not self._settings.current.tour and not self._premises.options.screenshot:
            self._tour.offer()

    def _keep_tour_met(self) -> None:
        if not self._settings.current.tour:
            self._settings.save(replace(self._settings.current, tour="met"))

    def _show_again(self) -> None:
        """In the window that has taken the place of the one before."""
        window = self._screen.window
        if self._watch is not None and self._desk is not None and self._line is not None:
            window.attach(self._desk)
            self._attend()
            self._lead(self._line, self._tour.progress if self._tour else None)
        elif self._opening is not None:
            self._opening.set_notice(window.ledger_strip)
        elif not self._premises.practice:
            window.show_welcome()

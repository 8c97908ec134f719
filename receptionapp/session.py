"""One open window and what it is connected to: the practice clinic, a real one, or nothing yet.

The window is shown first; httpx, pydantic, SQLAlchemy and the sandbox are read afterwards, on another thread.
"""

import argparse
import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from receptionapp.domain.clinic import CareUnit
from receptionapp.domain.holidays import public_holidays
from receptionapp.domain.outcome import Reading, ReadingFailed
from receptionapp.domain.page import Span
from receptionapp.domain.problem import Problem, Reason
from receptionapp.domain.profile import Profile
from receptionapp.domain.saved_view import SavedView
from receptionapp.ledger_opening import LedgerOpening
from receptionapp.line import Line, to_leyr, to_practice_clinic
from receptionapp.painted import save_screenshot, say_when_painted
from receptionapp.services.diagnostics import of_settings
from receptionapp.services.tasks import TaskBag
from receptionapp.shared_ledger import join
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ProfileKnown, Told
from receptionapp.store.presence import PresenceStore
from receptionapp.store.record import RecordStore
from receptionapp.store.snapshot import Snapshot, View
from receptionapp.support import Support, start_again, tell_of_threads
from receptionapp.system.desk_identity import desk_name
from receptionapp.system.idle_limit import idle_minutes
from receptionapp.system.logs import start_logging, stop_logging
from receptionapp.system.paths import DataFolder, FolderNotWritable, data_folder, require_writable
from receptionapp.system.policy import NO_POLICY, PolicyError, read_policy
from receptionapp.system.redaction import Redaction
from receptionapp.system.settings import Settings, load, save
from receptionapp.system.single_instance import AlreadyRunning, SingleInstance
from ui.attendance import Attendance
from ui.collector import Collector
from ui.dialogs.connect import ConnectDialog, ConnectionDetails
from ui.language import Language, system_language
from ui.main_window import MainWindow
from ui.policy_sentences import of_policy
from ui.sentences import Sentence, of_failure
from ui.theme import THEMES, Theme, apply_theme, system_theme
from ui.tour.tour import Tour

if TYPE_CHECKING:
    from receptionapp.ledger.key import LedgerKey
    from receptionapp.ledger.ledger import Ledger
    from receptionapp.ledger.listening import Listening
    from receptionapp.leyr.errors import LeyrError
    from receptionapp.services.desk import Desk
    from receptionapp.services.first_look import FirstLook
    from receptionapp.services.touring import Progress
    from receptionapp.services.watch import Watch

translate = QCoreApplication.translate
_log = logging.getLogger(__name__)

CLINIC_ZONE = ZoneInfo("Europe/Oslo")
HEAD_START = 0.3  # seconds that the first free times have before SQLAlchemy is read, which holds up the screen
GIVE_WAY = 0.001  # seconds after which a thread that reads an answer lets the window go on


class Next(Enum):
    """What comes after a session."""

    QUIT = "quit"
    PRACTICE = "practice"
    RESTART = "restart"


def run(options: argparse.Namespace) -> int:
    """Open the program and stay until it is closed; returns the exit code of the process."""
    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Reception")
    app.setQuitOnLastWindowClosed(False)  # Qt must not end the loop under a booking (`engineering.md` 2.9)
    sys.setswitchinterval(GIVE_WAY)
    collector = Collector(app)
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            return runner.run(_sessions(app, options))
    finally:
        collector.stop()


async def _sessions(app: QApplication, options: argparse.Namespace) -> int:
    practice = bool(options.practice)
    while True:
        session = Session(app, options, practice=practice)
        following = await session.run()
        if following is Next.RESTART:
            start_again(practice)
        if following is not Next.PRACTICE:
            return session.exit_code
        practice = True


class Session:
    """From opening a data folder to closing the window."""

    def __init__(self, app: QApplication, options: argparse.Namespace, *, practice: bool) -> None:
        self.exit_code = 0
        self._app = app
        self._options = options
        self._practice = practice
        self._folder: DataFolder = data_folder(practice=practice)
        self._settings = Settings()
        self._policy = NO_POLICY
        self._language = Language()
        self._presence, self._record = PresenceStore(), RecordStore()
        self._store = BookStore(Snapshot(_first_view(options, practice), CLINIC_ZONE))
        self._tasks = TaskBag(self._fault)
        self._redaction = Redaction()
        self._desk: Desk | None = None
        self._line: Line | None = None
        self._watch: Watch | None = None
        self._opening: LedgerOpening | None = None
        self._listening: Listening | None = None
        self._tour: Tour | None = None
        self._connecting: ConnectDialog | None = None
        self._typed: ConnectionDetails | None = None
        self._names_first_user = False
        self._support = Support(self._folder, self._redaction, self._store, self._tasks)
        self._ended: asyncio.Future[Next] = asyncio.get_running_loop().create_future()

    async def run(self) -> Next:
        """Show the window, connect, and wait for the user to close it."""
        self._speak(self._options.language or system_language())
        try:
            self._policy = read_policy()
            require_writable(self._folder)
            lock = SingleInstance(self._folder.lock)
        except PolicyError as error:
            return await self._refuse(of_policy(error))
        except FolderNotWritable as error:
            return await self._refuse(
                translate("Session", "Reception can't write to its data folder, so it was not opened.")
                + f"\n\n{error.folder}"
            )
        except AlreadyRunning:
            return await self._refuse(translate("Session", "Reception is already open on this computer."))
        with lock:
            log = start_logging(self._folder.log, self._redaction)
            try:
                return await self._open()
            finally:
                stop_logging(log)

    async def _open(self) -> Next:
        loaded = load(self._folder.settings, policy=self._policy)
        self._settings = loaded.settings
        self._support.contact = self._settings.support
        self._speak(self._options.language or self._settings.language or system_language())
        hooks = self._catch_faults()
        self._support.begin()
        if self._support.care_unit_id and "care_unit_id" not in self._settings.managed:
            self._settings = replace(self._settings, care_unit_id=self._support.care_unit_id)
        self._dress()
        self._window = self._make_window()
        self._window.show()
        self._support.mark("window shown")
        self._support.tell_of_crash(self._window)
        if loaded.moved_aside:
            self._say(
                translate("Session", "The settings could not be read, so they are as at first."),
                translate("Session", "The damaged file was kept: {file}").format(file=loaded.moved_aside.name),
            )
        self._tasks.start("connect", self._connect_as_saved())
        if self._options.screenshot:
            self._tasks.start("picture", self._save_screenshot(self._options.screenshot))
        if self._options.timing:
            self._tasks.start("timing", self._say_when_painted())
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(self._dress)
        hints.accessibility().contrastPreferenceChanged.connect(self._dress)
        ended = await self._ended
        await self._close()
        self._support.end(restarts=ended is Next.RESTART)
        sys.excepthook, threading.excepthook = hooks
        return ended

    async def _close(self) -> None:
        hints = self._app.styleHints()
        hints.colorSchemeChanged.disconnect(self._dress)
        hints.accessibility().contrastPreferenceChanged.disconnect(self._dress)
        self._window.setEnabled(False)
        self._remember_window()
        await self._leave_desk()
        await self._tasks.aclose()
        self._window.allow_close()
        self._window.deleteLater()
        self._language.stop()

    async def _leave_desk(self) -> None:
        self._attendance.detach()
        self._watch = None
        if self._desk is not None:
            await self._desk.aclose()
            self._desk = self._listening = None
        if self._line is not None:
            await self._line.client.aclose()
            await self._line.close_sandbox()
            self._line = None

    # Connecting

    async def _connect_as_saved(self) -> None:
        self._say_whose_patients()
        if self._practice:
            await self._open_desk(await to_practice_clinic(self._folder))
            return
        if not self._settings.connects:
            self._window.show_welcome()
            return
        from receptionapp.system.credentials import KeyStoreError, leyr_account, managed_secret, read_secret

        secret = managed_secret()
        try:
            secret = secret or await read_secret(leyr_account(self._settings.leyr_url, self._settings.client_id))
        except KeyStoreError:
            _log.warning("the key store did not give the secret")
        if not secret:
            self._window.show_welcome()
            self._ask_for_connection(
                translate("Session", "The client secret is not in this computer's key store. Enter it again.")
            )
            return
        details = ConnectionDetails(self._settings.leyr_url, self._settings.emr, self._settings.client_id, secret)
        await self._connect(details)

    async def _connect(self, details: ConnectionDetails) -> None:
        """Open the desk for a real connection, or ask for one that can be used."""
        from receptionapp.leyr.connection import BadConnection, Connection

        self._redaction.hide(details.client_secret)
        self._say_whose_patients()
        try:
            connection = Connection(details.url, details.emr, details.client_id, details.client_secret)
        except BadConnection as error:
            self._window.show_welcome()
            self._ask_for_connection(of_failure(error, details.emr))
            return
        await self._open_desk(await to_leyr(connection, self._tell_of_waiting))

    def _say_whose_patients(self) -> None:
        self._store.apply(ProfileKnown(Profile.PRACTICE if self._practice else self._settings.profile))

    async def _open_desk(self, line: Line) -> None:
        """Show free times first; nothing can be booked before the ledger is open and the desk is attached."""
        self._line = line
        await asyncio.to_thread(import_module, "receptionapp.services.first_look")
        from receptionapp.services.first_look import FirstLook

        look = FirstLook.of(line.client, self._store)
        care_unit_id = self._settings.care_unit_id or None
        self._tasks.start("read:first look", look.take(care_unit_id))
        await self._tasks.settle("read:first look", HEAD_START)
        await asyncio.to_thread(import_module, "receptionapp.services.desk")
        self._tasks.start("ledger", self._open_record(line, look))

    async def _open_record(self, line: Line, look: "FirstLook") -> None:
        """Wait for the ledger, which may wait for a person, and then let everything be asked for."""
        from receptionapp.ledger.errors import LedgerError
        from receptionapp.services.desk import Desk

        ledger = await self._open_ledger(line.emr)
        if ledger is None:
            return
        try:
            await line.rehearse_once(ledger)
        except BaseException as error:  # also when the window is closed meanwhile
            await self._close_ledger(ledger)
            if not isinstance(error, LedgerError):
                raise
            self._store.apply(Told(ReadingFailed(Reading.LEDGER, Problem(Reason.LEDGER_FAILED))))
            return
        self._desk = Desk.of(line.client, ledger, self._store, self._tasks, look=look, listening=self._listening)
        if not await self._begin_watch(ledger):
            return
        self._window.attach(self._desk)
        self._support.mark("desk open")
        self._tasks.start("updates", self._support.look_for_updates(self._settings, lambda: self._window))
        self._desk.start(self._store, self._settings.care_unit_id or None)
        self._keep_house(ledger)
        self._lead(line)
        if self._names_first_user:
            self._names_first_user = False
            self._attendance.name_first()

    async def _close_ledger(self, ledger: "Ledger") -> None:
        if self._listening is not None:
            await self._listening.aclose()
            self._listening = None
        await ledger.close()

    async def _begin_watch(self, ledger: "Ledger") -> bool:
        """Before anybody of the ledger is shown: a desk with named users begins locked, and where it is not known
        whether there are any, it does not begin."""
        from receptionapp.ledger.errors import LedgerError
        from receptionapp.services.watch import Watch

        watch = Watch.of(
            ledger,
            self._store,
            self._presence,
            self._record,
            self._tasks,
            practice=self._practice,
            backups=self._daily_copies(),
        )
        try:
            await watch.users.begin()
        except LedgerError:
            self._store.apply(Told(ReadingFailed(Reading.LEDGER, Problem(Reason.LEDGER_FAILED))))
            return False
        self._watch = watch
        self._attend()
        return True

    def _daily_copies(self) -> int:
        """How many there are of what is written here: a server has copies of its own."""
        if self._practice or self._settings.ledger_url:
            return 0
        from receptionapp.services.housekeeping import Keeping

        return Keeping.of(self._settings).backups

    def _attend(self) -> None:
        if self._watch is not None and self._desk is not None:
            self._attendance.attach(self._watch, self._desk)

    def _keep_house(self, ledger: "Ledger") -> None:
        """Not in practice mode, whose made-up people need no copies."""
        if self._practice:
            return
        from receptionapp.services.housekeeping import Copies, Housekeeping, Keeping

        key = None if self._opening is None else self._opening.key
        copies = None if key is None else Copies(self._folder.ledger, key, self._folder.backups)
        house = Housekeeping(ledger, Keeping.of(self._settings), copies, self._tell_of_no_copy)
        self._tasks.start("housekeeping", house.keep())

    def _tell_of_no_copy(self) -> None:
        self._say(
            translate("Session", "Today's copy of this desk's record could not be made."),
            translate("Session", "What is booked is written down all the same. Check that the disk is not full."),
        )

    async def _open_ledger(self, emr: str) -> "Ledger | None":
        from receptionapp.ledger.entry import Writer
        from receptionapp.ledger.ledger import Ledger
        from receptionapp.ledger.sqlite_file import SqliteFile

        shared = bool(self._settings.ledger_url) and not self._practice

        async def open_with(key: "LedgerKey | None") -> Ledger:
            if shared:
                joined = await join(self._settings, self._folder, emr, self._redaction)
                self._listening, opened = joined.listening, joined.ledger
            else:
                place = SqliteFile(self._folder.ledger, key)
                opened = await Ledger.open(place, Writer(emr, desk_name(self._settings.desk)))
            try:
                await opened.recover()
            except BaseException:  # also when the window is closed meanwhile
                await self._close_ledger(opened)
                raise
            return opened

        encrypted_file = None if self._practice or shared else self._folder.ledger
        self._opening = LedgerOpening(encrypted_file, open_with, self._window.ledger_notice)
        ledger = await self._opening.open()
        if ledger is not None and ledger.moved_aside is not None:
            self._say(
                translate("Session", "This desk's record of appointments was damaged, so a new one was begun."),
                translate(
                    "Session",
                    "Appointments booked before are still in the EHR, but can't be cancelled from here. "
                    "The damaged file was kept for your administrator: {file}",
                ).format(file=ledger.moved_aside.name),
            )
        return ledger

    def _lead(self, line: Line, progress: "Progress | None" = None) -> None:
        """In practice mode there is a tour: offered once, and in the Help menu ever after."""
        if line.sandbox is None:
            return
        from receptionapp.services.backstage import Backstage

        self._tour = Tour(self._window, self._store, Backstage(line.sandbox, self._tasks))
        self._tour.met.connect(self._keep_tour_met)
        if progress is not None:
            self._tour.begin(progress)
        elif not self._settings.tour and not self._options.screenshot:
            self._tour.offer()

    def _keep_tour_met(self) -> None:
        if not self._settings.tour:
            self._keep(replace(self._settings, tour="met"))

    def _tell_of_waiting(self, error: "LeyrError", seconds: float) -> None:
        self._store.apply(Told(ReadingFailed(Reading.ANYTHING, error.problem, seconds)))

    # The window

    def _make_window(self) -> MainWindow:
        window = MainWindow(
            self._store,
            self._theme(),
            self._code,
            practice=self._practice,
            saved_views=self._settings.saved_views,
        )
        window.closing.connect(self._quit)
        window.actions_.diagnostics.triggered.connect(self._show_diagnostics)
        window.practice_wanted.connect(self._to_practice)
        window.connect_wanted.connect(self._ask_for_connection)
        window.language_chosen.connect(self._change_language)
        window.theme_chosen.connect(self._change_theme)
        window.actions_.by_status.setChecked(self._settings.colours == "status")
        window.actions_.by_status.toggled.connect(self._change_colours)
        window.views_changed.connect(self._keep_views)
        window.show_managed(self._settings.managed)
        self._attendance = self._make_attendance(window)
        width, _, height = self._options.size.partition("x")
        window.resize(int(width), int(height))
        if self._settings.window and not self._options.screenshot:
            window.restore(self._settings.window)
        return window

    def _make_attendance(self, window: MainWindow) -> Attendance:
        made = Attendance(
            window,
            self._store,
            self._presence,
            self._record,
            self._theme(),
            idle_minutes(self._settings.lock_minutes),
            practice=self._practice,
            minutes_managed="lock_minutes" in self._settings.managed,
        )
        made.minutes_chosen.connect(lambda minutes: self._keep(replace(self._settings, lock_minutes=str(minutes))))
        return made

    def _quit(self) -> None:
        self._end(Next.QUIT)

    def _restart(self) -> None:
        self._end(Next.RESTART)

    def _show_diagnostics(self) -> None:
        line = of_settings(self._settings, Profile.PRACTICE if self._practice else self._settings.profile)
        if self._line is not None:
            client = self._line.client
            pace = f"{client.limits.per_second:g} a second, {client.limits.under_way} under way"
            line = replace(line, emr=self._line.emr, capabilities=client.capabilities, pace=pace)
        self._support.show_diagnostics(self._window, line, self._desk)

    def _to_practice(self) -> None:
        if not self._practice:
            self._end(Next.PRACTICE)

    def _end(self, what: Next) -> None:
        if not self._ended.done():
            self._ended.set_result(what)

    def _ask_for_connection(self, why: str = "") -> None:
        saved = self._settings
        test = saved.profile is Profile.TEST
        known = self._typed or ConnectionDetails(saved.leyr_url, saved.emr, saved.client_id, "", test)
        dialog = ConnectDialog(known, self._settings.managed, self._window)
        dialog.try_wanted.connect(self._try_connection)
        dialog.rejected.connect(lambda: self._stop_connecting(dialog))
        self._connecting = dialog
        if why:
            dialog.show_failure(why)
        dialog.open()

    def _stop_connecting(self, dialog: ConnectDialog) -> None:
        """What was typed is kept until the program is closed: who looks something up in between need not begin anew.
        Not the secret."""
        self._connecting = None
        self._typed = replace(dialog.details, client_secret="")

    def _try_connection(self, details: ConnectionDetails) -> None:
        if self._connecting is not None:
            self._tasks.start("connect", self._try(details, self._connecting))

    async def _try(self, details: ConnectionDetails, dialog: ConnectDialog) -> None:
        """Test it live, then keep it: address and id in the settings, the secret in the key store."""
        from receptionapp.services.check import check_connection

        report = await check_connection(
            details.url, details.emr, details.client_id, details.client_secret, dialog.show_step
        )
        if self._connecting is not dialog:
            return  # put away meanwhile
        if report.error is not None:
            dialog.show_failure(of_failure(report.error, report.emr), report.failed)
            return
        from receptionapp.system.credentials import KeyStoreError, leyr_account, save_secret

        try:
            await save_secret(leyr_account(details.url, details.client_id), details.client_secret)
        except KeyStoreError:
            self._say(
                translate("Session", "Connected, but only until the program closes."),
                translate("Session", "This computer has no key store for the secret, so it must be entered again."),
            )
        self._names_first_user = not self._settings.connects
        self._keep(
            replace(
                self._settings,
                leyr_url=details.url,
                emr=details.emr,
                client_id=details.client_id,
                test_connection="yes" if details.test else "",
            )
        )
        await self._ask_for_care_unit(dialog, report.care_units)
        dialog.accept()
        self._typed = None
        if self._opening is not None:
            self._opening.give_up()
        await self._tasks.settle("ledger", None)
        await self._leave_desk()
        await self._connect(details)

    async def _ask_for_care_unit(self, dialog: ConnectDialog, units: Sequence[CareUnit]) -> None:
        """Where there is a choice and none was made. The connection is kept already, whatever becomes of this."""
        chosen = self._settings.care_unit_id
        if len(units) < 2 or chosen in {unit.id for unit in units} or "care_unit_id" in self._settings.managed:
            return
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def take(care_unit_id: str) -> None:
            if not answer.done():
                answer.set_result(care_unit_id)

        dialog.care_unit_chosen.connect(take)
        dialog.ask_for_care_unit(units)
        self._keep(replace(self._settings, care_unit_id=await answer))

    # Look and language

    def _theme(self) -> Theme:
        chosen = self._options.theme or self._settings.theme
        return THEMES.get(chosen) or system_theme(self._app)

    def _dress(self) -> None:
        apply_theme(self._app, self._theme())
        if hasattr(self, "_window"):
            self._window.set_theme(self._theme())
            self._attendance.set_theme(self._theme())

    def _change_theme(self, code: str) -> None:
        self._options.theme = None
        self._keep(replace(self._settings, theme=code))
        self._dress()

    def _change_colours(self, by_status: bool) -> None:
        self._keep(replace(self._settings, colours="status" if by_status else ""))

    def _speak(self, code: str) -> None:
        self._code = code
        self._language.use(code)

    def _change_language(self, code: str) -> None:
        """Texts are set when a window is made, so a new one takes the old one's place."""
        if code == self._code:
            return
        self._keep(replace(self._settings, language=code))
        self._speak(code)
        self._attendance.detach()
        old, self._window = self._window, self._make_window()
        self._window.setGeometry(old.geometry())
        if self._watch is not None and self._desk is not None and self._line is not None:
            self._window.attach(self._desk)
            self._attend()
            self._lead(self._line, self._tour.progress if self._tour else None)
        elif self._opening is not None:
            self._opening.show_on(self._window.ledger_notice)
        elif not self._practice:
            self._window.show_welcome()
        self._window.show()
        old.allow_close()
        old.deleteLater()

    def _keep_views(self, views: tuple[SavedView, ...]) -> None:
        self._keep(replace(self._settings, saved_views=views))

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        try:
            save(self._folder.settings, settings)
        except OSError:
            self._say(translate("Session", "The settings could not be saved."), "")

    def _remember_window(self) -> None:
        clinic = self._store.snapshot.clinic
        care_unit_id = clinic.care_unit.id if clinic else self._settings.care_unit_id
        if not self._options.screenshot:
            self._keep(replace(self._settings, window=self._window.saved_geometry(), care_unit_id=care_unit_id))

    def _say(self, what: str, why: str) -> None:
        self._window.message_bar.say(Sentence(what, why), "waiting")

    async def _refuse(self, text: str) -> Next:
        """Say why the program does not open."""
        self.exit_code = 1
        apply_theme(self._app, self._theme())
        sys.stderr.write(text.replace("\n\n", " ") + "\n")
        if self._options.screenshot:
            return Next.QUIT
        box = QMessageBox(QMessageBox.Icon.Warning, "Reception", text)
        closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        box.finished.connect(lambda _result: closed.set_result(None))
        box.open()
        await closed
        box.deleteLater()
        return Next.QUIT

    async def _save_screenshot(self, file: Path) -> None:
        if not await save_screenshot(self._window, self._store, self._tasks, file):
            self.exit_code = 1
        self._end(Next.QUIT)

    async def _say_when_painted(self) -> None:
        await say_when_painted(self._window, self._store)
        self._end(Next.QUIT)

    # Faults

    def _catch_faults(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """Returns the hooks that were there, to be put back."""
        before = sys.excepthook, threading.excepthook
        sys.excepthook = self._unhandled
        threading.excepthook = tell_of_threads(self._fault)
        asyncio.get_running_loop().set_exception_handler(self._loop_fault)
        return before

    def _fault(self, name: str, error: Exception) -> None:
        """A bug of ours. The log has types, files and lines; the ledger has what was under way."""
        _log.error("%s failed", name.partition(":")[0], exc_info=error)
        self._support.tell_of_fault(self._window, error, self._restart)

    def _unhandled(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            self._fault("a click", error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    def _loop_fault(self, loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._fault("the loop", error)
        else:
            _log.error("%s", context.get("message"))


def _first_view(options: argparse.Namespace, practice: bool) -> View:
    """Today; in practice mode the next day the made-up clinic is open, so that nobody begins with an empty page."""
    now = datetime.now(CLINIC_ZONE)
    day = now.date()
    if practice:
        day += timedelta(days=1 if now.hour >= 15 else 0)
        while day.weekday() >= 5 or day in public_holidays(day.year):
            day += timedelta(days=1)
    return View(day, Span.WEEK if options.week else Span.DAY)

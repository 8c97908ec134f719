"""One open window and what is connected to it: the practice clinic, a real one, or nothing yet."""

import argparse
import asyncio
import logging
import sys
from dataclasses import replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from receptionapp.desktop import support
from receptionapp.desktop.connection_flow import ConnectionFlow
from receptionapp.desktop.context import CLINIC_ZONE, SessionContext, SettingsFile
from receptionapp.desktop.desk_lifecycle import DeskLifecycle
from receptionapp.desktop.screenshot import report_paint_times, save_screenshot
from receptionapp.desktop.support import Support, restart_program
from receptionapp.desktop.window_host import WindowHost
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.clock import Clock
from receptionapp.domain.layout import ViewSpan
from receptionapp.sentences.failures import policy_error_text
from receptionapp.services.diagnostics import settings_facts
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.presence import PresenceStore
from receptionapp.store.results import Results
from receptionapp.store.snapshot import Snapshot, View
from receptionapp.system.logs import Redaction, start_logging, stop_logging
from receptionapp.system.paths import AlreadyRunning, FolderNotWritable, SingleInstance, data_folder, require_writable
from receptionapp.system.policy import Policy, PolicyError, read_policy
from ui.garbage_collection import GarbageCollector

translate = QCoreApplication.translate
_log = logging.getLogger(__name__)

YIELD_SECONDS = 0.001  # seconds after which a thread that reads an answer lets the window go on


class NextStep(Enum):
    """What comes after a session."""

    QUIT = "quit"
    PRACTICE = "practice"
    CONNECT = "connect"  # with the connection that was just tested and kept
    RESTART = "restart"


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Open the program and stay until it is closed; returns the exit code of the process."""
    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Reception")
    app.setQuitOnLastWindowClosed(False)  # Qt must not end the loop under a booking
    sys.setswitchinterval(YIELD_SECONDS)
    collector = GarbageCollector(app)
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            return runner.run(_sessions(app, options, clock))
    finally:
        collector.stop()


async def _sessions(app: QApplication, options: argparse.Namespace, clock: Clock) -> int:
    practice, secret = bool(options.practice), ""
    while True:
        session = Session(app, options, clock, practice=practice, secret=secret)
        following = await session.run()
        if following is NextStep.RESTART:
            restart_program(practice)
        if following not in (NextStep.PRACTICE, NextStep.CONNECT):
            return session.exit_code
        practice, secret = following is NextStep.PRACTICE, session.typed_secret


class Session:
    """From opening a data folder to closing the window."""

    def __init__(
        self, app: QApplication, options: argparse.Namespace, clock: Clock, *, practice: bool, secret: str
    ) -> None:
        self.exit_code = 0
        self.typed_secret = ""
        self._options = options
        self._practice = practice
        self._folder = data_folder(practice=practice)
        self._settings = SettingsFile(self._folder.settings, self._tell_of_no_saving)
        self._store = BookStore(Snapshot(_first_view(options, clock()), CLINIC_ZONE), clock)
        self._tasks = TaskBag(self._fault)
        self._redaction = Redaction()
        self._premises = SessionContext(
            options=options,
            clock=clock,
            practice=practice,
            folder=self._folder,
            settings=self._settings,
            store=self._store,
            presence=PresenceStore(),
            audit_results=Results(),
            tasks=self._tasks,
            redaction=self._redaction,
        )
        self._support = Support(self._folder, self._redaction, self._store, self._tasks)
        self._screen = WindowHost(app, self._premises)
        self._workplace = DeskLifecycle(self._premises, self._screen, self._support)
        self._connecting = ConnectionFlow(
            self._premises, self._screen, self._workplace, secret, self._to_other_connection
        )
        self._ended: asyncio.Future[NextStep] = asyncio.get_running_loop().create_future()
        self._screen.closing.connect(self._quit)
        self._screen.diagnostics_wanted.connect(self._show_diagnostics)
        self._screen.practice_wanted.connect(self._to_practice)
        self._screen.connect_wanted.connect(self._connecting.open_dialog)

    async def run(self) -> NextStep:
        """Show the window, connect, and wait for the user to close it."""
        self._screen.apply_language()
        try:
            policy = read_policy()
            require_writable(self._folder)
            lock = SingleInstance(self._folder.lock)
        except PolicyError as error:
            return await self._refuse(policy_error_text(error))
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
                return await self._open(policy)
            finally:
                stop_logging(log)

    async def _open(self, policy: Policy) -> NextStep:
        moved_aside = self._settings.load(policy)
        self._support.contact = self._settings.current.support
        self._screen.apply_language()
        catch_no_more = support.install_error_hooks(self._fault)
        self._support.begin()
        if self._support.care_unit_id and "care_unit_id" not in self._settings.current.managed:
            self._settings.override(replace(self._settings.current, care_unit_id=self._support.care_unit_id))
        self._screen.open()
        self._support.note_timing("window shown")
        self._support.show_last_crash(self._screen.window)
        if moved_aside:
            self._screen.show_message(
                translate("Session", "The settings could not be read, so they are as at first."),
                translate("Session", "The damaged file was kept: {file}").format(file=moved_aside.name),
            )
        self._tasks.start("connect", self._connecting.connect_as_saved())
        if self._options.screenshot:
            self._tasks.start("picture", self._save_screenshot(self._options.screenshot))
        if self._options.timing:
            self._tasks.start("timing", self._say_when_painted())
        ended = await self._ended
        await self._close(keeps_care_unit=ended is not NextStep.CONNECT)
        self._support.end(restarts=ended is NextStep.RESTART)
        catch_no_more()
        return ended

    async def _close(self, *, keeps_care_unit: bool) -> None:
        self._screen.disable_and_remember(keeps_care_unit=keeps_care_unit)
        await self._workplace.close()
        await self._tasks.aclose()
        self._screen.close()

    async def _refuse(self, text: str) -> NextStep:
        self.exit_code = 1
        self._screen.apply_theme()
        sys.stderr.write(text.replace("\n\n", " ") + "\n")
        if self._options.screenshot:
            return NextStep.QUIT
        box = QMessageBox(QMessageBox.Icon.Warning, "Reception", text)
        closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        box.finished.connect(lambda _result: closed.set_result(None))
        box.open()
        await closed
        box.deleteLater()
        return NextStep.QUIT

    def _quit(self) -> None:
        self._end(NextStep.QUIT)

    def _restart(self) -> None:
        self._end(NextStep.RESTART)

    def _to_practice(self) -> None:
        if not self._practice:
            self._end(NextStep.PRACTICE)

    def _to_other_connection(self, secret: str) -> None:
        self.typed_secret = secret
        self._end(NextStep.CONNECT)

    def _end(self, what: NextStep) -> None:
        if not self._ended.done():
            self._ended.set_result(what)

    async def _save_screenshot(self, file: Path) -> None:
        if not await save_screenshot(self._screen.window, self._store, self._tasks, file):
            self.exit_code = 1
        self._end(NextStep.QUIT)

    async def _say_when_painted(self) -> None:
        await report_paint_times(self._screen.window, self._store)
        self._end(NextStep.QUIT)

    def _show_diagnostics(self) -> None:
        facts = settings_facts(self._settings.current, self._premises.profile)
        line = self._workplace.link
        if line is not None:
            limits = line.client.limits
            pace = f"{limits.per_second:g} a second, {limits.under_way} under way"
            facts = replace(facts, emr=line.emr, capabilities=line.client.capabilities, pace=pace)
        self._support.show_diagnostics(self._screen.window, facts, self._workplace.desk)

    def _tell_of_no_saving(self) -> None:
        self._screen.show_message(translate("Session", "The settings could not be saved."), "")

    def _fault(self, name: str, error: Exception) -> None:
        """A bug of ours. The log has types, files and lines; the ledger has what was under way."""
        _log.error("%s failed", name.partition(":")[0], exc_info=error)
        self._support.show_fault(self._screen.window, error, self._restart)


def _first_view(options: argparse.Namespace, now: datetime) -> View:
    """Today. Practice mode turns to another page, if it must, before it shows any."""
    return View(clinic_day(now, CLINIC_ZONE), ViewSpan.WEEK if options.week else ViewSpan.DAY)

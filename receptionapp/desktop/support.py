"""What helps when something went wrong: the report of a crash, a start on the same page, and diagnostics to copy."""

import asyncio
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler

from receptionapp import __version__
from receptionapp.desktop.update_check import UpdateCheck
from receptionapp.domain.layout import ViewSpan
from receptionapp.services import diagnostics
from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore, RecentProblems
from receptionapp.store.change import Change, ClinicLoaded, ViewMoved
from receptionapp.store.snapshot import View
from receptionapp.system import crash
from receptionapp.system.crash import CrashReports, HardCrashFile, LastRun, LastView, error_lines, versions
from receptionapp.system.logs import Redaction
from receptionapp.system.paths import DataFolder
from ui.main_window import MainWindow
from ui.words.sentences import Sentence

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

    from receptionapp.services.desk import Desk
    from ui.dialogs.report import ReportDialog

_log = logging.getLogger(__name__)

ReportError = Callable[[str, Exception], None]


def install_error_hooks(tell: ReportError) -> Callable[[], None]:
    """Begin to tell where it was, and what, on this thread; what is returned puts Python's hooks back as they were."""
    undo = ExitStack()
    undo.callback(setattr, sys, "excepthook", sys.excepthook)
    undo.callback(setattr, threading, "excepthook", threading.excepthook)
    sys.excepthook = _of_clicks(tell)
    threading.excepthook = _of_threads(tell)
    asyncio.get_running_loop().set_exception_handler(_of_loop(tell))
    return undo.close


def _of_clicks(tell: ReportError) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            tell("a click", error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    return hook


def _of_threads(tell: ReportError) -> Callable[[threading.ExceptHookArgs], None]:
    loop = asyncio.get_running_loop()

    def hook(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception) and not loop.is_closed():
            loop.call_soon_threadsafe(tell, "a thread", args.exc_value)

    return hook


def _of_loop(tell: ReportError) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    def handler(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            tell("the loop", error)
        else:
            _log.error("%s", context.get("message"))

    return handler


QtListener = Callable[[QtMsgType, QMessageLogContext, str], object]

_qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_REMARK = "This plugin does not support"  # a platform without a screen says so at every window


def install_warning_hooks() -> Callable[[], None]:
    """Begin to write them down; what is returned puts things back as they were."""
    undo = ExitStack()
    undo.callback(qInstallMessageHandler, _hear_qt())
    undo.callback(setattr, sys, "unraisablehook", sys.unraisablehook)
    sys.unraisablehook = _hear_unraisable(sys.unraisablehook)
    return undo.close


def _hear_qt() -> QtListener | None:
    """Returns who listened before, or None."""
    before: list[QtListener | None] = [None]

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        remark = text.startswith(_REMARK)
        level = logging.INFO if remark else _LEVELS.get(kind, logging.WARNING)
        _qt_log.log(level, "%s: %s", context.category or "default", text)
        if before[0] is not None:
            before[0](kind, context, text)
        elif sys.stderr is not None and not remark:  # a packaged program has none
            sys.stderr.write(text + "\n")

    before[0] = qInstallMessageHandler(hear)
    return before[0]


def _hear_unraisable(before: Callable[["UnraisableHookArgs"], object]) -> Callable[["UnraisableHookArgs"], None]:
    def hear(what: "UnraisableHookArgs") -> None:
        """Never the object: its `repr` may tell of a person."""
        _log.error("an error that nobody could be told of", exc_info=what.exc_value)
        if before is not sys.__unraisablehook__:
            before(what)

    return hear


translate = QCoreApplication.translate

Section = diagnostics.Section


class Support:
    """Of one run in one data folder. `begin` it under the folder's lock, and `end` it before the lock is let go."""

    def __init__(self, folder: DataFolder, redaction: Redaction, store: BookStore, tasks: TaskBag) -> None:
        self._file = folder.root / "running.json"
        crashes = folder.root / "crashes"
        self._reports = CrashReports(crashes, folder.log, versions(), redaction)
        self._hard = HardCrashFile(crashes / "running.trace")
        self._store = store
        self._tasks = tasks
        self._troubles = RecentProblems(store)
        self._began = time.perf_counter()
        self._timings: dict[str, float] = {}
        self._run = LastRun(store.now().isoformat(timespec="seconds"), os.getpid(), __version__)
        self._noted = self._run
        self._told: set[tuple[str, ...]] = set()
        self._crash = ""
        self.new_versions = UpdateCheck(folder.root / "updates.json", store.today)
        self.shows_last_page = False
        """Whether the book begins with the page of the last run."""
        self.contact = ""
        """Whom to turn to, in the administrator's words; shown beside every report."""

    def begin(self) -> None:
        """Look what the last run left, show the page that it showed today, and leave a mark of this one."""
        last = crash.read(self._file)
        trace = self._hard.take_last()
        if last is not None and not last.restarts:
            self._crash = self._reports.write(
                f"ended unexpectedly, begun {last.began or 'unknown'}", trace.splitlines(), self._store.now()
            )
        if last is not None and last.looked is not None:
            self._look_again(last.looked)
        self._hard.enable()
        self._hear_no_more = install_warning_hooks()
        self._write()
        self._store.watch(self._on_changed, ClinicLoaded, ViewMoved)

    def end(self, *, restarts: bool = False) -> None:
        """The run has come to its end; `restarts` keeps the page for the next."""
        self._store.unwatch(self._on_changed, ClinicLoaded, ViewMoved)
        self._hard.close()
        self._hear_no_more()
        if restarts:
            self._run = replace(self._run, restarts=True, looked=self._looked())
            self._write()
        else:
            self._file.unlink(missing_ok=True)

    @property
    def care_unit_id(self) -> str:
        """The care unit that was open when the last run ended, if it was noted."""
        return self._run.looked.care_unit_id if self._run.looked else ""

    def note_timing(self, what: str) -> None:
        """Note how long after the start this happened, the first time only."""
        self._timings.setdefault(what, time.perf_counter() - self._began)

    # What went wrong in the program itself

    def report(self, error: Exception) -> str:
        """Write it down, once for each place in the code. On this thread: where something failed, others may have."""
        stack = tuple(error_lines(error))
        if stack in self._told and self._crash:
            return self._crash
        self._told.add(stack)
        self._crash = self._reports.write("a fault that the program survived", stack, self._store.now())
        return self._crash

    def show_last_crash(self, window: MainWindow) -> None:
        """If the last run did not come to its end: what is safe, and what is not."""
        if not self._crash:
            return
        window.message_bar.show_message(
            Sentence(
                translate("Support", "Reception ended unexpectedly last time."),
                translate(
                    "Support",
                    "All that was sent is written down, and what is not settled is listed at the top. "
                    "What was typed and not sent is gone.",
                ),
            ),
            "unknown",
            [(translate("Support", "What happened"), lambda: self.show_crash(window))],
        )

    def show_fault(self, window: MainWindow, error: Exception, restart: Callable[[], None]) -> None:
        self.report(error)
        window.message_bar.show_message(
            Sentence(
                translate("Support", "Something in the program failed."),
                translate(
                    "Support",
                    "What was sent is written down; look in the book how the appointment stands. "
                    "What is typed and not sent is lost at a restart.",
                ),
            ),
            "unknown",
            [
                (translate("Support", "What happened"), lambda: self.show_crash(window)),
                (translate("Support", "Restart"), restart),
            ],
        )

    def show_crash(self, window: MainWindow) -> None:
        self._open(
            window,
            translate("Support", "What happened"),
            translate(
                "Support",
                "For your administrator or for support: where in the program it was. It names no patient, and nothing "
                "is sent unless you do it. A copy lies in the folder “crashes” of the program's data.",
            ),
            self._crash,
            "reception-crash.txt",
        )

    def show_diagnostics(self, window: MainWindow, line: diagnostics.ConnectionFacts, desk: "Desk | None") -> None:
        self._tasks.start("diagnostics", self._show_diagnostics(window, line, desk))

    async def _show_diagnostics(
        self, window: MainWindow, line: diagnostics.ConnectionFacts, desk: "Desk | None"
    ) -> None:
        ledger = await _ledger(desk)
        sections: Sequence[Section] = (
            ("Versions", versions() | window.diagnostics_facts()),
            *diagnostics.connection_sections(line),
            ("Ledger", ledger),
            await self.new_versions.diagnostics_section(),
            ("This start, seconds", {what: f"{after:.2f}" for what, after in self._timings.items()}),
            diagnostics.problems_section(self._troubles.latest),
        )
        self._open(
            window,
            translate("Support", "Diagnostics"),
            translate(
                "Support", "For support. It names no patient and holds no secret; nothing is sent unless you do it."
            ),
            diagnostics.as_text(sections),
            "reception-diagnostics.txt",
        )

    def _open(self, window: MainWindow, title: str, about: str, text: str, file_name: str) -> None:
        from ui.dialogs.report import ReportDialog

        if self.contact:
            about = f"{about}\n\n" + translate("Support", "Support: {contact}").format(contact=self.contact)
        dialog = ReportDialog(title, about, text, file_name, window)
        dialog.save_wanted.connect(lambda path, text: self._tasks.start("save report", _save(dialog, path, text)))
        dialog.open()

    def _look_again(self, looked: LastView) -> None:
        """Open the page of the last run, but only if it was noted today."""
        if looked.noted_on != self._store.today():
            return
        self.shows_last_page = True
        self._run = replace(self._run, looked=looked)
        span = ViewSpan.WEEK if looked.week else ViewSpan.DAY
        view = View(looked.day, span, looked.service_id, frozenset(looked.hidden_resources))
        self._store.apply(ViewMoved(view))

    def _looked(self) -> LastView:
        snapshot = self._store.snapshot
        view = snapshot.view
        care_unit_id = snapshot.clinic.care_unit.id if snapshot.clinic else self.care_unit_id
        week = view.span is ViewSpan.WEEK
        hidden = tuple(sorted(view.hidden_resources))
        return LastView(self._store.today(), view.day, week, care_unit_id, view.service_id, hidden)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ClinicLoaded):
            self.note_timing("clinic read")
        if isinstance(change, ViewMoved | ClinicLoaded):
            self._run = replace(self._run, looked=self._looked())
            self._tasks.start("note the page", self._note())

    async def _note(self) -> None:
        while self._noted != self._run:
            self._noted = self._run
            await asyncio.to_thread(self._write)

    def _write(self) -> None:
        try:
            crash.write(self._file, self._run)
        except OSError:
            return  # without it the next start begins with today, and can't tell how this run ended


async def _ledger(desk: "Desk | None") -> dict[str, object]:
    if desk is None:
        return {"open": "no"}
    from receptionapp.ledger.errors import LedgerError

    try:
        found = await desk.ledger_statistics()
    except LedgerError as error:
        return {"open": f"yes, but {error}"}
    counts: dict[str, object] = {f"intents {stage}": count for stage, count in found.stages.items()}
    size = f"{found.size / 1e6:.1f} MB"
    return {
        "kind": found.kind,
        "size": size,
        "schema": found.version,
        "people": found.people,
        "appointments": found.appointments,
    } | counts


async def _save(dialog: "ReportDialog", path: str, text: str) -> None:
    try:
        await asyncio.to_thread(Path(path).write_text, text, encoding="utf-8")
    except OSError:
        dialog.show_result(translate("Support", "It could not be saved there. Choose another folder."))
        return
    dialog.show_result(translate("Support", "Saved."))


def restart_program(practice: bool) -> None:
    """Start the program once more. Call it after the lock on the data folder is released."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "receptionapp"]
    words = [word for word in sys.argv[1:] if word != "--practice"]
    mode = ["--practice"] if practice else []
    subprocess.Popen([*program, *mode, *words])  # noqa: S603, our own words

"""The whole program in this process, connected over loopback HTTP to the full clinic in another."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from qasync import QEventLoop

from receptionapp.app import _parser
from receptionapp.desktop import session
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from tests.benchmarks.measuring import application
from tests.clocks import SuiteClock
from tests.waiting import until
from ui.garbage_collection import GarbageCollector
from ui.main_window import MainWindow

T = TypeVar("T")


@contextmanager
def _full_clinic(starts: int) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.full_clinic", str(starts)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(timeout=10)


def run(work: Callable[[MainWindow], Coroutine[Any, Any, T]], *, starts: int, size: str = "1920x1000") -> T:
    """Open the program, wait for its window, do the work and close it again.

    The client's pace is let go: all answers come at once, which is worse than Leyr ever is.
    """
    LeyrClient.__init__.__kwdefaults__["limits"] = Limits(under_way=8, per_second=1000, burst=1000)
    app = application()
    app.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(session.YIELD_SECONDS)
    collector = GarbageCollector(app)
    with TemporaryDirectory() as folder, _full_clinic(starts) as url:
        os.environ |= {"RECEPTION_DATA_DIR": folder, "RECEPTION_LEYR_URL": url, "RECEPTION_LEYR_EMR": "konfidens"}
        os.environ |= {"RECEPTION_LEYR_CLIENT_ID": "practice", "RECEPTION_LEYR_CLIENT_SECRET": "practice-secret"}
        os.environ["RECEPTION_LEDGER_KEY"] = "0f" * 32  # where the benchmark runs there may be no key store
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            found = runner.run(_open(work, size))
    collector.stop()
    return found


async def _open(work: Callable[[MainWindow], Coroutine[Any, Any, T]], size: str) -> T:
    app = application()
    options = _parser().parse_args(["--language", "en", "--size", size])
    running = asyncio.create_task(session._sessions(app, options, SuiteClock()))
    window = await until(
        lambda: next((w for w in app.topLevelWidgets() if isinstance(w, MainWindow)), None), "the window opens"
    )
    try:
        await until(window.actions_.refresh.isEnabled, "the desk is there, with its ledger")
        return await work(window)
    finally:
        window.close()
        await running


async def loaded(window: MainWindow) -> None:
    """Until everything on screen was read and is painted."""
    store = window._store
    await until(lambda: store.snapshot.oldest_answer() and not store.snapshot.reads_under_way, "all is read")
    async with paint_of(window.book.viewport()):
        window.book.viewport().update()


@asynccontextmanager
async def paint_of(widget: QWidget) -> AsyncIterator[None]:
    """Do something, then wait until the widget was painted next."""
    watch = _PaintWatch(widget)
    yield
    await watch.seen.wait()
    watch.deleteLater()


class _PaintWatch(QObject):
    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen = asyncio.Event()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            asyncio.get_running_loop().call_soon(self.seen.set)
        return super().eventFilter(watched, event)

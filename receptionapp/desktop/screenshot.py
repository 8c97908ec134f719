"""Waiting for what is on the screen: for pictures of the open book, and for timing the start."""

import asyncio
import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from receptionapp.services.tasks import TaskBag
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change
from ui.main_window import MainWindow

LONGEST_WAIT = 30.0  # seconds


async def save_screenshot(window: MainWindow, store: BookStore, tasks: TaskBag, file: Path) -> bool:
    """Save a PNG of the window when its book is whole, or after 30 s. False, with a line on stderr, if that failed."""
    whole = True
    try:
        await asyncio.wait_for(_loaded(store), LONGEST_WAIT)
        for what in ("connect", "ledger", "start:", "read:"):  # our own appointments come after the free times
            await tasks.wait_for(what, LONGEST_WAIT)
    except TimeoutError:
        sys.stderr.write("The book was not whole after 30 s; the picture shows it as it is.\n")
        whole = False
    if not window.grab().save(str(file)):
        sys.stderr.write(f"The picture could not be saved as {file}.\n")
        return False
    return whole


async def report_paint_times(window: MainWindow, store: BookStore) -> None:
    """Print Unix times as JSON: when the window was first painted, and when the book with its free times was."""
    await _painted(window.book.viewport())
    seen = store.now().timestamp()
    await _loaded(store)
    await _painted(window.book.viewport())
    sys.stdout.write(json.dumps({"window": seen, "book": store.now().timestamp()}) + "\n")


async def _loaded(store: BookStore) -> None:
    """Until every free time on screen has been read."""
    loaded = asyncio.Event()

    def look(_change: Change | None = None) -> None:
        snapshot = store.snapshot
        if snapshot.clinic and not snapshot.reads_under_way and snapshot.oldest_answer():
            loaded.set()

    store.changed.connect(look)
    look()
    await loaded.wait()
    store.changed.disconnect(look)


async def _painted(widget: QWidget) -> None:
    """Until what is asked for now is on the screen: a paint event is handled after those posted before."""
    done = asyncio.Event()
    watch = _PaintWatch(widget, done)
    widget.update()
    await done.wait()
    watch.deleteLater()


class _PaintWatch(QObject):
    def __init__(self, watched: QWidget, done: asyncio.Event) -> None:
        super().__init__(watched)
        self._done = done
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            asyncio.get_running_loop().call_soon(self._done.set)
        return super().eventFilter(watched, event)

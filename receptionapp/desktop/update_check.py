"""Looking for a newer version once a day, where the administrator has named a feed."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from receptionapp import __version__
from receptionapp.services import diagnostics
from receptionapp.system import updates
from receptionapp.system.settings import Settings
from receptionapp.system.updates import OFF
from ui.main_window import MainWindow

T = TypeVar("T")

DAY = 24 * 3600.0  # seconds


class UpdateCheck:
    """What was seen last is remembered in `file`."""

    def __init__(self, file: Path, today: Callable[[], date]) -> None:
        self._file = file
        self._today = today
        self._feed = ""

    async def run(self, settings: Settings, window: Callable[[], MainWindow]) -> None:
        """While the program is open."""
        self._feed = settings.update_feed
        while self._feed not in ("", OFF):
            found = await _aside(
                partial(updates.find_update, self._feed, settings.update_key, __version__, self._file, self._today())
            )
            if found is not None:
                window().update_strip.show_update(found)
            await asyncio.sleep(DAY)

    async def diagnostics_section(self) -> diagnostics.Section:
        """For diagnostics: which feed, and what was seen there last."""
        return diagnostics.updates_section(self._feed, await asyncio.to_thread(updates.load_update_memory, self._file))


async def _aside(work: Callable[[], T]) -> T:
    """On a thread that nothing waits for at the end: a silent server must not keep the program open."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(result: T) -> None:
        if not done.done():
            done.set_result(result)

    def run() -> None:
        result = work()
        with suppress(RuntimeError):  # the loop is closed: nobody asks any more
            loop.call_soon_threadsafe(tell, result)

    threading.Thread(target=run, name="looking for updates", daemon=True).start()
    return await done

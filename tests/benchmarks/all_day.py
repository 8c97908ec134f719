"""What an eight-hour day leaves behind in the whole program in practice mode: megabytes resident, and thousands of
objects that Python's collector looks through, at the beginning and after each quarter of the day.

The day is 200 weeks stepped through, one after the other, with every week's times and appointments read and painted,
and 500 bookings, each looked at beside the book and cancelled; now and then a day, a list, a search for a patient, for
free time and in the one field, a cut appointment that is put back, another theme, and the desk locked and unlocked.
The first quarter fills what is kept on purpose: twelve weeks beside the one on screen, laid-out columns, stamps, texts.
After that both must be flat, but for what the clinic of practice mode, which is in the same process, keeps of every
booking.
"""

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from itertools import cycle
from tempfile import TemporaryDirectory

from qasync import QEventLoop

from receptionapp.desktop import session
from receptionapp.domain.appointment import Standing
from receptionapp.domain.intent import BookRequest
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from receptionapp.store.snapshot import Snapshot
from tests.benchmarks.measuring import application, tell
from tests.benchmarks.memory import resident
from tests.e2e import program as at_the_desk
from tests.waiting import until
from ui.controllers.desk_user import DeskUserController
from ui.garbage_collection import GarbageCollector
from ui.main_window import MainWindow

QUARTERS, WEEKS, BOOKINGS = 4, 50, 125  # weeks and bookings of each quarter


class Day:
    """At the desk from the morning on."""

    def __init__(self, person: at_the_desk.Person) -> None:
        self._person = person
        self._people: Iterator[Person] = iter(())

    @property
    def _window(self) -> MainWindow:
        return self._person.window

    @property
    def _snapshot(self) -> Snapshot:
        return self._window._store.snapshot

    async def begins(self) -> None:
        await self._person.sees_the_book()
        self._window.actions_.week.trigger()
        await self._person.sees_the_book()
        known = await until(lambda: self._snapshot.appointments, "there are appointments")
        self._people = cycle([own.person for own in known.values()])

    async def quarter(self) -> None:
        for week in range(WEEKS):
            self._window.actions_.next.trigger()
            await self._person.sees_the_book()
            many = BOOKINGS // WEEKS + (week < BOOKINGS % WEEKS)
            for cell in self._apart(many):
                await self._books_and_cancels(cell)
            if week % 10 == 0:
                await self._does_something_else()

    def _apart(self, many: int) -> list[FreeCell]:
        cells = [item.what for _, item in self._person.free_cells() if isinstance(item.what, FreeCell)]
        found = cells[:: len(cells) // many][:many]
        assert len(found) == many, "a week has free times"
        return found

    async def _books_and_cancels(self, cell: FreeCell) -> None:
        clinic, desk = self._snapshot.clinic, self._window._desk
        assert clinic is not None
        assert desk is not None
        known = self._snapshot.appointments.keys()
        desk.booking.book(BookRequest(clinic.care_unit.id, cell.options[0], next(self._people)))
        await self._rests()
        own = next(own for key, own in self._snapshot.appointments.items() if key not in known)
        self._window.panel.show_appointment(own.key)
        desk.booking.cancel(own, "Syk")
        await self._rests()
        assert self._snapshot.appointments[own.key].standing is Standing.CANCELLED

    async def _rests(self) -> None:
        desk = self._window._desk
        assert desk is not None
        tasks = desk.booking._tasks
        await until(lambda: not tasks.is_running("write:") and not tasks.is_running("read:"), "all is done")

    async def _does_something_else(self) -> None:
        person, window = self._person, self._window
        for name in ("day", "next", "list", "by_status", "list", "by_status", "previous", "week"):
            getattr(window.actions_, name).trigger()
            await person.sees_the_book()
        window.actions_.find_anything.trigger()
        for typed in ("han", "next free monday", "theme"):
            window.finder.field.clear()
            person.types(typed, window.finder.field)
            await asyncio.sleep(0.05)
        window.finder.close_and_return()
        window.actions_.next_free.trigger()
        await until(window.panel.next_free.times.count, "free times are found")
        await self._rests()
        person.presses_keys("Escape")
        for theme in ("dark", "light"):
            window.menus.theme_chosen.emit(theme)
        attendance = window.findChild(DeskUserController)
        attendance.lock_action.trigger()
        person.types("7294", person.field("PIN"))
        person.presses_keys("Return")
        await until(lambda: not attendance.screen_cover.is_covering, "it is unlocked")


async def _whole(quarters: int) -> list[dict[str, float]]:
    program = at_the_desk.Program()
    person = await program.open("--practice", "--size", "1920x1000")
    day = Day(person)
    await day.begins()
    found = [_left_behind()]
    for _ in range(quarters):
        await day.quarter()
        found.append(_left_behind())
        sys.stderr.write(f"{found[-1]}\n")
    await program.close()
    return found


def _left_behind() -> dict[str, float]:
    gc.collect()
    return {"rss_mb": resident(), "objects_k": round((len(gc.get_objects()) + gc.get_freeze_count()) / 1000, 1)}


def main() -> None:
    LeyrClient.__init__.__kwdefaults__["limits"] = Limits(under_way=8, per_second=1000, burst=1000)
    app = application()
    app.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(session.YIELD_SECONDS)
    collector = GarbageCollector(app)
    with TemporaryDirectory() as folder:
        os.environ |= {"RECEPTION_DATA_DIR": folder, "RECEPTION_LEDGER_KEY": "0f" * 32}
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            found = runner.run(_whole(QUARTERS))
    collector.stop()
    tell({"all_day": found})


if __name__ == "__main__":
    main()

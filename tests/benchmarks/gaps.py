"""What keeps the screen still: the longest gap of the event loop, milliseconds, during each thing a receptionist does
in a whole session in practice mode, in a clinic of 20 resources.

Everything is done for the first time in its process, which is when dialogs are made and modules are read. Each session
has a process of its own, and of all of them the least is told: others share the machine, and they can only hold it up.
The waits for a processor that others had are left out (`beats.py`). What does not take place within a gap is not seen:
a long answer of the server or of the ledger keeps nobody from the screen.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog, QMenu
from qasync import QEventLoop

from receptionapp.desktop import session
from receptionapp.domain.appointment import Standing
from receptionapp.sandbox import sandbox
from tests.benchmarks.beats import Beats
from tests.benchmarks.measuring import application, tell
from tests.e2e.program import Person, Program
from tests.waiting import until
from ui.controllers.desk_user import DeskUserController
from ui.dialogs.new_patient import NewPatientDialog
from ui.garbage_collection import GarbageCollector
from ui.main_window import MainWindow

SESSIONS = 3
RESOURCES = 20
AFTERWARDS = 0.15  # seconds in which what was set in motion comes to rest


class Watched:
    """A session at the desk, and the longest gap of each thing that is done there."""

    def __init__(self, collector: GarbageCollector) -> None:
        self.worst: dict[str, float] = {}
        self._collector = collector
        self._program = Program()
        self._person: Person | None = None

    async def whole(self) -> None:
        async with self._watch("make the window"):
            self._person = await self._program.open("--practice", "--size", "1920x1000")
        async with self._watch("open the desk"):
            await self.person.sees_the_book()
            await until(lambda: self.attendance.lock_action.isEnabled(), "somebody is at the desk")
        for part in (self._around, self._booking, self._finding, self._dialogs, self._at_the_desk, self._looks):
            await part()
        async with self._watch("close the program"):
            await self._program.close()

    @property
    def person(self) -> Person:
        assert self._person is not None
        return self._person

    @property
    def window(self) -> MainWindow:
        return self.person.window

    @property
    def attendance(self) -> DeskUserController:
        found: DeskUserController = self.window.findChild(DeskUserController)
        return found

    # What is done

    async def _around(self) -> None:
        for name, command in (
            ("a day on", "next"),
            ("show the week", "week"),
            ("a week on", "next"),
            ("another week on", "next"),
            ("a week back", "previous"),
            ("show as a list", "list"),
            ("show as a book", "list"),
            ("colour by status", "by_status"),
            ("hide the left panel", "side_panel"),
            ("show the left panel", "side_panel"),
            ("zoom in", "zoom_in"),
            ("fit the day", "zoom_fit"),
            ("read again", "refresh"),
            ("show the day", "day"),
        ):
            async with self._watch(name):
                getattr(self.window.actions_, command).trigger()
                await self.person.sees_the_book()

    async def _booking(self) -> None:
        person, panel = self.person, self.window.panel
        cells = await person.goes_to_a_day_with_free_times()
        async with self._watch("choose a free time"):
            person.clicks_in_book(*cells[len(cells) // 2])
        async with self._watch("look for a patient"):
            hits = await person.finds(self._somebody())
        async with self._watch("open a patient"):
            person.clicks_at(hits.viewport(), hits.visualItemRect(hits.item(0)).center())
        async with self._watch("book"):
            known = {own.key for own in person.own()}
            person.clicks("Book", panel)
            await person.reads("Booked")
        booked = next(own for own in person.own() if own.key not in known)
        async with self._watch("open an appointment"):
            person.clicks_own(booked.key)
        async with self._watch("choose another time for it"):
            person.clicks("Move", panel)
            person.clicks_in_book(*person.free_cells()[0])
        async with self._watch("move"):
            person.puts_the_message_away()
            person.clicks("Move", panel.move_form)
            await person.reads("Moved")
        async with self._watch("cancel"):
            person.clicks_own(
                next(own.key for own in person.own() if own.key not in known and own.standing is Standing.BOOKED)
            )
            person.clicks("Cancel the appointment")
            await person.reads("Cancelled")

    async def _finding(self) -> None:
        person, finder = self.person, self.window.finder
        async with self._watch("open the one field"):
            person.commands("find_anything")
        for letters in (self._somebody(), "next free monday", "theme"):
            async with self._watch(f"type “{'a name' if letters == self._somebody() else letters}” there"):
                finder.field.clear()
                for letter in letters:
                    person.types(letter, finder.field)
                    await asyncio.sleep(0.02)
        finder.close_and_return()
        async with self._watch("next free"):
            person.commands("next_free")
            await until(self.window.panel.next_free.times.count, "free times are found")
        async with self._watch("take the next free"):
            person.presses_keys("Return")

    async def _dialogs(self) -> None:
        actions, attendance = self.window.actions_, self.attendance
        for name, open_it in (
            ("new patient", actions.new_patient.trigger),
            ("shortcuts", actions.shortcuts.trigger),
            ("about", actions.about.trigger),
            ("connection", self.window.menus.connect_wanted.emit),
            ("diagnostics", actions.diagnostics.trigger),
            ("users", attendance.users_action.trigger),
            ("record", attendance.audit_log_action.trigger),
        ):
            async with self._watch(f"open the dialog: {name}"):
                open_it()
                dialog = await self.person.dialog()
            if isinstance(dialog, NewPatientDialog):
                async with self._watch("type a phone number"):
                    self.person.types("91234567", dialog._phone)
            await self._put_away(dialog)
        self.person.clicks_own(self.person.own()[0].key)
        async with self._watch("open the dialog: everything about a patient"):
            attendance.disclosure_action.trigger()
            dialog = await self.person.dialog()
        await self._put_away(dialog)
        async with self._watch("open the guide"):
            actions.guide.trigger()
        self.window.activateWindow()
        async with self._watch("begin the tour"):
            actions.tour.trigger()
        for menu in self.window.menuBar().findChildren(QMenu):
            async with self._watch("open a menu"):
                menu.popup(self.window.pos())
            menu.close()

    async def _at_the_desk(self) -> None:
        async with self._watch("lock"):
            self.attendance.lock_action.trigger()
        async with self._watch("unlock"):
            self.person.types("7294", self.person.field("PIN"))
            self.person.presses_keys("Return")
            await until(lambda: not self.attendance.screen_cover.is_covering, "it is unlocked")
        for generation in ("young", "all"):
            async with self._watch(f"collect garbage: {generation}"):
                getattr(self._collector, f"_collect_{generation}")()

    async def _looks(self) -> None:
        for theme in ("dark", "light-contrast", "light"):
            async with self._watch(f"change the theme: {theme}"):
                self.window.menus.theme_chosen.emit(theme)
        async with self._watch("change the language"):
            self.window.menus.language_chosen.emit("nb")
            self._person = await self._program.next_window(self.window)
        async with self._watch("change it back"):
            self.window.menus.language_chosen.emit("en")
            self._person = await self._program.next_window(self.window)

    # How it is watched

    @asynccontextmanager
    async def _watch(self, name: str) -> AsyncIterator[None]:
        beats = Beats()
        beats.listen()
        yield
        await asyncio.sleep(AFTERWARDS)
        beats.rest()
        self.worst[name] = round(max(self.worst.get(name, 0.0), *beats.own), 1)

    async def _put_away(self, dialog: QDialog) -> None:
        dialog.reject()
        await self.person.is_back_in_the_window()

    def _somebody(self) -> str:
        appointments = self.window._store.snapshot.appointments.values()
        return min(own.person.last_name for own in appointments)


def one_session() -> dict[str, float]:
    main_unit, *others = sandbox.CARE_UNITS
    doubled = (replace(each, id=f"{each.id}-b", name=f"{each.name} (vikar)") for each in main_unit.resources)
    sandbox.CARE_UNITS = (replace(main_unit, resources=(*main_unit.resources, *doubled)), *others)
    assert len(sandbox.CARE_UNITS[0].resources) == RESOURCES
    app = application()
    app.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(session.YIELD_SECONDS)
    collector = GarbageCollector(app)
    watched = Watched(collector)
    with TemporaryDirectory() as folder:
        os.environ |= {"RECEPTION_DATA_DIR": folder, "RECEPTION_LEDGER_KEY": "0f" * 32}
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            runner.run(watched.whole())
    collector.stop()
    return watched.worst


def main() -> None:
    if "one" in sys.argv:
        tell({**one_session()})
        return
    command = [sys.executable, "-m", "tests.benchmarks.gaps", "one"]
    sessions = []
    for _ in range(SESSIONS):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        sessions.append(json.loads(done.stdout.splitlines()[-1]))
    least = {name: min(found[name] for found in sessions) for name in sessions[0]}
    for name, gap in sorted(least.items(), key=lambda item: -item[1]):
        sys.stderr.write(f"{gap:7.1f}  {name}\n")
    tell({"gap_ms": least})


if __name__ == "__main__":
    main()

"""Make the pictures of the guide from the running program, in both languages: `python3 dev.py guide`.

The clinic is the practice clinic with its usual seed, and it is always 07:40 on Tuesday 24 November 2026, so that on
one computer the same program gives the same pictures. The font is the computer's own.
"""

import asyncio
import math
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zoneinfo import ZoneInfo

RATIO = 2  # pixels of a picture for each one of the screen: `ui.guide.window.RATIO`
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = str(RATIO)

from PySide6.QtCore import QPoint, QRect, QSize, Qt  # noqa: E402
from PySide6.QtGui import QImage, QPixmap  # noqa: E402, TID251
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget  # noqa: E402, TID251
from qasync import QEventLoop  # noqa: E402

from receptionapp.domain.appointment import OwnAppointment, Standing  # noqa: E402
from receptionapp.domain.clinic import ConnectionProfile  # noqa: E402
from receptionapp.domain.clock import Clock  # noqa: E402
from receptionapp.domain.intent import BookRequest  # noqa: E402
from receptionapp.domain.layout import FreeCell  # noqa: E402
from receptionapp.domain.patient import Patient, Person  # noqa: E402
from receptionapp.domain.user import PRACTICE_USERS, User  # noqa: E402
from receptionapp.ledger.entry import Writer  # noqa: E402
from receptionapp.ledger.ledger import Ledger  # noqa: E402
from receptionapp.ledger.sqlite_file import SqliteFile  # noqa: E402
from receptionapp.leyr.client import LeyrClient  # noqa: E402
from receptionapp.leyr.connection import Connection  # noqa: E402
from receptionapp.leyr.pace import Limits  # noqa: E402
from receptionapp.sandbox import Sandbox, create_app  # noqa: E402
from receptionapp.sandbox.people import synthetic  # noqa: E402
from receptionapp.services.clinics import ClinicPreload  # noqa: E402
from receptionapp.services.desk import Desk  # noqa: E402
from receptionapp.services.practice import choose_first_page  # noqa: E402
from receptionapp.services.practice_history import seed_ledger  # noqa: E402
from receptionapp.services.tasks import TaskBag  # noqa: E402
from receptionapp.store.book_store import BookStore  # noqa: E402
from receptionapp.store.change import ProfileKnown  # noqa: E402
from receptionapp.store.presence import Presence, PresenceStore  # noqa: E402
from receptionapp.store.results import Results  # noqa: E402
from receptionapp.store.snapshot import Snapshot, View  # noqa: E402
from ui.controllers.desk_user import DeskUserController  # noqa: E402
from ui.dialogs.new_patient import NewPatientDialog  # noqa: E402
from ui.language import Language  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.theme import LIGHT, apply_theme  # noqa: E402

HERE = Path(__file__).resolve().parent
OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
PATIENCE = 20.0  # seconds
WINDOW = QSize(1280, 800)
LOW = 660  # height of the window where only the panel is shown
WIDEST = 660  # what the guide's page has room for
COLOURS = 256  # of a picture


class _StoppedClock(Clock):
    def __call__(self) -> datetime:
        return NOW


def main() -> int:
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    for code in ("nb", "en"):
        apply_theme(app, LIGHT)
        language = Language()
        language.use(code)
        (HERE / code / "pictures").mkdir(exist_ok=True)
        with TemporaryDirectory() as folder, asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            runner.run(_make(code, Path(folder)))
    return 0


async def _make(code: str, folder: Path) -> None:
    async with _program(code, folder) as (window, desk, sandbox):
        scenes = _Scenes(window, desk, sandbox, HERE / code / "pictures")
        await scenes.start()
        await scenes.booking()
        await scenes.new_patient()
        await scenes.next_free()
        await scenes.changing()
        await scenes.unknown()


@asynccontextmanager
async def _program(code: str, folder: Path) -> AsyncIterator[tuple[MainWindow, Desk, Sandbox]]:
    clock = _StoppedClock()
    sandbox = Sandbox(now=clock)
    connection = Connection("http://127.0.0.1/api", sandbox.profile.emr, sandbox.client_id, sandbox.client_secret)
    limits = Limits(under_way=8, per_second=1000, burst=1000)
    client = LeyrClient(connection, asgi_app=create_app(sandbox), limits=limits)
    ledger = await Ledger.open(SqliteFile(folder / "ledger.sqlite3", None), Writer("practice", "guide"), _tick)
    seeded = [Patient(p.id, p.emr_id, p.first_name, p.last_name, p.external_id, p.phones) for p in sandbox.patients()]
    await seed_ledger(client, ledger, seeded[: len(seeded) // 2], choose_first_page(sandbox, None, OSLO, NOW), OSLO)
    store = BookStore(Snapshot(View(NOW.astimezone(OSLO).date()), OSLO), clock)
    store.apply(ProfileKnown(ConnectionProfile.PRACTICE))
    tasks = TaskBag(_fail)
    window = MainWindow(store, LIGHT, code, practice=True)
    window.resize(WINDOW)
    window.show()
    presence = PresenceStore()
    DeskUserController(window, store, presence, Results(), LIGHT, 5, practice=True, minutes_managed=False)
    somebody = User(UUID(int=1), PRACTICE_USERS[0].name)
    presence.apply(Presence((somebody,), somebody, is_read=True))
    look = ClinicPreload.create(client, store, clock)
    await look.load(None)
    desk = Desk.create(client, ledger, store, tasks, clock=clock, look=look)
    window.attach(desk)
    desk.start(store, None)
    await _until(lambda: bool(store.snapshot.appointments) and store.snapshot.oldest_answer() is not None)
    yield window, desk, sandbox
    await desk.aclose()
    await tasks.aclose()
    sandbox.close()
    window.allow_close()
    window.deleteLater()


_ticks = count()


def _tick() -> datetime:
    """No two things are written at the same moment, so that lists by age are in one order only."""
    return NOW + timedelta(milliseconds=next(_ticks))


def _fail(name: str, error: Exception) -> None:
    raise SystemExit(f"{name}: {error!r}")


async def _until(truth: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not truth():  # noqa: ASYNC110, whatever may become true has no event in common
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)  # lists are dressed and fields get the keyboard a moment later


class _Scenes:
    """One after another, each as a receptionist would come to it."""

    def __init__(self, window: MainWindow, desk: Desk, sandbox: Sandbox, folder: Path) -> None:
        self._window = window
        self._desk = desk
        self._sandbox = sandbox
        self._folder = folder

    async def start(self) -> None:
        await self._fill_the_day()
        self._save("start", self._window, QRect(QPoint(0, 0), WINDOW))
        self._save("book", self._window.book_area, QRect(0, 0, WIDEST, 420))

    async def _fill_the_day(self) -> None:
        """Five resources with something in each: a page that can be read in a small picture."""
        store = self._window._store
        clinic = store.snapshot.clinic
        if clinic is None:
            return
        shown = [resource.id for resource in clinic.resources[3:8]]
        self._desk.navigation.show_only(frozenset(shown))
        people = sorted({own.person for own in self._all()}, key=lambda person: person.reference)
        for person, (resource_id, nth) in zip(people, [(r, n) for n in (0, 1) for r in shown], strict=False):
            cells = [cell for cell in self._free() if cell.resource_id == resource_id]
            if len(cells) > nth + 1:
                before = len(self._all())
                slot = cells[nth * 2 if len(cells) > nth * 2 else nth].options[0]
                self._desk.booking.book(BookRequest(clinic.care_unit.id, slot, person, ""))
                await _until(lambda before=before: len(self._all()) > before)
        await _until(lambda: not any(own.standing.under_way for own in self._all()))
        self._window.message_bar.clear()

    async def booking(self) -> None:
        window, panel = self._window, self._window.panel
        window.resize(WINDOW.width(), LOW)
        window.panel.show_cell(self._free()[0])
        person = self._own().person
        field = panel.slot_form.picker.findChild(QLineEdit)
        field.setText(f"{person.first_name[:2]} {person.last_name[:2]}".lower())
        await _until(lambda: self._hits())
        self._save("found", panel, QRect(0, 0, panel.width(), 400))
        panel.slot_form.picker.choose(person)
        next(iter(panel.slot_form.findChildren(QPlainTextEdit))).setPlainText(
            "Trenger tolk" if self._folder.parent.name == "nb" else "Needs an interpreter"
        )
        await _until(lambda: True)
        self._save("booking", panel)
        panel.slot_form.clear()
        panel.show_nothing()

    async def new_patient(self) -> None:
        today = self._desk.navigation.today()
        dialog = NewPatientDialog(self._window._store, "Sunniva Åsheim", today, self._window)
        dialog.open()
        number, _first, _last, phone, _email = dialog._fields()
        number.setText(next(n for serial in range(100, 500) if (n := synthetic(date(1992, 3, 3), serial))))
        phone.setText("999 90 012")
        await _until(dialog.isVisible)
        self._save("patient", dialog)
        dialog.reject()
        dialog.deleteLater()

    async def next_free(self) -> None:
        page = self._window.panel.next_free
        self._window.resize(WINDOW)
        self._window.actions_.next_free.trigger()
        await _until(lambda: page.times.count())
        self._save("next-free", self._window.panel)

    async def changing(self) -> None:
        panel = self._window.panel
        self._window.resize(WINDOW.width(), LOW)
        own = self._own()
        self._window.book_area.select_appointment(own.key)
        panel.show_appointment(own.key)
        await _until(lambda: True)
        self._save("cancel", panel)
        panel.start_move(own)
        service = own.timeslot.healthcare_service_id
        cell = next(c for c in self._free() if any(o.healthcare_service_id == service for o in c.options))
        panel.propose_move(own, cell)
        await _until(lambda: True)
        self._save("move", panel)
        panel.stop_move()

    async def unknown(self) -> None:
        """An answer that is really lost."""
        window = self._window
        window.resize(WINDOW.width(), LOW)
        person: Person = self._own().person
        self._sandbox.faults.next_calls("drop_after", method="POST", path="/api/emrs/*/appointments")
        request = BookRequest(self._own().care_unit_id, self._free()[1].options[0], person, "")
        self._desk.booking.book(request)
        await _until(lambda: any(own.standing.unknown for own in self._all()))
        await _until(window.tasks_strip.isVisible)
        lost = next(own for own in self._all() if own.standing.unknown)
        window.book_area.select_appointment(lost.key)
        window.panel.show_appointment(lost.key)
        window.message_bar.clear()
        await _until(lambda: True)
        self._save("unknown", window)

    def _all(self) -> list[OwnAppointment]:
        return list(self._window._store.snapshot.appointments.values())

    def _own(self) -> OwnAppointment:
        """The first one of ours on the page that stands."""
        today = self._desk.navigation.today()
        standing = [own for own in self._all() if own.standing is Standing.BOOKED]
        return min((o for o in standing if o.start.astimezone(OSLO).date() == today), key=lambda own: own.start)

    def _free(self) -> list[FreeCell]:
        contents = self._window.book.contents
        columns = range(len(contents.columns)) if contents else ()
        cells = [item.what for n in columns for item in contents.items(n)] if contents else []
        return [cell for cell in cells if isinstance(cell, FreeCell) and cell.start > NOW]

    def _hits(self) -> bool:
        hits = self._window.panel.slot_form.picker._hits
        return hits.isVisible() and hits.count() > 0

    def _save(self, name: str, widget: QWidget, part: QRect | None = None) -> None:
        picture = widget.grab(part) if part else widget.grab()
        if picture.width() > WIDEST * RATIO:
            picture = picture.scaledToWidth(WIDEST * RATIO, Qt.TransformationMode.SmoothTransformation)
        _in_few_colours(picture).save(str(self._folder / f"{name}.png"), quality=0)


def _in_few_colours(picture: QPixmap) -> QImage:
    """With a table of 256 colours, nowhere far from its own: a third of the size, and read in a quarter of the time,
    which is the time that the guide keeps the screen waiting."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    table = _colours(Counter(memoryview(image.constBits()).cast("I")))
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)


def _colours(counts: Counter[int]) -> list[int]:
    """The colours that stand for all: each next one is common, and far from those that were taken."""
    common: dict[tuple[int, ...], int] = {}
    for colour, _ in counts.most_common():
        common.setdefault(tuple(part >> 3 for part in _parts(colour)), colour)
    far = dict.fromkeys(common.values(), math.inf)
    table: list[int] = []
    while far and len(table) < COLOURS:
        taken = max(far, key=lambda colour: counts[colour] * far[colour])
        table.append(taken)
        del far[taken]
        for colour in far:
            far[colour] = min(far[colour], math.dist(_parts(colour), _parts(taken)) ** 2)
    return table


def _parts(colour: int) -> tuple[int, int, int]:
    """Red, green and blue."""
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


if __name__ == "__main__":
    sys.exit(main())

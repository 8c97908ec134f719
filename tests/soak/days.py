"""Practice mode on the days and at the hours at which programs fail, with a real window, whatever zone the computer is
in. `python -m tests.soak.days`: all of them in the zone of this process, a line each."""

import asyncio
import logging
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.soak.first_page import DAYS, LEAST_FREE, LEAST_OURS, OSLO, every_quarter

ZONES = ("Europe/Oslo", "Pacific/Auckland", "America/Los_Angeles")

MOMENTS = {
    "Saturday noon": "2026-11-28T12:00+01:00",
    "late on a Sunday": "2026-11-29T23:30+01:00",
    "early on a Monday": "2026-11-30T07:00+01:00",
    "a Friday afternoon": "2026-11-27T14:55+01:00",
    "the day before Christmas Eve": "2026-12-23T16:30+01:00",
    "Christmas Eve at noon": "2026-12-24T12:00+01:00",
    "Christmas Eve after work": "2026-12-24T14:55+01:00",
    "New Year's Eve, across midnight": "2026-12-31T23:58+01:00",
    "New Year's Day": "2027-01-01T00:05+01:00",
    "before the clock goes forward": "2027-03-28T01:59+01:00",
    "the second half past two": "2026-10-25T02:30+01:00",
    "Maundy Thursday": "2027-03-25T10:00+01:00",
    "Easter Monday": "2027-03-29T10:00+02:00",
    "a leap day": "2028-02-29T10:00+01:00",
    "the national number has changed": "2032-02-01T10:00+01:00",
}
FIRST_DAY = date(2026, 11, 1)  # of the 400


def soak() -> dict[str, Any]:
    """All moments in all zones, then every quarter of an hour of 400 days. Prints a line each."""
    began = time.perf_counter()
    told = [result for zone in ZONES for result in _in_zone(zone)]
    looked, too_little = every_quarter([FIRST_DAY + timedelta(days=n) for n in range(DAYS)])
    for page in too_little:
        say(f"FAILED  first page at {page.at.astimezone(OSLO):%a %Y-%m-%d %H:%M}: {page.free} free, {page.ours} ours")
    say(f"{'FAILED' if too_little else 'ok'}  {looked} first pages, every quarter of an hour of {DAYS} days")
    return {
        "moments": len(told),
        "failed": sum(told),
        "first_pages": looked,
        "first_pages_with_too_little": len(too_little),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _in_zone(zone: str) -> list[bool]:
    """Whether each moment failed, on a computer in `zone`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECEPTION_")}
    ours = {"TZ": zone, "QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    words = [sys.executable, "-m", "tests.soak.days"]
    told: list[bool] = []
    with subprocess.Popen(words, env=kept | ours, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            say(line.rstrip())
            told.append(line.startswith("FAILED"))
    if child.returncode != 0 or len(told) != len(MOMENTS):
        say(f"FAILED  the program in {zone} ended with {child.returncode} after {len(told)} moments")
        told += [True] * max(1, len(MOMENTS) - len(told))
    return told


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# In a process of its own, since Qt and Python take the zone from the environment when they begin.


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What somebody saw on it, and the days that were named above the book until then."""

    day: date
    free: int
    ours: int
    titles: tuple[str, ...]

    def judge(self) -> None:
        if self.free < LEAST_FREE or self.ours < LEAST_OURS:
            raise AssertionError(f"{self.day} has {self.free} free times and {self.ours} of ours")
        if len(self.titles) != 1:
            raise AssertionError(f"above the book stood first {self.titles[0]} and then {self.titles[1:]}")


class _Ear(logging.Handler):
    """What the program complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "This plugin does not support" not in record.getMessage():  # offscreen says so of raising windows
            self.heard.append(record.getMessage())


def main() -> None:
    from qasync import QEventLoop

    from tests.qt_loop import application

    app = application()
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        for name, instant in MOMENTS.items():
            runner.run(_tell(name, datetime.fromisoformat(instant)))


async def _tell(name: str, instant: datetime) -> None:
    began, ear = time.perf_counter(), _Ear()
    logging.getLogger().addHandler(ear)
    try:
        with TemporaryDirectory() as folder:
            page = await spend_a_day(instant, Path(folder))
        outcome = f"ok      begins with {page.day:%a %d %b}, {page.free} free, {page.ours} ours"
    except Exception as error:  # of whatever kind: the other moments are still to be tried
        outcome = f"FAILED  {type(error).__name__}: {error}".replace("\n", " ")
    if ear.heard and outcome.startswith("ok"):
        outcome = f"FAILED  the log has {ear.heard}"
    logging.getLogger().removeHandler(ear)
    say(f"{outcome}  [{name}, {instant.isoformat()}, {os.environ.get('TZ')}, {time.perf_counter() - began:.1f} s]")


async def spend_a_day(instant: datetime, folder: Path) -> FirstPage:
    """Everything that a newcomer does, then midnight passes, and nine days later practice mode is opened again."""
    from tests.clocks import begin_at
    from tests.e2e.learner import makes_the_first_booking, takes_the_tour
    from tests.e2e.program import Program
    from tests.waiting import until

    os.environ["RECEPTION_DATA_DIR"] = str(folder)
    begin_at(instant)
    program = Program()
    try:
        page, person = await open_practice(program)
        page.judge()
        await until(lambda: not person.window.tour_card.isHidden(), "the tour is offered")
        await makes_the_first_booking(person)
        await takes_the_tour(person)
        await print_the_day(person, folder / "day.pdf")
        begin_at(_next_midnight(instant) + timedelta(minutes=1))
        await book_after_midnight(person)
        await check(instant)
        await _close(program)
        for days in (1, 9):
            begin_at(instant + timedelta(days=days))
            again, person = await open_practice(program)
            again.judge()
            assert not person.window.tasks_strip.isVisible(), "nothing is left open"
            await _close(program)
        return page
    finally:
        if program.is_open:
            with suppress(Exception):
                await program.close()


async def _close(program: Any) -> None:
    if code := await program.close():
        raise AssertionError(f"the program ended with {code}")


async def open_practice(program: Any) -> tuple[FirstPage, Any]:
    """The page as it stands when all of it is there, and who sits in front of it."""
    person = await program.open("--practice")
    titles: list[str] = []

    def note(_change: object = None) -> None:
        title = person.window.top_bar._title.accessibleName()
        if title and title not in titles:
            titles.append(title)

    store = person.window._store
    note()
    store.changed.connect(note)
    await person.sees_the_book()
    await person.sees_own()
    store.changed.disconnect(note)
    ours = [own for own in person.own() if own.standing.takes_time]
    return FirstPage(store.snapshot.view.day, len(person.free_cells()), len(ours), tuple(titles)), person


async def print_the_day(person: Any, file: Path) -> None:
    from PySide6.QtWidgets import QDialog

    from tests.e2e.test_print_the_day import opens_the_dialog, saves
    from tests.pdf_text import words

    day = person.window._store.snapshot.view.day  # the tour may have gone to another one
    dialog: QDialog = await opens_the_dialog(person)
    said = words(await saves(person, dialog, file))
    person.clicks("Close", dialog)
    await person.is_back_in_the_window()
    for text in ("PRACTICE MODE", f"{day.day} {day:%B %Y}", "Booked"):
        if text not in said:
            raise AssertionError(f"the printed day does not say {text}")


async def book_after_midnight(person: Any) -> None:
    """Nobody has closed the program: today is another day, and the next free time is one that is still to come."""
    from tests.clocks import SuiteClock
    from tests.e2e.learner import books
    from tests.waiting import until

    person.commands("today")
    today = SuiteClock()().astimezone(OSLO).date()
    shown = person.window._store.snapshot.view.day
    if shown != today:
        raise AssertionError(f"today is {today}, and the book shows {shown}")
    person.commands("next_free")
    await until(lambda: person.window.panel.next_free.times.count(), "times are found")
    person.presses_keys("Return")
    own = await books(person)
    await until(lambda: not own.standing.under_way or not person.own()[0].standing.under_way, "it is booked")
    if own.start <= SuiteClock()():
        raise AssertionError(f"{own.start} was offered, and is over")


async def check(instant: datetime) -> None:
    """As `reception check` does, against the same clinic over the network, at that time."""
    from receptionapp.sandbox import Sandbox
    from receptionapp.services.connection_check import check_connection
    from tests.clocks import SuiteClock
    from tests.running_sandbox import run_in_thread

    with Sandbox(now=SuiteClock()) as sandbox, run_in_thread(sandbox) as served:
        report = await check_connection(
            served.url, served.emr, served.client_id, served.client_secret, SuiteClock(), offer=True
        )
    if report.error is not None:
        raise AssertionError(f"the check stopped at {report.failed}: {report.error}")
    if not all(unit.free_timeslots for unit in report.offer):
        raise AssertionError("the check finds nothing free in a week")


def _next_midnight(instant: datetime) -> datetime:
    local = instant.astimezone(OSLO)
    return datetime(local.year, local.month, local.day, tzinfo=OSLO).astimezone(UTC) + timedelta(hours=24)


if __name__ == "__main__":
    main()

"""Day switch, week switch, scroll frame and drag frame, milliseconds, of the real book, store and pages at 1920×1000.

A switch begins with a new snapshot in the store and ends when all visible pixels are painted; the store holds five
days, and none of them was on screen before. A scroll frame is one notch of 40 pixels, zoomed in twice. A drag frame is
one mouse move of 12 pixels with an appointment carried across a day.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.layout import Page, ViewSpan
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, TimeslotsLoaded, ViewMoved
from receptionapp.store.snapshot import LoadedSlots, Snapshot, View
from tests.benchmarks.measuring import application, made_up, painted, quantiles, tell
from tests.clocks import TUESDAY_MORNING, StoppedClock
from ui.book.view import BookView
from ui.garbage_collection import GarbageCollector
from ui.theme import LIGHT, apply_theme

SIZES = {"8x15": (8, 15), "20x15": (20, 15), "50x5": (50, 5)}
DAYS = 5
ROUNDS = 10  # stores; each gives five day switches and one week switch
MONDAY = date(2026, 11, 23)


def loaded_store(resources: int, minutes: int, round_: int) -> BookStore:
    """Five days loaded and looked away from. Each round has other people and times, and so other objects."""
    monday = MONDAY + timedelta(weeks=round_)
    page: Page = made_up.full_page(days=DAYS, resources=resources, minutes=minutes, first=monday)
    away = View(monday - timedelta(days=7))
    store = BookStore(Snapshot(away, page.zone, clinic=page.clinic), StoppedClock(TUESDAY_MORNING))
    columns = {(column.day, column.resource_id): column.timeslots or () for column in page.columns}
    store.apply(TimeslotsLoaded("unit", None, columns, LoadedSlots((), made_up.at(monday, 0), 1)))
    store.apply(AppointmentsChanged(tuple(own for column in page.columns for own in column.appointments)))
    return store


def switched(book: BookView, store: BookStore, view: View) -> float:
    """Milliseconds from the command to the pixels."""
    began = time.perf_counter()
    store.apply(ViewMoved(view))
    page = store.snapshot.page()
    assert page is not None
    book.show_page(page)
    painted()
    return (time.perf_counter() - began) * 1000


def switches(book: BookView, resources: int, minutes: int) -> tuple[list[float], list[float]]:
    days: list[float] = []
    weeks: list[float] = []
    for round_ in range(ROUNDS + 1):
        for span in (ViewSpan.DAY, ViewSpan.WEEK):
            store = loaded_store(resources, minutes, round_)
            away = store.snapshot.view
            switched(book, store, replace(away, span=span))
            monday = away.day + timedelta(days=7)
            if span is ViewSpan.DAY:
                days += [switched(book, store, View(monday + timedelta(days=n))) for n in range(DAYS)]
            else:
                weeks.append(switched(book, store, View(monday, span)))
    return days[DAYS:], weeks[1:]  # less the first round, which draws the stamps


def frames(book: BookView) -> Iterator[float]:
    """Scrolling to the end and back, down and then to the side."""
    for bar in (book.verticalScrollBar(), book.horizontalScrollBar()):
        way = 40
        for _ in range(60 if bar.maximum() else 0):
            way = -way if not 0 <= bar.value() + way <= bar.maximum() else way
            painted()
            began = time.perf_counter()
            bar.setValue(bar.value() + way)
            painted()
            yield (time.perf_counter() - began) * 1000


def scrolling(book: BookView) -> list[float]:
    book.zoom_in()
    book.zoom_in()
    found = list(frames(book))
    book.zoom_reset()
    return found


def dragging(book: BookView, resources: int, minutes: int) -> list[float]:
    """Carry the first appointment in sight along a slanting line over the book, and let go where it was."""
    store = loaded_store(resources, minutes, 0)
    switched(book, store, View(MONDAY))
    book.dragging.may_move = bool
    contents = book.contents
    assert contents is not None
    index, item = next(
        (n, item)
        for n in range(len(contents.columns))
        for item in contents.items(n)
        if isinstance(item.what, OwnAppointment) and book.viewport().rect().contains(book.item_rect(n, item))
    )
    port, at = book.viewport(), book.item_rect(index, item).center()
    found: list[float] = []
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=at)
    for step in range(80):
        painted()
        began = time.perf_counter()
        QTest.mouseMove(port, at + QPoint(12 * step, 7 * step) if step < 40 else at + QPoint(12 * (80 - step), 50))
        painted()
        found.append((time.perf_counter() - began) * 1000)
    assert book.dragging.active
    QTest.keyClick(book, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=at)
    return found


def main() -> None:
    app = application()
    apply_theme(app, LIGHT)
    collector = GarbageCollector(app)
    book = BookView(LIGHT)
    book.resize(1920, 1000)
    book.show()
    book.set_now(made_up.at(made_up.TUESDAY, 592))
    names = ("day_switch_ms", "week_switch_ms", "scroll_frame_ms", "drag_frame_ms")
    figures: dict[str, dict[str, object]] = {name: {} for name in names}
    for name, (resources, minutes) in SIZES.items():
        days, weeks = switches(book, resources, minutes)
        figures["day_switch_ms"][name] = quantiles(days)
        figures["week_switch_ms"][name] = quantiles(weeks)
        figures["scroll_frame_ms"][name] = quantiles(scrolling(book))
        figures["drag_frame_ms"][name] = quantiles(dragging(book, resources, minutes))
    collector.stop()
    tell({**figures})


if __name__ == "__main__":
    main()

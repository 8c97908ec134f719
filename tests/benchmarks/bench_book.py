"""How fast the book is: `python tests/benchmarks/bench_book.py [ROUNDS]`. Prints one JSON object, milliseconds.

A switch is a page never seen before, shown, laid out and all its visible pixels painted at 1920×1000; a scroll frame
is one notch, blitted and the uncovered strip painted. Garbage collection stays on.
"""

# ruff: noqa: E402 - the platform and the paths must be set before anything else is imported

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "ui" / "book")]

import made_up_days as made_up
from PySide6.QtWidgets import QApplication

from receptionapp.domain.page import Page
from ui.book.view import BookView
from ui.theme import LIGHT, apply_theme

SIZES = {"8x15": (8, 15), "20x15": (20, 15), "50x5": (50, 5)}


class Maker:
    """Makes pages of one size, each of other days and other objects."""

    def __init__(self, days: int, resources: int, minutes: int, service_id: str | None) -> None:
        self._size = {"days": days, "resources": resources, "minutes": minutes}
        self._service_id = service_id

    def __call__(self, number: int) -> Page:
        page = made_up.full_page(**self._size, first=made_up.TUESDAY + timedelta(days=number))
        return replace(page, service_id=self._service_id)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)], 2),
        "max": round(ordered[-1], 2),
    }


def painted(view: BookView) -> None:
    """Paint all that waits for it, as the event loop would do next."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def switches(view: BookView, rounds: int, make: Callable[[int], Page]) -> dict[str, float]:
    times: list[float] = []
    for number in range(rounds):
        page = make(number)
        painted(view)
        started = time.perf_counter()
        view.show_page(page)
        painted(view)
        times.append((time.perf_counter() - started) * 1000)
    return summary(times[2:])


def scrolling(view: BookView, rounds: int) -> dict[str, float]:
    """Frames of scrolling down and to the side, zoomed in."""
    view.zoom_in()
    view.zoom_in()
    times: list[float] = []
    for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
        way = 1
        for _ in range(rounds if bar.maximum() else 0):
            way = -way if not 0 <= bar.value() + way * 40 <= bar.maximum() else way
            painted(view)
            times.append(timed(lambda bar=bar, way=way: (bar.setValue(bar.value() + way * 40), painted(view))))
    view.zoom_reset()
    return summary(times) if times else {}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    app = QApplication([])
    apply_theme(app, LIGHT)
    view = BookView(LIGHT)
    view.resize(1920, 1000)
    view.show()
    view.set_now(made_up.at(made_up.TUESDAY, 592))
    figures: dict[str, dict[str, dict[str, float]]] = {"day_switch_ms": {}, "week_switch_ms": {}, "scroll_frame_ms": {}}
    for name, (resources, minutes) in SIZES.items():
        for chosen in (None, "s0"):
            key = name if chosen is None else f"{name} one service"
            figures["day_switch_ms"][key] = switches(view, rounds, Maker(1, resources, minutes, chosen))
        figures["scroll_frame_ms"][name] = scrolling(view, rounds)
        figures["week_switch_ms"][name] = switches(view, rounds, Maker(5, resources, minutes, None))
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()

"""Milliseconds from a key press to its painted result, p50 and p95, in the whole program with a full week of 20
resources loaded: walking the book, turning days and weeks, choosing a time and leaving it, looking for a patient.
"""

import asyncio
import time
from contextlib import suppress

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.full_program import loaded, paint_of, run
from tests.benchmarks.measuring import quantiles, tell
from ui.main_window import MainWindow

WALK = ("Down", "Down", "Right", "Down", "Left", "Right", "Up", "Ctrl+End", "Ctrl+Home", "Right")
TURN = ("Alt+Right", "Alt+Right", "Alt+Left", "Ctrl+2", "Ctrl+1", "Ctrl++", "Ctrl+0")
CHOOSE = ("Space", "Down", "Space", "Esc", "Down")
STARTS = 40  # quarter hours
ROUNDS = 6


async def pressed(field: QWidget, key: str, shown_on: QWidget) -> list[float]:
    """Nothing where the key has no effect that shows."""
    began = time.perf_counter()
    with suppress(TimeoutError):
        async with asyncio.timeout(0.5), paint_of(shown_on):
            QTest.keySequence(field, key)
        return [(time.perf_counter() - began) * 1000]
    return []


async def measured(window: MainWindow) -> list[float]:
    await loaded(window)
    while window._store.snapshot.view.day.isoweekday() != 1:  # a week that is all ahead
        window.actions_.next.trigger()
    await loaded(window)
    window.activateWindow()
    times: list[float] = []
    for _ in range(ROUNDS):
        window.book.setFocus()
        for key in (*WALK, *TURN, *CHOOSE):
            times += await pressed(window.book, key, window.book.viewport())
            await asyncio.sleep(0.02)  # as long as a quick finger rests
        window.actions_.find_patient.trigger()
        field = QApplication.focusWidget() or window.panel
        for letter in "kari":
            times += await pressed(field, letter, field)
    return times


def main() -> None:
    tell({"key_to_paint_ms": quantiles(run(measured, starts=STARTS))})


if __name__ == "__main__":
    main()

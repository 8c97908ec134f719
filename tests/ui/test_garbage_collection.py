"""While a window is open, garbage is collected by its timers and by nothing else."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import garbage_collection
from ui.garbage_collection import GarbageCollector


@pytest.fixture
def quick(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    """A collector that needs no patience, and does not look through all that the tests have imported."""
    gc.freeze()
    for name in ("YOUNG_INTERVAL", "FULL_INTERVAL"):
        monkeypatch.setattr(garbage_collection, name, 1)
    made = GarbageCollector(qapp)
    yield made
    made.stop()
    made.deleteLater()


class Loop:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def test_garbage_is_collected_by_and_by_though_not_by_the_interpreter(quick: GarbageCollector, qtbot: QtBot) -> None:
    assert not gc.isenabled()
    held = ref(Loop())
    qtbot.waitUntil(lambda: held() is None)


def test_the_interpreter_has_it_back_in_the_end(qapp: QApplication) -> None:
    made = GarbageCollector(qapp)
    made.stop()
    made.deleteLater()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_the_program_begins_with_is_set_aside_before_anything_is_collected(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("YOUNG_INTERVAL", "FREEZE_AFTER"):
        monkeypatch.setattr(garbage_collection, name, 1)
    set_aside: list[int] = []

    def note(_phase: str, _about: dict[str, int]) -> None:
        set_aside.append(gc.get_freeze_count())

    made = GarbageCollector(qapp)
    gc.callbacks.append(note)
    try:
        qtbot.waitUntil(lambda: bool(set_aside))
    finally:
        gc.callbacks.remove(note)
        made.stop()
        made.deleteLater()
    assert set_aside[0]

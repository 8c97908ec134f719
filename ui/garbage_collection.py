"""Python's cyclic garbage, collected by a timer on the UI thread and never in the middle of a frame
(`docs/decisions/0016-garbage-collection.md`)."""

import gc

from PySide6.QtCore import QObject, QTimer

YOUNG_INTERVAL = 5_000  # milliseconds
FULL_INTERVAL = 60_000
FREEZE_AFTER = 5_000


class GarbageCollector(QObject):
    """Takes collection over for as long as it lives, until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._young = QTimer(self, interval=YOUNG_INTERVAL)
        self._young.timeout.connect(self._collect_young)
        self._all = QTimer(self, interval=FULL_INTERVAL)
        self._all.timeout.connect(self._collect_all)
        self._all.start()
        self._begun = QTimer(self, interval=FREEZE_AFTER, singleShot=True)
        self._begun.timeout.connect(self._set_aside)
        self._begun.start()

    def _set_aside(self) -> None:
        """Leave out what the program begins with from every collection: 60 ms become 10."""
        gc.freeze()
        self._young.start()

    def stop(self) -> None:
        """Hand collection back to the interpreter."""
        for timer in (self._young, self._all, self._begun):
            timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect_young(self) -> None:
        gc.collect(1)

    def _collect_all(self) -> None:
        gc.collect()

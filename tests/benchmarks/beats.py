"""How long the event loop is kept from everything else: a timer strikes every millisecond, and a gap is by how much a
strike is late.

Where others keep the processors busy, part of a gap is the wait for one of them, which no program can help. Linux
counts that wait for each thread, and `own` leaves it out; elsewhere it is the whole gap.
"""

import os
import time

from PySide6.QtCore import Qt, QTimer

BEAT = 1  # millisecond
_SCHEDULER = "/proc/thread-self/schedstat"


class Beats:
    """Gaps in milliseconds, between `listen` and `rest`. To be made on the loop's own thread."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.own: list[float] = []
        self._last = self._waited = 0.0
        self._scheduler = os.open(_SCHEDULER, os.O_RDONLY) if os.path.exists(_SCHEDULER) else None
        self._timer = QTimer(interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._strike)

    def listen(self) -> None:
        self._last, self._waited = time.perf_counter(), self._wait_for_processor()
        self._timer.start()

    def rest(self) -> None:
        """The gap that lasts is the last one: what is measured may end without the loop having struck again."""
        self._strike()
        self._timer.stop()

    def _strike(self) -> None:
        now, waited = time.perf_counter(), self._wait_for_processor()
        late = max((now - self._last) * 1000 - BEAT, 0.0)
        self.late.append(late)
        self.own.append(max(late - (waited - self._waited), 0.0))
        self._last, self._waited = now, waited

    def _wait_for_processor(self) -> float:
        """Of this thread, until now, milliseconds."""
        if self._scheduler is None:
            return 0.0
        return int(os.pread(self._scheduler, 100, 0).split()[1]) / 1e6

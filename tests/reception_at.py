"""The program as a process that a test starts, at a time that the test decides.

`python -m tests.reception_at INSTANT words…` is `reception words…` on a computer whose clock says INSTANT at the start.
"""

import sys
from datetime import datetime

from receptionapp.app import run
from tests.clocks import RunningClock, SuiteClock


def command_at_now(*words: str) -> list[str]:
    """What starts it at the time of the test that runs."""
    return [sys.executable, "-m", "tests.reception_at", SuiteClock()().isoformat(), *words]


if __name__ == "__main__":
    instant, *words = sys.argv[1:]
    sys.exit(run(words, RunningClock(datetime.fromisoformat(instant))))

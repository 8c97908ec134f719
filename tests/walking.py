"""`reception walk` without its pace, as a process that a test can kill: `python -m tests.walking INSTANT words…`."""

import sys
from datetime import datetime
from typing import Any

from receptionapp.app import run
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.transport import Timeouts
from tests.clocks import RunningClock

PHONE = "+4700000000"


async def no_wait(_seconds: float) -> None: ...


UNHURRIED: dict[str, Any] = {
    "limits": Limits(8, 1000, 1000),
    "sleep": no_wait,
    "timeouts": Timeouts(read=20, total=20, close=0.1),
}


def defaults_of_clients() -> dict[str, Any]:
    """What a client is made with where nothing else is said."""
    defaults = LeyrClient.__init__.__kwdefaults__
    assert defaults is not None
    return defaults


def hurry() -> None:
    """Every client made from now on waits for nothing."""
    defaults_of_clients().update(UNHURRIED)


if __name__ == "__main__":
    hurry()
    instant, *words = sys.argv[1:]
    sys.exit(run(["walk", *words], RunningClock(datetime.fromisoformat(instant))))

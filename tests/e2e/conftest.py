import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from receptionapp.leyr.transport import Timeouts
from receptionapp.sandbox import Sandbox
from receptionapp.system import credentials
from tests.clocks import SuiteClock
from tests.e2e.program import Program
from tests.qt_loop import _no_task_is_left, no_task_is_left, pytest_asyncio_loop_factories
from tests.small_clinic import SMALL_CLINIC
from tests.watched_sandbox import WatchedSandbox, watched

__all__ = ["_no_task_is_left", "no_task_is_left", "pytest_asyncio_loop_factories"]


@pytest.fixture
def client_defaults(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What every Leyr client of the program is made with when nobody says otherwise."""
    defaults = LeyrClient.__init__.__kwdefaults__
    for name, value in defaults.items():
        monkeypatch.setitem(defaults, name, value)  # all put back afterwards
    return defaults


@pytest.fixture(autouse=True)
def unhurried(client_defaults: dict[str, object]) -> None:
    """Two requests a second is for Leyr's sake, and a second between tries for the network's; here is neither."""

    async def no_wait(_seconds: float) -> None:
        await asyncio.sleep(0)

    client_defaults["limits"] = Limits(under_way=8, per_second=1000, burst=1000)
    client_defaults["sleep"] = no_wait


@pytest.fixture
def impatient(client_defaults: dict[str, object]) -> None:
    """Silence is silence after a moment."""
    client_defaults["timeouts"] = Timeouts(connect=1, read=0.15, total=0.3, listen=30, close=0.1)


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """To make a PIN hard to guess takes 120 ms of a core each time; `tests/ledger/test_users.py` looks at that."""
    monkeypatch.setattr(credentials, "_OPERATIONS", 1)
    monkeypatch.setattr(credentials, "_MEMORY", 8192)


@pytest.fixture
def profile() -> str:
    return "konfidens"


@pytest.fixture
def leyr(profile: str) -> Iterator[WatchedSandbox]:
    """A Leyr server with a clinic behind it."""
    with watched(Sandbox(profile, care_units=SMALL_CLINIC, now=SuiteClock())) as served:
        yield served


def connect(monkeypatch: pytest.MonkeyPatch, url: str, **changes: str) -> None:
    known = {"EMR": "konfidens", "CLIENT_ID": "practice", "CLIENT_SECRET": "practice-secret"} | changes
    monkeypatch.setenv("RECEPTION_LEYR_URL", url)
    monkeypatch.setenv("RECEPTION_LEYR_TEST", "yes")  # its patients are made up
    for name, value in known.items():
        monkeypatch.setenv(f"RECEPTION_LEYR_{name}", value)


@pytest.fixture
def connected(leyr: WatchedSandbox, monkeypatch: pytest.MonkeyPatch) -> WatchedSandbox:
    """A managed desk: the administrator has set the connection in the environment."""
    connect(monkeypatch, leyr.url, EMR=leyr.emr)
    return leyr


@pytest.fixture(autouse=True)
def a_key_for_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine has no key store; here the administrator has set the key."""
    monkeypatch.setenv("RECEPTION_LEDGER_KEY", "5eed" * 16)


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    made = Program()
    yield made
    if made.is_open:
        await made.close()

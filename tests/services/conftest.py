from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from receptionapp.sandbox import Sandbox
from receptionapp.sandbox.clinic import CareUnit
from receptionapp.services.reconciliation import Reconciliation
from tests.clocks import MONDAY_MORNING, StoppedClock
from tests.qt_loop import _no_task_is_left, no_task_is_left, pytest_asyncio_loop_factories
from tests.services.alarm import Alarm
from tests.services.counter import Counter
from tests.services.in_process import Patience
from tests.small_clinic import SMALL_CLINIC
from tests.watched_sandbox import WatchedSandbox, watched

__all__ = ["_no_task_is_left", "no_task_is_left", "pytest_asyncio_loop_factories"]


@pytest.fixture(scope="module")
def care_units() -> tuple[CareUnit, ...]:
    """A module may have others."""
    return SMALL_CLINIC


@pytest.fixture(scope="module")
def serve(care_units: tuple[CareUnit, ...]) -> Iterator[Callable[[str], WatchedSandbox]]:
    """One server a profile and module."""
    served: dict[str, WatchedSandbox] = {}
    with ExitStack() as stack:

        def find(profile: str) -> WatchedSandbox:
            if profile not in served:
                made = Sandbox(profile, now=lambda: MONDAY_MORNING, care_units=care_units)
                served[profile] = stack.enter_context(watched(made))
            return served[profile]

        yield find


@pytest.fixture
def profile() -> str:
    return "konfidens"


@pytest.fixture
def leyr(serve: Callable[[str], WatchedSandbox], profile: str) -> WatchedSandbox:
    found = serve(profile)
    found.be_new()
    return found


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def counter(leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Counter]:
    """Open, with the first care unit on screen, and the calls for that forgotten."""
    made = Counter(leyr, tmp_path / "ledger.sqlite3", clock)
    await made.open()
    await made.open_clinic()
    leyr.forget_calls()
    yield made
    leyr.be_well()
    await made.close()


@pytest.fixture
async def impatient(leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Counter]:
    """A test decides when it gives an answer up; it goes on listening for what became of its writes."""
    made = Counter(leyr, tmp_path / "ledger.sqlite3", clock, Patience(close=0.2))
    await made.open()
    await made.open_clinic()
    leyr.forget_calls()
    yield made
    leyr.be_well()
    await made.close()


@pytest.fixture
async def restart(
    leyr: WatchedSandbox, tmp_path: Path, clock: StoppedClock
) -> AsyncIterator[Callable[[], Awaitable[Counter]]]:
    """Opens the program again on the same ledger."""
    opened: list[Counter] = []

    async def again() -> Counter:
        made = Counter(leyr, tmp_path / "ledger.sqlite3", clock)
        await made.open()
        opened.append(made)
        await made.open_clinic()
        return made

    yield again
    for made in opened:
        await made.close()


@pytest.fixture
def alarm(monkeypatch: pytest.MonkeyPatch) -> Alarm:
    """What the next looks at unknown outcomes wait for."""
    made = Alarm()
    monkeypatch.setattr(Reconciliation.__init__, "__defaults__", (made,))
    return made


@pytest.fixture
def desk(alarm: Alarm, counter: Counter) -> Counter:
    """The counter, opened when the alarm was set: its looks wait for that."""
    return counter

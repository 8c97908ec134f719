"""asyncio on Qt's event loop, as the program runs it, for the tests of a folder: import both names into its conftest.

Engineering notes 2.13 and 4 (11 to 14): one loop a test, made by pytest-asyncio; no `qtbot.waitSignal` in coroutines.
"""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from PySide6.QtCore import QTimerEvent
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop, _SimpleTimer

from tests.beginnings import Beginning, noted, story

_began: WeakKeyDictionary[asyncio.Task[Any], Beginning] = WeakKeyDictionary()
_application: list[QApplication] = []  # Qt's application lives as long as its Python object


def application() -> QApplication:
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        found = QApplication(["reception"])
        gc.disable()  # see `widgets_die_on_their_own_thread`
        _application.append(found)
    found.setQuitOnLastWindowClosed(False)  # also where pytest-qt made it
    return found


class _Timer(_SimpleTimer):
    """Carries the loop's callbacks. pytest-qt and qasync let Qt work once more after a coroutine has ended; a task
    that made a step then would do so without a running loop, so its step waits for the next coroutine."""

    def timerEvent(self, event: QTimerEvent) -> None:
        if asyncio._get_running_loop() is not None:
            super().timerEvent(event)


def _loop() -> asyncio.AbstractEventLoop:
    loop = QEventLoop(application())
    loop._timer = _Timer()
    return loop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"qasync": _loop}


def _remember_where(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **more: Any) -> asyncio.Task[Any]:
    task = asyncio.Task(work, loop=loop, **more)
    _began[task] = noted(sys._getframe(2))
    return task


@pytest.fixture
async def _no_task_is_left() -> AsyncIterator[None]:
    faults: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: faults.append(context))
    loop.set_task_factory(_remember_where)
    before = asyncio.all_tasks()
    yield
    left = [task for task in asyncio.all_tasks() - before if task is not asyncio.current_task()]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    gc.collect(1)  # lets go of failed tasks that nobody asked, which then reach the handler
    await asyncio.sleep(0)
    loop.set_task_factory(None)
    assert not left, "tasks are left:\n" + "\n".join(story(task.get_name(), _began[task]) for task in left)
    assert not faults, f"the loop was told of {faults}"


@pytest.fixture(autouse=True)
def no_task_is_left(request: pytest.FixtureRequest) -> None:
    """For coroutines only: a plain test gets no loop."""
    if asyncio.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("_no_task_is_left")

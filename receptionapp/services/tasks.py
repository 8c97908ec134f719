"""Every task that the program starts has an owner, a name, and a place where its failure is read."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class TaskBag:
    """Owns the running tasks; asyncio keeps only weak references: https://github.com/python/cpython/issues/91887"""

    def __init__(self, on_failed: Callable[[str, Exception], None]) -> None:
        self._on_failed = on_failed
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self, key: str, work: Coroutine[Any, Any, None]) -> bool:
        """Start `work` unless work of the same key is still running; a double click books once. True if started."""
        if key in self._running:
            work.close()
            return False
        task = asyncio.get_running_loop().create_task(work, name=key)
        self._running[key] = task
        task.add_done_callback(self._finished)
        return True

    def is_running(self, prefix: str) -> bool:
        """Whether any task whose key begins so is still running."""
        return any(key.startswith(prefix) for key in self._running)

    async def wait_for(self, prefix: str, seconds: float | None) -> None:
        """Wait at most `seconds` (None: for ever) for the tasks whose key begins so; none of them is cancelled."""
        tasks = [task for key, task in self._running.items() if key.startswith(prefix)]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    async def aclose(self) -> None:
        """Cancel what is left, but for the caller, and wait for it to unwind."""
        tasks = [task for task in self._running.values() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._running[task.get_name()]
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._on_failed(task.get_name(), error)

"""An event loop on which nobody waits: when all that is left to do is to wait, that time is over at once.

What is meant for other threads is done on this one, each piece in a turn of its own, so that a run takes the same way
every time. Nothing may come in from outside: no socket, no thread.
"""

import asyncio
import selectors
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

T = TypeVar("T")


class InstantLoop(asyncio.SelectorEventLoop):
    """`time()` is what has been waited."""

    def __init__(self) -> None:
        self.waited = 0.0
        super().__init__(_NoWaiting(self))

    def time(self) -> float:
        return self.waited

    def run_in_executor(self, executor: Any, func: Callable[..., T], *args: Any) -> "asyncio.Future[T]":  # type: ignore[override]
        if isinstance(executor, _OnThisThread):
            executor.require_open()
        done: asyncio.Future[T] = self.create_future()

        def work() -> None:
            try:
                result = func(*args)
            except Exception as error:
                if not done.cancelled():
                    done.set_exception(error)
            else:
                if not done.cancelled():
                    done.set_result(result)

        self.call_soon(work)
        return done


class _OnThisThread(Executor):
    """For whom a thread of their own is made: one piece after the other, and none once it was shut down."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self._is_shut = False

    def require_open(self) -> None:
        if self._is_shut:
            raise RuntimeError("cannot schedule new futures after shutdown")

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        self.require_open()
        done: Future[T] = Future()

        def do() -> None:
            if not done.set_running_or_notify_cancel():
                return
            try:
                done.set_result(work(*args, **kwargs))
            except Exception as error:
                done.set_exception(error)

        asyncio.get_running_loop().call_soon(do)
        return done

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._is_shut = True


class _NoWaiting(selectors.DefaultSelector):
    def __init__(self, loop: InstantLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everybody waits, and nothing will ever happen")
        self._loop.waited += max(timeout, 0)
        return super().select(0)


@contextmanager
def all_on_this_thread() -> Iterator[None]:
    """The ledger and the endpoints of a sandbox in this process use no thread of their own."""

    async def in_turn(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        await asyncio.sleep(0)
        return work(*args, **kwargs)

    ledger = patch("receptionapp.ledger.database.ThreadPoolExecutor", _OnThisThread)
    with ledger, patch("receptionapp.sandbox.endpoint.run_in_threadpool", in_turn):
        yield

"""Waiting in a coroutine for something to become true on screen, without nested loops and without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QAbstractEventDispatcher

T = TypeVar("T")

PATIENCE = 60.0  # seconds, which only a failing test spends


async def until(truth: Callable[[], T], what: str) -> T:
    """Wait until `truth()` holds and return what it gave; `what` is the sentence of its failure.

    It is asked each time Qt has nothing more to do and is about to sleep: nothing can change after that before
    something happens, so no moment is missed and none is slept through.
    """
    answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def look() -> None:
        if answer.done():
            return
        try:
            found = truth()
        except Exception as error:  # told to whoever waits, not to Qt
            answer.set_exception(error)
        else:
            if found:
                answer.set_result(found)

    look()
    dispatcher = QAbstractEventDispatcher.instance()
    dispatcher.aboutToBlock.connect(look)
    try:
        async with asyncio.timeout(PATIENCE):
            return await answer
    except TimeoutError:
        raise AssertionError(f"in {PATIENCE:.0f} s it did not come about that {what}") from None
    finally:
        dispatcher.aboutToBlock.disconnect(look)

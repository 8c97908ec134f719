"""Bugs of ours that nobody awaits: in a click, in the loop, on another thread. All are told in one place."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

Tell = Callable[[str, Exception], None]

_log = logging.getLogger(__name__)


def catch(tell: Tell) -> Callable[[], None]:
    """Begin to tell where it was, and what, on this thread; what is returned puts Python's hooks back as they were."""
    undo = ExitStack()
    undo.callback(setattr, sys, "excepthook", sys.excepthook)
    undo.callback(setattr, threading, "excepthook", threading.excepthook)
    sys.excepthook = _of_clicks(tell)
    threading.excepthook = _of_threads(tell)
    asyncio.get_running_loop().set_exception_handler(_of_loop(tell))
    return undo.close


def _of_clicks(tell: Tell) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            tell("a click", error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    return hook


def _of_threads(tell: Tell) -> Callable[[threading.ExceptHookArgs], None]:
    loop = asyncio.get_running_loop()

    def hook(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception) and not loop.is_closed():
            loop.call_soon_threadsafe(tell, "a thread", args.exc_value)

    return hook


def _of_loop(tell: Tell) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    def handler(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            tell("the loop", error)
        else:
            _log.error("%s", context.get("message"))

    return handler

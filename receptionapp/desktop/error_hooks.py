"""Errors that nobody awaits and warnings of Qt and Python: both go to the log, and on to whoever listened before."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_log = logging.getLogger(__name__)

ReportError = Callable[[str, Exception], None]


def install_error_hooks(tell: ReportError) -> Callable[[], None]:
    """Begin to tell where it was, and what, on this thread; what is returned puts Python's hooks back as they were."""
    undo = ExitStack()
    undo.callback(setattr, sys, "excepthook", sys.excepthook)
    undo.callback(setattr, threading, "excepthook", threading.excepthook)
    sys.excepthook = _of_clicks(tell)
    threading.excepthook = _of_threads(tell)
    asyncio.get_running_loop().set_exception_handler(_of_loop(tell))
    return undo.close


def _of_clicks(tell: ReportError) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            tell("a click", error.with_traceback(trace))
        else:
            sys.__excepthook__(kind, error, trace)

    return hook


def _of_threads(tell: ReportError) -> Callable[[threading.ExceptHookArgs], None]:
    loop = asyncio.get_running_loop()

    def hook(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception) and not loop.is_closed():
            loop.call_soon_threadsafe(tell, "a thread", args.exc_value)

    return hook


def _of_loop(tell: ReportError) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    def handler(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            tell("the loop", error)
        else:
            _log.error("%s", context.get("message"))

    return handler


QtListener = Callable[[QtMsgType, QMessageLogContext, str], object]

_qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_REMARK = "This plugin does not support"  # a platform without a screen says so at every window


def install_warning_hooks() -> Callable[[], None]:
    """Begin to write them down; what is returned puts things back as they were."""
    undo = ExitStack()
    undo.callback(qInstallMessageHandler, _hear_qt())
    undo.callback(setattr, sys, "unraisablehook", sys.unraisablehook)
    sys.unraisablehook = _hear_unraisable(sys.unraisablehook)
    return undo.close


def _hear_qt() -> QtListener | None:
    """Returns who listened before, or None."""
    before: list[QtListener | None] = [None]

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        remark = text.startswith(_REMARK)
        level = logging.INFO if remark else _LEVELS.get(kind, logging.WARNING)
        _qt_log.log(level, "%s: %s", context.category or "default", text)
        if before[0] is not None:
            before[0](kind, context, text)
        elif sys.stderr is not None and not remark:  # a packaged program has none
            sys.stderr.write(text + "\n")

    before[0] = qInstallMessageHandler(hear)
    return before[0]


def _hear_unraisable(before: Callable[["UnraisableHookArgs"], object]) -> Callable[["UnraisableHookArgs"], None]:
    def hear(what: "UnraisableHookArgs") -> None:
        """Never the object: its `repr` may tell of a person."""
        _log.error("an error that nobody could be told of", exc_info=what.exc_value)
        if before is not sys.__unraisablehook__:
            before(what)

    return hear

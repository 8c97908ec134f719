"""What nobody would hear of: warnings of Qt's own, and errors where Python has nobody to raise them to.

Both go to the log, through its redaction. Whoever listened before hears them as well: a test's listener fails the test.
"""

import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

QtListener = Callable[[QtMsgType, QMessageLogContext, str], object]

_qt_log = logging.getLogger("qt")
_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_REMARK = "This plugin does not support"  # a platform without a screen says so at every window


def listen() -> Callable[[], None]:
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

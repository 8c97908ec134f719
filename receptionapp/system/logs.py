"""The log file: rotating, in the data folder, and with every line through the redaction.

A name looks like any other word, so no redaction finds it in the text of an error that came with one. Of an error the
log therefore has the type, the files and the lines, and the text only where that can't tell of a person.
"""

import copy
import logging
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from receptionapp.system.redaction import Redaction

_FILE_BYTES = 1_000_000
_FILES_KEPT = 5
_TELL_OF_CODE = (AttributeError, ImportError, NameError)
_OURS = ("receptionapp.", "ui.")  # each error class of ours promises that its text can be logged


class RedactingFormatter(logging.Formatter):
    """Redacts a record as it would be written, so that arguments, tracebacks and stacks are covered alike."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        try:
            afresh = copy.copy(record)
            afresh.exc_text = None  # or it is taken as another handler wrote it
            return self._redaction(super().format(afresh))
        except Exception:
            # Left to itself, logging would print the arguments to stderr.
            return f"a record that can't be formatted, from {record.pathname}:{record.lineno}"

    def formatException(self, ei: Any) -> str:
        return "\n".join(_story(ei[1])) if ei[1] is not None else ""


def _story(error: BaseException) -> Iterator[str]:
    """The error and all behind it, the first one first."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from _story(behind)
        yield "and then"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = type(error)
    tells = isinstance(error, _TELL_OF_CODE) or kind.__module__.startswith(_OURS)
    yield f"{kind.__module__}.{kind.__qualname__}" + (f": {error}" if tells else "")
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _story(part)


def start_logging(path: Path, redaction: Redaction) -> logging.Handler:
    """Write everything from INFO up to `path`, whose folder is made. Raises OSError. End it with `stop_logging`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8")
    handler.setFormatter(RedactingFormatter(redaction))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for chatty in ("httpx", "httpcore"):  # they log every URL at INFO
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    logging.getLogger().removeHandler(handler)
    handler.close()

"""The log file: rotating, in the data folder, and with every line through the redaction."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from receptionapp.system.redaction import Redaction

_FILE_BYTES = 1_000_000
_FILES_KEPT = 5


class RedactingFormatter(logging.Formatter):
    """Redacts a record as it would be written, so that arguments, tracebacks and stacks are covered alike."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        try:
            return self._redaction(super().format(record))
        except Exception:
            # Left to itself, logging would print the arguments to stderr.
            return f"a record that can't be formatted, from {record.pathname}:{record.lineno}"


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

"""The log file: rotating, in the data folder, every line redacted of numbers, addresses and secrets.

No redaction finds a name, so of an error the log has the type, the files and the lines, and the text only where that
can't tell of a person. Any eight digits in a row may be a phone.
"""

import copy
import logging
import re
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any
from urllib.parse import quote

_GAP = r"[\ \t\u00a0\u2009\u202f]?"

# A UUID is how support finds an intent, and would lose pieces of itself as numbers. Lengths are bounded so that a long
# word costs no more than a short one.
_PATTERNS = re.compile(
    rf"""
      (?P<query> \?[\w.%\[\]-]{{1,64}}=[^\s"'<>]*)
    | (?P<email> [^\s@<>"'(),;:=\[\]/]{{1,64}}@[^\s@<>"'(),;:=\[\]/]+)
    | (?P<uuid> \b[0-9a-f]{{8}}-?[0-9a-f]{{4}}-?4[0-9a-f]{{3}}-?[89ab][0-9a-f]{{3}}-?[0-9a-f]{{12}}\b)
    | (?P<number> \+?\d(?:{_GAP}\d){{7,}}(?:[-+]\d{{4,5}})? | \d{{6}}[-+.]\d{{4,5}})
    """,
    re.VERBOSE | re.IGNORECASE,
)

_PERSONAL = re.compile(r"\d{10}")


class Redaction:
    """Knows the secrets of this run."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def hide(self, secret: str) -> None:
        """From now on this never gets through, as it is or as URLs spell it."""
        if secret:
            self._secrets |= {secret, quote(secret, safe="")}

    def __call__(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "[secret]")
        before = None
        while text != before:  # a number taken out may leave what now reads as a query
            before, text = text, _PATTERNS.sub(_replacement, text)
        return text


def _replacement(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group()
    if kind == "uuid" and not _PERSONAL.search(found):
        return found
    return f"[{'number' if kind == 'uuid' else kind}]"


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
    if path.exists() and not path.is_file():  # a pipe would keep its writer waiting
        path.unlink()
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

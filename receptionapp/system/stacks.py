"""Where in the code an error was, and of what type: all that a report may tell of it.

The text of an error can hold a name, and so can the path to a home folder. Errors of our own are told in full: each
class of ours promises that its text can be logged.
"""

import re
import traceback
from collections.abc import Iterator
from pathlib import PurePath

_OURS = ("receptionapp.", "ui.")
_ROOTS = ("receptionapp", "ui", "tests", "site-packages", "lib")
_FILE = re.compile(r'File "([^"]+)"')


def story(error: BaseException) -> Iterator[str]:
    """The error and all behind it, the first one first: "file:line in function", outermost first, then the type."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from story(behind)
        yield "and then"
    for frame in traceback.extract_tb(error.__traceback__, limit=-40):
        yield f"  {short(frame.filename)}:{frame.lineno} in {frame.name}"
    kind = type(error)
    text = f": {error}" if kind.__module__.startswith(_OURS) else ""
    yield f"{kind.__module__}.{kind.__qualname__}{text}"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from story(part)


def short(path: str) -> str:
    """The path from the package on, without the folders that tell whose computer it is."""
    parts = PurePath(path.replace("\\", "/")).parts
    for root in _ROOTS:
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else ""


def without_folders(text: str) -> str:
    """A traceback, by Python or by `faulthandler`, with every path cut short."""
    return _FILE.sub(lambda found: f'File "{short(found[1])}"', text)

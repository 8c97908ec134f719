"""Reading Qt before the rest of the program, and nothing of the rest twice.

PySide6 puts a hook into Python's `import` for its `__feature__` switches, which this program does not use. The hook
reads the source of each module that is imported after it, looking for the word PySide6, and `linecache` keeps every
line: 23 MB, and a tenth of a second of the start.
"""

import builtins


def import_qt() -> None:
    """Read Qt and put Python's own `import` back. Raises: ImportError, where a library of Qt's can't be loaded."""
    own = builtins.__import__
    try:
        import PySide6.QtCore  # noqa: F401 - it is read for its hook
    finally:
        builtins.__import__ = own

"""A screen to open windows on, also on a computer that has none."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.virtual_screen import virtual_screen


@contextmanager
def screen() -> Iterator[None]:
    """A virtual one on Linux where there is none; the real one elsewhere."""
    if sys.platform != "linux" or os.environ.get("DISPLAY"):
        yield
        return
    with virtual_screen("1600x1000x24") as display:
        os.environ["DISPLAY"] = display
        try:
            yield
        finally:
            del os.environ["DISPLAY"]

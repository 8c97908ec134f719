"""A screen to open windows on, also on a computer that has none."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def screen() -> Iterator[None]:
    """A virtual one on Linux where there is none; the real one elsewhere."""
    if sys.platform != "linux" or os.environ.get("DISPLAY"):
        yield
        return
    read, write = os.pipe()
    # Without `-noreset` it goes away and comes again whenever its only program ends.
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        os.environ["DISPLAY"] = f":{answer.readline().strip()}"
    try:
        yield
    finally:
        del os.environ["DISPLAY"]
        server.terminate()
        server.wait(timeout=10)

"""One heap for all threads.

glibc, the C library of most Linux systems, gives each thread that allocates a heap of its own, and keeps in it what the
thread has freed. The threads here take turns anyway (Python lets one run at a time), so that this wins nothing, and
costs 6 MB of a desk's 160.
"""

import ctypes
import sys
from contextlib import suppress

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def limit_malloc_arenas() -> None:
    """Call before threads are started. Does nothing where the C library knows of no such thing."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)

"""What this process never leaves behind: an image of its memory, and files that others on the computer can read.

Names, comments, the client secret and the ledger's key are in memory, in the open; a dump would put them on the disk.
"""

import ctypes
import os
import sys
from contextlib import suppress

PR_SET_DUMPABLE = 4
_FAILCRITICALERRORS, _NOGPFAULTERRORBOX = 1, 2
_NO_HEAP = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP


def guard_process() -> None:
    """From now on, for this program and whatever it starts. Cheap, and harmless twice."""
    if sys.platform == "win32":
        _exclude_from_error_reporting()
        return
    import resource

    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # a handler of the system's that dumps are piped to does not ask for the limit
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _exclude_from_error_reporting() -> None:
    """With no reporter at a fault there is no dump; should one run all the same, it gets no heap."""
    if sys.platform != "win32":
        return
    ctypes.windll.kernel32.SetErrorMode(_FAILCRITICALERRORS | _NOGPFAULTERRORBOX)
    with suppress(OSError, AttributeError):
        ctypes.windll.kernel32.WerSetFlags(_NO_HEAP)
    if getattr(sys, "frozen", False):  # by its name, and `python.exe` is everybody's
        with suppress(OSError, AttributeError):
            ctypes.WinDLL("wer").WerAddExcludedApplication(os.path.basename(sys.executable), False)

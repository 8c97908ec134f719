"""The program again, as it was started."""

import subprocess
import sys


def start_again(practice: bool) -> None:
    """Call when the data folder is let go."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "receptionapp"]
    words = [word for word in sys.argv[1:] if word != "--practice"]
    mode = ["--practice"] if practice else []
    subprocess.Popen([*program, *mode, *words])  # noqa: S603, our own words

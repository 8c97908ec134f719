"""Seconds from the start of the process to the first painted book with its times, in practice mode.

The quickest of five, each with a data folder that was used before: others share the machine, and they can only slow
a start down.
"""

import json
import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from receptionapp.domain.clock import Clock
from tests.benchmarks.measuring import tell

COMMAND = (sys.executable, "-m", "receptionapp", "--practice", "--timing", "--language", "en")


def started(folder: str) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "RECEPTION_DATA_DIR": folder}
    began = Clock()().timestamp()
    done = subprocess.run(COMMAND, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1])["book"]) - began


def main() -> None:
    with TemporaryDirectory() as folder:
        started(folder)  # the practice clinic gets its past
        tell({"start_s": round(min(started(folder) for _ in range(5)), 3)})


if __name__ == "__main__":
    main()

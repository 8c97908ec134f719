"""What a receptionist waits for, in figures: `python -m tests.benchmarks [FIGURE…]`.

Each file below measures in a process of its own, so that none warms up or fills another's memory, and prints one JSON
object; all of them together are the last line of this one. Milliseconds, seconds or megabytes, as the names say. The
program is compiled first, as a package or an installer leaves it. Three are measured only when asked for: a large
ledger, which takes two minutes to make the first time, the gaps of a whole session, and what a whole day leaves behind.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES = {
    "switches": ("day_switch_ms", "week_switch_ms", "scroll_frame_ms"),
    "arriving": ("stall_ms",),
    "keys": ("key_to_paint_ms",),
    "next_free": ("next_free_ms",),
    "start": ("start_s",),
    "memory": ("rss_mb",),
    "durable": ("durable_write_ms", "ledger_open_ms", "cipher_import_ms"),
    "desks": ("desk_to_desk_ms",),
    "gaps": ("gap_ms",),
    "all_day": ("all_day",),
    "large_ledger": ("ledger_week_ms", "person_history_ms", "start_large_ledger_s"),
}
WHEN_ASKED = {"gaps", "all_day", "large_ledger"}


def main(wanted: list[str]) -> int:
    figures: dict[str, object] = {}
    environment = _compiled()
    for name, keys in FILES.items():
        if (wanted or name in WHEN_ASKED) and not {name, *keys} & set(wanted):
            continue
        began = time.perf_counter()
        command = [sys.executable, "-m", f"tests.benchmarks.{name}"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, timeout=900, env=environment)
        if done.returncode:
            sys.stderr.write(f"{name} failed (exit {done.returncode})\n")
            return 1
        found = json.loads(done.stdout.splitlines()[-1])
        sys.stdout.write(f"{name}: {json.dumps(found)} in {time.perf_counter() - began:.0f} s\n")
        sys.stdout.flush()
        figures |= found
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def _compiled() -> dict[str, str]:
    """The environment in which Python finds the program compiled, also where it is told to write nothing beside it."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "reception-compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "receptionapp", "ui"], check=True, env=environment)
    return environment


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

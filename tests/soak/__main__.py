"""What is true for a few times is tried often. One JSON line, but for `--properties`.

`python -m tests.soak [ROUNDS]`: two desks race for one time, 10,000 times unless told otherwise.
`python -m tests.soak --model [STEPS]`: whatever can happen at a desk happens, in 50,000 steps unless told otherwise.
`python -m tests.soak --matrix`: every way to fail at every kind of write, as a table before that line.
`python -m tests.soak --verify [EDITS [SEED]]`: somebody with the key changes a ledger, 200 times unless told otherwise.
`python -m tests.soak --days`: practice mode at every kind of moment, a line each before that line. Exit 1: one failed.
`python -m tests.soak --answers [ANSWERS [SEED]]`: any answer to any write, 20,000 unless told otherwise. What is
wrong is written before that line. With `--ledger-fails` 2,000, on a PostgreSQL that fails when a write is under way.
`python -m tests.soak --properties [WORDS]`: every test that stands for more than it tries (properties, state machines,
races, kills, and whatever asks `tests/examples.py`) in full, some hours of a core; a part of them with `tests/domain`
after it, or any other words for pytest.
"""

import json
import secrets
import subprocess
import sys

from tests.examples import SOAK
from tests.soak.race import race


def in_full(words: list[str]) -> int:
    """The same tests as always, with a profile of hypothesis in which each tries all it can; none is too slow."""
    at_once = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
    every = ("-m", "hypothesis or in_full", f"--hypothesis-profile={SOAK}", "--timeout=0", "--durations=20")
    return subprocess.call([sys.executable, "-m", "pytest", *at_once, *every, *words])


def main(words: list[str]) -> None:
    if words[:1] == ["--model"]:
        from tests.soak.model import soak

        found = soak(int(words[1]) if words[1:] else 50_000)
    elif words[:1] == ["--properties"]:
        sys.exit(in_full(words[1:]))
    elif words[:1] == ["--matrix"]:
        from tests.soak.matrix import matrix

        found = matrix()
    elif words[:1] == ["--answers"]:
        from tests.soak.adversary import soak as answer_anyhow

        fails = "--ledger-fails" in words
        numbers = [int(word) for word in words if word.isdigit()]
        found = answer_anyhow(*numbers or [2_000 if fails else 20_000], ledger_fails=fails)
    elif words[:1] == ["--verify"]:
        from tests.soak.verify import soak as try_edits

        found = try_edits(int(words[1]) if words[1:] else 200, int(words[2]) if words[2:] else secrets.randbits(32))
    elif words[:1] == ["--days"]:
        from tests.soak.days import soak as try_days

        found = try_days()
    else:
        found = race(int(words[0]) if words else 10_000)
    sys.stdout.write(json.dumps(found) + "\n")
    if any(count for name, count in found.items() if name.startswith(("wrong_", "untold_", "lost_"))):
        sys.exit(1)
    if found.get("failed") or found.get("first_pages_with_too_little"):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])

"""What is true for a few times is tried often. One JSON line.

`python -m tests.soak [ROUNDS]`: two desks race for one time, 10,000 times unless told otherwise.
`python -m tests.soak --model [STEPS]`: whatever can happen at a desk happens, in 50,000 steps unless told otherwise.
`python -m tests.soak --matrix`: every way to fail at every kind of write, as a table before that line.
`python -m tests.soak --days`: practice mode at every kind of moment, a line each before that line. Exit 1: one failed.
"""

import json
import sys

from tests.soak.race import race


def main(words: list[str]) -> None:
    if words[:1] == ["--model"]:
        from tests.soak.model import soak

        found = soak(int(words[1]) if words[1:] else 50_000)
    elif words[:1] == ["--matrix"]:
        from tests.soak.matrix import matrix

        found = matrix()
    elif words[:1] == ["--days"]:
        from tests.soak.days import soak as try_days

        found = try_days()
    else:
        found = race(int(words[0]) if words else 10_000)
    sys.stdout.write(json.dumps(found) + "\n")
    if found.get("failed") or found.get("first_pages_with_too_little"):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])

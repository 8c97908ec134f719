"""`python -m tests.soak [ROUNDS]`: two desks race for one time, 10,000 times unless told otherwise. One JSON line."""

import json
import sys

from tests.soak.race import race

if __name__ == "__main__":
    words = sys.argv[1:]
    sys.stdout.write(json.dumps(race(int(words[0]) if words else 10_000)) + "\n")

"""Walks the book of `spoken_book.py` from another process, and prints what it found as one JSON object."""

import json
import subprocess
import sys

from tests.screen_reader import SELECTED, Reader, patiently


def main() -> None:
    command = [sys.executable, *sys.argv[1:]]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        ready = program.stdout.readline().split()
        reader = Reader()
        book = patiently(lambda: reader.find("panel", "Appointment book"), "the book")
        columns = reader.children(book)
        items = [item for column in columns for item in reader.children(column)]
        names = [reader.name(item) for item in items]
        chosen = []
        for item in items:
            reader.do(item, 0)
            chosen.append(program.stdout.readline().strip())
        first = next(n for n, name in enumerate(names) if ", free, " in name)
        reader.do(items[first], 0)
        found = {
            "promised": int(ready[1]),
            "children": len(items),
            "columns": [[reader.role(column), reader.name(column), reader.description(column)] for column in columns],
            "parents": [reader.parent(item) in columns for item in (items[0], items[-1])],
            "names": names,
            "roles": sorted({reader.role(item) for item in items}),
            "actions": reader.actions(items[first]),
            "pressed": names[first],
            "chosen": chosen,
            "chosen_first": program.stdout.readline().strip(),
            "selected": reader.is_in_state(items[first], SELECTED),
            "extents": reader.extents(items[first]),
        }
        program.stdin.write("turn\n")
        program.stdin.flush()
        found["turned"] = int(program.stdout.readline().split()[1])
        found["after"] = [reader.name(item) for column in reader.children(book) for item in reader.children(column)]
        sys.stdout.write(json.dumps(found) + "\n")
    finally:
        program.terminate()
        program.wait(timeout=10)


if __name__ == "__main__":
    main()

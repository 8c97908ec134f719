"""Works the window of `told_desk.py` from another process, and prints what was told at each step as one JSON object."""

import json
import subprocess
import sys

from tests.screen_reader import FOCUSED, Node, Reader, patiently
from tests.ui.told_desk import TIMES

HAPPENINGS = ("send", "book", "another_desk", "refuse", "lose", "cancel", "lock", "unlock")


def main() -> None:
    reader = Reader()  # first: a program tells only those whom it has found listening
    program = subprocess.Popen(
        [sys.executable, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        program.stdout.readline()
        sys.stdout.write(json.dumps(told_at_each_step(program, reader)) + "\n")
    finally:
        program.terminate()
        program.wait(timeout=10)


def told_at_each_step(program: subprocess.Popen[str], reader: Reader) -> dict[str, object]:
    window = patiently(lambda: reader.find("frame"), "the window")
    book = patiently(lambda: reader.find("panel", "Appointment book", window), "the book")
    items = [item for column in reader.children(book) for item in reader.children(column)]
    x, y, width, height = reader.extents(window)
    reader.click(x + width // 2, y + height - 4)  # no window manager here makes the window the active one
    found: dict[str, object] = {}

    def press(key: str, on: Node) -> list[str]:
        reader.press(key)
        patiently(lambda: reader.is_in_state(on, FOCUSED), f"focus after {key}")
        return settled()

    def settled() -> list[str]:
        """The program answers nothing before it has told all of it."""
        program.stdin.write("nothing\n")
        program.stdin.flush()
        program.stdout.readline()
        reader.name(window)  # answered on the way that the signals take, and after them
        return reader.told()

    patiently(lambda: press_until(reader, "Ctrl+B", items[0]), "the book is worked by keyboard")
    settled()
    found["ten steps"] = [press("Down", items[n]) for n in range(1, TIMES - 1)]
    found["to the end"] = press("End", items[-1])
    reader.press("Down")
    found["no further, and home"] = press("Home", items[0])
    found["second"] = press("Down", items[1])
    field = reader.find("text", "Find patient", window)
    found["chosen"] = press("Return", field)
    found["back"] = press("Escape", items[1])
    reorders = reader.count("ChildrenChanged")
    for happening in HAPPENINGS:
        program.stdin.write(happening + "\n")
        program.stdin.flush()
        program.stdout.readline()
        found[happening] = settled()
    found["children changed"] = reader.count("ChildrenChanged") - reorders
    return found


def press_until(reader: Reader, key: str, on: Node) -> bool:
    reader.press(key)
    reader.press("Home")
    return reader.is_in_state(on, FOCUSED)


if __name__ == "__main__":
    main()

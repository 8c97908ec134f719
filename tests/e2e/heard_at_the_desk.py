"""Works the whole program in practice mode by keyboard, from another process, hearing only what it announces.

Prints what was heard and found as one JSON object.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.clocks import MONDAY_MORNING
from tests.screen_reader import FOCUSED, SHOWING, Node, Reader, patiently

PROGRAM = (sys.executable, "-m", "tests.reception_at", MONDAY_MORNING.isoformat(), "--practice", "--language", "en")


def main() -> None:
    reader = Reader()  # first: a program tells only those whom it has found listening
    program = subprocess.Popen(PROGRAM, stderr=subprocess.DEVNULL)
    try:
        found = book_by_ear(reader)
        reader.press("Ctrl+Q")
        found["ended with"] = program.wait(timeout=20)
        sys.stdout.write(json.dumps(found) + "\n")
    finally:
        program.kill()


def book_by_ear(reader: Reader) -> dict[str, object]:
    window = patiently(lambda: reader.find("frame"), "the window")
    book = patiently(lambda: reader.find("panel", "Appointment book", window), "the book")
    patiently(lambda: free_times(reader, book), "free times")
    activate(reader, window)
    first_column = reader.children(book)[0]
    found: dict[str, object] = {"free": free_times(reader, book)}
    found["languages"] = [reader.locale(node) for node in (window, book, first_column)]
    boxes = [box for box in every(reader, "combo box", window) if reader.is_in_state(box, SHOWING)]
    found["labels"] = [reader.labels(box) for box in boxes]
    found["saved views"] = entries(reader, patiently(lambda: reader.find("menu item", "Saved views", window), "menu"))

    field = patiently(lambda: reader.find("text", "Find patients, free times, days and commands", window), "the field")
    patiently(lambda: pressed_until(reader, "Ctrl+K", lambda: reader.is_in_state(field, FOCUSED)), "focus")
    reader.write("sol")
    found["search"] = hear(reader, " found. ")
    reader.press("Down")
    found["next hit"] = hear(reader, "", after=found["search"])
    reader.press("Return")
    patiently(lambda: not reader.is_in_state(field, FOCUSED), "the field was left")

    reader.press("Ctrl+B")
    reader.press("Home")
    reader.press("Return")
    button = patiently(lambda: focused(reader, "push button", window), "the button")
    found["button"] = reader.name(button)
    reader.press("Return")
    found["outcome"] = hear(reader, "ooked")
    found["booked"] = [name for name in names(reader, book) if ", booked, " in name]

    reader.press("Ctrl+L")
    table = patiently(lambda: reader.find("table", "Appointment book as a list", window), "the list")
    found["columns"] = reader.columns(table)
    found["cells"] = [reader.name(cell) for cell in reader.children(table)]
    return found


def activate(reader: Reader, window: Node) -> None:
    """This screen has no window manager to make the window the active one; a click on its edge does."""
    x, y, width, height = reader.extents(window)
    reader.click(x + width // 2, y + height - 4)


def pressed_until(reader: Reader, key: str, done) -> bool:
    reader.press(key)
    return done()


def hear(reader: Reader, words: str, after: object = None) -> str:
    """The last announcement with these words, once it is there and another than `after`."""

    def latest() -> str | None:
        said = [heard for heard in reader.heard if words in heard]
        return said[-1] if said and said[-1] != after else None

    return patiently(latest, f"“{words}”; heard {reader.heard}")


def focused(reader: Reader, role: str, under: Node) -> Node | None:
    for child in reader.children(under):
        if reader.role(child) == role and reader.is_in_state(child, FOCUSED):
            return child
        if found := focused(reader, role, child):
            return found
    return None


def names(reader: Reader, book: Node) -> list[str]:
    return [reader.name(item) for column in reader.children(book) for item in reader.children(column)]


def every(reader: Reader, role: str, under: Node) -> Iterator[Node]:
    for child in reader.children(under):
        if reader.role(child) == role:
            yield child
        else:
            yield from every(reader, role, child)


def entries(reader: Reader, menu: Node) -> list[str]:
    (inside,) = reader.children(menu)
    return [reader.name(entry) for entry in reader.children(inside) if reader.role(entry) == "menu item"]


def free_times(reader: Reader, book: Node) -> int:
    return sum(", free, " in name for name in names(reader, book))


if __name__ == "__main__":
    main()

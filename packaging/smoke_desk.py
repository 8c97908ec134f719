"""A receptionist in another process: works the frozen program through the accessibility bus, as a screen reader does.

Linux only, in a D-Bus session of its own. Books, cancels, books again, quits, opens again and finds the appointment.
The program has no code for this.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.screen_reader import DESKTOP, Node, Reader

T = TypeVar("T")

_PATIENCE = 30  # seconds
_SENSITIVE, _SHOWING = 24, 25  # AtspiStateType


class Desk(Reader):
    """Finds by role and name among what is on the screen."""

    def shown(self, role: str, name: str, node: Node = DESKTOP) -> Node | None:
        for child in self.children(node):
            try:
                if self.role(child) == role and self.name(child) == name and self.is_in_state(child, _SHOWING):
                    return child
                if self.role(child) != "menu bar" and (found := self.shown(role, name, child)):
                    return found
            except SystemExit:
                continue
        return None

    def push(self, role: str, name: str) -> None:
        def ready() -> Node | None:
            node = self.shown(role, name)
            return node if node and self.is_in_state(node, _SENSITIVE) else None

        self.do(waited(ready, f"{role} “{name}”"), 0)

    def book(self) -> dict[str, Node]:
        """What the book says, line by line, column by column."""
        found = self.shown("panel", "Appointment book")
        columns = self.children(found) if found else []
        return {self.name(item): item for column in columns for item in self.children(column)}

    def line(self, *words: str) -> str:
        """A line of the book with all these words, as soon as there is one."""

        def look() -> str | None:
            return next((line for line in self.book() if all(word in line for word in words)), None)

        return waited(look, " … ".join(words))

    def first_of(self, listed: str) -> str:
        def look() -> Node | None:
            found = self.shown("list", listed)
            return next(iter(self.children(found)), None) if found else None

        return self.name(waited(look, listed))

    def quits(self) -> None:
        """Over the menu, which need not be open."""
        [application] = self.children(DESKTOP)
        waiting = [application]
        while waiting:
            node = waiting.pop()
            if self.role(node) == "menu item" and self.name(node) == "Quit":
                self.do(node, 0)
                return
            waiting += self.children(node)
        raise SystemExit("no Quit in the menus")


def waited(look: Callable[[], T | None], what: str) -> T:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if found := look():
                return found
        except SystemExit:
            pass  # it went while it was looked at
        time.sleep(0.1)
    raise SystemExit(f"never saw {what}")


@contextmanager
def opened(program: str) -> Iterator[Desk]:
    """The program in practice mode; it must end by itself, and well, when it is told to quit."""
    process = subprocess.Popen([program, "--practice", "--language", "en"], env=os.environ | {"PATH": ""})
    try:
        desk = waited(Desk, "the accessibility bus")
        desk.line(", free, ")
        yield desk
        desk.quits()
        if process.wait(timeout=_PATIENCE):
            raise SystemExit(f"the program ended with {process.returncode}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def books(desk: Desk) -> str:
    """Book the first free time for somebody the clinic knows. Returns the line that the book then has."""
    known = desk.line(", booked, ").partition(", booked, ")[2]
    free = desk.line(", free, ")
    time_and_place = free.partition(", free, ")[0]
    start = time_and_place.partition(" to ")[0]
    desk.do(desk.book()[free], 0)
    waited(lambda: desk.shown("text", "Find patient"), "the search field, which has the keyboard then")
    desk.write(re.match("[A-Za-z]*", known)[0])  # the letters that every keyboard has
    name = desk.first_of("Patients found").partition("\n")[0]
    desk.press("Return")
    desk.push("push button", "Book")
    return desk.line(start, time_and_place.partition(", ")[2], ", booked, ", name)


def say(words: str) -> None:
    os.write(1, f"  {words}\n".encode())


def main(program: str) -> None:
    with opened(program) as desk:
        first = books(desk)
        say(f"booked: {first}")
        desk.do(desk.book()[first], 0)
        desk.push("push button", "Cancel the appointment")
        waited(lambda: first not in desk.book(), "the appointment gone")
        say("cancelled it")
        second = books(desk)
        say(f"booked: {second}")
    say("quit")
    with opened(program) as desk:
        desk.line(second)
        say("opened again, and the appointment is there")


if __name__ == "__main__":
    main(sys.argv[1])

"""A screen reader in small: walks the book of another process over AT-SPI. Prints what it found as one JSON object.

Runs inside a D-Bus session of its own. Talks through `gdbus`, so that nothing but at-spi2 and GLib is needed.
"""

import ast
import json
import re
import subprocess
import sys
import time

_NAMESPACE = "org.a11y.atspi"
_ROOT = "/org/a11y/atspi/accessible/root"
Node = tuple[str, str]  # bus name, object path


def gdbus(address: str | None, node: Node, method: str, *arguments: str) -> str:
    where = ["--session"] if address is None else ["--address", address]
    command = ["gdbus", "call", *where, "--dest", node[0], "--object-path", node[1], "--method", method, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    if done.returncode:
        raise SystemExit(f"{method} on {node}: {done.stderr}")
    return done.stdout.strip()


class Reader:
    """Asks one accessibility bus."""

    def __init__(self) -> None:
        said = gdbus(None, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus.GetAddress")
        self._address = ast.literal_eval(said)[0]

    def children(self, node: Node) -> list[Node]:
        said = gdbus(self._address, node, f"{_NAMESPACE}.Accessible.GetChildren")
        return re.findall(r"\('([^']+)', (?:objectpath )?'([^']+)'\)", said)

    def name(self, node: Node) -> str:
        said = gdbus(self._address, node, "org.freedesktop.DBus.Properties.Get", f"{_NAMESPACE}.Accessible", "Name")
        return re.fullmatch(r"\(<['\"](.*)['\"]>,\)", said, re.DOTALL)[1]

    def role(self, node: Node) -> str:
        return ast.literal_eval(gdbus(self._address, node, f"{_NAMESPACE}.Accessible.GetRoleName"))[0]

    def states(self, node: Node) -> int:
        said = gdbus(self._address, node, f"{_NAMESPACE}.Accessible.GetState")
        low, high = (int(number) for number in re.findall(r"\b(\d+)\b", said.replace("uint32", ""))[:2])
        return low | high << 32

    def extents(self, node: Node) -> list[int]:
        said = gdbus(self._address, node, f"{_NAMESPACE}.Component.GetExtents", "0")
        return [int(number) for number in re.findall(r"-?\d+", said)]

    def actions(self, node: Node) -> list[str]:
        said = gdbus(self._address, node, f"{_NAMESPACE}.Action.GetActions")
        return re.findall(r"\('([^']*)'", said)

    def do(self, node: Node, action: int) -> None:
        gdbus(self._address, node, f"{_NAMESPACE}.Action.DoAction", str(action))

    def find(self, role: str, node: Node | None = None) -> Node | None:
        for child in self.children(node or (f"{_NAMESPACE}.Registry", _ROOT)):
            found = child if self.role(child) == role else self.find(role, child)
            if found is not None:
                return found
        return None


def patiently(ask, what: str):
    """Programs need a moment to appear on the bus."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = ask()
        if found:
            return found
        time.sleep(0.2)
    raise SystemExit(f"never saw {what}")


def main() -> None:
    program = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
    try:
        ready = program.stdout.readline().split()
        reader = Reader()
        book = patiently(lambda: reader.find("list"), "the book")
        items = reader.children(book)
        looked_at = [*items[:12], items[-1]]
        pressed = next(item for item in looked_at if ", free, " in reader.name(item))
        press = reader.actions(pressed).index("Press")
        reader.do(pressed, press)
        chosen = program.stdout.readline().strip()
        found = {
            "promised": int(ready[1]),
            "children": len(items),
            "book": reader.name(book),
            "names": [reader.name(item) for item in looked_at],
            "roles": sorted({reader.role(item) for item in looked_at}),
            "actions": reader.actions(pressed),
            "pressed": reader.name(pressed),
            "chosen": chosen,
            "selected": bool(reader.states(pressed) >> 23 & 1),
            "extents": reader.extents(pressed),
            "turned": int(program.stdout.readline().split()[1]),
            "after": [reader.name(item) for item in reader.children(book)],
        }
        sys.stdout.write(json.dumps(found) + "\n")
    finally:
        program.terminate()
        program.wait(timeout=10)


if __name__ == "__main__":
    main()

"""A screen reader in small: walks the book of another process over AT-SPI. Prints what it found as one JSON object.

Runs inside a D-Bus session of its own. Talks through jeepney, which comes with keyring on Linux: a process for each of
a thousand calls would take a minute.
"""

import json
import subprocess
import sys
import time

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_NAMESPACE = "org.a11y.atspi"
_ROOT = "/org/a11y/atspi/accessible/root"
Node = tuple[str, str]  # bus name, object path


def called(connection: DBusConnection, node: Node, method: str, signature: str | None = None, *arguments: object):
    interface, _, member = method.rpartition(".")
    address = DBusAddress(node[1], bus_name=node[0], interface=interface)
    reply = connection.send_and_get_reply(new_method_call(address, member, signature, arguments), timeout=20)
    if reply.header.message_type is MessageType.error:
        raise SystemExit(f"{method} on {node}: {reply.body}")
    return reply.body[0] if reply.body else None


class Reader:
    """Asks one accessibility bus."""

    def __init__(self) -> None:
        with open_dbus_connection() as session:
            address = called(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus.GetAddress")
        self._bus = open_dbus_connection(address)

    def _ask(self, node: Node, method: str, signature: str | None = None, *arguments: object):
        return called(self._bus, node, f"{_NAMESPACE}.{method}", signature, *arguments)

    def children(self, node: Node) -> list[Node]:
        return [tuple(child) for child in self._ask(node, "Accessible.GetChildren")]

    def name(self, node: Node) -> str:
        wanted = f"{_NAMESPACE}.Accessible", "Name"
        return called(self._bus, node, "org.freedesktop.DBus.Properties.Get", "ss", *wanted)[1]

    def role(self, node: Node) -> str:
        return self._ask(node, "Accessible.GetRoleName")

    def states(self, node: Node) -> int:
        low, high = self._ask(node, "Accessible.GetState")
        return low | high << 32

    def extents(self, node: Node) -> list[int]:
        return list(self._ask(node, "Component.GetExtents", "u", 0))

    def actions(self, node: Node) -> list[str]:
        return [action[0] for action in self._ask(node, "Action.GetActions")]

    def do(self, node: Node, action: int) -> None:
        self._ask(node, "Action.DoAction", "i", action)

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
    command = [sys.executable, *sys.argv[1:]]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        ready = program.stdout.readline().split()
        reader = Reader()
        book = patiently(lambda: reader.find("list"), "the book")
        items = reader.children(book)
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
            "book": reader.name(book),
            "names": names,
            "roles": sorted({reader.role(item) for item in items}),
            "actions": reader.actions(items[first]),
            "pressed": names[first],
            "chosen": chosen,
            "chosen_first": program.stdout.readline().strip(),
            "selected": bool(reader.states(items[first]) >> 23 & 1),
            "extents": reader.extents(items[first]),
        }
        program.stdin.write("turn\n")
        program.stdin.flush()
        found["turned"] = int(program.stdout.readline().split()[1])
        found["after"] = [reader.name(item) for item in reader.children(book)]
        sys.stdout.write(json.dumps(found) + "\n")
    finally:
        program.terminate()
        program.wait(timeout=10)


if __name__ == "__main__":
    main()

"""A screen reader in small, in a process of its own: it walks another program over AT-SPI, presses keys and listens.

Runs on Linux, on a virtual screen, inside a D-Bus session of its own. Talks through jeepney, which comes with keyring
there: a process for each of a thousand calls would take a minute.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.virtual_screen import virtual_screen

T = TypeVar("T")
Node = tuple[str, str]  # bus name, object path

ROOT = Path(__file__).resolve().parent.parent
DESKTOP: Node = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
FOCUSED, SELECTED, SHOWING = 12, 23, 25  # AtspiStateType
_LABELLED_BY = 2  # AtspiRelationType

_NAMESPACE = "org.a11y.atspi"
_REGISTRY: Node = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
_HANDS: Node = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry/deviceeventcontroller")
_DOWN, _UP, _STROKE, _LETTER, _TEXT = range(5)  # AtspiKeySynthType
_CONTROL = 37  # key codes of every PC keyboard in X
KEYS = {
    "Return": 36,
    "Tab": 23,
    "Down": 116,
    "Up": 111,
    "Home": 110,
    "End": 115,
    "Escape": 9,
    "K": 45,
    "B": 56,
    "L": 46,
    "G": 42,
    "Q": 24,
}
_TOOLS = ("Xvfb", "dbus-run-session")
_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")  # of at-spi2-core
_LIBRARIES = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0")


def missing() -> list[str]:
    """What this machine lacks for it."""
    if not sys.platform.startswith("linux"):
        return ["Linux"]
    lacking = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if not _SERVICE.exists():
        lacking.append("at-spi2-core")
    known = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False).stdout
    return lacking + [library for library in _LIBRARIES if library not in known]


def listen(script: Path, *words: str, folder: Path) -> dict[str, Any]:
    """Run `script`, which uses a Reader and prints one JSON object last, on a screen and a bus of its own.

    Where the machine can't, the test is skipped, and fails with CI=true.
    """
    if lacking := missing():
        reason = f"no screen reader test without {', '.join(lacking)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with virtual_screen("1440x900x24") as display:
        environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(script.parent))),
            "LC_ALL": "C.UTF-8",
            "RECEPTION_DATA_DIR": str(folder),
        }
        command = ["dbus-run-session", "--", sys.executable, str(script), *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def patiently(ask: Callable[[], T | None], what: str) -> T:
    """Another process, on a bus with nothing to wait on, needs a moment."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = ask()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"never came: {what}")


def _member(signal: Any) -> str:
    from jeepney import HeaderFields

    return str(signal.header.fields[HeaderFields.member])


def _sender(signal: Any) -> Node:
    from jeepney import HeaderFields

    return signal.header.fields[HeaderFields.sender], signal.header.fields[HeaderFields.path]


class Gone(SystemExit):
    """What is asked has left the screen since it was found."""


class Reader:
    """Asks one accessibility bus. `heard` is what programs announced, oldest first."""

    def __init__(self) -> None:
        from jeepney import MatchRule
        from jeepney.io.blocking import open_dbus_connection

        with open_dbus_connection() as session:
            self._bus = session
            address = self._call(("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus.GetAddress")
        self._bus = open_dbus_connection(address)
        self._signals: deque[Any] = deque()
        self._read = 0  # of the signals, by `told`
        self._focus: Node | None = None
        rule = MatchRule(type="signal", interface=f"{_NAMESPACE}.Event.Object")
        self._bus.filter(rule, queue=self._signals).__enter__()
        bus = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
        self._call(bus, "org.freedesktop.DBus.AddMatch", "s", rule.serialise())
        self._call(_REGISTRY, f"{_NAMESPACE}.Registry.RegisterEvent", "s", "Object")

    @property
    def heard(self) -> list[str]:
        self._take_in()
        return [str(signal.body[3][1]) for signal in self._signals if _member(signal) == "Announcement"]

    def told(self) -> list[str]:
        """What a screen reader would say by itself of what came since it was asked last, in order: announcements, what
        has the focus, what was chosen while it has it, and another name of it."""
        self._take_in()
        new, self._read = list(self._signals)[self._read :], len(self._signals)
        said = []
        for signal in new:
            match _member(signal), *signal.body[:2]:
                case "Announcement", *_:
                    said.append(f"announced: {signal.body[3][1]}")
                case "StateChanged", "focused", 1:
                    self._focus = _sender(signal)
                    said.append(f"focus: {self.name(self._focus)}")
                case "StateChanged", "selected", 1 if _sender(signal) == self._focus:
                    said.append(f"chosen: {self.name(self._focus)}")
                case "PropertyChange", "accessible-name", _ if _sender(signal) == self._focus:
                    said.append(f"name: {self.name(self._focus)}")
        return said

    def count(self, member: str) -> int:
        """How many signals of a kind have come in all."""
        self._take_in()
        return sum(_member(signal) == member for signal in self._signals)

    def _take_in(self) -> None:
        """Whatever was sent before this is asked has come when it is answered."""
        self._call(_REGISTRY, f"{_NAMESPACE}.Registry.GetRegisteredEvents")

    # Looking

    def children(self, node: Node) -> list[Node]:
        """None of what has gone: a walk goes on past what another reading of the day has replaced meanwhile."""
        try:
            return [(bus, path) for bus, path in self._ask(node, "Accessible.GetChildren")]
        except Gone:
            return []

    def name(self, node: Node) -> str:
        wanted = f"{_NAMESPACE}.Accessible", "Name"
        return str(self._call(node, "org.freedesktop.DBus.Properties.Get", "ss", *wanted)[1])

    def description(self, node: Node) -> str:
        wanted = f"{_NAMESPACE}.Accessible", "Description"
        return str(self._call(node, "org.freedesktop.DBus.Properties.Get", "ss", *wanted)[1])

    def locale(self, node: Node) -> str:
        wanted = f"{_NAMESPACE}.Accessible", "Locale"
        return str(self._call(node, "org.freedesktop.DBus.Properties.Get", "ss", *wanted)[1])

    def labels(self, node: Node) -> list[str]:
        """What other nodes say that they are labels of it."""
        related = self._ask(node, "Accessible.GetRelationSet")
        return [self.name((bus, path)) for kind, nodes in related if kind == _LABELLED_BY for bus, path in nodes]

    def parent(self, node: Node) -> Node:
        wanted = f"{_NAMESPACE}.Accessible", "Parent"
        bus, path = self._call(node, "org.freedesktop.DBus.Properties.Get", "ss", *wanted)[1]
        return bus, path

    def role(self, node: Node) -> str:
        """Of what has gone, none."""
        try:
            return str(self._ask(node, "Accessible.GetRoleName"))
        except Gone:
            return ""

    def is_in_state(self, node: Node, state: int) -> bool:
        low, high = self._ask(node, "Accessible.GetState")
        return bool((low | high << 32) >> state & 1)

    def extents(self, node: Node) -> list[int]:
        """x, y, width, height on the screen, pixels."""
        return list(self._ask(node, "Component.GetExtents", "u", 0))

    def actions(self, node: Node) -> list[str]:
        return [action[0] for action in self._ask(node, "Action.GetActions")]

    def columns(self, table: Node) -> list[str]:
        """What its headers say, from left to right."""
        interface = "org.freedesktop.DBus.Properties.Get"
        count = self._call(table, interface, "ss", f"{_NAMESPACE}.Table", "NColumns")[1]
        return [str(self._ask(table, "Table.GetColumnDescription", "i", column)) for column in range(count)]

    def find(self, role: str, name: str = "", under: Node = DESKTOP) -> Node | None:
        """The first of that role, and name if one is given, deeper first."""
        for child in self.children(under):
            fits = self.role(child) == role and name in ("", self.name(child))
            found = child if fits else self.find(role, name, child)
            if found is not None:
                return found
        return None

    # Acting

    def do(self, node: Node, action: int) -> None:
        self._ask(node, "Action.DoAction", "i", action)

    def press(self, key: str) -> None:
        """One of KEYS, with "Ctrl+" before it or not."""
        held = key.startswith("Ctrl+")
        if held:
            self._key(_CONTROL, "", _DOWN)
        self._key(KEYS[key.removeprefix("Ctrl+")], "", _STROKE)
        if held:
            self._key(_CONTROL, "", _UP)

    def write(self, text: str) -> None:
        self._key(0, text, _TEXT)

    def click(self, x: int, y: int) -> None:
        self._call(_HANDS, f"{_NAMESPACE}.DeviceEventController.GenerateMouseEvent", "iis", x, y, "b1c")

    def _key(self, code: int, text: str, how: int) -> None:
        self._call(_HANDS, f"{_NAMESPACE}.DeviceEventController.GenerateKeyboardEvent", "isu", code, text, how)

    def _ask(self, node: Node, method: str, signature: str | None = None, *arguments: object) -> Any:
        return self._call(node, f"{_NAMESPACE}.{method}", signature, *arguments)

    def _call(self, node: Node, method: str, signature: str | None = None, *arguments: object) -> Any:
        from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call

        interface, _, member = method.rpartition(".")
        address = DBusAddress(node[1], bus_name=node[0], interface=interface)
        reply = self._bus.send_and_get_reply(new_method_call(address, member, signature, arguments), timeout=20)
        if reply.header.message_type is MessageType.error:
            gone = reply.header.fields[HeaderFields.error_name] == "org.freedesktop.DBus.Error.UnknownObject"
            raise (Gone if gone else SystemExit)(f"{method} on {node}: {reply.body}")
        return reply.body[0] if reply.body else None

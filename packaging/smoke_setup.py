"""Does the installer work? `python smoke_setup.py SETUP.EXE` on Windows, as administrator, with no Reception there yet.

Installs it silently and tries what is there; upgrades it, and takes it away, while it is open (refused, nothing is
changed) and when it is closed; takes it away silently, and the ledger stays; takes it away as a person does, who says
that the ledger may go.
"""

import ctypes
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
import winreg
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import wintypes
from pathlib import Path

from smoke import PROBE, Failed, all_parts, bare_environment, picture, program_in, report, say

_SCRIPT = Path(__file__).resolve().parent / "windows" / "reception.iss"
_APP_ID = re.search(r"^AppId=\{(\{.+\})$", _SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)[1]
UNINSTALL_KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{_APP_ID}_is1"
SILENTLY = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
STAYS_OPEN = "/NOCLOSEAPPLICATIONS"  # nobody asks the program to close, so it stays in the way
_PATIENCE = 120  # seconds
_MESSAGE_BOX = "#32770"  # the class of its window
_WM_CLOSE, _WM_COMMAND = 0x0010, 0x0111
_OK, _YES, _NO = 1, 6, 7


class Computer:
    """One on which Reception is installed for everybody, and taken away."""

    def __init__(self, setup: Path) -> None:
        self.setup = setup
        self.folder = Path(os.environ["PROGRAMFILES"], "Reception")
        self.ledger = Path(os.environ["LOCALAPPDATA"], "Reception")
        self.shortcut = Path(os.environ["PROGRAMDATA"], r"Microsoft\Windows\Start Menu\Programs\Reception.lnk")
        for place in (self.folder, self.ledger):
            require(not place.exists(), f"there is a Reception here already, and it might be somebody's: {place}")

    def install(self, *more: str, code: int = 0) -> None:
        require_exit_code(subprocess.Popen([self.setup, *SILENTLY, "/ALLUSERS", *more]), code)

    def uninstall(self, *words: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([self.folder / "unins000.exe", *words])

    def contents(self) -> dict[str, str]:
        """A sum of every file of the program, but not of the uninstaller's log, which an upgrade adds to."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "unins000.dat"]
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def require_contents(self, expected: dict[str, str], after: str) -> None:
        differ = sorted({name for name, _ in expected.items() ^ self.contents().items()})
        require(not differ, f"after {after} other files are there than before: {', '.join(differ[:5])}")

    @contextmanager
    def opened(self, environment: dict[str, str]) -> Iterator[None]:
        """The program's window is open, and is closed afterwards as a person does."""
        program = subprocess.Popen([program_in(self.folder), "--practice"], env=environment)
        try:
            wait_for(lambda: visible_windows(process=program.pid), "the program's window")
            yield
            for window in visible_windows(process=program.pid):
                ctypes.windll.user32.PostMessageW(window, _WM_CLOSE, 0, 0)
            require_exit_code(program, 0)
        finally:
            program.kill()

    def require_gone(self) -> None:
        """The uninstaller goes on in a copy of itself."""
        wait_for(lambda: not self.folder.exists(), "the folder gone")
        require(not self.shortcut.exists(), "its shortcut is left")
        require(not is_listed(), "Windows still lists it")


def is_listed() -> bool:
    """Among the programs that Windows offers to take away."""
    try:
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, UNINSTALL_KEY, 0, access))
    except FileNotFoundError:
        return False
    return True


def visible_windows(*, process: int | None = None, kind: str = "") -> set[int]:
    """The visible windows of one process, or of all; of one class, or of any."""
    user, found = ctypes.windll.user32, set[int]()

    @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
    def note(window: int, _: int) -> bool:
        owner, name = wintypes.DWORD(), ctypes.create_unicode_buffer(256)
        user.GetWindowThreadProcessId(window, ctypes.byref(owner))
        user.GetClassNameW(window, name, 256)
        if user.IsWindowVisible(window) and process in (None, owner.value) and kind in ("", name.value):
            found.add(window)
        return True

    user.EnumWindows(note, 0)
    return found


def answer(button: int) -> None:
    """Press it in the message that comes next."""
    wait_for(lambda: visible_windows(kind=_MESSAGE_BOX), "a message")
    [message] = visible_windows(kind=_MESSAGE_BOX)
    ctypes.windll.user32.PostMessageW(message, _WM_COMMAND, button, 0)
    wait_for(lambda: message not in visible_windows(kind=_MESSAGE_BOX), "the message answered")


def require_exit_code(process: "subprocess.Popen[bytes]", code: int) -> None:
    found = process.wait(timeout=600)
    require(found == code, f"{Path(str(process.args[0])).name} ended with {found} and not with {code}")


def require(true: bool, otherwise: str) -> None:
    if not true:
        raise Failed(otherwise)


def wait_for(seen: Callable[[], object], what: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not seen():
        require(time.monotonic() < end, f"never saw {what}")
        time.sleep(0.2)


def smoke_setup(setup: Path) -> None:
    """Raises Failed."""
    with tempfile.TemporaryDirectory(prefix="reception ") as home:
        print("The installer, on this computer:", flush=True)
        try_out(Computer(setup), Path(home))


def try_out(computer: Computer, home: Path) -> None:
    environment = bare_environment(home)
    computer.install()
    require(is_listed() and computer.shortcut.exists(), "Windows does not list it, or it has no shortcut")
    say("installed silently, for everybody")
    all_parts(program_in(computer.folder), PROBE, environment)
    picture(program_in(computer.folder), environment, home)

    del environment["RECEPTION_DATA_DIR"]  # as everybody's: where the uninstaller looks
    whole = computer.contents()
    with computer.opened(environment):
        computer.install(STAYS_OPEN, code=5)
        computer.require_contents(whole, after="a refused upgrade")
        say("upgraded while it is open: refused, nothing changed")
        require_exit_code(computer.uninstall(*SILENTLY), 1)
        computer.require_contents(whole, after="a refused uninstaller")
        require(is_listed(), "after a refused uninstaller Windows does not list it")
        say("taken away while it is open: refused, nothing changed")
    old = computer.folder / "_internal" / "of an earlier version.pyd"
    old.write_bytes(b"")
    computer.install()
    computer.require_contents(whole, after="an upgrade")
    say("upgraded when it was closed; what only the earlier version had is gone")

    kept = {path for path in computer.ledger.rglob("*") if path.is_file()}
    require(bool(kept), f"the program has left nothing in {computer.ledger}")
    require_exit_code(computer.uninstall(*SILENTLY), 0)
    computer.require_gone()
    require(all(path.exists() for path in kept), "the ledger went without a question")
    say("taken away silently; the ledger stays")

    for records, stay in ((_YES, True), (_NO, False)):
        computer.install()
        uninstaller = computer.uninstall()
        for button in (_YES, records, _OK):  # take it away? keep the records? it is done
            answer(button)
        require_exit_code(uninstaller, 0)
        computer.require_gone()
        require(computer.ledger.exists() is stay, f"the ledger {'is gone' if stay else 'is left'} after the answer")
    say("taken away by a person, who is asked: the ledger stays after Yes, and goes after No")


def main(words: list[str]) -> int:
    return report(lambda: smoke_setup(Path(words[0]).resolve()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

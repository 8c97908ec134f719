"""The command line: the window, or one of the commands that do without.

Nothing heavy is imported before it is used. PySide6's hook for `__feature__` switches is taken off: it reads the source
of every module imported after it (23 MB, 0.1 s).
"""

import argparse
import builtins
import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from receptionapp import __version__
from receptionapp.commands import ledger
from receptionapp.domain.clock import Clock
from receptionapp.system.policy import PolicyError
from receptionapp.system.process_guard import guard_process


def main() -> int:
    """Run the words of the command line; returns the exit code of the process."""
    guard_process()
    return run(None, Clock())


def run(arguments: Sequence[str] | None, clock: Clock) -> int:
    """Run `arguments` (None: those of the process) at the time that `clock` tells; returns the exit code."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an old terminal, or a pipe on Windows, lacks letters
    try:
        code = _do(options, clock)
        sys.stdout.flush()
    except PolicyError as error:
        from receptionapp.sentences.failures import policy_error_text

        print(policy_error_text(error), file=sys.stderr)
        return 1
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at its end
        return 1
    except OSError as error:
        if options.command is None or error.filename is None:
            raise
        print(f"{error.filename} can't be used: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return code


def _do(options: argparse.Namespace, clock: Clock) -> int:
    match options.command:
        case "ledger":
            return ledger.run(options, clock)
        case "sandbox":
            from receptionapp.commands import sandbox

            return sandbox.run(options, clock)
        case "check":
            from receptionapp.commands import check

            return check.run(options, clock)
        case "walk":
            from receptionapp.commands import walk

            return walk.run(options, clock)
        case "diagnostics":
            from receptionapp.commands import settings as diagnostics

            return diagnostics.run_diagnostics()
        case "settings":
            from receptionapp.commands import settings

            return settings.run(as_json=options.json)
        case _:
            return _open_window(options, clock)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reception", description="The appointment book for clinic receptionists.")
    parser.add_argument("--version", action="version", version=f"reception {__version__}")
    parser.add_argument("--practice", action="store_true", help="open a made-up clinic; nothing leaves this computer")
    parser.add_argument("--language", choices=("nb", "en"), help="the language of the screen")
    parser.add_argument("--theme", choices=("light", "dark", "light-contrast", "dark-contrast"))
    parser.add_argument("--platform", metavar="NAME", help="Qt platform, such as offscreen where there is no display")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="save a PNG of the open book, then close")
    parser.add_argument(
        "--timing", action="store_true", help="say when the window and the book were painted, then close"
    )
    parser.add_argument(
        "--size", type=_size, default="1440x900", metavar="WxH", help="size of the window (%(default)s)"
    )
    parser.add_argument("--week", action="store_true", help="begin with the week")
    commands = parser.add_subparsers(dest="command", title="without a window")
    check = commands.add_parser("check", help="reach the configured connection and print what it offers")
    check.add_argument("--json", action="store_true")
    walk = commands.add_parser("walk", help="walk through Leyr's workflows and say what of all that is assumed holds")
    walk.add_argument("--write", action="store_true", help="create a made-up patient, book and cancel (tests only)")
    walk.add_argument("--yes", action="store_true", help="do not ask before writing")
    walk.add_argument("--code", metavar="CODE", help="the code that Leyr sends, where it asks for one")
    walk.add_argument("--phone", default="", metavar="NUMBER", help="your own, with +47, to which a code may be sent")
    walk.add_argument("--record", type=Path, metavar="FILE", help="keep the shapes of all answers in a new file")
    walk.add_argument("--replay", type=Path, metavar="FILE", help="hold client and sandbox against such a file instead")
    walk.add_argument("--json", action="store_true")
    commands.add_parser("diagnostics", help="print versions and settings for support; nothing secret or personal")
    settings = commands.add_parser("settings", help="print every setting and who decided it; nothing secret")
    settings.add_argument("--json", action="store_true")
    ledger.add_commands(commands)
    sandbox = commands.add_parser("sandbox", help="serve a Leyr stand-in on this computer")
    sandbox.add_argument("--port", type=_port, default=8765, help="0 takes any free one (%(default)s)")
    sandbox.add_argument("--profile", choices=("konfidens", "full", "two_step"), default="konfidens")
    sandbox.add_argument("--file", type=Path, help="keep its state in this file (default: in memory)")
    sandbox.add_argument("--seed", type=int, default=1)
    return parser


def _size(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{1,4}x[1-9]\d{1,4}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1440x900")
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port from 0 to 65535")
    return int(text)


def _open_window(options: argparse.Namespace, clock: Clock) -> int:
    if why := _why_no_display(options.platform):
        print(why, file=sys.stderr)
        return 1
    if options.platform:
        os.environ["QT_QPA_PLATFORM"] = options.platform
    try:
        import_qt()
        from receptionapp.desktop import session
    except ImportError as error:
        print(_why_no_qt(error), file=sys.stderr)
        return 1
    return session.run(options, clock)


def _why_no_qt(error: ImportError) -> str:
    """Qt's own libraries come with it; a few of the system's it takes for granted, and a bare server lacks them."""
    if sys.platform == "linux" and ".so" in str(error):
        return (
            f"Qt can't start: {error}. On Debian or Ubuntu: sudo apt-get install "
            "libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0"
        )
    return f"The program is not installed whole: {error}."


def _why_no_display(platform: str | None) -> str:
    """One clear line where there is no screen to open a window on, or nothing."""
    if sys.platform != "linux" or platform or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    return (
        "There is no display here, so no window can open. "
        "To get a picture of it instead, add: --platform offscreen --screenshot book.png"
    )


def import_qt() -> None:
    """Read Qt and put Python's own `import` back. Raises: ImportError, where a library of Qt's can't be loaded."""
    own = builtins.__import__
    try:
        import PySide6.QtCore  # noqa: F401 - it is read for its hook
    finally:
        builtins.__import__ = own

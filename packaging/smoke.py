"""Does the frozen program work? `python smoke.py [FOLDER]`, by default what `dev.py package` made.

It is copied to a folder with a space and Norwegian letters in its name, and started with an environment that knows no
Python. On every system: its version, every part that is imported late, the sandbox over the network and `check`
against it, the open book's picture, how soon it is painted. On Linux, further, a receptionist's day from another
process (`smoke_desk.py`), on a virtual screen if there is none.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from screen import screen

from receptionapp.domain.clock import Clock

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TIMES = 5
SLOWER_AT_MOST = 1.2  # than from source
PIPE = "mbcs" if sys.platform == "win32" else "utf-8"  # how a program writes to one: there in the old code page
PROBE = ROOT / "build" / "pyinstaller" / "reception" / ("probe.exe" if sys.platform == "win32" else "probe")


class Failed(Exception):
    """The frozen program did something else than it should. The text says what."""


def program_in(folder: Path) -> Path:
    """The executable of a build, wherever the system has it."""
    for name in ("reception", "Reception.exe", "Contents/MacOS/Reception", "Reception.app/Contents/MacOS/Reception"):
        if (folder / name).is_file():
            return folder / name
    raise Failed(f"no program in {folder}: python3 dev.py package makes one")


def bare_environment(home: Path) -> dict[str, str]:
    """What a computer without Python has. Nothing of ours gets through but the screen."""
    kept = (
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "XAUTHORITY",
        "SYSTEMROOT",
        "WINDIR",
        "LOCALAPPDATA",
        "APPDATA",
        "USERPROFILE",
    )
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    empty = home / "bin"
    empty.mkdir(parents=True, exist_ok=True)
    return environment | {
        "PATH": str(empty),
        "HOME": str(home),
        "TEMP": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "RECEPTION_DATA_DIR": str(home / "data"),
    }


def run(command: list[object], environment: dict[str, str], seconds: float = 60) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, env=environment, capture_output=True, timeout=seconds, check=False)
    if done.returncode:
        why = done.stderr.decode(PIPE, "replace")[-2000:]
        raise Failed(f"{Path(words[0]).name} {words[1:2]} ended with {done.returncode}: {why}")
    return done.stdout.decode(PIPE, "replace")


def own_modules() -> list[str]:
    """Every module of ours; migrations are files for Alembic, and are looked at by themselves."""
    found = []
    for package in ("receptionapp", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if parts[-1] != "__main__" and "migrations" not in parts:
                found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def without_a_window(program: Path, environment: dict[str, str]) -> None:
    say(run([program, "--version"], environment).strip())
    server = subprocess.Popen(
        [program, "sandbox", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding=PIPE
    )
    try:
        url, *rest = server.stdout.readline().split()
        said = dict(word.split("=", 1) for word in rest)
        connected = environment | {
            "RECEPTION_LEYR_URL": url,
            "RECEPTION_LEYR_EMR": said["emr"],
            "RECEPTION_LEYR_CLIENT_ID": said["client-id"],
            "RECEPTION_LEYR_CLIENT_SECRET": said["client-secret"],
        }
        json.loads(run([program, "check", "--json"], connected))
    finally:
        server.terminate()
        server.wait(timeout=20)
    say("the sandbox serves, and check reaches it over the network")


def all_parts(program: Path, probe: Path, environment: dict[str, str]) -> None:
    if not probe.exists():
        say("parts imported late: not tried, the build's work folder is gone")
        return
    beside = program.with_name(probe.name)
    shutil.copy2(probe, beside)
    lines = run([beside, *own_modules()], environment).splitlines()
    beside.unlink()
    say("parts imported late, each tried:")
    for line in lines:
        say(f"  {line.strip()}")


def picture(program: Path, environment: dict[str, str], home: Path) -> None:
    file = home / "book.png"
    run([program, "--practice", "--language", "nb", "--screenshot", file], environment)
    if not file.read_bytes().startswith(b"\x89PNG") or file.stat().st_size < 50_000:
        raise Failed("the picture of the open book is none, or empty")
    say(f"a picture of the open book, {file.stat().st_size // 1000} kB")


def start(program: Path, environment: dict[str, str]) -> None:
    """The best of several starts, in turn with starts from source, so that a busy moment hits both."""
    source = environment | {"PYTHONPATH": str(ROOT)}
    frozen, python = [], []
    for _ in range(TIMES):
        frozen.append(seconds_to_book([program], environment))
        python.append(seconds_to_book([sys.executable, "-m", "receptionapp"], source))
    ratio = min(frozen) / min(python)
    say(f"the first painted book after {min(frozen):.2f} s, from source {min(python):.2f} s: {ratio:.2f} ×")
    if ratio > SLOWER_AT_MOST:
        raise Failed(f"the frozen program starts more than {SLOWER_AT_MOST} times as slowly as from source")


def seconds_to_book(command: list[object], environment: dict[str, str]) -> float:
    began = Clock()().timestamp()
    said = run([*command, "--practice", "--timing"], environment)
    return float(json.loads(said.splitlines()[-1])["book"]) - began


def a_day_at_the_desk(program: Path, environment: dict[str, str]) -> None:
    if sys.platform != "linux":
        say("a day at the desk from another process: on Linux only")
        return
    reached = environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PATH": os.environ["PATH"]}
    reached["RECEPTION_DATA_DIR"] += "-desk"
    command = ["dbus-run-session", "--", sys.executable, HERE / "smoke_desk.py", program]
    with tempfile.TemporaryDirectory(prefix="bus") as bus:  # not in the home with the odd name: our reader can't
        for line in run(command, reached | {"XDG_RUNTIME_DIR": bus}, seconds=180).splitlines():
            say(f"  {line.strip()}")


def say(words: str) -> None:
    print(f"  {words}", flush=True)


def smoke(build: Path, probe: Path) -> None:
    """Raises Failed."""
    with tempfile.TemporaryDirectory(prefix="reception ") as temporary, screen():
        home = Path(temporary, "hjemme hos Åse")
        copied = Path(temporary, "Program æøå", build.name)
        shutil.copytree(build, copied, symlinks=True)
        program, environment = program_in(copied), bare_environment(home)
        print("The frozen program, in a folder of its own, with no Python:")
        without_a_window(program, environment)
        all_parts(program, probe, environment)
        picture(program, environment, home)
        start(program, environment)
        a_day_at_the_desk(program, environment)


def report(trial: Callable[[], None]) -> int:
    """Say how it went. The exit code."""
    try:
        trial()
    except Failed as failure:
        print(f"Failed: {failure}", file=sys.stderr)
        return 1
    print("It works.")
    return 0


def main(words: list[str]) -> int:
    default = "Reception.app" if sys.platform == "darwin" else "Reception"
    build = Path(words[0] if words else ROOT / "dist" / default).resolve()
    return report(lambda: smoke(build, PROBE))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

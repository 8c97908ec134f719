"""Tries the program on Windows' own Python, libraries and installer, in Wine: `python3 dev.py windows`.

    windows tests [SUITE …]   the tests under Windows' Python; a suite is a folder of tests/
    windows package           the frozen program, its smoke test, the installer, and installing it
    windows all               both; the same without a word

    --folder FOLDER           for all that is made, 5 GB; without it, among the user's caches
    --again                   also what has passed with these very sources

Only on Debian, x86-64, as root; `windows/wine.sh` says what is missing. The sources are copied first, so that nothing
is made among them, and work can go on meanwhile. What passed is not run again until a source changes.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from build import commit_time
from screen import screen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CACHES = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
SUITES = ("domain", "leyr", "system", "store", "ledger", "services", "ui", "e2e")
AT_ONCE = "2"  # tests; more processes get in each other's way at the one server that Wine has
SECONDS = 900  # for a test: only one that hangs takes as long, on however slow a machine
PIPE = "cp1252"  # how programs of Windows write to one

_SHOWN = ("FAILED ", "ERROR ")  # of what pytest says


@dataclass(frozen=True)
class Outcome:
    """Of one part. `marked` are tests that fail by Wine's fault and say so (`wine_fault`)."""

    good: bool
    minutes: float = 0
    passed: int = 0
    marked: int = 0
    skipped: int = 0
    failed: int = 0

    def __str__(self) -> str:
        counts = {name: getattr(self, name) for name in ("passed", "marked", "skipped", "failed")}
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if count or name in ("passed", "marked"))
        return f"{'good' if self.good else 'FAILED':<6} {self.minutes:5.1f} min  {told if any(counts.values()) else ''}"


class Box:
    """The folder that wine.sh fills: Wine, a Windows Python, a copy of the sources, and what became of each part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clone = folder / "clone"
        self.results = folder / "results"

    def run(self, *words: object, log: Path | None = None) -> int:
        """A program of Windows', in the copy of the sources. What it says is shown; with a log it goes there, and what
        failed is shown. Its exit code."""
        command = [str(word) for word in (self.folder / "w", "wine", *words)]
        unwanted = ("PYTHONDONTWRITEBYTECODE", "TMPDIR", "QT_QPA_PLATFORM")
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        said = {"stdout": subprocess.PIPE, "encoding": PIPE, "errors": "replace"}
        with (
            log.open("w", buffering=1, encoding="utf-8") if log else nullcontext() as file,
            subprocess.Popen(command, cwd=self.clone, env=environment | commit_time(), **said) as process,
        ):
            for line in process.stdout:
                if file:
                    file.write(line)
                if not file or line.startswith(_SHOWN):
                    print(line, end="", flush=True)
        return process.returncode

    def python(self, *words: object, log: Path | None = None) -> int:
        return self.run(self.folder / "py" / "python.exe", *words, log=log)

    def stop(self) -> None:
        """Wine's server, and with it whatever of Windows still runs."""
        subprocess.run([self.folder / "w", "wineserver", "-k"], cwd=self.clone, stderr=subprocess.DEVNULL, check=False)

    def copy_sources(self) -> str:
        """Bring the copy up to date. A sum of all sources."""
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        names = sorted(name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file())
        for old in self._copied() - set(names):
            (self.clone / old).unlink(missing_ok=True)
        total = hashlib.sha256()
        for name in names:
            content = (ROOT / name).read_bytes()
            total.update(f"{name}\0{len(content)}\0".encode() + content)
            target = self.clone / name
            if not target.is_file() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        self.results.mkdir(exist_ok=True)
        (self.results / "copied.json").write_text(json.dumps(names))
        return total.hexdigest()

    def _copied(self) -> set[str]:
        try:
            return set(json.loads((self.results / "copied.json").read_text()))
        except FileNotFoundError:
            return set()


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        "dev.py windows", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("tests", "package", "all"), default="all")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--folder", type=Path, default=CACHES / "reception-windows")
    parser.add_argument("--again", action="store_true")
    said = parser.parse_args(words)
    if sys.platform != "linux" or (said.suites and (said.what != "tests" or set(said.suites) - set(SUITES))):
        parser.print_help()
        return 2
    parts: dict[str, Callable[[Box], Outcome]] = {}
    if said.what in ("tests", "all"):
        parts |= {f"tests {name}": suite(name) for name in said.suites or SUITES}
    if said.what in ("package", "all"):
        parts |= {
            "program": build_program,
            "smoke": try_program,
            "installer": build_installer,
            "installed": try_installer,
        }
    box = Box(said.folder.resolve())
    with alone_in(box.folder):
        print("--- set-up ---", flush=True)
        began = time.monotonic()
        if code := subprocess.call([HERE / "windows" / "wine.sh", ROOT, box.folder]):
            return code
        outcomes = {"set-up": Outcome(good=True, minutes=(time.monotonic() - began) / 60)}
        with screen():
            outcomes |= try_parts(box, parts, again=said.again)
    print("\nOn Windows' own binaries, in Wine:")
    for name, outcome in outcomes.items():
        print(f"  {name:<15} {outcome}")
    if said.what != "package":
        passed, marked = (sum(getattr(outcome, kind) for outcome in outcomes.values()) for kind in ("passed", "marked"))
        print(f"  {passed} tests passed, {marked} marked as Wine's faults")
    return 0 if all(outcome.good for outcome in outcomes.values()) else 1


def try_parts(box: Box, parts: dict[str, Callable[[Box], Outcome]], *, again: bool) -> dict[str, Outcome]:
    """One after the other; where a package fails, what needs it is not tried."""
    sources = box.copy_sources()
    outcomes: dict[str, Outcome] = {}
    for name, part in parts.items():
        kept = box.results / f"{name.replace(' ', '-')}.json"
        outcome = None if again else passed_before(kept, sources)
        if outcome is None:
            print(f"\n--- {name} ---", flush=True)
            began = time.monotonic()
            outcome = replace(part(box), minutes=(time.monotonic() - began) / 60)
            kept.write_text(json.dumps({"sources": sources, "outcome": asdict(outcome)}))
            box.stop()
        outcomes[name] = outcome
        if not outcome.good and not name.startswith("tests"):
            break
    return outcomes


def passed_before(kept: Path, sources: str) -> Outcome | None:
    try:
        found = json.loads(kept.read_text())
    except FileNotFoundError:
        return None
    outcome = Outcome(**found["outcome"])
    return outcome if outcome.good and found["sources"] == sources else None


def suite(name: str) -> Callable[[Box], Outcome]:
    def run(box: Box) -> Outcome:
        report, log = box.results / f"{name}.xml", box.results / f"{name}.log"
        report.unlink(missing_ok=True)
        print(f"All of it is in {log}", flush=True)
        at_once = ("--numprocesses", AT_ONCE, "--dist=loadfile", "--no-loadscope-reorder")
        unhurried = ("--timeout", SECONDS, "-o", "faulthandler_timeout=0")
        words = ("-m", "pytest", "-v", *at_once, *unhurried, "--junitxml", report, f"tests/{name}")
        code = box.python(*words, log=log)
        if not report.exists():
            return Outcome(good=False)
        return replace(count_cases(report), good=code == 0)

    return run


def count_cases(report: Path) -> Outcome:
    """From pytest's report, which puts what was expected to fail among the skipped."""
    passed = marked = skipped = failed = 0
    for case in ET.parse(report).iter("testcase"):  # noqa: S314, our own
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif (skip := case.find("skipped")) is None:
            passed += 1
        elif skip.get("type") == "pytest.xfail":
            marked += 1
        else:
            skipped += 1
    return Outcome(failed == 0, 0, passed, marked, skipped, failed)


def build_program(box: Box) -> Outcome:
    return Outcome(box.python("packaging/build.py", "--no-smoke") == 0)


def try_program(box: Box) -> Outcome:
    return Outcome(box.python("packaging/smoke.py") == 0)


def build_installer(box: Box) -> Outcome:
    for old in (box.clone / "dist").glob("*-setup.exe"):
        old.unlink()
    version = re.search(r'__version__ = "(.+)"', (ROOT / "receptionapp" / "__init__.py").read_text())[1]
    return Outcome(
        box.run(box.folder / "inno" / "ISCC.exe", "/Q", f"/DVersion={version}", "packaging/windows/reception.iss") == 0
    )


def try_installer(box: Box) -> Outcome:
    clear_installation(box)
    [setup] = (box.clone / "dist").glob("*-setup.exe")
    return Outcome(box.python("packaging/smoke_setup.py", setup) == 0)


def clear_installation(box: Box) -> None:
    """One that an interrupted trial has left."""
    drive = box.folder / "prefix" / "drive_c"
    for left in (drive / "Program Files" / "Reception", drive / "users" / "root" / "AppData" / "Local" / "Reception"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    import fcntl  # which Windows has not

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"Another run is under way in {folder}.") from None
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

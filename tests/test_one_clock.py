"""Only `receptionapp/domain/clock.py` reads the computer's time of day, and only entry points make a `Clock`.

It is held here and not by ruff, whose rule is switched off where widgets and tests import what the core may not.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("receptionapp", "ui", "resources", "packaging", "tests", "dev.py")
THE_CLOCK = "receptionapp/domain/clock.py"
ENTRY_POINTS = {"receptionapp/app.py", "packaging/smoke.py", "packaging/smoke_desk.py", "tests/benchmarks/start.py"}
"""Where a process begins that has the real time: the program, and what times the program from outside."""

BANNED = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime")),
    *(
        f"PySide6.QtCore.QDateTime.{name}"
        for name in ("currentDateTime", "currentDateTimeUtc", "currentMSecsSinceEpoch")
    ),
    "PySide6.QtCore.QDateTime.currentSecsSinceEpoch",
    "PySide6.QtCore.QDate.currentDate",
    "PySide6.QtCore.QTime.currentTime",
}
CLOCK = "receptionapp.domain.clock.Clock"
STRFTIME = "time.strftime"  # of a given time it reads none


def readings(path: str, source: str) -> Iterator[str]:
    """`path:line: what`, for each read of the time of day and each `Clock` that is not made where a program starts."""
    tree = ast.parse(source)
    names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            full = dotted(node, names)
            if full in BANNED and path != THE_CLOCK:
                yield f"{path}:{node.lineno}: {full}"
        if isinstance(node, ast.Call) and dotted(node.func, names) == CLOCK and path not in ENTRY_POINTS:
            yield f"{path}:{node.lineno}: a Clock is made"
        if isinstance(node, ast.Call) and dotted(node.func, names) == STRFTIME and len(node.args) < 2:
            yield f"{path}:{node.lineno}: {STRFTIME} of no given time"
    for handed in (*at_the_top(tree), *defaults(tree)):
        for node in ast.walk(handed):
            if isinstance(node, ast.Call) and (dotted(node.func, names) or "").rpartition(".")[2].endswith("Clock"):
                yield f"{path}:{node.lineno}: a clock is handed out"


def imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for."""
    names = dict[str, str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            for alias in node.names:  # `import a.b` makes the name `a`
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and (before := dotted(node.value, names)):
        return f"{before}.{node.attr}"
    return None


def at_the_top(tree: ast.Module) -> Iterator[ast.expr]:
    """Values of the module and of its classes: both are made at import."""
    for place in (tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))):
        for node in place.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                yield node.value


def defaults(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from node.args.defaults
            yield from (default for default in node.args.kw_defaults if default is not None)


def files() -> Iterator[Path]:
    for place in PLACES:
        path = ROOT / place
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def test_nobody_else_reads_the_time_of_day() -> None:
    found = [
        reading
        for path in files()
        for reading in readings(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nnow = lambda: datetime.now()",
        "from datetime import datetime as dt\ndef f():\n    return dt.utcnow()",
        "import datetime\ndef f():\n    return datetime.date.today()",
        "import time as t\ndef f():\n    return t.time()",
        "from time import time\ndef f(clock=time): ...",
        "from PySide6.QtCore import QDateTime\ndef f():\n    return QDateTime.currentDateTimeUtc()",
        "import PySide6.QtCore\ndef f():\n    return PySide6.QtCore.QDate.currentDate()",
        "from time import strftime as written\ndef f():\n    return written('%H:%M')",
        "from receptionapp.domain.clock import Clock\ndef f():\n    return Clock()",
        "from tests.clocks import SuiteClock\nclass Desk:\n    clock = SuiteClock()",
        "from tests.clocks import SuiteClock\nCLOCK = SuiteClock()",
        "from tests.clocks import StoppedClock\ndef f(clock=StoppedClock()): ...",
    ],
)
def test_a_planted_one_is_found(source: str) -> None:
    assert list(readings("ui/planted.py", source))


@pytest.mark.parametrize(
    "source",
    [
        "import time\ndef f():\n    return time.monotonic()",
        "import time\ndef f(given: time.struct_time) -> str:\n    return time.strftime('%H:%M', given)",
        "from datetime import datetime\ndef f(now: datetime) -> datetime:\n    return now.replace(hour=1)",
        "from tests.clocks import SuiteClock\ndef f():\n    return SuiteClock()()",
    ],
)
def test_what_reads_no_clock_is_left_alone(source: str) -> None:
    assert list(readings("ui/planted.py", source)) == []

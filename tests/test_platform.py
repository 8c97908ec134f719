"""What the house stands on, and habits that would bring it down: read from the sources, without running them."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[1]


@cache
def sources() -> dict[str, str]:
    """The text of each file."""
    files = sorted([*(ROOT / "receptionapp").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def nodes(name: str) -> Iterator[tuple[str, ast.AST]]:
    """Everything in the files in which that name stands, with the file."""
    for path, text in sources().items():
        if name in text:
            for node in ast.walk(ast.parse(text)):
                yield path, node


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method of that name, with where it is."""
    for path, node in nodes(name):
        if isinstance(node, ast.Call):
            called = node.func
            if (isinstance(called, ast.Attribute) and called.attr == name) or (
                isinstance(called, ast.Name) and called.id == name
            ):
                yield f"{path}:{node.lineno}", node


def test_qt_does_not_lose_none_on_this_python() -> None:
    """PySide6 6.12.0 takes a reference off None with each call that returns nothing, which ends in an abort on
    Python 3.11; later Pythons hide it (`docs/decisions/0001-qt-version.md`)."""
    major, minor = map(int, version("PySide6-Essentials").split(".")[:2])
    assert (major, minor) < (6, 12) or sys.version_info >= (3, 12)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on, so there is nothing to count")
def test_calls_into_qt_leave_the_references_to_none_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("")
    assert sys.getrefcount(None) > before - 100


@pytest.mark.parametrize("name", ["exec", "exec_", "processEvents"])
def test_nobody_nests_an_event_loop(name: str) -> None:
    """In or under a coroutine it kills other tasks for good (`docs/decisions/0004-no-nested-loops.md`)."""
    assert [where for where, _ in calls(name)] == []


@pytest.mark.parametrize("name", ["asyncSlot", "asyncClose", "QtAsyncio"])
def test_of_qasync_only_the_loop_is_used(name: str) -> None:
    found = [path for path, node in nodes(name) if getattr(node, "id", None) == name]
    assert found == []


def test_static_dialogs_that_wait_are_not_used() -> None:
    waiting = ("question", "information", "warning", "critical", "getText", "getOpenFileName", "getSaveFileName")
    found = []
    for name in waiting:
        for where, call in calls(name):
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if isinstance(owner, ast.Name) and owner.id in ("QMessageBox", "QInputDialog", "QFileDialog"):
                found.append(where)
    assert found == []


def test_what_is_translated_is_literal() -> None:
    """lupdate reads the sources: a text put together at run time is never translated."""
    translated = list(calls("translate"))
    found = [
        where
        for where, call in translated
        if isinstance(call.func, ast.Name)
        and not all(
            isinstance(argument, ast.Constant) and isinstance(argument.value, str) for argument in call.args[:3]
        )
    ]
    assert found == []
    assert len(translated) > 100


def test_tasks_are_not_started_where_nobody_keeps_them() -> None:
    """asyncio keeps only weak references to its tasks, so one that nobody keeps may vanish half-way."""
    assert [where for where, _ in calls("ensure_future")] == []
    loose = []
    for path, node in nodes("create_task"):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = node.value.func
            if isinstance(called, ast.Attribute) and called.attr == "create_task":
                loose.append(f"{path}:{node.lineno}")
    assert loose == []


def test_no_file_of_ours_hides_the_library_named_packaging() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_the_pinned_versions_name_no_registry() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line.strip() and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^\s/@]+( ; .*)?", pin) for pin in pins)
    assert not any("://" in line or "index-url" in line for line in lines)


def test_the_pinned_qt_is_one_that_the_project_allows() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    found = re.search(r"^PySide6[_-]Essentials==6\.11\.(\d+)$", text, re.MULTILINE | re.IGNORECASE)
    assert found
    assert int(found.group(1)) >= 3


def test_nothing_but_the_standard_library_is_needed_by_the_command_that_installs() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    wanted = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert wanted <= sys.stdlib_module_names

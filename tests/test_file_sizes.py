"""Files are neither crumbs nor heaps: somebody who looks for a thing opens few, and each holds one idea."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST, LEAST_ON_AVERAGE = 450, 130


def lengths() -> dict[str, int]:
    files = [path for part in ("receptionapp", "ui") for path in (ROOT / part).rglob("*.py")]
    return {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
        if path.name != "__init__.py"
    }


def test_no_file_is_a_heap() -> None:
    assert {name: length for name, length in lengths().items() if length > MOST} == {}


def test_on_average_a_file_is_no_crumb() -> None:
    found = lengths().values()
    assert sum(found) / len(found) >= LEAST_ON_AVERAGE

"""What a desk with a ledger of its own must not read before it is needed: it waits for it, and holds it all day."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def read_by_the_start() -> set[str]:
    """Names of the modules, and `source of …` for each whose text is kept."""
    program = (
        "import linecache, sys\n"
        "from receptionapp.app import import_qt\n"
        "import_qt()\n"
        "import receptionapp.desktop.session, receptionapp.services.desk, receptionapp.ledger.ledger\n"
        "print(*sys.modules, *(f'source_of_{name}' for name in linecache.cache if name.endswith('session.py')))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return set(done.stdout.split())


def test_the_window_and_the_ledger_are_read(read_by_the_start: set[str]) -> None:
    assert {"ui.main_window", "receptionapp.ledger.ledger", "sqlalchemy"} <= read_by_the_start


def test_qt_does_not_keep_the_source_of_what_is_read_after_it(read_by_the_start: set[str]) -> None:
    assert not [name for name in read_by_the_start if name.startswith("source_of_")]


@pytest.mark.parametrize(
    "module",
    ["sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "psycopg", "alembic", "receptionapp.sandbox", "keyring"],
)
def test_what_may_never_be_used_is_not_read(read_by_the_start: set[str], module: str) -> None:
    assert module not in read_by_the_start

import subprocess
import sys

import pytest

from receptionapp.system.paths import AlreadyRunning, SingleInstance

HOLD = """
import pathlib, sys
from receptionapp.system.paths import SingleInstance
lock = SingleInstance(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""

refusing = pytest.mark.wine_fault(
    "msvcrt.locking refuses with whatever error number the last failure left", raises=OSError, strict=False
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lock"


@refusing
def test_a_second_program_is_told_and_may_start_after_the_first(path):
    with SingleInstance(path):
        with pytest.raises(AlreadyRunning):
            SingleInstance(path)
        with pytest.raises(AlreadyRunning):
            SingleInstance(path)
    SingleInstance(path).release()


def test_two_folders_have_two_programs(tmp_path):
    with SingleInstance(tmp_path / "clinic"), SingleInstance(tmp_path / "practice"):
        pass


@refusing
def test_the_lock_dies_with_its_process_however_that_ends(path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(AlreadyRunning):
            SingleInstance(path)
        other.kill()
    assert path.exists()
    SingleInstance(path).release()


def test_a_file_left_by_somebody_is_no_lock(path):
    path.write_text("4711")
    SingleInstance(path).release()


def test_where_no_file_can_be_made_the_reason_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        SingleInstance(tmp_path / "missing" / "lock")

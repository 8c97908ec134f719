"""A real crash leaves no image of the memory, and no file that others on the computer can read."""

import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other ways, which nobody sees from here")

CRASH = """
import ctypes, faulthandler, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
from receptionapp import app
def crash(*_):
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    assert sys.platform != "linux" or ctypes.CDLL(None).prctl(3) == 0  # PR_GET_DUMPABLE
    faulthandler._sigsegv()
app.run = crash
app.main()
"""


def leaves_a_core(folder: Path) -> bool:
    """Whether the system made one, wherever to."""
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
        os.execv(sys.executable, [sys.executable, "-c", CRASH])  # noqa: S606
    status = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(status)
    return os.WCOREDUMP(status) or any(folder.glob("core*"))


def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    """The process asks for cores first; then the program forbids them, on systems that keep none too."""
    assert not leaves_a_core(tmp_path)


def test_every_file_of_the_program_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder, picture = tmp_path / "data", tmp_path / "book.png"
    words = [sys.executable, "-m", "receptionapp", "--practice", "--platform", "offscreen"]
    words += ["--screenshot", str(picture)]
    environment = {**os.environ, "RECEPTION_DATA_DIR": str(folder)}
    before = os.umask(0o022)
    try:
        pid = os.posix_spawn(words[0], words, environment)
    finally:
        os.umask(before)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    files = [file for file in (*folder.rglob("*"), picture) if file.is_file()]
    assert {"ledger.sqlite3", "lock", "reception.log", "book.png"} <= {file.name for file in files}
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []

"""What holds for every test: no screen, no network beyond this machine, nobody's real files, one instant at which it
begins whatever day it is (`--at`), and noise is failure.

Noise is a log record of WARNING or worse that the test did not announce (`@pytest.mark.noise("pattern")`), a warning
of Qt's, an asyncio task that is left, a thread that is left. What is left tells where it began.
"""

import gc
import logging
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.beginnings import noted, story
from tests.clocks import MONDAY_MORNING, begin_at
from tests.examples import SOAK
from tests.shared_statements import shared_statements


def _is_wine() -> bool:
    """Whether this Windows is Wine, which has a function more."""
    if sys.platform != "win32":
        return False
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


_UNDER_WINE = _is_wine()

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anybody imports Qt
if sys.platform == "win32":  # where `offscreen` looks for fonts in vain
    _fonts = "Z:/usr/share/fonts/truetype/dejavu" if _UNDER_WINE else f"{os.environ['WINDIR']}/Fonts"
    os.environ.setdefault("QT_QPA_FONTDIR", _fonts)
for _name in list(os.environ):
    if _name.startswith("RECEPTION_") or _name.lower() in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        del os.environ[_name]
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never this machine's; processes inherit it

_RAM = Path("/dev/shm")  # noqa: S108
_ROOM = 2_000_000_000  # bytes; what the tests write at a time is a tenth of that
if sys.platform != "win32" and "TMPDIR" not in os.environ and _RAM.is_dir():
    _disk = os.statvfs(_RAM)
    if _disk.f_bavail * _disk.f_frsize > _ROOM and not _disk.f_flag & (os.ST_NOEXEC | os.ST_RDONLY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(_RAM)  # a ledger syncs at every write; that costs nothing here

# The same few examples every time, and as long for them as the machine takes: what stops a landing must be somebody's
# change. `--hypothesis-profile=chance` tries others, and `dev.py soak --properties` many.
_slowly = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("landing", max_examples=30, derandomize=True, database=None, **_slowly)
settings.register_profile("chance", print_blob=True, **_slowly)
settings.register_profile(SOAK, max_examples=2_000, print_blob=True, **_slowly)
settings.load_profile("landing")

QT_ON_NO_SCREEN = "This plugin does not support"  # offscreen can't raise windows or hint at sizes, and says so
_SERVERS = ("sandbox on ", "AnyIO worker thread")  # threads of servers that a whole module shares
_NOISY = {  # files whose very subject is what gets logged
    "leyr/test_wire.py": "could not be read",
    "system/test_logs.py": "",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--at",
        default=MONDAY_MORNING.isoformat(),
        metavar="INSTANT",
        help="begin every test that chooses no time of its own at this instant, as in 2027-03-28T01:59+01:00",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"it is {_instant(config).isoformat()}"


def _instant(config: pytest.Config) -> datetime:
    given = config.getoption("--at")
    try:
        instant = datetime.fromisoformat(given)
    except ValueError:
        raise pytest.UsageError(f"--at {given}: no instant such as 2027-03-28T01:59+01:00") from None
    if instant.tzinfo is None:
        raise pytest.UsageError(f"--at {given}: its difference from UTC is missing, as in {given}+01:00")
    return instant


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture: a server that a whole module shares has the time of its first test."""
    begin_at(_instant(item.config))


def pytest_configure(config: pytest.Config) -> None:
    _instant(config)
    config.addinivalue_line(
        "markers", "noise(pattern): log records of WARNING or worse whose text matches are part of what is tested"
    )
    config.addinivalue_line("markers", "in_full: does more in `dev.py soak --properties` (`tests/examples.py`)")
    config.addinivalue_line(
        "markers", "wine_fault(reason): passes on Windows and fails under Wine, whose fault is the reason"
    )


_BEGIN_WITH = (  # a file goes to one worker: one that takes long and comes last keeps the others waiting
    "ui/test_stretched_texts.py",
    "e2e/",
    "services/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((n for n, path in enumerate(_BEGIN_WITH) if f"tests/{path}" in item.nodeid), 99))
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(QT_ON_NO_SCREEN, extend=True))
        for mark in item.iter_markers("wine_fault") if _UNDER_WINE else ():
            item.add_marker(pytest.mark.xfail(reason=f"Wine: {mark.args[0]}", **mark.kwargs))
        for path, pattern in _NOISY.items():
            if item.path.as_posix().endswith(f"tests/{path}"):
                item.add_marker(pytest.mark.noise(pattern))


def pytest_collection_finish() -> None:
    """What is imported by now stays for ever: looking through it after every test would take most of the time."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """pytest looks for the last garbage five times, which is for what is new."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def statements_are_compiled_once() -> Iterator[None]:
    with shared_statements():
        yield


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's program, not made yet. Nobody's real one is ever touched."""
    folder = tmp_path / "reception"
    monkeypatch.setenv("RECEPTION_DATA_DIR", str(folder))
    return folder


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@pytest.fixture(autouse=True)
def noise_is_failure(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that asks for `caplog` judges the log itself."""
    root, ear = logging.getLogger(), _Ear()
    level, hooks = root.level, (sys.excepthook, threading.excepthook)
    root.addHandler(ear)
    yield
    root.removeHandler(ear)
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    if "caplog" in request.fixturenames:
        return
    announced = [re.compile(mark.args[0]) for mark in request.node.iter_markers("noise")]
    noise = [r for r in ear.heard if not any(pattern.search(r.getMessage()) for pattern in announced)]
    if noise:
        written = "\n".join(logging.Formatter("%(levelname)s %(name)s: %(message)s").format(r) for r in noise)
        pytest.fail(f"the log has what nobody announced:\n{written}", pytrace=False)


@pytest.fixture(autouse=True)
def no_thread_is_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    start = threading.Thread.start

    def remembering_start(thread: threading.Thread) -> None:
        thread.__dict__["began"] = noted(sys._getframe(1))
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", remembering_start)
    before = set(threading.enumerate())
    yield
    left = [t for t in set(threading.enumerate()) - before if not t.daemon and not t.name.startswith(_SERVERS)]
    for thread in left:
        thread.join(20)  # one that is just ending is not left
    if left := [thread for thread in left if thread.is_alive()]:
        stories = "".join(story(thread.name, thread.__dict__["began"]) for thread in left)
        pytest.fail(f"threads are left:\n{stories}", pytrace=False)


def _leave_no_widgets() -> None:
    """Without a loop what a test closed would live on; and every window of the tests to come would be dressed while it
    is built, which takes three times as long."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application = QCoreApplication.instance()
    if isinstance(application, QApplication) and application.styleSheet():
        application.setStyleSheet("")


_QT_FOLDERS = ("tests/ui/", "tests/e2e/", "tests/services/", "tests/store/")
_qt_tests = count(1)
_COLLECT_EVERY = 10  # of what came since the last time; going through everything takes half a second
_COLLECT_ALL_EVERY = 300


@pytest.fixture(autouse=True)
def widgets_die_on_their_own_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Left to itself the garbage of one test is collected on any thread of the next, and a timer of Qt's that dies on
    another thread than its own takes the process with it. The program does the same: `ui/garbage_collection.py`."""
    if not any(folder in request.path.as_posix() for folder in _QT_FOLDERS):
        if not gc.isenabled():
            gc.collect()
            gc.enable()
        yield
        return
    gc.disable()
    yield
    if "PySide6.QtWidgets" in sys.modules:
        _leave_no_widgets()
    done = next(_qt_tests)
    if done % _COLLECT_ALL_EVERY == 0:
        gc.collect()
    elif done % _COLLECT_EVERY == 0:
        gc.collect(1)

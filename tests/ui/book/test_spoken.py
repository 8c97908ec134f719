"""The book as a screen reader in another process finds it: AT-SPI, on a virtual screen, with a session bus."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TOOLS = ("Xvfb", "dbus-run-session")
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")  # of at-spi2-core
LIBRARIES = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0")

pytestmark = pytest.mark.timeout(120)


def missing() -> list[str]:
    """What this machine lacks for the test."""
    if not sys.platform.startswith("linux"):
        return ["Linux"]
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not SERVICE.exists():
        lacking.append("at-spi2-core")
    known = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False).stdout
    return lacking + [library for library in LIBRARIES if library not in known]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A virtual screen, as the value of DISPLAY."""
    lacking = missing()
    if lacking:
        reason = f"no screen reader test without {', '.join(lacking)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture(scope="module")
def found(screen: str) -> dict[str, Any]:
    """What the reader found in a day of 20 resources."""
    environment = os.environ | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE))),
        "LC_ALL": "C.UTF-8",
    }
    command = ["dbus-run-session", "--", sys.executable, str(HERE / "spoken_reader.py"), str(HERE / "spoken_book.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_every_free_time_and_appointment_of_twenty_resources_is_in_the_tree(found: dict[str, Any]) -> None:
    assert found["book"] == "Appointment book"
    assert found["children"] == found["promised"] > 200
    assert found["roles"] == ["list item"]
    assert len(set(found["names"])) == len(found["names"])
    assert all(name.startswith("Tuesday 24 November") for name in found["names"])


def test_every_one_of_them_is_chosen_when_it_is_pressed_from_outside(found: dict[str, Any]) -> None:
    assert all(told.startswith("chosen ") for told in found["chosen"])
    assert len(set(found["chosen"])) == found["children"]


def test_free_time_is_said_in_a_whole_sentence(found: dict[str, Any]) -> None:
    assert "Tuesday 24 November 07:50 to 08:10, Ane Ødegård, free, Konsultasjon 20 minutes" in found["names"]


def test_an_appointment_is_said_with_its_standing_person_birth_date_and_service(found: dict[str, Any]) -> None:
    said = "08:10 to 08:30, Ane Ødegård, booked, Ingrid Åsheim born 25 May 2018, Førerkortattest"
    assert f"Tuesday 24 November {said}" in found["names"]


def test_pressing_from_outside_chooses_and_says_so(found: dict[str, Any]) -> None:
    assert found["actions"] == ["Press", "SetFocus"]
    assert ", free, " in found["pressed"]
    assert found["chosen_first"] == "chosen r0 06:30"  # half past seven in the clinic, in UTC
    assert found["selected"]


def test_an_item_has_a_place_on_the_screen(found: dict[str, Any]) -> None:
    x, y, width, height = found["extents"]
    assert x >= 0
    assert y >= 0
    assert width > 40
    assert height > 10


def test_after_turning_the_day_the_tree_is_the_other_day(found: dict[str, Any]) -> None:
    assert len(found["after"]) == found["turned"] > 0
    assert all(name.startswith("Wednesday 25 November") for name in found["after"])

"""The program in a process of its own, which goes to the week of another day and then dies or begins anew.

`python -m tests.e2e.crashing_program INSTANT segfault|restart day words…`
"""

import asyncio
import faulthandler
import sys
from datetime import date, datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from receptionapp.app import _parser
from receptionapp.desktop import session
from receptionapp.domain.layout import ViewSpan
from receptionapp.leyr.client import LeyrClient
from receptionapp.leyr.pace import Limits
from receptionapp.store.change import ViewMoved
from receptionapp.store.snapshot import View
from tests.clocks import RunningClock
from ui.main_window import MainWindow

instant, how, day, *words = sys.argv[1:]
LeyrClient.__init__.__kwdefaults__["limits"] = Limits(under_way=8, per_second=1000, burst=1000)


def look() -> None:
    window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)
    if window is None or not window.actions_.next.isEnabled():
        return
    timer.stop()
    window._store.apply(ViewMoved(View(date.fromisoformat(day), ViewSpan.WEEK)))
    asyncio.get_running_loop().create_task(go(window))


async def go(window: MainWindow) -> None:
    assert window._desk is not None
    await window._desk.tasks.wait_for("note the page", None)
    if how == "segfault":
        faulthandler._sigsegv()  # type: ignore[attr-defined]
    else:
        QTimer.singleShot(0, fail)
        await asyncio.sleep(0.01)
        buttons = window.message_bar.findChildren(QPushButton)
        next(button for button in buttons if button.text() == "Restart").click()


def fail() -> None:
    raise ValueError("Plantetsæther")


app = QApplication(["reception"])
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.argv = ["reception", *words]
options = _parser().parse_args([word for word in words if word != "--timing"])
sys.exit(session.run(options, RunningClock(datetime.fromisoformat(instant))))

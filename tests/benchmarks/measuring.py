"""How all figures are taken: no screen unless there is one, the program's own way of collecting garbage, and p95."""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "book"))

import made_up_days as made_up
from PySide6.QtWidgets import QApplication

__all__ = ["application", "made_up", "p", "painted", "quantiles", "tell"]


def application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["reception"])


def painted() -> None:
    """Do all that waits to be done, painting included, as the event loop would next. Not within a coroutine."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def p(part: float, values: list[float]) -> float:
    """The value that `part` (0 to 1) of all are at or below."""
    ordered = sorted(values)
    return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)], 2)


def quantiles(values: list[float]) -> dict[str, float]:
    return {"p50": p(0.5, values), "p95": p(0.95, values)}


def tell(figures: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")

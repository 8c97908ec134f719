"""A4 as PDF, and the thread on which documents are drawn."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QThread
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter


def make_pdf(title: str, resolution: int, margin: float, draw: Callable[[QPdfWriter], None]) -> bytes:
    """What `draw` draws on A4 pages with so many dots an inch and such margins (mm). Call from any thread but the
    screen's, and wait. `title` is in the file for everybody to read."""

    def press() -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setCreator("Reception")
        writer.setTitle(title)
        writer.setResolution(resolution)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(margin, margin, margin, margin),
                QPageLayout.Unit.Millimeter,
            )
        )
        draw(writer)
        return bytes(buffer.data().data())

    made: list[bytes] = []
    on_thread_of_qt(lambda: made.append(press()))
    return made[0]


def on_thread_of_qt(work: Callable[[], None]) -> None:
    """Do it on a thread that Qt began, and wait: fonts and layouts start timers, which Qt wants there. Whatever `work`
    raises is raised here."""
    worker = _Worker(work)
    worker.start()
    worker.wait()
    if worker.error is not None:
        raise worker.error


class _Worker(QThread):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # told to whoever waits, not to Qt
            self.error = error

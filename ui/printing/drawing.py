"""Draws the pages of the day's sheet, the same on the screen, in a PDF and on a printer."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt, QThread
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtPrintSupport import QPrinter

from ui.printing.pages import HEIGHT, WIDTH, Box, Page, Rule, Text, TextStyle

_UNITS_AN_INCH = 720
_INK = QColor(0, 0, 0)
_RED = QColor(180, 0, 0)


def draw_page(painter: QPainter, page: Page) -> None:
    """In units, from the corner of the paper."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    fonts = {face: face.font for face in TextStyle}
    face_now: TextStyle | None = None
    painter.setPen(_INK)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for mark in page:
        match mark:
            case Text():
                if mark.face is not face_now:
                    face_now = mark.face
                    painter.setFont(fonts[face_now])
                painter.setPen(_RED if mark.is_red else _INK)
                painter.drawText(QPointF(mark.x, mark.y), mark.text)
            case Rule(x, y, width, thickness, height):
                across = QRectF(x, y - thickness / 2, width, thickness)
                painter.fillRect(QRectF(x, y, thickness, height) if height else across, _INK)
            case Box():
                painter.setPen(QPen(_INK, 6))
                painter.drawRect(QRectF(mark.x, mark.y, mark.side, mark.side))


def render_pdf(pages: Sequence[Page], title: str) -> bytes:
    """Call from any thread but the screen's, and wait. `title` is in the file for everybody to read."""
    return make_pdf(title, _UNITS_AN_INCH, 0, partial(_draw_all, pages))


def draw_on(device: QPagedPaintDevice, pages: Iterable[Page]) -> bool:
    """As large as the paper allows, in its middle. False where the device took nothing, or failed on the way."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    taken = True
    paper = QRectF(painter.viewport())
    scale = min(paper.width() / WIDTH, paper.height() / HEIGHT)
    for number, page in enumerate(pages):
        taken = taken and (number == 0 or device.newPage())
        painter.save()
        painter.translate((paper.width() - WIDTH * scale) / 2, (paper.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        draw_page(painter, page)
        painter.restore()
    return painter.end() and taken


def _draw_all(pages: Iterable[Page], writer: QPdfWriter) -> None:
    draw_on(writer, pages)


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
    run_on_qt_thread(lambda: made.append(press()))
    return made[0]


def run_on_qt_thread(work: Callable[[], None]) -> None:
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


def prepare_printer(printer: QPrinter, title: str) -> None:
    """A4 upright, to the edge of the paper: the margins are drawn. `title` stands in the printer's queue."""
    printer.setDocName(title)
    printer.setCreator("Reception")
    printer.setFullPage(True)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, upright, QMarginsF()))


def paint_pages(printer: QPrinter, pages: Sequence[Page]) -> bool:
    """Those of the pages that were asked for; False where the printer took nothing. Call from any thread but the
    screen's, and wait."""
    taken: list[bool] = []
    run_on_qt_thread(lambda: taken.append(draw_on(printer, chosen_pages(printer, pages))))
    return taken[0]


def chosen_pages(printer: QPrinter, pages: Sequence[Page]) -> Sequence[Page]:
    """All, or the range that was chosen in the printer's own dialog."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return pages
    return pages[max(0, printer.fromPage() - 1) : printer.toPage() or None]

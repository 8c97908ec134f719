"""The pages on a printer. QtPrintSupport is read here, and so only when somebody prints."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from ui.printing.drawing import draw_on, run_on_qt_thread
from ui.printing.pages import Page


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

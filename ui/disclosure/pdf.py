"""A document as PDF, made on a thread of its own."""

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QThread
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

_DPI = 300
_MARGIN = 18.0  # mm
_FOOT = 36  # points, below the text of a page


def as_pdf(html: str, style: str, footer: str, title: str) -> bytes:
    """A4, with `footer` below each page: {page} and {pages} in it are filled in. Call from any thread but the
    screen's, and wait.

    The layout starts timers, for which Qt wants a thread that Qt began.
    """
    press = _Press(html, style, footer, title)
    press.start()
    press.wait()
    return press.content


class _Press(QThread):
    def __init__(self, html: str, style: str, footer: str, title: str) -> None:
        super().__init__()
        self._html, self._style, self._footer, self._title = html, style, footer, title
        self.content = b""

    def run(self) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._print_to(buffer)
        self.content = bytes(buffer.data().data())

    def _print_to(self, buffer: QBuffer) -> None:
        writer = QPdfWriter(buffer)
        writer.setCreator("Reception")
        writer.setTitle(self._title)
        writer.setResolution(_DPI)
        margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                margins,
                QPageLayout.Unit.Millimeter,
            )
        )
        page = QRectF(0, 0, writer.width(), writer.height() - _FOOT * _DPI / 72)
        document = QTextDocument()
        document.documentLayout().setPaintDevice(writer)
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(self._style)
        document.setPageSize(QSizeF(page.width(), page.height()))
        document.setHtml(self._html)
        painter = QPainter(writer)
        pages = document.pageCount()
        for number in range(pages):
            if number:
                writer.newPage()
            self._draw_page(painter, document, page, number)
            self._draw_footer(painter, writer, number + 1, pages)
        painter.end()

    def _draw_page(self, painter: QPainter, document: QTextDocument, page: QRectF, number: int) -> None:
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, page.translated(0, number * page.height()))
        painter.restore()

    def _draw_footer(self, painter: QPainter, writer: QPdfWriter, number: int, pages: int) -> None:
        painter.save()
        font = QFont()
        font.setPointSizeF(8)
        painter.setFont(font)
        painter.setPen(QColor("#4a5560"))
        foot = QRectF(0, writer.height() - _FOOT * _DPI / 72, writer.width(), _FOOT * _DPI / 72)
        text = self._footer.replace("{page}", str(number)).replace("{pages}", str(pages))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        painter.restore()

"""A document as PDF, made on a thread of its own."""

from functools import partial

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPdfWriter, QTextDocument

from ui.printing.paper import make_pdf

_DPI = 300
_MARGIN = 18.0  # mm
_FOOT = 36  # points, below the text of a page


def as_pdf(html: str, style: str, footer: str, title: str) -> bytes:
    """A4, with `footer` below each page: {page} and {pages} in it are filled in. Call from any thread but the
    screen's, and wait."""
    return make_pdf(title, _DPI, _MARGIN, partial(_draw, html, style, footer))


def _draw(html: str, style: str, footer: str, writer: QPdfWriter) -> None:
    page = QRectF(0, 0, writer.width(), writer.height() - _FOOT * _DPI / 72)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(style)
    document.setPageSize(QSizeF(page.width(), page.height()))
    document.setHtml(html)
    painter = QPainter(writer)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            writer.newPage()
        _draw_page(painter, document, page, number)
        _draw_footer(painter, writer, footer.replace("{page}", str(number + 1)).replace("{pages}", str(pages)))
    painter.end()


def _draw_page(painter: QPainter, document: QTextDocument, page: QRectF, number: int) -> None:
    painter.save()
    painter.translate(0, -number * page.height())
    document.drawContents(painter, page.translated(0, number * page.height()))
    painter.restore()


def _draw_footer(painter: QPainter, writer: QPdfWriter, text: str) -> None:
    painter.save()
    font = QFont()
    font.setPointSizeF(8)
    painter.setFont(font)
    painter.setPen(QColor("#4a5560"))
    foot = QRectF(0, writer.height() - _FOOT * _DPI / 72, writer.width(), _FOOT * _DPI / 72)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
    painter.restore()

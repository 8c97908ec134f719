"""The pages as they will come out, one below the other, as wide as there is room."""

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.printing.drawing import draw_page
from ui.printing.pages import HEIGHT, WIDTH, Page

translate = QCoreApplication.translate

_MARGIN = 12  # pixels, around a page
_PAPER, _EDGE = QColor("white"), QColor("#8A939C")


class Preview(QScrollArea):
    """Paper is white and letters are black in a dark theme too: that is how they come out."""

    def __init__(self) -> None:
        super().__init__()
        self._paper = _Paper()
        self.setWidget(self._paper)
        self.setObjectName("printPreview")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(translate("PrintDialog", "Preview"))

    def show_pages(self, pages: tuple[Page, ...], said: str) -> None:
        """`said` is what a screen reader tells of them."""
        self.setAccessibleDescription(said)
        self._paper.show_pages(pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paper.fit(self.viewport().width())


class _Paper(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._pages: tuple[Page, ...] = ()

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        self._pages = pages
        self.fit(self.width())
        self.update()

    def fit(self, width: int) -> None:
        self.resize(width, len(self._pages) * (self._page_size(width).height() + _MARGIN) + _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self._page_size(self.width())
        painter = QPainter(self)
        for number, page in enumerate(self._pages):
            place = QRect(_MARGIN, _MARGIN + number * (size.height() + _MARGIN), size.width(), size.height())
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, _PAPER)
            painter.setPen(QPen(_EDGE, 1))
            painter.drawRect(place)
            painter.save()
            painter.translate(place.topLeft())
            painter.scale(size.width() / WIDTH, size.width() / WIDTH)
            draw_page(painter, page)
            painter.restore()
        painter.end()

    def _page_size(self, width: int) -> QSize:
        wide = max(1, width - 2 * _MARGIN)
        return QSize(wide, round(wide * HEIGHT / WIDTH))

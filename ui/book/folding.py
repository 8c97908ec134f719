"""What the book leaves out, as buttons at its edges: whoever has nothing on the page, and hours that hold nothing."""

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QStyle, QStyleOptionFocusRect, QWidget

from receptionapp.domain.clinic_time import clock_text
from receptionapp.domain.frame import USUAL_HOURS, Frame, folded_resources
from receptionapp.domain.layout import Page
from ui.labels import plain_tooltip

translate = QCoreApplication.translate

_GAP = 6  # pixels around the words


class EdgeButton(QAbstractButton):
    """A quiet line of words along an edge; at the right one turned by a quarter, so that ▴ points to the right."""

    def __init__(self, parent: QWidget, *, upright: bool = False) -> None:
        super().__init__(parent)
        self._upright = upright
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def show_words(self, words: str, told: str, tooltip: str = "") -> None:
        """`words` are seen and `told` is heard; nothing hides it."""
        if words != self.text():
            self.setText(words)
            self.update()
        self.setAccessibleName(told)
        self.setToolTip(plain_tooltip(tooltip))
        self.setVisible(bool(words))

    @property
    def thickness(self) -> int:
        """Pixels across its words; 0 while it is hidden."""
        return 0 if self.isHidden() else self.fontMetrics().height() + _GAP

    def sizeHint(self) -> QSize:
        long, thick = self.fontMetrics().horizontalAdvance(self.text()) + 4 * _GAP, self.fontMetrics().height() + _GAP
        return QSize(thick, long) if self._upright else QSize(long, thick)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self.palette()
        lit = self.underMouse() or self.isDown()
        with QPainter(self) as painter:
            painter.fillRect(
                self.rect(), colours.color(QPalette.ColorRole.Button if lit else QPalette.ColorRole.Window)
            )
            painter.setPen(colours.color(QPalette.ColorRole.Midlight))
            if self._upright:
                painter.drawLine(0, 0, 0, self.height())
            painter.setPen(colours.color(QPalette.ColorRole.WindowText))
            long, thick = (self.height(), self.width()) if self._upright else (self.width(), self.height())
            if self._upright:
                painter.translate(QPointF(self.width(), 0))
                painter.rotate(90)
            room = QRect(2 * _GAP, 0, long - 4 * _GAP, thick)
            words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            side = Qt.AlignmentFlag.AlignLeft if self._upright else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
            painter.resetTransform()
            if self.hasFocus():
                self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        option = QStyleOptionFocusRect()
        option.initFrom(self)
        option.rect = self.rect().adjusted(1, 1, -1, -1)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)


class FoldedEdges(QObject):
    """Signals: unfold_wanted (bool), hours_wanted (): the usual ones. everybody_wanted (): those that she has unticked
    too."""

    unfold_wanted = Signal(bool)
    hours_wanted = Signal()
    everybody_wanted = Signal()

    def __init__(self, book: QWidget) -> None:
        super().__init__(book)
        self._unfolded = False
        self._rail = EdgeButton(book, upright=True)
        self._rail.setObjectName("foldedRail")
        self._unticked = EdgeButton(book, upright=True)
        self._unticked.setObjectName("untickedRail")
        self._above = EdgeButton(book)
        self._above.setObjectName("hoursAbove")
        self._below = EdgeButton(book)
        self._below.setObjectName("hoursBelow")
        self._rail.clicked.connect(self._toggle)
        self._unticked.clicked.connect(self.everybody_wanted)
        self._above.clicked.connect(self.hours_wanted)
        self._below.clicked.connect(self.hours_wanted)

    @property
    def buttons(self) -> tuple[EdgeButton, ...]:
        """Those in sight, for whoever reads the book aloud."""
        found = (self._above, self._below, self._rail, self._unticked)
        return tuple(button for button in found if not button.isHidden())

    def show_page(self, page: Page, frame: Frame, *, unfolded: bool, trims_hours: bool = True) -> None:
        """`frame` is the trimmed one, also while all is unfolded."""
        self._unfolded = unfolded
        self._show_folded([page.clinic.resource_name(r) for r in folded_resources(page, frame)])
        shown = {column.resource_id for column in page.columns}
        self._show_unticked([r.name for r in page.clinic.resources if r.id not in shown])
        first, last = USUAL_HOURS
        trimmed = trims_hours and bool(frame.shown) and not unfolded
        self._show_hours(self._above, first, frame.first_hour if trimmed else first, "▴")
        self._show_hours(self._below, frame.last_hour if trimmed else last, last, "▾")

    def place(self, view: QRect, header: int) -> None:
        """Around the viewport; `header` pixels are above all."""
        full = view.right() + 1
        self._above.setGeometry(0, header, full, self.height_above)
        self._below.setGeometry(0, view.bottom() + 1, full, self.height_below)
        bottom = view.bottom() + 1 + self.height_below
        wanted = 0 if self._unticked.isHidden() else min(self._unticked.sizeHint().height(), bottom // 2)
        top = 0 if self._rail.isHidden() else bottom - wanted
        self._rail.setGeometry(full, 0, self.width, bottom - wanted)
        self._unticked.setGeometry(full, top, self.width, bottom - top)

    @property
    def width(self) -> int:
        """Pixels at the right of the columns."""
        return max(self._rail.thickness, self._unticked.thickness)

    @property
    def height_above(self) -> int:
        return self._above.thickness

    @property
    def height_below(self) -> int:
        return self._below.thickness

    def _show_folded(self, names: list[str]) -> None:
        count = translate("Book", "{count} without free times").format(count=len(names))
        if not names:
            self._rail.show_words("", "")
        elif self._unfolded:
            told = translate("Book", "Fold {count} without free times").format(count=len(names))
            self._rail.show_words(f"{told} ▾", told, ", ".join(names))
        else:
            self._rail.show_words(f"{count} ▴", f"{count}: {', '.join(names)}", "\n".join(names))

    def _show_unticked(self, names: list[str]) -> None:
        if names:
            words = translate("Book", "{count} not ticked: show all").format(count=len(names))
            self._unticked.show_words(words, f"{words}: {', '.join(names)}", "\n".join(names))
        else:
            self._unticked.show_words("", "")

    def _show_hours(self, row: EdgeButton, first: int, last: int, sign: str) -> None:
        if first >= last:
            row.show_words("", "")
            return
        told = translate("Book", "Show {first} to {last} too").format(
            first=clock_text(first * 60), last=clock_text(last * 60)
        )
        row.show_words(f"{first:02}–{last:02} {sign}", told, told)

    def _toggle(self) -> None:
        self.unfold_wanted.emit(not self._unfolded)

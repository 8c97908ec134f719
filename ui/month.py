"""The month beside the book: the shown day filled, today ringed, Sundays red, the months around it quiet."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QToolButton, QWidget

from ui.icons import icon
from ui.theme import RHYTHM, Theme
from ui.words.formatting import pydate

_SUNDAY = Qt.DayOfWeek.Sunday.value


class Month(QCalendarWidget):
    """`today` is asked at every repaint, as the clinic's day may be another one than the computer's."""

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setGridVisible(False)
        self._days = self.findChild(QAbstractItemView, "qt_calendar_calendarview")
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Its colours are formats and pictures of its own, which no style sheet reaches."""
        self._theme = theme
        sunday, header = QTextCharFormat(), QTextCharFormat()
        sunday.setForeground(QColor(theme.danger))
        header.setForeground(QColor(theme.muted))
        self.setHeaderTextFormat(header)
        self.setWeekdayTextFormat(Qt.DayOfWeek.Saturday, QTextCharFormat())
        self.setWeekdayTextFormat(Qt.DayOfWeek.Sunday, sunday)
        for name, picture in (("qt_calendar_prevmonth", "previous"), ("qt_calendar_nextmonth", "next")):
            button = self.findChild(QToolButton, name)  # QCalendarWidget names its own, which are black
            if button is not None:
                button.setIcon(icon(picture, theme))

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        """One day. Qt's own is a hard square, and marks neither today nor the keyboard."""
        shown = day if isinstance(day, QDate) else QDate(day.year, day.month, day.day)
        theme, chosen = self._theme, shown == self.selectedDate()
        frame = QRectF(rect).adjusted(2.5, 1.5, -2.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(QColor(theme.accent))
            if self._days is not None and self._days.hasFocus():
                painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawRoundedRect(frame, RHYTHM, RHYTHM)
        elif pydate(shown) == self._today():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(frame, RHYTHM, RHYTHM)
        painter.setPen(QColor(self._ink(shown, chosen=chosen)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(shown.day()))
        painter.restore()

    def _ink(self, day: QDate, *, chosen: bool) -> str:
        if chosen:
            return self._theme.on_accent
        if (day.year(), day.month()) != (self.yearShown(), self.monthShown()):
            return self._theme.muted
        return self._theme.danger if day.dayOfWeek() == _SUNDAY else self._theme.text

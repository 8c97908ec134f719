"""The month beside the book: where it is, which days are holidays, and on which something is free."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QToolButton, QWidget

from receptionapp.domain.month_map import month_days, weigh_days
from ui.labels import plain_tooltip
from ui.theme import RHYTHM, Theme, icon
from ui.words.formatting import long_day, pydate, qdate
from ui.words.holidays import holiday_name

translate = QCoreApplication.translate

_SUNDAY = Qt.DayOfWeek.Sunday.value


class Month(QCalendarWidget):
    """`today` is the clinic's day, which may be another one than the computer's."""

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._ringed = today()
        self._marked = True
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setGridVisible(False)
        self._days = self.findChild(QAbstractItemView, "qt_calendar_calendarview")
        self._free: Mapping[date, int | None] = {}
        self._weights: Mapping[date, int | None] = {}
        self.selectionChanged.connect(self._describe_chosen)
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

    def ring_today(self) -> None:
        """Nothing else paints it anew when midnight passes."""
        if self._ringed != self._today():
            self._ringed = self._today()
            self.updateCells()

    def mark(self, marked: bool) -> None:
        """Whether the chosen day is filled."""
        if marked != self._marked:
            self._marked = marked
            self.updateCells()

    @property
    def days(self) -> tuple[date, ...]:
        """Those on its page."""
        return month_days(self.yearShown(), self.monthShown())

    def show_free(self, free: Mapping[date, int | None]) -> None:
        """How many times can be booked on each day of the page; None where not all is loaded."""
        if free == self._free:
            return  # most of what changes in the book changes nothing here
        self._free, self._weights = free, weigh_days(free)
        for day in free:
            told = QTextCharFormat()
            told.setToolTip(plain_tooltip(day_text(day, free[day])))
            self.setDateTextFormat(qdate(day), told)
        self._describe_chosen()
        self.updateCells()

    def _describe_chosen(self) -> None:
        """Qt says the number of the day only."""
        if self._days is not None:
            day = pydate(self.selectedDate())
            self._days.setAccessibleDescription(day_text(day, self._free.get(day)))

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        """One day. Qt's own is a hard square, and marks neither today nor the keyboard."""
        shown = day if isinstance(day, QDate) else QDate(day.year, day.month, day.day)
        theme, chosen = self._theme, self._marked and shown == self.selectedDate()
        frame = QRectF(rect).adjusted(2.5, 1.5, -2.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(QColor(theme.accent))
            if self._days is not None and self._days.hasFocus():
                painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawRoundedRect(frame, RHYTHM, RHYTHM)
        elif pydate(shown) == self._ringed:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(frame, RHYTHM, RHYTHM)
        ink = QColor(self._ink(shown, chosen=chosen))
        weight = self._weights.get(pydate(shown)) or 0
        font = painter.font()
        font.setWeight(QFont.Weight.DemiBold if weight else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(shown.day()))
        if weight:
            width = rect.width() * weight / 6
            bar = QRectF(rect.center().x() - width / 2 + 0.5, rect.bottom() - 3, width, 2)
            painter.fillRect(bar, ink if chosen else QColor(theme.free_edge))
        painter.restore()

    def _ink(self, day: QDate, *, chosen: bool) -> str:
        if chosen:
            return self._theme.on_accent
        if (day.year(), day.month()) != (self.yearShown(), self.monthShown()):
            return self._theme.muted
        if day.dayOfWeek() == _SUNDAY or holiday_name(pydate(day)):
            return self._theme.danger
        return self._theme.muted if self._weights.get(pydate(day)) == 0 else self._theme.text


def day_text(day: date, free: int | None) -> str:
    """A day of the month in words: its name, if it is a holiday, and what can be booked."""
    if free is None:
        booked = translate("Month", "not loaded")
    elif free == 1:
        booked = translate("Month", "1 free time")
    else:
        some = translate("Month", "{count} free times").format(count=free)
        booked = some if free else translate("Month", "none free")
    return ", ".join(filter(None, (long_day(day), holiday_name(day), booked)))

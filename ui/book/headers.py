"""The edges of the book that stay in sight: days and resources above, hours at the left."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from receptionapp.domain.clinic_time import clock_text, iso_week
from receptionapp.domain.layout import ViewSpan
from receptionapp.domain.short_names import ways_to_shorten
from ui.book import texts
from ui.book.contents import Contents
from ui.book.geometry import Geometry, Scene
from ui.labels import plain_tooltip
from ui.words.formatting import day_titles
from ui.words.holidays import holiday_name

_GAP = 8
_SMALL_GAP = 4  # where a column is narrow


class ColumnHeader(QWidget):
    """Names of the columns; in the week, a band of days above them. Spans the gutter too, where the week stands."""

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene
        self._made_for: object = None
        self._made: tuple[tuple[str, str], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def wanted_height(self) -> int:
        """Pixels: two lines for a day of columns, a line more for the band of days."""
        inks = self._scene.style
        columns = inks.line_height + inks.small_height + 12
        return columns + (self._band_height() if self._shows_days() else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tooltip(self._name_at(event.pos().x())), self)
            return True
        return super().event(event)

    def _name_at(self, x: int) -> str:
        scene = self._scene
        if scene.contents is None or scene.geometry is None or x < scene.style.gutter:
            return ""
        index = scene.geometry.column_at(x - scene.style.gutter + scene.left)
        if index is None:
            return ""
        return scene.contents.page.clinic.resource_name(scene.contents.columns[index].resource_id)

    def _paint(self, painter: QPainter) -> None:
        scene = self._scene
        painter.fillRect(self.rect(), scene.style.raised)
        if scene.contents is not None and scene.geometry is not None:
            self._paint_corner(painter, scene.contents)
            painter.setClipRect(
                QRect(self._scene.style.gutter, 0, self.width() - self._scene.style.gutter, self.height())
            )
            painter.translate(self._scene.style.gutter - scene.left, 0)
            if self._shows_days():
                self._paint_days(painter, scene.contents, scene.geometry)
            self._paint_columns(painter, scene.contents, scene.geometry)
            painter.resetTransform()
            painter.setClipping(False)
        painter.fillRect(0, self.height() - 1, self.width(), 1, scene.style.day_line)

    def _shows_days(self) -> bool:
        contents = self._scene.contents
        return contents is not None and (contents.page.span is ViewSpan.WEEK or len(contents.days) > 1)

    def _band_height(self) -> int:
        return self._scene.style.line_height + 8

    def _paint_corner(self, painter: QPainter, contents: Contents) -> None:
        inks = self._scene.style
        if not contents.days:
            return
        week = texts.week_text(iso_week(contents.days[0]))
        height = 2 * inks.small_height
        area = QRect(0, self.height() - 7 - height, self._scene.style.gutter - 4, height)  # on the line of the counts
        painter.setFont(inks.small)
        painter.setPen(inks.muted)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(area, flags, week)

    def _paint_days(self, painter: QPainter, contents: Contents, geometry: Geometry) -> None:
        """Each day over its columns. Its name stays in sight while any of them is."""
        scene, inks = self._scene, self._scene.style
        visible = QRect(scene.left, 0, self.width() - self._scene.style.gutter, self.height())
        for day, first, after in _runs(contents):
            band = QRect(geometry.left(first), 0, geometry.left(after) - geometry.left(first), self._band_height())
            seen = band & visible
            if seen.isEmpty():
                continue
            is_today = day == scene.today
            painter.fillRect(band, inks.accent_ground if is_today else inks.raised)
            room = seen.width() - 2 * _GAP
            font = inks.bold
            title, holiday = day_titles(day)[1], holiday_name(day)
            names = (*((f"{title} · {holiday}",) if holiday else ()), title, texts.shortest_day(day))
            name = inks.first_that_fits(names, font, room) or str(day.day)
            ink = inks.refused if holiday else inks.accent if is_today else inks.text
            self._text(painter, QPointF(seen.left() + _GAP, 4), name, font, room, ink)
            painter.fillRect(band.right(), 0, 1, self.height(), inks.day_line)
            painter.fillRect(band.left(), band.bottom(), band.width(), 1, inks.line)

    def _paint_columns(self, painter: QPainter, contents: Contents, geometry: Geometry) -> None:
        scene, inks = self._scene, self._scene.style
        top = self._band_height() if self._shows_days() else 0
        seen = geometry.columns_between(scene.left, scene.left + self.width() - self._scene.style.gutter)
        lines = self._lines(contents, geometry, seen)
        for index, (name, summary) in zip(seen, lines, strict=True):
            column = contents.columns[index]
            left, width = geometry.left(index), geometry.column_rect(index).width()
            gap = self._gap(width)
            room = width - gap - 2
            self._text(painter, QPointF(left + gap, top + 5), name, inks.bold, room, inks.text)
            painter.setPen(inks.free_text if contents.starts(index) else inks.muted)
            painter.setFont(inks.small)
            at = QPointF(left + gap, top + 5 + inks.line_height)
            painter.drawStaticText(at, inks.fitted(summary, inks.small, room))
            if index + 1 < len(contents.columns) and contents.columns[index + 1].day == column.day:
                painter.fillRect(left + width - 1, top + 8, 1, self.height() - top - 8, inks.line)
            if column.day == scene.today:
                painter.fillRect(QRectF(left, self.height() - 3, width, 3), inks.accent)

    def _gap(self, width: int) -> int:
        return _GAP if width >= self._scene.style.least_column else _SMALL_GAP

    def _lines(self, contents: Contents, geometry: Geometry, seen: range) -> tuple[tuple[str, str], ...]:
        """Of the columns in sight; their names are as short as all on the page need, and scrolling changes none."""
        clinic, columns, small = contents.page.clinic, contents.columns, self._scene.style.small
        names = [clinic.resource_name(columns[index].resource_id) for index in seen]
        counts = [None if columns[index].timeslots is None else contents.starts(index) for index in seen]
        rooms = [width - self._gap(width) - 2 for width in (geometry.column_rect(index).width() for index in seen)]
        key = (self._scene.style, tuple(names), tuple(counts), tuple(rooms))
        if self._made_for != key:
            words = [texts.column_summaries(count) for count in counts]
            fits = [
                self._scene.style.advance(full, small) <= room for (full, _), room in zip(words, rooms, strict=True)
            ]
            # Counts with and without their word side by side look untidy.
            in_words = all(fit for fit, count in zip(fits, counts, strict=True) if count)
            summaries = [
                full if (in_words if count else fit) else short
                for (full, short), fit, count in zip(words, fits, counts, strict=True)
            ]
            self._made_for, self._made = key, self._titles(contents, names, summaries, min(rooms, default=0))
        return self._made

    def _titles(
        self, contents: Contents, names: list[str], summaries: list[str], room: int
    ) -> tuple[tuple[str, str], ...]:
        """Two lines for each column, shortened in one way for all: the fullest that has room whole."""
        inks = self._scene.style
        made: tuple[tuple[str, str], ...] = ()
        resources = dict.fromkeys(column.resource_id for column in contents.columns)
        everybody = list(dict.fromkeys(map(contents.page.clinic.resource_name, resources)))
        for titles in ways_to_shorten(everybody):
            by_name = dict(zip(everybody, titles, strict=True))
            made = tuple(
                (by_name[name].upper, " · ".join(filter(None, (by_name[name].lower, summary))))
                for name, summary in zip(names, summaries, strict=True)
            )
            uppers = (title.upper for title in titles)
            if all(inks.advance(upper, inks.bold) <= room for upper in uppers) and all(
                inks.advance(lower, inks.small) <= room for _, lower in made
            ):
                break
        return made

    def _text(self, painter: QPainter, at: QPointF, text: str, font: QFont, room: int, ink: QColor) -> None:
        inks = self._scene.style
        if room > 8:
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawStaticText(at, inks.fitted(text, font, room))


class TimeGutter(QWidget):
    """The hours, and between them as many quarter hours as there is room for; the present minute in its colour."""

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def wanted_width(self) -> int:
        return self._scene.style.gutter

    def paintEvent(self, event: QPaintEvent) -> None:
        scene = self._scene
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), scene.style.raised)
            painter.fillRect(self.width() - 1, 0, 1, self.height(), scene.style.line)
            if scene.geometry is not None:
                painter.translate(0, -scene.top)
                now = self._now_height(scene.geometry)
                self._paint_hours(painter, scene.geometry, event.rect().translated(0, scene.top), now)
                if now is not None and scene.now_minute is not None:
                    self._paint_now(painter, now, clock_text(scene.now_minute))

    def _paint_hours(self, painter: QPainter, geometry: Geometry, dirty: QRect, now: int | None) -> None:
        """The present minute takes the place of an hour beside it."""
        inks = self._scene.style
        step = self._label_step(geometry)
        for minute in range(geometry.first_hour * 60, geometry.last_hour * 60 + 1, step):
            y = geometry.y(minute)
            if not dirty.top() - inks.line_height < y < dirty.bottom() + inks.line_height:
                continue
            if now is not None and abs(y - now) < inks.small_height:
                continue
            whole = minute % 60 == 0
            font = inks.font if whole else inks.small
            text = clock_text(minute)
            painter.setFont(font)
            painter.setPen(inks.text if whole else inks.muted)
            x = self.width() - 10 - inks.advance(text, font)
            height = inks.line_height if whole else inks.small_height
            painter.drawStaticText(QPointF(x, y - height / 2), inks.label(text, font))

    def _label_step(self, geometry: Geometry) -> int:
        """Minutes between labels: the closest that leaves the height of a line between them."""
        least = self._scene.style.small_height * 2.2
        return next((step for step in (5, 10, 15, 30) if step * geometry.pixels_per_minute >= least), 60)

    def _now_height(self, geometry: Geometry) -> int | None:
        contents, minute = self._scene.contents, self._scene.now_minute
        if minute is None or contents is None or self._scene.today not in contents.days:
            return None
        return geometry.y(minute) if geometry.first_hour * 60 <= minute <= geometry.last_hour * 60 else None

    def _paint_now(self, painter: QPainter, y: int, text: str) -> None:
        inks = self._scene.style
        width = inks.advance(text, inks.small) + 8
        chip = QRectF(self.width() - width - 4, y - inks.small_height / 2 - 1, width, inks.small_height + 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.now)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setFont(inks.small)
        painter.setPen(inks.paper)
        painter.drawStaticText(QPointF(chip.left() + 4, chip.top() + 1), inks.label(text, inks.small))


def _runs(contents: Contents) -> list[tuple[date, int, int]]:
    runs: list[tuple[date, int, int]] = []
    for index, column in enumerate(contents.columns):
        if runs and runs[-1][0] == column.day:
            runs[-1] = (column.day, runs[-1][1], index + 1)
        else:
            runs.append((column.day, index, index + 1))
    return runs

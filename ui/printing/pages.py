"""Where everything stands on the pages of the day's sheet. One unit is a tenth of a point, whatever it is drawn on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

from ui.printing.words import PrintedSheet, SheetLine, SheetList

WIDTH, HEIGHT = 5953, 8419  # A4
_SIDE, _TOP, _BOTTOM = 370, 340, 340
_LEFT, _RIGHT = _SIDE, WIDTH - _SIDE
_BOX = 78  # what is ticked
_GAP = 90  # between columns
_PAD = 26  # above and below the text of a row
_APART = 150  # between two lists
_HAIR, _FINE, _STRONG = 3, 8, 14  # thickness of rules
_TOGETHER = 3  # rows that a heading is never parted from
_PAYS = 1 / 3  # of a page: less room than that is left empty for a list that is whole on the next one
_LEAST_SHARE = 0.4  # of what two long columns share
_STANDING = 0.16  # of the width: what a standing may take before it is broken
_PIECES = re.compile(r"[^ -]*(?:-+| +|$)")  # a line is broken after a space or a hyphen


class TextStyle(Enum):
    """Size in units, and whether it is bold."""

    DAY = (170, True)
    NAME = (110, True)
    WARNING = (90, True)
    TEXT = (90, False)
    STRONG = (90, True)
    NOTE = (80, False)
    HEAD = (66, False)
    FOOT = (70, False)

    @property
    def font(self) -> QFont:
        size, bold = self.value
        made = QFont()
        made.setPixelSize(size)
        made.setBold(bold)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # the same widths on screen and on paper
        return made


class Text(NamedTuple):
    """`y` is the line that letters stand on. `is_red`: where there is colour."""

    x: float
    y: float
    text: str
    face: TextStyle
    is_red: bool = False


class Rule(NamedTuple):
    """A line to the right, or down where `height` is given."""

    x: float
    y: float
    width: float
    thickness: float
    height: float = 0


class Box(NamedTuple):
    """An empty square."""

    x: float
    y: float
    side: float


PageMark = Text | Rule | Box
Page = tuple[PageMark, ...]


class Measure:
    """How wide and high texts are. For one layout: it remembers every text."""

    def __init__(self) -> None:
        self._metrics = {face: QFontMetricsF(face.font) for face in TextStyle}
        self._widths: dict[tuple[str, TextStyle], float] = {}

    def width(self, text: str, face: TextStyle) -> float:
        found = self._widths.get((text, face))
        if found is None:
            found = self._widths[text, face] = self._metrics[face].horizontalAdvance(text)
        return found

    def line(self, face: TextStyle) -> float:
        return self._metrics[face].height()

    def ascent(self, face: TextStyle) -> float:
        return self._metrics[face].ascent()

    def wrapped(self, text: str, face: TextStyle, room: float) -> tuple[str, ...]:
        """The whole text in lines that fit: broken between words, and within one that is too long for a line."""
        if self.width(text, face) <= room:
            return (text,)
        lines = [""]
        for piece in _PIECES.findall(text):
            for part in self._parts(piece, face, room):
                if self.width((lines[-1] + part).rstrip(), face) <= room:
                    lines[-1] += part
                else:
                    lines.append(part)
        return tuple(line.rstrip() for line in lines if line.strip())

    def _parts(self, piece: str, face: TextStyle, room: float) -> Iterator[str]:
        while len(piece) > 1 and self.width(piece.rstrip(), face) > room:
            ends = accumulate(self._metrics[face].horizontalAdvance(letter) for letter in piece)
            fitting = max(1, sum(end <= room for end in ends))
            yield piece[:fitting]
            piece = piece[fitting:]
        yield piece


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each begins and how wide it is; the first is the time."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]


@dataclass(slots=True)
class _Pen:
    """Sets the marks of one page after the other. `y` is how far down the present one is filled."""

    pages: list[list[PageMark]] = field(default_factory=list)
    y: float = 0

    def put(self, *marks: PageMark) -> None:
        self.pages[-1].extend(marks)


def lay_out(sheet: PrintedSheet) -> tuple[Page, ...]:
    """All pages; at least one."""
    return _Layout(sheet, Measure()).pages()


class _Layout:
    def __init__(self, sheet: PrintedSheet, measure: Measure) -> None:
        self._sheet = sheet
        self._measure = measure
        self._columns = _columns(sheet, measure)
        number = measure.width("00 / 000", TextStyle.FOOT) + _GAP
        self._foot = measure.wrapped(sheet.foot, TextStyle.FOOT, _RIGHT - _LEFT - number)
        self._end = HEIGHT - _BOTTOM - len(self._foot) * measure.line(TextStyle.FOOT) - 60
        self._pen = _Pen()
        self._begin = 0.0

    def pages(self) -> tuple[Page, ...]:
        self._turn()
        for one in self._sheet.lists:
            self._list(one)
        for number, page in enumerate(self._pen.pages, start=1):
            self._number(page, number)
        return tuple(tuple(page) for page in self._pen.pages)

    def _turn(self) -> None:
        self._pen.pages.append([])
        self._heading()
        self._pen.y = self._begin = self._pen.y + 20
        y = self._end + 60 + self._measure.ascent(TextStyle.FOOT)
        self._pen.put(Rule(_LEFT, self._end + 30, _RIGHT - _LEFT, _HAIR))
        for line in self._foot:
            self._pen.put(Text(_LEFT, y, line, TextStyle.FOOT))
            y += self._measure.line(TextStyle.FOOT)

    def _heading(self) -> None:
        sheet, measure, pen = self._sheet, self._measure, self._pen
        y = _TOP + measure.ascent(TextStyle.NOTE)
        pen.put(Text(_LEFT, y, sheet.where, TextStyle.NOTE))
        if sheet.warning:
            self._right(y, sheet.warning, TextStyle.WARNING)
        y += measure.line(TextStyle.DAY)
        pen.put(Text(_LEFT, y, sheet.day, TextStyle.DAY, sheet.is_holiday))
        self._right(y, sheet.week, TextStyle.NAME)
        y += 60
        pen.put(Rule(_LEFT, y, _RIGHT - _LEFT, _STRONG))
        pen.y = y + 24
        if not any(one.lines for one in sheet.lists):
            return  # nothing stands below the heads of the columns
        y += 16 + measure.line(TextStyle.HEAD)
        for left, text in zip(self._columns.lefts, (sheet.time_head, *sheet.heads), strict=True):
            pen.put(Text(left, y, text, TextStyle.HEAD))
        pen.y = y + 24

    def _number(self, page: list[PageMark], number: int) -> None:
        text = self._sheet.page.replace("{page}", str(number)).replace("{pages}", str(len(self._pen.pages)))
        y = self._end + 60 + self._measure.ascent(TextStyle.FOOT)
        page.append(Text(_RIGHT - self._measure.width(text, TextStyle.FOOT), y, text, TextStyle.FOOT))

    def _right(self, y: float, text: str, face: TextStyle) -> None:
        self._pen.put(Text(_RIGHT - self._measure.width(text, face), y, text, face))

    def _list(self, one: SheetList) -> None:
        rows = [self._cells(line) for line in one.lines]
        heights = [self._height(row) for row in rows]
        tail = self._measure.wrapped(one.tail, TextStyle.NOTE, _RIGHT - self._columns.lefts[0]) if one.tail else ()
        tail_height = len(tail) * self._measure.line(TextStyle.NOTE) + 2 * _PAD if tail else 0.0
        self._open(one, heights, tail_height)
        for number, (line, row, height) in enumerate(zip(one.lines, rows, heights, strict=True)):
            needed = height + (tail_height if number == len(rows) - 1 else 0)
            if self._pen.y + needed > self._end:
                self._turn()
                self._title(self._sheet.continued.replace("{name}", one.name), "")
            self._row(line, row, height)
        y = self._pen.y + _PAD + self._measure.ascent(TextStyle.NOTE)
        for text in tail:
            self._pen.put(Text(self._columns.lefts[0], y, text, TextStyle.NOTE))
            y += self._measure.line(TextStyle.NOTE)
        self._pen.y += tail_height

    def _open(self, one: SheetList, heights: Sequence[float], tail: float) -> None:
        """Its title, on the next page if it stands better there."""
        title = self._title_height
        if self._pen.y > self._begin:
            whole = _APART + title + sum(heights) + tail
            least = _APART + title + sum(heights[:_TOGETHER]) + (tail if len(heights) <= _TOGETHER else 0)
            room, page = self._end - self._pen.y, self._end - self._begin
            if whole > room and (least > room or (whole <= page and room < page * _PAYS)):
                self._turn()
            else:
                self._pen.y += _APART
        self._title(one.name, one.summary)

    @property
    def _title_height(self) -> float:
        return self._measure.line(TextStyle.NAME) + 40

    def _title(self, name: str, summary: str) -> None:
        y = self._pen.y + self._measure.ascent(TextStyle.NAME)
        room = _RIGHT - _LEFT - self._measure.width(summary, TextStyle.NOTE) - _GAP
        self._pen.put(Text(_LEFT, y, self._measure.wrapped(name, TextStyle.NAME, room)[0], TextStyle.NAME))
        self._right(y, summary, TextStyle.NOTE)
        self._pen.y += self._title_height
        self._pen.put(Rule(_LEFT, self._pen.y - 10, _RIGHT - _LEFT, _FINE))

    def _cells(self, line: SheetLine) -> tuple[tuple[str, ...], ...]:
        texts = (line.time, *line.cells)
        last = len(texts) - 1
        return tuple(
            self._measure.wrapped(text, self._face(line, n == last), room)
            for n, (text, room) in enumerate(zip(texts, self._columns.widths, strict=True))
        )

    def _face(self, line: SheetLine, is_last: bool) -> TextStyle:
        return TextStyle.STRONG if is_last and line.stands_out else TextStyle.TEXT

    def _height(self, row: tuple[tuple[str, ...], ...]) -> float:
        return max(map(len, row)) * self._measure.line(TextStyle.TEXT) + 2 * _PAD

    def _row(self, line: SheetLine, row: tuple[tuple[str, ...], ...], height: float) -> None:
        pen, measure = self._pen, self._measure
        first = pen.y + _PAD + measure.ascent(TextStyle.TEXT)
        if line.ticks:
            pen.put(Box(_LEFT, pen.y + _PAD + (measure.line(TextStyle.TEXT) - _BOX) / 2, _BOX))
        for number, (left, texts) in enumerate(zip(self._columns.lefts, row, strict=True)):
            is_last = number == len(row) - 1
            for below, text in enumerate(texts):
                y = first + below * measure.line(TextStyle.TEXT)
                face = self._face(line, is_last)
                pen.put(Text(left, y, text, face))
                if line.is_struck and not is_last:
                    pen.put(Rule(left, y - measure.ascent(face) * 0.3, measure.width(text, face), _FINE))
        if line.stands_out:
            pen.put(Rule(_LEFT - 60, pen.y + _PAD, 0, 2 * _STRONG, height - 2 * _PAD))
        pen.y += height
        pen.put(Rule(_LEFT, pen.y, _RIGHT - _LEFT, _HAIR))


def _columns(sheet: PrintedSheet, measure: Measure) -> _Columns:
    """Times, dates and numbers have what they need; who it is and what for share the rest; the standing is last."""
    lines = [line for one in sheet.lists for line in one.lines]
    heads = (sheet.time_head, *sheet.heads)
    wanted = [measure.width(head, TextStyle.HEAD) for head in heads]
    for line in lines:
        for number, text in enumerate((line.time, *line.cells)):
            face = TextStyle.STRONG if number == len(heads) - 1 and line.stands_out else TextStyle.TEXT
            wanted[number] = max(wanted[number], measure.width(text, face))
    room = _RIGHT - _LEFT - _BOX - _GAP - _GAP * (len(heads) - 1)
    who, service, standing = 1, len(heads) - 2, len(heads) - 1
    wanted[standing] = min(wanted[standing], room * _STANDING)
    shared = room - sum(width for number, width in enumerate(wanted) if number not in (who, service))
    wanted[who], wanted[service] = _shared(wanted[who], wanted[service], shared)
    lefts = list(accumulate((width + _GAP for width in wanted[:-1]), initial=float(_LEFT + _BOX + _GAP)))
    return _Columns(tuple(lefts), tuple(wanted))


def _shared(one: float, other: float, room: float) -> tuple[float, float]:
    """Both as wide as they want where there is room, and the rest to the second; else neither less than its share."""
    if one + other <= room:
        spare = min((room - one - other) / 2, one)
        return one + spare, room - one - spare
    least = room * _LEAST_SHARE
    one = max(least, min(one, room - min(other, least), room * one / (one + other)))
    return one, room - one

"""A column made ready for drawing: rectangles, ticks and texts in place. Made once, drawn at every repaint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLine, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPixmap, QStaticText

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic_time import clock_text
from receptionapp.domain.layout import WHOLE_LANE, ColumnLayout, FreeRegion, Page, Placed
from receptionapp.domain.patient import Person
from ui.book import texts
from ui.book.contents import Contents
from ui.book.geometry import Geometry
from ui.book.style import INSET, Appearance, BookStyle
from ui.theme import pixmap
from ui.words.appointments import standing_text

_ICON = 14
_NOTE_TOP = 40
_TICK = 5
_LEAST_SERVICE = 45  # pixels of a service's name after a birth date, for it to be worth the cut
_LEAST_BESIDE_ICON = 60  # pixels: in a narrower block its shape alone tells the standing, and the room is the name's
_LEAST_GHOST = 48  # pixels: a narrower ghost has no name
_LEAST_BLOCK = 10  # pixels: lower appointments have no outline, and a hint of a name
# Pixels before they are rounded, so that equal lengths are alike. In a lower one no letter could be read: the tooltip,
# the zoom and the list tell who it is.
_LEAST_HINT = 8.5
_LEAST_CELL = 9  # pixels: lower cells are drawn as one region with ticks


_BOOKED = Standing.BOOKED

_LOOKS = {
    Standing.SENDING: Appearance.HATCHED,
    Standing.BOOKED: Appearance.SOLID,
    Standing.AWAITING_CODE: Appearance.DASHED,
    Standing.CANCELLING: Appearance.HATCHED,
    Standing.CANCEL_AWAITING_CODE: Appearance.DASHED,
    Standing.CANCELLED: Appearance.CANCELLED,
    Standing.COMPLETED: Appearance.QUIET,
    Standing.BOOKING_UNKNOWN: Appearance.UNKNOWN,
    Standing.CANCELLING_UNKNOWN: Appearance.UNKNOWN,
    Standing.OTHER: Appearance.SOLID,
}

# Colours of the theme's services, worn by standings instead; shapes, icons and words tell them as well.
STATUS_COLOURS: Mapping[str, int] = {
    Standing.BOOKED: 0,
    Standing.SENDING: 0,
    Standing.AWAITING_CODE: 1,
    Standing.COMPLETED: 5,
    Standing.CANCELLING: 4,
    Standing.CANCEL_AWAITING_CODE: 4,
    Standing.OTHER: 3,
}

_ICONS = {
    Standing.SENDING: "sending",
    Standing.AWAITING_CODE: "code",
    Standing.CANCELLING: "sending",
    Standing.CANCEL_AWAITING_CODE: "code",
    Standing.COMPLETED: "check",
    Standing.BOOKING_UNKNOWN: "unknown",
    Standing.CANCELLING_UNKNOWN: "unknown",
    Standing.OTHER: "info",
}


@dataclass(slots=True)
class TextLine:
    """A text in its place (its top left corner)."""

    at: QPointF
    text: QStaticText
    font: QFont
    colour: QColor


@dataclass(slots=True)
class Block:
    """An appointment, ready to be drawn."""

    rect: QRect
    appearance: Appearance
    service: int
    lines: tuple[TextLine, ...]
    icons: tuple[tuple[QPointF, QPixmap], ...] = ()


FreePatch = tuple[int, int, int, int, str]  # x, y, width, height, and its words if it has any
LowBlock = tuple[int, int, int, int, int]  # x, y, width, height, service: booked, and too low for words


@dataclass(slots=True)
class ColumnPicture:
    """A column, ready to be drawn."""

    rect: QRect
    loaded: bool
    each: bool = False  # whether each start is a block, or all are ticks in one shape
    free: list[FreePatch] = field(default_factory=list)
    ticks: list[QLine] = field(default_factory=list)
    labels: list[TextLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    low: list[LowBlock] = field(default_factory=list)
    hints: list[TextLine] = field(default_factory=list)  # names in low blocks, all in one font and colour
    note: TextLine | None = None


def make_column_picture(
    contents: Contents, index: int, geometry: Geometry, inks: BookStyle, *, by_status: bool = False
) -> ColumnPicture:
    """Make the column at `index` ready for drawing."""
    layout, page = contents.layout(index), contents.page
    made = ColumnPicture(geometry.column_rect(index), layout.column.timeslots is not None)
    if not made.loaded:
        _add_note(made, inks)
    _add_free(made, layout, index, page, geometry, inks)
    _add_appointments(made, layout, index, contents, geometry, inks, colours_of(page, by_status=by_status))
    for placed in layout.cancelled:
        rect = geometry.cancelled_rect(index, placed.top, placed.bottom, placed.lane)
        made.blocks.append(_ghost(placed, rect, inks))
    return made


def colours_of(page: Page, *, by_status: bool) -> Callable[[OwnAppointment], int]:
    """Which of the colours an appointment on this page has: its status's, or that of its service's place in the
    clinic's list."""
    if by_status:
        return lambda own: STATUS_COLOURS.get(own.standing, 0)
    services = {service.id: n for n, service in enumerate(page.clinic.services)}
    return lambda own: services.get(own.timeslot.healthcare_service_id, 0)


def _add_appointments(
    made: ColumnPicture,
    layout: ColumnLayout,
    index: int,
    contents: Contents,
    geometry: Geometry,
    inks: BookStyle,
    colour_of: Callable[[OwnAppointment], int],
) -> None:
    x, width = geometry.horizontal_extent(index)
    room = width - INSET - 2
    for placed in layout.appointments:
        appointment, top, bottom, lane = placed
        service = colour_of(appointment)
        y, height = geometry.vertical_extent(top, bottom)
        if height < _LEAST_BLOCK and lane is WHOLE_LANE and appointment.standing is _BOOKED:
            made.low.append((x, y, width, height, service))
            if (bottom - top) * geometry.pixels_per_minute >= _LEAST_HINT:
                name, _ = _name(appointment.person, inks.tiny, room, inks)
                at = QPointF(x + INSET, y + (height - inks.tiny_height) / 2)
                made.hints.append(TextLine(at, inks.label(name, inks.tiny), inks.tiny, inks.text))
        else:
            rect = geometry.appointment_rect(index, top, bottom, lane)
            exact = (bottom - top) * geometry.pixels_per_minute
            made.blocks.append(make_block(placed, rect, exact, contents, index, inks, service))


def _add_note(made: ColumnPicture, inks: BookStyle) -> None:
    """Say once in the column why it is hatched; in a narrow one only its header has room for that."""
    width = made.rect.width() - 2 * INSET
    words = inks.first_that_fits((texts.not_loaded_text(),), inks.font, width)
    if words is None:
        return
    text = inks.label(words, inks.font)
    x = made.rect.center().x() - text.size().width() / 2
    made.note = TextLine(QPointF(x, _NOTE_TOP), text, inks.font, inks.muted)


def _add_free(
    made: ColumnPicture, layout: ColumnLayout, index: int, page: Page, geometry: Geometry, inks: BookStyle
) -> None:
    """Free time is one shape; with one service chosen, and room for it, each start is a block with its time."""
    made.each = page.service_id is not None and _all_high(layout.regions, geometry)
    x, width = geometry.horizontal_extent(index)
    tick = width - 2 if made.each else _TICK
    room = width - INSET - 2
    beside_ghost = room - geometry.cancelled_width(index)
    for top, bottom, starts in layout.regions:
        y, height = geometry.vertical_extent(top, bottom)
        words = ""
        if not made.each and height >= inks.small_height - 2:
            ghosted = bool(layout.cancelled) and any(
                ghost.top < bottom and top < ghost.bottom for ghost in layout.cancelled
            )
            words = _free_words(top, bottom, beside_ghost if ghosted else room, inks)
        made.free.append((x, y, width, height, words))
        for start in starts[1:]:
            at = geometry.y(start) - 1
            made.ticks.append(QLine(x + 1, at, x + tick, at))
        if made.each:
            for start, end in pairwise((*starts, bottom)):
                _add_label(made, x, *geometry.vertical_extent(start, end), clock_text(start), inks)


def _free_words(top: int, bottom: int, room: int, inks: BookStyle) -> str:
    """From when to when time is free, as far as there is room for it whole."""
    if room >= inks.span_width:
        return texts.span_text(top, bottom)
    return clock_text(top) if room >= inks.clock_width else ""


def _all_high(regions: tuple[FreeRegion, ...], geometry: Geometry) -> bool:
    least = _LEAST_CELL / geometry.pixels_per_minute
    return all(end - start >= least for r in regions for start, end in pairwise((*r.starts, r.bottom)))


def _add_label(made: ColumnPicture, x: int, y: int, height: int, text: str, inks: BookStyle) -> None:
    if height >= inks.small_height - 2:
        at = QPointF(x + INSET, y + min(3.0, (height - inks.small_height) / 2))
        made.labels.append(TextLine(at, inks.label(text, inks.small), inks.small, inks.free_text))


def make_block(
    placed: Placed[OwnAppointment],
    rect: QRect,
    exact: float,
    contents: Contents,
    index: int,
    inks: BookStyle,
    service: int,
) -> Block:
    """`exact`: the height before it is rounded, so that equal lengths have equal letters."""
    icons = _icons(placed.what, rect, contents, index, inks)
    lines = _lines(placed, rect, exact, contents.page, inks, len(icons))
    return Block(rect, _LOOKS[placed.what.standing], service, lines, icons)


def _lines(
    placed: Placed[OwnAppointment], rect: QRect, exact: float, page: Page, inks: BookStyle, icons: int
) -> tuple[TextLine, ...]:
    """As many lines as there is room for, the one that matters most first: who; how it stands; born, service; when."""
    room = QRectF(rect).adjusted(INSET, 2, -2, -1)
    icon = icons * (_ICON + 2)
    if room.height() < inks.line_height + inks.small_height - 2:
        return _one_line(placed.what, room.adjusted(0, 0, -icon, 0), exact - 4, inks)
    return _stacked(placed, room, icon, page, inks)


def _one_line(appointment: OwnAppointment, room: QRectF, height: float, inks: BookStyle) -> tuple[TextLine, ...]:
    """Low blocks: the name, and beside it the first text that has room whole. Half a birth date is worse than none."""
    if height < inks.small_height - 6:
        return ()
    middle, width = room.center().y(), max(int(room.width()), 1)
    low = height < inks.line_height - 5
    name, font = _name(appointment.person, inks.small if low else inks.name_font(width), width, inks)
    half = (inks.line_height if font is inks.bold else inks.small_height) / 2
    lines = [TextLine(QPointF(room.left(), middle - half), inks.label(name, font), font, inks.text)]
    x = room.left() + inks.advance(name, font) + 8
    if room.right() - x < inks.least_beside:
        return tuple(lines)
    beside = inks.first_that_fits(texts.texts_beside_name(appointment), inks.small, int(room.right() - x))
    if beside is not None:
        at = QPointF(x, middle - inks.small_height / 2)
        lines.append(TextLine(at, inks.label(beside, inks.small), inks.small, inks.text))
    return tuple(lines)


def _stacked(
    placed: Placed[OwnAppointment], room: QRectF, icon: int, page: Page, inks: BookStyle
) -> tuple[TextLine, ...]:
    appointment, width = placed.what, max(int(room.width()), 1)
    name, font = _name(appointment.person, inks.name_font(width), max(width - icon, 1), inks)
    lines = [TextLine(room.topLeft(), inks.label(name, font), font, inks.text)]
    below: list[tuple[str, QColor]] = []
    if appointment.standing is not Standing.BOOKED:
        standing = inks.truncated(standing_text(appointment), inks.small, width)
        below.append((standing, inks.warning if appointment.standing.unknown else inks.text))
    below.append((_details(page, appointment, width, inks), inks.text))
    times = texts.block_times(placed, page.zone)
    below.append((inks.first_that_fits(times, inks.small, width) or "", inks.muted))
    y = room.top() + inks.line_height
    lowest = room.bottom() + (0 if appointment.standing.unknown else 2)  # its outline is firm
    for text, colour in ((text, colour) for text, colour in below if text):
        if y + inks.small_height > lowest:
            break
        lines.append(TextLine(QPointF(room.left(), y), inks.fitted(text, inks.small, width), inks.small, colour))
        y += inks.small_height
    return tuple(lines)


def _name(person: Person, font: QFont, width: int, inks: BookStyle) -> tuple[str, QFont]:
    """The fullest form of a name that has room whole; then smaller letters, an abbreviation, and the initials last."""
    key = (person.first_name, person.last_name, id(font), width)
    found = inks.names.get(key)
    return inks.keep_name(key, _fullest_name(person, font, width, inks)) if found is None else found


def _fullest_name(person: Person, font: QFont, width: int, inks: BookStyle) -> tuple[str, QFont]:
    names = texts.name_forms(person)
    if whole := inks.first_that_fits(names, font, width):
        return whole, font
    if inks.advance(names[-1], inks.small) <= width:
        return names[-1], inks.small
    if part := inks.abbreviated(names[-1], inks.small, width):
        return part, inks.small
    short = person.initials
    return next(((short, f) for f in (font, inks.small) if inks.advance(short, f) <= width), ("", inks.small))


def _details(page: Page, appointment: OwnAppointment, width: int, inks: BookStyle) -> str:
    """Birth date and service; less where hardly anything more could be read. Half a birth date is worse than none."""
    text, born = texts.details_text(page, appointment), appointment.person.birth_date
    if born is None or inks.advance(text, inks.small) <= width:
        return inks.truncated(text, inks.small, width)
    date = texts.short_date(born)
    if inks.advance(date, inks.small) + _LEAST_SERVICE <= width:
        return inks.truncated(text, inks.small, width)
    return inks.first_that_fits((date, str(born.year)), inks.small, width) or ""


def _ghost(placed: Placed[OwnAppointment], rect: QRect, inks: BookStyle) -> Block:
    if rect.height() < inks.small_height - 2 or rect.width() < _LEAST_GHOST:
        return Block(rect, Appearance.CANCELLED, 0, ())
    name, font = _name(placed.what.person, inks.small, rect.width() - 8, inks)
    y = rect.top() + min(3.0, (rect.height() - inks.small_height) / 2)
    return Block(
        rect,
        Appearance.CANCELLED,
        0,
        (TextLine(QPointF(rect.left() + 5, y), inks.label(name, font), font, inks.muted),),
    )


def _icons(
    appointment: OwnAppointment, rect: QRect, contents: Contents, index: int, inks: BookStyle
) -> tuple[tuple[QPointF, QPixmap], ...]:
    """At the right: how it stands, and left of that whether somebody else of that name comes on the same day."""
    if rect.width() < 3 * _ICON or rect.height() < _ICON - 2:
        return ()
    standing = appointment.standing
    told = standing is not Standing.OTHER and rect.width() < _LEAST_BESIDE_ICON
    names = [_ICONS[standing]] if standing in _ICONS and not told else []
    if contents.has_namesake(index, appointment.person):
        names.append("same-name")
    if not names:  # as nearly always, and a week has hundreds
        return ()
    colour = inks.theme.warning if standing.unknown else inks.theme.text
    y = rect.top() + max(min(4.0, (rect.height() - _ICON) / 2), 0)
    x = rect.right() - 1
    return tuple(
        (QPointF(x - (n + 1) * (_ICON + 2), y), pixmap(name, colour, _ICON, inks.ratio)) for n, name in enumerate(names)
    )

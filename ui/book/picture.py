"""A column made ready for drawing: rectangles, ticks and texts in place. Made once, drawn at every repaint."""

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPixmap, QStaticText

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.clinic_time import clock_text
from receptionapp.domain.layout import ColumnLayout, Lane, Placed
from receptionapp.domain.page import Page
from ui.book import texts
from ui.book.geometry import Geometry
from ui.book.inks import Inks, ServiceInk
from ui.icons import pixmap

_INSET = 10  # pixels from a block's left edge to its text, past the bar
_ICON = 14
_TICK = 5
_LEAST_CELL = 9  # pixels: lower cells are drawn as one region with ticks


class Look(Enum):
    """How the standing of an appointment is drawn: by shape, never by colour alone."""

    SOLID = auto()
    QUIET = auto()  # over and done
    DASHED = auto()  # waits for the patient's code
    HATCHED = auto()  # under way
    UNKNOWN = auto()  # nobody knows yet
    GHOST = auto()  # cancelled, takes no time


_LOOKS = {
    Standing.SENDING: Look.HATCHED,
    Standing.BOOKED: Look.SOLID,
    Standing.AWAITING_CODE: Look.DASHED,
    Standing.CANCELLING: Look.HATCHED,
    Standing.CANCEL_AWAITING_CODE: Look.DASHED,
    Standing.CANCELLED: Look.GHOST,
    Standing.COMPLETED: Look.QUIET,
    Standing.BOOKING_UNKNOWN: Look.UNKNOWN,
    Standing.CANCELLING_UNKNOWN: Look.UNKNOWN,
    Standing.OTHER: Look.SOLID,
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


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text in its place (its top left corner)."""

    at: QPointF
    text: QStaticText
    font: QFont
    colour: QColor


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment, ready to be drawn."""

    rect: QRect
    look: Look
    service: ServiceInk
    lines: tuple[TextLine, ...]
    icon: QPixmap | None = None
    icon_at: QPointF = field(default_factory=QPointF)


@dataclass(slots=True)
class ColumnPicture:
    """A column, ready to be drawn. `note` stands once in a column that is not loaded."""

    rect: QRect
    loaded: bool
    free: list[QRect] = field(default_factory=list)
    ticks: list[QLineF] = field(default_factory=list)
    labels: list[TextLine] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def picture(layout: ColumnLayout, index: int, page: Page, geometry: Geometry, inks: Inks) -> ColumnPicture:
    """Make the column at `index` ready for drawing."""
    made = ColumnPicture(geometry.column_rect(index), layout.column.timeslots is not None)
    _add_free(made, layout, index, page, geometry, inks)
    services = {service.id: n for n, service in enumerate(page.clinic.services)}
    for placed in layout.appointments:
        rect = geometry.appointment_rect(index, placed.top, placed.bottom, placed.lane)
        made.blocks.append(_block(placed, rect, page, inks, services))
    for placed in layout.ghosts:
        rect = geometry.ghost_rect(index, placed.top, placed.bottom, placed.lane)
        made.blocks.append(_ghost(placed, rect, inks, services))
    return made


def _add_free(
    made: ColumnPicture, layout: ColumnLayout, index: int, page: Page, geometry: Geometry, inks: Inks
) -> None:
    """Each start is a block of its own where one service is chosen and there is room; else free time is merged."""
    cells = [(cell, geometry.cell_rect(index, cell.top, cell.bottom, cell.lane)) for cell in layout.cells]
    if page.service_id is not None and all(rect.height() >= _LEAST_CELL for _, rect in cells):
        for cell, rect in cells:
            made.free.append(rect)
            _add_label(made, rect, clock_text(cell.top), inks)
        return
    for region in layout.regions:
        rect = geometry.cell_rect(index, region.top, region.bottom, Lane())
        made.free.append(rect)
        _add_label(made, rect, texts.span_text(region.top, region.bottom), inks)
        for start in region.starts[1:]:
            y = geometry.y(start) - 0.5
            made.ticks.append(QLineF(rect.left() + 1, y, rect.left() + _TICK, y))
            made.ticks.append(QLineF(rect.right() - _TICK, y, rect.right() - 1, y))


def _add_label(made: ColumnPicture, rect: QRect, text: str, inks: Inks) -> None:
    if rect.height() >= inks.small_height - 2 and rect.width() > 2 * _INSET:
        fitted = inks.fitted(text, inks.small, rect.width() - _INSET - 4)
        y = rect.top() + min(3.0, (rect.height() - inks.small_height) / 2)
        made.labels.append(TextLine(QPointF(rect.left() + _INSET, y), fitted, inks.small, inks.free_text))


def _block(placed: Placed[OwnAppointment], rect: QRect, page: Page, inks: Inks, services: dict[str, int]) -> Block:
    appointment = placed.what
    look = _LOOKS.get(appointment.standing, Look.SOLID)
    icon = _icon(appointment.standing, rect, inks)
    ink = inks.service(services.get(appointment.timeslot.healthcare_service_id, 0))
    icon_at = QPointF(rect.right() - _ICON - 3, rect.top() + max(min(4.0, (rect.height() - _ICON) / 2), 0))
    return Block(rect, look, ink, _lines(placed, rect, page, inks, icon is not None), icon, icon_at)


def _lines(
    placed: Placed[OwnAppointment], rect: QRect, page: Page, inks: Inks, beside_icon: bool
) -> tuple[TextLine, ...]:
    """As many lines as there is room for, the one that matters most first: who; how it stands; born, service; when."""
    appointment = placed.what
    wanted: list[tuple[str, QFont, QColor]] = [(appointment.person.full_name, inks.bold, inks.text)]
    if appointment.standing is not Standing.BOOKED:
        colour = inks.warning if appointment.standing.unknown else inks.text
        wanted.append((texts.standing_text(appointment), inks.small, colour))
    wanted.append((texts.details_text(page, appointment), inks.small, inks.text))
    wanted.append((texts.span_text(placed.top, placed.bottom), inks.small, inks.muted))
    room = QRectF(rect).adjusted(_INSET, 2, -4, -1)
    return _one_line(wanted, room, inks, beside_icon) or _stacked(wanted, room, inks, beside_icon)


def _one_line(
    wanted: list[tuple[str, QFont, QColor]], room: QRectF, inks: Inks, beside_icon: bool
) -> tuple[TextLine, ...]:
    """Low blocks: the name, and what else there is room for to its right."""
    if room.height() >= inks.line_height + inks.small_height - 2 or room.width() < 2 * _INSET:
        return ()
    right = room.right() - (_ICON + 2 if beside_icon else 0)
    name, font, colour = wanted[0]
    middle = room.center().y()
    lines = [
        TextLine(
            QPointF(room.left(), middle - inks.line_height / 2),
            inks.fitted(name, font, int(right - room.left())),
            font,
            colour,
        )
    ]
    x = room.left() + inks.advance(name, font) + 8
    text, font, colour = wanted[1]
    if right - x > 40:
        at = QPointF(x, middle - inks.small_height / 2)
        lines.append(TextLine(at, inks.fitted(text, font, int(right - x)), font, colour))
    return tuple(lines)


def _stacked(
    wanted: list[tuple[str, QFont, QColor]], room: QRectF, inks: Inks, beside_icon: bool
) -> tuple[TextLine, ...]:
    lines: list[TextLine] = []
    y = room.top()
    for text, font, colour in wanted:
        height = inks.line_height if font is inks.bold else inks.small_height
        if lines and y + height > room.bottom() + 2:
            break
        width = int(room.width()) - (_ICON + 2 if beside_icon and not lines else 0)
        lines.append(TextLine(QPointF(room.left(), y), inks.fitted(text, font, max(width, 1)), font, colour))
        y += height
    return tuple(lines)


def _ghost(placed: Placed[OwnAppointment], rect: QRect, inks: Inks, services: dict[str, int]) -> Block:
    ink = inks.service(services.get(placed.what.timeslot.healthcare_service_id, 0))
    if rect.height() < inks.small_height - 2:
        return Block(rect, Look.GHOST, ink, ())
    name = inks.fitted(placed.what.person.full_name, inks.struck, max(rect.width() - 8, 1))
    y = rect.top() + min(3.0, (rect.height() - inks.small_height) / 2)
    return Block(rect, Look.GHOST, ink, (TextLine(QPointF(rect.left() + 5, y), name, inks.struck, inks.muted),))


def _icon(standing: Standing, rect: QRect, inks: Inks) -> QPixmap | None:
    name = _ICONS.get(standing)
    if name is None or rect.width() < 3 * _ICON:
        return None
    colour = inks.theme.warning if standing.unknown else inks.theme.text
    return pixmap(name, colour, _ICON, inks.ratio)

"""Where an appointment that is dragged would land: on a free time of its service, or nowhere, and then why."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import MINUTES_A_DAY, clock_text
from receptionapp.domain.layout import WHOLE_LANE
from receptionapp.domain.page import FreeCell
from ui.book import texts
from ui.book.contents import Contents
from ui.book.geometry import Geometry

_STEP = 5  # minutes that a refused landing moves by


@dataclass(frozen=True, slots=True)
class DropTarget:
    """`rect` is of the whole, unscrolled calendar; `words` are its start, or why it is refused; `cell` is None then."""

    rect: QRect
    words: str
    cell: FreeCell | None


def find_drop_target(
    contents: Contents, geometry: Geometry, point: QPoint, own: OwnAppointment, held: int
) -> DropTarget | None:
    """What letting go at `point` would mean; `held` is how far below its start the appointment is held, minutes."""
    index = geometry.column_at(point.x())
    if index is None:
        return None
    minute = int(geometry.minute(point.y()))
    length = int((own.end - own.start).total_seconds()) // 60
    cell = next((placed for placed in contents.layout(index).cells if placed.top <= minute < placed.bottom), None)
    if cell is not None:
        service = own.timeslot.healthcare_service_id
        option = next((slot for slot in cell.what.options if slot.healthcare_service_id == service), None)
        if option is not None:
            bottom = min(cell.top + int(option.length.total_seconds()) // 60, MINUTES_A_DAY)
            return DropTarget(geometry.free_rect(index, cell.top, bottom, WHOLE_LANE), clock_text(cell.top), cell.what)
    top = min(max((minute - held) // _STEP * _STEP, 0), MINUTES_A_DAY - 1)
    bottom = min(top + length, MINUTES_A_DAY)
    return DropTarget(
        geometry.free_rect(index, top, bottom, WHOLE_LANE), _why_not(contents, index, minute, cell is None), None
    )


def _why_not(contents: Contents, index: int, minute: int, offered_to_none: bool) -> str:
    if not offered_to_none:
        return texts.other_service_text()
    layout = contents.layout(index)
    if any(placed.top <= minute < placed.bottom for placed in layout.appointments):
        return texts.taken_text()
    return texts.not_loaded_text() if layout.column.timeslots is None else texts.not_offered_text()

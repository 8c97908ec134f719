"""Connects the book and the booking form to the desk, and tells other desks which time is open in the form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.page import FreeCell
from receptionapp.domain.timeslot import Timeslot
from receptionapp.domain.write_request import BookRequest
from ui.book.area import BookArea
from ui.controllers.finding import FreeTimeController
from ui.panels.booking_panel import BookingPanel
from ui.panels.slot_form import SlotForm

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk
    from receptionapp.services.other_desks import OtherDesks


class BookingController(QObject):
    """Between book, panel and desk. Nothing here waits: the desk answers through the store."""

    def __init__(self, area: BookArea, panel: BookingPanel, going: FreeTimeController, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area
        self._going = going
        self._desk: Desk | None = None
        area.cell_chosen.connect(panel.show_cell)
        area.appointment_chosen.connect(panel.show_appointment)
        area.activated.connect(panel.take_focus)  # Enter or a double click: on with the keyboard in the panel
        area.selection_cleared.connect(panel.show_nothing)
        panel.slot_form.book_wanted.connect(self._book)
        panel.slot_form.alternative_wanted.connect(self._take_alternative)
        panel.move_form.alternative_wanted.connect(self._take_alternative)
        panel.card.code_entry.code_given.connect(self._confirm)
        panel.appointment_booked.connect(area.select_appointment)

    def attach(self, desk: "Desk") -> None:
        """From now on commands go to this desk."""
        self._desk = desk

    def _book(self, request: BookRequest) -> None:
        self._area.take_focus()  # the button that was pressed goes grey, and the keyboard needs a home
        if self._desk:
            self._desk.booking.book(request)

    def _take_alternative(self, slot: Timeslot) -> None:
        """Show one of the offered times in the book, and in the form with all that was typed."""
        if self._desk:
            self._going.take(FreeCell(slot.start, slot.end, slot.resource_id, (slot,)), self._desk.browsing)

    def _confirm(self, appointment: OwnAppointment, code: str) -> None:
        if self._desk:
            self._desk.booking.confirm(appointment, code)


class HoldController(QObject):
    """Does nothing at a desk that has its ledger alone."""

    def __init__(self, form: SlotForm, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._others: OtherDesks | None = None
        form.open_for.connect(self._tell)

    def attach(self, desk: "Desk") -> None:
        self._others = desk.other_desks

    def _tell(self, slot: Timeslot | None) -> None:
        if self._others is None:
            return
        if slot is None:
            self._others.let_go()
        else:
            self._others.hold(self._form.care_unit_id, slot)

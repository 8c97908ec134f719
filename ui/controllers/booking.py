"""Connects book and panel to the desk: booking, changing, and which time other desks see open in the form."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.intent import BookRequest, MoveRequest
from receptionapp.domain.layout import FreeCell
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import PersonWiped, UserChanged, UserNotified
from ui.book.view import BookArea, BookView
from ui.commands import WindowActions
from ui.controllers.finding import FreeTimeController
from ui.message_bar import MessageBar
from ui.panels.booking_panel import BookingPanel
from ui.panels.slot_form import SlotForm
from ui.strips.notices import TasksStrip
from ui.words.appointments import why_not_move
from ui.words.sentences import undo_text

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk
    from receptionapp.services.other_desks import OtherDesks

translate = QCoreApplication.translate


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
            self._going.show_and_choose(
                FreeCell(slot.start, slot.end, slot.resource_id, (slot,)), self._desk.navigation
            )

    def _confirm(self, appointment: OwnAppointment, code: str) -> None:
        if self._desk:
            self._desk.booking.confirm(appointment, code)


class HoldController(QObject):
    """Does nothing at a desk that has its ledger alone."""

    def __init__(self, form: SlotForm, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._others: OtherDesks | None = None
        form.open_slot_changed.connect(self._tell)

    def attach(self, desk: "Desk") -> None:
        self._others = desk.other_desks

    def _tell(self, slot: Timeslot | None) -> None:
        if self._others is None:
            return
        if slot is None:
            self._others.release_hold()
        else:
            self._others.hold_timeslot(self._form.care_unit_id, slot)


class ChangeController(QObject):
    """Nothing here waits: the desk answers through the store."""

    def __init__(
        self,
        store: BookStore,
        actions: WindowActions,
        book: BookView,
        area: BookArea,
        panel: BookingPanel,
        strip: TasksStrip,
        message_bar: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._actions = actions
        self._area = area
        self._panel = panel
        self._desk: Desk | None = None
        actions.move.triggered.connect(self._cut)
        actions.move_here.triggered.connect(self._paste)
        actions.undo.triggered.connect(self._undo)
        actions.go_to_tasks.triggered.connect(strip.take_focus)
        message_bar.undo_wanted.connect(self._undo)
        book.dragging.may_move = self._may_move
        book.move_proposed.connect(panel.propose_move)
        strip.task_chosen.connect(self.show_appointment)
        strip.escape_pressed.connect(area.take_focus)
        panel.card.changing.move_wanted.connect(self._start)
        panel.card.changing.cancel_wanted.connect(self._cancel)
        panel.card.settling.settled.connect(self._settle)
        panel.card.changing.removed.connect(self._say_removed)
        panel.move_form.move_wanted.connect(self._move)
        store.watch(self._show_undo, UserNotified, UserChanged, PersonWiped)
        panel.slot_form.disable_until_ready()
        self._show_undo()

    def attach(self, desk: "Desk") -> None:
        """From now on commands go to this desk."""
        self._desk = desk
        self._panel.slot_form.enable()

    def show_appointment(self, key: UUID) -> None:
        """Go to one of ours: its day and resource in the book, its card beside it, and the keyboard there."""
        own = self._store.snapshot.appointments.get(key)
        if own is None or self._desk is None:
            return
        resource_id = own.timeslot.resource_id
        if resource_id in self._store.snapshot.view.hidden_resources:
            self._desk.navigation.show_resource(resource_id, True)
        self._desk.navigation.go(clinic_day(own.start, self._store.snapshot.zone))
        self._area.select_appointment(key)
        self._panel.show_appointment(key)
        self._panel.take_focus()

    def _start(self, appointment: OwnAppointment) -> None:
        self._area.select_appointment(appointment.key)  # marked as what is moved, and what Esc leads back to
        self._panel.start_move(appointment)
        self._area.take_focus()

    def _cut(self) -> None:
        """What the cursor in the book is on; while the keyboard is elsewhere, what is chosen there."""
        what = self._area.current
        if isinstance(what, OwnAppointment):
            self._start(what)

    def _paste(self) -> None:
        cell, appointment = self._area.current, self._panel.moving
        if appointment is not None and isinstance(cell, FreeCell):
            self._panel.propose_move(appointment, cell)

    def _move(self, request: MoveRequest) -> None:
        self._area.take_focus()  # the button that was pressed goes grey, and the keyboard needs a home
        if self._desk:
            self._desk.moving.move(request)

    def _may_move(self, appointment: OwnAppointment) -> bool:
        return not why_not_move(appointment, self._store.snapshot, self._store.now())

    def _cancel(self, appointment: OwnAppointment, reason: str) -> None:
        self._area.take_focus()
        if self._desk:
            self._desk.booking.cancel(appointment, reason)

    def _settle(self, appointment: OwnAppointment, exists: bool) -> None:
        if self._desk:
            self._desk.booking.settle_by_hand(appointment, exists)

    def _say_removed(self, appointment: OwnAppointment) -> None:
        if self._desk:
            self._desk.moving.confirm_removed(appointment)

    def _undo(self) -> None:
        if self._desk:
            self._desk.undo.undo(translate("Changing", "Booked by mistake"))

    def _show_undo(self) -> None:
        snapshot = self._store.snapshot
        undoable = snapshot.undoable
        self._actions.undo.setEnabled(undoable is not None)
        self._actions.undo.setText(undo_text(undoable, snapshot.zone) if undoable else translate("Changing", "Undo"))

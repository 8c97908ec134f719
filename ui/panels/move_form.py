"""Moving one appointment: from which time, to which, what the patient gets to hear of it, and one button."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from receptionapp.domain.appointment import OwnAppointment, Timeslot
from receptionapp.domain.clinic import Action
from receptionapp.domain.intent import MoveRequest, Outcome, WriteNotice
from receptionapp.domain.layout import FreeCell
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ClinicLoaded
from ui.labels import label, push_button, stack
from ui.panels.slot_notes import RefusalNotice
from ui.words.formatting import clock_time, facts, long_day, minutes, time_range

translate = QCoreApplication.translate


class MoveForm(QWidget):
    """Signals: move_wanted (MoveRequest), stopped: the old time is kept,
    alternative_wanted (Timeslot): go to that time in the book."""

    move_wanted = Signal(object)
    stopped = Signal()
    alternative_wanted = Signal(object)

    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._appointment: OwnAppointment | None = None
        self._slot: Timeslot | None = None
        self._lost: FreeCell | None = None  # a time that was clicked and that it can't be moved to
        self._request: UUID | None = None
        self._name = label("title")
        self._facts = label("muted")
        self._old = label()
        self._new = label("strong")
        self._where = label()
        self._trouble = RefusalNotice()
        self._trouble.alternative_wanted.connect(self.alternative_wanted)
        self._warning = label("warning")
        self._move = push_button("", self._press, kind="primary", name="moveNow", auto_default=True)
        self._keep = push_button(translate("MoveForm", "Keep the old time"), self.stopped, auto_default=True)
        self._lay_out()
        store.watch(self._on_clinic, ClinicLoaded)

    @property
    def appointment(self) -> OwnAppointment | None:
        """What is being moved; None while nothing is."""
        return self._appointment

    @property
    def request(self) -> UUID | None:
        """The wish that was sent last and not answered yet."""
        return self._request

    @property
    def time_chosen(self) -> bool:
        """Whether the new time is there to be read back."""
        return self._slot is not None

    def begin(self, appointment: OwnAppointment) -> None:
        """Ask for the new time."""
        self._appointment = appointment
        self._slot = self._lost = None
        self._trouble.clear()
        self._show()

    def propose(self, cell: FreeCell) -> None:
        """Show where it would go: the same service where it is offered there, else the only one. Of several others
        none is chosen, and none of another care unit."""
        if self._appointment is None or self._request is not None:
            return
        service_id = self._appointment.timeslot.healthcare_service_id
        same = (slot for slot in cell.options if slot.healthcare_service_id == service_id)
        self._slot = next(same, cell.options[0] if len(cell.options) == 1 else None)
        if self._is_elsewhere():
            self._slot = None
        self._lost = cell if self._slot is None else None
        self._trouble.clear()
        self._show()

    def end(self) -> None:
        """Nothing is being moved any more."""
        self._appointment = self._slot = self._request = None

    def show_result(self, notice: WriteNotice) -> None:
        """The answer to our own wish."""
        self._request = None
        if notice.outcome is Outcome.REFUSED:
            headline = translate("MoveForm", "Not moved.")
            self._trouble.show_refusal(headline, notice, self._store.snapshot)
        self._show()

    def take_focus(self) -> None:
        button = self._move if self._move.isEnabled() else self._keep
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = stack(
            (label("badge", translate("MoveForm", "Moving")), 0, Qt.AlignmentFlag.AlignLeft),
            self._name,
            self._facts,
            on=self,
            margins=16,
            spacing=8,
        )
        for heading, words in (
            (translate("MoveForm", "From"), (self._old,)),
            (translate("MoveForm", "To"), (self._new, self._where)),
        ):
            column.addSpacing(8)
            column.addWidget(label("heading", heading))
            for part in words:
                column.addWidget(part)
        column.addWidget(self._trouble)
        column.addStretch(1)
        column.addWidget(self._warning)
        column.addWidget(self._move)
        column.addWidget(self._keep)

    def _show(self) -> None:
        appointment, slot = self._appointment, self._slot
        if appointment is None:
            return
        self._name.setText(appointment.person.full_name)
        self._facts.setText(facts(appointment.person))
        self._old.setText(self._when(appointment.timeslot) + "\n" + self._what(appointment.timeslot))
        if slot is None:
            self._new.setText(self._why_no_time() or translate("MoveForm", "Choose the new time in the book."))
            self._where.setText(translate("MoveForm", "With the arrow keys and Enter, or with a click. Esc stops."))
        else:
            self._new.setText(self._when(slot))
            self._where.setText(self._what(slot))
        self._warning.setText(self._consequences(slot or appointment.timeslot))
        sending = self._request is not None
        self._move.setText(translate("MoveForm", "Moving …") if sending else translate("MoveForm", "Move"))
        self._move.setEnabled(slot is not None and not sending)
        self._keep.setEnabled(not sending)

    def _on_clinic(self) -> None:
        """A time belongs to its care unit; what is moved stays in its own."""
        if self._appointment is not None and self._request is None:
            if self._is_elsewhere():
                self._slot = self._lost = None
                self._trouble.clear()
            self._show()

    def _is_elsewhere(self) -> bool:
        clinic, own = self._store.snapshot.clinic, self._appointment
        return own is not None and clinic is not None and clinic.care_unit.id != own.care_unit_id

    def _why_no_time(self) -> str:
        """Why what is in the book, or was clicked there, can't be the new time; nothing where it can."""
        snapshot, own = self._store.snapshot, self._appointment
        if own is None or snapshot.clinic is None:
            return ""
        if self._is_elsewhere():
            names = {unit.id: unit.name for unit in snapshot.care_units}
            said = translate("MoveForm", "The appointment is at {unit}. Show that care unit to choose its new time.")
            return said.format(unit=names.get(own.care_unit_id, own.care_unit_id))
        if self._lost is None:
            return ""
        said = translate("MoveForm", "“{service}” is not offered at {time}. Choose another time.")
        service = snapshot.clinic.service_name(own.timeslot.healthcare_service_id)
        return said.format(service=service, time=clock_time(self._lost.start, snapshot.zone))

    def _when(self, slot: Timeslot) -> str:
        zone = self._store.snapshot.zone
        return f"{long_day(slot.start.astimezone(zone).date())}\n{time_range(slot.start, slot.end, zone)}"

    def _what(self, slot: Timeslot) -> str:
        clinic = self._store.snapshot.clinic
        if clinic is None:
            return ""
        service = clinic.service_name(slot.healthcare_service_id)
        return f"{clinic.resource_name(slot.resource_id)}\n{service}, {minutes(slot.start, slot.end)}"

    def _consequences(self, slot: Timeslot) -> str:
        """Whether it becomes another service, what the patient gets to hear, and how it is done where the EHR can't
        move."""
        snapshot = self._store.snapshot
        old = self._appointment.timeslot.healthcare_service_id if self._appointment else ""
        new = slot.healthcare_service_id
        if snapshot.capabilities is None or (new == old and snapshot.capabilities.can(Action.MOVE)):
            return translate("MoveForm", "{emr} may send the patient a message.").format(emr=self._store.snapshot.emr)
        steps = translate(
            "MoveForm",
            "{emr} can't do this in one step: the new time is booked first, then the old one is cancelled. The patient "
            "may get two messages, and perhaps two bills.",
        ).format(emr=self._store.snapshot.emr)
        if new == old or snapshot.clinic is None:
            return steps
        names = {"old": snapshot.clinic.service_name(old), "new": snapshot.clinic.service_name(new)}
        return translate("MoveForm", "Another service: {new}, not {old}.").format(**names) + "\n" + steps

    def _press(self) -> None:
        if self._appointment is None or self._slot is None or self._request is not None or self._is_elsewhere():
            return
        request = MoveRequest(self._appointment, self._slot, translate("MoveForm", "Moved to another time"))
        self._request = request.id
        self._trouble.clear()
        self._show()
        self.move_wanted.emit(request)

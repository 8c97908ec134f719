"""Booking one free time: what and when, for whom, a comment, and one button."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from receptionapp.domain.appointment import OwnAppointment, Timeslot, find_clash
from receptionapp.domain.intent import BookRequest, Outcome, WriteNotice
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.pasted_text import clean_lines
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, ClinicLoaded, HistoryFound
from ui.fields import Choice, send_on_ctrl_enter
from ui.labels import heading_of, label, push_button, stack
from ui.panels.patient_picker import PatientPicker, PersonAppointments
from ui.panels.slot_notes import AvailabilityLine, HoldLine, RefusalNotice
from ui.words.formatting import clock_time, long_day, minutes, time_range

translate = QCoreApplication.translate

COMMENT_LIMIT = 255  # characters; the real limit is each EHR's own (`leyr-api.md` 12.14)


class SlotForm(QWidget):
    """Keeps what is typed until it is booked. Signals: book_wanted (BookRequest), alternative_wanted (Timeslot),
    open_slot_changed (Timeslot or None): the time that the form on screen is about."""

    book_wanted = Signal(object)
    alternative_wanted = Signal(object)
    open_slot_changed = Signal(object)

    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._cell: FreeCell | None = None
        self._slot: Timeslot | None = None  # None also where the cell does not offer the service that was chosen
        self._care_unit_id = ""  # of the time
        self._wished_service_id: str | None = None
        self._asked_about: tuple[UUID, Timeslot] | None = None  # a clash of the person's own appointments
        self._left_unit = ""  # the name of the care unit whose time was dropped
        self._request: UUID | None = None
        self._waits = False
        self._time = label("title")
        self._where = label()
        self.availability = AvailabilityLine(store)
        self._hold = HoldLine(store)
        self._service = Choice()
        self._service.setAccessibleName(translate("SlotForm", "Service"))
        self._service.setPlaceholderText(translate("SlotForm", "Choose a service"))
        self._not_offered = label("fault")
        self._history: tuple[OwnAppointment, ...] = ()  # of the person chosen
        self._clash = label("warning")
        self._despite_clash = QCheckBox(translate("SlotForm", "Book it all the same"))
        self._despite_clash.toggled.connect(self._show_state)
        self.picker = PatientPicker(store)
        self.history = PersonAppointments(store)
        self._comment = QPlainTextEdit()
        self._comment.setAccessibleName(translate("SlotForm", "Comment"))
        self._comment.setPlaceholderText(translate("SlotForm", "No health information here"))
        self._comment.setTabChangesFocus(True)
        self._comment.setFixedHeight(self._comment.fontMetrics().lineSpacing() * 3 + 20)
        self._left = label("muted")
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._warning = label("muted")
        self._trouble = RefusalNotice()
        self._trouble.alternative_wanted.connect(self.alternative_wanted)
        self._book = push_button(translate("SlotForm", "Book"), kind="primary", name="book", auto_default=True)
        self._lay_out()
        self._service.activated.connect(self._choose_service)
        self.picker.person_chosen.connect(self._person_chosen)
        self._comment.textChanged.connect(self._show_state)
        self._book.clicked.connect(self._press)
        send_on_ctrl_enter(self, self._press)
        store.watch(self._on_clinic, ClinicLoaded)
        store.watch(self._on_history, HistoryFound)
        store.watch(self._on_appointments, AppointmentsChanged)
        self._show_state()

    @property
    def care_unit_id(self) -> str:
        """Where the time is, whatever care unit the book shows by now."""
        return self._care_unit_id

    @property
    def slot(self) -> Timeslot | None:
        return self._slot

    @property
    def request(self) -> UUID | None:
        """The wish that was sent last and not answered yet."""
        return self._request

    @property
    def untouched(self) -> bool:
        """Whether nothing would be lost by putting the form away."""
        return self._request is None and self.picker.person is None and not self._comment.toPlainText().strip()

    def choose(self, cell: FreeCell) -> None:
        """Show a free time; person and comment stay. A service that was wished for is never replaced by another."""
        clinic, wished = self._store.snapshot.clinic, self._wished_service()
        self._care_unit_id = clinic.care_unit.id if clinic else ""
        self._left_unit = ""
        self._cell = cell
        with QSignalBlocker(self._service):
            self._service.clear()
            for slot in cell.options:
                name = clinic.service_name(slot.healthcare_service_id) if clinic else ""
                self._service.addItem(f"{name}, {minutes(slot.start, slot.end)}", slot)
            offered = (n for n, s in enumerate(cell.options) if s.healthcare_service_id == wished)
            self._service.setCurrentIndex(next(offered, 0 if wished is None else -1))
        self._slot = self._service.currentData()
        self._wished_service_id = wished
        self._slot_chosen()
        self.availability.show_slot(self._slot)
        self.availability.show_cell(None)
        self._trouble.clear()
        self._show_state()

    def _wished_service(self) -> str | None:
        """The service that a person has chosen, or that stands beside a person or a comment; else the book's."""
        if self._wished_service_id is not None:
            return self._wished_service_id
        if self._slot is not None and not self.untouched:
            return self._slot.healthcare_service_id
        return self._store.snapshot.view.service_id

    def clear(self) -> None:
        """Forget everything typed: it is booked."""
        self._cell = self._slot = self._wished_service_id = None
        self._left_unit = ""
        self._slot_chosen()
        self._request = None
        self.availability.show_cell(None)
        self._service.clear()
        self._comment.clear()
        self._trouble.clear()
        self.picker.choose(None)

    def show_result(self, notice: WriteNotice) -> None:
        """The answer to our own wish."""
        self._request = None
        elsewhere = self._is_elsewhere()
        if notice.outcome is Outcome.REFUSED:
            notice = replace(notice, alternatives=()) if elsewhere else notice
            self._trouble.show_refusal(translate("SlotForm", "Not booked."), notice, self._store.snapshot)
        if elsewhere:
            self._drop_time()
        self._show_state()

    def _on_history(self, change: HistoryFound) -> None:
        person = self.picker.person
        if person is not None and change.reference == person.reference:
            self._history = change.appointments
            self._show_state()

    def _on_appointments(self) -> None:
        if self.picker.person is not None:
            self._show_state()

    def _on_clinic(self) -> None:
        if self._is_elsewhere() and self._request is None:
            self._trouble.clear()
            self._drop_time()
        self._show_state()

    def _is_elsewhere(self) -> bool:
        clinic = self._store.snapshot.clinic
        return self._cell is not None and clinic is not None and clinic.care_unit.id != self._care_unit_id

    def _drop_time(self) -> None:
        units = self._store.snapshot.care_units
        self._left_unit = next((unit.name for unit in units if unit.id == self._care_unit_id), self._care_unit_id)
        self._cell = self._slot = self._wished_service_id = None
        self._service.clear()
        self.availability.show_cell(None)
        self._slot_chosen()

    def disable_until_ready(self) -> None:
        """Nothing can be booked before the desk's record is open; the form says so, and all can be filled in."""
        self._waits = True
        self._show_state()

    def enable(self) -> None:
        self._waits = False
        self._show_state()

    def take_focus(self) -> None:
        if self.picker.person is None:
            self.picker.take_focus()
        else:
            self._book.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = stack(self._time, self._where, self.availability, self._hold, on=self, margins=16, spacing=8)
        for text, field in (
            (translate("SlotForm", "Service"), self._service),
            (translate("SlotForm", "Patient"), self.picker),
            (translate("SlotForm", "Comment"), self._comment),
        ):
            heading = heading_of(field, text)
            column.addSpacing(8)
            column.addWidget(heading)
            column.addWidget(field)
            if field is self._service:
                column.addWidget(self._not_offered)
                column.addWidget(self._clash)
                column.addWidget(self._despite_clash)
            if field is self.picker:
                column.addWidget(self.history)
        column.addWidget(self._left)
        column.addWidget(self._trouble)
        column.addStretch(1)
        column.addWidget(self._warning)
        column.addWidget(self._book)

    def _person_chosen(self, person: Person | None) -> None:
        self.history.show_person(person)
        self._history = ()
        self._show_state()
        if person is not None and self._slot is not None and self.isVisible():
            self._book.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_service(self, index: int) -> None:
        self._slot = self._service.itemData(index)
        self._wished_service_id = self._slot.healthcare_service_id if self._slot else None
        self._slot_chosen()
        self.availability.show_slot(self._slot)
        self._show_state()

    def _press(self) -> None:
        if not self._book.isEnabled() or not self.isVisible():
            return
        if self._slot is None or self.picker.person is None or self._is_elsewhere():
            return
        request = BookRequest(
            self._care_unit_id, self._slot, self.picker.person, clean_lines(self._comment.toPlainText())
        )
        self._request = request.id
        self._trouble.clear()
        self.book_wanted.emit(request)
        self._show_state()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.open_slot_changed.emit(self._slot)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.open_slot_changed.emit(None)

    def _slot_chosen(self) -> None:
        self._hold.show_slot(self._slot)
        self.open_slot_changed.emit(self._slot if self.isVisible() else None)

    def _show_state(self) -> None:
        snapshot = self._store.snapshot
        self._show_time()
        left = COMMENT_LIMIT - len(self._comment.toPlainText())
        self._left.setText(translate("SlotForm", "Characters left: {count}").format(count=left))
        self._left.setVisible(left < 60)
        warning = translate("SlotForm", "{emr} may send the patient a message and a bill.")
        self._warning.setText(warning.format(emr=snapshot.emr))
        if self._waits:
            self._warning.setText(
                translate("SlotForm", "This desk's record of appointments is being opened; then you can book.")
            )
        sending = self._request is not None
        self._book.setText(translate("SlotForm", "Booking …") if sending else translate("SlotForm", "Book"))
        ready = self._slot is not None and self.picker.person is not None and left >= 0
        asked = self._show_clash() and not self._despite_clash.isChecked()
        self._book.setEnabled(ready and not sending and not self._waits and not asked)
        self._service.setEnabled(self._cell is not None and not sending)
        for field in (self.picker, self._comment):
            field.setEnabled(not sending)

    def _show_time(self) -> None:
        snapshot, cell, slot = self._store.snapshot, self._cell, self._slot
        lost = cell is not None and slot is None and self._wished_service_id is not None
        self._not_offered.setVisible(lost)
        if cell is None or snapshot.clinic is None:
            self._time.setText(translate("SlotForm", "No time chosen"))
            self._where.setText(self._what_to_choose())
            return
        self._time.setText(
            time_range(slot.start, slot.end, snapshot.zone) if slot else clock_time(cell.start, snapshot.zone)
        )
        lines = [
            long_day(cell.start.astimezone(snapshot.zone).date()),
            snapshot.clinic.resource_name(cell.resource_id),
        ]
        if len(snapshot.care_units) > 1:
            lines += [unit.name for unit in snapshot.care_units if unit.id == self._care_unit_id]
        self._where.setText("\n".join(lines))
        if lost:
            said = translate(
                "SlotForm", "“{service}” is not offered at this time. Choose another service, or another time."
            )
            self._not_offered.setText(said.format(service=snapshot.clinic.service_name(str(self._wished_service_id))))

    def _show_clash(self) -> bool:
        """Whether the person has something else at that time: that is said and asked, and not forbidden."""
        snapshot, slot, person = self._store.snapshot, self._slot, self.picker.person
        known = {own.key: own for own in self._history} | dict(snapshot.appointments)
        clash = find_clash(person.reference, slot, known.values()) if slot and person and not self._request else None
        about = (clash.key, slot) if clash is not None and slot is not None else None
        if about != self._asked_about:  # what was said to one clash is not said to another
            self._asked_about = about
            self._despite_clash.setChecked(False)
        for part in (self._clash, self._despite_clash):
            part.setVisible(clash is not None)
        if clash is not None:
            said = translate("SlotForm", "This patient has another appointment then: {time}{who}.")
            clinic = snapshot.clinic
            here = clinic is not None and clinic.care_unit.id == clash.care_unit_id
            who = f", {clinic.resource_name(clash.timeslot.resource_id)}" if clinic is not None and here else ""
            self._clash.setText(said.format(time=time_range(clash.start, clash.end, snapshot.zone), who=who))
        return clash is not None

    def _what_to_choose(self) -> str:
        snapshot = self._store.snapshot
        if not self._left_unit or snapshot.clinic is None:
            return translate("SlotForm", "Choose a free time in the book.")
        said = translate("SlotForm", "The time was at {before} and is dropped. Choose a free time at {now}.")
        return said.format(before=self._left_unit, now=snapshot.clinic.care_unit.name)

"""One of our appointments: how it stands, and what can be done about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.open_task import is_not_booked_yet
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ConfirmedInEhr, InFlightChanged, TimeslotsLoaded
from receptionapp.store.snapshot import Snapshot
from ui.fields import SuggestedText, TextField
from ui.labels import ROOM, heading_of, label, line_up, push_button, stack
from ui.words.appointments import explanation, find_replacement, standing_in_full, why_not_cancel, why_not_move
from ui.words.formatting import clock_time, facts, long_day, minutes, person_name, time_range

translate = QCoreApplication.translate


_APART = 4
"""Lines between what cancels and the foot of the panel, where the buttons of the forms before stood: one below the
other two high."""


class ChangePage(QWidget):
    """Signals: move_wanted (OwnAppointment), cancel_wanted (OwnAppointment, reason),
    removed (OwnAppointment): somebody has removed the old one of two in the EHR."""

    move_wanted = Signal(object)
    cancel_wanted = Signal(object, str)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._appointment: OwnAppointment | None = None
        self.why_not = label("muted")
        """Why something here is grey; it stands above, apart from what changes the appointment."""
        # In the order of Tab: what has the keyboard first cancels nothing, though it stands last.
        self._move = QPushButton(translate("AppointmentCard", "Move to another time"), self)
        self._move.setObjectName("move")
        self._move.clicked.connect(self._press_move)
        self._reason = SuggestedText(
            [
                translate("AppointmentCard", "The patient asked for it"),
                translate("AppointmentCard", "The clinic has to cancel"),
                translate("AppointmentCard", "Booked by mistake"),
            ],
            self,
        )
        self._reason.setAccessibleName(translate("AppointmentCard", "Reason for cancelling"))
        self._reason_heading = heading_of(self._reason, translate("AppointmentCard", "Reason for cancelling"))
        self._fixed_reason = label("muted")
        self._cancel = QPushButton(translate("AppointmentCard", "Cancel the appointment"), self)
        self._cancel.setProperty("kind", "danger")
        self._cancel.setObjectName("cancel")
        self._cancel.clicked.connect(self._press_cancel)
        self._removed = QPushButton(self)
        self._removed.clicked.connect(self._say_removed)
        for button in (self._move, self._cancel, self._removed):
            button.setAutoDefault(True)
        stack(
            ROOM,
            self._reason_heading,
            self._reason,
            self._fixed_reason,
            self._cancel,
            self._removed,
            _APART * self._move.fontMetrics().height(),
            self._move,
            on=self,
            margins=0,
            spacing=8,
        )
        self.controls = (self._move, self._cancel)

    def clear(self) -> None:
        """For another appointment."""
        self._reason.begin_anew()

    def show_appointment(self, appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> None:
        self._appointment = appointment
        new = find_replacement(appointment, snapshot)
        is_left_over = new is not None and not is_not_booked_yet(new)
        not_cancelled = why_not_cancel(appointment, snapshot, now)
        not_moved = why_not_move(appointment, snapshot, now)
        self._move.setVisible(not is_left_over)
        self._move.setEnabled(not not_moved)
        self._cancel.setEnabled(not not_cancelled)
        reasons = [not_cancelled] if is_left_over else [not_moved, not_cancelled]
        self.why_not.setText("\n".join(dict.fromkeys(reason for reason in reasons if reason)))
        self._cancel.setText(
            translate("AppointmentCard", "Remove the old appointment")
            if is_left_over
            else translate("AppointmentCard", "Cancel the appointment")
        )
        self._removed.setText(translate("AppointmentCard", "It is removed in {emr}").format(emr=snapshot.emr))
        self._removed.setVisible(is_left_over)
        for choosing in (self._reason, self._reason_heading):
            choosing.setVisible(not is_left_over)
        self._fixed_reason.setText(
            translate("AppointmentCard", "{emr} is told the reason: “{reason}”").format(
                emr=snapshot.emr, reason=_reason_of_move()
            )
        )
        self._fixed_reason.setVisible(is_left_over)

    def _press_cancel(self) -> None:
        if self._appointment is not None and self._cancel.isEnabled():
            left_over = self._reason.isHidden()
            reason = _reason_of_move() if left_over else self._reason.currentText().strip()
            self.cancel_wanted.emit(self._appointment, reason)
            self._cancel.setEnabled(False)

    def _press_move(self) -> None:
        if self._appointment is not None:
            self.move_wanted.emit(self._appointment)

    def _say_removed(self) -> None:
        if self._appointment is not None:
            self.removed.emit(self._appointment)


def _reason_of_move() -> str:
    """The very words that the move itself would have sent."""
    return translate("MoveForm", "Moved to another time")


_TO_FULL_MINUTE = timedelta(seconds=59)  # what is said of a minute must be true when it begins


class SettlePage(QWidget):
    """Signals: settled (OwnAppointment, whether it exists)."""

    settled = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._appointment: OwnAppointment | None = None
        self._exists = push_button("", self._say_exists, name="exists")
        self._gone = push_button("", self._say_gone, name="gone")
        self._too_early = label("muted")
        stack(self._exists, self._gone, self._too_early, ROOM, on=self, margins=0, spacing=8)
        self.controls = (self._exists, self._gone)

    def show_appointment(self, appointment: OwnAppointment, snapshot: Snapshot) -> None:
        self._appointment = appointment
        if appointment.key in snapshot.offered_again:
            exists = translate("AppointmentCard", "It is still in {emr}")
            gone = translate("AppointmentCard", "It is gone from {emr}")
        else:
            exists = translate("AppointmentCard", "It is in {emr}")
            gone = translate("AppointmentCard", "It is not in {emr}")
        self._exists.setText(exists.format(emr=snapshot.emr))
        self._gone.setText(gone.format(emr=snapshot.emr))
        self._show_what_is_too_early(appointment, snapshot)

    def _show_what_is_too_early(self, appointment: OwnAppointment, snapshot: Snapshot) -> None:
        """That it did not come about can't be said while the request may still arrive."""
        until = snapshot.in_flight.get(appointment.key)
        not_done = self._exists if appointment.standing is Standing.CANCELLING_UNKNOWN else self._gone
        for answer in (self._exists, self._gone):
            answer.setEnabled(until is None or answer is not not_done)
        self._too_early.setVisible(until is not None)
        if until is not None:
            said = translate(
                "AppointmentCard", "“{answer}” can be answered from {time}: until then the request may still arrive."
            )
            when = clock_time(until + _TO_FULL_MINUTE, snapshot.zone)
            self._too_early.setText(said.format(answer=not_done.text(), time=when))

    def _say_exists(self) -> None:
        if self._appointment is not None:
            self.settled.emit(self._appointment, True)

    def _say_gone(self) -> None:
        if self._appointment is not None:
            self.settled.emit(self._appointment, False)


class CodePage(QWidget):
    """Signals: code_given (OwnAppointment, code)."""

    code_given = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._appointment: OwnAppointment | None = None
        self._code = TextField()
        self._code.setAccessibleName(translate("AppointmentCard", "Code from the patient's message"))
        self._code.setPlaceholderText(translate("AppointmentCard", "Code from the message"))
        self._code.returnPressed.connect(self._press)
        send = push_button(translate("AppointmentCard", "Confirm with the code"), self._press, kind="primary")
        stack(self._code, send, ROOM, on=self, margins=0, spacing=8)
        self.controls = (self._code,)

    def clear(self) -> None:
        """For another appointment, and for good: `clear` of the field itself is undone by Ctrl+Z."""
        self._code.setText("")

    def show_appointment(self, appointment: OwnAppointment) -> None:
        self._appointment = appointment

    def _press(self) -> None:
        code = self._code.text().strip()
        if self._appointment is not None and code:
            self.code_given.emit(self._appointment, code)


class AppointmentCard(QWidget):
    """What is wanted is told by the page on which it is: `changing`, `settling` or `code_entry`."""

    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._appointment: OwnAppointment | None = None
        self._standing = label("badge")
        self._standing.setWordWrap(False)
        self._time = label("title")
        self._where = label()
        self._name = label("strong")
        self._facts = label("muted")
        self._more = self._make_more()
        self._comment = label()
        self._explanation = label()
        self.changing = ChangePage()
        self.settling = SettlePage()
        self.code_entry = CodePage()
        self._nothing = QWidget()
        self._actions = QStackedWidget()
        for page in (self._nothing, self.changing, self.settling, self.code_entry):
            self._actions.addWidget(page)
        self._shown_doubt = False
        self._lay_out()
        store.watch(self._on_changed, InFlightChanged, TimeslotsLoaded, ConfirmedInEhr)

    @property
    def appointment(self) -> OwnAppointment | None:
        return self._appointment

    def show_appointment(self, appointment: OwnAppointment) -> None:
        same = self._appointment is not None and self._appointment.key == appointment.key
        self._appointment = appointment
        self._shown_doubt = self._is_doubted(appointment)
        if not same:
            self._store.pin(appointment.key)
            self.forget_typed()
        self._show_facts(appointment)
        self._show_actions(appointment)

    def forget_typed(self) -> None:
        """A reason or a code is about one appointment, and one user's."""
        self.changing.clear()
        self.code_entry.clear()

    def offer_more(self, actions: Sequence[QAction], offered: bool) -> None:
        """What else can be asked for about the patient, if whoever is here may."""
        if not self._more.actions():
            self._more.addActions(actions)
        self._more.setVisible(offered)

    def take_focus(self) -> None:
        for control in (*self.code_entry.controls, *self.changing.controls, *self.settling.controls):
            if control.isVisible() and control.isEnabled():
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _on_changed(self, change: Change) -> None:
        """A read can bring a doubt, or take it away, while the card is looked at."""
        own = self._appointment
        if own is not None and isinstance(change, InFlightChanged) and own.key in change.keys:
            self.show_appointment(own)
        if own is None or not isinstance(change, TimeslotsLoaded | ConfirmedInEhr):
            return
        if self._is_doubted(own) is not self._shown_doubt:
            self.show_appointment(own)

    def _is_doubted(self, appointment: OwnAppointment) -> bool:
        return appointment.key in self._store.snapshot.offered_again

    def _lay_out(self) -> None:
        person = QFrame()
        person.setProperty("role", "card")
        words = stack(self._name, self._facts, spacing=2)
        line_up((words, 1), (self._more, 0, Qt.AlignmentFlag.AlignTop), on=person, margins=(12, 8, 8, 8))
        column = stack(
            (self._standing, 0, Qt.AlignmentFlag.AlignLeft),
            self._time,
            self._where,
            8,
            person,
            self._comment,
            8,
            self._explanation,
            on=self,
            margins=16,
            spacing=8,
        )
        self._above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        column.addItem(self._above)
        column.addWidget(self.changing.why_not)
        column.addWidget(self._actions)
        self._column = column

    def _show_facts(self, appointment: OwnAppointment) -> None:
        snapshot = self._store.snapshot
        clinic, zone = snapshot.clinic, snapshot.zone
        slot = appointment.timeslot
        self._standing.setText(standing_in_full(appointment))
        self._standing.setProperty("kind", _kind(appointment.standing))
        self._standing.style().polish(self._standing)
        self._time.setText(time_range(appointment.start, appointment.end, zone))
        lines = [long_day(appointment.start.astimezone(zone).date())]
        if clinic is not None:
            service = clinic.service_name(slot.healthcare_service_id)
            lines += [clinic.resource_name(slot.resource_id), f"{service}, {minutes(slot.start, slot.end)}"]
        self._where.setText("\n".join(lines))
        person = appointment.person
        self._name.setText(person_name(person))
        self._facts.setText(facts(person))
        quoted = translate("AppointmentCard", "“{comment}”").format(comment=appointment.comment)
        self._comment.setText(quoted if appointment.comment else "")
        self._comment.setVisible(bool(appointment.comment))
        self._explanation.setText(explanation(appointment, snapshot, self._store.now()))
        self._explanation.setVisible(bool(self._explanation.text()))

    def _show_actions(self, appointment: OwnAppointment) -> None:
        snapshot = self._store.snapshot
        self.code_entry.show_appointment(appointment)
        self.settling.show_appointment(appointment, snapshot)
        self.changing.show_appointment(appointment, snapshot, self._store.now())
        page = self._page_for(appointment)
        self._actions.setCurrentWidget(page)
        self._place_actions(is_answer=page in (self.code_entry, self.settling))
        self.changing.why_not.setVisible(page is self.changing and bool(self.changing.why_not.text()))

    def _page_for(self, appointment: OwnAppointment) -> QWidget:
        standing = appointment.standing
        if standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE):
            return self.code_entry
        if standing.unknown or self._is_doubted(appointment):
            return self.settling
        return self.changing if standing in (Standing.BOOKED, Standing.OTHER) else self._nothing

    def _place_actions(self, *, is_answer: bool) -> None:
        """What answers the question on the card stands under it; what changes the appointment stands apart, below."""
        policy = QSizePolicy.Policy.Fixed if is_answer else QSizePolicy.Policy.Expanding
        self._above.changeSize(0, 0, QSizePolicy.Policy.Minimum, policy)
        self._column.invalidate()

    def _make_more(self) -> QToolButton:
        more = QToolButton()
        more.setText(translate("AppointmentCard", "More"))
        more.setAccessibleName(translate("AppointmentCard", "More about this patient"))
        more.setToolTip(translate("AppointmentCard", "More about this patient"))
        more.setProperty("kind", "link")
        more.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # its word says enough
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.hide()
        return more


def _kind(standing: Standing) -> str:
    if standing.unknown:
        return "unknown"
    if standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE):
        return "waiting"
    return {Standing.BOOKED: "done", Standing.COMPLETED: "done", Standing.REFUSED: "refused"}.get(standing, "info")

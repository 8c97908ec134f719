"""The pages of an appointment's card: move or cancel it, settle an unknown outcome, enter a code."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.open_task import is_not_booked_yet
from receptionapp.store.snapshot import Snapshot
from ui.fields import SuggestedText
from ui.labels import label
from ui.words.appointments import find_replacement, why_not_cancel, why_not_move
from ui.words.formatting import clock_time

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
        self._reason_heading = label("heading", translate("AppointmentCard", "Reason for cancelling"))
        self._reason_heading.setBuddy(self._reason)
        self._fixed_reason = label("muted")
        self._cancel = QPushButton(translate("AppointmentCard", "Cancel the appointment"), self)
        self._cancel.setProperty("kind", "danger")
        self._cancel.setObjectName("cancel")
        self._cancel.clicked.connect(self._press_cancel)
        self._removed = QPushButton(self)
        self._removed.clicked.connect(self._say_removed)
        for button in (self._move, self._cancel, self._removed):
            button.setAutoDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._reason_heading)
        column.addWidget(self._reason)
        column.addWidget(self._fixed_reason)
        column.addWidget(self._cancel)
        column.addWidget(self._removed)
        column.addSpacing(_APART * self._move.fontMetrics().height())
        column.addWidget(self._move)
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
        self._exists = QPushButton()
        self._exists.setObjectName("exists")
        self._exists.clicked.connect(self._say_exists)
        self._gone = QPushButton()
        self._gone.setObjectName("gone")
        self._gone.clicked.connect(self._say_gone)
        self._too_early = label("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._exists)
        column.addWidget(self._gone)
        column.addWidget(self._too_early)
        column.addStretch(1)
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
        until = snapshot.on_its_way.get(appointment.key)
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
        self._code = QLineEdit()
        self._code.setAccessibleName(translate("AppointmentCard", "Code from the patient's message"))
        self._code.setPlaceholderText(translate("AppointmentCard", "Code from the message"))
        self._code.returnPressed.connect(self._press)
        send = QPushButton(translate("AppointmentCard", "Confirm with the code"))
        send.setProperty("kind", "primary")
        send.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._code)
        column.addWidget(send)
        column.addStretch(1)
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

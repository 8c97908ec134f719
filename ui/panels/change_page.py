"""Moving or cancelling one of our appointments; of two that a move left, removing the old one."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.open_task import is_not_booked_yet
from receptionapp.store.snapshot import Snapshot
from ui.labels import label
from ui.words.why_not import new_one, why_not_cancel, why_not_move

translate = QCoreApplication.translate


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
        self._reason = QComboBox()
        self._reason.setEditable(True)
        self._reason.addItems(
            [
                translate("AppointmentCard", "The patient asked for it"),
                translate("AppointmentCard", "The clinic has to cancel"),
                translate("AppointmentCard", "Booked by mistake"),
            ]
        )
        self._reason.setAccessibleName(translate("AppointmentCard", "Reason for cancelling"))
        self._reason_heading = label("heading", translate("AppointmentCard", "Reason for cancelling"))
        self._reason_heading.setBuddy(self._reason)
        self._fixed_reason = label("muted")
        self._move = QPushButton(translate("AppointmentCard", "Move to another time"))
        self._move.setObjectName("move")
        self._move.clicked.connect(self._press_move)
        self._cancel = QPushButton(translate("AppointmentCard", "Cancel the appointment"))
        self._cancel.setProperty("kind", "danger")
        self._cancel.setObjectName("cancel")
        self._cancel.clicked.connect(self._press_cancel)
        self._removed = QPushButton()
        self._removed.clicked.connect(self._say_removed)
        for button in (self._move, self._cancel, self._removed):
            button.setAutoDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._move)
        column.addSpacing(8)
        column.addWidget(self._reason_heading)
        column.addWidget(self._reason)
        column.addWidget(self._fixed_reason)
        column.addWidget(self._cancel)
        column.addWidget(self._removed)
        self.controls = (self._move, self._cancel)

    def clear(self) -> None:
        """For another appointment."""
        self._reason.setCurrentIndex(0)

    def show_appointment(self, appointment: OwnAppointment, snapshot: Snapshot, now: datetime) -> None:
        self._appointment = appointment
        new = new_one(appointment, snapshot)
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

"""What somebody found in the EHR about an appointment that is not known to stand."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.store.snapshot import Snapshot
from ui.labels import label
from ui.words.formatting import clock_time

translate = QCoreApplication.translate

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

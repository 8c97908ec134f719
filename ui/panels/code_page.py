"""The code from the patient's message, where booking or cancelling waits for one."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment

translate = QCoreApplication.translate


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

"""One of our appointments: how it stands, and what can be done about it."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.capability import Action
from receptionapp.store.book_store import BookStore
from ui.formatting import facts, long_day, minutes, time_range
from ui.labels import label

translate = QCoreApplication.translate

STANDS = frozenset({Standing.BOOKED, Standing.OTHER, Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE})


class AppointmentCard(QWidget):
    """Signals: cancel_wanted (OwnAppointment, reason), code_given (OwnAppointment, code),
    settled (OwnAppointment, whether it exists)."""

    cancel_wanted = Signal(object, str)
    code_given = Signal(object, str)
    settled = Signal(object, bool)

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
        self._comment = label()
        self._explanation = label()
        self._actions = QStackedWidget()
        self._nothing = QWidget()
        self._actions.addWidget(self._nothing)
        self._cancelling = self._make_cancelling()
        self._settling = self._make_settling()
        self._code_entry = self._make_code_entry()
        self._lay_out()

    @property
    def appointment(self) -> OwnAppointment | None:
        return self._appointment

    def show_appointment(self, appointment: OwnAppointment) -> None:
        same = self._appointment is not None and self._appointment.key == appointment.key
        self._appointment = appointment
        if not same:
            self._reason.setCurrentIndex(0)
            self._code.clear()
        self._show_facts(appointment)
        self._show_actions(appointment)

    def take_focus(self) -> None:
        for widget in (self._code, self._cancel, self._exists):
            if widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _lay_out(self) -> None:
        person = QFrame()
        person.setProperty("role", "card")
        words = QVBoxLayout(person)
        words.setContentsMargins(12, 8, 12, 8)
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._standing, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._time)
        column.addWidget(self._where)
        column.addSpacing(8)
        column.addWidget(person)
        column.addWidget(self._comment)
        column.addSpacing(8)
        column.addWidget(self._explanation)
        column.addStretch(1)
        column.addWidget(self._actions)

    def _show_facts(self, appointment: OwnAppointment) -> None:
        snapshot = self._store.snapshot
        clinic, zone = snapshot.clinic, snapshot.zone
        slot = appointment.timeslot
        self._standing.setText(standing_text(appointment))
        self._standing.setProperty("kind", standing_kind(appointment.standing))
        self._standing.style().polish(self._standing)
        self._time.setText(time_range(appointment.start, appointment.end, zone))
        lines = [long_day(appointment.start.astimezone(zone).date())]
        if clinic is not None:
            service = clinic.service_name(slot.healthcare_service_id)
            lines += [clinic.resource_name(slot.resource_id), f"{service}, {minutes(slot.start, slot.end)}"]
        self._where.setText("\n".join(lines))
        person = appointment.person
        self._name.setText(person.full_name)
        self._facts.setText(facts(person))
        quoted = translate("AppointmentCard", "“{comment}”").format(comment=appointment.comment)
        self._comment.setText(quoted if appointment.comment else "")
        self._comment.setVisible(bool(appointment.comment))
        emr = snapshot.capabilities.name if snapshot.capabilities else "Leyr"
        self._explanation.setText(explanation(appointment, emr))
        self._explanation.setVisible(bool(self._explanation.text()))

    def _show_actions(self, appointment: OwnAppointment) -> None:
        standing = appointment.standing
        if standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE):
            page = self._code_entry
        elif standing.unknown:
            page = self._settling
        elif standing in STANDS:
            page = self._cancelling
        else:
            page = self._nothing
        self._actions.setCurrentWidget(page)
        self._cancel.setEnabled(self._why_not(appointment) == "")
        self._cancel_why_not.setText(self._why_not(appointment))
        self._cancel_why_not.setVisible(bool(self._cancel_why_not.text()))
        emr = self._emr()
        self._exists.setText(translate("AppointmentCard", "It is in {emr}").format(emr=emr))
        self._gone.setText(translate("AppointmentCard", "It is not in {emr}").format(emr=emr))

    def _why_not(self, appointment: OwnAppointment) -> str:
        """Why this appointment can't be cancelled from here, or nothing."""
        capabilities = self._store.snapshot.capabilities
        if capabilities is not None and not capabilities.can(Action.CANCEL):
            return translate("AppointmentCard", "{emr} can't cancel through Leyr. Cancel it in {emr}.").format(
                emr=capabilities.name
            )
        if appointment.appointment_id is None:
            return translate(
                "AppointmentCard", "Leyr's reference for it is not known here. Cancel it in {emr}."
            ).format(emr=self._emr())
        if appointment.start <= datetime.now(UTC):
            return translate("AppointmentCard", "It has begun or is past, so it can't be cancelled here.")
        return ""

    def _emr(self) -> str:
        capabilities = self._store.snapshot.capabilities
        return capabilities.name if capabilities else "Leyr"

    def _make_cancelling(self) -> QWidget:
        page = QWidget()
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
        self._cancel = QPushButton(translate("AppointmentCard", "Cancel the appointment"))
        self._cancel.setProperty("kind", "danger")
        self._cancel.setAutoDefault(True)
        self._cancel.clicked.connect(self._press_cancel)
        self._cancel_why_not = label("muted")
        column = _column(page)
        column.addWidget(label("heading", translate("AppointmentCard", "Reason for cancelling")))
        column.addWidget(self._reason)
        column.addWidget(self._cancel_why_not)
        column.addWidget(self._cancel)
        self._actions.addWidget(page)
        return page

    def _make_settling(self) -> QWidget:
        page = QWidget()
        self._exists = QPushButton()
        self._gone = QPushButton()
        self._exists.clicked.connect(self._say_exists)
        self._gone.clicked.connect(self._say_gone)
        column = _column(page)
        column.addWidget(self._exists)
        column.addWidget(self._gone)
        self._actions.addWidget(page)
        return page

    def _make_code_entry(self) -> QWidget:
        page = QWidget()
        self._code = QLineEdit()
        self._code.setAccessibleName(translate("AppointmentCard", "Code from the patient's message"))
        self._code.setPlaceholderText(translate("AppointmentCard", "Code from the message"))
        self._send = QPushButton(translate("AppointmentCard", "Confirm with the code"))
        self._send.setProperty("kind", "primary")
        self._send.clicked.connect(self._press_code)
        self._code.returnPressed.connect(self._press_code)
        column = _column(page)
        column.addWidget(self._code)
        column.addWidget(self._send)
        self._actions.addWidget(page)
        return page

    def _press_cancel(self) -> None:
        if self._appointment is not None and self._cancel.isEnabled():
            self.cancel_wanted.emit(self._appointment, self._reason.currentText().strip())
            self._cancel.setEnabled(False)

    def _press_code(self) -> None:
        code = self._code.text().strip()
        if self._appointment is not None and code:
            self.code_given.emit(self._appointment, code)

    def _say_exists(self) -> None:
        if self._appointment is not None:
            self.settled.emit(self._appointment, True)

    def _say_gone(self) -> None:
        if self._appointment is not None:
            self.settled.emit(self._appointment, False)


def standing_text(appointment: OwnAppointment) -> str:
    """How it stands, in a word or two; an unlisted status of Leyr's as it is."""
    if appointment.standing is Standing.OTHER:
        return appointment.leyr_status or translate("Standing", "Status not known")
    return {
        Standing.SENDING: lambda: translate("Standing", "Booking …"),
        Standing.BOOKED: lambda: translate("Standing", "Booked"),
        Standing.AWAITING_CODE: lambda: translate("Standing", "Waiting for the code"),
        Standing.CANCELLING: lambda: translate("Standing", "Cancelling …"),
        Standing.CANCEL_AWAITING_CODE: lambda: translate("Standing", "Cancelling waits for the code"),
        Standing.CANCELLED: lambda: translate("Standing", "Cancelled"),
        Standing.COMPLETED: lambda: translate("Standing", "Completed"),
        Standing.REFUSED: lambda: translate("Standing", "Not booked"),
        Standing.BOOKING_UNKNOWN: lambda: translate("Standing", "Not known if booked"),
        Standing.CANCELLING_UNKNOWN: lambda: translate("Standing", "Not known if cancelled"),
    }[appointment.standing]()


def standing_kind(standing: Standing) -> str:
    """Which of the message colours goes with it."""
    if standing.unknown:
        return "unknown"
    if standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE):
        return "waiting"
    return {Standing.BOOKED: "done", Standing.COMPLETED: "done", Standing.REFUSED: "refused"}.get(standing, "info")


def explanation(appointment: OwnAppointment, emr: str) -> str:
    """What the standing means and what to do; nothing for the usual ones."""
    texts = {
        Standing.BOOKING_UNKNOWN: lambda: translate(
            "AppointmentCard",
            "No answer came when this was booked, so it may or may not be in {emr}. Tell the caller that the time "
            "will be confirmed later. Look in {emr} and say here what you found.",
        ),
        Standing.CANCELLING_UNKNOWN: lambda: translate(
            "AppointmentCard",
            "No answer came when this was cancelled, so it may still stand. Look in {emr} and say here what you found.",
        ),
        Standing.AWAITING_CODE: lambda: translate(
            "AppointmentCard", "Not booked yet. The patient has got a message with a code; ask for it."
        ),
        Standing.CANCEL_AWAITING_CODE: lambda: translate(
            "AppointmentCard", "It still stands. The patient has got a message with a code; ask for it."
        ),
        Standing.OTHER: lambda: translate(
            "AppointmentCard", "{emr} gives it a status that this program does not know. The time counts as taken."
        ),
    }
    return texts[appointment.standing]().format(emr=emr) if appointment.standing in texts else ""


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addStretch(1)
    return column

"""One of our appointments: how it stands, and what can be done about it."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.open_task import is_not_booked_yet
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, OnItsWay, TimeslotsLoaded, Vouched
from ui.labels import label
from ui.panels.why_not import new_one, why_not_cancel, why_not_move
from ui.words.formatting import clock_time, facts, long_day, minutes, person_name, time_range
from ui.words.sentences import day_and_time
from ui.words.standing import standing_in_full
from ui.words.tasks import of_look

translate = QCoreApplication.translate

_TO_FULL_MINUTE = timedelta(seconds=59)  # what is said of a minute must be true when it begins

STANDS = frozenset({Standing.BOOKED, Standing.OTHER, Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE})


class AppointmentCard(QWidget):
    """Signals: cancel_wanted (OwnAppointment, reason), code_given (OwnAppointment, code),
    settled (OwnAppointment, whether it exists), move_wanted (OwnAppointment),
    removed (OwnAppointment): somebody has removed the old one of two in the EHR."""

    cancel_wanted = Signal(object, str)
    code_given = Signal(object, str)
    settled = Signal(object, bool)
    move_wanted = Signal(object)
    removed = Signal(object)

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
        self._why_nots = label("muted")
        self._actions = QStackedWidget()
        self._nothing = QWidget()
        self._actions.addWidget(self._nothing)
        self._cancelling = self._make_cancelling()
        self._settling = self._make_settling()
        self._shown_doubt = False
        self._code_entry = self._make_code_entry()
        self._lay_out()
        store.changed.connect(self._on_changed)

    @property
    def appointment(self) -> OwnAppointment | None:
        return self._appointment

    def show_appointment(self, appointment: OwnAppointment) -> None:
        same = self._appointment is not None and self._appointment.key == appointment.key
        self._appointment = appointment
        self._shown_doubt = self._is_doubted(appointment)
        if not same:
            self._store.hold(appointment.key)
            self._reason.setCurrentIndex(0)
            self._code.setText("")  # for good: `clear` is undone by Ctrl+Z
        self._show_facts(appointment)
        self._show_actions(appointment)

    def offer_more(self, actions: Sequence[QAction], offered: bool) -> None:
        """What else can be asked for about the patient, if whoever is here may."""
        if not self._more.actions():
            self._more.addActions(actions)
        self._more.setVisible(offered)

    def take_focus(self) -> None:
        for widget in (self._code, self._move, self._cancel, self._exists, self._gone):
            if widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _on_changed(self, change: Change) -> None:
        """A read can bring a doubt, or take it away, while the card is looked at."""
        own = self._appointment
        if own is not None and isinstance(change, OnItsWay) and own.key in change.keys:
            self.show_appointment(own)
        if own is None or not isinstance(change, TimeslotsLoaded | Vouched):
            return
        if self._is_doubted(own) is not self._shown_doubt:
            self.show_appointment(own)

    def _is_doubted(self, appointment: OwnAppointment) -> bool:
        return appointment.key in self._store.snapshot.offered_again

    def _lay_out(self) -> None:
        person = QFrame()
        person.setProperty("role", "card")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        row = QHBoxLayout(person)
        row.setContentsMargins(12, 8, 8, 8)
        row.addLayout(words, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
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
        self._above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        column.addItem(self._above)
        column.addWidget(self._why_nots)
        column.addWidget(self._actions)
        self._column = column

    def _show_facts(self, appointment: OwnAppointment) -> None:
        snapshot = self._store.snapshot
        clinic, zone = snapshot.clinic, snapshot.zone
        slot = appointment.timeslot
        self._standing.setText(standing_in_full(appointment))
        self._standing.setProperty("kind", standing_kind(appointment.standing))
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
        emr = snapshot.capabilities.name if snapshot.capabilities else "Leyr"
        doubt = offered_again(emr) if self._is_doubted(appointment) else ""
        said = [explanation(appointment, emr), doubt, self._about_the_other(appointment), self._last_look(appointment)]
        self._explanation.setText("\n\n".join(part for part in said if part))
        self._explanation.setVisible(bool(self._explanation.text()))

    def _show_actions(self, appointment: OwnAppointment) -> None:
        standing = appointment.standing
        if standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE):
            page = self._code_entry
        elif standing.unknown or self._is_doubted(appointment):
            page = self._settling
        elif standing in STANDS:
            page = self._cancelling
        else:
            page = self._nothing
        self._actions.setCurrentWidget(page)
        self._place_actions(is_answer=page in (self._code_entry, self._settling))
        emr = self._emr()
        self._show_changes(appointment)
        if self._is_doubted(appointment):
            exists = translate("AppointmentCard", "It is still in {emr}")
            gone = translate("AppointmentCard", "It is gone from {emr}")
        else:
            exists = translate("AppointmentCard", "It is in {emr}")
            gone = translate("AppointmentCard", "It is not in {emr}")
        self._exists.setText(exists.format(emr=emr))
        self._gone.setText(gone.format(emr=emr))
        self._show_what_is_too_early(appointment)

    def _place_actions(self, *, is_answer: bool) -> None:
        """What answers the question on the card stands under it; what changes the appointment stands apart, below."""
        policy = QSizePolicy.Policy.Fixed if is_answer else QSizePolicy.Policy.Expanding
        self._above.changeSize(0, 0, QSizePolicy.Policy.Minimum, policy)
        self._column.invalidate()

    def _show_what_is_too_early(self, appointment: OwnAppointment) -> None:
        """That it did not come about can't be said while the request may still arrive."""
        until = self._store.snapshot.on_its_way.get(appointment.key)
        not_done = self._exists if appointment.standing is Standing.CANCELLING_UNKNOWN else self._gone
        for answer in (self._exists, self._gone):
            answer.setEnabled(until is None or answer is not not_done)
        self._too_early.setVisible(until is not None)
        if until is not None:
            said = translate(
                "AppointmentCard", "“{answer}” can be answered from {time}: until then the request may still arrive."
            )
            when = clock_time(until + _TO_FULL_MINUTE, self._store.snapshot.zone)
            self._too_early.setText(said.format(answer=not_done.text(), time=when))

    def _show_changes(self, appointment: OwnAppointment) -> None:
        """Moving and cancelling, or why not; of two appointments, removing the old one."""
        snapshot, emr = self._store.snapshot, self._emr()
        new = new_one(appointment, snapshot)
        is_left_over = new is not None and not is_not_booked_yet(new)
        not_cancelled, not_moved = why_not_cancel(appointment, snapshot), why_not_move(appointment, snapshot)
        self._move.setVisible(not is_left_over)
        self._move.setEnabled(not not_moved)
        self._cancel.setEnabled(not not_cancelled)
        reasons = [not_cancelled] if is_left_over else [not_moved, not_cancelled]
        self._why_nots.setText("\n".join(dict.fromkeys(reason for reason in reasons if reason)))
        offered = self._actions.currentWidget() is self._cancelling
        self._why_nots.setVisible(offered and bool(self._why_nots.text()))
        self._cancel.setText(
            translate("AppointmentCard", "Remove the old appointment")
            if is_left_over
            else translate("AppointmentCard", "Cancel the appointment")
        )
        self._removed.setText(translate("AppointmentCard", "It is removed in {emr}").format(emr=emr))
        self._removed.setVisible(is_left_over)
        for choosing in (self._reason, self._reason_heading):
            choosing.setVisible(not is_left_over)
        self._fixed_reason.setText(
            translate("AppointmentCard", "{emr} is told the reason: “{reason}”").format(
                emr=emr, reason=self._reason_of_move()
            )
        )
        self._fixed_reason.setVisible(is_left_over)

    def _about_the_other(self, appointment: OwnAppointment) -> str:
        """Of a move: what is with the one that takes its place, or whose place it takes."""
        snapshot = self._store.snapshot
        new = new_one(appointment, snapshot)
        if new is not None and appointment.standing.takes_time:
            when = day_and_time(new, snapshot.zone)
            if is_not_booked_yet(new):
                return translate(
                    "AppointmentCard", "It is being moved to {time}, which is not surely booked yet."
                ).format(time=when)
            return translate(
                "AppointmentCard", "It was moved to {time}, which is booked. This one is left over: remove it."
            ).format(time=when)
        old = next((a for a in snapshot.appointments.values() if a.replaced_by == appointment.key), None)
        if old is None or not old.standing.takes_time or not appointment.standing.takes_time:
            return ""
        return translate("AppointmentCard", "The old appointment of {time} may still stand.").format(
            time=day_and_time(old, snapshot.zone)
        )

    def _last_look(self, appointment: OwnAppointment) -> str:
        snapshot = self._store.snapshot
        look = snapshot.looks.get(appointment.key)
        return of_look(look, snapshot.zone, self._emr()) if look and appointment.standing.unknown else ""

    def _emr(self) -> str:
        capabilities = self._store.snapshot.capabilities
        return capabilities.name if capabilities else "Leyr"

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
        self._cancel.setObjectName("cancel")
        self._cancel.setAutoDefault(True)
        self._cancel.clicked.connect(self._press_cancel)
        self._move = QPushButton(translate("AppointmentCard", "Move to another time"))
        self._move.setObjectName("move")
        self._move.setAutoDefault(True)
        self._move.clicked.connect(self._press_move)
        self._removed = QPushButton()
        self._removed.setAutoDefault(True)
        self._removed.clicked.connect(self._say_removed)
        column = _column(page)
        column.addStretch(1)
        column.addWidget(self._move)
        column.addSpacing(8)
        self._reason_heading = label("heading", translate("AppointmentCard", "Reason for cancelling"))
        self._reason_heading.setBuddy(self._reason)
        self._fixed_reason = label("muted")
        column.addWidget(self._reason_heading)
        column.addWidget(self._reason)
        column.addWidget(self._fixed_reason)
        column.addWidget(self._cancel)
        column.addWidget(self._removed)
        self._actions.addWidget(page)
        return page

    def _make_settling(self) -> QWidget:
        page = QWidget()
        self._exists = QPushButton()
        self._exists.setObjectName("exists")
        self._gone = QPushButton()
        self._gone.setObjectName("gone")
        self._exists.clicked.connect(self._say_exists)
        self._gone.clicked.connect(self._say_gone)
        self._too_early = label("muted")
        column = _column(page)
        column.addWidget(self._exists)
        column.addWidget(self._gone)
        column.addWidget(self._too_early)
        column.addStretch(1)
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
        column.addStretch(1)
        self._actions.addWidget(page)
        return page

    def _press_cancel(self) -> None:
        if self._appointment is not None and self._cancel.isEnabled():
            left_over = self._reason.isHidden()
            reason = self._reason_of_move() if left_over else self._reason.currentText().strip()
            self.cancel_wanted.emit(self._appointment, reason)
            self._cancel.setEnabled(False)

    def _reason_of_move(self) -> str:
        """The very words that the move itself would have sent."""
        return translate("MoveForm", "Moved to another time")

    def _press_move(self) -> None:
        if self._appointment is not None:
            self.move_wanted.emit(self._appointment)

    def _say_removed(self) -> None:
        if self._appointment is not None:
            self.removed.emit(self._appointment)

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


def offered_again(emr: str) -> str:
    """Of a booked one whose time is offered as free."""
    return translate(
        "AppointmentCard",
        "{emr} offers this time as free again: the appointment may have been cancelled or moved there. Look in {emr} "
        "and say here what you found. Until then nobody else can be booked at this time.",
    ).format(emr=emr)


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column

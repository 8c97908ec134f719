"""One of our appointments: how it stands, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ConfirmedInEhr, InFlightChanged, TimeslotsLoaded
from ui.labels import label
from ui.panels.card_pages import ChangePage, CodePage, SettlePage
from ui.words.appointments import explanation, standing_in_full
from ui.words.formatting import facts, long_day, minutes, person_name, time_range

translate = QCoreApplication.translate


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
            self._store.hold(appointment.key)
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
        self._explanation.setText(explanation(appointment, snapshot))
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
    """Which of the message colours goes with it."""
    if standing.unknown:
        return "unknown"
    if standing in (Standing.AWAITING_CODE, Standing.CANCEL_AWAITING_CODE):
        return "waiting"
    return {Standing.BOOKED: "done", Standing.COMPLETED: "done", Standing.REFUSED: "refused"}.get(standing, "info")

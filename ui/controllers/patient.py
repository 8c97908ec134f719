"""Connects the choice and registration of a patient to the desk; drops from the window whose details were wiped."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import PersonWiped
from ui.commands import WindowActions
from ui.finder.field import FinderField
from ui.message_bar import MessageBar
from ui.panels.booking_panel import BookingPanel
from ui.panels.slot_form import SlotForm

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk


class PatientController(QObject):
    """Between the form and the desk. Nothing here waits: the desk answers through the store.

    Signals: number_shown: somebody asked for a typed national number that was covered."""

    number_shown = Signal()

    def __init__(self, store: BookStore, actions: WindowActions, form: SlotForm, window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._picker = form.picker
        self._window = window
        self._desk: Desk | None = None
        actions.new_patient.triggered.connect(self._register_whom_is_typed)
        form.picker.search_wanted.connect(self._search)
        form.picker.emr_search_wanted.connect(self._search_emr)
        form.picker.new_patient_wanted.connect(self._register)
        form.picker.person_chosen.connect(self._read_history)
        form.history.day_wanted.connect(self._go)

    def attach(self, desk: "Desk") -> None:
        """From now on commands go to this desk."""
        self._desk = desk

    def _search(self, text: str) -> None:
        if self._desk:
            self._desk.patients.search(text)

    def _search_emr(self, text: str) -> None:
        clinic = self._store.snapshot.clinic
        if self._desk and clinic is not None:
            self._desk.patients.search_emr(clinic.care_unit.id, text)

    def _read_history(self, person: Person | None) -> None:
        if self._desk and person is not None:
            self._desk.patients.read_history(person)

    def _go(self, day: date) -> None:
        if self._desk:
            self._desk.browsing.go(day)

    def _register_whom_is_typed(self) -> None:
        self._register(self._picker.text)

    def _register(self, typed: str) -> None:
        from ui.dialogs.new_patient import NewPatientDialog  # most have been here before

        if not self._desk or self._store.snapshot.clinic is None:
            return
        self._desk.patients.expect_new()
        dialog = NewPatientDialog(self._store, typed, self._desk.browsing.today(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.create_wanted.connect(self._desk.patients.create)
        dialog.person_accepted.connect(self._desk.patients.accept)
        dialog.person_ready.connect(self._choose_registered)
        dialog.person_known.connect(self._picker.choose)
        dialog.number_shown.connect(self.number_shown)
        dialog.open()

    def _choose_registered(self, person: Person) -> None:
        self._picker.choose(person, registered=True)


class WipedPersonController(QObject):
    """What was found, chosen, typed, said or copied may be a name. What is about others stays."""

    def __init__(
        self,
        store: BookStore,
        panel: BookingPanel,
        finder: FinderField,
        message_bar: MessageBar,
        clear_clipboard: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._panel = panel
        self._finder = finder
        self._message_bar = message_bar
        self._clear_clipboard = clear_clipboard
        store.watch(self._on_wiped, PersonWiped)

    def _on_wiped(self, change: PersonWiped) -> None:
        self._forget(change.reference)

    def _forget(self, reference: str) -> None:
        form, card = self._panel.slot_form, self._panel.card
        chosen = form.picker.person
        if chosen is not None and chosen.reference == reference:
            form.clear()
        form.picker.forget(reference)
        shown = card.appointment
        if shown is not None and shown.person.reference == reference:
            card.show_appointment(self._store.snapshot.appointments.get(shown.key, shown))
        self._finder.forget(reference)
        self._message_bar.forget(reference)
        self._clear_clipboard()

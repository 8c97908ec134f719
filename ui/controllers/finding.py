"""Connects the one field, the search for free times and the patient in the form to the desk."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar, QWidget

from receptionapp.domain.clinic import HealthcareService, Resource
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.date_phrase import DatePhrase
from receptionapp.domain.free_times import FreeTimeCriteria, FreeTimeSearch
from receptionapp.domain.layout import FreeCell, ViewSpan
from receptionapp.domain.patient import Person
from receptionapp.services.navigation import Navigation
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import PersonWiped
from ui.book.view import BookArea
from ui.commands import WindowActions, commands_of
from ui.finder.field import FinderField
from ui.finder.sources import FinderContext, HitTarget, NewPatientTarget, Remark
from ui.message_bar import MessageBar
from ui.panels.booking_panel import BookingPanel
from ui.panels.slot_form import SlotForm

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk


class FreeTimeController(QObject):
    """The day may not be loaded yet: the cell is marked when it comes, unless the user has gone on by then."""

    def __init__(self, store: BookStore, area: BookArea, panel: BookingPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._area = area
        self._panel = panel
        self._awaited: FreeCell | None = None
        area.cell_chosen.connect(self._forget)
        area.appointment_chosen.connect(self._forget)

    def show_and_choose(self, cell: FreeCell, browsing: Navigation) -> None:
        """Show it in the book, and in the form with all that was typed there."""
        view = self._store.snapshot.view
        services = {slot.healthcare_service_id for slot in cell.options}
        if view.service_id is not None and view.service_id not in services:
            browsing.choose_service(next(iter(services)) if len(services) == 1 else None)
        browsing.go(clinic_day(cell.start, self._store.snapshot.zone))
        self._panel.show_cell(cell)
        self._awaited = cell
        self.page_shown()

    def page_shown(self) -> None:
        """The book has another page, or the same with more in it."""
        cell = self._awaited
        if cell is None:
            return
        day = clinic_day(cell.start, self._store.snapshot.zone)
        if day != self._store.snapshot.view.day or self._area.select_cell(cell.resource_id, day, cell.start):
            self._awaited = None

    def _forget(self, _chosen: object) -> None:
        self._awaited = None


class FinderController(QObject):
    """Between the field, the panel and the desk. Nothing here waits: the desk answers through the store."""

    def __init__(
        self,
        store: BookStore,
        actions: WindowActions,
        field: FinderField,
        panel: BookingPanel,
        going: FreeTimeController,
        menu_bar: QMenuBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._field = field
        self._panel = panel
        self._going = going
        self._menu_bar = menu_bar
        self._desk: Desk | None = None
        page = panel.next_free
        actions.find_anything.triggered.connect(field.take_focus)
        actions.next_free.triggered.connect(self._ask_next_free)
        field.set_context_source(self._surroundings)
        field.people_wanted.connect(self._search_people)
        field.chosen.connect(self._open_target)
        page.search_wanted.connect(self._search_free)
        page.stop_wanted.connect(self._stop)
        page.check_wanted.connect(self._check)
        page.taken.connect(self._take)

    def attach(self, desk: "Desk") -> None:
        """From now on there is something to find, for what is typed already too."""
        self._desk = desk
        self._field.search_again()

    def _surroundings(self) -> FinderContext | None:
        if self._desk is None:
            return None
        browsing, next_free = self._desk.navigation, self._desk.next_free
        return FinderContext(
            self._store.snapshot, browsing.today(), next_free.known_free_times, commands_of(self._menu_bar)
        )

    def _search_people(self, text: str) -> None:
        if self._desk:
            self._desk.patients.search(text)

    def _open_target(self, what: HitTarget) -> None:
        if self._desk is None:
            return
        match what:
            case Remark():
                pass
            case Person():
                self._panel.find_patient()
                self._panel.slot_form.picker.choose(what)
                self._panel.take_focus()
            case NewPatientTarget():
                self._panel.find_patient()
                self._panel.slot_form.picker.new_patient_wanted.emit(what.typed)
            case FreeCell():
                self._take(what)
            case FreeTimeCriteria():
                self._panel.show_next_free(what)
            case DatePhrase():
                self._go(what)
            case Resource():
                self._desk.navigation.show_only(frozenset({what.id}))
            case HealthcareService():
                self._desk.navigation.choose_service(what.id)
            case QAction():
                what.trigger()

    def _go(self, phrase: DatePhrase) -> None:
        """A day keeps the span; a named week is shown whole."""
        if self._desk:
            if phrase.week:
                self._desk.navigation.show_span(ViewSpan.WEEK)
            self._desk.navigation.go(phrase.day)

    def _ask_next_free(self) -> None:
        """Back to the times found before while one of them is in the form; else begin anew."""
        found = self._panel.slot_form.availability.is_watching and self._panel.next_free.times.count()
        if found and self._panel.moving is None:
            self._panel.show_next_free_again()
        else:
            self._panel.show_next_free(None)

    def _search_free(self, search: FreeTimeSearch) -> None:
        if self._desk:
            self._desk.next_free.search(search)

    def _stop(self) -> None:
        if self._desk:
            self._desk.next_free.stop()

    def _check(self, cell: FreeCell) -> None:
        if self._desk:
            self._desk.next_free.check(cell)

    def _take(self, cell: FreeCell) -> None:
        """To the book and the form at once; that it still is free is read meanwhile, and said in the form."""
        if self._desk is None:
            return
        self._panel.next_free.stop()
        self._going.show_and_choose(cell, self._desk.navigation)
        form = self._panel.slot_form
        if form.slot in cell.options and not form.availability.show_cell(cell):
            self._desk.next_free.check(cell)


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
            self._desk.navigation.go(day)

    def _register_whom_is_typed(self) -> None:
        self._register(self._picker.text)

    def _register(self, typed: str) -> None:
        from ui.dialogs.new_patient import NewPatientDialog  # most have been here before

        if not self._desk or self._store.snapshot.clinic is None:
            return
        self._desk.patients.prepare_for_new()
        dialog = NewPatientDialog(self._store, typed, self._desk.navigation.today(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.create_wanted.connect(self._desk.patients.create)
        dialog.person_accepted.connect(self._desk.patients.accept_person)
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

"""Connects the one field and the search for free times to the desk, and goes to what was found."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar

from receptionapp.domain.clinic import HealthcareService, Resource
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.date_phrase import DatePhrase
from receptionapp.domain.free_times import FreeTimeCriteria, FreeTimeSearch
from receptionapp.domain.page import FreeCell, ViewSpan
from receptionapp.domain.patient import Person
from receptionapp.services.navigation import Navigation
from receptionapp.store.book_store import BookStore
from ui.book.view import BookArea
from ui.commands import WindowActions, commands_of
from ui.finder.field import FinderField
from ui.finder.sources import FinderContext, HitTarget, NewPatientTarget
from ui.panels.booking_panel import BookingPanel

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

    def take(self, cell: FreeCell, browsing: Navigation) -> None:
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
        field.look_around_with(self._surroundings)
        field.people_wanted.connect(self._search_people)
        field.chosen.connect(self._chosen)
        page.search_wanted.connect(self._search_free)
        page.stop_wanted.connect(self._stop)
        page.check_wanted.connect(self._check)
        page.taken.connect(self._take)

    def attach(self, desk: "Desk") -> None:
        """From now on there is something to find, for what is typed already too."""
        self._desk = desk
        self._field.look_again()

    def _surroundings(self) -> FinderContext | None:
        if self._desk is None:
            return None
        browsing, next_free = self._desk.browsing, self._desk.next_free
        return FinderContext(self._store.snapshot, browsing.today(), next_free.known, commands_of(self._menu_bar))

    def _search_people(self, text: str) -> None:
        if self._desk:
            self._desk.patients.search(text)

    def _chosen(self, what: HitTarget) -> None:
        if self._desk is None:
            return
        match what:
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
                self._desk.browsing.show_only(frozenset({what.id}))
            case HealthcareService():
                self._desk.browsing.choose_service(what.id)
            case QAction():
                what.trigger()

    def _go(self, phrase: DatePhrase) -> None:
        """A day keeps the span; a named week is shown whole."""
        if self._desk:
            if phrase.week:
                self._desk.browsing.show_span(ViewSpan.WEEK)
            self._desk.browsing.go(phrase.day)

    def _ask_next_free(self) -> None:
        """Back to the times found before while one of them is in the form; else begin anew."""
        found = self._panel.slot_form.certainty.watches and self._panel.next_free.times.count()
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
        self._going.take(cell, self._desk.browsing)
        form = self._panel.slot_form
        if form.slot in cell.options and not form.certainty.watch(cell):
            self._desk.next_free.check(cell)

"""Going to a free time that was found elsewhere: its day in the book, its cell marked, its form open."""

from PySide6.QtCore import QObject

from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.page import FreeCell
from receptionapp.services.navigation import Browsing
from receptionapp.store.book_store import BookStore
from ui.book.area import BookArea
from ui.panels.booking_panel import BookingPanel


class Going(QObject):
    """The day may not be loaded yet: the cell is marked when it comes, unless the user has gone on by then."""

    def __init__(self, store: BookStore, area: BookArea, panel: BookingPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._area = area
        self._panel = panel
        self._awaited: FreeCell | None = None
        area.cell_chosen.connect(self._forget)
        area.appointment_chosen.connect(self._forget)

    def take(self, cell: FreeCell, browsing: Browsing) -> None:
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

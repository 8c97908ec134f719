"""Where the book is: as a grid, or as a list of the same."""

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.page import FreeCell, Page
from ui.book.list_view import ListView
from ui.book.view import BookView
from ui.theme import Theme


class BookArea(QStackedWidget):
    """Signals: the same as the grid's, from whichever is shown."""

    cell_chosen = Signal(object)
    appointment_chosen = Signal(object)
    activated = Signal(object)
    selection_cleared = Signal()

    def __init__(self, grid: BookView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._page: Page | None = None
        self.list = ListView(theme)
        self.addWidget(grid)
        self.addWidget(self.list)
        for view in (grid, self.list):
            view.cell_chosen.connect(self.cell_chosen)
            view.appointment_chosen.connect(self.appointment_chosen)
            view.selection_cleared.connect(self.selection_cleared)
        grid.activated.connect(self.activated)
        self.list.activated_.connect(self.activated)

    def set_theme(self, theme: Theme) -> None:
        self._grid.set_theme(theme)
        self.list.set_theme(theme)

    def show_page(self, page: Page) -> None:
        self._page = page
        self._grid.show_page(page)
        self.list.show_page(page)

    def show_list(self, listed: bool) -> None:
        """Change over, with what is chosen, and with the keyboard if it was here."""
        before = self._shown
        had_focus = before.hasFocus()
        chosen = before.selected
        self.setCurrentWidget(self.list if listed else self._grid)
        if isinstance(chosen, OwnAppointment):
            self._shown.select_appointment(chosen.key)
        elif chosen is not None and self._page is not None:
            self._shown.select_cell(chosen.resource_id, clinic_day(chosen.start, self._page.zone), chosen.start)
        if had_focus:
            self.take_focus()

    def take_focus(self) -> None:
        self._shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select_cell(self, resource_id: str, day: date, start: datetime) -> bool:
        """Choose a free time, as by a click but without a signal. False if it is not on the page."""
        return self._shown.select_cell(resource_id, day, start)

    def select_appointment(self, key: UUID) -> bool:
        """Choose one of our appointments likewise."""
        return self._shown.select_appointment(key)

    def clear_selection(self) -> None:
        self._grid.clear_selection()
        self.list.clear_selection()

    @property
    def current(self) -> FreeCell | OwnAppointment | None:
        """What the keyboard's cursor is on in the grid, else what is chosen."""
        cursor = self._grid.current if self._shown is self._grid else None
        return cursor[1].what if cursor else self._shown.selected

    @property
    def _shown(self) -> BookView | ListView:
        return self.list if self.currentWidget() is self.list else self._grid

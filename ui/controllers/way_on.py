"""A book with nothing to book says where to go; and begins there, when the program starts on such a day."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from receptionapp.domain.clinic_time import clinic_day
from receptionapp.domain.dead_end import DeadEnd, find_dead_end
from receptionapp.domain.free_times import FreeTimeCriteria
from receptionapp.domain.layout import FreeCell, Page
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ViewMoved
from ui.controllers.finding import FreeTimeController
from ui.message_bar import MessageBar
from ui.strips.way_on import WayOnStrip, opened_elsewhere_text
from ui.words.sentences import Sentence

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk

WEEKS = 3  # looked through unasked, that of the day included; each is a few calls to Leyr


class WayOnController(QObject):
    """Between the strip and the desk. Nothing here waits: the desk tells what it found."""

    def __init__(
        self, store: BookStore, strip: WayOnStrip, going: FreeTimeController, message_bar: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._strip = strip
        self._going = going
        self._message_bar = message_bar
        self._desk: Desk | None = None
        self._asked: object = None
        self._starts = True
        strip.taken.connect(self._take)
        self._page: Page | None = None
        store.watch(self._on_moved, ViewMoved)

    def attach(self, desk: "Desk") -> None:
        """From now on there is somebody to ask."""
        self._desk = desk
        self._look()

    def show_page(self, page: Page) -> None:
        """What is on screen now."""
        self._page = page
        self._look()

    def _on_moved(self) -> None:
        self._starts = False  # the day is somebody's choice

    def _look(self) -> None:
        page = self._page
        if page is None or self._desk is None:
            return
        found = find_dead_end(page, self._store.now())
        if found is not None:
            self._ask(page, found)
            return
        self._asked = None
        if not page.columns and page.clinic.resources:
            self._strip.say_nobody()
        else:
            self._starts = self._starts and any(column.timeslots is None for column in page.columns)
            self._strip.say_nothing()

    def _ask(self, page: Page, found: DeadEnd) -> None:
        resources = tuple(dict.fromkeys(column.resource_id for column in page.columns))
        asked = page.clinic.care_unit.id, found.days, page.service_id, resources
        if self._desk is None or asked == self._asked:
            return
        self._asked = asked
        self._strip.say_looking(found.days, self._store.today(), self._service(page))
        wish = FreeTimeCriteria(None if page.service_id is None else (page.service_id,), resources)

        def tell(cell: FreeCell | None, searched_to: date) -> None:
            if self._asked == asked:
                self._show(page, found, cell, searched_to)

        self._desk.next_free.find_first(wish, found.after, WEEKS, tell)

    def _show(self, page: Page, found: DeadEnd, cell: FreeCell | None, searched_to: date) -> None:
        starts, self._starts = self._starts, False
        today = self._store.today()
        if cell is None:
            self._strip.say_none_until(searched_to)
        elif starts and found.empty and found.days == (today,) and self._desk is not None:
            day = clinic_day(cell.start, self._store.snapshot.zone)
            self._desk.navigation.go(day)
            self._message_bar.show_message(Sentence(*opened_elsewhere_text(today, day)))
        else:
            self._strip.say_next(found.days, today, self._service(page), cell, self._store.snapshot)

    def _service(self, page: Page) -> str:
        return page.clinic.service_name(page.service_id) if page.service_id is not None else ""

    def _take(self, cell: FreeCell) -> None:
        if self._desk is not None:
            self._going.show_and_choose(cell, self._desk.navigation)

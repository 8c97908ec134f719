"""Next free (Ctrl+G): a wish above, the times that suit below. The book stays where it is until one is taken."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.free_times import FreeSearch, SearchState, Wish
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ClinicLoaded, FreeTimesFound
from ui.labels import label, together
from ui.panels.free_times import FreeTimesList
from ui.panels.wish_form import WishForm
from ui.theme import Theme
from ui.words.formatting import clock_time, short_day

translate = QCoreApplication.translate

_PART = "  ·  "


class NextFreePage(QWidget):
    """Signals: search_wanted (FreeSearch), stop_wanted (); check_wanted and taken (FreeCell) as the list's."""

    search_wanted = Signal(object)
    stop_wanted = Signal()
    check_wanted = Signal(object)
    taken = Signal(object)

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._search = FreeSearch()
        self._last: FreeTimesFound | None = None
        self._care_unit_id = ""
        self._form = WishForm()
        self.times = FreeTimesList(store, theme)
        self._state = label("muted")
        self._stop = QToolButton()
        self._stop.setText(translate("NextFree", "Stop"))
        self._stop.setProperty("kind", "link")
        self._more = QPushButton()
        self._lay_out()
        self._form.changed.connect(self._search_anew)
        self._more.clicked.connect(self._search_on)
        self._stop.clicked.connect(self.stop)
        self.times.check_wanted.connect(self.check_wanted)
        self.times.taken.connect(self.taken)
        store.changed.connect(self._on_changed)

    def set_theme(self, theme: Theme) -> None:
        self.times.set_theme(theme)

    def ask(self, wish: Wish | None) -> None:
        """Begin: with a wish, or with any time of the shown resources. The keyboard goes to the answers."""
        self._form.fill(self._store.snapshot, wish)
        self._search_anew()
        self.take_focus()

    def take_focus(self) -> None:
        self.times.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Look no further. What was found stays."""
        self.stop_wanted.emit()
        if self._last is not None and self._last.state is SearchState.GOING:
            self._show_state(replace(self._last, state=SearchState.ENOUGH))

    def _search_anew(self) -> None:
        wish = self._form.wish
        self.times.start_anew(one_service=wish.service_ids is not None and len(wish.service_ids) == 1)
        self._start(FreeSearch(wish))

    def _search_on(self) -> None:
        """From where the last search came to: after the last answer, or after the last week without any."""
        last = self._last
        if last is None:
            return
        if last.state is SearchState.ENOUGH and self.times.cells:
            after = self.times.cells[-1].start + timedelta(seconds=1)
        else:
            after = day_bounds(last.searched_to, self._store.snapshot.zone)[1]
        self._start(FreeSearch(self._search.wish, after))
        self.take_focus()

    def _start(self, search: FreeSearch) -> None:
        self._search = search
        self._last = None
        self._more.setEnabled(False)
        self._stop.setVisible(True)
        self._state.setText(translate("NextFree", "Searching …"))
        self.search_wanted.emit(search)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, FreeTimesFound) and change.search_id == self._search.id:
            self.times.add(change.cells)
            self._show_state(change)
            if change.state is not SearchState.GOING:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._state.text()))

        elif isinstance(change, ClinicLoaded) and change.clinic.care_unit.id != self._care_unit_id:
            self._forget(change.clinic.care_unit.id)

    def _forget(self, care_unit_id: str) -> None:
        """Another care unit is shown: what was found in the one before must not be booked in this one."""
        self._care_unit_id = care_unit_id
        self.stop_wanted.emit()
        self._search = FreeSearch()
        self._last = None
        self.times.start_anew(one_service=False)
        self._form.fill(self._store.snapshot, None)
        self._state.clear()
        self._stop.hide()
        self._more.setEnabled(False)

    def _show_state(self, found: FreeTimesFound) -> None:
        self._last = found
        going = found.state is SearchState.GOING
        self._stop.setVisible(going)
        self._more.setEnabled(not going)
        failed = found.state is SearchState.FAILED
        self._more.setText(translate("NextFree", "Try again") if failed else translate("NextFree", "More"))
        day = short_day(found.searched_to)
        count = self.times.count()
        if going:
            text = translate("NextFree", "{count} found. Searching after {day} …")
        elif failed:
            text = translate("NextFree", "{count} found. After {day} could not be read.")
        elif count == 0:
            text = translate("NextFree", "Nothing suits up to {day}.")
        else:
            text = translate("NextFree", "{count} found, up to {day}  ·  read {time}")
        time = clock_time(found.read_at, self._store.snapshot.zone) if found.read_at else ""
        parts = text.format(count=count, day=day, time=time).split(_PART)
        self._state.setText(_PART.join([*parts[:1], *map(together, parts[1:])]))

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self._state, 1)
        state.addWidget(self._stop)
        self._more.setText(translate("NextFree", "More"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label("title", translate("NextFree", "Next free")))
        column.addWidget(self._form)
        column.addSpacing(4)
        column.addLayout(state)
        column.addWidget(self.times, 1)
        column.addWidget(self._more)

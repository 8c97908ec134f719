"""Next free (Ctrl+G): what is looked for above, the times that suit below, to be walked through by the arrow keys."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton, QWidget

from receptionapp.domain.clinic_time import day_bounds
from receptionapp.domain.free_times import FreeTimeCriteria, FreeTimeSearch, SearchState, find_criteria_fault
from receptionapp.domain.layout import FreeCell
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ClinicLoaded, DayBegan, FreeTimeChecked, FreeTimesFound
from ui.finder.sources import when_text, who_text
from ui.labels import announce, label, line_up, non_breaking, plain_tooltip, push_button, stack
from ui.panels.free_time_form import FreeTimeForm
from ui.panels.slot_notes import SURE_FOR
from ui.theme import Theme, pixmap
from ui.words.formatting import criteria_fault_text, moment_text, short_day

translate = QCoreApplication.translate

PAUSE = 250  # ms on a row before it is read again, so that walking past asks nothing

_CELL = Qt.ItemDataRole.UserRole
_CHECKED = Qt.ItemDataRole.UserRole + 1


class FreeTimesList(QListWidget):
    """Signals: check_wanted (FreeCell): somebody looks at this one. taken (FreeCell): Enter or double click."""

    check_wanted = Signal(object)
    taken = Signal(object)

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._one_service = False
        self._take_first = False
        self.setAccessibleName(translate("NextFree", "Free times found"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._want_check)
        self.currentItemChanged.connect(self._pause_on_row)
        self.itemDoubleClicked.connect(self._take)
        store.watch(self._on_checked, FreeTimeChecked)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in range(self.count()):
            self._dress(self.item(row))

    def begin(self, *, one_service: bool) -> None:
        """Other times are being looked for; with `one_service` chosen above, its name is not said on each row."""
        self._one_service = one_service
        self._take_first = False
        self.clear()

    def add(self, cells: tuple[FreeCell, ...]) -> None:
        """Further times, all later than those that are there. The mark stays where it is."""
        for cell in cells:
            item = QListWidgetItem()
            item.setData(_CELL, cell)
            self._dress(item)
            self.addItem(item)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        if self._take_first and self.count():
            self._take(self.item(0))

    @property
    def cells(self) -> tuple[FreeCell, ...]:
        return tuple(self.item(row).data(_CELL) for row in range(self.count()))

    def last_check_of(self, item: QListWidgetItem) -> FreeTimeChecked | None:
        """What reading it again has told, if that was done."""
        checked: FreeTimeChecked | None = item.data(_CHECKED)
        return checked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_first = False
            super().keyPressEvent(event)
        elif item := self.currentItem():
            self._take(item)
        else:
            self._take_first = True  # pressed before the first has come: it is what is meant

    def _take(self, item: QListWidgetItem) -> None:
        self._take_first = False
        self.taken.emit(item.data(_CELL))

    def _pause_on_row(self) -> None:
        self._pause.start()

    def _want_check(self) -> None:
        item = self.currentItem()
        if item is None or not self.isVisible():
            return
        checked = self.last_check_of(item)
        if checked is None or self._store.now() - checked.at > SURE_FOR:
            self.check_wanted.emit(item.data(_CELL))

    def _on_checked(self, change: FreeTimeChecked) -> None:
        for row in range(self.count()):
            item = self.item(row)
            cell: FreeCell = item.data(_CELL)
            if (cell.start, cell.resource_id) == (change.cell.start, change.cell.resource_id):
                item.setData(_CHECKED, change)
                self._dress(item)

    def _dress(self, item: QListWidgetItem) -> None:
        snapshot = self._store.snapshot
        cell: FreeCell = item.data(_CELL)
        if snapshot.clinic is None:
            return
        sign, colour, words = self._certainty(self.last_check_of(item))
        when = when_text(cell, snapshot)
        item.setText(f"{when}{words}\n{who_text(cell, snapshot.clinic, one_service=self._one_service)}")
        item.setToolTip(plain_tooltip(who_text(cell, snapshot.clinic, one_service=False)))
        item.setIcon(QIcon(pixmap(sign, colour, 20, self.devicePixelRatioF())))

    def _certainty(self, checked: FreeTimeChecked | None) -> tuple[str, str, str]:
        """A sign, its colour, and words that say the same."""
        theme = self._theme
        if checked is None:
            return "clock", theme.muted, ""
        if checked.offered is None:
            return "unknown", theme.warning, "  ·  " + translate("NextFree", "not read again")
        if checked.offered:
            return "check", theme.success, "  ·  " + translate("NextFree", "still free")
        return "cancelled", theme.danger, "  ·  " + translate("NextFree", "gone")


_PART = "  ·  "


class NextFreePage(QWidget):
    """Signals: search_wanted (FreeTimeSearch), stop_wanted (); check_wanted and taken (FreeCell) as the list's."""

    search_wanted = Signal(object)
    stop_wanted = Signal()
    check_wanted = Signal(object)
    taken = Signal(object)

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._search = FreeTimeSearch()
        self._last: FreeTimesFound | None = None
        self._care_unit_id = ""
        self._form = FreeTimeForm()
        self.times = FreeTimesList(store, theme)
        self._state = label("muted")
        self._stop = QToolButton()
        self._stop.setText(translate("NextFree", "Stop"))
        self._stop.setProperty("kind", "link")
        self._more = push_button("", self._search_on)
        self._lay_out()
        self._form.changed.connect(self._search_anew)
        self._stop.clicked.connect(self.stop)
        self.times.check_wanted.connect(self.check_wanted)
        self.times.taken.connect(self.taken)
        store.watch(self._on_changed, FreeTimesFound, ClinicLoaded)
        store.watch(self._on_day, DayBegan)

    def set_theme(self, theme: Theme) -> None:
        self.times.set_theme(theme)

    def begin(self, wish: FreeTimeCriteria | None) -> None:
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
        wish = self._form.criteria
        if (fault := find_criteria_fault(wish)) is not None:
            self._refuse(criteria_fault_text(fault))
            return
        self.times.begin(one_service=wish.service_ids is not None and len(wish.service_ids) == 1)
        self._start(FreeTimeSearch(wish))

    def _refuse(self, why: str) -> None:
        """An empty or upside-down choice is named, and not searched for."""
        self._begin_with(why)
        announce(self, why)

    def _search_on(self) -> None:
        """From where the last search came to: after the last answer, or after the last week without any."""
        last = self._last
        if last is None:
            return
        if last.state is SearchState.ENOUGH and self.times.cells:
            after = self.times.cells[-1].start + timedelta(seconds=1)
        else:
            after = day_bounds(last.searched_to, self._store.snapshot.zone)[1]
        self._start(FreeTimeSearch(self._search.criteria, after))
        self.take_focus()

    def _start(self, search: FreeTimeSearch) -> None:
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
                announce(self, self._state.text())

        elif isinstance(change, ClinicLoaded) and change.clinic.care_unit.id != self._care_unit_id:
            self._forget(change.clinic.care_unit.id)

    def _on_day(self) -> None:
        if self._last is not None:
            self._show_state(self._last)

    def _forget(self, care_unit_id: str) -> None:
        """Another care unit is shown: what was found in the one before must not be booked in this one."""
        self._care_unit_id = care_unit_id
        self._form.fill(self._store.snapshot, None)
        self._begin_with("")

    def _begin_with(self, said: str) -> None:
        """Nothing found, and no search under way."""
        self.stop_wanted.emit()
        self._search = FreeTimeSearch()
        self._last = None
        self.times.begin(one_service=False)
        self._state.setText(said)
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
        now, zone = self._store.now(), self._store.snapshot.zone
        time = moment_text(found.read_at, now, zone) if found.read_at else ""
        parts = text.format(count=count, day=day, time=time).split(_PART)
        self._state.setText(_PART.join([*parts[:1], *map(non_breaking, parts[1:])]))

    def _lay_out(self) -> None:
        state = line_up((self._state, 1), self._stop)
        self._more.setText(translate("NextFree", "More"))
        stack(
            label("title", translate("NextFree", "Next free")),
            self._form,
            4,
            state,
            (self.times, 1),
            self._more,
            on=self,
            margins=16,
            spacing=8,
        )

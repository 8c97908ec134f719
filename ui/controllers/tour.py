"""The tour itself: watches the store and the screen, keeps the progress, and says the next thing to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.services.tour_progress import (
    TourHint,
    TourPanel,
    TourProgress,
    TourScreen,
    apply_change,
    next_hint,
    skip_task,
)
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change
from ui.dialogs.new_patient import NewPatientDialog
from ui.tour import card
from ui.tour.card import ControlOutline, TourCard

if TYPE_CHECKING:
    from receptionapp.services.practice import PracticeControls
    from ui.main_window import MainWindow


NATIVE = QKeySequence.SequenceFormat.NativeText


class TourController(QObject):
    """Signals: met: it was begun or put off, so that it need not be offered again."""

    met = Signal()

    def __init__(self, window: "MainWindow", store: BookStore, behind: "PracticeControls") -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._behind = behind
        self._progress: TourProgress | None = None
        self._number = ""
        self._looked: tuple[object, bool] | None = None
        self._will_lose = False
        self._card = window.tour_card
        self._mark = ControlOutline(window)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show)
        window.actions_.tour.setEnabled(True)
        window.actions_.tour.triggered.connect(lambda: self.begin())
        self._connect_card(self._card)
        self._watch()

    @property
    def progress(self) -> TourProgress | None:
        """How far it has come; None while it does not run."""
        return self._progress

    def offer(self) -> None:
        """Ask in a strip, without a dialog."""
        self._card.offer()

    def begin(self, progress: TourProgress | None = None) -> None:
        """From the first task, or from where it was."""
        self._number = self._behind.made_up_number()
        self._progress = progress or TourProgress()
        self.met.emit()
        self._show()

    def end(self) -> None:
        self._progress = None
        self._lose(False)
        self._mark.show_on(None)
        self._card.hide()
        self.met.emit()

    def _connect_card(self, card: TourCard) -> None:
        card.started.connect(lambda: self.begin())
        card.put_off.connect(self.end)
        card.ended.connect(self.end)
        card.skipped.connect(self._skip)
        card.ehr_look_wanted.connect(self._look)
        card.guide_wanted.connect(self._window.actions_.guide.trigger)

    def _watch(self) -> None:
        """Whatever may change what is meant next; what it means is read from the screen, so nothing can be missed."""
        window, panel = self._window, self._window.panel
        self._store.changed.connect(self._on_changed)
        for happened in (
            window.book_area.cell_chosen,
            window.book_area.appointment_chosen,
            window.book_area.selection_cleared,
            panel.slot_form.picker.person_chosen,
            panel.card.changing.move_wanted,
            panel.escape_pressed,
            window.actions_.move.triggered,
            window.actions_.next_free.triggered,
        ):
            happened.connect(self._look_again)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._look_again)

    def _on_changed(self, change: Change) -> None:
        if self._progress is not None:
            self._progress = apply_change(self._progress, change)
            self._soon.start()

    def _look_again(self, *_what: object) -> None:
        if self._progress is not None:
            self._soon.start()

    def _skip(self) -> None:
        if self._progress is not None:
            self._progress = skip_task(self._progress)
            self._show()

    def _lose(self, wanted: bool) -> None:
        if wanted is not self._will_lose:
            self._will_lose = wanted
            (self._behind.lose_next_answer if wanted else self._behind.stop_losing_answers)()

    def _look(self) -> None:
        own = self._window.panel.card.appointment
        if own is not None:
            self._behind.look_up_in_ehr(own, lambda there: self._show_ehr_answer(own, there))

    def _show_ehr_answer(self, own: OwnAppointment, there: bool) -> None:
        self._looked = own.key, there
        self._show()

    def _show(self) -> None:
        progress = self._progress
        if progress is None:
            return
        self._lose(progress.loses_an_answer)
        now = next_hint(progress, self._seen())
        if now is None:
            self._mark.show_on(None)
            self._card.show_end(progress, card.task_heading(progress), card.closing_text(progress, self._facts()))
            return
        said = card.hint_text(progress, now, self._facts())
        look = card.look_button_text(self._store.snapshot.emr) if now is TourHint.LOOK else ""
        self._card.show_task(progress, card.task_heading(progress), said, look)
        self._mark.show_on(self._control(now))

    def _seen(self) -> TourScreen:
        panel = self._window.panel
        form, card, move = panel.slot_form, panel.card, panel.move_form
        shown = {form: TourPanel.FORM, card: TourPanel.CARD, panel.next_free: TourPanel.NEXT_FREE, move: TourPanel.MOVE}
        side = next((side for part, side in shown.items() if part.isVisible()), TourPanel.NOTHING)
        own = card.appointment
        return TourScreen(
            side,
            time_chosen=(move.time_chosen if side is TourPanel.MOVE else form.slot is not None),
            person=form.picker.person.reference if form.picker.person else None,
            sending=form.request is not None or move.request is not None,
            registering=any(dialog.isVisible() for dialog in self._window.findChildren(NewPatientDialog)),
            can_move=_can_be_pressed(card, "move"),
            can_cancel=_can_be_pressed(card, "cancel"),
            unknown=own is not None and own.standing.unknown,
            in_ehr=self._looked[1] if own is not None and self._looked and self._looked[0] == own.key else None,
        )

    def _control(self, now: TourHint) -> QWidget | None:
        window, panel = self._window, self._window.panel
        controls: dict[TourHint, QWidget | None] = {
            TourHint.TAKE_TIME: panel.next_free.times,
            TourHint.CHOOSE_TIME: window.book_area,
            TourHint.FIND_PATIENT: panel.slot_form.picker,
            TourHint.BOOK: panel.slot_form.findChild(QPushButton, "book"),
            TourHint.CHOOSE_APPOINTMENT: window.book_area,
            TourHint.MOVE: panel.card.findChild(QPushButton, "move"),
            TourHint.CHOOSE_NEW_TIME: window.book_area,
            TourHint.MOVE_NOW: panel.move_form.findChild(QPushButton, "moveNow"),
            TourHint.CANCEL: panel.card.findChild(QPushButton, "cancel"),
            TourHint.OPEN_TASK: window.tasks_strip,
            TourHint.LOOK: self._card.look_button,
            TourHint.IT_IS_THERE: panel.card.findChild(QPushButton, "exists"),
            TourHint.IT_IS_GONE: panel.card.findChild(QPushButton, "gone"),
        }
        return controls.get(now)

    def _facts(self) -> dict[str, str]:
        actions = self._window.actions_
        names = ("next_free", "go_to_book", "go_to_panel", "go_to_tasks", "move", "new_patient", "guide")
        keys = {name: getattr(actions, name).shortcut().toString(NATIVE) for name in names}
        book = QKeySequence("Ctrl+Return").toString(NATIVE)
        return keys | {"book": book, "emr": self._store.snapshot.emr, "name": self._somebody(), "number": self._number}

    def _somebody(self) -> str:
        """The last name of a made-up patient whom the search will find."""
        names = sorted(own.person.last_name for own in self._store.snapshot.appointments.values())
        return names[0] if names else "Hansen"


def _can_be_pressed(place: QWidget, name: str) -> bool:
    button = place.findChild(QPushButton, name)
    return button is not None and button.isVisible() and button.isEnabled()

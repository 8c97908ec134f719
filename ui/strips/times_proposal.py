"""Above a sparse day: that it can be seen as times. Asked once, and the answer is remembered."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame

from receptionapp.domain.frame import fit
from receptionapp.domain.layout import ViewSpan
from receptionapp.domain.times import is_sparse
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, TimeslotsLoaded, ViewMoved
from ui.labels import label, line_up, push_button

translate = QCoreApplication.translate


class TimesProposal(QFrame):
    """Signals: declined (): the grid is to stay. `times` is the command that shows a day as times."""

    declined = Signal()

    def __init__(self, store: BookStore, times: QAction) -> None:
        super().__init__()
        self._store = store
        self._times = times
        self._may_ask = False
        self.setObjectName("timesProposal")
        keys = times.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = translate("TimesProposal", "Little of this day can be booked. {key} shows times only.").format(key=keys)
        show = push_button(translate("TimesProposal", "Show times"), times.trigger)
        keep = push_button(translate("TimesProposal", "Keep the grid"), self._decline)
        line_up((label("", words), 1), show, keep, on=self, margins=(12, 6, 12, 6), spacing=8)
        self.hide()
        times.toggled.connect(self._answer)
        store.watch(self._on_changed, TimeslotsLoaded, ViewMoved)

    def ask_when_sparse(self) -> None:
        """Nobody has answered yet at this desk."""
        self._may_ask = True
        self._look()

    def _on_changed(self, _change: Change) -> None:
        if self._may_ask:
            self._look()

    def _look(self) -> None:
        page = self._store.snapshot.page()
        if page is None or self._times.isChecked():
            self.hide()
            return
        frame = fit(page)
        if frame.settled or page.span is not ViewSpan.DAY:  # while it is being read, what is shown stays
            self.setVisible(page.span is ViewSpan.DAY and is_sparse(page, frame))

    def _decline(self) -> None:
        self._answer()
        self.declined.emit()

    def _answer(self) -> None:
        self._may_ask = False
        self.hide()

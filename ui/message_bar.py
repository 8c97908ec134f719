"""Below the book: what happened last, in a sentence, until it is put away or something newer happens."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from receptionapp.domain.intent import Outcome, ReadFailure, WriteNotice
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ClinicLoaded, TimeslotsLoaded, UserChanged, UserNotified
from ui.labels import announce, label, line_up, non_breaking, plain_tooltip, push_button, stack
from ui.theme import Theme, pixmap
from ui.words.sentences import Sentence, notice_sentence, read_failure_sentence, undo_text

translate = QCoreApplication.translate

_ICONS = {"done": "check", "waiting": "clock", "refused": "warning", "unknown": "unknown", "info": "info"}
IDLE = "idle"
Offer = tuple[str, Callable[[], None]]
"""The words of a button, and what a press does."""
LEAST_HEIGHT = 52  # room for two lines: a message must not shift the book above it


class MessageBar(QFrame):
    """The last outcome: colour, icon and words say the same. Idle, it reminds of the keys. Signals: undo_wanted."""

    undo_wanted = Signal()

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._about_reading = False
        self._about: set[str] = set()  # references of the patients whom the message names
        self.setProperty("role", "message")
        self._picture = QLabel()
        self._what = label("strong")
        self._why = label("muted")
        for text in (self._what, self._why):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")
        self._close.setAccessibleName(translate("MessageBar", "Put the message away"))
        self._close.setToolTip(translate("MessageBar", "Put the message away"))
        self._close.clicked.connect(self.clear)
        self._undo = push_button(translate("MessageBar", "Undo"), self.undo_wanted)
        words = stack(self._what, self._why, spacing=2)
        row = line_up(self._picture, (words, 1), on=self, margins=(12, 8, 8, 8), spacing=12)
        self._offers = line_up(spacing=8)
        row.addLayout(self._offers)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.clear()
        store.watch(self._on_changed, TimeslotsLoaded, ClinicLoaded, UserNotified, UserChanged)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._draw_picture()

    @property
    def text(self) -> str:
        """The message shown, or nothing while there is none."""
        return "" if self.property("kind") == IDLE else f"{self._what.text()} {self._why.text()}".strip()

    def show_message(self, sentence: Sentence, kind: str = "info", offers: Sequence[Offer] = ()) -> None:
        """Show one sentence. `kind` is an `AnswerOrError` value, or "info". `offers` are what can be done about it."""
        self._offer(offers)
        self._about_reading = False
        self._about = set()
        self._what.setText(sentence.what)
        reference = non_breaking(translate("MessageBar", "Reference: {id}").format(id=sentence.reference))
        self._why.setText(f"{sentence.why} {reference}".strip() if sentence.reference else sentence.why)
        self._show_as(kind)
        if not self.window().isHidden():  # behind the lock page it is not read out either
            announce(self, sentence.text)

    def clear(self) -> None:
        """Show no message."""
        self._offer(())
        self._about_reading = False
        self._about = set()
        self._what.clear()
        hints = translate("MessageBar", "{find}  find     {free}  next free     {book}  book     {guide}  guide")
        self._why.setText(hints.format(find=_key("Ctrl+K"), free=_key("Ctrl+G"), book=_key("Ctrl+B"), guide=_key("F1")))
        self._show_as(IDLE)

    def forget(self, reference: str) -> None:
        """Put the message away if it names the patient with this reference; what it would undo is forgotten too."""
        if reference in self._about:
            self.clear()
        else:
            self._show_undo(shown=self.property("kind") != IDLE)

    def _offer(self, offers: Sequence[Offer]) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        for text, do in offers:
            made = push_button(text, lambda _checked=False, do=do: do())
            self._offers.addWidget(made)
            made.show()

    def _show_as(self, kind: str) -> None:
        idle = kind == IDLE
        self._what.setVisible(not idle)
        self._why.setVisible(bool(self._why.text()))
        self._picture.setVisible(not idle)
        self._close.setVisible(not idle)
        self._show_undo(shown=not idle)
        self.setProperty("kind", kind)
        for widget in (self, self._what, self._why):
            widget.style().polish(widget)
        self._draw_picture()

    def _show_undo(self, *, shown: bool) -> None:
        """What it would undo is said in full, since the message above may be a newer one."""
        snapshot = self._store.snapshot
        self._undo.setVisible(shown and snapshot.undoable is not None)
        if snapshot.undoable is not None:
            said = undo_text(snapshot.undoable, snapshot.zone)
            self._undo.setToolTip(plain_tooltip(said))
            self._undo.setAccessibleDescription(said)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, UserChanged):
            self._show_undo(shown=self.property("kind") != IDLE)
        if isinstance(change, TimeslotsLoaded | ClinicLoaded) and self._about_reading:
            self.clear()  # what could not be read is read
        if isinstance(change, UserNotified) and isinstance(change.what, WriteNotice):
            self._say_outcome(change.what)
        elif isinstance(change, UserNotified) and isinstance(change.what, ReadFailure):
            self._say_not_read(change.what)

    def _say_outcome(self, notice: WriteNotice) -> None:
        snapshot = self._store.snapshot
        emr = snapshot.emr
        kind = Outcome.UNKNOWN if notice.outcome is Outcome.HALF_DONE else notice.outcome
        self.show_message(notice_sentence(notice, snapshot.zone, emr), kind)
        people = (notice.person, notice.appointment.person if notice.appointment else None)
        self._about = {person.reference for person in people if person is not None}

    def _say_not_read(self, failed: ReadFailure) -> None:
        """Never in place of what became of an appointment: that must be read first."""
        if self.property("kind") in (IDLE, Outcome.DONE) or self._about_reading:
            again = failed.retry_in is not None
            sentence = read_failure_sentence(failed, self._store.snapshot.emr)
            self.show_message(sentence, Outcome.WAITING if again else Outcome.REFUSED)
            self._about_reading = True

    def _draw_picture(self) -> None:
        kind = str(self.property("kind"))
        if kind == IDLE:
            return
        colours = {"done": self._theme.success, "refused": self._theme.danger, "unknown": self._theme.warning}
        colour = colours.get(kind, self._theme.accent)
        self._picture.setPixmap(pixmap(_ICONS[kind], colour, 20, self.devicePixelRatioF()))


def _key(portable: str) -> str:
    """As this computer's keyboard has it."""
    return QKeySequence(portable).toString(QKeySequence.SequenceFormat.NativeText)

"""Below the book: what happened last, in a sentence, until it is put away or something newer happens."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from receptionapp.domain.outcome import Notice, Outcome
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, Told
from ui.icons import pixmap
from ui.labels import label
from ui.sentences import Sentence, of_failed_reading, of_notice
from ui.theme import Theme

translate = QCoreApplication.translate

_ICONS = {"done": "check", "waiting": "code", "refused": "warning", "unknown": "unknown", "info": "info"}


class MessageBar(QFrame):
    """The last outcome: colour, icon and words say the same."""

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
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
        self._close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        store.changed.connect(self._on_changed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._draw_picture()

    @property
    def text(self) -> str:
        """All that is shown, or nothing when the bar is put away."""
        return "" if self.isHidden() else f"{self._what.text()} {self._why.text()}".strip()

    def say(self, sentence: Sentence, kind: str = "info") -> None:
        """Show one sentence. `kind` is an `Outcome` value, or "info"."""
        self._what.setText(sentence.what)
        reference = translate("MessageBar", "Reference: {id}").format(id=sentence.reference)
        self._why.setText(f"{sentence.why} {reference}".strip() if sentence.reference else sentence.why)
        self._why.setVisible(bool(self._why.text()))
        self.setProperty("kind", kind)
        self.style().polish(self)
        self._draw_picture()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence.text))

    def _on_changed(self, change: Change) -> None:
        if not isinstance(change, Told):
            return
        snapshot = self._store.snapshot
        emr = snapshot.capabilities.name if snapshot.capabilities else "Leyr"
        if isinstance(change.what, Notice):
            self.say(of_notice(change.what, snapshot.zone, emr), change.what.outcome)
        else:
            self.say(of_failed_reading(change.what, emr), Outcome.REFUSED)

    def _draw_picture(self) -> None:
        kind = str(self.property("kind") or "info")
        colours = {"done": self._theme.success, "refused": self._theme.danger, "unknown": self._theme.warning}
        colour = colours.get(kind, self._theme.accent)
        self._picture.setPixmap(pixmap(_ICONS[kind], colour, 20, self.devicePixelRatioF()))

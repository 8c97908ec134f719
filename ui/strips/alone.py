"""Above the book while the ledger that the desks share can't be reached: what that means, until it is back."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, LedgerInReach
from ui.icons import pixmap
from ui.labels import label
from ui.message_bar import MessageBar
from ui.theme import Theme
from ui.words.sentences import Sentence

translate = QCoreApplication.translate


class AloneStrip(QFrame):
    """Hidden while all is well. That it is well again is said below the book."""

    def __init__(self, store: BookStore, message_bar: MessageBar, theme: Theme) -> None:
        super().__init__()
        self._message_bar = message_bar
        self._theme = theme
        self.setProperty("role", "message")
        self.setProperty("kind", "unknown")
        self._picture = QLabel()
        self._what = label("strong", translate("AloneStrip", "The clinic's shared book can't be reached."))
        self._why = label(
            "muted",
            translate(
                "AloneStrip",
                "Nothing can be booked, moved or cancelled, and free times may be taken by another desk. "
                "It is tried again all the time.",
            ),
        )
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._what)
        words.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.set_theme(theme)
        store.changed.connect(self._on_changed)
        if store.snapshot.ledger_in_reach:
            self.hide()  # and not shown otherwise: without a parent yet, it would be a window

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._picture.setPixmap(pixmap("offline", theme.warning, 20, self.devicePixelRatioF()))

    def _on_changed(self, change: Change) -> None:
        if not isinstance(change, LedgerInReach) or change.in_reach is self.isHidden():
            return
        self.setVisible(not change.in_reach)
        if change.in_reach:
            back = translate("AloneStrip", "The clinic's shared book is back.")
            why = translate("AloneStrip", "What other desks did meanwhile is in it now.")
            self._message_bar.say(Sentence(back, why), "done")
        else:
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self, f"{self._what.text()} {self._why.text()}")
            )

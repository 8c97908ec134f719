"""Above the book when the ledger can't be opened or the server can't be reached: why, and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import LedgerReachable
from ui.labels import announce, label, line_up, push_button, stack
from ui.message_bar import MessageBar
from ui.theme import Theme, pixmap
from ui.words.sentences import Sentence, ledger_problem_sentence

translate = QCoreApplication.translate

_OPENED_BY_KEY = frozenset({"missing", "wrong", "wrong_key", "store_locked", "store_failed"})
_BEGUN_ANEW = frozenset({"missing", "wrong", "wrong_key"})


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """What a person wants done: try again as it is, with this key, or with a new record."""

    typed_key: str = field(default="", repr=False)
    begins_anew: bool = False


class _TroubleStrip(QFrame):
    """A picture, what there is to say, and why."""

    def __init__(self, kind: str, picture: str, role: str, theme: Theme, what: str = "", why: str = "") -> None:
        super().__init__()
        self.setProperty("role", "message")
        self.setProperty("kind", kind)
        self._picture, self._named, self._role = QLabel(), picture, role
        self._what = label("strong", what)
        self._why = label("muted", why)
        words = stack(self._what, self._why, spacing=4)
        self._row = line_up((self._picture, 0, Qt.AlignmentFlag.AlignTop), (words, 1), on=self, margins=12, spacing=12)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        colour = getattr(theme, self._role)
        self._picture.setPixmap(pixmap(self._named, colour, 20, self.devicePixelRatioF()))


class LedgerStrip(_TroubleStrip):
    """Hidden until there is trouble."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("refused", "lock", "danger", theme)
        self._choose: Callable[[LedgerChoice], None] = lambda choice: None
        self.again = push_button(
            translate("LedgerNotice", "Try again"), lambda: self._decide(LedgerChoice()), kind="primary"
        )
        self._key = push_button(translate("LedgerNotice", "Enter the recovery key …"), self._ask_for_key)
        self._anew = push_button(translate("LedgerNotice", "Begin a new record …"), self._ask_whether_anew)
        for words in (self._what, self._why):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for button in (self._anew, self._key, self.again):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or nothing while all is well."""
        return "" if self.isHidden() else f"{self._what.text()} {self._why.text()}"

    def show_problem(self, fault: str, has_locked_file: bool, choose: Callable[[LedgerChoice], None]) -> None:
        """Say it, and call `choose` once with what the person wants. A record that is there and encrypted can be
        opened by its recovery key, or be put aside."""
        self._choose = choose
        sentence = ledger_problem_sentence(fault)
        self._what.setText(sentence.what)
        self._why.setText(sentence.why)
        self._key.setVisible(has_locked_file and fault in _OPENED_BY_KEY)
        self._anew.setVisible(has_locked_file and fault in _BEGUN_ANEW)
        for button in (self.again, self._key, self._anew):
            button.setEnabled(True)
        self.show()
        announce(self, sentence.text)

    def hide_problem(self) -> None:
        self.hide()

    def _ask_for_key(self) -> None:
        from ui.dialogs.ledger_recovery import RecoveryKeyDialog

        dialog = RecoveryKeyDialog(self.window())
        dialog.key_typed.connect(lambda typed: self._decide(LedgerChoice(typed_key=typed)))
        dialog.open()

    def _ask_whether_anew(self) -> None:
        from ui.dialogs.ledger_recovery import NewLedgerDialog

        dialog = NewLedgerDialog(self.window())
        dialog.accepted.connect(lambda: self._decide(LedgerChoice(begins_anew=True)))
        dialog.open()

    def _decide(self, choice: LedgerChoice) -> None:
        for button in (self.again, self._key, self._anew):
            button.setEnabled(False)
        self._choose(choice)


class LedgerUnreachableStrip(_TroubleStrip):
    """Hidden while all is well. That it is well again is said below the book."""

    def __init__(self, store: BookStore, message_bar: MessageBar, theme: Theme) -> None:
        super().__init__(
            "unknown",
            "offline",
            "warning",
            theme,
            translate("AloneStrip", "The clinic's shared book can't be reached."),
            translate(
                "AloneStrip",
                "Nothing can be booked, moved or cancelled, and free times may be taken by another desk. "
                "It is tried again all the time.",
            ),
        )
        self._message_bar = message_bar
        store.watch(self._on_changed, LedgerReachable)
        if store.snapshot.ledger_reachable:
            self.hide()  # and not shown otherwise: without a parent yet, it would be a window

    def _on_changed(self, change: LedgerReachable) -> None:
        if change.reachable is self.isHidden():
            return
        self.setVisible(not change.reachable)
        if change.reachable:
            back = translate("AloneStrip", "The clinic's shared book is back.")
            why = translate("AloneStrip", "What other desks did meanwhile is in it now.")
            self._message_bar.show_message(Sentence(back, why), "done")
        else:
            announce(self, f"{self._what.text()} {self._why.text()}")

"""What is seen of a locked desk: whose it can be, and the field for the PIN. Nothing about any patient."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from receptionapp.domain.user import LONGEST, PRACTICE_USERS, User
from receptionapp.store.presence import Presence, Refusal
from ui.fields import TextField
from ui.labels import ROOM, announce, heading_of, label, line_up, push_button, stack
from ui.theme import Theme, pixmap
from ui.users.form import refusal_text, wait_text

translate = QCoreApplication.translate

WIDTH = 360  # pixels
SHOWN = 6  # names without scrolling
_AROUND_NAMES = 6  # pixels: the list's border and padding, above and below
_WHO = Qt.ItemDataRole.UserRole


class LockPage(QWidget):
    """Signals: unlock_wanted (the user's key, PIN). takeover_accepted: take over what the one before left half done.
    takeover_declined: begin without it."""

    unlock_wanted = Signal(object, str)
    takeover_accepted = Signal()
    takeover_declined = Signal()

    def __init__(self, theme: Theme, *, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waits = 0
        self._practice = practice
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._names = QListWidget()
        self._names.setAccessibleName(translate("LockPage", "Who are you?"))
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names.currentRowChanged.connect(self._on_name_chosen)
        self._names.itemClicked.connect(self.take_focus)
        self._names.installEventFilter(self)
        self._pin = TextField(longest=LONGEST)
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setAccessibleName(translate("LockPage", "PIN"))
        self._pin.setPlaceholderText(translate("LockPage", "PIN"))
        self._pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self._pin.returnPressed.connect(self._unlock)
        self._pin.textEdited.connect(self._on_pin_typed)
        self._pin.installEventFilter(self)
        self._said = label("fault")
        self._said.setMinimumHeight(36)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._button = push_button(translate("LockPage", "Unlock"), self._unlock, kind="primary")
        self._hint = label("muted")
        self._whose = label("")
        self._title = label("title")
        who = heading_of(self._names, translate("LockPage", "Who are you?"))
        self._asking_pin = (who, self._names, self._pin, self._button, self._said, self._hint)
        self._asking_whether = self._make_takeover()
        self._lay_out()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._picture.setPixmap(pixmap("lock", theme.muted, 32, self.devicePixelRatioF()))

    def show_presence(self, presence: Presence, chosen: User | None) -> None:
        """Ask for a PIN, of `chosen` unless another name is picked."""
        self._names.clear()
        for user in presence.active:
            item = QListWidgetItem(user.name)
            item.setData(_WHO, user)
            self._names.addItem(item)
            if chosen is not None and user.key == chosen.key:
                self._names.setCurrentItem(item)
        if self._names.currentRow() < 0 and self._names.count() == 1:
            self._names.setCurrentRow(0)
        rows = max(1, min(self._names.count(), SHOWN))
        self._names.setFixedHeight(self._names.sizeHintForRow(0) * rows + _AROUND_NAMES)
        names = {user.name for user in presence.active}
        pins = [f"{user.name}: {user.pin}" for user in PRACTICE_USERS if user.name in names]
        self._hint.setText(
            translate("LockPage", "Made-up people and their PINs:") + "\n" + "\n".join(pins) if self._practice else ""
        )
        self._show(self._asking_pin, translate("LockPage", "This desk is locked"))
        self._wait(0)
        self._said.clear()
        self._show_busy(False)
        self._pin.clear()

    def announce_locked(self) -> None:
        """Announce it for screen readers: a desk that locks by itself seems to ignore the keyboard."""
        announce(self, self._title.text())

    def refuse(self, refusal: Refusal) -> None:
        """Say why it is still locked, and count down until the next PIN is taken."""
        self._show_busy(False)
        self._pin.clear()
        self._why = refusal_text(refusal)
        self._wait(refusal.seconds)
        self._show_wait()
        announce(self, self._said.text())
        if not self._waits:
            self.take_focus()

    def ask_to_take_over(self, former: User) -> None:
        """Somebody else has unlocked it: what was left half done is not theirs until they say so."""
        words = translate("LockPage", "{name} left something half done. It was not sent.").format(name=former.name)
        self._whose.setText(words)
        self._show(self._asking_whether, translate("LockPage", "Go on where it was left?"))
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words)

    def _show(self, asked: tuple[QWidget, ...], title: str) -> None:
        """One question at a time, in a card that is as high as it."""
        self._title.setText(title)
        for part in (*self._asking_pin, *self._asking_whether):
            part.setVisible(part in asked)
        if not self._practice:
            self._hint.hide()

    def take_focus(self) -> None:
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters and arrows pick a name and digits are the PIN, wherever the keyboard is."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._pin:
                return self._name_key(event)
            if watched is self._names:
                return self._pin_key(event)
        return super().eventFilter(watched, event)

    def _name_key(self, event: QKeyEvent) -> bool:
        count, row = self._names.count(), self._names.currentRow()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and count:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._names.setCurrentRow((max(row, -1 if step > 0 else 0) + step) % count)
            return True
        if event.text().isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            beginning = [n for n in range(count) if self._user(n).name.casefold().startswith(event.text().casefold())]
            if beginning:  # the next one, after the one that is marked
                self._names.setCurrentRow(next((n for n in beginning if n > row), beginning[0]))
            return True
        return False

    def _pin_key(self, event: QKeyEvent) -> bool:
        if event.text().isdigit() and self._pin.isEnabled():
            self.take_focus()
            self._pin.insert(event.text())
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_focus()
            return True
        return False

    def _user(self, row: int) -> User:
        user: User = self._names.item(row).data(_WHO)
        return user

    def _on_name_chosen(self, row: int) -> None:
        if row >= 0:
            self._pin.setAccessibleDescription(self._user(row).name)
        if self._waits:  # perhaps only the other one must wait: the ledger knows
            self._wait(0)
            self._said.clear()
        self._pin.clear()

    def _on_pin_typed(self) -> None:
        if not self._waits:
            self._said.clear()

    def _unlock(self) -> None:
        row = self._names.currentRow()
        if self._waits or not self._button.isEnabled():
            return
        if row < 0:
            self._said.setText(translate("LockPage", "Choose your name first."))
            return
        if not self._pin.text():
            self.take_focus()
            return
        self._show_busy(True)
        self.unlock_wanted.emit(self._user(row).key, self._pin.text())

    def _show_busy(self, busy: bool) -> None:
        self._button.setEnabled(not busy and not self._waits)
        self._button.setText(translate("LockPage", "Checking …") if busy else translate("LockPage", "Unlock"))

    def _wait(self, seconds: int) -> None:
        self._waits = seconds
        self._pin.setEnabled(not seconds)
        self._button.setEnabled(not seconds)
        if seconds:
            self._second.start()
            self._names.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._second.stop()

    def _count_down(self) -> None:
        self._wait(max(0, self._waits - 1))
        self._show_wait()
        if not self._waits:
            self._said.clear()
            self.take_focus()

    def _show_wait(self) -> None:
        self._said.setText(f"{self._why} {wait_text(self._waits)}" if self._waits else self._why)

    def _make_takeover(self) -> tuple[QWidget, ...]:
        self._go_on = push_button(translate("LockPage", "Go on with it"), self.takeover_accepted, kind="primary")
        throw = push_button(translate("LockPage", "Put it away"), self.takeover_declined)
        for button in (self._go_on, throw):
            button.setAutoDefault(True)
        yours = label("muted", translate("LockPage", "If you go on with it, it is yours: the record has your name."))
        return self._whose, yours, self._go_on, throw

    def _lay_out(self) -> None:
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame()
        card.setProperty("role", "card")
        card.setProperty("kind", "page")
        card.setFixedWidth(WIDTH)
        inside = stack(self._picture, self._title, 12, on=card, margins=(32, 28, 32, 24), spacing=8)
        for part in (*self._asking_pin, *self._asking_whether):
            inside.addWidget(part)
        row = line_up(ROOM, card, ROOM)
        stack((None, 2), row, (None, 3), on=self)
        self._why = ""

"""Who may unlock the desk, for administrators, and how soon it locks by itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from receptionapp.domain.user import User
from receptionapp.store.presence import PresenceStore, Refusal
from receptionapp.system.settings import LONGEST, SHORTEST
from ui.fields import Choice, mark_managed
from ui.labels import label, line_up, push_button, stack
from ui.users.form import UserForm, refusal_text

if TYPE_CHECKING:
    from receptionapp.services.users import Users

translate = QCoreApplication.translate

_WHO = Qt.ItemDataRole.UserRole


class UsersDialog(QDialog):
    """Signals: minutes_chosen (int): lock after so many idle minutes from now on."""

    minutes_chosen = Signal(int)

    def __init__(
        self, store: PresenceStore, users: "Users", minutes: int, parent: QWidget, *, minutes_managed: bool
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._users = users
        self.setWindowTitle(translate("UsersDialog", "Users"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 440)
        self._list = QListWidget()
        self._list.setAccessibleName(translate("UsersDialog", "Users"))
        self._list.currentRowChanged.connect(self._show_state)
        self._add = push_button(translate("UsersDialog", "Add …"), self._open_add, auto_default=False)
        self._rename = push_button(translate("UsersDialog", "Rename …"), self._open_rename, auto_default=False)
        self._pin = push_button(translate("UsersDialog", "New PIN …"), self._open_pin, auto_default=False)
        self._administrator = push_button("", self._change_administrator, auto_default=False)
        self._active = push_button("", self._change_active, auto_default=False)
        self._fault = label("fault")
        self._fault.hide()
        self._minutes = Choice()
        for choice in range(SHORTEST, LONGEST + 1):
            self._minutes.addItem(str(choice), choice)
        self._minutes.setCurrentIndex(minutes - SHORTEST)
        if minutes_managed:
            mark_managed(self._minutes)
        self._minutes.setAccessibleName(translate("UsersDialog", "Minutes until the desk locks"))
        self._minutes.activated.connect(lambda index: self.minutes_chosen.emit(index + SHORTEST))
        self._lay_out(minutes_managed)
        store.changed.connect(self._fill)
        store.refused.connect(self._refused)
        self._fill()

    def _lay_out(self, minutes_managed: bool) -> None:
        buttons = stack(spacing=8)
        for button in (self._add, self._rename, self._pin, self._administrator, self._active):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = line_up((self._list, 1), buttons, spacing=12)
        lock = line_up(spacing=8)
        before = label("", translate("UsersDialog", "Lock when nobody has touched the desk for"))
        before.setWordWrap(False)
        before.setBuddy(self._minutes)
        lock.addWidget(before)
        lock.addWidget(self._minutes)
        lock.addWidget(label("", translate("UsersDialog", "minutes")), 1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = box.button(QDialogButtonBox.StandardButton.Close)
        close.setText(translate("UsersDialog", "Close"))
        close.setAutoDefault(False)  # Enter in the list must not close it
        box.rejected.connect(self.reject)
        column = stack(
            label(
                "muted",
                translate(
                    "UsersDialog",
                    "What anybody does or looks at is written down under their name. Nobody is deleted: "
                    "who has left is deactivated.",
                ),
            ),
            (row, 1),
            self._fault,
            lock,
            on=self,
            margins=(20, 20, 20, 16),
            spacing=12,
        )
        if minutes_managed:
            column.addWidget(label("muted", translate("UsersDialog", "Set by your administrator for this computer.")))
        column.addWidget(box)

    def _fill(self) -> None:
        chosen = self._chosen()
        self._list.blockSignals(True)
        self._list.clear()
        for user in self._store.presence.users:
            item = QListWidgetItem(_described(user))
            item.setData(_WHO, user)
            self._list.addItem(item)
            if chosen is not None and chosen.key == user.key:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._fault.hide()
        self._show_state()

    def _show_state(self) -> None:
        user = self._chosen()
        for button in (self._rename, self._pin, self._administrator, self._active):
            button.setEnabled(user is not None)
        is_administrator = user is not None and user.administrator
        self._administrator.setText(
            translate("UsersDialog", "Remove as administrator")
            if is_administrator
            else translate("UsersDialog", "Make administrator")
        )
        is_active = user is None or user.active
        self._active.setText(
            translate("UsersDialog", "Deactivate") if is_active else translate("UsersDialog", "Activate")
        )

    def _chosen(self) -> User | None:
        item = self._list.currentItem()
        user: User | None = item.data(_WHO) if item else None
        return user

    def _open_add(self) -> None:
        form = UserForm(self._store, translate("UsersDialog", "Add a user"), self, name=True, pin=True)
        form.ready.connect(self._users.add)
        form.open()

    def _open_rename(self) -> None:
        user = self._chosen()
        if user is not None:
            form = UserForm(self._store, translate("UsersDialog", "Rename"), self, name=True, pin=False, whose=user)
            form.ready.connect(lambda name, _pin, _administrator: self._users.rename(user.key, name))
            form.open()

    def _open_pin(self) -> None:
        user = self._chosen()
        if user is not None:
            form = UserForm(self._store, translate("UsersDialog", "New PIN"), self, name=False, pin=True, whose=user)
            form.ready.connect(lambda _name, pin, _administrator: self._users.set_pin(user.key, pin))
            form.open()

    def _change_administrator(self) -> None:
        user = self._chosen()
        if user is not None:
            self._users.set_administrator(user.key, not user.administrator)

    def _change_active(self) -> None:
        user = self._chosen()
        if user is not None:
            self._users.set_active(user.key, not user.active)

    def _refused(self, refusal: Refusal) -> None:
        self._fault.setText(refusal_text(refusal))
        self._fault.show()


def _described(user: User) -> str:
    words = [user.name]
    if user.administrator:
        words.append(translate("UsersDialog", "administrator"))
    if not user.active:
        words.append(translate("UsersDialog", "not active"))
    return "  ·  ".join(words)

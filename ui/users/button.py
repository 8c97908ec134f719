"""At the end of the top bar: who is here, with what that person can do about it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from receptionapp.domain.user import User
from ui.labels import escape_mnemonic, plain_tooltip

translate = QCoreApplication.translate


class UserButton(QToolButton):
    """Initials; the whole name is its tooltip and what a screen reader says. Hidden while nobody is named."""

    def __init__(self, actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("userButton")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.setMenu(menu)
        self.hide()

    def show_user(self, user: User | None) -> None:
        self.setVisible(user is not None)
        if user is not None:
            self.setText(escape_mnemonic(user.initials))
            self.setToolTip(plain_tooltip(user.name))
            self.setAccessibleName(translate("UserButton", "{name} is at the desk").format(name=user.name))

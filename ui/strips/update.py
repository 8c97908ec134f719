"""One quiet line at the bottom: there is a newer version, what is new in it, and where to get it."""

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from receptionapp.system.updates import Update
from ui.labels import label, tip

translate = QCoreApplication.translate


class UpdateNotice(QFrame):
    """Hidden until `show_update`. Opens the link only when it is pressed."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._link = ""
        self.setProperty("role", "update")
        self._words = label("muted")
        self._where = QToolButton()
        self._where.setText(translate("UpdateNotice", "Where to get it"))
        self._where.setProperty("kind", "link")
        self._where.clicked.connect(self._open)
        away = QToolButton()
        away.setAutoRaise(True)
        away.setText("×")
        away.setAccessibleName(translate("UpdateNotice", "Put the notice away"))
        away.setToolTip(away.accessibleName())
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._where)
        row.addWidget(away)
        self.hide()

    def show_update(self, update: Update) -> None:
        """Its text comes from outside: plain, one line, and no more than its length."""
        available = translate("UpdateNotice", "Version {version} is available.").format(version=update.version)
        news = update.news.get(self._language) or update.news.get("en", "")
        self._words.setText(f"{available} {news}".strip())
        self._link = update.link
        self._where.setToolTip(tip(update.link))
        self.show()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link))

"""Quiet strips: a test connection, a desk without users, a newer version."""

from PySide6.QtCore import QCoreApplication, QPointF, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QWidget

from receptionapp.domain.connection import ConnectionProfile
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import ProfileKnown
from receptionapp.system.updates import Update
from ui.labels import label, plain_tooltip
from ui.layouts import line_up
from ui.theme import Theme

translate = QCoreApplication.translate

STRIPE = 12  # pixels, of a stripe and of the gap beside it
STRIPED = 96  # pixels, at either end


class ProfileStrip(QFrame):
    """Shows itself where the store says that the connection is a test."""

    def __init__(self, store: BookStore, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "test")
        words = label(
            "banner", translate("ProfileBand", "TEST CONNECTION: made-up people only. Book no real patient here.")
        )
        words.setProperty("kind", "test")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line_up(words, on=self, margins=(STRIPED, 0, STRIPED, 0))
        store.watch(self._show_profile, ProfileKnown)
        if store.snapshot.profile is not ConnectionProfile.TEST:
            self.hide()  # and not shown otherwise: without a parent yet, it would be a window

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.warning))
        for left in (0, self.width() - STRIPED):
            _stripe(painter, QRect(left, 0, STRIPED, self.height()))
        painter.end()

    def _show_profile(self, change: ProfileKnown) -> None:
        self.setVisible(change.profile is ConnectionProfile.TEST)


def _stripe(painter: QPainter, area: QRect) -> None:
    painter.setClipRect(area)
    height = area.height()
    for left in range(area.left() - height, area.right() + STRIPE, 2 * STRIPE):
        corners = ((left, height), (left + height, 0), (left + height + STRIPE, 0), (left + STRIPE, height))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


class FirstUserStrip(QFrame):
    """Signals: wanted: name the first one now. Put off, it is gone until the next start."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("kind", "waiting")
        begin = QPushButton(translate("FirstUserBand", "Name the first one …"))
        begin.clicked.connect(self.wanted)
        later = QPushButton(translate("FirstUserBand", "Later"))
        later.clicked.connect(self.hide)
        line_up(
            (
                label(
                    "",
                    translate(
                        "FirstUserBand",
                        "Nobody is named at this desk yet: it can't lock, and the record can't tell who did what.",
                    ),
                ),
                1,
            ),
            begin,
            later,
            on=self,
            margins=(12, 4, 8, 4),
            spacing=8,
        )
        self.hide()


class UpdateStrip(QFrame):
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
        line_up((self._words, 1), self._where, away, on=self, margins=(12, 2, 8, 2), spacing=8)
        self.hide()

    def show_update(self, update: Update) -> None:
        """Its text comes from outside: plain, one line, and no more than its length."""
        available = translate("UpdateNotice", "Version {version} is available.").format(version=update.version)
        news = update.news.get(self._language) or update.news.get("en", "")
        self._words.setText(f"{available} {news}".strip())
        self._link = update.link
        self._where.setToolTip(plain_tooltip(update.link))
        self.show()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link))

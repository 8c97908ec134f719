"""Across the top of a test connection: a word, slanting stripes and a colour that the book for real patients never has.

A booking made here while one believes it is real is a patient without an appointment; the other way round it is an
appointment without a patient.
"""

from PySide6.QtCore import QCoreApplication, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout

from receptionapp.domain.connection import Profile
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ProfileKnown
from ui.labels import label
from ui.theme import Theme

translate = QCoreApplication.translate

STRIPE = 12  # pixels, of a stripe and of the gap beside it
STRIPED = 96  # pixels, at either end


class ProfileBand(QFrame):
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
        row = QHBoxLayout(self)
        row.setContentsMargins(STRIPED, 0, STRIPED, 0)
        row.addWidget(words)
        store.changed.connect(self._on_changed)
        if store.snapshot.profile is not Profile.TEST:
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

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ProfileKnown):
            self.setVisible(change.profile is Profile.TEST)


def _stripe(painter: QPainter, area: QRect) -> None:
    painter.setClipRect(area)
    height = area.height()
    for left in range(area.left() - height, area.right() + STRIPE, 2 * STRIPE):
        corners = ((left, height), (left + height, 0), (left + height + STRIPE, 0), (left + STRIPE, height))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))

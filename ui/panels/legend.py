"""What the kinds of ground and the standings in the book look like, drawn by what draws the book itself."""

from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from receptionapp.domain.appointment import Standing
from ui.book.picture import STATUS_COLOURS
from ui.book.style import Inks, Look, Shapes
from ui.icons import pixmap
from ui.labels import label
from ui.theme import theme_of

translate = QCoreApplication.translate

_WIDTH, _HEIGHT, _ICON = 44, 20, 12
_STANDINGS = {
    Look.SOLID: Standing.BOOKED,
    Look.DASHED: Standing.AWAITING_CODE,
    Look.HATCHED: Standing.SENDING,
    Look.QUIET: Standing.COMPLETED,
}
_OFFERED_NOT, _NOT_LOADED = "not offered", "not loaded"  # grounds, which no shape is drawn on


class Legend(QWidget):
    """Small pictures with a word each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._swatches: list[tuple[QLabel, Look | str, str]] = []
        self._booked = label("muted")
        self._by_status = False
        self._drawn: object = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (look, icon, text) in enumerate(_rows()):
            swatch = QLabel()
            self._swatches.append((swatch, look, icon))
            grid.addWidget(swatch, row, 0)
            grid.addWidget(self._booked if look is Look.SOLID else label("muted", text), row, 1)
        self.colour_by_status(False)

    def colour_by_status(self, by_status: bool) -> None:
        """Say what the colours of the book tell now: how an appointment stands, or its service."""
        self._by_status = by_status
        self._booked.setText(
            translate("EmptyPage", "Booked, in its status's colour")
            if by_status
            else translate("EmptyPage", "Booked, in its service's colour")
        )
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw()

    def _draw(self) -> None:
        """Only where it would look another way: a change of style is told for each of many reasons."""
        wanted = theme_of(self.palette()), self.font(), self.devicePixelRatioF()
        if self._drawn == (wanted, self._by_status):
            return
        self._drawn = wanted, self._by_status
        inks = Inks(*wanted)
        for swatch, look, icon in self._swatches:
            colour = STATUS_COLOURS[_STANDINGS[look]] if self._by_status and look in _STANDINGS else 0
            swatch.setPixmap(_picture(look, icon, colour, inks))


def _rows() -> tuple[tuple[Look | str, str, str], ...]:
    return (
        (Look.FREE, "", translate("EmptyPage", "Free: can be booked")),
        (_OFFERED_NOT, "", translate("EmptyPage", "Not offered: closed, taken or kept back")),
        (_NOT_LOADED, "", translate("EmptyPage", "Not loaded yet")),
        (Look.SOLID, "", ""),
        (Look.DASHED, "code", translate("EmptyPage", "Awaiting the patient's code")),
        (Look.HATCHED, "sending", translate("EmptyPage", "Being sent")),
        (Look.UNKNOWN, "unknown", translate("EmptyPage", "Not known: look it up")),
        (Look.QUIET, "check", translate("EmptyPage", "Completed")),
        (Look.GHOST, "", translate("EmptyPage", "Cancelled: takes no time")),
    )


def _picture(look: Look | str, icon: str, colour: int, inks: Inks) -> QPixmap:
    made = QPixmap(round(_WIDTH * inks.ratio), round(_HEIGHT * inks.ratio))
    made.setDevicePixelRatio(inks.ratio)
    made.fill(inks.not_offered)
    area = QRect(0, 0, _WIDTH, _HEIGHT)
    with QPainter(made) as painter:
        if look == _NOT_LOADED:
            painter.fillRect(area, inks.not_loaded_hatch)
        elif isinstance(look, Look):
            Shapes(inks).draw(painter, area.adjusted(2, 2, -2, -2), look, colour)
        if look is Look.GHOST:
            painter.setPen(inks.muted)
            painter.drawLine(8, _HEIGHT // 2, _WIDTH - 9, _HEIGHT // 2)
        if icon:
            ink = inks.theme.warning if look is Look.UNKNOWN else inks.theme.text
            at = (_WIDTH - _ICON) // 2, (_HEIGHT - _ICON) // 2
            painter.drawPixmap(*at, pixmap(icon, ink, _ICON, inks.ratio))
    return made

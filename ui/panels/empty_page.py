"""The panel before anything is chosen: how to begin, and what the kinds of ground mean."""

from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from receptionapp.domain.appointment import Standing
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import CapabilitiesKnown, ClinicLoaded
from ui.book.picture import STATUS_COLOURS
from ui.book.style import Appearance, BookStyle, Shapes
from ui.icons import pixmap
from ui.labels import label
from ui.layouts import ROOM, stack
from ui.theme import theme_of

translate = QCoreApplication.translate

_WIDTH, _HEIGHT, _ICON = 44, 20, 12
_STANDINGS = {
    Appearance.SOLID: Standing.BOOKED,
    Appearance.DASHED: Standing.AWAITING_CODE,
    Appearance.HATCHED: Standing.SENDING,
    Appearance.QUIET: Standing.COMPLETED,
}
_OFFERED_NOT, _NOT_LOADED = "not offered", "not loaded"  # grounds, which no shape is drawn on


class Legend(QWidget):
    """Small pictures with a word each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._swatches: list[tuple[QLabel, Appearance | str, str]] = []
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
            grid.addWidget(self._booked if look is Appearance.SOLID else label("muted", text), row, 1)
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
        inks = BookStyle(*wanted)
        for swatch, look, icon in self._swatches:
            colour = STATUS_COLOURS[_STANDINGS[look]] if self._by_status and look in _STANDINGS else 0
            swatch.setPixmap(_picture(look, icon, colour, inks))


def _rows() -> tuple[tuple[Appearance | str, str, str], ...]:
    return (
        (Appearance.FREE, "", translate("EmptyPage", "Free: can be booked")),
        (_OFFERED_NOT, "", translate("EmptyPage", "Not offered: closed, taken or kept back")),
        (_NOT_LOADED, "", translate("EmptyPage", "Not loaded yet")),
        (Appearance.SOLID, "", ""),
        (Appearance.DASHED, "code", translate("EmptyPage", "Awaiting the patient's code")),
        (Appearance.HATCHED, "sending", translate("EmptyPage", "Being sent")),
        (Appearance.UNKNOWN, "unknown", translate("EmptyPage", "Not known: look it up")),
        (Appearance.QUIET, "check", translate("EmptyPage", "Completed")),
        (Appearance.GHOST, "", translate("EmptyPage", "Cancelled: takes no time")),
    )


def _picture(look: Appearance | str, icon: str, colour: int, inks: BookStyle) -> QPixmap:
    made = QPixmap(round(_WIDTH * inks.ratio), round(_HEIGHT * inks.ratio))
    made.setDevicePixelRatio(inks.ratio)
    made.fill(inks.not_offered)
    area = QRect(0, 0, _WIDTH, _HEIGHT)
    with QPainter(made) as painter:
        if look == _NOT_LOADED:
            painter.fillRect(area, inks.not_loaded_hatch)
        elif isinstance(look, Appearance):
            Shapes(inks).draw(painter, area.adjusted(2, 2, -2, -2), look, colour)
        if look is Appearance.GHOST:
            painter.setPen(inks.muted)
            painter.drawLine(8, _HEIGHT // 2, _WIDTH - 9, _HEIGHT // 2)
        if icon:
            ink = inks.theme.warning if look is Appearance.UNKNOWN else inks.theme.text
            at = (_WIDTH - _ICON) // 2, (_HEIGHT - _ICON) // 2
            painter.drawPixmap(*at, pixmap(icon, ink, _ICON, inks.ratio))
    return made


class EmptyPage(QWidget):
    def __init__(self, store: BookStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._text = label("muted")
        self.legend = Legend()
        stack(
            label("title", translate("EmptyPage", "Choose a free time")),
            self._text,
            self.legend,
            ROOM,
            on=self,
            margins=16,
            spacing=8,
        )
        store.watch(self._show, ClinicLoaded, CapabilitiesKnown)
        self._show()

    def _show(self) -> None:
        snapshot = self._store.snapshot
        clinic = snapshot.clinic
        emr = snapshot.emr
        if clinic is not None and not clinic.resources:
            text = translate("EmptyPage", "{clinic} has nothing that can be booked in {emr}.")
        elif clinic is not None and not clinic.services:
            text = translate("EmptyPage", "{clinic} offers no services in {emr}, so no time can be free.")
        else:
            text = translate(
                "EmptyPage",
                "Click a free time in the book, or press Ctrl+B, go there with the arrow keys and press Enter. "
                "Then find the patient and press Enter again.\n\n"
                "The book shows the times that {emr} offers and what this clinic booked with this program.",
            )
        self._text.setText(text.format(clinic=clinic.care_unit.name if clinic else "", emr=emr))

"""The panel beside the book: nothing chosen, a free time to book, or one of our appointments."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QStackedWidget, QWidget

from receptionapp.domain.appointment import OwnAppointment, Standing
from receptionapp.domain.free_times import FreeTimeCriteria
from receptionapp.domain.intent import Outcome, WriteNotice
from receptionapp.domain.layout import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, CapabilitiesKnown, Change, ClinicLoaded, UserNotified
from ui.book.picture import STATUS_COLOURS
from ui.book.style import Appearance, BookStyle, Shapes
from ui.labels import ROOM, label, stack
from ui.panels.appointment_card import AppointmentCard
from ui.panels.move_form import MoveForm
from ui.panels.next_free_page import NextFreePage
from ui.panels.slot_form import SlotForm
from ui.panels.slot_notes import RefusalNotice
from ui.theme import Theme, pixmap, theme_of
from ui.words.appointments import why_not_move

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
        (Appearance.CANCELLED, "", translate("EmptyPage", "Cancelled: takes no time")),
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
        if look is Appearance.CANCELLED:
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


LEAST_WIDTH = 320  # pixels
MARGIN = 8  # pixels
SHOW_DELAY = 50  # ms until a page that has grown has its new size
DIGITS = 40
SHARE = 0.22
"""Large letters get a panel as wide as so many digits, up to this share of the screen: the book needs the rest."""


class BookingPanel(QWidget):
    """Shows what is chosen in the book. Signals: appointment_booked (key): our own wish came through. appointment_shown
    (OwnAppointment): its card is in sight. left: Esc was pressed."""

    appointment_booked = Signal(object)
    appointment_shown = Signal(object)
    escape_pressed = Signal()

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setObjectName("bookingPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wanted = DIGITS * self.fontMetrics().horizontalAdvance("0")
        self.setFixedWidth(max(LEAST_WIDTH, min(wanted, round(SHARE * self.screen().availableSize().width()))))
        self.slot_form = SlotForm(store)
        self.card = AppointmentCard(store)
        self.next_free = NextFreePage(store, theme)
        self.move_form = MoveForm(store)
        self._empty = EmptyPage(store)
        self.legend = self._empty.legend
        self._pages = QStackedWidget()
        for page in (self._empty, self.slot_form, self.card, self.next_free, self.move_form):
            self._pages.addWidget(_scrolling(page))
        stack(self._pages, on=self, margins=(1, 0, 0, 0))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave)
        self.move_form.stopped.connect(self._leave)
        store.watch(self._on_changed, AppointmentsChanged, UserNotified)

    def show_nothing(self) -> None:
        """Nothing is chosen in the book. A form with a person or a comment in it stays; a move is stopped."""
        if self.moving is not None:
            self.stop_move()
            return
        if self._pages.currentIndex() != 1 or self.slot_form.untouched:
            self._pages.setCurrentIndex(0)

    def show_cell(self, cell: FreeCell) -> None:
        """A free time was chosen: to move to, or to book. While a booking is under way its form stays as it is."""
        if self.moving is not None:
            self.propose_move(self.moving, cell)
            return
        if self.slot_form.request is None:
            self.slot_form.choose(cell)
        self._pages.setCurrentIndex(1)
        self.slot_form.take_focus()

    def show_appointment(self, key: UUID) -> None:
        appointment = self._store.snapshot.appointments.get(key)
        if appointment is not None:
            self.move_form.end()
            self.card.show_appointment(appointment)
            self._pages.setCurrentIndex(2)
            self.appointment_shown.emit(appointment)

    @property
    def person(self) -> Person | None:
        """Whom the panel shows: the one who is booked for, or of the appointment."""
        if self._pages.currentIndex() == 1:
            return self.slot_form.picker.person
        shown = {2: self.card.appointment, 4: self.moving}.get(self._pages.currentIndex())
        return shown.person if shown is not None else None

    @property
    def moving(self) -> OwnAppointment | None:
        """What is being moved, from the wish to Leyr's answer."""
        return self.move_form.appointment

    def start_move(self, appointment: OwnAppointment) -> None:
        """Ask for its new time; where it can't be moved, its card says why."""
        if self.move_form.request is not None:
            return
        self.show_appointment(appointment.key)
        if not why_not_move(appointment, self._store.snapshot, self._store.now()):
            self.move_form.begin(appointment)
            self._pages.setCurrentIndex(4)

    def propose_move(self, appointment: OwnAppointment, cell: FreeCell) -> None:
        """Show the old and the new time, with the button that moves. Click, keyboard and drag all end here."""
        if self.moving is None or self.moving.key != appointment.key:
            self.start_move(appointment)
        if self.moving is not None:
            self.move_form.propose(cell)
            self._pages.setCurrentIndex(4)
            self.move_form.take_focus()

    def stop_move(self) -> None:
        """Keep the old time; one that is under way can't be stopped."""
        appointment = self.moving
        if appointment is not None and self.move_form.request is None:
            self.move_form.end()
            self.show_appointment(appointment.key)

    def find_patient(self) -> None:
        """Patient first, time afterwards: the form opens with whatever time was chosen, or none."""
        self._pages.setCurrentIndex(1)
        self.slot_form.picker.take_focus()

    def show_next_free(self, wish: FreeTimeCriteria | None) -> None:
        """Search for free times; in a move for the same service, unless a wish says otherwise. What is typed in the
        form stays there."""
        if wish is None and self.moving is not None:
            wish = FreeTimeCriteria(frozenset({self.moving.timeslot.healthcare_service_id}))
        self._pages.setCurrentIndex(3)
        self.next_free.begin(wish)

    def show_next_free_again(self) -> None:
        """The times that were found before."""
        self._pages.setCurrentIndex(3)
        self.next_free.take_focus()

    def take_focus(self) -> None:
        if self._pages.currentIndex() == 1:
            self.slot_form.take_focus()
        elif self._pages.currentIndex() == 2:
            self.card.take_focus()
        elif self._pages.currentIndex() == 3:
            self.next_free.take_focus()
        elif self._pages.currentIndex() == 4:
            self.move_form.take_focus()

    def _leave(self) -> None:
        self.stop_move()
        self.escape_pressed.emit()

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, AppointmentsChanged):
            self._bring_card_up_to_date(change)
        if isinstance(change, UserNotified) and isinstance(change.what, WriteNotice):
            self._show_result(change.what)

    def _bring_card_up_to_date(self, change: AppointmentsChanged) -> None:
        shown = self.card.appointment
        for appointment in change.appointments:
            if shown is not None and appointment.key == shown.key:
                self.card.show_appointment(appointment)
        self._ends_move_of_what_is_gone()

    def _ends_move_of_what_is_gone(self) -> bool:
        """What is being moved may be cancelled meanwhile, at another desk: then its card says so."""
        moving = self.moving
        if moving is None or self.move_form.request is not None:
            return False
        now = self._store.snapshot.appointments.get(moving.key, moving)
        if now.standing is not Standing.CANCELLED:
            return False
        self.move_form.end()
        if self._pages.currentIndex() == 4:
            self.show_appointment(now.key)
        return True

    def _show_result(self, notice: WriteNotice) -> None:
        if notice.request == self.move_form.request:
            self._show_move_result(notice)
        if notice.request != self.slot_form.request:
            return
        was_here = self._pages.currentIndex() == 1
        self.slot_form.show_result(notice)
        if notice.outcome is Outcome.REFUSED:
            self._scroll_to_trouble()
            return
        self.slot_form.clear()
        if was_here and notice.appointment is not None:
            self.show_appointment(notice.appointment.key)
            self.appointment_booked.emit(notice.appointment.key)

    def _show_move_result(self, notice: WriteNotice) -> None:
        """If it was moved, or perhaps moved, show the new appointment. If not, keep the form and offer other times."""
        was_here = self._pages.currentIndex() == 4
        self.move_form.show_result(notice)
        if notice.outcome is Outcome.REFUSED and self._ends_move_of_what_is_gone():
            return
        if notice.outcome is Outcome.REFUSED:
            self._scroll_to_trouble()
            return
        self.move_form.end()
        if was_here and notice.appointment is not None:
            self.show_appointment(notice.appointment.key)
            self.appointment_booked.emit(notice.appointment.key)

    def _scroll_to_trouble(self) -> None:
        """On a small screen why it was refused, and what to take instead, would be below what is seen."""
        area = self._pages.currentWidget()
        if isinstance(area, QScrollArea) and (trouble := area.findChild(RefusalNotice)) is not None:
            QTimer.singleShot(SHOW_DELAY, trouble, lambda: area.ensureWidgetVisible(trouble, 0, MARGIN))


def _scrolling(page: QWidget) -> QScrollArea:
    """A small window must cut nothing off: the page scrolls instead."""
    page.setObjectName("bookingPage")
    area = QScrollArea()
    area.setAccessibleName(QCoreApplication.translate("BookingPanel", "The panel beside the book"))
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area

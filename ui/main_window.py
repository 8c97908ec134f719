"""The one window: care unit, month and resources on the left, the book in the middle, booking on the right."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QByteArray, QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from receptionapp.domain.appointment import OwnAppointment
from receptionapp.domain.page import FreeCell
from receptionapp.domain.patient import Person
from receptionapp.domain.profile import Profile
from receptionapp.domain.saved_view import SavedView
from receptionapp.domain.timeslot import Timeslot
from receptionapp.services.requests import BookRequest
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    Change,
    ClinicLoaded,
    HoldsKnown,
    LedgerInReach,
    PersonForgotten,
    ProfileKnown,
    TimeslotsLoaded,
    ViewMoved,
)
from ui.actions import Actions
from ui.alone_strip import AloneStrip
from ui.book.view import BookView
from ui.book_area import BookArea
from ui.changing import Changing
from ui.commands import commands_of
from ui.dialogs.new_patient import NewPatientDialog
from ui.dialogs.shortcut_sheet import ShortcutSheet
from ui.finder.field import FinderField
from ui.finding import Finding
from ui.fixed import fix_menu
from ui.going import Going
from ui.guide.opening import GuideOpening
from ui.holding import Holding
from ui.labels import label
from ui.ledger_notice import LedgerNotice
from ui.message_bar import MessageBar
from ui.moving_around import MovingAround
from ui.panels.booking_panel import BookingPanel
from ui.panels.why_not import why_not_move
from ui.profile_band import ProfileBand
from ui.saved_views import SavedViews
from ui.side_panel import SidePanel
from ui.tasks_strip import TasksStrip
from ui.theme import Theme
from ui.top_bar import TopBar
from ui.tour.card import TourCard
from ui.update_notice import UpdateNotice
from ui.users.first_band import FirstUserBand
from ui.welcome import LANGUAGES, Welcome

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk

translate = QCoreApplication.translate

_SHOWN = (
    ClinicLoaded,
    ViewMoved,
    TimeslotsLoaded,
    AppointmentsChanged,
    HoldsKnown,
    LedgerInReach,
    PersonForgotten,
)
"""What changes the page of the book."""


class MainWindow(QMainWindow):
    """Signals: closing: the user wants to close; whoever listens finishes what is under way and then calls
    `allow_close`. practice_wanted, connect_wanted, language_chosen ("nb", "en"), theme_chosen ("light", "dark", "").
    views_changed (tuple of SavedView): these are to be remembered.
    number_shown: somebody asked for a typed national number that was covered.
    """

    closing = Signal()
    practice_wanted = Signal()
    connect_wanted = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    views_changed = Signal(object)
    number_shown = Signal()

    def __init__(
        self,
        store: BookStore,
        theme: Theme,
        language: str,
        *,
        practice: bool = False,
        saved_views: tuple[SavedView, ...] = (),
    ) -> None:
        super().__init__()
        self._store = store
        self._theme = theme
        self._desk: Desk | None = None
        self._may_close = False
        self._practice = practice
        self._language = language
        self.update_notice = UpdateNotice(language)
        self.profile_band = ProfileBand(store, theme)
        self.actions_ = Actions(theme, self)
        self.welcome = Welcome(language)
        self.top_bar = TopBar(store, self.actions_)
        self.side_panel = SidePanel(store, theme)
        self.book = BookView(theme)
        self.book_area = BookArea(self.book, theme)
        self.message_bar = MessageBar(store, theme)
        self.tasks_strip = TasksStrip(store, theme)
        self.user_band = FirstUserBand()
        self.ledger_notice = LedgerNotice(theme)
        self.alone_strip = AloneStrip(store, self.message_bar, theme)
        self.tour_card = TourCard()
        self.panel = BookingPanel(store, theme)
        self.finder = FinderField(store, theme, self.actions_.find_anything.shortcut())
        self.saved_views = SavedViews(store, saved_views, self)
        self._going = Going(store, self.book_area, self.panel, self)
        self._moving_around = MovingAround(
            store, self.actions_, self.side_panel, self.saved_views, self.book_area, self.message_bar, self
        )
        self._finding = Finding(store, self.actions_, self.finder, self.panel, self._going, self.menuBar(), self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_book_page())
        self._pages.addWidget(self.welcome)
        self.setCentralWidget(self._pages)
        self._make_menus(language)
        self._connect_parts()
        self._changing = Changing(
            store, self.actions_, self.book_area, self.panel, self.tasks_strip, self.message_bar, self
        )
        self._holding = Holding(store, self.panel.slot_form, self)
        self._guide = GuideOpening(language, self)
        self.actions_.enable_book(False)
        self.actions_.refresh.setEnabled(False)
        self.resize(1440, 900)
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self._show_now)
        self._minute.start()
        self._show_now()
        self._show_page()
        self._show_title()
        self.book.setFocus(Qt.FocusReason.OtherFocusReason)  # the first key belongs to the book

    def attach(self, desk: "Desk") -> None:
        """From now on commands go to this desk."""
        self._desk = desk
        self._moving_around.attach(desk)
        self._finding.attach(desk)
        self._changing.attach(desk)
        self._holding.attach(desk)
        self._pages.setCurrentIndex(0)
        self.actions_.enable_book(self._store.snapshot.clinic is not None)
        self.actions_.refresh.setEnabled(True)  # where nothing could be read yet, it is the way to try again

    def show_welcome(self) -> None:
        self._pages.setCurrentIndex(1)

    def show_managed(self, names: frozenset[str]) -> None:
        """These settings are the administrator's: they are shown, and can't be changed here."""
        if "theme" in names:
            fix_menu(self._themes, self._theme)
        if "language" in names:
            fix_menu(self._languages, self._theme)
            self.welcome.fix_language()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.actions_.set_theme(theme)
        for part in (
            self.side_panel,
            self.book_area,
            self.message_bar,
            self.tasks_strip,
            self.ledger_notice,
            self.alone_strip,
            self.profile_band,
            self.finder,
            self.panel.next_free,
        ):
            part.set_theme(theme)

    def facts(self) -> dict[str, str]:
        """How it is on this screen, for diagnostics."""
        return {
            "platform": QGuiApplication.platformName(),
            "screen scale": f"{self.devicePixelRatioF():g}",
            "window": f"{self.width()} × {self.height()}",
            "theme": "dark" if self._theme.dark else "light",
            "language": self._language,
        }

    def saved_geometry(self) -> str:
        """Size and place on the screen, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore(self, geometry: str) -> None:
        """Undo of `saved_geometry`; a text that is none changes nothing."""
        self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))

    def allow_close(self) -> None:
        """Nothing is under way any more: close for good."""
        self._may_close = True
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Dressed as it will be, and not before, everything has its size."""
        self.finder.setFixedSize(self.panel.width(), self.top_bar.sizeHint().height())
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is ours to time: Qt would stop the loop under a booking (`engineering.md` 2.9)."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def _make_book_page(self) -> QWidget:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.top_bar)
        middle.addWidget(self.book_area, 1)
        middle.addWidget(self.message_bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side_panel)
        row.addLayout(middle, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.finder)
        right.addWidget(self.panel, 1)
        row.addLayout(right)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._practice:
            banner = label(
                "banner", translate("MainWindow", "Practice mode: made-up people; nothing leaves this computer.")
            )
            banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(banner)
        column.addWidget(self.profile_band)
        column.addWidget(self.tour_card)
        column.addWidget(self.ledger_notice)
        column.addWidget(self.alone_strip)
        column.addWidget(self.user_band)
        column.addWidget(self.tasks_strip)
        column.addLayout(row, 1)
        column.addWidget(self.update_notice)
        return page

    def _make_menus(self, language: str) -> None:
        actions = self.actions_
        program = self.menuBar().addMenu(translate("MainWindow", "&Program"))
        program.addAction(translate("MainWindow", "Open &practice mode")).triggered.connect(self.practice_wanted)
        program.addAction(translate("MainWindow", "&Connect to Leyr …")).triggered.connect(self.connect_wanted)
        program.addSeparator()
        program.addAction(actions.quit)
        book = self.menuBar().addMenu(translate("MainWindow", "&Book"))
        book.addActions([actions.today, actions.previous, actions.next])
        book.addSeparator()
        book.addActions([actions.day, actions.week])
        book.addSeparator()
        book.addActions([actions.find_anything, actions.next_free])
        book.addSeparator()
        book.addActions([actions.move, actions.move_here, actions.undo])
        book.addSeparator()
        book.addActions([actions.go_to_tasks, actions.go_to_book, actions.go_to_panel, actions.refresh])
        book.addSeparator()
        book.addAction(actions.print_day)
        patient = self.menuBar().addMenu(translate("MainWindow", "P&atient"))
        patient.addActions([actions.find_patient, actions.new_patient])
        view = self.menuBar().addMenu(translate("MainWindow", "&View"))
        view.addActions([actions.list, actions.zoom_in, actions.zoom_out, actions.zoom_fit])
        view.addActions([actions.by_status, actions.side_panel])
        view.addSeparator()
        self.saved_views.fill(view.addMenu(translate("MainWindow", "Sa&ved views")))
        view.addSeparator()
        themes = self._themes = view.addMenu(translate("MainWindow", "&Theme"))
        for text, code in (
            (translate("MainWindow", "As the &system"), ""),
            (translate("MainWindow", "&Light"), "light"),
            (translate("MainWindow", "&Dark"), "dark"),
            (translate("MainWindow", "Light, high &contrast"), "light-contrast"),
            (translate("MainWindow", "Dark, &high contrast"), "dark-contrast"),
        ):
            action = themes.addAction(text)
            action.setData(code)
        themes.triggered.connect(self._choose_theme)
        languages = self._languages = view.addMenu(translate("MainWindow", "L&anguage"))
        group = QActionGroup(self)
        for code, name in LANGUAGES:
            action = languages.addAction(name)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == language)
            group.addAction(action)
        languages.triggered.connect(self._choose_language)
        help_ = self.menuBar().addMenu(translate("MainWindow", "&Help"))
        help_.addActions([actions.guide, actions.tour, actions.shortcuts, actions.diagnostics, actions.about])

    def _connect_parts(self) -> None:
        actions = self.actions_
        actions.quit.triggered.connect(self.close)
        actions.go_to_book.triggered.connect(self._go_to_book)
        actions.go_to_panel.triggered.connect(self.panel.take_focus)
        actions.find_patient.triggered.connect(self.panel.find_patient)
        actions.new_patient.triggered.connect(self._open_new_patient)
        actions.shortcuts.triggered.connect(self._show_shortcuts)
        actions.about.triggered.connect(self._show_about)
        self.saved_views.changed.connect(self.views_changed)
        actions.list.toggled.connect(self.book_area.show_list)
        actions.zoom_in.triggered.connect(self.book.zoom_in)
        actions.zoom_out.triggered.connect(self.book.zoom_out)
        actions.zoom_fit.triggered.connect(self.book.zoom_reset)
        actions.by_status.toggled.connect(self.book.colour_by_status)
        actions.by_status.toggled.connect(self.panel.legend.colour_by_status)
        actions.side_panel.toggled.connect(self.side_panel.setVisible)
        self.welcome.practice_wanted.connect(self.practice_wanted)
        self.welcome.connect_wanted.connect(self.connect_wanted)
        self.welcome.language_chosen.connect(self.language_chosen)
        self.book_area.cell_chosen.connect(self.panel.show_cell)
        self.book_area.appointment_chosen.connect(self.panel.show_appointment)
        self.book_area.activated.connect(self._activate)
        self.book_area.selection_cleared.connect(self.panel.show_nothing)
        self.book.dragging.may_move = self._may_move
        self.book.move_proposed.connect(self.panel.propose_move)
        form = self.panel.slot_form
        form.book_wanted.connect(self._book)
        form.alternative_wanted.connect(self._take_alternative)
        self.panel.move_form.alternative_wanted.connect(self._take_alternative)
        form.picker.search_wanted.connect(self._search)
        form.picker.person_chosen.connect(self._read_history)
        form.history.day_wanted.connect(self._go_to_day)
        form.picker.emr_search_wanted.connect(self._search_emr)
        form.picker.new_patient_wanted.connect(self._open_new_patient_with)
        self.panel.card.cancel_wanted.connect(self._cancel)
        self.panel.card.code_given.connect(self._confirm)
        self.panel.card.settled.connect(self._settle)
        self.panel.appointment_booked.connect(self._mark_booked)
        self.panel.left.connect(self._go_to_book)
        self._store.changed.connect(self._on_changed)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ClinicLoaded):
            self.actions_.enable_book(self._desk is not None)
        if isinstance(change, ClinicLoaded | ProfileKnown):
            self._show_title()
        elsewhere = isinstance(change, TimeslotsLoaded) and not self._on_screen(change)
        if isinstance(change, _SHOWN) and not elsewhere:
            self._show_page()

    def _on_screen(self, change: TimeslotsLoaded) -> bool:
        """A search reads weeks that nobody sees."""
        days = self._store.snapshot.view.days
        return any(day in days for day, _ in change.columns)

    def _show_page(self) -> None:
        page = self._store.snapshot.page()
        if page is not None:
            self.book_area.show_page(page)
            self._going.page_shown()

    def _may_move(self, appointment: OwnAppointment) -> bool:
        return not why_not_move(appointment, self._store.snapshot)

    def _show_now(self) -> None:
        self.book.set_now(datetime.now(UTC))

    def _show_title(self) -> None:
        """Care unit and program; never a person (`design.md` 2.5)."""
        clinic = self._store.snapshot.clinic
        parts = [clinic.care_unit.name] if clinic else []
        parts += [translate("MainWindow", "Practice mode")] if self._practice else []
        parts += [translate("MainWindow", "TEST CONNECTION")] if self._store.snapshot.profile is Profile.TEST else []
        self.setWindowTitle(" – ".join([*parts, "Reception"]))

    # Commands. Nothing here waits: the desk answers through the store.

    def _go_to_book(self) -> None:
        self.book_area.take_focus()

    def _activate(self, what: object) -> None:
        """Enter or a double click: on with the keyboard in the panel."""
        self.panel.take_focus()

    def _book(self, request: BookRequest) -> None:
        self._go_to_book()  # the button that was pressed goes grey, and the keyboard needs a home
        if self._desk:
            self._desk.booking.book(request)

    def _take_alternative(self, slot: Timeslot) -> None:
        """Show one of the offered times in the book, and in the form with all that was typed."""
        if not self._desk:
            return
        self._going.take(FreeCell(slot.start, slot.end, slot.resource_id, (slot,)), self._desk.browsing)

    def _show_shortcuts(self) -> None:
        ShortcutSheet(commands_of(self.menuBar()), self).open()

    def _show_about(self) -> None:
        from ui.dialogs.about import AboutDialog  # few ever look

        AboutDialog(self).open()

    def _search(self, text: str) -> None:
        if self._desk:
            self._desk.patients.search(text)

    def _read_history(self, person: Person | None) -> None:
        if self._desk and person is not None:
            self._desk.patients.read_history(person)

    def _go_to_day(self, day: date) -> None:
        if self._desk:
            self._desk.browsing.go(day)

    def _search_emr(self, text: str) -> None:
        clinic = self._store.snapshot.clinic
        if self._desk and clinic is not None:
            self._desk.patients.search_emr(clinic.care_unit.id, text)

    def _open_new_patient(self) -> None:
        self._open_new_patient_with(self.panel.slot_form.picker.text)

    def _open_new_patient_with(self, typed: str) -> None:
        if not self._desk or self._store.snapshot.clinic is None:
            return
        dialog = NewPatientDialog(self._store, typed, self._desk.browsing.today(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.create_wanted.connect(self._desk.patients.create)
        dialog.person_accepted.connect(self._desk.patients.accept)
        dialog.person_ready.connect(self._person_ready)
        dialog.person_known.connect(self.panel.slot_form.picker.choose)
        dialog.number_shown.connect(self.number_shown)
        dialog.open()

    def _person_ready(self, person: Person) -> None:
        self.panel.slot_form.picker.choose(person, registered=True)

    def _cancel(self, appointment: OwnAppointment, reason: str) -> None:
        self._go_to_book()
        if self._desk:
            self._desk.booking.cancel(appointment, reason)

    def _confirm(self, appointment: OwnAppointment, code: str) -> None:
        if self._desk:
            self._desk.booking.confirm(appointment, code)

    def _settle(self, appointment: OwnAppointment, exists: bool) -> None:
        if self._desk:
            self._desk.booking.settle_by_hand(appointment, exists)

    def _mark_booked(self, key: UUID) -> None:
        self.book_area.select_appointment(key)

    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _choose_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

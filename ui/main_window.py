"""The one window: care unit, month and resources on the left, the book in the middle, booking on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from receptionapp.domain.clinic import ConnectionProfile
from receptionapp.domain.layout import SavedView
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import (
    AppointmentsChanged,
    Change,
    ClinicLoaded,
    DayBegan,
    HoldsKnown,
    LedgerReachable,
    PersonWiped,
    ProfileKnown,
    TimeslotsLoaded,
    ViewMoved,
)
from ui.book.times import TimesView
from ui.book.view import BookArea, BookView
from ui.commands import Menus, WindowActions, commands_of
from ui.controllers.booking import BookingController, ChangeController, HoldController
from ui.controllers.finding import FinderController, FreeTimeController, PatientController
from ui.controllers.guide import GuideController
from ui.controllers.navigation import NavigationController
from ui.controllers.saved_views import SavedViewsController
from ui.controllers.way_on import WayOnController
from ui.finder.field import FinderField
from ui.labels import label, line_up, stack
from ui.message_bar import MessageBar
from ui.panels.booking_panel import BookingPanel
from ui.second_click import SecondClickGuard
from ui.side_panel import SidePanel
from ui.strips.ledger import LedgerStrip, LedgerUnreachableStrip
from ui.strips.notices import FirstUserStrip, ProfileStrip, TasksStrip, UpdateStrip
from ui.strips.times_proposal import TimesProposal
from ui.strips.way_on import WayOnStrip
from ui.theme import Theme
from ui.top_bar import TopBar
from ui.tour.card import TourCard
from ui.welcome import Welcome

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk

translate = QCoreApplication.translate

_SHOWN = (
    ClinicLoaded,
    ViewMoved,
    TimeslotsLoaded,
    AppointmentsChanged,
    HoldsKnown,
    LedgerReachable,
    PersonWiped,
)
"""What changes the page of the book."""


class MainWindow(QMainWindow):
    """Signals: closing: the user wants to close; whoever listens finishes what is under way and then calls
    `allow_close`. What else is chosen here is told by the part that it is chosen in."""

    closing = Signal()

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
        self._second_clicks = SecondClickGuard(self)
        self.update_strip = UpdateStrip(language)
        self.profile_strip = ProfileStrip(store, theme)
        self.actions_ = WindowActions(theme, self)
        self.welcome = Welcome(language)
        self.top_bar = TopBar(store, self.actions_)
        self.side_panel = SidePanel(store, theme)
        self.book = BookView(theme)
        self.book_area = BookArea(self.book, TimesView(theme), theme)
        self.way_on = WayOnStrip()
        self.times_proposal = TimesProposal(store, self.actions_.times)
        self.message_bar = MessageBar(store, theme)
        self.tasks_strip = TasksStrip(store, theme)
        self.first_user_strip = FirstUserStrip()
        self.ledger_strip = LedgerStrip(theme)
        self.ledger_unreachable_strip = LedgerUnreachableStrip(store, self.message_bar, theme)
        self.tour_card = TourCard()
        self.panel = BookingPanel(store, theme)
        self.finder = FinderField(store, theme, self.actions_.find_anything.shortcut())
        self.saved_views = SavedViewsController(store, saved_views, self)
        self.menus = Menus(self.menuBar(), self.actions_, self.saved_views, language)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_book_page())
        self._pages.addWidget(self.welcome)
        self.setCentralWidget(self._pages)
        self._connect_parts()
        self._connect_deeds()
        self._guide = GuideController(
            language, self.actions_, self.panel, self.finder, self.tasks_strip, self.book_area, self
        )
        self.actions_.enable_book(False)
        self.actions_.refresh.setEnabled(False)
        self.resize(1440, 900)
        self._day = store.today()
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
        for deed in self._deeds:
            deed.attach(desk)
        self._pages.setCurrentIndex(0)
        self.actions_.enable_book(self._store.snapshot.clinic is not None)
        self.actions_.refresh.setEnabled(True)  # where nothing could be read yet, it is the way to try again

    def show_welcome(self) -> None:
        self._pages.setCurrentIndex(1)

    def show_managed(self, names: frozenset[str]) -> None:
        """These settings are the administrator's: they are shown, and can't be changed here."""
        self.menus.mark_managed(names, self._theme)
        if "language" in names:
            self.welcome.mark_language_managed()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.actions_.set_theme(theme)
        for part in (
            self.side_panel,
            self.book_area,
            self.message_bar,
            self.tasks_strip,
            self.ledger_strip,
            self.ledger_unreachable_strip,
            self.profile_strip,
            self.finder,
            self.panel.next_free,
        ):
            part.set_theme(theme)

    def diagnostics_facts(self) -> dict[str, str]:
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
        """Sizes are right only after the style sheet has been applied, which is here."""
        self.finder.setFixedSize(self.panel.width(), self.top_bar.sizeHint().height())
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The program says when it closes: Qt would stop the loop under a booking."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def _make_book_page(self) -> QWidget:
        middle = stack(self.top_bar, self.way_on, self.times_proposal, (self.book_area, 1), self.message_bar, spacing=0)
        row = line_up(self.side_panel, (middle, 1), spacing=0)
        right = stack(self.finder, (self.panel, 1), spacing=0)
        row.addLayout(right)
        page = QWidget()
        column = stack(on=page, margins=0, spacing=0)
        if self._practice:
            banner = label(
                "banner", translate("MainWindow", "Practice mode: made-up people; nothing leaves this computer.")
            )
            banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(banner)
        column.addWidget(self.profile_strip)
        column.addWidget(self.tour_card)
        column.addWidget(self.ledger_strip)
        column.addWidget(self.ledger_unreachable_strip)
        column.addWidget(self.first_user_strip)
        column.addWidget(self.tasks_strip)
        column.addLayout(row, 1)
        column.addWidget(self.update_strip)
        return page

    def _connect_parts(self) -> None:
        actions = self.actions_
        actions.quit.triggered.connect(self.close)
        actions.go_to_book.triggered.connect(self.book_area.take_focus)
        actions.go_to_panel.triggered.connect(self.panel.take_focus)
        actions.find_patient.triggered.connect(self.panel.find_patient)
        actions.shortcuts.triggered.connect(self._show_shortcuts)
        actions.about.triggered.connect(self._show_about)
        actions.list.toggled.connect(self.book_area.show_list)
        actions.week_in_full.toggled.connect(self.book_area.show_week_in_full)
        actions.zoom_in.triggered.connect(self.book.zoom_in)
        actions.zoom_out.triggered.connect(self.book.zoom_out)
        actions.zoom_fit.triggered.connect(self.book.zoom_reset)
        actions.times.toggled.connect(self.book_area.show_times)
        actions.unfold.toggled.connect(self.book_area.unfold)
        self.book.unfolded.connect(actions.unfold.setChecked)
        actions.by_status.toggled.connect(self.book_area.colour_by_status)
        actions.by_status.toggled.connect(self.panel.legend.colour_by_status)
        actions.side_panel.toggled.connect(self.side_panel.setVisible)
        self.panel.escape_pressed.connect(self.book_area.take_focus)
        self._store.watch(self._on_changed, ProfileKnown, *_SHOWN)

    def _connect_deeds(self) -> None:
        store, actions, area, panel = self._store, self.actions_, self.book_area, self.panel
        self._going = FreeTimeController(store, area, panel, self)
        self.patient_controller = PatientController(store, actions, panel.slot_form, self)
        way_on, message_bar = self.way_on, self.message_bar
        self._way_on = WayOnController(store, way_on, self._going, message_bar, self)
        self._deeds = (
            NavigationController(store, actions, self.side_panel, self.saved_views, area, way_on, message_bar, self),
            FinderController(store, actions, self.finder, panel, self._going, self.menuBar(), self),
            BookingController(area, panel, self._going, self),
            self.patient_controller,
            ChangeController(store, actions, self.book, area, panel, self.tasks_strip, message_bar, self),
            HoldController(panel.slot_form, self),
            self._way_on,
        )

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
            self._way_on.show_page(page)
            self._going.page_shown()

    def _show_now(self) -> None:
        self.book_area.set_now(self._store.now())
        if (today := self._store.today()) != self._day:
            self._day = today
            self._store.apply(DayBegan(today))

    def _show_title(self) -> None:
        """Care unit and program; never a person, since other programs can read it."""
        clinic = self._store.snapshot.clinic
        parts = [clinic.care_unit.name] if clinic else []
        parts += [translate("MainWindow", "Practice mode")] if self._practice else []
        parts += (
            [translate("MainWindow", "TEST CONNECTION")]
            if self._store.snapshot.profile is ConnectionProfile.TEST
            else []
        )
        self.setWindowTitle(" – ".join([*parts, "Reception"]))

    # Rarely opened, and read from the disk when they are.

    def _show_shortcuts(self) -> None:
        from ui.dialogs.shortcut_sheet import ShortcutSheet

        ShortcutSheet(commands_of(self.menuBar()), self).open()

    def _show_about(self) -> None:
        from ui.dialogs.shortcut_sheet import AboutDialog

        AboutDialog(self).open()

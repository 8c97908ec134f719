"""The window as the settings want it, in size, look and language. Another takes its place when the language changes."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from receptionapp.desktop.context import SessionContext
from receptionapp.domain.layout import SavedView
from receptionapp.system.settings import INITIALS, idle_minutes
from ui.controllers.day_printing import DayPrintingController
from ui.controllers.desk_user import DeskUserController
from ui.language import Language, system_language
from ui.main_window import MainWindow
from ui.theme import THEMES, Theme, apply_theme, system_theme, without_style_sheet
from ui.words.sentences import Sentence


class WindowHost(QObject):
    """Signals: closing; diagnostics_wanted, practice_wanted, connect_wanted; renewed: another window takes its
    place."""

    closing = Signal()
    diagnostics_wanted = Signal()
    practice_wanted = Signal()
    connect_wanted = Signal()
    window_replaced = Signal()

    window: MainWindow
    desk_user: DeskUserController
    printing: DayPrintingController

    def __init__(self, app: QApplication, premises: SessionContext) -> None:
        super().__init__()
        self._app = app
        self._premises = premises
        self._options = premises.options
        self._settings = premises.settings
        self._language = Language()
        self._code = ""

    def apply_language(self) -> None:
        """In the language that is asked for; windows made afterwards do."""
        self._code = self._options.language or self._settings.current.language or system_language()
        self._language.use(self._code)

    def apply_theme(self) -> None:
        """All that is open and will be, before there is a window too."""
        apply_theme(self._app, self._theme())
        if hasattr(self, "window"):
            self.window.set_theme(self._theme())
            self.desk_user.set_theme(self._theme())

    def open(self) -> None:
        self.apply_theme()
        self._make_window()
        self.window.show()
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(self.apply_theme)
        hints.accessibility().contrastPreferenceChanged.connect(self.apply_theme)

    def disable_and_remember(self, *, keeps_care_unit: bool) -> None:
        """The session ends: nothing more is to be clicked, and the window is remembered. Its care unit is not where
        another connection comes next."""
        hints = self._app.styleHints()
        hints.colorSchemeChanged.disconnect(self.apply_theme)
        hints.accessibility().contrastPreferenceChanged.disconnect(self.apply_theme)
        self.window.setEnabled(False)
        if not self._options.screenshot:
            clinic = self._premises.store.snapshot.clinic
            care_unit_id = clinic.care_unit.id if clinic and keeps_care_unit else self._settings.current.care_unit_id
            geometry = self.window.saved_geometry()
            self._settings.save(replace(self._settings.current, window=geometry, care_unit_id=care_unit_id))

    def close(self) -> None:
        self.window.allow_close()
        self.window.deleteLater()
        self._language.stop()

    def show_message(self, what: str, why: str) -> None:
        self.window.message_bar.show_message(Sentence(what, why), "waiting")

    def _make_window(self) -> None:
        settings = self._settings.current
        with without_style_sheet(self._app):
            window = MainWindow(
                self._premises.store,
                self._theme(),
                self._code,
                practice=self._premises.practice,
                saved_views=settings.saved_views,
            )
            self.desk_user = self._make_attendance(window)
        window.closing.connect(self.closing)
        window.actions_.diagnostics.triggered.connect(self.diagnostics_wanted)
        for asked in (window.menus, window.welcome):
            asked.practice_wanted.connect(self.practice_wanted)
            asked.connect_wanted.connect(self.connect_wanted)
            asked.language_chosen.connect(self._change_language)
        window.menus.theme_chosen.connect(self._change_theme)
        window.actions_.by_status.setChecked(settings.colours == "status")
        window.actions_.by_status.toggled.connect(self._keep_colours)
        window.actions_.times.setChecked(settings.day_as == "times")
        window.actions_.times.toggled.connect(self._keep_day_as)
        window.times_proposal.declined.connect(partial(self._keep_day_as, as_times=False))
        if not settings.day_as and not self._options.screenshot:
            window.times_proposal.ask_when_sparse()
        window.saved_views.changed.connect(self._keep_views)
        window.show_managed(settings.managed)
        self.printing = self._make_printing(window)
        width, _, height = self._options.size.partition("x")
        window.resize(int(width), int(height))
        if settings.window and not self._options.screenshot:
            window.restore(settings.window)
        self.window = window

    def _make_attendance(self, window: MainWindow) -> DeskUserController:
        made = DeskUserController(
            window,
            self._premises.store,
            self._premises.presence,
            self._premises.audit_results,
            self._theme(),
            idle_minutes(self._settings.current.lock_minutes),
            practice=self._premises.practice,
            minutes_managed="lock_minutes" in self._settings.current.managed,
        )
        made.minutes_chosen.connect(self._keep_minutes)
        return made

    def _make_printing(self, window: MainWindow) -> DayPrintingController:
        settings = self._settings.current
        made = DayPrintingController(
            window,
            self._premises.store,
            self._premises.presence,
            initials_only=settings.printed_names == INITIALS,
            allowed=settings.prints,
        )
        made.initials_chosen.connect(self._keep_printed_names)
        return made

    def _change_language(self, code: str) -> None:
        """Texts are set when a window is made, so a new one takes the old one's place."""
        if code == self._code:
            return
        self._settings.save(replace(self._settings.current, language=code))
        self._code = code
        self._language.use(code)
        self.desk_user.detach()
        old = self.window
        self._make_window()
        self.window.setGeometry(old.geometry())
        self.window_replaced.emit()
        self.window.show()
        old.allow_close()
        old.deleteLater()

    def _change_theme(self, code: str) -> None:
        self._options.theme = None
        self._settings.save(replace(self._settings.current, theme=code))
        self.apply_theme()

    def _theme(self) -> Theme:
        chosen = self._options.theme or self._settings.current.theme
        return THEMES.get(chosen) or system_theme(self._app)

    def _keep_colours(self, by_status: bool) -> None:
        self._settings.save(replace(self._settings.current, colours="status" if by_status else ""))

    def _keep_day_as(self, as_times: bool) -> None:
        self._settings.save(replace(self._settings.current, day_as="times" if as_times else "grid"))

    def _keep_views(self, views: tuple[SavedView, ...]) -> None:
        self._settings.save(replace(self._settings.current, saved_views=views))

    def _keep_printed_names(self, initials_only: bool) -> None:
        self._settings.save(replace(self._settings.current, printed_names=INITIALS if initials_only else ""))

    def _keep_minutes(self, minutes: int) -> None:
        self._settings.save(replace(self._settings.current, lock_minutes=str(minutes)))

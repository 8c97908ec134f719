"""The menus of the window. Most of what stands in them are its actions; what is theirs alone is told by signals."""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.actions import Actions
from ui.controllers.saved_views import SavedViews
from ui.fields import fix_menu
from ui.theme import Theme
from ui.welcome import LANGUAGES

translate = QCoreApplication.translate


class Menus(QObject):
    """Signals: practice_wanted, connect_wanted; language_chosen ("nb", "en"); theme_chosen ("light", "dark",
    "light-contrast", "dark-contrast", or "" for the system's)."""

    practice_wanted = Signal()
    connect_wanted = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, bar: QMenuBar, actions: Actions, saved_views: SavedViews, language: str) -> None:
        super().__init__(bar)
        self._fill_program(bar.addMenu(translate("MainWindow", "&Program")), actions)
        self._fill_book(bar.addMenu(translate("MainWindow", "&Book")), actions)
        patient = bar.addMenu(translate("MainWindow", "P&atient"))
        patient.addActions([actions.find_patient, actions.new_patient])
        view = bar.addMenu(translate("MainWindow", "&View"))
        view.addActions([actions.list, actions.zoom_in, actions.zoom_out, actions.zoom_fit])
        view.addActions([actions.by_status, actions.side_panel])
        view.addSeparator()
        saved_views.fill(view.addMenu(translate("MainWindow", "Sa&ved views")))
        view.addSeparator()
        self.themes = view.addMenu(translate("MainWindow", "&Theme"))
        self._fill_themes()
        self.languages = view.addMenu(translate("MainWindow", "L&anguage"))
        self._fill_languages(language)
        help_ = bar.addMenu(translate("MainWindow", "&Help"))
        help_.addActions([actions.guide, actions.tour, actions.shortcuts, actions.diagnostics, actions.about])

    def fix(self, names: frozenset[str], theme: Theme) -> None:
        """These settings are the administrator's."""
        if "theme" in names:
            fix_menu(self.themes, theme)
        if "language" in names:
            fix_menu(self.languages, theme)

    def _fill_program(self, menu: QMenu, actions: Actions) -> None:
        menu.addAction(translate("MainWindow", "Open &practice mode")).triggered.connect(self.practice_wanted)
        menu.addAction(translate("MainWindow", "&Connect to Leyr …")).triggered.connect(self.connect_wanted)
        menu.addSeparator()
        menu.addAction(actions.quit)

    def _fill_book(self, menu: QMenu, actions: Actions) -> None:
        for group in (
            [actions.today, actions.previous, actions.next],
            [actions.day, actions.week],
            [actions.find_anything, actions.next_free],
            [actions.move, actions.move_here, actions.undo],
            [actions.go_to_tasks, actions.go_to_book, actions.go_to_panel, actions.refresh],
        ):
            menu.addActions(group)
            menu.addSeparator()
        menu.addAction(actions.print_day)

    def _fill_themes(self) -> None:
        for text, code in (
            (translate("MainWindow", "As the &system"), ""),
            (translate("MainWindow", "&Light"), "light"),
            (translate("MainWindow", "&Dark"), "dark"),
            (translate("MainWindow", "Light, high &contrast"), "light-contrast"),
            (translate("MainWindow", "Dark, &high contrast"), "dark-contrast"),
        ):
            self.themes.addAction(text).setData(code)
        self.themes.triggered.connect(self._choose_theme)

    def _fill_languages(self, language: str) -> None:
        group = QActionGroup(self)
        for code, name in LANGUAGES:
            action = self.languages.addAction(name)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == language)
            group.addAction(action)
        self.languages.triggered.connect(self._choose_language)

    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _choose_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

"""Every command of the window: its words, its shortcut, its menu, and what it calls."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.controllers.saved_views import SavedViewsController
from ui.fields import mark_menu_managed
from ui.theme import Theme, icon
from ui.welcome import LANGUAGES

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Command:
    """`path` are the menus it is in, outermost first."""

    path: tuple[str, ...]
    action: QAction

    @property
    def text(self) -> str:
        """In short: `iconText` is the menu's text without its mnemonic where no shorter one was set."""
        return self.action.iconText().removesuffix("…").strip()

    @property
    def keys(self) -> str:
        """Its shortcuts as this platform writes them; nothing where it has none."""
        native = QKeySequence.SequenceFormat.NativeText
        return "  ".join(keys.toString(native) for keys in self.action.shortcuts())


def commands_of(menu_bar: QMenuBar) -> tuple[Command, ...]:
    """All of them, in the order of the menus."""
    return tuple(_within(menu_bar, ()))


def _within(menu: QMenuBar | QMenu, path: tuple[str, ...]) -> Iterator[Command]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _within(below, (*path, plain(action.text())))
        elif not action.isSeparator():
            yield Command(path, action)


def plain(text: str) -> str:
    """A menu's text without its mnemonic and without the dots that promise a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…").strip()


class WindowActions(QObject):
    """The window's commands. Who offers one connects to its `triggered`."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._icons: dict[QAction, str] = {}
        self.today = self._action(translate("Actions", "&Today"), "Ctrl+T", "today")
        self.previous = self._action(translate("Actions", "&Previous"), "Alt+Left", "previous")
        self.next = self._action(translate("Actions", "&Next"), "Alt+Right", "next")
        self.day = self._action(translate("Actions", "&Day"), "Ctrl+1", checkable=True)
        self.week = self._action(translate("Actions", "&Week"), "Ctrl+2", checkable=True)
        self.refresh = self._action(translate("Actions", "&Refresh"), "Ctrl+R", "refresh")
        self.print_day = self._action(translate("Actions", "Print the da&y …"), "Ctrl+P", "print")
        self.print_day.setEnabled(False)
        self.go_to_book = self._action(translate("Actions", "Go to the &book"), "Ctrl+B")
        self.go_to_panel = self._action(translate("Actions", "Go to the p&anel"), "Ctrl+J")
        self.find_patient = self._action(translate("Actions", "&Find patient"), "Ctrl+F", "search")
        self.new_patient = self._action(translate("Actions", "&New patient …"), "Ctrl+N", "person-add")
        self.move = self._action(translate("Actions", "&Move to another time"), "Ctrl+X", "move")
        self.move_here = self._action(translate("Actions", "Move &here"), "Ctrl+V")
        self.undo = self._action(translate("Actions", "&Undo"), "Ctrl+Z", "undo")
        self.go_to_tasks = self._action(translate("Actions", "Go to the open tas&ks"), "Ctrl+D")
        self.zoom_in = self._action(translate("Actions", "Zoom &in"), "Ctrl++")
        self.zoom_out = self._action(translate("Actions", "Zoom &out"), "Ctrl+-")
        self.zoom_fit = self._action(translate("Actions", "&Fit the day"), "Ctrl+0")
        self.by_status = self._action(translate("Actions", "Colour by &status"), "", checkable=True)
        self.week_in_full = self._action(
            translate("Actions", "Wee&k of up to five as a grid"), "Ctrl+Shift+2", checkable=True
        )
        self.unfold = self._action(translate("Actions", "Every&body and all hours"), "Ctrl+E", checkable=True)
        self.side_panel = self._action(translate("Actions", "L&eft panel"), "Ctrl+Shift+L", checkable=True)
        self.side_panel.setChecked(True)
        self.quit = self._action(translate("Actions", "&Quit"), QKeySequence.StandardKey.Quit)
        self.list = self._action(translate("Actions", "As a &list"), "Ctrl+L", checkable=True)
        self.times = self._action(translate("Actions", "As ti&mes"), "Ctrl+3", checkable=True)
        day_as = QActionGroup(self)
        day_as.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        day_as.addAction(self.list)
        day_as.addAction(self.times)
        self.find_anything = self._action(translate("Actions", "F&ind anything"), "Ctrl+K", "search")
        self.next_free = self._action(translate("Actions", "Next &free …"), "Ctrl+G", "clock")
        self.shortcuts = self._action(translate("Actions", "&Shortcuts"), "Ctrl+/")
        self.shortcuts.setShortcuts([QKeySequence("Ctrl+/"), QKeySequence("Shift+F1")])  # a slash is Shift+7 in Norway
        self.diagnostics = self._action(translate("Actions", "Copy &diagnostics …"), "")
        self.about = self._action(translate("Actions", "&About Reception"), "")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.guide = self._action(translate("Actions", "User &guide"), "F1", "info")
        self.tour = self._action(translate("Actions", "Guided &tour (in practice mode)"), "")
        self.tour.setEnabled(False)
        self.refresh.setShortcuts([QKeySequence("Ctrl+R"), QKeySequence("F9")])
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        span = QActionGroup(self)
        span.addAction(self.day)
        span.addAction(self.week)
        self.day.setChecked(True)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        for action, name in self._icons.items():
            action.setIcon(icon(name, theme))

    def enable_book(self, enabled: bool) -> None:
        """Commands that need an open care unit."""
        for action in (
            self.today,
            self.previous,
            self.next,
            self.day,
            self.week,
            self.go_to_book,
            self.next_free,
        ):
            action.setEnabled(enabled)

    def _action(
        self,
        text: str,
        shortcut: str | QKeySequence.StandardKey,
        icon_name: str | None = None,
        *,
        checkable: bool = False,
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setCheckable(checkable)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        plain = text.replace("&", "").removesuffix(" …")
        action.setToolTip(f"{plain}  ({keys})" if keys else plain)
        if icon_name:
            self._icons[action] = icon_name
        return action


class Menus(QObject):
    """Signals: practice_wanted, connect_wanted; language_chosen ("nb", "en"); theme_chosen ("light", "dark",
    "light-contrast", "dark-contrast", or "" for the system's)."""

    practice_wanted = Signal()
    connect_wanted = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, bar: QMenuBar, actions: WindowActions, saved_views: SavedViewsController, language: str) -> None:
        super().__init__(bar)
        self._fill_program(bar.addMenu(translate("MainWindow", "&Program")), actions)
        self._fill_book(bar.addMenu(translate("MainWindow", "&Book")), actions)
        patient = bar.addMenu(translate("MainWindow", "P&atient"))
        patient.addActions([actions.find_patient, actions.new_patient])
        view = bar.addMenu(translate("MainWindow", "&View"))
        view.addActions([actions.list, actions.times, actions.zoom_in, actions.zoom_out, actions.zoom_fit])
        view.addActions([actions.week_in_full, actions.unfold, actions.by_status, actions.side_panel])
        view.addSeparator()
        saved_views.fill(view.addMenu(translate("MainWindow", "Sa&ved views")))
        view.addSeparator()
        self.themes = view.addMenu(translate("MainWindow", "&Theme"))
        self._fill_themes()
        self.languages = view.addMenu(translate("MainWindow", "L&anguage"))
        self._fill_languages(language)
        help_ = bar.addMenu(translate("MainWindow", "&Help"))
        help_.addActions([actions.guide, actions.tour, actions.shortcuts, actions.diagnostics, actions.about])

    def mark_managed(self, names: frozenset[str], theme: Theme) -> None:
        """These settings are the administrator's."""
        if "theme" in names:
            mark_menu_managed(self.themes, theme)
        if "language" in names:
            mark_menu_managed(self.languages, theme)

    def _fill_program(self, menu: QMenu, actions: WindowActions) -> None:
        menu.addAction(translate("MainWindow", "Open &practice mode")).triggered.connect(self.practice_wanted)
        menu.addAction(translate("MainWindow", "&Connect to Leyr …")).triggered.connect(self.connect_wanted)
        menu.addSeparator()
        menu.addAction(actions.quit)

    def _fill_book(self, menu: QMenu, actions: WindowActions) -> None:
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

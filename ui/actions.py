"""Every command of the window: its words, its shortcut, and what it calls. Menus and buttons show the same actions."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.icons import icon
from ui.theme import Theme

translate = QCoreApplication.translate


class Actions(QObject):
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
        self.side_panel = self._action(translate("Actions", "L&eft panel"), "Ctrl+Shift+L", checkable=True)
        self.side_panel.setChecked(True)
        self.quit = self._action(translate("Actions", "&Quit"), QKeySequence.StandardKey.Quit)
        self.list = self._action(translate("Actions", "As a &list"), "Ctrl+L", checkable=True)
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

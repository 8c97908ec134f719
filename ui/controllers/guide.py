"""F1: the guide, at the page that goes with what has the keyboard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.book.view import BookArea
from ui.commands import WindowActions
from ui.finder.field import FinderField
from ui.panels.booking_panel import BookingPanel
from ui.strips.notices import TasksStrip

if TYPE_CHECKING:
    from ui.guide.window import GuideWindow


class GuideController(QObject):
    """Makes the guide's window the first time it is wanted."""

    def __init__(
        self,
        language: str,
        actions: WindowActions,
        panel: BookingPanel,
        finder: FinderField,
        tasks: TasksStrip,
        area: BookArea,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._language = language
        self._actions, self._window = actions, window
        self._panel, self._finder, self._tasks, self._area = panel, finder, tasks, area
        self._guide: GuideWindow | None = None
        actions.guide.triggered.connect(self.open_here)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._offer_to_dialog)

    def _offer_to_dialog(self) -> None:
        """A dialog keeps the window's shortcuts from it."""
        dialog = QApplication.activeWindow()
        guide = self._actions.guide
        if isinstance(dialog, QDialog) and guide not in dialog.actions():
            dialog.addAction(guide)

    def open_here(self) -> None:
        """Where the keyboard is decides the page; a guide that is read stays where it is read."""
        name = self._page_of(QApplication.focusWidget())
        if self._guide is None:
            from ui.guide.window import GuideWindow, read_pages, shortcuts_of

            pages = read_pages(self._language, shortcuts_of(self._actions))
            self._guide = GuideWindow(self._language, pages, self._window)
        self._guide.open_at(name)

    def _page_of(self, focus: QWidget | None) -> str:
        from ui.dialogs.new_patient import NewPatientDialog

        if focus is not None and isinstance(focus.window(), NewPatientDialog):
            return "patient"
        panel = self._panel
        card = panel.card.appointment
        unknown = card is not None and card.standing.unknown
        places: tuple[tuple[QWidget, str], ...] = (
            (self._tasks, "unknown"),
            (self._finder, "next-free"),
            (panel.slot_form.picker, "patient" if panel.slot_form.slot is None else "booking"),
            (panel.slot_form, "booking"),
            (panel.card, "unknown" if unknown else "cancel"),
            (panel.move_form, "move"),
            (panel.next_free, "next-free"),
            (self._area, _page_beside(panel)),
        )
        for place, name in places:
            if focus is not None and (place is focus or place.isAncestorOf(focus)):
                return name
        return "start"


def _page_beside(panel: BookingPanel) -> str:
    """With the keyboard in the book, what stands beside it tells what somebody is about to do."""
    if panel.moving is not None:
        return "move"
    return "booking" if panel.slot_form.isVisible() else "book"

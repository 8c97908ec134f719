"""The commands that move around in the book: day, week, service, resources, care unit, saved views."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from receptionapp.domain.layout import SavedView, ViewSpan
from receptionapp.store.book_store import BookStore
from ui.book.view import BookArea
from ui.commands import WindowActions
from ui.controllers.saved_views import SavedViewsController
from ui.message_bar import MessageBar
from ui.side_panel import SidePanel
from ui.strips.way_on import WayOnStrip
from ui.words.sentences import Sentence

if TYPE_CHECKING:
    from receptionapp.services.desk import Desk
    from receptionapp.services.navigation import Navigation


translate = QCoreApplication.translate


class NavigationController(QObject):
    """Between the actions, the side panel and the desk. Nothing here waits: the desk answers through the store."""

    def __init__(
        self,
        store: BookStore,
        actions: WindowActions,
        side_panel: SidePanel,
        saved_views: SavedViewsController,
        area: BookArea,
        way_on: WayOnStrip,
        message_bar: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._side_panel = side_panel
        self._area = area
        self._message_bar = message_bar
        self._browsing: Navigation | None = None
        actions.today.triggered.connect(self._go_today)
        actions.previous.triggered.connect(self._step_back)
        actions.next.triggered.connect(self._step_on)
        actions.day.triggered.connect(self._show_day)
        actions.week.triggered.connect(self._show_week)
        actions.refresh.triggered.connect(self._refresh)
        side_panel.service_chosen.connect(self._choose_service)
        side_panel.care_unit_chosen.connect(self._open_care_unit)
        side_panel.day_chosen.connect(self._go)
        side_panel.resource_shown.connect(self._show_resource)
        side_panel.only_resource_shown.connect(self._show_only_resource)
        side_panel.all_resources_shown.connect(self._show_all_resources)
        area.everybody_wanted.connect(self._show_all_resources)
        way_on.everybody_wanted.connect(self._show_all_resources)
        area.entered_empty.connect(way_on.take)
        area.day_wanted.connect(self._open_day)
        saved_views.wanted.connect(self._show_saved)
        saved_views.nothing_saved.connect(self._say_nothing_saved)
        side_panel.disable_until_ready()

    def attach(self, desk: "Desk") -> None:
        """From now on commands go to this desk."""
        self._browsing = desk.navigation
        self._side_panel.enable()

    def _go_today(self) -> None:
        if self._browsing:
            self._browsing.go(self._browsing.today())

    def _step_back(self) -> None:
        if self._browsing:
            self._browsing.step(-1)

    def _step_on(self) -> None:
        if self._browsing:
            self._browsing.step(1)

    def _go(self, day: object) -> None:
        if self._browsing:
            self._browsing.go(self._side_panel.selected_day())

    def _open_day(self, day: date, resource_id: str) -> None:
        if self._browsing:
            self._browsing.open_day(day)
            self._area.go_to(resource_id, day)

    def _show_day(self) -> None:
        if self._browsing:
            self._browsing.show_span(ViewSpan.DAY)

    def _show_week(self) -> None:
        if self._browsing:
            self._browsing.show_span(ViewSpan.WEEK)

    def _refresh(self) -> None:
        if self._browsing:
            self._browsing.refresh()

    def _choose_service(self, service_id: str | None) -> None:
        if self._browsing:
            self._browsing.choose_service(service_id)

    def _open_care_unit(self, care_unit_id: str) -> None:
        if self._browsing:
            self._area.clear_selection()
            self._browsing.open_care_unit(care_unit_id)

    def _show_resource(self, resource_id: str, shown: bool) -> None:
        if self._browsing:
            self._browsing.show_resource(resource_id, shown)

    def _show_only_resource(self, resource_id: str) -> None:
        if self._browsing:
            self._browsing.show_only(frozenset({resource_id}))

    def _show_all_resources(self) -> None:
        clinic = self._store.snapshot.clinic
        if self._browsing and clinic:
            self._browsing.show_only(frozenset(r.id for r in clinic.resources))

    def _show_saved(self, saved: SavedView) -> None:
        if self._browsing:
            self._browsing.show_saved(saved)

    def _say_nothing_saved(self, keys: str) -> None:
        what = translate("SavedViews", "Nothing is saved on {key} yet.").format(key=keys)
        why = translate("SavedViews", "Ctrl+Shift and the same key keeps the resources and the service shown now.")
        self._message_bar.show_message(Sentence(what, why))

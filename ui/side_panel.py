"""Left of the book: the care unit, the service, the month, and the resources to show."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QToolButton,
    QWidget,
)

from receptionapp.store.book_store import BookStore
from receptionapp.store.change import AppointmentsChanged, Change, ClinicLoaded, DayBegan, TimeslotsLoaded, ViewMoved
from ui.fields import Choice
from ui.labels import heading_of, line_up, plain_tooltip, stack
from ui.month import Month
from ui.theme import Theme, swatch
from ui.words.formatting import pydate, qdate

translate = QCoreApplication.translate

SHOWN = Qt.ItemDataRole.UserRole
LEAST_WIDTH = 232
MARGIN = 12


class SidePanel(QWidget):
    """Signals: care_unit_chosen (id), service_chosen (id, or None for all), day_chosen (date),
    resource_shown (id, bool), only_resource_shown (id), all_resources_shown ()."""

    care_unit_chosen = Signal(str)
    service_chosen = Signal(object)
    day_chosen = Signal(object)
    resource_shown = Signal(str, bool)
    only_resource_shown = Signal(str)
    all_resources_shown = Signal()

    def __init__(self, store: BookStore, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._care_units = Choice()
        self._care_units.setAccessibleName(translate("SidePanel", "Care unit"))
        self._service = Choice()
        self._service.setAccessibleName(translate("SidePanel", "Service"))
        self._service.setToolTip(translate("SidePanel", "Show the free times of one service, or of all"))
        for box in (self._care_units, self._service):
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._month = Month(theme, store.today)
        self._month.setAccessibleName(translate("SidePanel", "Month"))
        self._name_month()
        self._resources = QListWidget()
        self._resources.setAccessibleName(translate("SidePanel", "Resources"))
        self._resources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._all = QToolButton()
        self._all.setText(translate("SidePanel", "All", "resources"))
        self._all.setToolTip(translate("SidePanel", "Show all resources"))
        self._all.setAccessibleName(translate("SidePanel", "Show all resources"))
        self._all.setProperty("kind", "link")
        self._lay_out()
        self._care_units.activated.connect(self._choose_care_unit)
        self._service.activated.connect(self._choose_service)
        self._month.clicked.connect(self._choose_day)
        self._month.activated.connect(self._choose_day)
        self._resources.itemChanged.connect(self._show_or_hide)
        self._resources.itemActivated.connect(self._show_only)
        self._all.clicked.connect(self.all_resources_shown)
        self._month.currentPageChanged.connect(self._weigh_month)
        self._weighing = QTimer(self, singleShot=True, interval=0)  # after the book, which is waited for
        self._weighing.timeout.connect(self._weigh_month)
        store.watch(self._on_changed, ClinicLoaded, ViewMoved, TimeslotsLoaded, AppointmentsChanged)
        store.watch(self._month.ring_today, DayBegan)
        self.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as the month needs, also in large letters; how it is dressed is not known before."""
        self.setFixedWidth(max(LEAST_WIDTH, self._month.minimumSizeHint().width() + 2 * MARGIN))
        super().showEvent(event)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._month.set_theme(theme)
        self._show_clinic()

    def _name_month(self) -> None:
        """Its parts are Qt's own, and say nothing to a screen reader."""
        names = {
            "qt_calendar_calendarview": self._month.accessibleName(),
            "qt_calendar_prevmonth": translate("SidePanel", "Previous month"),
            "qt_calendar_nextmonth": translate("SidePanel", "Next month"),
            "qt_calendar_yearedit": translate("SidePanel", "Year"),
        }
        for part in self._month.findChildren(QWidget):
            if part.objectName() in names:
                part.setAccessibleName(names[part.objectName()])

    def disable_until_ready(self) -> None:
        """Nothing can be chosen before the desk is there; whoever points at it reads why."""
        self.setEnabled(False)
        self.setToolTip(translate("SidePanel", "This desk's record of appointments is being opened."))

    def enable(self) -> None:
        self.setEnabled(True)
        self.setToolTip("")

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("sidePage")
        area = QScrollArea()  # large letters on a small screen must push nothing off it
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        stack(area, on=self, margins=0)
        column = stack(
            heading_of(self._care_units, translate("SidePanel", "Care unit")),
            self._care_units,
            4,
            heading_of(self._service, translate("SidePanel", "Service")),
            self._service,
            8,
            self._month,
            8,
            on=page,
            margins=MARGIN,
            spacing=8,
        )
        row = line_up((heading_of(self._resources, translate("SidePanel", "Resources")), 1), self._all, spacing=0)
        column.addLayout(row)
        column.addWidget(self._resources, 1)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ClinicLoaded):
            self._show_clinic()
        if isinstance(change, ViewMoved | ClinicLoaded):
            self._show_view()
        self._weighing.start()

    def _weigh_month(self) -> None:
        snapshot = self._store.snapshot
        self._month.show_free({day: snapshot.free_starts(day) for day in self._month.days})

    def _show_clinic(self) -> None:
        snapshot = self._store.snapshot
        with QSignalBlocker(self._care_units):
            self._care_units.clear()
            for care_unit in snapshot.care_units:
                self._care_units.addItem(care_unit.name, care_unit.id)
            if snapshot.clinic:
                self._care_units.setCurrentIndex(self._care_units.findData(snapshot.clinic.care_unit.id))
        self._care_units.setEnabled(len(snapshot.care_units) > 1)
        self._show_services()
        with QSignalBlocker(self._resources):
            self._resources.clear()
            for resource in snapshot.clinic.resources if snapshot.clinic else ():
                item = QListWidgetItem(resource.name)
                item.setData(SHOWN, resource.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                said = translate("SidePanel", "{name}\nDouble click or Enter: show only this one")
                item.setToolTip(plain_tooltip(said.format(name=resource.name)))
                self._resources.addItem(item)
        self._show_view()

    def _show_services(self) -> None:
        clinic = self._store.snapshot.clinic
        with QSignalBlocker(self._service):
            self._service.clear()
            self._service.addItem(translate("SidePanel", "All services"), None)
            for index, service in enumerate(clinic.services if clinic else ()):
                self._service.addItem(swatch(self._theme.service_colour(index)), service.name, service.id)
        self._service.setEnabled(bool(clinic and clinic.services))

    def _show_view(self) -> None:
        view = self._store.snapshot.view
        with QSignalBlocker(self._service):
            self._service.setCurrentIndex(max(0, self._service.findData(view.service_id)))
        with QSignalBlocker(self._month):
            self._month.setSelectedDate(qdate(view.day))
        self._month.mark(self._store.snapshot.clinic is not None)  # before that no day is on the page
        with QSignalBlocker(self._resources):
            for row in range(self._resources.count()):
                item = self._resources.item(row)
                shown = item.data(SHOWN) not in view.hidden_resources
                item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        self._all.setVisible(bool(view.hidden_resources))

    def _choose_care_unit(self, index: int) -> None:
        self.care_unit_chosen.emit(self._care_units.itemData(index))

    def _choose_service(self, index: int) -> None:
        self.service_chosen.emit(self._service.itemData(index))

    def _choose_day(self, day: object) -> None:
        self.day_chosen.emit(self.selected_day())

    def selected_day(self) -> date:
        return pydate(self._month.selectedDate())

    def _show_or_hide(self, item: QListWidgetItem) -> None:
        self.resource_shown.emit(item.data(SHOWN), item.checkState() is Qt.CheckState.Checked)

    def _show_only(self, item: QListWidgetItem) -> None:
        self.only_resource_shown.emit(item.data(SHOWN))

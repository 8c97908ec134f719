"""What a caller wants: which service, with whom, on which days, how early and how late."""

from collections.abc import Collection
from datetime import time, timedelta

from PySide6.QtCore import QCoreApplication, QLocale, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from receptionapp.domain.free_times import FreeTimeCriteria
from receptionapp.store.snapshot import Snapshot
from ui.fields import Choice
from ui.labels import heading_of, line_up, plain_tooltip, stack

translate = QCoreApplication.translate

LENGTHS = (10, 15, 20, 30, 40, 45, 60, 90)  # minutes
FIRST_HOUR, LAST_HOUR = 7, 20
ROWS = 4  # resources in sight
PAUSE = 150  # ms after the last change before it is looked for

_ID = Qt.ItemDataRole.UserRole


class FreeTimeForm(QWidget):
    """Signals: changed: there is another wish now, a moment after the last touch."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = Choice()
        self._service.setAccessibleName(translate("NextFree", "Service"))
        self._service.setToolTip(translate("NextFree", "Look for free times of one service, or of all"))
        self._resources = QListWidget()
        self._resources.setAccessibleName(translate("NextFree", "Resources"))
        self._resources.setAccessibleDescription(translate("NextFree", "Look for free times with these"))
        self._resources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._earliest = _times(translate("NextFree", "Begins at or after"))
        self._latest = _times(translate("NextFree", "Begins at or before"))
        self._length = Choice()
        self._length.setAccessibleName(translate("NextFree", "Shortest length"))
        self._length.addItem(translate("NextFree", "Any"), None)
        for count in LENGTHS:
            self._add_length(count)
        self._days = [_day_button(number) for number in range(1, 8)]
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self._lay_out()
        for box in (self._service, self._earliest, self._latest, self._length):
            box.currentIndexChanged.connect(self._pause.start)
        for button in self._days:
            button.toggled.connect(self._pause.start)
        self._resources.itemChanged.connect(self._pause.start)

    @property
    def criteria(self) -> FreeTimeCriteria:
        days = frozenset(number for number, button in enumerate(self._days, start=1) if button.isChecked())
        minutes: int | None = self._length.currentData()
        service: str | None = self._service.currentData()
        return FreeTimeCriteria(
            frozenset({service}) if service else None,
            self._checked(),
            days if len(days) < 7 else None,
            self._earliest.currentData(),
            self._latest.currentData(),
            timedelta(minutes=minutes) if minutes else None,
        )

    def fill(self, snapshot: Snapshot, wish: FreeTimeCriteria | None) -> None:
        """Offer the shown resources; `criteria` None: any time with any of them, for the service chosen in the book."""
        view, clinic = snapshot.view, snapshot.clinic
        if clinic is None:
            return
        services: Collection[str | None] = {view.service_id} if wish is None else wish.service_ids or {None}
        wanted = wish or FreeTimeCriteria()
        shown = set(snapshot.shown_resources()) | set(wanted.resource_ids or ())
        blocked = [QSignalBlocker(w) for w in (self._service, self._resources, *self._times(), *self._days)]
        self._service.clear()
        self._service.addItem(translate("NextFree", "All services"), None)
        for service in clinic.services:
            self._service.addItem(service.name, service.id)
        self._service.setCurrentIndex(max(0, self._service.findData(next(iter(services)))) if len(services) == 1 else 0)
        self._resources.clear()
        for resource in clinic.resources:
            if resource.id in shown:
                chosen = wanted.resource_ids is None or resource.id in wanted.resource_ids
                self._resources.addItem(_resource_item(resource.id, resource.name, chosen))
        self._fill_times(wanted)
        for number, button in enumerate(self._days, start=1):
            button.setChecked(wanted.weekdays is None or number in wanted.weekdays)
        del blocked

    def _fill_times(self, wish: FreeTimeCriteria) -> None:
        for box, moment in ((self._earliest, wish.earliest), (self._latest, wish.latest)):
            if moment is not None and box.findData(moment) < 0:
                box.addItem(f"{moment:%H:%M}", moment)
            box.setCurrentIndex(max(0, box.findData(moment)))
        minutes = int(wish.minimum_length.total_seconds()) // 60 if wish.minimum_length else None
        if minutes is not None and self._length.findData(minutes) < 0:
            self._add_length(minutes)
        self._length.setCurrentIndex(max(0, self._length.findData(minutes)))

    def _times(self) -> tuple[Choice, ...]:
        return self._earliest, self._latest, self._length

    def _add_length(self, count: int) -> None:
        self._length.addItem(translate("Dates", "{count} min").format(count=count), count)

    def _checked(self) -> Collection[str]:
        items = [self._resources.item(row) for row in range(self._resources.count())]
        return tuple(item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _lay_out(self) -> None:
        height = self._resources.fontMetrics().height() + 12
        self._resources.setFixedHeight(ROWS * height + 8)
        days = line_up(spacing=4)
        for button in self._days:
            days.addWidget(button, 1)
        times = QGridLayout()
        times.setHorizontalSpacing(8)
        times.setVerticalSpacing(4)
        headings = (
            translate("NextFree", "From"),
            translate("NextFree", "To"),
            translate("NextFree", "At least"),
        )
        for column, (heading, box) in enumerate(zip(headings, self._times(), strict=True)):
            times.addWidget(heading_of(box, heading), 0, column)
            times.addWidget(box, 1, column)
            times.setColumnStretch(column, 1)
        stack(
            heading_of(self._service, translate("NextFree", "Service")),
            self._service,
            heading_of(self._resources, translate("NextFree", "Resources")),
            self._resources,
            days,
            times,
            on=self,
            margins=0,
            spacing=8,
        )


def _times(name: str) -> Choice:
    box = Choice()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.addItem(translate("NextFree", "Any"), None)
    for half_hour in range(2 * FIRST_HOUR, 2 * LAST_HOUR + 1):
        moment = time(half_hour // 2, half_hour % 2 * 30)
        box.addItem(f"{moment:%H:%M}", moment)
    box.setMaxVisibleItems(14)
    return box


def _day_button(number: int) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "day")
    button.setCheckable(True)
    button.setChecked(True)
    name = QLocale().dayName(number, QLocale.FormatType.LongFormat)
    button.setText(QLocale().dayName(number, QLocale.FormatType.ShortFormat).rstrip(".")[:2].capitalize())
    button.setAccessibleName(name)
    button.setToolTip(name.capitalize())
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def _resource_item(resource_id: str, name: str, chosen: bool) -> QListWidgetItem:
    item = QListWidgetItem(name)
    item.setData(_ID, resource_id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
    item.setToolTip(plain_tooltip(name))
    return item

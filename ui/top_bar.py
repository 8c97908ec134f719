"""Above the book: where in time the user is, which service, and how old the shown times are."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from receptionapp.domain.page import Span
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ClinicLoaded, ReadsUnderWay, TimeslotsLoaded, ViewMoved
from ui.actions import Actions
from ui.formatting import clock_time, long_day, week_title
from ui.icons import swatch
from ui.labels import label
from ui.theme import Theme

translate = QCoreApplication.translate

OLD_AFTER = timedelta(minutes=5)


class TopBar(QWidget):
    """Signals: service_chosen carries a service id, or None for all services."""

    service_chosen = Signal(object)

    def __init__(self, store: BookStore, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._actions = actions
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label("title")
        self._title.setWordWrap(False)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._service = QComboBox()
        self._service.setAccessibleName(translate("TopBar", "Service"))
        self._service.setToolTip(translate("TopBar", "Show free times of one service, or of all"))
        self._service.setMinimumContentsLength(18)
        self._service.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._age = label("muted")
        self._age.setWordWrap(False)
        self._age.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self._service.activated.connect(self._choose_service)
        store.changed.connect(self._on_changed)
        self._clock = QTimer(self, interval=10_000)
        self._clock.timeout.connect(self._show_age)
        self._clock.start()
        self._show_services()
        self._show_title()
        self._show_age()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_services()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(_button(self._actions.today, text=True))
        arrows = QHBoxLayout()
        arrows.setSpacing(0)
        arrows.addWidget(_button(self._actions.previous))
        arrows.addWidget(_button(self._actions.next))
        row.addLayout(arrows)
        row.addWidget(self._title)
        row.addWidget(self._service)
        segments = QWidget()
        segments.setObjectName("segments")
        spans = QHBoxLayout(segments)
        spans.setContentsMargins(2, 2, 2, 2)
        spans.setSpacing(2)
        spans.addWidget(_button(self._actions.day, text=True))
        spans.addWidget(_button(self._actions.week, text=True))
        row.addWidget(segments)
        row.addSpacing(8)
        row.addWidget(self._age)
        row.addWidget(_button(self._actions.refresh))

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ClinicLoaded):
            self._show_services()
        if isinstance(change, ViewMoved | ClinicLoaded):
            self._show_title()
            self._select_service()
        if isinstance(change, ViewMoved | ClinicLoaded | ReadsUnderWay | TimeslotsLoaded):
            self._show_age()

    def _show_title(self) -> None:
        view = self._store.snapshot.view
        if view.span is Span.DAY:
            self._title.setText(long_day(view.day))
        else:
            self._title.setText(week_title(view.week))
        (self._actions.day if view.span is Span.DAY else self._actions.week).setChecked(True)

    def _show_services(self) -> None:
        clinic = self._store.snapshot.clinic
        with QSignalBlocker(self._service):
            self._service.clear()
            self._service.addItem(translate("TopBar", "All services"), None)
            for index, service in enumerate(clinic.services if clinic else ()):
                self._service.addItem(swatch(self._theme.service_colour(index)), service.name, service.id)
        self._service.setEnabled(bool(clinic and clinic.services))
        self._select_service()

    def _select_service(self) -> None:
        with QSignalBlocker(self._service):
            self._service.setCurrentIndex(max(0, self._service.findData(self._store.snapshot.view.service_id)))

    def _choose_service(self, index: int) -> None:
        self.service_chosen.emit(self._service.itemData(index))

    def _show_age(self) -> None:
        snapshot = self._store.snapshot
        read_at = snapshot.oldest_answer()
        old = read_at is not None and datetime.now(UTC) - read_at > OLD_AFTER
        if snapshot.reads_under_way:
            text = translate("TopBar", "Reading …")
        elif snapshot.clinic is None or read_at is None:
            text = translate("TopBar", "Not loaded")
        else:
            text = translate("TopBar", "Read {time}").format(time=clock_time(read_at, snapshot.zone))
        if old:
            text = translate("TopBar", "{text}, old").format(text=text)
        self._age.setText(text)
        role = "warning" if old else "muted"
        if self._age.property("role") != role:
            self._age.setProperty("role", role)
            self._age.style().polish(self._age)


def _button(action: QAction, *, text: bool = False) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    style = Qt.ToolButtonStyle.ToolButtonTextOnly if text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setAccessibleName(action.text().replace("&", ""))
    return button

"""Above the book: where in time the user is, how old the shown times are, and who is at the desk."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from receptionapp.domain.layout import ViewSpan
from receptionapp.domain.user import User
from receptionapp.store.book_store import BookStore
from receptionapp.store.change import Change, ClinicLoaded, DayBegan, ReadsUnderWay, TimeslotsLoaded, ViewMoved
from ui.commands import WindowActions
from ui.labels import FittingLabel, escape_mnemonic, label, line_up, plain_tooltip
from ui.words.formatting import day_titles, moment_text, week_titles
from ui.words.holidays import holiday_name

translate = QCoreApplication.translate

OLD_AFTER = timedelta(minutes=5)


class TopBar(QWidget):
    """Shows; what is pressed are the window's actions."""

    def __init__(self, store: BookStore, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._actions = actions
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = FittingLabel("title")
        self._age = label("muted")
        self._age.setWordWrap(False)
        self._age.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        store.watch(self._on_changed, ViewMoved, ClinicLoaded, ReadsUnderWay, TimeslotsLoaded)
        store.watch(self._show_age, DayBegan)
        self._clock = QTimer(self, interval=10_000)
        self._clock.timeout.connect(self._show_age)
        self._clock.start()
        self._show_title()
        self._show_age()

    def _lay_out(self) -> None:
        row = line_up(_button(self._actions.today, text=True), on=self, margins=(12, 8, 12, 8), spacing=8)
        arrows = line_up(_button(self._actions.previous), _button(self._actions.next), spacing=0)
        row.addLayout(arrows)
        row.addWidget(self._title, 1)
        segments = QWidget()
        segments.setObjectName("segments")
        segments.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line_up(
            _button(self._actions.day, text=True),
            _button(self._actions.week, text=True),
            on=segments,
            margins=2,
            spacing=2,
        )
        row.addWidget(segments)
        row.addSpacing(8)
        row.addWidget(self._age)
        row.addWidget(_button(self._actions.refresh))

    def append(self, widget: QWidget) -> None:
        """Put it at the end of the bar."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    def _on_changed(self, change: Change) -> None:
        if isinstance(change, ViewMoved | ClinicLoaded):
            self._show_title()
        if isinstance(change, ViewMoved | ClinicLoaded | ReadsUnderWay | TimeslotsLoaded):
            self._show_age()

    def _show_title(self) -> None:
        snapshot = self._store.snapshot
        view = snapshot.view
        if snapshot.clinic is None:
            self._title.set_wordings("")
        elif view.span is ViewSpan.DAY:
            holiday = holiday_name(view.day)
            long, *shorter = day_titles(view.day)
            named = (f"{title} · {holiday}" for title in (long, *shorter[:1]) if holiday)
            self._title.set_wordings(*named, *((long, *shorter) if not holiday else shorter))
        else:
            self._title.set_wordings(*week_titles(view.week))
        red = view.span is ViewSpan.DAY and snapshot.clinic is not None and bool(holiday_name(view.day))
        if bool(self._title.property("holiday")) is not red:
            self._title.setProperty("holiday", red)
            self._title.style().polish(self._title)
        (self._actions.day if view.span is ViewSpan.DAY else self._actions.week).setChecked(True)

    def _show_age(self) -> None:
        snapshot = self._store.snapshot
        read_at = snapshot.oldest_answer()
        old = read_at is not None and self._store.now() - read_at > OLD_AFTER
        if snapshot.reads_under_way:
            text = translate("TopBar", "Reading …")
        elif snapshot.clinic is None or read_at is None:
            text = translate("TopBar", "Not loaded")
        else:
            text = _read_text(moment_text(read_at, self._store.now(), snapshot.zone))
        if old:
            text = translate("TopBar", "{text}, old").format(text=text)
        self._age.setText(text)
        always = self._age.fontMetrics().horizontalAdvance(_read_text("00:00"))
        self._age.setMinimumWidth(always)  # what stands beside it must not move under the pointer at every reading
        role = "warning" if old else "muted"
        if self._age.property("role") != role:
            self._age.setProperty("role", role)
            self._age.style().polish(self._age)


def _read_text(time: str) -> str:
    return translate("TopBar", "Read {time}").format(time=time)


def _button(action: QAction, *, text: bool = False) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    style = Qt.ToolButtonStyle.ToolButtonTextOnly if text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setAccessibleName(action.text().replace("&", ""))
    return button


class UserButton(QToolButton):
    """Initials; the whole name is its tooltip and what a screen reader says. Hidden while nobody is named."""

    def __init__(self, actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("userButton")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.setMenu(menu)
        self.hide()

    def show_user(self, user: User | None) -> None:
        self.setVisible(user is not None)
        if user is not None:
            self.setText(escape_mnemonic(user.initials))
            self.setToolTip(plain_tooltip(user.name))
            self.setAccessibleName(translate("UserButton", "{name} is at the desk").format(name=user.name))

"""Where Leyr is, which EHR, and who we are to it; then at which care unit this desk stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QWidget,
)

from receptionapp.domain.clinic import Action, Capabilities, CareUnit, ConnectionStep, Support
from receptionapp.leyr.capabilities import for_emr, known_emrs
from ui.dialogs.growing import GrowingDialog
from ui.fields import SuggestedText, TextField, mark_line_managed, mark_managed
from ui.labels import ROOM, announce, label, push_button, stack
from ui.theme import pixmap, theme_of

translate = QCoreApplication.translate

_SIZE = 16  # pixels, of the shape


class StepState(StrEnum):
    AHEAD = "ahead"
    PASSED = "passed"
    FAILED = "failed"


class StepList(QWidget):
    """All steps, none of them tried yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("StepList", "Steps of the test"))
        self._states = dict.fromkeys(ConnectionStep, StepState.AHEAD)
        self._shapes = {step: QLabel() for step in ConnectionStep}
        self._sentences = {step: label("", _sentence(step)) for step in ConnectionStep}
        self._words = {step: label("muted") for step in ConnectionStep}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, step in enumerate(ConnectionStep):
            self._shapes[step].setFixedWidth(_SIZE)
            self._words[step].setWordWrap(False)
            self._words[step].setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            grid.addWidget(self._shapes[step], row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._sentences[step], row, 1)
            grid.addWidget(self._words[step], row, 2, Qt.AlignmentFlag.AlignRight)
        self.begin()

    def begin(self) -> None:
        """Nothing is proven any more."""
        for step in ConnectionStep:
            self._show(step, StepState.AHEAD)

    def mark(self, step: ConnectionStep, *, passed: bool) -> None:
        self._show(step, StepState.PASSED if passed else StepState.FAILED)
        said = f"{self._sentences[step].text()}: {self._words[step].text()}"
        announce(self, said)

    def _show(self, step: ConnectionStep, state: StepState) -> None:
        theme = theme_of(self.palette())
        name, colour, role = {
            StepState.AHEAD: ("clock", theme.muted, "muted"),
            StepState.PASSED: ("check", theme.success, "success"),
            StepState.FAILED: ("close", theme.danger, "fault"),
        }[state]
        word = self._words[step]
        self._shapes[step].setPixmap(pixmap(name, colour, _SIZE, self.devicePixelRatioF()))
        word.setText(_word(state))
        word.setProperty("role", role)
        word.style().polish(word)


def _sentence(step: ConnectionStep) -> str:
    return {
        ConnectionStep.ADDRESS: translate("StepList", "Leyr's address is reached"),
        ConnectionStep.CERTIFICATE: translate("StepList", "The line is safe"),
        ConnectionStep.CREDENTIALS: translate("StepList", "Client id and secret are accepted"),
        ConnectionStep.EMR: translate("StepList", "The EHR answers"),
        ConnectionStep.CARE_UNITS: translate("StepList", "There are care units"),
    }[step]


def _word(state: StepState) -> str:
    return {
        StepState.AHEAD: translate("StepList", "not tried"),
        StepState.PASSED: translate("StepList", "yes"),
        StepState.FAILED: translate("StepList", "stopped here"),
    }[state]


_ROWS = 6


class CareUnitPage(QWidget):
    """Signals: chosen (id of a care unit)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.setAccessibleName(translate("CareUnitPage", "Care units"))
        self._list.itemActivated.connect(self._choose)
        self._open = push_button(translate("CareUnitPage", "Open the book"), self._choose, kind="primary")
        stack(
            label("title", translate("CareUnitPage", "Connected. Which care unit is this desk at?")),
            label(
                "muted", translate("CareUnitPage", "It is opened first from now on. You can always go to another one.")
            ),
            self._list,
            ROOM,
            (self._open, 0, Qt.AlignmentFlag.AlignRight),
            on=self,
            margins=0,
            spacing=8,
        )

    def show_units(self, units: Sequence[CareUnit]) -> None:
        self._list.clear()
        for unit in units:
            item = QListWidgetItem(unit.name)
            item.setData(Qt.ItemDataRole.UserRole, unit.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        rows = min(len(units), _ROWS)
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth() + 4)
        self._open.setDefault(True)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class EmrField(QWidget):
    """Signals: changed."""

    changed = Signal()

    def __init__(self, code: str, name: str) -> None:
        super().__init__()
        self._names = {row.name.casefold(): row.emr for row in known_emrs()}
        self._choices = SuggestedText([row.name for row in known_emrs()])
        self._choices.setCurrentIndex(-1)
        self._choices.setAccessibleName(name)
        line = self._choices.lineEdit()
        assert line is not None  # noqa: S101, it is editable
        self.line: QLineEdit = line
        self.line.setText(for_emr(code).name if code else "")
        self.line.setPlaceholderText(known_emrs()[0].name)
        self._about = label("muted")
        stack(self._choices, self._about, on=self, margins=0, spacing=4)
        self.line.textChanged.connect(self._show)
        self._show()

    @property
    def code(self) -> str:
        """Of a name that Leyr knows, its code; else what is typed."""
        typed = self.line.text().strip()
        return self._names.get(typed.casefold(), typed)

    def mark_managed(self) -> None:
        """The administrator has chosen it."""
        self._choices.clear()
        mark_line_managed(self.line)

    def _show(self) -> None:
        known = self.code in self._names.values()
        self._about.setText(_about(for_emr(self.code)) if known else "")
        self._about.setVisible(known)
        self.changed.emit()


def _about(row: Capabilities) -> str:
    """What can be done from here, what can't, and what nobody has said."""
    by_support = {
        support: ", ".join(_names()[action] for action in _names() if row.support.get(action) is support)
        for support in Support
    }
    said = (
        (Support.YES, translate("EmrField", "{name} can: {what}.")),
        (Support.NO, translate("EmrField", "It can't, through Leyr: {what}.")),
        (Support.UNKNOWN, translate("EmrField", "Not known until it is tried: {what}.")),
    )
    parts = (text.format(name=row.name, what=by_support[support]) for support, text in said if by_support[support])
    return " ".join(parts)


def _names() -> dict[Action, str]:
    return {
        Action.READ_TIMESLOTS: translate("EmrField", "show free times"),
        Action.BOOK: translate("EmrField", "book"),
        Action.CANCEL: translate("EmrField", "cancel"),
        Action.MOVE: translate("EmrField", "move in one step"),
        Action.CREATE_PATIENT: translate("EmrField", "register patients"),
        Action.SEARCH_PATIENTS: translate("EmrField", "search patients"),
        Action.LIST_APPOINTMENTS: translate("EmrField", "list a patient's appointments"),
    }


USUAL_URL = "https://api.leyr.io/api"  # `leyr-api.md` 1.1


@dataclass(frozen=True, slots=True)
class ConnectionDetails:
    """What was typed. The secret goes to the key store, never to a file."""

    url: str
    emr: str
    client_id: str
    client_secret: str = field(repr=False)
    test: bool = False  # somebody says that no real patient is at the other end


class ConnectDialog(GrowingDialog):
    """Signals: try_wanted (ConnectionDetails). Whoever tries says each step that is passed, and calls `show_failure`,
    `ask_for_care_unit` or closes the dialog. care_unit_chosen (its id, "" if the dialog was put away)."""

    try_wanted = Signal(object)
    care_unit_chosen = Signal(str)

    def __init__(self, known: ConnectionDetails, managed: frozenset[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("ConnectDialog", "Connect to Leyr"))
        self.setMinimumWidth(480)
        self._url = TextField(known.url or USUAL_URL)
        self._url.setPlaceholderText(USUAL_URL)
        self._emr = EmrField(known.emr, translate("ConnectDialog", "EHR code"))
        self._client_id = TextField(known.client_id)
        self._secret = TextField(known.client_secret)
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        for name, managed_line in (("leyr_url", self._url), ("client_id", self._client_id)):
            if name in managed:
                mark_line_managed(managed_line)
        if "emr" in managed:
            self._emr.mark_managed()
        self._test = QCheckBox(translate("ConnectDialog", "This is a test connection: made-up people only"))
        self._test.setChecked(known.test)
        if "test_connection" in managed:
            mark_managed(self._test)
        self._testing = False
        self._steps = StepList()
        self._steps.hide()
        self._failure = QFrame()
        self._failure.setProperty("role", "message")
        self._failure.setProperty("kind", "refused")
        self._why = label()
        stack(self._why, on=self._failure, margins=12)
        self._failure.hide()
        self._try = push_button(translate("ConnectDialog", "Test and connect"), kind="primary")
        self._form = QWidget()
        self._lay_out_form()
        self._care_units = CareUnitPage()
        self._care_units.hide()
        self._care_units.chosen.connect(self.care_unit_chosen)
        stack(self._form, self._care_units, on=self, margins=20, spacing=0)
        self._try.setDefault(True)
        self._try.clicked.connect(self._press)
        for line in self._lines():
            line.textChanged.connect(self._show_ready)
        self._show_ready()
        self._focus_what_is_missing()
        self.rejected.connect(self._put_away)

    @property
    def details(self) -> ConnectionDetails:
        """As they stand in the fields."""
        url, client_id, secret = (line.text().strip() for line in (self._url, self._client_id, self._secret))
        return ConnectionDetails(url, self._emr.code, client_id, secret, self._test.isChecked())

    def show_step(self, step: ConnectionStep) -> None:
        """This much is proven."""
        self._steps.mark(step, passed=True)

    def show_failure(self, why: str, at: ConnectionStep | None = None) -> None:
        """Say why it did not work, and at which step; what was typed stays."""
        if at is not None:
            self._steps.mark(at, passed=False)
        self._why.setText(why)
        self._failure.show()
        self._under_way(False)
        to_look_at = {
            ConnectionStep.ADDRESS: self._url,
            ConnectionStep.CREDENTIALS: self._secret,
            ConnectionStep.EMR: self._emr.line,
        }
        field = to_look_at.get(at) if at is not None else None
        if field is None or field.isReadOnly():
            self._try.setFocus()
        else:
            field.setFocus()
            field.selectAll()

    def go_back(self) -> None:
        """Nothing was kept; what was typed can be changed and tried again."""
        self._under_way(False)
        self._try.setFocus()

    def ask_for_care_unit(self, units: Sequence[CareUnit]) -> None:
        """The connection works; answered by `care_unit_chosen`."""
        self._form.hide()
        self._care_units.show()
        self._care_units.show_units(units)
        self.adjustSize()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self._url, self._emr.line, self._client_id, self._secret)

    def _lay_out_form(self) -> None:
        column = stack(on=self._form, margins=0, spacing=4)
        about = translate(
            "ConnectDialog",
            "You need what Leyr gave the clinic: an address, and a client id with its secret. "
            "Nothing is kept before it is tested.",
        )
        column.addWidget(label("muted", about))
        column.addSpacing(12)
        names = (
            translate("ConnectDialog", "Leyr's address, with /api"),
            translate("ConnectDialog", "EHR code"),
            translate("ConnectDialog", "Client id"),
            translate("ConnectDialog", "Client secret"),
        )
        fields: tuple[QWidget, ...] = (self._url, self._emr, self._client_id, self._secret)
        for name, line, shown in zip(names, self._lines(), fields, strict=True):
            heading = label("heading", name)
            heading.setBuddy(line.focusProxy() or line)  # a combo box has the focus for its line
            line.setAccessibleName(name)
            column.addWidget(heading)
            column.addWidget(shown)
            column.addSpacing(8)
        column.addWidget(self._test)
        column.addSpacing(8)
        column.addWidget(self._steps)
        column.addSpacing(8)
        column.addWidget(self._failure)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("ConnectDialog", "Cancel"))
        cancel.setAutoDefault(False)  # Enter must not end a test
        buttons.addButton(self._try, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)

    def _focus_what_is_missing(self) -> None:
        missing = next((line for line in self._lines() if not line.text() and not line.isReadOnly()), None)
        if missing is not None:
            missing.setFocus()

    def _show_ready(self) -> None:
        self._try.setEnabled(not self._testing and all(line.text().strip() for line in self._lines()))

    def _press(self) -> None:
        self._failure.hide()
        self._steps.begin()
        self._steps.show()
        if self._try.hasFocus():
            self._steps.setFocus()  # from a button that is disabled Qt hands it on to “Cancel”
        self._under_way(True)
        self.try_wanted.emit(self.details)

    def _under_way(self, under_way: bool) -> None:
        text = translate("ConnectDialog", "Testing …") if under_way else translate("ConnectDialog", "Test and connect")
        self._testing = under_way
        self._try.setText(text)
        self._show_ready()

    def _put_away(self) -> None:
        """While asked for a care unit: the connection stands all the same, and the first one is opened."""
        if not self._care_units.isHidden():
            self.care_unit_chosen.emit("")

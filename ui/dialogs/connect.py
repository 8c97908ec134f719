"""Where Leyr is, which EHR, and who we are to it."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from receptionapp.domain.connection_step import Step
from ui.dialogs.growing import GrowingDialog
from ui.dialogs.steps import StepList
from ui.fixed import fix, fix_line
from ui.labels import label

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ConnectionDetails:
    """What was typed. The secret goes to the key store, never to a file."""

    url: str
    emr: str
    client_id: str
    client_secret: str = field(repr=False)
    test: bool = False  # somebody says that no real patient is at the other end


class ConnectDialog(GrowingDialog):
    """Signals: try_wanted (ConnectionDetails). Whoever tries says each step that is passed, and calls `show_failure`
    or closes the dialog."""

    try_wanted = Signal(object)

    def __init__(self, known: ConnectionDetails, managed: frozenset[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("ConnectDialog", "Connect to Leyr"))
        self.setMinimumWidth(460)
        self._url = QLineEdit(known.url)
        self._url.setPlaceholderText("https://api.leyr.io/api")
        self._emr = QLineEdit(known.emr)
        self._emr.setPlaceholderText("konfidens")
        self._client_id = QLineEdit(known.client_id)
        self._secret = QLineEdit(known.client_secret)
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        for name, line in (("leyr_url", self._url), ("emr", self._emr), ("client_id", self._client_id)):
            if name in managed:
                fix_line(line)
        self._test = QCheckBox(translate("ConnectDialog", "This is a test connection: made-up people only"))
        self._test.setChecked(known.test)
        if "test_connection" in managed:
            fix(self._test)
        self._steps = StepList()
        self._steps.hide()
        self._failure = QFrame()
        self._failure.setProperty("role", "message")
        self._failure.setProperty("kind", "refused")
        self._why = label()
        QVBoxLayout(self._failure).addWidget(self._why)
        self._failure.hide()
        self._try = QPushButton(translate("ConnectDialog", "Test and connect"))
        self._try.setProperty("kind", "primary")
        self._lay_out()
        self._try.setDefault(True)
        self._try.clicked.connect(self._press)
        for line in self._lines():
            line.textChanged.connect(self._show_ready)
        self._show_ready()

    def show_step(self, step: Step) -> None:
        """This much is proven."""
        self._steps.mark(step, passed=True)

    def show_failure(self, why: str, at: Step | None = None) -> None:
        """Say why it did not work, and at which step; what was typed stays."""
        if at is not None:
            self._steps.mark(at, passed=False)
        self._why.setText(why)
        self._failure.show()
        self._under_way(False)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self._url, self._emr, self._client_id, self._secret)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(4)
        names = (
            translate("ConnectDialog", "Leyr's address, with /api"),
            translate("ConnectDialog", "EHR code"),
            translate("ConnectDialog", "Client id"),
            translate("ConnectDialog", "Client secret"),
        )
        for name, line in zip(names, self._lines(), strict=True):
            heading = QLabel(name)
            heading.setProperty("role", "heading")
            heading.setBuddy(line)
            line.setAccessibleName(name)
            column.addWidget(heading)
            column.addWidget(line)
            column.addSpacing(8)
        column.addWidget(self._test)
        column.addSpacing(8)
        column.addWidget(self._steps)
        column.addSpacing(8)
        column.addWidget(self._failure)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("ConnectDialog", "Cancel"))
        buttons.addButton(self._try, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)

    def _show_ready(self) -> None:
        self._try.setEnabled(all(line.text().strip() for line in self._lines()))

    def _press(self) -> None:
        self._failure.hide()
        self._under_way(True)
        self._steps.begin()
        self._steps.show()
        url, emr, client_id, secret = (line.text().strip() for line in self._lines())
        self.try_wanted.emit(ConnectionDetails(url, emr, client_id, secret, self._test.isChecked()))

    def _under_way(self, under_way: bool) -> None:
        text = translate("ConnectDialog", "Testing …") if under_way else translate("ConnectDialog", "Test and connect")
        self._try.setText(text)
        self._try.setEnabled(not under_way)

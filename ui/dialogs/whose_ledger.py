"""The clinic may have got new credentials, or this is another clinic: whose appointments are they?"""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from receptionapp.domain.connection import ConnectionIdentity
from receptionapp.leyr.capabilities import for_emr
from ui.dialogs.growing import GrowingDialog
from ui.labels import label

translate = QCoreApplication.translate


class WhoseLedgerDialog(GrowingDialog):
    """Signals: answered (True: the same clinic with new credentials; False: another clinic; None: go back)."""

    answered = Signal(object)

    def __init__(self, identity: ConnectionIdentity, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("WhoseLedgerDialog", "Same clinic?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        back = QPushButton(translate("WhoseLedgerDialog", "Go back"))
        same = QPushButton(translate("WhoseLedgerDialog", "The same clinic with new credentials"))
        other = QPushButton(translate("WhoseLedgerDialog", "Another clinic"))
        buttons = QDialogButtonBox()
        for button, role in (
            (back, QDialogButtonBox.ButtonRole.RejectRole),
            (other, QDialogButtonBox.ButtonRole.ActionRole),
            (same, QDialogButtonBox.ButtonRole.ActionRole),
        ):
            buttons.addButton(button, role)
        same.clicked.connect(lambda: self._answer(True))
        other.clicked.connect(lambda: self._answer(False))
        back.clicked.connect(self.reject)
        self.rejected.connect(lambda: self.answered.emit(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        question = translate(
            "WhoseLedgerDialog", "This desk has appointments at {emr} with another client id. Is it the same clinic?"
        )
        column.addWidget(label("strong", question.format(emr=for_emr(identity.emr).name)))
        for text in (
            translate(
                "WhoseLedgerDialog",
                "The same clinic with new credentials: its appointments and patients stay, and are cancelled and moved "
                "with the new credentials from now on.",
            ),
            translate(
                "WhoseLedgerDialog",
                "Another clinic: this desk begins with an empty record. The one of the other clinic is kept, "
                "and is there again when you connect to it.",
            ),
        ):
            column.addWidget(label("", text))
        column.addStretch(1)
        column.addSpacing(8)
        column.addWidget(buttons)
        back.setDefault(True)  # an Enter too many decides nothing
        back.setFocus()

    def _answer(self, same: bool) -> None:
        self.accept()
        self.answered.emit(same)

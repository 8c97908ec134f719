"""The second, deliberate step before somebody's details are wiped: what goes, what stays."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPushButton, QWidget

from receptionapp.domain.patient import Person
from ui.dialogs.growing import GrowingDialog
from ui.labels import label
from ui.layouts import stack
from ui.words.formatting import person_line

translate = QCoreApplication.translate


class WipeDialog(GrowingDialog):
    """Signals: wanted: it was read, ticked and pressed. Whoever wipes closes it, or says with `tell` why not."""

    wanted = Signal()

    def __init__(self, person: Person, backups: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("WipeDialog", "Wipe details"))
        self.setMinimumWidth(480)
        self._read = QCheckBox(translate("WipeDialog", "The person asked for this, and I have checked who it is"))
        self._read.toggled.connect(self._show_ready)
        self._wipe = QPushButton(translate("WipeDialog", "Wipe for good"))
        self._wipe.setProperty("kind", "danger")
        self._wipe.setAutoDefault(False)
        self._wipe.clicked.connect(self._press)
        self._fault = label("fault")
        self._fault.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("WipeDialog", "Cancel"))
        cancel.setDefault(True)
        buttons.addButton(self._wipe, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.rejected.connect(self.reject)
        column = stack(label("title", person_line(person)), on=self, margins=(20, 20, 20, 16), spacing=4)
        for heading, text in _what(backups):
            column.addSpacing(12)
            column.addWidget(label("strong", heading))
            column.addWidget(label("", text))
        column.addSpacing(16)
        column.addWidget(self._read)
        column.addWidget(self._fault)
        column.addSpacing(12)
        column.addWidget(buttons)
        self._show_ready()
        self._read.setFocus()

    def tell(self, why: str) -> None:
        """Nothing was wiped."""
        self._fault.setText(why)
        self._fault.show()
        self._show_ready()

    def _show_ready(self) -> None:
        self._wipe.setEnabled(self._read.isChecked())

    def _press(self) -> None:
        self._fault.hide()
        self._wipe.setEnabled(False)
        self.wanted.emit()


def _what(backups: int) -> tuple[tuple[str, str], ...]:
    copies = (
        translate(
            "WipeDialog",
            "Daily copies of the ledger made until now keep the details until they are replaced, after {days} days. "
            "Copies kept elsewhere are yours to delete.",
        ).format(days=backups)
        if backups
        else translate("WipeDialog", "Copies of the ledger that were made until now are yours to delete.")
    )
    return (
        (
            translate("WipeDialog", "What goes, at every desk"),
            translate(
                "WipeDialog",
                "Name, birth date, phone number, and what was written about the appointments. It can't be undone.",
            ),
        ),
        (
            translate("WipeDialog", "What stays"),
            translate(
                "WipeDialog",
                "That there were appointments, when and with whom at the clinic, with Leyr's reference for the "
                "patient and no name. The record of who did what, which also says that this was done.",
            ),
        ),
        (
            translate("WipeDialog", "What is not reached from here"),
            translate("WipeDialog", "The patient record in the EHR, and Leyr's logs.") + " " + copies,
        ),
    )

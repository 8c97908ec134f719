"""The second question before a desk's record is put aside: what is lost by it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.growing import GrowingDialog
from ui.labels import label

translate = QCoreApplication.translate


class BeginAnewDialog(GrowingDialog):
    """Accepted: the record is to be put aside, and a new one begun."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("BeginAnewDialog", "Begin a new record"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        begin = QPushButton(translate("BeginAnewDialog", "Put the old record aside and begin anew"))
        begin.setProperty("kind", "danger")
        begin.setAutoDefault(False)
        begin.clicked.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("BeginAnewDialog", "Cancel"))
        cancel.setAutoDefault(False)
        buttons.addButton(begin, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(label("strong", translate("BeginAnewDialog", "Begin with an empty record of appointments?")))
        for text in (
            translate(
                "BeginAnewDialog",
                "Appointments that were booked before stay in the EHR, but can't be cancelled or moved from here. "
                "What was still unsettled is no longer shown: look in the EHR how it stands.",
            ),
            translate(
                "BeginAnewDialog",
                "The old record is not deleted. It is kept under a dated name, "
                "and can be opened again with its recovery key.",
            ),
        ):
            column.addWidget(label("", text))
        column.addStretch(1)
        column.addSpacing(8)
        column.addWidget(buttons)
        cancel.setFocus()

"""The key of this desk's record, typed from paper."""

import re

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.growing import GrowingDialog
from ui.labels import label

translate = QCoreApplication.translate

DIGITS = 64
_BETWEEN = re.compile(r"[\s-]+")
_NO_DIGIT = re.compile(r"[^0-9a-fA-F]")


class RecoveryKeyDialog(GrowingDialog):
    """Signals: key_typed (text): 64 digits, grouped as they were typed."""

    key_typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("RecoveryKeyDialog", "Recovery key"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._field = QPlainTextEdit()
        self._field.setAccessibleName(translate("RecoveryKeyDialog", "Recovery key"))
        self._field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(self._field.fontMetrics().lineSpacing() * 4 + 24)
        self._said = label("muted")
        self._open = QPushButton(translate("RecoveryKeyDialog", "Open the record"))
        self._open.setProperty("kind", "primary")
        self._open.setDefault(True)
        self._field.textChanged.connect(self._show_state)
        self._open.clicked.connect(self._press)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("RecoveryKeyDialog", "Cancel"))
        buttons.addButton(self._open, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(
            label(
                "",
                translate(
                    "RecoveryKeyDialog",
                    "Type the 64 characters as your administrator printed them: "
                    "digits and the letters a to f, four and four.",
                ),
            )
        )
        column.addWidget(self._field)
        column.addWidget(self._said)
        column.addStretch(1)
        column.addSpacing(8)
        column.addWidget(buttons)
        self._show_state()

    def _show_state(self) -> None:
        typed = _BETWEEN.sub("", self._field.toPlainText())
        other = _NO_DIGIT.search(typed)
        if other:
            said = translate("RecoveryKeyDialog", "“{sign}” is not in such a key.").format(sign=other.group())
        else:
            said = translate("RecoveryKeyDialog", "{typed} of {all} characters").format(typed=len(typed), all=DIGITS)
        self._said.setText(said)
        self._open.setEnabled(not other and len(typed) == DIGITS)

    def _press(self) -> None:
        self.key_typed.emit(self._field.toPlainText())
        self.accept()
